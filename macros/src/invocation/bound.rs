//! Names that tokens, which are no expressions, may bind: a mention of one of them means what only rustc knows.
//!
//! `let n = 1; n + 1` in a macro's tokens has nothing to do with a local `n` around the macro. So such a name is left
//! alone in all of the tokens: it is what they bind, or an error, since the machine poisons the user's names.

use proc_macro2::{Spacing, TokenStream, TokenTree};

/// The names that may be bound, those in groups too.
pub fn names(tokens: &TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    collect(tokens.clone(), &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Ident(keyword) if keyword == "let" => {
                idents_until(&tokens[at + 1..], found, &|token| is(token, "=;"));
            }
            TokenTree::Ident(keyword) if keyword == "for" => {
                idents_until(&tokens[at + 1..], found, &|token| is_word(token, "in"));
            }
            TokenTree::Punct(_) if begins_closure(&tokens, at) => {
                idents_until(&tokens[at + 1..], found, &|token| is(token, "|"));
            }
            TokenTree::Punct(_) if is_arrow(&tokens, at) => arm(&tokens, at, found),
            _ => {}
        }
    }
}

/// What stands before `=>` may be a pattern, if what comes after it mentions the same names.
fn arm(tokens: &[TokenTree], arrow: usize, found: &mut Vec<String>) {
    let start = tokens[..arrow]
        .iter()
        .rposition(|token| is(token, ",;") || is_block(token));
    let (mut bound, mut mentioned) = (Vec::new(), Vec::new());
    let pattern = &tokens[start.map_or(0, |at| at + 1)..arrow];
    idents_until(pattern, &mut bound, &|token| is_word(token, "if"));
    let guard = pattern.iter().position(|token| is_word(token, "if"));
    let guard = guard.map_or(&[][..], |at| &pattern[at..]);
    idents_until(guard, &mut mentioned, &|_| false);
    idents_until(&tokens[arrow + 2..], &mut mentioned, &|token| {
        is(token, ",;")
    });
    found.extend(bound.into_iter().filter(|name| mentioned.contains(name)));
}

fn idents_until(tokens: &[TokenTree], found: &mut Vec<String>, ends: &dyn Fn(&TokenTree) -> bool) {
    for token in tokens.iter().take_while(|token| !ends(token)) {
        match token {
            TokenTree::Ident(name) => found.push(name.to_string()),
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                idents_until(&inner, found, &|_| false);
            }
            _ => {}
        }
    }
}

/// A `|` that stands where an operator could not.
fn begins_closure(tokens: &[TokenTree], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    is(&tokens[at], "|")
        && match before {
            None | Some(TokenTree::Punct(_)) => true,
            Some(TokenTree::Ident(word)) => {
                ["move", "return", "in", "else"].iter().any(|k| word == k)
            }
            Some(TokenTree::Group(group)) => group.delimiter() == proc_macro2::Delimiter::Brace,
            Some(TokenTree::Literal(_)) => false,
        }
}

fn is_arrow(tokens: &[TokenTree], at: usize) -> bool {
    let joint = matches!(&tokens[at], TokenTree::Punct(p) if p.as_char() == '=' && p.spacing() == Spacing::Joint);
    joint && tokens.get(at + 1).is_some_and(|token| is(token, ">"))
}

fn is(token: &TokenTree, any: &str) -> bool {
    matches!(token, TokenTree::Punct(punct) if any.contains(punct.as_char()))
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_block(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace)
}
