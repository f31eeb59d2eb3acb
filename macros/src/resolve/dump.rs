//! A resolved body as text, for tests.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, format_ident};

use crate::body::{Body, LocalId, MentionId};

/// The body's tokens with each binding as `name_id` and each mention as `name_id_kind`, followed by
/// `_in` inside a closure.
pub fn dump(body: &Body) -> String {
    let mut tokens = TokenStream::new();
    for (at, argument) in body.arguments.iter().enumerate() {
        if let Some(pattern) = argument {
            let name = &body.locals[at].name;
            tokens.append_all(quote::quote!(let #pattern = #name;));
        }
    }
    tokens.append_all(body.block.to_token_stream());
    spell(body, tokens).to_string()
}

fn spell(body: &Body, tokens: TokenStream) -> TokenStream {
    let trees = tokens.into_iter().map(|tree| match tree {
        TokenTree::Group(group) => {
            let inner = spell(body, group.stream());
            TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner))
        }
        TokenTree::Ident(ident) => TokenTree::Ident(spell_one(body, ident)),
        other => other,
    });
    trees.collect()
}

fn spell_one(body: &Body, ident: Ident) -> Ident {
    if let Some(local) = LocalId::of(&ident) {
        return format_ident!("{}_{}", body.local(local).name, local.0);
    }
    let Some(id) = MentionId::of(&ident) else {
        return ident;
    };
    let mention = body.mention(id);
    let name = &body.local(mention.local).name;
    let kind = format!("{:?}", mention.kind).to_lowercase();
    let inside = if mention.in_closure { "_in" } else { "" };
    format_ident!("{}_{}_{}{}", name, mention.local.0, kind, inside)
}
