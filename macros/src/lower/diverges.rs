//! Expressions that control certainly does not come back from, by the look of them.
//!
//! Input: code without a suspension. What is not seen here ends where it is (`exit(0)`, a `loop` without a `break`, `todo!()`, which may be a macro of the user's own).

use super::operand::operands;
use crate::body::marker;
use crate::syntax::{self, bare};
use syn::{Expr, Stmt};

pub(super) fn diverges(e: &Expr) -> bool {
    match bare(e) {
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Macro(e) => e.mac.path.is_ident(marker::JUMP),
        Expr::Block(e) => e.label.is_none() && block_diverges(&e.block),
        Expr::Unsafe(e) => block_diverges(&e.block),
        Expr::If(e) => {
            let otherwise = e.else_branch.as_ref();
            let otherwise = otherwise.is_some_and(|(_, e)| diverges(e));
            diverges(&e.cond) || block_diverges(&e.then_branch) && otherwise
        }
        Expr::Match(e) => {
            let arms = e.arms.iter().all(|arm| diverges(&arm.body));
            diverges(&e.expr) || arms && !e.arms.is_empty()
        }
        Expr::Await(e) => diverges(&e.base),
        Expr::Let(e) => diverges(&e.expr),
        Expr::Assign(e) => diverges(&e.right),
        Expr::Binary(e) if syntax::is_lazy(&e.op) => diverges(&e.left),
        e => {
            let mut e = e.clone();
            let operands = operands(&mut e, None);
            operands.iter().any(|operand| diverges(operand.expr))
        }
    }
}

fn block_diverges(block: &syn::Block) -> bool {
    block.stmts.iter().any(|statement| match statement {
        Stmt::Expr(e, _) => diverges(e),
        Stmt::Local(local) => local.init.as_ref().is_some_and(|init| diverges(&init.expr)),
        Stmt::Macro(m) => m.mac.path.is_ident(marker::JUMP),
        Stmt::Item(_) => false,
    })
}
