//! How long a machine is stored: what its `'x` is there.
//!
//! The step function is generic over `'x`, which all that it is called with outlives. Lifetimes that were collapsed are `'x`; those that
//! stay themselves have to outlive the frame. A type parameter need not: nothing of `'x` is in what the step
//! returns and yields, and its code is the same for every `'x`, so that it was checked for one that the parameter
//! outlives is enough. If the frame were a lifetime that types are declared to outlive, whoever hands a machine on
//! would have to declare the same: `fn f<T>(x: T) -> impl Future<Output = T> { g(x) }` was E0310. Where the arguments imply such a
//! lifetime it is taken.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};
use syn::visit::{self, Visit};
use syn::{
    GenericParam, Generics, Lifetime, PathArguments, Type, TypeParamBound, TypePath, WherePredicate,
};

use super::{names, unused};
use crate::parse::{Argument, Home, Input};

/// What stands for `'x` in the type of the stored machine.
pub enum Frame {
    /// A lifetime of the function that all type parameters outlive by what its arguments imply, or `'static`.
    Known(Lifetime),
    /// A further lifetime of the function, which its lifetimes are declared to outlive, and in a box of a type that is named its type
    /// parameters.
    Declared(Lifetime),
    /// None can be named or declared, since the signature is a trait's: the machine stands in a box.
    Boxed,
}

/// What has to outlive the frame.
struct InSight {
    types: Vec<Ident>,
    /// `Self`, whatever that is.
    this: bool,
    lifetimes: Vec<Lifetime>,
}

pub fn frame(input: &Input, rigid: &BTreeSet<Lifetime>, as_written: bool) -> Frame {
    let sight = in_sight(input, rigid, as_written);
    let is_empty = sight.types.is_empty() && !sight.this && sight.lifetimes.is_empty();
    if is_empty {
        return Frame::Known(Lifetime::new("'static", Span::call_site()));
    }
    if let Some(lifetime) = known_lifetime(input, &sight) {
        return Frame::Known(lifetime);
    }
    if input.options.boxed {
        // The box is of a type in which they stand.
        return Frame::Declared(unused(input, "'frame"));
    }
    // Of a type nothing is asked: the step is generic over it, and over every `'x` that it outlives.
    let sight = InSight {
        types: Vec::new(),
        this: false,
        ..sight
    };
    if sight.lifetimes.is_empty() {
        return Frame::Known(Lifetime::new("'static", Span::call_site()));
    }
    if let Some(lifetime) = known_lifetime(input, &sight) {
        return Frame::Known(lifetime);
    }
    match input.home {
        Home::Trait { .. }
        | Home::Impl {
            trait_: Some(_), ..
        } => Frame::Boxed,
        _ => Frame::Declared(unused(input, "'frame")),
    }
}

/// A lifetime of the function that all of these outlive by what its arguments imply.
fn known_lifetime(input: &Input, sight: &InSight) -> Option<Lifetime> {
    let mut known = names(&input.sig.generics).into_iter();
    known.find(|lifetime| is_outlived(input, lifetime, sight))
}

fn in_sight(input: &Input, rigid: &BTreeSet<Lifetime>, as_written: bool) -> InSight {
    let mut sight = InSight {
        types: types(&input.sig.generics),
        this: false,
        lifetimes: names(&input.sig.generics),
    };
    match &input.home {
        Home::Free => {}
        Home::Inherent => sight.this = true,
        Home::Impl {
            generics, trait_, ..
        } => {
            // As the trait declares it, which does not know what implements it.
            sight.this = input.options.boxed && trait_.is_some();
            sight.types.extend(types(generics));
            sight.lifetimes.extend(names(generics));
        }
        Home::Trait {
            generics, has_body, ..
        } => {
            sight.this = true;
            if *has_body {
                sight.types.extend(types(generics));
                sight.lifetimes.extend(names(generics));
            }
        }
    }
    if !as_written {
        sight.lifetimes.retain(|lifetime| rigid.contains(lifetime));
    }
    if input.sig.inputs.iter().any(has_impl_trait) {
        // No name of the user's, so nothing shows that it outlives anything.
        sight.types.push(Ident::new("impl", Span::call_site()));
    }
    sight
}

fn types(generics: &Generics) -> Vec<Ident> {
    let params = generics.type_params().map(|param| param.ident.clone());
    params.collect()
}

fn has_impl_trait(argument: &syn::FnArg) -> bool {
    match argument {
        syn::FnArg::Typed(typed) => crate::parse::contains_impl(&typed.ty),
        syn::FnArg::Receiver(_) => false,
    }
}

fn is_outlived(input: &Input, by: &Lifetime, sight: &InSight) -> bool {
    let mut shown = Shown {
        lifetime: by,
        inside: false,
        types: Vec::new(),
        lifetimes: vec![by.clone()],
    };
    for argument in input.arguments() {
        shown.see_argument(&argument);
    }
    shown.see_bounds(&input.sig.generics);
    let shows = |name: &Ident| shown.types.contains(name);
    let this = Ident::new("Self", Span::call_site());
    if let Home::Impl {
        generics, self_ty, ..
    } = &input.home
        && shows(&this)
    {
        let mut all = Mentioned::default();
        all.visit_type(self_ty);
        let of_header = types(generics).into_iter();
        shown
            .types
            .extend(of_header.filter(|ty| all.types.contains(ty)));
        shown.lifetimes.extend(all.lifetimes);
    }
    let shows = |name: &Ident| shown.types.contains(name);
    sight.types.iter().all(shows)
        && (!sight.this || shows(&this))
        && sight.lifetimes.iter().all(|l| shown.lifetimes.contains(l))
}

/// What certainly outlives a lifetime: what stands behind references of that lifetime in the arguments, and what a
/// bound says.
struct Shown<'a> {
    lifetime: &'a Lifetime,
    /// Behind such a reference.
    inside: bool,
    types: Vec<Ident>,
    lifetimes: Vec<Lifetime>,
}

impl Shown<'_> {
    fn see_argument(&mut self, argument: &Argument) {
        match &argument.ty {
            // Of a receiver it is known what `Pin` is; elsewhere a path may be an alias that ignores its arguments.
            Type::Path(path) if argument.is_receiver() => {
                if let Some(inner) = pinned(path) {
                    self.see(inner);
                }
            }
            ty => self.see(ty),
        }
    }

    fn see(&mut self, ty: &Type) {
        match ty {
            Type::Reference(reference) => {
                let outside = self.inside;
                self.inside |= reference.lifetime.as_ref() == Some(self.lifetime);
                if self.inside {
                    self.lifetimes.extend(reference.lifetime.clone());
                }
                self.see(&reference.elem);
                self.inside = outside;
            }
            Type::Tuple(tuple) => tuple.elems.iter().for_each(|ty| self.see(ty)),
            Type::Array(array) => self.see(&array.elem),
            Type::Slice(slice) => self.see(&slice.elem),
            Type::Paren(inner) => self.see(&inner.elem),
            Type::Group(inner) => self.see(&inner.elem),
            Type::Path(path) if self.inside && path.qself.is_none() => {
                self.types.extend(path.path.get_ident().cloned());
            }
            _ => {}
        }
    }

    fn see_bounds(&mut self, generics: &Generics) {
        for param in &generics.params {
            match param {
                GenericParam::Type(param) if self.is_among(&param.bounds) => {
                    self.types.push(param.ident.clone());
                }
                GenericParam::Lifetime(param)
                    if param.bounds.iter().any(|b| b == self.lifetime) =>
                {
                    self.lifetimes.push(param.lifetime.clone());
                }
                _ => {}
            }
        }
        let clause = generics.where_clause.iter();
        for predicate in clause.flat_map(|clause| &clause.predicates) {
            match predicate {
                WherePredicate::Type(predicate) if self.is_among(&predicate.bounds) => {
                    if let Type::Path(path) = &predicate.bounded_ty {
                        self.types.extend(path.path.get_ident().cloned());
                    }
                }
                WherePredicate::Lifetime(predicate)
                    if predicate.bounds.iter().any(|b| b == self.lifetime) =>
                {
                    self.lifetimes.push(predicate.lifetime.clone());
                }
                _ => {}
            }
        }
    }

    fn is_among<'b>(&self, bounds: impl IntoIterator<Item = &'b TypeParamBound>) -> bool {
        let is_it = |bound: &TypeParamBound| matches!(bound, TypeParamBound::Lifetime(lifetime) if lifetime == self.lifetime || lifetime.ident == "static");
        bounds.into_iter().any(is_it)
    }
}

/// `&mut Self` of `Pin<&mut Self>`.
fn pinned(path: &TypePath) -> Option<&Type> {
    let last = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == "Pin")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(ty)) => Some(ty),
        _ => None,
    }
}

/// The names in a type.
#[derive(Default)]
struct Mentioned {
    types: Vec<Ident>,
    lifetimes: Vec<Lifetime>,
}

impl<'ast> Visit<'ast> for Mentioned {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.types.extend(path.get_ident().cloned());
        visit::visit_path(self, path);
    }

    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        self.lifetimes.push(lifetime.clone());
    }
}
