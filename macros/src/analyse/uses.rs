//! What a statement does to the locals it names, in order of evaluation.

use crate::body::{Body, LocalId, MentionId, MentionKind, marker};
use crate::cfg::*;
use crate::syntax;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, Stmt};

#[derive(Clone, Copy)]
pub struct Use {
    pub local: LocalId,
    pub what: What,
    /// Does not happen each time the statement runs.
    pub conditional: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Mention(MentionKind, MentionId),
    /// A mention in a closure or block that runs later.
    Inside,
    /// Gets its value: a `let`, or a marker of the lowering.
    Filled,
    /// In scope without a value.
    Fresh,
    /// Out of scope.
    Ended,
}

pub fn of_statement(statement: &Statement, body: &Body) -> Vec<Use> {
    let mut uses = Uses::new(body);
    match statement {
        Statement::Opaque(s) => uses.visit_stmt(s),
        Statement::Let(l) => {
            uses.visit_expr(&l.value);
            l.bindings.iter().for_each(|b| uses.push(*b, What::Filled));
            uses.conditionally(|u| l.diverge.iter().for_each(|e| u.visit_expr(e)));
        }
        Statement::Uninit(_, local, _) => uses.push(*local, What::Fresh),
        Statement::Init(local, value) => {
            uses.visit_expr(value);
            uses.push(*local, What::Filled);
        }
        Statement::End(_, locals) => locals.iter().for_each(|l| uses.push(*l, What::Ended)),
    }
    uses.found
}

/// What a terminator does before control leaves; bindings of arms belong to the edges.
pub fn of_terminator(terminator: &Terminator, body: &Body) -> Vec<Use> {
    let mut uses = Uses::new(body);
    match terminator {
        Terminator::Goto(_) | Terminator::Unreachable => {}
        Terminator::Branch { condition, .. } => uses.visit_expr(condition),
        Terminator::Match(m) => {
            uses.visit_expr(&m.scrutinee);
            let guards = m.arms.iter().filter_map(|arm| arm.guard.as_ref());
            uses.conditionally(|u| guards.for_each(|guard| u.visit_expr(guard)));
        }
        Terminator::Suspend { operand, .. } => uses.visit_expr(operand),
        Terminator::Complete(value) => uses.visit_expr(value),
    }
    uses.found
}

/// Every local that a block declares, names or ends.
pub fn locals_of(block: &Block, body: &Body) -> Vec<LocalId> {
    let statements = block.statements.iter().flat_map(|s| of_statement(s, body));
    let uses = statements.chain(of_terminator(&block.terminator, body));
    let mut locals: Vec<_> = uses.map(|u| u.local).collect();
    if let Terminator::Match(m) = &block.terminator {
        locals.extend(m.arms.iter().flat_map(|arm| arm.bindings.iter().copied()));
    }
    locals
}

struct Uses<'a> {
    body: &'a Body,
    found: Vec<Use>,
    /// How many branches, loops and the like are around.
    conditions: u32,
    /// `conditions` outside of the outermost closure around.
    closure: Option<u32>,
}

impl<'a> Uses<'a> {
    fn new(body: &'a Body) -> Self {
        Uses {
            body,
            found: Vec::new(),
            conditions: 0,
            closure: None,
        }
    }

    fn push(&mut self, local: LocalId, what: What) {
        self.found.push(Use {
            local,
            what,
            conditional: self.conditions > 0,
        });
    }

    fn mention(&mut self, id: MentionId) {
        let mention = self.body.mention(id);
        match (self.closure, mention.kind) {
            // A capture by value is read when the closure is made.
            (Some(conditions), MentionKind::Capture) => self.found.push(Use {
                local: mention.local,
                what: What::Mention(mention.kind, id),
                conditional: conditions > 0,
            }),
            (Some(_), _) => self.push(mention.local, What::Inside),
            (None, kind) => self.push(mention.local, What::Mention(kind, id)),
        }
    }

    fn conditionally(&mut self, visit: impl FnOnce(&mut Self)) {
        self.conditions += 1;
        visit(self);
        self.conditions -= 1;
    }

    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = self.closure;
        self.closure = outer.or(Some(self.conditions));
        self.conditionally(visit);
        self.closure = outer;
    }
}

impl<'ast> Visit<'ast> for Uses<'_> {
    fn visit_expr(&mut self, e: &'ast Expr) {
        match e {
            Expr::Path(_) => syntax::as_mention(e).into_iter().for_each(|m| self.mention(m)),
            Expr::If(e) => {
                self.visit_expr(&e.cond);
                self.conditionally(|u| {
                    u.visit_block(&e.then_branch);
                    e.else_branch.iter().for_each(|(_, e)| u.visit_expr(e));
                });
            }
            Expr::Match(e) => {
                self.visit_expr(&e.expr);
                self.conditionally(|u| e.arms.iter().for_each(|arm| u.visit_arm(arm)));
            }
            Expr::ForLoop(e) => {
                self.visit_expr(&e.expr);
                self.conditionally(|u| u.visit_block(&e.body));
            }
            Expr::Loop(_) | Expr::While(_) => self.conditionally(|u| visit::visit_expr(u, e)),
            Expr::Closure(_) | Expr::Async(_) => self.inside(|u| visit::visit_expr(u, e)),
            Expr::Binary(b) if matches!(b.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) => {
                self.visit_expr(&b.left);
                self.conditionally(|u| u.visit_expr(&b.right));
            }
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
        let mentions = syntax::mentions(m.tokens.clone());
        self.conditionally(|u| mentions.into_iter().for_each(|m| u.mention(m)));
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
        Statement::Init(_, value) => search(value.to_token_stream(), &mut found),
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
        | Terminator::Complete(e) => search(e.to_token_stream(), &mut found),
        Terminator::Match(m) => search(m.scrutinee.to_token_stream(), &mut found),
        Terminator::Goto(_) | Terminator::Unreachable => {}
    }
    found
}

fn search(tokens: TokenStream, found: &mut Vec<BlockId>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
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

/// Whether a statement is `x = value;`, and the value.
pub fn assignment(statement: &Statement) -> Option<(MentionId, &Expr)> {
    match statement {
        Statement::Opaque(Stmt::Expr(Expr::Assign(a), _)) => {
            Some((syntax::as_mention(&a.left)?, &a.right))
        }
        _ => None,
    }
}
