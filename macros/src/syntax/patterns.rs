//! What patterns bind.

use syn::Pat;
use syn::visit::{self, Visit};

use crate::body::LocalId;

/// The locals that a pattern binds, each once, in order.
pub fn bindings(pattern: &Pat) -> Vec<LocalId> {
    #[derive(Default)]
    struct Bindings(Vec<LocalId>);
    impl<'ast> Visit<'ast> for Bindings {
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            if let Some(local) = LocalId::of(&p.ident)
                && !self.0.contains(&local)
            {
                self.0.push(local);
            }
            visit::visit_pat_ident(self, p);
        }
    }
    let mut visitor = Bindings::default();
    visitor.visit_pat(pattern);
    visitor.0
}

/// Those that are `mut`.
pub fn mutable_bindings(pattern: &Pat) -> Vec<LocalId> {
    struct Mutable(Vec<LocalId>);
    impl<'ast> Visit<'ast> for Mutable {
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            let mutable = p.by_ref.is_none() && p.mutability.is_some();
            self.0.extend(LocalId::of(&p.ident).filter(|_| mutable));
            visit::visit_pat_ident(self, p);
        }
    }
    let mut visitor = Mutable(Vec::new());
    visitor.visit_pat(pattern);
    visitor.0
}

/// Whether a pattern binds by value by the look of it (default binding modes are not seen).
pub fn binds_by_value(pattern: &Pat) -> bool {
    struct ByValue(bool);
    impl<'ast> Visit<'ast> for ByValue {
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            self.0 |= LocalId::of(&p.ident).is_some() && p.by_ref.is_none();
            visit::visit_pat_ident(self, p);
        }
    }
    let mut visitor = ByValue(false);
    visitor.visit_pat(pattern);
    visitor.0
}

/// Whether all of the value goes into one local, which other patterns need not take.
pub fn binds_simply(pattern: &Pat) -> bool {
    match pattern {
        Pat::Type(typed) => binds_simply(&typed.pat),
        Pat::Ident(name) => name.by_ref.is_none() && name.subpat.is_none(),
        _ => false,
    }
}
