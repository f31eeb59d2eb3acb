//! The words of a piece of code that may name locals, those in macros too.

use proc_macro2::{Ident, TokenStream, TokenTree};

/// What may name locals.
pub fn words(tokens: TokenStream) -> Vec<Ident> {
    let mut found = Vec::new();
    collect(tokens, &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<Ident>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Ident(ident) if names_a_value(&tokens, at) => found.push(ident.clone()),
            _ => {}
        }
    }
}

/// Not a field, a label, a lifetime, a part of a path, a macro, or what a colon follows.
fn names_a_value(tokens: &[TokenTree], at: usize) -> bool {
    let punct = |at: usize| match tokens.get(at) {
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        _ => None,
    };
    let before = |back: usize| at.checked_sub(back).and_then(punct);
    let is_field = before(1) == Some('.') && before(2) != Some('.');
    let is_named =
        is_field || before(1) == Some('\'') || (before(1), before(2)) == (Some(':'), Some(':'));
    let is_macro = punct(at + 1) == Some('!') && punct(at + 2) != Some('=');
    !is_named && !is_macro && punct(at + 1) != Some(':')
}
