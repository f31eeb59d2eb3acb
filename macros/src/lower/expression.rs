//! Expressions at statement level: which are taken apart, and what is done with their values.

use super::{Dest, Lowering, lasting};
use crate::body::marker;
use crate::cfg::Terminator;
use crate::syntax::{self, bare, suspends};
use proc_macro2::{Ident, Span};
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{Expr, Stmt};

impl Lowering<'_> {
    /// Lowers an expression that is a whole statement, tail, or operand of one; its value goes to
    /// `dest`.
    pub(super) fn expression(&mut self, e: &Expr, dest: Dest) {
        let ending = self.ending.take();
        match bare(e) {
            e @ (Expr::Return(_) | Expr::Break(_) | Expr::Continue(_)) => self.branches(e, dest),
            Expr::Macro(m) if syntax::never_returns(&m.mac.path) && !self.is_lowered(e) => {
                let e = m;
                let value = self.opaque(&Expr::Macro(e.clone()));
                self.terminate(Terminator::Complete(value, None));
            }
            Expr::Macro(m) if m.mac.path.is_ident(marker::CANCELLED) => {
                self.terminate(Terminator::Cancelled);
            }
            Expr::Macro(m) if m.mac.path.is_ident(marker::CONTAINED) => self.contained(),
            Expr::Macro(m) if let Some(value) = lasting::marked(&m.mac) => {
                self.expression(&value, dest);
            }
            e if !self.is_lowered(e) => {
                let value = self.opaque(e);
                let value = self.as_tail(ending, &dest, value);
                self.finish(&dest, value);
            }
            e if syntax::branches(e) => self.branches(e, dest),
            e => {
                let extend = self.extended_by(&dest);
                self.expected = self.expected_by(&dest);
                self.ending = ending;
                let value = self.value_extending(e, extend);
                let value = self.as_tail(ending, &dest, value);
                self.finish(&dest, value);
            }
        }
    }

    /// Control flow, as graph.
    fn branches(&mut self, e: &Expr, dest: Dest) {
        match e {
            Expr::Return(e) => self.return_(e),
            Expr::Break(e) => self.break_(e),
            Expr::Continue(e) => self.continue_(e),
            Expr::Block(e) => self.labelled_block(e.label.as_ref(), &e.block, dest),
            Expr::Unsafe(e) => self.block(&e.block, dest),
            Expr::If(e) => self.if_(e, dest),
            Expr::Match(e) => self.match_(e, dest),
            Expr::Loop(e) => self.loop_(e, dest),
            Expr::While(e) => self.while_(e, dest),
            Expr::ForLoop(e) => self.for_(e, dest),
            Expr::Assign(e) => self.assign(e, dest),
            Expr::Macro(e) => self.invocation(e, &dest),
            _ => unreachable!("nothing else branches"),
        }
    }

    /// The value of an expression as an expression of the current block.
    pub(super) fn value_of(&mut self, e: &Expr) -> Expr {
        self.value_extending(e, None)
    }

    /// The same for what a `let` of the scope at this depth is initialised with.
    pub(super) fn value_extending(&mut self, e: &Expr, extend: Option<usize>) -> Expr {
        let (expected, ending) = (self.expected.take(), self.ending.take());
        match bare(e) {
            e if !self.is_lowered(e) => self.opaque(e),
            Expr::Await(e) => self.suspend_await(e),
            Expr::Macro(m) if let Some(value) = lasting::marked(&m.mac) => {
                self.held_value(&value, extend)
            }
            e if syntax::branches(e) => self.branching(e, extend),
            Expr::Macro(m) => match self.yield_of(&m.mac) {
                Some(operand) => self.suspend_yield(&operand),
                // Its value borrows what it formats: no local of its own.
                None => self.over_operands(m, crate::invocation::Arguments::parse(&m.mac)),
            },
            e => self.larger(e, extend, expected, ending),
        }
    }

    /// The value of an expression that gives it in several places, or none, as a local of its own.
    pub(super) fn branching(&mut self, e: &Expr, extend: Option<usize>) -> Expr {
        let local = self.outer_operand("value", e.span());
        self.passed.insert(local);
        self.extended.extend(extend.map(|depth| (local, depth)));
        self.branches(bare(e), Dest::Local(local));
        self.redeclare(local);
        self.mention_value(local, e)
    }

    /// A value whose temporaries have places.
    pub(super) fn held_value(&mut self, e: &Expr, extend: Option<usize>) -> Expr {
        let value = self.value_extending(e, extend);
        match extend {
            Some(depth) => self.hold_extended(value, depth),
            None => self.hold_temporaries(value),
        }
    }

    /// Whether `value_of` gives an expression that needs no local of its own.
    pub(super) fn is_direct(&self, e: &Expr) -> bool {
        match bare(e) {
            e if !self.is_lowered(e) => true,
            Expr::Await(_) => true,
            Expr::Macro(e) if syntax::is_yield(&e.mac.path) => true,
            e => !syntax::branches(e) && self.has_direct_operands(e),
        }
    }

    /// Whether an expression becomes graph: it suspends, or moves parts out of what is no ordinary
    /// local.
    pub(super) fn is_lowered(&self, e: &Expr) -> bool {
        suspends(e) || self.takes_apart(e)
    }

    fn takes_apart(&self, e: &Expr) -> bool {
        match bare(e) {
            Expr::Block(e) => self.block_takes_apart(&e.block),
            Expr::Unsafe(e) => self.block_takes_apart(&e.block),
            Expr::Loop(e) => self.block_takes_apart(&e.body),
            Expr::ForLoop(e) => self.block_takes_apart(&e.body),
            Expr::While(e) => self.takes_apart(&e.cond) || self.block_takes_apart(&e.body),
            Expr::Let(e) => self.takes_from_slot(&e.expr, std::iter::once(&*e.pat)),
            Expr::Binary(e) if matches!(e.op, syn::BinOp::And(_)) => {
                self.takes_apart(&e.left) || self.takes_apart(&e.right)
            }
            Expr::If(e) => {
                self.takes_apart(&e.cond)
                    || self.block_takes_apart(&e.then_branch)
                    || e.else_branch
                        .as_ref()
                        .is_some_and(|(_, e)| self.takes_apart(e))
            }
            Expr::Match(e) => {
                self.takes_from_slot(&e.expr, e.arms.iter().map(|arm| &arm.pat))
                    || e.arms.iter().any(|arm| {
                        let guard = arm.guard.as_ref();
                        self.takes_apart(&arm.body)
                            || guard.is_some_and(|(_, guard)| self.takes_apart(guard))
                    })
            }
            Expr::Return(e) => e.expr.as_ref().is_some_and(|e| self.takes_apart(e)),
            Expr::Break(e) => e.expr.as_ref().is_some_and(|e| self.takes_apart(e)),
            Expr::Assign(e) => self.takes_apart(&e.right),
            _ => false,
        }
    }

    pub(super) fn block_takes_apart(&self, block: &syn::Block) -> bool {
        block.stmts.iter().any(|s| self.statement_takes_apart(s))
    }

    pub(super) fn statement_takes_apart(&self, statement: &Stmt) -> bool {
        match statement {
            Stmt::Expr(e, _) => self.takes_apart(e),
            Stmt::Local(local) => local.init.as_ref().is_some_and(|init| {
                syntax::simple_binding(&local.pat).is_none()
                    && self.takes_from_slot(&init.expr, std::iter::once(&local.pat))
                    || self.takes_apart(&init.expr)
            }),
            Stmt::Item(_) | Stmt::Macro(_) => false,
        }
    }

    /// What the suspension that began the current block gave, in the place of the suspension.
    pub(super) fn resumed_value((start, end): (Span, Span)) -> Expr {
        let name = Ident::new(marker::VALUE, end);
        let start = Ident::new("start", start);
        syn::parse2(quote_spanned!(end=> #name!(#start))).expect("a macro call is an expression")
    }
}
