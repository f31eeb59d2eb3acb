//! What a statement does to the locals it names, in order of evaluation.

use super::context::Context;
use super::ending::may_end;
use super::jumps::marked;
use super::ops::{Op, Use, What, each_use};
use crate::body::{FieldUse, LocalId, MentionId, MentionKind, marker};
use crate::cfg::*;
use crate::invocation::{self, Shape, shape};
use crate::parts::{self, Taken};
use crate::syntax;
use syn::visit::{self, Visit};
use syn::{Expr, Pat};

pub fn of_statement(statement: &Statement, context: &Context<'_>) -> Vec<Op> {
    let mut ops = Ops::new(context);
    match statement {
        Statement::Opaque(s) => ops.visit_stmt(s),
        Statement::Let(l) => {
            ops.visit_expr(&l.value);
            if let Some(diverge) = &l.diverge {
                ops.perhaps(|o| o.visit_expr(diverge));
            }
            l.bindings.iter().for_each(|b| ops.push(*b, What::Filled));
        }
        Statement::Uninit(_, local, _) => ops.push(*local, What::Fresh),
        Statement::Init(local, value) => {
            ops.visit_expr(value);
            ops.push(*local, What::Filled);
        }
        Statement::End(_, locals) => locals.iter().for_each(|l| ops.push(*l, What::Ended)),
        Statement::Outlived(into, value, outlived) => {
            ops.visit_expr(value);
            into.iter().for_each(|l| ops.push(*l, What::Filled));
            outlived
                .locals
                .iter()
                .for_each(|l| ops.push(*l, What::Ended));
        }
    }
    ops.found
}

/// What a terminator does before control leaves; bindings of arms belong to the edges.
pub fn of_terminator(terminator: &Terminator, context: &Context<'_>) -> Vec<Op> {
    let mut ops = Ops::new(context);
    match terminator {
        Terminator::Goto(_) | Terminator::Cancelled | Terminator::Unreachable => {}
        Terminator::Branch { condition, .. } => ops.visit_expr(condition),
        Terminator::Match(m) => {
            ops.visit_expr(&m.scrutinee);
            for guard in m.arms.iter().filter_map(|arm| arm.guard.as_ref()) {
                let guard = ops.apart(|o| o.visit_expr(guard));
                ops.found.push(Op::Branch(vec![guard, Vec::new()]));
            }
        }
        Terminator::Suspend { operand, .. } => ops.visit_expr(operand),
        Terminator::Complete(value, outlived) => {
            ops.visit_expr(value);
            let ends = outlived.iter().flat_map(|o| &o.locals);
            ends.for_each(|l| ops.push(*l, What::Ended));
        }
    }
    ops.found
}

/// Every local that a block declares, names or ends.
pub fn locals_of(block: &Block, context: &Context<'_>) -> Vec<LocalId> {
    let mut locals = Vec::new();
    let mut note = |used: &Use| {
        if used.what != What::Doubted {
            locals.push(used.local);
        }
    };
    for statement in &block.statements {
        each_use(&of_statement(statement, context), &mut note);
    }
    each_use(&of_terminator(&block.terminator, context), &mut note);
    if let Terminator::Match(m) = &block.terminator {
        locals.extend(m.arms.iter().flat_map(|arm| arm.bindings.iter().copied()));
    }
    locals
}

struct Ops<'a> {
    context: &'a Context<'a>,
    found: Vec<Op>,
    /// Loops and labelled blocks around: label, number, whether it is a loop.
    around: Vec<(Option<syn::Ident>, u32, bool)>,
    numbers: u32,
    closures: u32,
}

impl<'a> Ops<'a> {
    fn new(context: &'a Context<'a>) -> Self {
        Ops {
            context,
            found: Vec::new(),
            around: Vec::new(),
            numbers: 0,
            closures: 0,
        }
    }

    fn push(&mut self, local: LocalId, what: What) {
        self.found.push(Op::Use(Use { local, what }));
    }

    fn mention(&mut self, id: MentionId) {
        let Context { body, parts, .. } = self.context;
        let mention = body.mention(id);
        let local = mention.local;
        let what = match (self.closures, mention.kind) {
            (0, kind) => match &mention.field {
                Some(FieldUse::Moved(path)) => {
                    let bits = parts.bits_of(local, path);
                    What::Lost(Some(id), bits, bits)
                }
                Some(FieldUse::Received(path)) => What::Received(id, parts.bits_of(local, path)),
                Some(FieldUse::Operated(path)) => What::Operated(id, parts.bits_of(local, path)),
                Some(FieldUse::Assigned(path)) => {
                    let below = parts.below(local, path).into_iter();
                    let below = below.fold(0, |bits, (index, _)| bits | 1 << index);
                    What::Back(id, parts.bits_of(local, path) | below)
                }
                _ => What::Mention(kind, id),
            },
            (_, MentionKind::Capture) if mention.projected() => {
                let bits = match &mention.field {
                    Some(FieldUse::Captured(path)) => parts.bits_of(local, path),
                    _ => 0,
                };
                What::Fields(id, bits)
            }
            _ if let Some(FieldUse::Consumed(path) | FieldUse::Invoked(path)) = &mention.field => {
                What::Received(id, parts.bits_of(local, path))
            }
            // A capture by value is read when the closure is made.
            (_, kind @ MentionKind::Capture) => What::Mention(kind, id),
            _ => What::Inside(id),
        };
        self.push(local, what);
    }

    /// What a macro that nobody knows names, it may assign.
    fn named_in_macro(&mut self, m: &syn::Macro) {
        let unknown = self.closures == 0 && shape(&m.path) == Shape::Unknown;
        for (id, path) in parts::places(m.tokens.clone()) {
            let mention = self.context.body.mention(id);
            match mention.kind {
                MentionKind::Place if unknown && mention.field.is_none() => {
                    let bits = self.context.parts.overlapping(mention.local, &path);
                    self.push(mention.local, What::InMacro(id, bits));
                }
                _ => self.mention(id),
            }
        }
    }

    /// A pattern matches what a local holds. Of what it finds in a variant only the code of its own arm knows
    /// whether it is a copy.
    fn matched(&mut self, scrutinee: &Expr, pattern: &Pat, sure: bool) {
        if self.closures > 0 {
            return;
        }
        let certain = |taken: &Taken| taken.certain && !taken.part.is_bound();
        let (some, all) = self.context.takes(scrutinee, pattern, sure, &certain);
        if some != 0
            && let Some((local, _)) = syntax::part_of(self.context.body, scrutinee)
        {
            self.push(local, What::Lost(None, some, all));
        }
    }

    /// The operations of a part of the code by themselves.
    fn apart(&mut self, visit: impl FnOnce(&mut Self)) -> Vec<Op> {
        let outer = std::mem::take(&mut self.found);
        visit(self);
        std::mem::replace(&mut self.found, outer)
    }

    /// Code that `break` can leave.
    fn around(
        &mut self,
        label: Option<&syn::Label>,
        is_loop: bool,
        visit: impl FnOnce(&mut Self, u32),
    ) {
        let number = self.numbers;
        self.numbers += 1;
        self.around
            .push((label.map(|l| l.name.ident.clone()), number, is_loop));
        let body = self.apart(|o| visit(o, number));
        self.around.pop();
        self.found.push(if is_loop {
            Op::Loop(number, body)
        } else {
            Op::Block(number, body)
        });
    }

    /// The loop or block that a `break` or `continue` of the opaque code means.
    fn target(&self, label: Option<&syn::Lifetime>) -> Option<u32> {
        let meant = |(name, _, is_loop): &&(Option<syn::Ident>, u32, bool)| match label {
            Some(label) => name.as_ref() == Some(&label.ident),
            None => *is_loop,
        };
        self.around
            .iter()
            .rev()
            .find(meant)
            .map(|(_, number, _)| *number)
    }

    fn jump_marker(&mut self, m: &syn::Macro) -> bool {
        if !m.path.is_ident(marker::JUMP) {
            return false;
        }
        let number = m.tokens.clone().into_iter().next().map(|t| t.to_string());
        let number = number
            .and_then(|n| n.parse().ok())
            .expect("a block's number");
        self.found.push(Op::Jump(BlockId(number)));
        true
    }

    fn loop_(&mut self, e: &Expr) {
        match e {
            Expr::Loop(e) => self.around(e.label.as_ref(), true, |o, _| o.visit_block(&e.body)),
            Expr::While(e) => self.around(e.label.as_ref(), true, |o, number| {
                o.visit_expr(&e.cond);
                let body = o.apart(|o| o.visit_block(&e.body));
                o.found
                    .push(Op::Branch(vec![vec![Op::Break(number)], body]));
            }),
            Expr::ForLoop(e) => {
                self.visit_expr(&e.expr);
                self.around(e.label.as_ref(), true, |o, number| {
                    let body = o.apart(|o| o.visit_block(&e.body));
                    o.found
                        .push(Op::Branch(vec![vec![Op::Break(number)], body]));
                });
            }
            _ => {}
        }
    }

    /// A part of the code that may run or not.
    fn perhaps(&mut self, visit: impl FnOnce(&mut Self)) {
        let way = self.apart(visit);
        self.found.push(Op::Branch(vec![way, Vec::new()]));
    }

    fn branch(&mut self, e: &Expr) {
        match e {
            Expr::If(e) => {
                self.visit_expr(&e.cond);
                let then = self.apart(|o| o.visit_block(&e.then_branch));
                let other = self.apart(|o| e.else_branch.iter().for_each(|(_, e)| o.visit_expr(e)));
                self.found.push(Op::Branch(vec![then, other]));
            }
            Expr::Match(e) => {
                self.visit_expr(&e.expr);
                let sure = syntax::always(e);
                let arms = e.arms.iter().map(|arm| {
                    self.apart(|o| {
                        o.matched(&e.expr, &arm.pat, sure);
                        o.visit_arm(arm);
                    })
                });
                let arms: Vec<_> = arms.collect();
                self.found.push(Op::Branch(arms));
            }
            Expr::Let(e) => {
                self.visit_expr(&e.expr);
                self.perhaps(|o| o.matched(&e.expr, &e.pat, false));
            }
            Expr::Binary(e) => {
                self.visit_expr(&e.left);
                self.perhaps(|o| o.visit_expr(&e.right));
            }
            Expr::Try(e) => {
                self.visit_expr(&e.expr);
                self.perhaps(|o| o.found.push(Op::Leave));
            }
            _ => {}
        }
    }

    fn leave(&mut self, e: &Expr) {
        let (value, op) = match e {
            Expr::Return(e) => (&e.expr, Some(Op::Leave)),
            Expr::Break(e) => (&e.expr, self.target(e.label.as_ref()).map(Op::Break)),
            Expr::Continue(e) => (&None, self.target(e.label.as_ref()).map(Op::Continue)),
            _ => return,
        };
        value.iter().for_each(|e| self.visit_expr(e));
        self.found.extend(op);
    }
}

impl<'ast> Visit<'ast> for Ops<'_> {
    fn visit_expr(&mut self, e: &'ast Expr) {
        match e {
            Expr::Path(_) => syntax::as_mention(e)
                .into_iter()
                .for_each(|m| self.mention(m)),
            Expr::Closure(_) | Expr::Async(_) => {
                self.closures += 1;
                visit::visit_expr(self, e);
                self.closures -= 1;
            }
            _ if self.closures > 0 => visit::visit_expr(self, e),
            Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => self.loop_(e),
            Expr::Block(b) if b.label.is_some() => {
                self.around(b.label.as_ref(), false, |o, _| o.visit_block(&b.block));
            }
            Expr::If(_) | Expr::Match(_) | Expr::Let(_) | Expr::Try(_) => self.branch(e),
            Expr::Binary(b) if matches!(b.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) => {
                self.branch(e);
            }
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => self.leave(e),
            Expr::Call(call) if may_end(call) => {
                visit::visit_expr(self, e);
                let doubted = self.context.doubted.iter();
                doubted.for_each(|local| self.push(*local, What::Doubted));
                self.found.push(Op::End);
            }
            Expr::Assign(a) => {
                self.visit_expr(&a.right);
                self.visit_expr(&a.left);
            }
            _ => visit::visit_expr(self, e),
        }
    }

    fn visit_macro(&mut self, m: &'ast syn::Macro) {
        if let Some(marked) = marked(m) {
            self.visit_expr(&marked.value);
            self.push(marked.local, What::Filled);
            return marked.rest.iter().for_each(|id| self.mention(*id));
        }
        if self.jump_marker(m) || m.path.is_ident(marker::TYPED) {
            return;
        }
        // Nobody knows of most macros whether they evaluate all that they are given.
        let used = self.apart(|o| {
            if !invocation::visit(m, &mut |e| o.visit_expr(e)) {
                o.named_in_macro(m);
            }
        });
        if invocation::evaluates_all(m) {
            self.found.extend(used);
        } else {
            self.found.push(Op::Branch(vec![used, Vec::new()]));
        }
        if self.closures == 0 && syntax::never_returns(&m.path) {
            self.found.push(Op::Leave);
        }
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        let Some(init) = &local.init else { return };
        self.visit_expr(&init.expr);
        if let Some((_, diverge)) = &init.diverge {
            // What it leaves by is one of two ways to go on.
            self.perhaps(|o| o.visit_expr(diverge));
        }
        if syntax::simple_binding(&local.pat).is_none() {
            self.matched(&init.expr, &local.pat, init.diverge.is_none());
        }
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
