//! Patterns: every binding becomes a local.

use syn::visit_mut::{self, VisitMut};
use syn::{FieldPat, Member, Pat, PatIdent};

use super::Resolver;
use super::scope::Name;
use crate::body::LocalId;

impl Resolver<'_> {
    /// Declares what `pattern` binds in the innermost scope. Inside a closure the bindings are the
    /// closure's own: they keep their names and hide ours.
    pub fn bind(&mut self, pattern: &mut Pat) {
        self.bind_all(pattern, false);
    }

    /// The same of a pattern that always matches: no constant stands in it. (A unit struct may, and is taken for a local
    /// that has such a value.)
    pub fn bind_surely(&mut self, pattern: &mut Pat) {
        self.bind_all(pattern, true);
    }

    fn bind_all(&mut self, pattern: &mut Pat, always: bool) {
        if self.closures.is_empty() {
            let mut binder = Binder {
                resolver: self,
                bound: Vec::new(),
                always,
            };
            binder.visit_pat_mut(pattern);
        } else {
            self.hide(pattern);
        }
    }

    /// The names that `pattern` binds are not ours.
    pub fn hide(&mut self, pattern: &mut Pat) {
        let mut hider = Hider { resolver: self };
        hider.visit_pat_mut(pattern);
    }
}

/// Whether a lone identifier in a pattern binds. One that starts in upper case, with nothing else
/// about it, is a constant or a unit struct; a lower case constant is taken for a binding, which
/// does no harm as patterns are emitted with the user's own identifiers.
pub fn binds(pat: &PatIdent) -> bool {
    !crate::body::is_upper_case(&pat.ident)
        || pat.by_ref.is_some()
        || pat.mutability.is_some()
        || pat.subpat.is_some()
}

struct Binder<'r, 'a> {
    resolver: &'r mut Resolver<'a>,
    /// By name: the alternatives of an or-pattern bind the same locals.
    bound: Vec<(Name, LocalId)>,
    /// The pattern always matches.
    always: bool,
}

impl VisitMut for Binder<'_, '_> {
    fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
        if binds(pat) || self.always {
            let name = pat.ident.clone();
            let known = self
                .bound
                .iter()
                .find(|(bound, _)| *bound == Name::of(&name));
            let local = known.map(|(_, local)| *local).unwrap_or_else(|| {
                let local = self.resolver.add_local(name.clone(), true);
                self.resolver.scopes.declare(&name, Some(local));
                self.bound.push((Name::of(&name), local));
                local
            });
            let changes = pat.mutability.is_some() || pat.by_ref.is_some();
            self.resolver.locals[local.0 as usize].mutable |= changes;
            pat.ident = local.placeholder(name.span());
        }
        if let Some((_, inner)) = &mut pat.subpat {
            self.visit_pat_mut(inner);
        }
    }

    /// `S { x }` binds `x` as a field and as a local: only the local is replaced.
    fn visit_field_pat_mut(&mut self, field: &mut FieldPat) {
        visit_mut::visit_field_pat_mut(self, field);
        let bound = match (&*field.pat, &field.member) {
            (Pat::Ident(pat), Member::Named(name)) => pat.ident != *name,
            _ => false,
        };
        if bound {
            field.colon_token.get_or_insert_with(Default::default);
        }
    }

    // Constants, ranges and types in patterns cannot name a local.
    fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}

struct Hider<'r, 'a> {
    resolver: &'r mut Resolver<'a>,
}

impl VisitMut for Hider<'_, '_> {
    fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
        if binds(pat) {
            self.resolver.scopes.declare(&pat.ident, None);
        }
        visit_mut::visit_pat_ident_mut(self, pat);
    }

    fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}
