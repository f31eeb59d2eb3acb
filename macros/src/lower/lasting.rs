//! Temporaries that last while the function suspends, of text that does not suspend itself.
//!
//! A `match`, an `if let` or a block among the operands of a statement leaves temporaries to that
//! statement: its scrutinee's, and before edition 2024 its tail's. If the statement goes on to suspend,
//! such an operand has to be graph as well. Input: the body. Output: the same, in which a marker
//! stands around every such value, which is as good as a suspension to whoever asks. Not here: what
//! is a temporary of an operand itself (`temporaries`).

use super::extends::{borrows_in_part, borrows_more};
use super::operand::operands;
use super::tail::{has_scrutinee, leaves_in_place, leaves_temporaries};
use super::temporaries::binds_by_reference;
use crate::body::marker;
use crate::edition::Editions;
use crate::invocation;
use crate::syntax::{self, bare, block_suspends, suspends};
use proc_macro2::Ident;
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{BinOp, Block, Expr, ExprIf, Pat, Stmt};

/// Marks what lasts in a body.
pub(super) fn mark(block: &mut Block, editions: &mut Editions) {
    Marking { editions }.block(block, false);
}

/// The value that a marker stands around.
pub(super) fn marked(mac: &syn::Macro) -> Option<Expr> {
    let lasts = mac.path.is_ident(marker::LASTS);
    lasts.then(|| mac.parse_body().expect("made as an expression"))
}

struct Marking<'a> {
    editions: &'a mut Editions,
}

impl Marking<'_> {
    /// Walks a block; `later` says that the statement around it goes on to suspend.
    fn block(&mut self, block: &mut Block, later: bool) {
        if !later && !block_suspends(block) {
            return;
        }
        let (brace, count) = (block.brace_token.span.open(), block.stmts.len());
        for (index, statement) in block.stmts.iter_mut().enumerate() {
            match statement {
                Stmt::Local(local) => {
                    let Some(init) = &mut local.init else {
                        continue;
                    };
                    // What a `let` extends gets its places one by one, and what it borrows besides outlasts them.
                    let by_reference = binds_by_reference(&local.pat);
                    let later =
                        borrows_more(&init.expr) || by_reference && borrows_in_part(&init.expr);
                    self.expression(&mut init.expr, later);
                    self.extended(&mut init.expr);
                    if let Some((_, diverge)) = &mut init.diverge {
                        self.expression(diverge, false);
                    }
                }
                Stmt::Expr(tail, None) if index + 1 == count => {
                    let outlives = leaves_temporaries(tail) && self.editions.is_older(brace);
                    // What its scrutinees leave outlives the block's locals.
                    self.expression(tail, outlives);
                    if later && outlives {
                        wrap(tail);
                    }
                }
                Stmt::Expr(e, _) => self.expression(e, false),
                Stmt::Macro(m) => self.invocation(&mut m.mac, false),
                Stmt::Item(_) => {}
            }
        }
    }

    /// Walks an expression whose temporaries end with the statement around it, which goes on to
    /// suspend if `later` says so.
    fn expression(&mut self, e: &mut Expr, later: bool) {
        if !later && !suspends(e) {
            return;
        }
        match e {
            Expr::Paren(e) => self.expression(&mut e.expr, later),
            Expr::Group(e) => self.expression(&mut e.expr, later),
            Expr::Await(e) => self.expression(&mut e.base, true),
            Expr::Block(e) => self.block(&mut e.block, later),
            Expr::Unsafe(e) => self.block(&mut e.block, later),
            Expr::If(e) => self.if_(e, later),
            Expr::Match(e) => self.match_(e, later),
            Expr::Loop(e) => self.block(&mut e.body, false),
            Expr::While(e) => {
                self.condition(&mut e.cond, block_suspends(&e.body), false);
                self.block(&mut e.body, false);
            }
            Expr::ForLoop(e) => {
                self.expression(&mut e.expr, block_suspends(&e.body));
                self.block(&mut e.body, false);
            }
            Expr::Return(e) => self.all(&mut e.expr, false),
            Expr::Break(e) => self.all(&mut e.expr, false),
            Expr::Assign(e) => {
                // What the right side leaves ends after the place has dropped what it had.
                let last = suspends(&e.right) || suspends(&e.left);
                self.expression(&mut e.right, later || last);
                self.expression(&mut e.left, later);
            }
            Expr::Binary(e) if syntax::is_lazy(&e.op) => {
                self.all([&mut e.left, &mut e.right], false);
            }
            // Which side comes first depends on types.
            Expr::Binary(e) if syntax::is_compound(&e.op) => {
                let both = [suspends(&e.right), suspends(&e.left)];
                for (side, other) in [&mut e.left, &mut e.right].into_iter().zip(both) {
                    self.expression(side, later || other);
                }
            }
            Expr::Macro(choice) if invocation::is_choice(&choice.mac) => {
                let mut spelled = invocation::choice(&choice.mac);
                self.expression(&mut spelled, later);
                if suspends(&spelled) {
                    *e = spelled;
                }
            }
            Expr::Macro(e) => self.invocation(&mut e.mac, later),
            e => self.operands(e, later),
        }
    }

    /// Walks what a `let` extends: branches in it, of which something is extended that borrows what ends with the branch.
    fn extended(&mut self, e: &mut Expr) {
        match e {
            Expr::Paren(e) => self.extended(&mut e.expr),
            Expr::Group(e) => self.extended(&mut e.expr),
            Expr::Cast(e) => self.extended(&mut e.expr),
            Expr::Reference(e) => self.extended(&mut e.expr),
            Expr::Tuple(e) => e.elems.iter_mut().for_each(|e| self.extended(e)),
            Expr::Array(e) => e.elems.iter_mut().for_each(|e| self.extended(e)),
            Expr::Struct(e) => {
                let fields = e.fields.iter_mut();
                fields.for_each(|f| self.extended(&mut f.expr));
            }
            Expr::Call(e) if syntax::is_constructor(&e.func) => {
                e.args.iter_mut().for_each(|e| self.extended(e));
            }
            Expr::Block(e) => self.extended_tail(&mut e.block, false),
            Expr::Unsafe(e) => self.extended_tail(&mut e.block, false),
            Expr::If(e) => {
                self.extended_tail(&mut e.then_branch, true);
                if let Some((_, e)) = &mut e.else_branch {
                    match &mut **e {
                        Expr::Block(e) => self.extended_tail(&mut e.block, true),
                        e => self.extended(e),
                    }
                }
            }
            Expr::Match(e) => {
                for arm in &mut e.arms {
                    self.extended(&mut arm.body);
                    self.wrap_extended(&mut arm.body);
                }
            }
            _ => {}
        }
    }

    /// Marks what is extended of a branch, and what that borrows besides.
    fn wrap_extended(&mut self, e: &mut Expr) {
        if borrows_more(e) {
            self.expression(e, true);
            wrap(e);
        }
    }

    fn extended_tail(&mut self, block: &mut Block, is_branch: bool) {
        let ends = is_branch || !self.editions.is_older(block.brace_token.span.open());
        if let Some(Stmt::Expr(tail, None)) = block.stmts.last_mut() {
            self.extended(tail);
            if ends {
                self.wrap_extended(tail);
            }
        }
    }

    fn all<'e>(&mut self, all: impl IntoIterator<Item = &'e mut Box<Expr>>, later: bool) {
        all.into_iter().for_each(|e| self.expression(e, later));
    }

    fn operands(&mut self, e: &mut Expr, later: bool) {
        let mut later = later;
        for operand in operands(e, None).into_iter().rev() {
            let suspends = suspends(operand.expr);
            self.expression(operand.expr, later);
            later |= suspends;
        }
    }

    fn if_(&mut self, e: &mut ExprIf, later: bool) {
        let otherwise = e.else_branch.as_mut().map(|(_, e)| &mut **e);
        let inside = block_suspends(&e.then_branch) || otherwise.as_deref().is_some_and(suspends);
        let lasts = later && has_scrutinee(&e.cond) && self.editions.is_older(e.if_token.span);
        self.condition(&mut e.cond, inside, lasts);
        self.block(&mut e.then_branch, false);
        if let Some(e) = otherwise {
            self.expression(e, false);
        }
    }

    /// `inside`: what the condition guards suspends. `outside`: what comes after that does, and the
    /// scrutinees last until then.
    fn condition(&mut self, cond: &mut Expr, inside: bool, outside: bool) {
        match cond {
            Expr::Paren(e) => self.condition(&mut e.expr, inside, outside),
            Expr::Group(e) => self.condition(&mut e.expr, inside, outside),
            Expr::Binary(e) if matches!(e.op, BinOp::And(_)) => {
                self.condition(&mut e.left, inside || suspends(&e.right), outside);
                self.condition(&mut e.right, inside, outside);
            }
            Expr::Let(e) => {
                self.expression(&mut e.expr, inside || outside);
                if outside {
                    wrap_scrutinee(&mut e.expr, [&*e.pat]);
                }
            }
            e => self.expression(e, false),
        }
    }

    fn match_(&mut self, e: &mut syn::ExprMatch, later: bool) {
        let guard = |arm: &syn::Arm| arm.guard.as_ref().is_some_and(|(_, e)| suspends(e));
        let inside = e.arms.iter().any(|arm| suspends(&arm.body) || guard(arm));
        self.expression(&mut e.expr, later || inside);
        if later {
            wrap_scrutinee(&mut e.expr, e.arms.iter().map(|arm| &arm.pat));
        }
        for arm in &mut e.arms {
            if let Some((_, guard)) = &mut arm.guard {
                self.condition(guard, false, false);
            }
            self.expression(&mut arm.body, false);
        }
    }

    fn invocation(&mut self, mac: &mut syn::Macro, later: bool) {
        let is_yield = syntax::is_yield(&mac.path);
        let mut suspending = Vec::new();
        invocation::visit(mac, &mut |e| suspending.push(suspends(e)));
        let mut index = 0;
        invocation::edit(mac, &mut |e| {
            index += 1;
            let rest = suspending[index..].iter().any(|suspends| *suspends);
            self.expression(e, later || rest || is_yield);
        });
    }
}

/// Marks a scrutinee, or what a place is made of, if more of it lasts than the patterns take.
fn wrap_scrutinee<'p>(e: &mut Expr, patterns: impl IntoIterator<Item = &'p Pat>) {
    let taken = patterns.into_iter().all(syntax::takes_whole);
    if leaves_temporaries(e) || (leaves_in_place(e) && !taken) {
        wrap_base(e);
    }
}

/// Marks the value that a place is a part of.
fn wrap_base(e: &mut Expr) {
    match e {
        Expr::Path(_) | Expr::Lit(_) => {}
        Expr::Paren(e) => wrap_base(&mut e.expr),
        Expr::Group(e) => wrap_base(&mut e.expr),
        Expr::Field(e) => wrap_base(&mut e.base),
        Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => wrap_base(&mut e.expr),
        Expr::Index(e) => {
            wrap_base(&mut e.expr);
            if leaves_temporaries(&e.index) {
                wrap(&mut e.index);
            }
        }
        e => wrap(e),
    }
}

/// Marks a value, unless it has to be graph already.
fn wrap(e: &mut Expr) {
    if suspends(e) || matches!(bare(e), Expr::Path(_) | Expr::Lit(_)) {
        return;
    }
    let span = e.span();
    let lasts = Ident::new(marker::LASTS, span);
    *e = super::temporaries::parse(quote_spanned!(span=> #lasts!(#e)));
}
