//! Lifetimes in tokens that are no syntax tree: those of a macro.

use proc_macro2::{Group, Spacing, TokenStream, TokenTree};
use syn::Lifetime;

use crate::hash::HashSet;

/// Changes each lifetime that is no label.
pub fn replace(tokens: TokenStream, change: &impl Fn(&mut Lifetime)) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out = TokenStream::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(mut lifetime) = lifetime_at(&tokens, at) {
            if !is_label(&tokens, at) {
                change(&mut lifetime);
            }
            out.extend(quote::quote!(#lifetime));
            at += 2;
            continue;
        }
        match &tokens[at] {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replace(group.stream(), change));
                inner.set_span(group.span());
                out.extend([TokenTree::Group(inner)]);
            }
            other => out.extend([other.clone()]),
        }
        at += 1;
    }
    out
}

/// The names of all lifetimes and labels.
pub fn lifetimes(tokens: TokenStream) -> HashSet<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = HashSet::default();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => found.extend(lifetimes(group.stream())),
            _ => found.extend(lifetime_at(&tokens, at).map(|l| l.ident.to_string())),
        }
    }
    found
}

fn lifetime_at(tokens: &[TokenTree], at: usize) -> Option<Lifetime> {
    match &tokens[at..] {
        [TokenTree::Punct(quote), TokenTree::Ident(name), ..]
            if quote.as_char() == '\'' && quote.spacing() == Spacing::Joint =>
        {
            Some(Lifetime {
                apostrophe: quote.span(),
                ident: name.clone(),
            })
        }
        _ => None,
    }
}

/// `break 'a`, `continue 'a`, and `'a: loop`.
fn is_label(tokens: &[TokenTree], at: usize) -> bool {
    let is_word = |token: &TokenTree, words: &[&str]| matches!(token, TokenTree::Ident(ident) if words.iter().any(|word| ident == word));
    if at > 0 && is_word(&tokens[at - 1], &["break", "continue"]) {
        return true;
    }
    match tokens.get(at + 2..) {
        Some([TokenTree::Punct(colon), next, ..]) if colon.as_char() == ':' => {
            matches!(next, TokenTree::Group(_)) || is_word(next, &["loop", "while", "for"])
        }
        _ => false,
    }
}
