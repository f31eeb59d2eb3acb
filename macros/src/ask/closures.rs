//! Calls that are given closures whose types come from what is called.

use syn::visit::Visit;
use syn::{Expr, ExprMethodCall};

/// Whether a closure stands in `expr` the types of whose parameters come from where it is passed to. (Of what is an
/// argument in a call of a method that is that method.)
pub fn contains_closure(expr: &Expr) -> bool {
    struct Finder(bool);
    impl Visit<'_> for Finder {
        fn visit_expr_closure(&mut self, closure: &syn::ExprClosure) {
            let is_typed = |input: &syn::Pat| matches!(input, syn::Pat::Type(_));
            self.0 |= !closure.inputs.iter().all(is_typed);
        }

        fn visit_expr_method_call(&mut self, _: &ExprMethodCall) {}
    }
    let mut finder = Finder(false);
    finder.visit_expr(expr);
    finder.0
}

/// Whether a turbofish leaves something open: `::<Vec<_>>`.
pub fn is_partial(turbofish: &syn::AngleBracketedGenericArguments) -> bool {
    struct Finder(bool);
    impl Visit<'_> for Finder {
        fn visit_type_infer(&mut self, _: &syn::TypeInfer) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    finder.visit_angle_bracketed_generic_arguments(turbofish);
    finder.0
}
