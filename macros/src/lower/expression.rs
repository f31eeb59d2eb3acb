//! Expressions at statement level: which are taken apart, and what is done with their values.

use super::{Dest, Lowering};
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
        match bare(e) {
            Expr::Return(e) => self.return_(e),
            Expr::Break(e) => self.break_(e),
            Expr::Continue(e) => self.continue_(e),
            Expr::Macro(e) if syntax::never_returns(&e.mac.path) => {
                let value = self.opaque(&Expr::Macro(e.clone()));
                self.terminate(Terminator::Complete(value, None));
            }
            e if !self.is_lowered(e) => {
                let value = self.opaque(e);
                self.finish(&dest, value);
            }
            Expr::Block(e) => self.labelled_block(e.label.as_ref(), &e.block, dest),
            Expr::Unsafe(e) => self.block(&e.block, dest),
            Expr::If(e) => self.if_(e, dest),
            Expr::Match(e) => self.match_(e, dest),
            Expr::Loop(e) => self.loop_(e, dest),
            Expr::While(e) => self.while_(e, dest),
            Expr::ForLoop(e) => self.for_(e, dest),
            Expr::Assign(e) => self.assign(e, dest),
            e => {
                let value = self.value_of(e);
                self.finish(&dest, value);
            }
        }
    }

    /// The value of an expression as an expression of the current block.
    pub(super) fn value_of(&mut self, e: &Expr) -> Expr {
        match bare(e) {
            e if !self.is_lowered(e) => self.opaque(e),
            Expr::Await(e) => self.suspend_await(e),
            Expr::Try(e) => {
                let inner = self.value_of(&e.expr);
                let mut e = e.clone();
                e.expr = Box::new(inner);
                Expr::Try(e)
            }
            Expr::Macro(e) => match self.yield_of(&e.mac) {
                Some(operand) => self.suspend_yield(&operand),
                None => self.larger(&Expr::Macro(e.clone())),
            },
            e @ (Expr::Block(_) | Expr::Unsafe(_) | Expr::If(_) | Expr::Match(_))
            | e @ (Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) | Expr::Assign(_))
            | e @ (Expr::Return(_) | Expr::Break(_) | Expr::Continue(_)) => {
                let local = self.temporary("value", e.span());
                self.passed.insert(local);
                self.expression(e, Dest::Local(local));
                self.mention_value(local, e)
            }
            e => self.larger(e),
        }
    }

    /// Whether `value_of` gives an expression that needs no local of its own.
    pub(super) fn is_direct(&self, e: &Expr) -> bool {
        match bare(e) {
            Expr::Await(_) | Expr::Macro(_) => true,
            Expr::Try(e) => self.is_direct(&e.expr),
            e => !self.is_lowered(e),
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

    /// `PLACE = value`: the right side runs first, then the place.
    fn assign(&mut self, e: &syn::ExprAssign, dest: Dest) {
        if suspends(&e.left) {
            self.larger(&e.left);
            return;
        }
        let left = self.opaque(&e.left);
        let right = self.value_of(&e.right);
        self.finish(&Dest::Assign(Box::new(left)), right);
        if !matches!(dest, Dest::Discard) {
            let unit = self.unit(e.span());
            self.finish(&dest, unit);
        }
    }

    /// A suspension where no statement form has it.
    pub(super) fn larger(&mut self, e: &Expr) -> Expr {
        for span in syntax::suspensions(e) {
            self.sink.error(
                span,
                "a suspension inside a larger expression is not supported yet; bind its value first: `let value = ...;`",
            );
        }
        self.unit(e.span())
    }

    /// What the suspension that began the current block gave, in the place of the suspension.
    pub(super) fn resumed_value((start, end): (Span, Span)) -> Expr {
        let name = Ident::new(marker::VALUE, end);
        let start = Ident::new("start", start);
        syn::parse2(quote_spanned!(end=> #name!(#start))).expect("a macro call is an expression")
    }
}
