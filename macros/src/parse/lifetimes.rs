//! Naming the lifetimes that a signature leaves out.
//!
//! Input: a signature as written. Output: the same with a name for each `&` and `'_` in its arguments, and those
//! of the return type resolved as Rust resolves them: to the receiver's, else to the only one there is. Where
//! there is no such rule the return type stays, and rustc reports it. A lifetime hidden in a path (`Chars`
//! for `Chars<'_>`) cannot be seen; rustc refuses such an argument in the expansion, as it
//! does in an `async fn`.

use std::collections::BTreeSet;

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{
    FnArg, GenericParam, Generics, Lifetime, LifetimeParam, Path, ReturnType, Signature, Type,
    TypeReference,
};

use super::{Argument, Home};

/// Names the lifetimes of a function. Gives those that had no name.
pub fn name(sig: &mut Signature, home: &Home) -> Vec<Lifetime> {
    let mut namer = Namer::new(&sig.generics);
    if let Home::Impl { generics, .. } | Home::Trait { generics, .. } = home {
        namer.take(generics);
    }
    for (index, input) in sig.inputs.iter_mut().enumerate() {
        namer.prefix = prefix(&Argument::of(input), index);
        match input {
            FnArg::Typed(typed) => namer.visit_type_mut(&mut typed.ty),
            FnArg::Receiver(receiver) => {
                namer.visit_type_mut(&mut receiver.ty);
                if let (Some((_, lifetime)), Type::Reference(ty)) =
                    (&mut receiver.reference, &*receiver.ty)
                {
                    lifetime.clone_from(&ty.lifetime);
                }
            }
        }
    }
    declare(&mut sig.generics, namer.made.clone());
    if let Some(lifetime) = of_output(sig)
        && let ReturnType::Type(_, ty) = &mut sig.output
    {
        Resolver(lifetime).visit_type_mut(ty);
    }
    namer.made
}

/// Names the lifetimes in the header of an impl.
pub fn name_in_header(generics: &mut Generics, self_ty: &mut Type, trait_: Option<&mut Path>) {
    let mut namer = Namer::new(generics);
    "of_impl".clone_into(&mut namer.prefix);
    namer.visit_type_mut(self_ty);
    if let Some(trait_) = trait_ {
        namer.visit_path_mut(trait_);
    }
    declare(generics, namer.made);
}

/// What the lifetimes of an argument are called after.
fn prefix(argument: &Argument, index: usize) -> String {
    match argument.name() {
        Some(name) => format!("of_{}", name.unraw()),
        None => format!("of_argument{index}"),
    }
}

/// Adds lifetimes to generics, after those that are there.
fn declare(generics: &mut Generics, lifetimes: Vec<Lifetime>) {
    let is_lifetime = |param: &&GenericParam| matches!(param, GenericParam::Lifetime(_));
    let at = generics.params.iter().take_while(is_lifetime).count();
    for lifetime in lifetimes.into_iter().rev() {
        let param = GenericParam::Lifetime(LifetimeParam::new(lifetime));
        generics.params.insert(at, param);
    }
}

struct Namer {
    prefix: String,
    taken: BTreeSet<String>,
    made: Vec<Lifetime>,
}

impl Namer {
    fn new(generics: &Generics) -> Self {
        let mut namer = Namer {
            prefix: String::new(),
            taken: BTreeSet::new(),
            made: Vec::new(),
        };
        namer.take(generics);
        namer
    }

    fn take(&mut self, generics: &Generics) {
        let names = generics
            .lifetimes()
            .map(|param| param.lifetime.ident.to_string());
        self.taken.extend(names);
    }

    fn make(&mut self, span: Span) -> Lifetime {
        let mut name = self.prefix.clone();
        let mut count = 1;
        while !self.taken.insert(name.clone()) {
            count += 1;
            name = format!("{}_{count}", self.prefix);
        }
        let lifetime = Lifetime::new(&format!("'{name}"), made_up_at(span));
        self.made.push(lifetime.clone());
        lifetime
    }
}

/// The macro's own, but at the place of the user's.
fn made_up_at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

impl VisitMut for Namer {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        if reference.lifetime.is_none() {
            reference.lifetime = Some(self.make(reference.and_token.span()));
        }
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.make(lifetime.span());
        }
    }

    // Those of `fn(&T)` and `Fn(&T)` are bound where they stand.
    fn visit_type_bare_fn_mut(&mut self, _: &mut syn::TypeBareFn) {}
    fn visit_parenthesized_generic_arguments_mut(
        &mut self,
        _: &mut syn::ParenthesizedGenericArguments,
    ) {
    }
}

/// Puts one lifetime for each that is left out.
struct Resolver(Lifetime);

impl VisitMut for Resolver {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        if reference.lifetime.is_none() {
            reference.lifetime = Some(self.at(reference.and_token.span()));
        }
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.at(lifetime.span());
        }
    }

    fn visit_type_bare_fn_mut(&mut self, _: &mut syn::TypeBareFn) {}
    fn visit_parenthesized_generic_arguments_mut(
        &mut self,
        _: &mut syn::ParenthesizedGenericArguments,
    ) {
    }
}

impl Resolver {
    fn at(&self, span: Span) -> Lifetime {
        let mut lifetime = self.0.clone();
        lifetime.set_span(made_up_at(span));
        lifetime
    }
}

/// The lifetime that the return type's elided ones stand for; those of the arguments are named.
fn of_output(sig: &Signature) -> Option<Lifetime> {
    if let Some(receiver) = sig.receiver() {
        let mut of_self = SelfReferences(Vec::new());
        of_self.visit_type(&receiver.ty);
        if !of_self.0.is_empty() {
            return only(of_self.0);
        }
    }
    let mut all = Lifetimes(Vec::new());
    for input in &sig.inputs {
        match input {
            FnArg::Typed(typed) => all.visit_type(&typed.ty),
            FnArg::Receiver(receiver) => all.visit_type(&receiver.ty),
        }
    }
    only(all.0)
}

fn only(lifetimes: Vec<Lifetime>) -> Option<Lifetime> {
    let names: BTreeSet<_> = lifetimes.iter().map(|lifetime| &lifetime.ident).collect();
    let is_one = names.len() == 1;
    lifetimes.into_iter().next().filter(|_| is_one)
}

/// The lifetimes of `&Self` and `&mut Self` in a receiver's type.
struct SelfReferences(Vec<Lifetime>);

impl<'ast> Visit<'ast> for SelfReferences {
    fn visit_type_reference(&mut self, reference: &'ast TypeReference) {
        let to_self = matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("Self"));
        if to_self && let Some(lifetime) = &reference.lifetime {
            self.0.push(lifetime.clone());
        }
        visit::visit_type_reference(self, reference);
    }
}

/// All lifetimes that are not bound inside.
struct Lifetimes(Vec<Lifetime>);

impl<'ast> Visit<'ast> for Lifetimes {
    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        self.0.push(lifetime.clone());
    }
    fn visit_type_bare_fn(&mut self, _: &'ast syn::TypeBareFn) {}
    fn visit_parenthesized_generic_arguments(
        &mut self,
        _: &'ast syn::ParenthesizedGenericArguments,
    ) {
    }
}
