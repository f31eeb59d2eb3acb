//! `S { a: value, ..rest }` whose rest is a value: what is left of it lives to the end of the statement.
//!
//! Where the rest is evaluated by graph, it gets a local of the compiler's own, out of which the
//! literal takes what it does not list.

use super::Lowering;
use super::temporaries::name;
use crate::body::{FieldUse, LocalId, MentionKind};
use crate::cfg::Statement;
use crate::parts::{FieldPath, Step};
use crate::syntax;
use syn::spanned::Spanned;
use syn::{Expr, ExprStruct};

impl Lowering<'_> {
    /// Whether the rest of a literal is, or is a part of, a value that is evaluated by graph.
    pub(super) fn has_lowered_rest(&self, e: &Expr) -> bool {
        let rest = rest_of(e).filter(|rest| self.is_lowered(rest));
        rest.is_some_and(is_of_value)
    }

    /// Gives the rest of a literal, of which the value is what is left to evaluate, a local.
    pub(super) fn with_rest(&mut self, literal: &mut ExprStruct) {
        let others = Step::others(literal);
        if let Some(rest) = &mut literal.rest {
            let local = self.held(&name(rest), rest.span());
            **rest = self.rest_in(local, rest, others);
        }
    }

    /// The same in a local that is there already.
    pub(super) fn rest_in(&mut self, local: LocalId, rest: &Expr, others: Step) -> Expr {
        let mut rest = rest.clone();
        let base = syntax::base_mut(&mut rest);
        let span = base.span();
        let value = self.hold_temporaries(base.clone());
        self.push(Statement::Init(local, value));
        self.redeclare(local);
        self.is_held(local);
        *base = self.mention(local, MentionKind::Place, span);
        let path = FieldPath::of(&rest).unwrap_or_default();
        let mut moved = path.clone();
        moved.0.push(others);
        let moved = Some(FieldUse::Moved(moved));
        *syntax::base_mut(&mut rest) = self.mention_of_part(local, path, moved, span);
        rest
    }
}

/// What a literal takes its other fields from.
fn rest_of(e: &Expr) -> Option<&Expr> {
    match e {
        Expr::Struct(literal) => literal.rest.as_deref(),
        _ => None,
    }
}

/// Whether an expression is a value or a field of one.
pub(super) fn is_of_value(e: &Expr) -> bool {
    !syntax::is_place(syntax::base(e))
}
