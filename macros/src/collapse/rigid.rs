//! Which lifetimes a bound on a type names, and which outlive such a one.

use std::collections::BTreeSet;

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{GenericParam, Generics, Lifetime, Token, WherePredicate};

use crate::parse::{Home, Input};

/// Of the function, and of the impl or trait that it stands in.
pub fn rigid(input: &Input) -> BTreeSet<Lifetime> {
    let mut found = Found(BTreeSet::new());
    found.of_generics(&input.sig.generics);
    for argument in &input.sig.inputs {
        ImplTraits(&mut found).visit_fn_arg(argument);
    }
    match &input.home {
        Home::Impl { generics, .. } => found.of_generics(generics),
        // What implements the trait at one lifetime need not do so at another.
        Home::Trait { generics, .. } => {
            found.0.extend(super::names(generics));
        }
        Home::Free | Home::Inherent => {}
    }
    let mut outlives = outlives(&input.sig.generics);
    if let Home::Impl { generics, .. } = &input.home {
        outlives.extend(self::outlives(generics));
    }
    found.spread(&outlives);
    found.0
}

/// Which lifetimes are said to outlive which.
fn outlives(generics: &Generics) -> Vec<(Lifetime, Lifetime)> {
    let mut all = Vec::new();
    let mut add = |lifetime: &Lifetime, bounds: &Punctuated<Lifetime, Token![+]>| {
        all.extend(bounds.iter().map(|bound| (lifetime.clone(), bound.clone())));
    };
    for param in generics.lifetimes() {
        add(&param.lifetime, &param.bounds);
    }
    let clause = generics.where_clause.iter();
    for predicate in clause.flat_map(|clause| &clause.predicates) {
        if let WherePredicate::Lifetime(predicate) = predicate {
            add(&predicate.lifetime, &predicate.bounds);
        }
    }
    all
}

struct Found(BTreeSet<Lifetime>);

impl Found {
    /// What outlives a rigid lifetime is rigid, as `'x` does not outlive it.
    fn spread(&mut self, outlives: &[(Lifetime, Lifetime)]) {
        loop {
            let before = self.0.len();
            for (long, short) in outlives {
                if self.0.contains(short) {
                    self.0.insert(long.clone());
                }
            }
            if self.0.len() == before {
                return;
            }
        }
    }

    fn of_generics(&mut self, generics: &Generics) {
        for param in &generics.params {
            if let GenericParam::Type(param) = param {
                self.visit_type_param(param);
            }
        }
        let clause = generics.where_clause.iter();
        for predicate in clause.flat_map(|clause| &clause.predicates) {
            if let WherePredicate::Type(predicate) = predicate {
                self.visit_predicate_type(predicate);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Found {
    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        self.0.insert(lifetime.clone());
    }
}

/// The bounds of an `impl Trait` are those of a type parameter.
struct ImplTraits<'a>(&'a mut Found);

impl<'ast> Visit<'ast> for ImplTraits<'_> {
    fn visit_type_impl_trait(&mut self, ty: &'ast syn::TypeImplTrait) {
        visit::visit_type_impl_trait(self.0, ty);
    }
}
