//! `Self` in a step function that stands outside the impl or trait.
//!
//! Input: tokens, and where they come from. Output: the same tokens with the type (or, of a trait, the type
//! parameter [`THIS`]) for each `Self`. The type's arguments are written with `::`, which is right in types,
//! expressions and patterns alike.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Path, PathArguments, Type};

use crate::parse::Home;

/// What `Self` is called where it has become a type parameter.
pub const THIS: &str = "This";

/// Replaces each `Self`, unless it can stay.
pub fn replace(tokens: TokenStream, home: &Home) -> TokenStream {
    let replacement = match home {
        Home::Free | Home::Inherent => return tokens,
        Home::Impl {
            self_ty,
            trait_,
            types,
            ..
        } => Replacement {
            ty: in_expressions(self_ty),
            is_path: is_path(self_ty),
            associated: types.clone(),
            trait_: trait_.clone(),
        },
        Home::Trait { .. } => Replacement {
            ty: format_ident!("{THIS}").into_token_stream(),
            is_path: true,
            associated: Vec::new(),
            trait_: None,
        },
    };
    replacement.all(tokens)
}

/// Names the trait before each of the impl's types: for an impl of another one.
pub fn through_the_trait(tokens: TokenStream, home: &Home) -> TokenStream {
    let Home::Impl { trait_, types, .. } = home else {
        return tokens;
    };
    let replacement = Replacement {
        ty: quote!(Self),
        is_path: true,
        associated: types.clone(),
        trait_: trait_.clone(),
    };
    replacement.all(tokens)
}

struct Replacement {
    ty: TokenStream,
    /// Anything else must stand in `<..>` before a `::`.
    is_path: bool,
    /// The types that the impl defines: `Self::Item` means the trait's.
    associated: Vec<Ident>,
    trait_: Option<Path>,
}

impl Replacement {
    fn all(&self, tokens: TokenStream) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut out = TokenStream::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Ident(ident) if ident == "Self" => {
                    out.extend(self.one(&tokens[at..]));
                }
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), self.all(group.stream()));
                    inner.set_span(group.span());
                    out.extend([TokenTree::Group(inner)]);
                }
                other => out.extend([other.clone()]),
            }
        }
        out
    }

    /// What stands for one `Self` before `rest`.
    fn one(&self, rest: &[TokenTree]) -> TokenStream {
        let ty = &self.ty;
        let Some(name) = after_path_separator(rest) else {
            return ty.clone();
        };
        if let Some(trait_) = &self.trait_
            && self.associated.contains(name)
        {
            return quote!(<#ty as #trait_>);
        }
        if self.is_path {
            ty.clone()
        } else {
            quote!(<#ty>)
        }
    }
}

/// The name after `::`, if that is what comes next.
fn after_path_separator(rest: &[TokenTree]) -> Option<&Ident> {
    match rest {
        [
            TokenTree::Punct(first),
            TokenTree::Punct(second),
            TokenTree::Ident(name),
            ..,
        ] => (first.as_char() == ':' && second.as_char() == ':').then_some(name),
        _ => None,
    }
}

fn is_path(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.qself.is_none(),
        Type::Group(inner) => is_path(&inner.elem),
        Type::Paren(inner) => is_path(&inner.elem),
        _ => false,
    }
}

/// `Own::<T>` for `Own<T>`.
fn in_expressions(ty: &Type) -> TokenStream {
    let mut ty = match ty {
        Type::Group(inner) => return in_expressions(&inner.elem),
        Type::Paren(inner) => return in_expressions(&inner.elem),
        other => other.clone(),
    };
    if let Type::Path(path) = &mut ty
        && path.qself.is_none()
    {
        for segment in &mut path.path.segments {
            if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
                arguments.colon2_token = Some(syn::token::PathSep::default());
            }
        }
        return ty.into_token_stream();
    }
    // As one operand.
    TokenTree::Group(Group::new(Delimiter::None, ty.into_token_stream())).into()
}
