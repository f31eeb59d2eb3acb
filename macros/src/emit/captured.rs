//! The arguments that the twin captures, where it stands in a function of its own.

use super::mentioned;
use crate::parse::Argument;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Block, Pat, Type};

/// Whether an argument is a reference that nothing else is made of. In a function of its own the twin captures it: of one
/// that is to live longer than it does rustc then says so where it is used, and not where it is passed on.
pub fn is_captured(argument: &Argument) -> bool {
    let is_plain = |pattern: &syn::PatIdent| pattern.mutability.is_none();
    let plain = matches!(&argument.pattern, Pat::Ident(pattern) if is_plain(pattern));
    plain && argument.name().is_some() && matches!(argument.ty, Type::Reference(_))
}

/// What stands before the twin, and what an arm around its body binds, for those that this mentions.
pub fn captured(arguments: &[Argument], block: &Block) -> (Option<TokenStream>, Vec<Ident>) {
    if !arguments.iter().any(is_captured) {
        return Default::default();
    }
    let mentioned = mentioned::words(block.to_token_stream());
    let named = |argument: &Argument| {
        argument
            .name()
            .filter(|name| mentioned.contains(name))
            .cloned()
    };
    let captured = arguments.iter().filter(|argument| is_captured(argument));
    let local = captured.clone().filter(|argument| is_local(argument));
    let local: Vec<Ident> = local.filter_map(named).collect();
    // Else rustc would call them unused where it can't see what the closure captures, as it has found an error there.
    let used: Vec<Ident> = captured.filter_map(named).collect();
    let used = (!used.is_empty()).then(|| quote!(let _ = (#(&#used,)*);));
    (used, local)
}

/// Whether the twin has such an argument as a local, of which rustc says what it does of an argument. Not where there are
/// lifetimes in what it refers to: of what is put there rustc would say here that it doesn't live long enough.
fn is_local(argument: &Argument) -> bool {
    match &argument.ty {
        Type::Reference(reference) => {
            !argument.is_receiver() && !has_lifetimes(reference.elem.to_token_stream())
        }
        _ => false,
    }
}

fn has_lifetimes(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => has_lifetimes(group.stream()),
        TokenTree::Punct(punct) => matches!(punct.as_char(), '&' | '\''),
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}
