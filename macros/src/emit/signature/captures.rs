//! What an opaque type is made of, as far as rustc has to be told.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Generics, Lifetime, Type};

use crate::options::Options;
use crate::parse::Home;

/// Each `impl Trait` of an output with `captures`: what it hides is made of what the machine is made of.
pub fn captured(output: TokenStream, captures: Option<&TokenStream>) -> TokenStream {
    struct Capture<'a>(&'a TokenStream);
    impl VisitMut for Capture<'_> {
        fn visit_type_impl_trait_mut(&mut self, ty: &mut syn::TypeImplTrait) {
            visit_mut::visit_type_impl_trait_mut(self, ty);
            let (bounds, captures) = (&ty.bounds, self.0);
            *ty = syn::parse_quote!(impl #bounds #captures);
        }
    }
    let (Some(captures), Ok(mut ty)) = (captures, syn::parse2::<Type>(output.clone())) else {
        return output;
    };
    Capture(captures).visit_type_mut(&mut ty);
    ty.into_token_stream()
}

/// `+ Captures<(&'a (), &'frame (), *const Self)>`: type parameters are captured in every edition, lifetimes
/// and what is in `Self` must be named. (In a trait everything is captured.)
pub fn captures(
    options: &Options,
    generics: &Generics,
    more: Option<&Lifetime>,
    home: &Home,
) -> Option<TokenStream> {
    let mut all: Vec<TokenStream> = Vec::new();
    match home {
        Home::Free => {}
        Home::Inherent => all.push(quote!(*const Self)),
        Home::Impl {
            generics,
            trait_: None,
            ..
        } => all.extend(borrows(generics)),
        Home::Impl { .. } | Home::Trait { .. } => return None,
    }
    all.extend(borrows(generics));
    all.extend(more.map(|lifetime| quote!(&#lifetime ())));
    let private = options.private();
    (!all.is_empty()).then(|| quote!(+ #private::Captures<(#(#all,)*)>))
}

/// `&'a ()` for each lifetime.
fn borrows(generics: &Generics) -> impl Iterator<Item = TokenStream> {
    generics.lifetimes().map(|param| {
        let lifetime = &param.lifetime;
        quote!(&#lifetime ())
    })
}
