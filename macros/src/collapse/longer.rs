//! Lifetimes of a function that outlive one which is not collapsed: `'name` of `fn get<'name: 'a>(&self, name: &'name str)`, where
//! `'a` is that of an impl whose header is unseen, or `'static`. As `'x` nothing would be known of them.
//!
//! Output: what they are in the step function, the lifetime that they outlive. What an argument's type is for `'name` it is for `'a`
//! too, unless it is invariant: that rustc refuses.

use syn::punctuated::Punctuated;
use syn::{Generics, Lifetime, Token, WherePredicate};

/// Each such lifetime, and the one that takes its place.
pub fn longer(generics: &Generics, collapsed: &[Lifetime]) -> Vec<(Lifetime, Lifetime)> {
    let bounds = bounds(generics);
    let mut found: Vec<(Lifetime, Lifetime)> = Vec::new();
    // A bound may be one of these itself.
    for _ in collapsed {
        for (lifetime, bound) in &bounds {
            let is_found = |lifetime: &Lifetime| found.iter().find(|(name, _)| name == lifetime);
            if !collapsed.contains(lifetime) || is_found(lifetime).is_some() {
                continue;
            }
            let rigid = match is_found(bound) {
                Some((_, rigid)) => rigid.clone(),
                None if collapsed.contains(bound) => continue,
                None => bound.clone(),
            };
            found.push((lifetime.clone(), rigid));
        }
    }
    found
}

/// Which lifetimes outlive which, as the function declares it.
fn bounds(generics: &Generics) -> Vec<(Lifetime, Lifetime)> {
    let mut found = Vec::new();
    let mut each = |lifetime: &Lifetime, bounds: &Punctuated<Lifetime, Token![+]>| {
        found.extend(bounds.iter().map(|bound| (lifetime.clone(), bound.clone())));
    };
    for param in generics.lifetimes() {
        each(&param.lifetime, &param.bounds);
    }
    for predicate in generics.where_clause.iter().flat_map(|w| &w.predicates) {
        if let WherePredicate::Lifetime(predicate) = predicate {
            each(&predicate.lifetime, &predicate.bounds);
        }
    }
    found
}
