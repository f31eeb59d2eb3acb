//! Tails: where the temporaries of a block's last expression end.
//!
//! Since edition 2024 they end before the block's locals. Before, they belonged to the statement
//! around the block, and so outlived its locals; as did the scrutinee of an `if let`, through its
//! `else`. A tail's scope then says how far out its temporaries live.

use super::{Dest, Lowering, Scope};
use crate::body::{LocalId, marker};
use crate::cfg::*;
use crate::syntax::{self, bare};
use proc_macro2::Span;
use syn::{BinOp, Expr, ExprIf, Stmt, UnOp};

impl Lowering<'_> {
    /// The depth of the scope that the temporaries of the current expression live to the end of.
    pub(super) fn depth(&self) -> usize {
        let innermost = self.scopes.len() - 1;
        self.scopes[innermost].temporaries.unwrap_or(innermost)
    }

    /// A scope inside the current expression.
    pub(super) fn push_inner_scope(&mut self) {
        let depth = self.depth();
        let outer = (depth + 1 < self.scopes.len()).then_some(depth);
        self.push_scope(None);
        self.innermost().temporaries = outer;
    }

    pub(super) fn innermost(&mut self) -> &mut Scope {
        self.scopes.last_mut().expect("a function is a scope")
    }

    /// Declares a temporary of the current expression: outside all locals that it outlives.
    pub(super) fn temporary(&mut self, name: &str, span: Span) -> LocalId {
        self.temporary_at_least(self.depth(), name, span)
    }

    /// Declares what has the value of an operand until the expression around takes it up: inside of all that is in
    /// scope there, in a tail too.
    pub(super) fn operand(&mut self, name: &str, span: Span) -> LocalId {
        let local = self.temporary_at_least(self.scopes.len() - 1, name, span);
        self.operands.insert(local);
        local
    }

    /// The same for a value that may turn out to be used in place, and so be a temporary.
    pub(super) fn outer_operand(&mut self, name: &str, span: Span) -> LocalId {
        let local = self.temporary(name, span);
        self.operands.insert(local);
        local
    }

    /// Declares a temporary that lives to the end of the statement.
    pub(super) fn held(&mut self, name: &str, span: Span) -> LocalId {
        let local = self.temporary(name, span);
        self.is_held(local);
        local
    }

    /// Whether the innermost scope has temporaries that live to its end.
    pub(super) fn holds(&self) -> bool {
        let mut locals = self.scopes.last().into_iter().flat_map(|s| &s.locals);
        locals.any(|local| !self.operands.contains(local))
    }

    /// Whatever comes in between, temporaries drop after the operands of their statement.
    pub(super) fn is_held(&mut self, local: LocalId) {
        self.operands.remove(&local);
        let holds = |s: &&mut Scope| s.locals.contains(&local);
        let Some(scope) = self.scopes.iter_mut().rev().find(holds) else {
            return;
        };
        let mut locals = scope.locals.iter().copied();
        let Some(first) = locals.find(|l| self.operands.contains(l)) else {
            return;
        };
        for order in [&mut scope.locals, &mut self.cfg.declared] {
            let at = |l: LocalId, order: &Vec<LocalId>| order.iter().position(|o| *o == l);
            if let (Some(from), Some(to)) = (at(local, order), at(first, order))
                && to < from
            {
                order.remove(from);
                order.insert(to, local);
            }
        }
    }

    /// Declares a temporary of the scope at `depth`: outside all locals of those inside of it.
    pub(super) fn temporary_at_least(&mut self, depth: usize, name: &str, span: Span) -> LocalId {
        let local = self.temporary_at(depth, name, span);
        self.put_outside(depth, local);
        local
    }

    /// Declares what a `let` binds: if one of its temporaries panics in its drop, the others drop first.
    pub(super) fn declare_around(&mut self, depth: usize, local: LocalId) {
        self.declare_at(depth, local);
        self.put_outside(depth, local);
    }

    /// A temporary that only now gets its value drops before those that were made for it.
    pub(super) fn redeclare(&mut self, local: LocalId) {
        let holds = |s: &Scope| s.locals.contains(&local);
        let Some(depth) = self.scopes.iter().position(holds) else {
            return;
        };
        self.scopes[depth].locals.retain(|l| *l != local);
        self.scopes[depth].locals.push(local);
        self.cfg.declared.retain(|l| *l != local);
        self.cfg.declared.push(local);
        self.put_outside(depth, local);
    }

    /// Puts a local that was declared last before those of the scopes inside of its own.
    fn put_outside(&mut self, depth: usize, local: LocalId) {
        let inner: Vec<_> = self.scopes[depth + 1..]
            .iter()
            .flat_map(|s| &s.locals)
            .collect();
        let declared = &mut self.cfg.declared;
        if let Some(first) = declared.iter().position(|l| inner.contains(&l)) {
            declared.retain(|l| *l != local);
            declared.insert(first, local);
        }
    }

    /// Whether a block's tail follows the rules of before edition 2024, and that matters.
    pub(super) fn outlives_locals(&mut self, block: &syn::Block, tail: &Expr, dest: &Dest) -> bool {
        let has_locals = block.stmts.iter().any(|s| matches!(s, Stmt::Local(_)));
        let is_around = self.scopes.last().is_some_and(|s| s.is_tail) || self.is_passed(dest);
        (has_locals || is_around)
            && leaves_temporaries(tail)
            && self.editions.is_older(block.brace_token.span.open())
    }

    /// Whether the scrutinee of an `if let` outlives its `else`, and that matters.
    pub(super) fn outlives_else(&mut self, e: &ExprIf, dest: &Dest) -> bool {
        let is_tail = self.scopes.last().is_some_and(|s| s.is_tail);
        (e.else_branch.is_some() || is_tail || self.is_passed(dest))
            && has_scrutinee(&e.cond)
            && self.editions.is_older(e.if_token.span)
    }

    /// Whether a value goes on to the expression around: its temporaries are needed there still.
    pub(super) fn is_passed(&self, dest: &Dest) -> bool {
        matches!(dest, Dest::Local(local) if self.passed.contains(local))
    }

    /// Gives the value of a tail to its destination, where its temporaries outlive some scopes.
    /// Hands it back if they do not.
    pub(super) fn finish_outlived(&mut self, dest: &Dest, value: Expr) -> Option<Expr> {
        let depth = self.depth();
        if depth + 1 == self.scopes.len() || !leaves_temporaries(&value) {
            return Some(value);
        }
        if self.is_passed(dest) {
            return Some(self.hold_temporaries(value));
        }
        let Some(outlived) = self.outlived(depth) else {
            return Some(value);
        };
        match dest {
            Dest::Return => self.terminate(Terminator::Complete(value, Some(outlived))),
            Dest::Local(local) => self.push(Statement::Outlived(Some(*local), value, outlived)),
            Dest::Discard => self.push(Statement::Outlived(None, value, outlived)),
            Dest::Assign(_) => return Some(value),
        }
        None
    }

    /// What the temporaries of a tail outlive, if anything.
    fn outlived(&self, depth: usize) -> Option<Outlived> {
        let inner = || self.scopes[depth + 1..].iter().rev();
        let locals: Vec<_> = inner()
            .flat_map(|s| s.locals.iter().rev().copied())
            .collect();
        let block = inner().find_map(|s| s.outlived)?;
        (!locals.is_empty()).then_some(Outlived { locals, block })
    }
}

/// Whether a condition takes a value apart that is no place.
pub(super) fn has_scrutinee(cond: &Expr) -> bool {
    match bare(cond) {
        Expr::Binary(e) if matches!(e.op, BinOp::And(_)) => {
            has_scrutinee(&e.left) || has_scrutinee(&e.right)
        }
        Expr::Let(e) => leaves_in_place(&e.expr),
        _ => false,
    }
}

/// Whether an expression certainly leaves no temporary to the scope around it, negated.
pub(super) fn leaves_temporaries(e: &Expr) -> bool {
    let leaves = |e: &Expr| leaves_temporaries(e);
    match bare(e) {
        Expr::Path(_) | Expr::Lit(_) | Expr::Closure(_) | Expr::Async(_) => false,
        Expr::Continue(_) | Expr::Const(_) => false,
        Expr::While(_) | Expr::Loop(_) | Expr::ForLoop(_) => false,
        Expr::Return(e) => e.expr.as_deref().is_some_and(leaves),
        Expr::Break(e) => e.expr.as_deref().is_some_and(leaves),
        Expr::Field(e) => leaves_in_place(&e.base),
        Expr::Index(e) => leaves_in_place(&e.expr) || leaves(&e.index),
        Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => leaves_in_place(&e.expr),
        Expr::Unary(e) => leaves(&e.expr),
        Expr::Reference(e) => leaves_in_place(&e.expr),
        Expr::MethodCall(e) => leaves_in_place(&e.receiver) || any_leaves(&e.args),
        Expr::Call(e) => leaves(&e.func) || any_leaves(&e.args),
        Expr::Tuple(e) => any_leaves(&e.elems),
        Expr::Array(e) => any_leaves(&e.elems),
        Expr::Struct(e) => {
            any_leaves(e.fields.iter().map(|f| &f.expr))
                || e.rest.as_deref().is_some_and(leaves_in_place)
        }
        Expr::Binary(e) => match e.op {
            BinOp::And(_) | BinOp::Or(_) => false,
            op if syntax::is_comparison(&op) => {
                leaves_in_place(&e.left) || leaves_in_place(&e.right)
            }
            // Their operands are moved into the call, but for the place that a compound assignment changes.
            op if syntax::is_compound(&op) => leaves_in_place(&e.left) || leaves(&e.right),
            _ => leaves(&e.left) || leaves(&e.right),
        },
        Expr::Assign(e) => leaves(&e.left) || leaves(&e.right),
        Expr::Cast(e) => leaves(&e.expr),
        Expr::Repeat(e) => leaves(&e.expr),
        Expr::Range(e) => {
            e.start.as_deref().is_some_and(leaves) || e.end.as_deref().is_some_and(leaves)
        }
        Expr::Try(e) => leaves(&e.expr),
        Expr::Await(e) => leaves(&e.base),
        Expr::Macro(e) => macro_leaves(&e.mac),
        Expr::Block(e) => block_leaves(&e.block),
        Expr::Unsafe(e) => block_leaves(&e.block),
        Expr::If(e) => has_scrutinee(&e.cond),
        Expr::Match(e) => leaves_in_place(&e.expr),
        _ => true,
    }
}

/// The same for what is used in place: a value is a temporary there.
pub(super) fn leaves_in_place(e: &Expr) -> bool {
    let is_value = !syntax::is_place(bare(e)) && !matches!(bare(e), Expr::Lit(_));
    is_value || leaves_temporaries(e)
}

fn any_leaves<'a>(all: impl IntoIterator<Item = &'a Expr>) -> bool {
    all.into_iter().any(leaves_temporaries)
}

fn block_leaves(block: &syn::Block) -> bool {
    match block.stmts.last() {
        Some(Stmt::Expr(tail, None)) => leaves_temporaries(tail),
        Some(Stmt::Macro(m)) => m.semi_token.is_none() && macro_leaves(&m.mac),
        _ => false,
    }
}

/// The temporaries of these macros end inside them.
fn macro_leaves(mac: &syn::Macro) -> bool {
    const NONE: &[&str] = &["format", "print", "println", "eprint", "eprintln"];
    let path = &mac.path;
    let marked = [
        marker::INIT,
        marker::HOLD,
        marker::REST,
        marker::JUMP,
        marker::VALUE,
    ];
    if syntax::is_yield(path) && !mac.tokens.is_empty() {
        return mac
            .parse_body::<Expr>()
            .is_ok_and(|operand| leaves_temporaries(&operand));
    }
    let keeps = |name: &&str| path.is_ident(name);
    let known = NONE.iter().any(keeps) || marked.iter().any(keeps);
    let suspends = syntax::is_yield(path) || syntax::never_returns(path);
    !(known || suspends)
}
