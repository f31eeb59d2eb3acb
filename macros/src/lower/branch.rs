//! `if`, `if let` and chains of them.

use super::ending::Ending;
use super::tail::has_scrutinee;
use super::{Dest, Lowering};
use crate::cfg::*;
use crate::syntax::{bare, suspends};
use syn::spanned::Spanned;
use syn::{BinOp, Expr, ExprIf, Pat};

impl Lowering<'_> {
    pub(super) fn if_(&mut self, e: &ExprIf, dest: Dest) {
        // An expression around may need its temporaries still.
        let passes = self.is_passed(&dest) && has_scrutinee(&e.cond);
        if !passes && let Some(value) = self.if_with_direct_condition(e) {
            return self.finish(&dest, value);
        }
        let (otherwise, join) = (self.new_block(), self.new_block());
        let depth = self.scopes.len() - 1;
        // What the condition binds, and its temporaries, end before `else`.
        let around = self.outlives_else(e, &dest).then(|| self.depth());
        self.push_scope(None);
        self.innermost().temporaries = around;
        self.condition(&e.cond, otherwise, depth);
        self.innermost().temporaries = None;
        self.block(&e.then_branch, dest.clone());
        self.pop_scope();
        self.goto(join);
        self.come_to(otherwise);
        match &e.else_branch {
            Some((_, e)) => self.tail(e, &dest),
            None if matches!(dest, Dest::Discard) => {}
            None => self.finish(&dest, self.unit(e.span())),
        }
        self.goto(join);
        self.come_to(join);
    }

    /// Where only the condition suspends, `if VALUE { .. } else { .. }` stays as it is.
    pub(super) fn if_with_direct_condition(&mut self, e: &ExprIf) -> Option<Expr> {
        let lowered_else = |s: &Self| e.else_branch.as_ref().is_some_and(|(_, e)| s.is_lowered(e));
        if self.block_is_lowered(&e.then_branch) || lowered_else(self) {
            return None;
        }
        let scrutinee = match bare(&e.cond) {
            Expr::Let(l) => &l.expr,
            cond => cond,
        };
        if !suspends(scrutinee) || !self.is_direct(scrutinee) || self.operand_holds(scrutinee) {
            return None;
        }
        let value = self.value_of(scrutinee);
        let mut e = e.clone();
        // The branches first, so that the jumps in them are seen; the condition has none.
        e.then_branch = self.opaque_block(&e.then_branch);
        e.else_branch = e
            .else_branch
            .map(|(token, e)| (token, Box::new(self.opaque(&e))));
        match &mut *e.cond {
            Expr::Let(l) => *l.expr = value,
            cond => *cond = value,
        }
        Some(Expr::If(e))
    }

    /// Goes on where the condition holds; else to `otherwise`, leaving every scope inside `depth`.
    pub(super) fn condition(&mut self, cond: &Expr, otherwise: BlockId, depth: usize) {
        match bare(cond) {
            Expr::Binary(e) if matches!(e.op, BinOp::And(_)) && self.is_chain(cond) => {
                self.condition(&e.left, otherwise, depth);
                self.condition(&e.right, otherwise, depth);
            }
            // No part of it binds: each one's temporaries end with it.
            Expr::Binary(e) if matches!(e.op, BinOp::Or(_)) && self.is_lowered(cond) => {
                let (holds, right) = (self.new_block(), self.new_block());
                self.condition(&e.left, right, self.scopes.len() - 1);
                self.goto(holds);
                self.come_to(right);
                self.condition(&e.right, otherwise, depth);
                self.goto(holds);
                self.come_to(holds);
            }
            // Of what is certainly a `bool`.
            Expr::Unary(e) if is_not_lazy(e) && self.is_lowered(cond) => {
                let (holds, fails) = (self.new_block(), self.new_block());
                self.condition(&e.expr, holds, self.scopes.len() - 1);
                self.goto(fails);
                self.come_to(fails);
                self.leave(depth, otherwise);
                self.come_to(holds);
            }
            Expr::Let(e) => self.let_condition(e, otherwise, depth),
            e => {
                let condition = self.boolean(e);
                let then = self.new_block();
                let otherwise = self.landing(depth, otherwise);
                self.terminate(Terminator::Branch {
                    condition,
                    then,
                    otherwise,
                });
                self.come_to(then);
            }
        }
    }

    /// Whether `a && b` has a part that is no ordinary condition.
    pub(super) fn is_chain(&self, cond: &Expr) -> bool {
        match bare(cond) {
            Expr::Binary(e) if matches!(e.op, BinOp::And(_)) => {
                self.is_chain(&e.left) || self.is_chain(&e.right)
            }
            Expr::Let(_) => true,
            e => self.is_lowered(e),
        }
    }

    /// A condition's value; its temporaries end before the branch.
    pub(super) fn boolean(&mut self, e: &Expr) -> Expr {
        if !self.is_lowered(e) {
            return self.opaque(e);
        }
        let outer = self.scopes.len() - 1;
        self.push_scope(None);
        self.ending = Some(Ending::Always);
        let mut value = self.value_of(e);
        if self.scopes.last().is_some_and(|s| !s.locals.is_empty()) {
            let local = self.temporary_at(outer, "condition", e.span());
            self.push(Statement::Init(local, value));
            value = self.mention_value(local, e);
        }
        self.pop_scope();
        value
    }

    fn let_condition(&mut self, e: &syn::ExprLet, otherwise: BlockId, depth: usize) {
        let value = self.value_of(&e.expr);
        // What is not matched outlives an `else` of before edition 2024.
        let rest: Pat = syn::parse_quote!(_);
        let rest = self.innermost().temporaries.map(|_| &rest);
        let mut patterns = std::iter::once(&*e.pat).chain(rest);
        let (scrutinee, source) = self.scrutinee(value, None, &mut patterns);
        let then = self.new_block();
        let bindings = crate::syntax::bindings(&e.pat);
        self.slots.extend(bindings.iter().copied());
        let otherwise = self.landing(depth, otherwise);
        let arms = vec![
            self.arm((*e.pat).clone(), None, then),
            self.arm(syn::parse_quote!(_), None, otherwise),
        ];
        self.terminate(Terminator::Match(Match {
            scrutinee,
            source,
            arms,
        }));
        self.come_to(then);
        for local in bindings {
            self.declare(local);
        }
    }

    pub(super) fn block_is_lowered(&self, block: &syn::Block) -> bool {
        crate::syntax::block_suspends(block) || self.block_takes_apart(block)
    }
}

/// `!(a && b)`
fn is_not_lazy(e: &syn::ExprUnary) -> bool {
    let lazy = matches!(bare(&e.expr), Expr::Binary(e) if crate::syntax::is_lazy(&e.op));
    matches!(e.op, syn::UnOp::Not(_)) && lazy
}
