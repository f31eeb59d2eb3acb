//! Whether a `let` extends a temporary, by the look of its value: the reference's extending expressions.

use super::rvalues::{Context, is_fixed, search};
use crate::syntax::{self, bare};
use syn::{Block, Expr, Stmt, UnOp};

/// Whether a `let` may extend something that its value borrows.
pub(super) fn extends(value: &Expr) -> bool {
    match bare(value) {
        Expr::Reference(e) => {
            let base = syntax::base(&e.expr);
            !matches!(base, Expr::Path(_)) || !is_fixed(base, e.mutability.is_some())
        }
        Expr::RawAddr(e) => !matches!(syntax::base(&e.expr), Expr::Path(_)),
        Expr::Block(e) => tail_extends(&e.block),
        Expr::Unsafe(e) => tail_extends(&e.block),
        Expr::If(e) => {
            tail_extends(&e.then_branch) || e.else_branch.iter().any(|(_, e)| extends(e))
        }
        Expr::Match(e) => e.arms.iter().any(|arm| extends(&arm.body)),
        // As `format_args!` does.
        Expr::Macro(_) => true,
        value => parts(value).into_iter().any(extends),
    }
}

fn tail_extends(block: &Block) -> bool {
    match block.stmts.last() {
        Some(Stmt::Expr(tail, None)) => extends(tail),
        _ => false,
    }
}

/// Whether something that a `let` extends may borrow temporaries that it doesn't extend: `&(&make(), 1).1`.
pub(super) fn borrows_more(value: &Expr) -> bool {
    match bare(value) {
        Expr::Reference(e) => extended_borrows(&e.expr),
        Expr::RawAddr(e) => extended_borrows(&e.expr),
        value => parts(value).into_iter().any(borrows_more),
    }
}

/// The same of what is extended: a value, whose own references extend in turn, or a part of one.
fn extended_borrows(place: &Expr) -> bool {
    match bare(place) {
        Expr::Field(e) => makes_temporaries(syntax::base(&e.base)),
        Expr::Index(e) => makes_temporaries(syntax::base(&e.expr)),
        Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => {
            makes_temporaries(syntax::base(&e.expr))
        }
        Expr::Reference(e) => extended_borrows(&e.expr),
        value => match parts(value) {
            parts if parts.is_empty() => makes_temporaries(value),
            parts => parts.into_iter().any(|part| match bare(part) {
                Expr::Reference(_) | Expr::RawAddr(_) => borrows_more(part),
                part => extended_borrows(part),
            }),
        },
    }
}

/// The same of a `let` that binds a part of its value by reference.
pub(super) fn borrows_in_part(value: &Expr) -> bool {
    syntax::is_place(bare(value)) && extended_borrows(value)
}

fn makes_temporaries(e: &Expr) -> bool {
    let mut found = false;
    search(e, Context::Value, &mut |_, _| found = true);
    found
}

/// The parts of a value that extend as the whole does.
fn parts(value: &Expr) -> Vec<&Expr> {
    match value {
        Expr::Cast(e) => vec![&*e.expr],
        Expr::Tuple(e) => e.elems.iter().collect(),
        Expr::Array(e) => e.elems.iter().collect(),
        Expr::Struct(e) => e.fields.iter().map(|f| &f.expr).collect(),
        Expr::Call(e) if syntax::is_constructor(&e.func) => e.args.iter().collect(),
        _ => Vec::new(),
    }
}
