//! Paths as expressions write them.

use super::{FieldPath, Step};
use proc_macro2::Ident;
use syn::Expr;

impl FieldPath {
    /// The steps from a value to a part of it: `make().f.g`, `*make()`.
    pub fn of_value(expr: &Expr) -> Option<FieldPath> {
        let (_, path) = FieldPath::walk(expr);
        (!path.0.is_empty()).then_some(path)
    }

    /// Whether neither is a part of the other: they go different ways at a field.
    pub fn is_beside(&self, other: &FieldPath) -> bool {
        let mut pairs = self.0.iter().zip(&other.0);
        let differ = pairs.find(|(a, b)| a != b);
        matches!(differ, Some((Step::Member(_), Step::Member(_))))
    }

    /// The steps from a local to a part of it; `None` if there are none, or the base is no name.
    pub fn of(expr: &Expr) -> Option<FieldPath> {
        let (_, path) = FieldPath::from_base(expr)?;
        (!path.0.is_empty()).then_some(path)
    }

    /// The name that a place begins with, and the steps from there.
    pub fn from_base(expr: &Expr) -> Option<(&Ident, FieldPath)> {
        match FieldPath::walk(expr) {
            (Expr::Path(path), steps) => Some((path.path.get_ident()?, steps)),
            _ => None,
        }
    }

    /// What an expression takes a part of, and the steps from there.
    fn walk(expr: &Expr) -> (&Expr, FieldPath) {
        let mut steps = Vec::new();
        let mut expr = expr;
        loop {
            expr = match expr {
                Expr::Paren(inner) => &inner.expr,
                Expr::Group(inner) => &inner.expr,
                Expr::Field(field) => {
                    steps.push(Step::Member(field.member.clone()));
                    &field.base
                }
                Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => {
                    // `(*x).f` is `x.f`: a field's own path has the derefs after it only.
                    if !matches!(steps.last(), Some(Step::Member(_))) {
                        steps.push(Step::Deref);
                    }
                    &unary.expr
                }
                base => {
                    steps.reverse();
                    return (base, FieldPath(steps));
                }
            };
        }
    }
}
