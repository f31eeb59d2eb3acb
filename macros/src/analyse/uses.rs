//! What a statement does to the locals it names, in order of evaluation.

use crate::body::{Body, LocalId, MentionId, MentionKind, marker};
use crate::cfg::*;
use crate::invocation;
use crate::syntax;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Expr;
use syn::visit::{self, Visit};

#[derive(Clone, Copy)]
pub struct Use {
    pub local: LocalId,
    pub what: What,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Mention(MentionKind, MentionId),
    /// A field that is read by value: moved out, unless it is a copy.
    Field,
    /// A mention in a closure or block that runs later; one that consumes the local takes it where the
    /// closure is made.
    Inside(MentionId),
    /// Gets its value: a `let`, or a marker of the lowering.
    Filled,
    /// In scope without a value.
    Fresh,
    /// Out of scope.
    Ended,
}

/// The control flow of opaque code, as far as it matters to locals.
pub enum Op {
    Use(Use),
    /// One of these runs.
    Branch(Vec<Vec<Op>>),
    /// Runs again and again until something leaves it.
    Loop(u32, Vec<Op>),
    /// A labelled block.
    Block(u32, Vec<Op>),
    Break(u32),
    Continue(u32),
    /// To another block of the graph.
    Jump(BlockId),
    /// Out of the function.
    Leave,
}

pub fn of_statement(statement: &Statement, body: &Body) -> Vec<Op> {
    let mut ops = Ops::new(body);
    match statement {
        Statement::Opaque(s) => ops.visit_stmt(s),
        Statement::Let(l) => {
            ops.visit_expr(&l.value);
            if let Some(diverge) = &l.diverge {
                let diverge = ops.apart(|o| o.visit_expr(diverge));
                ops.found.push(Op::Branch(vec![diverge, Vec::new()]));
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
pub fn of_terminator(terminator: &Terminator, body: &Body) -> Vec<Op> {
    let mut ops = Ops::new(body);
    match terminator {
        Terminator::Goto(_) | Terminator::Unreachable => {}
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
pub fn locals_of(block: &Block, body: &Body) -> Vec<LocalId> {
    let mut locals = Vec::new();
    let mut note = |used: &Use| locals.push(used.local);
    for statement in &block.statements {
        each_use(&of_statement(statement, body), &mut note);
    }
    each_use(&of_terminator(&block.terminator, body), &mut note);
    if let Terminator::Match(m) = &block.terminator {
        locals.extend(m.arms.iter().flat_map(|arm| arm.bindings.iter().copied()));
    }
    locals
}

pub fn each_use(ops: &[Op], see: &mut dyn FnMut(&Use)) {
    for op in ops {
        match op {
            Op::Use(used) => see(used),
            Op::Branch(ways) => ways.iter().for_each(|way| each_use(way, see)),
            Op::Loop(_, body) | Op::Block(_, body) => each_use(body, see),
            Op::Break(_) | Op::Continue(_) | Op::Jump(_) | Op::Leave => {}
        }
    }
}

struct Ops<'a> {
    body: &'a Body,
    found: Vec<Op>,
    /// Loops and labelled blocks around: label, number, whether it is a loop.
    around: Vec<(Option<syn::Ident>, u32, bool)>,
    numbers: u32,
    closures: u32,
}

impl<'a> Ops<'a> {
    fn new(body: &'a Body) -> Self {
        Ops {
            body,
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
        let mention = self.body.mention(id);
        let what = match (self.closures, mention.kind) {
            (0, _) if self.moves_field(mention) => What::Field,
            // A capture by value is read when the closure is made.
            (0, kind) | (_, kind @ MentionKind::Capture) => What::Mention(kind, id),
            _ => What::Inside(id),
        };
        self.push(mention.local, what);
    }

    fn moves_field(&self, mention: &crate::body::Mention) -> bool {
        let tracked = !self.body.local(mention.local).fields.is_empty();
        tracked && matches!(mention.field, Some(crate::body::FieldUse::Moved(_)))
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
                let arms = e.arms.iter().map(|arm| self.apart(|o| o.visit_arm(arm)));
                let arms: Vec<_> = arms.collect();
                self.found.push(Op::Branch(arms));
            }
            Expr::Binary(e) => {
                self.visit_expr(&e.left);
                let right = self.apart(|o| o.visit_expr(&e.right));
                self.found.push(Op::Branch(vec![right, Vec::new()]));
            }
            Expr::Try(e) => {
                self.visit_expr(&e.expr);
                self.found
                    .push(Op::Branch(vec![vec![Op::Leave], Vec::new()]));
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
            Expr::If(_) | Expr::Match(_) | Expr::Try(_) => self.branch(e),
            Expr::Binary(b) if matches!(b.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) => {
                self.branch(e);
            }
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => self.leave(e),
            Expr::Assign(a) => {
                self.visit_expr(&a.right);
                self.visit_expr(&a.left);
            }
            _ => visit::visit_expr(self, e),
        }
    }

    fn visit_macro(&mut self, m: &'ast syn::Macro) {
        if let Some((local, value)) = marked(m) {
            self.visit_expr(&value);
            return self.push(local, What::Filled);
        }
        if self.jump_marker(m) {
            return;
        }
        // Nobody knows whether a macro evaluates all that it is given.
        let used = self.apart(|o| {
            if !invocation::visit(m, &mut |e| o.visit_expr(e)) {
                let mentions = syntax::mentions(m.tokens.clone());
                mentions.into_iter().for_each(|m| o.mention(m));
            }
        });
        self.found.push(Op::Branch(vec![used, Vec::new()]));
        if self.closures == 0 && syntax::never_returns(&m.path) {
            self.found.push(Op::Leave);
        }
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// A marker that gives a local its value.
fn marked(m: &syn::Macro) -> Option<(LocalId, Expr)> {
    let name = m.path.get_ident()?;
    if name != marker::INIT && name != marker::HOLD {
        return None;
    }
    let parse = |input: syn::parse::ParseStream<'_>| {
        let local: proc_macro2::Ident = input.parse()?;
        input.parse::<syn::Token![,]>()?;
        Ok((local, input.parse::<Expr>()?))
    };
    let (local, value) = syn::parse::Parser::parse2(parse, m.tokens.clone()).ok()?;
    Some((LocalId::of(&local)?, value))
}

/// The blocks that jumps inside a statement go to.
pub fn jumps(statement: &Statement) -> Vec<BlockId> {
    let mut found = Vec::new();
    match statement {
        Statement::Opaque(s) => search(s.to_token_stream(), &mut found),
        Statement::Let(l) => {
            search(l.value.to_token_stream(), &mut found);
            search(l.diverge.to_token_stream(), &mut found);
        }
        Statement::Init(_, value) | Statement::Outlived(_, value, _) => {
            search(value.to_token_stream(), &mut found)
        }
        Statement::Uninit(..) | Statement::End(..) => {}
    }
    found
}

/// The same for the expression of a terminator.
pub fn jumps_of_terminator(terminator: &Terminator) -> Vec<BlockId> {
    let mut found = Vec::new();
    match terminator {
        Terminator::Branch { condition: e, .. }
        | Terminator::Suspend { operand: e, .. }
        | Terminator::Complete(e, _) => search(e.to_token_stream(), &mut found),
        Terminator::Match(m) => search(m.scrutinee.to_token_stream(), &mut found),
        Terminator::Goto(_) | Terminator::Unreachable => {}
    }
    found
}

fn search(tokens: TokenStream, found: &mut Vec<BlockId>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let marked = index >= 2
            && matches!(&tokens[index - 2], TokenTree::Ident(name) if name == marker::JUMP);
        match group.stream().into_iter().next() {
            Some(TokenTree::Literal(number)) if marked => {
                let number = number.to_string().parse().expect("a block's number");
                found.push(BlockId(number));
            }
            _ => search(group.stream(), found),
        }
    }
}
