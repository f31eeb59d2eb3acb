//! Items whose bodies are no Rust: their signatures are kept, so that callers see no errors beside that one.
//!
//! rustc has found the same while it read the item, and says it in its own words; if it has not, what `syn` says is an
//! error (`Diagnostics::unread`).

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

/// The item with no more in the body of its function, or in those of its methods, than what tells coroutines from
/// other functions.
pub fn without_bodies(item: TokenStream, is_function: bool) -> TokenStream {
    if is_function {
        return emptied(item);
    }
    let tokens = item.into_iter().map(|token| match token {
        TokenTree::Group(group) if is_braced(&group) => within(&group, emptied(group.stream())),
        other => other,
    });
    tokens.collect()
}

/// Empties the braces that follow on each `fn`. What stands in them instead is emitted where nothing awaits.
fn emptied(tokens: TokenStream) -> TokenStream {
    let mut in_function = false;
    let tokens = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) if in_function && is_braced(&group) => {
            in_function = false;
            let body = suspension(group.stream()).unwrap_or_else(|| quote!(loop {}));
            within(&group, body)
        }
        other => {
            in_function |= matches!(&other, TokenTree::Ident(word) if word == "fn");
            in_function &= !matches!(&other, TokenTree::Punct(punct) if punct.as_char() == ';');
            other
        }
    });
    tokens.collect()
}

/// The first word that says that a body suspends, where it does.
fn suspension(tokens: TokenStream) -> Option<TokenStream> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => suspension(group.stream()),
        TokenTree::Ident(word) if word == "await" => Some(quote!(().#word)),
        TokenTree::Ident(word) if word == "yield_" => Some(quote!(#word!(loop {}))),
        _ => None,
    })
}

fn is_braced(group: &Group) -> bool {
    group.delimiter() == Delimiter::Brace
}

fn within(group: &Group, tokens: TokenStream) -> TokenTree {
    let mut new = Group::new(group.delimiter(), tokens);
    new.set_span(group.span());
    TokenTree::Group(new)
}
