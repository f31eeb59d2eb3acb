//! Cfg -> Parts: what may leave each local by itself.
//!
//! Looks at every mention that moves a field and at every pattern that takes a local, or a part of it, apart.

use super::jumps;
use crate::ask;
use crate::body::{Body, FieldUse, LocalId, MentionId};
use crate::cfg::*;
use crate::diagnostics::Diagnostics;
use crate::hash::HashSet;
use crate::invocation;
use crate::parts::{self, FieldPath, MOST, Part, Parts, Step};
use crate::spans::Place;
use crate::syntax;
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Expr, Pat};

pub fn parts(
    patterns: &Patterns<'_>,
    body: &Body,
    asked: &HashSet<MentionId>,
    sink: &mut Diagnostics,
) -> Parts {
    let mut parts = Parts::default();
    for mention in body.mentions.iter().filter(|m| owns(body, m.local)) {
        parts.see(mention.local, &mention.path.0);
        mention
            .field
            .iter()
            .for_each(|f| parts.see(mention.local, &f.path().0));
    }
    for found in patterns.found.iter().filter(|found| found.sure) {
        parts.see_pattern(found.local, &found.path, &found.pattern);
    }
    let mut collect = Collect { body, parts, sink };
    for (index, mention) in body.mentions.iter().enumerate() {
        let id = MentionId(index as u32);
        let part = match &mention.field {
            Some(FieldUse::Moved(path)) => Part::whole(path),
            Some(FieldUse::Received(path))
                if asked.contains(&id) && patterns.calls.contains(&id) =>
            {
                let asked = !patterns.consuming.contains(&id);
                let mut part = Part::whole(path);
                part.asked.extend(asked.then_some(id));
                part
            }
            Some(FieldUse::Consumed(path) | FieldUse::Operated(path)) if asked.contains(&id) => {
                Part::whole(path)
            }
            Some(FieldUse::Captured(path) | FieldUse::Invoked(path)) if asked.contains(&id) => {
                let mut part = Part::whole(path);
                part.asked.push(id);
                part
            }
            _ => continue,
        };
        if owns(body, mention.local) {
            let span = body.local(mention.local).name.span();
            collect.add(mention.local, part, span);
        }
    }
    patterns
        .found
        .iter()
        .for_each(|found| collect.pattern(found));
    let mut parts = collect.parts;
    complete_updates(body, &mut parts);
    parts
}

/// A reference, or what is certainly `Copy`, has no parts that could leave it.
fn owns(body: &Body, local: LocalId) -> bool {
    !body.local(local).plain_data
}

fn complete_updates(body: &Body, parts: &mut Parts) {
    for local in (0..body.locals.len() as u32).map(LocalId) {
        let assigned = body.mentions.iter().filter(|m| m.local == local);
        let assigned = assigned.filter_map(|m| match &m.field {
            Some(FieldUse::Assigned(path)) => Some(path.0.clone()),
            _ => None,
        });
        let assigned: Vec<_> = assigned.collect();
        parts.complete_updates(local, &assigned);
    }
}

struct Collect<'s> {
    body: &'s Body,
    parts: Parts,
    sink: &'s mut Diagnostics,
}

impl Collect<'_> {
    fn pattern(&mut self, found: &Found) {
        let Found {
            local,
            path,
            pattern,
            sure,
            stands,
        } = found;
        match self.parts.taken_by(*local, path, pattern, *sure) {
            Some(taken) => {
                if taken.iter().any(|t| t.part.counts_from_the_end()) && self.assigns_by_number(*local)
                {
                    self.sink.error(
                        pattern.span(),
                        "the end of a tuple is moved out by a pattern with `..`, and a field is assigned by its number, \
                         which may be the same; write a `_` for each field that the `..` stands for",
                    );
                }
                for mut taken in taken {
                    taken.part.stands = *stands;
                    self.add(*local, taken.part, pattern.span());
                }
            }
            None => self.sink.error(
                pattern.span(),
                "the alternatives of this pattern bind by value in different places of a held value; \
                 write an arm for each of them",
            ),
        }
    }

    /// Whether `x.0 = value` stands somewhere: how long a tuple is, only its type says.
    fn assigns_by_number(&self, local: LocalId) -> bool {
        let numbered = |step: &Step| matches!(step, Step::Member(syn::Member::Unnamed(_)));
        let assigned = self.body.mentions.iter().filter(|m| m.local == local);
        assigned
            .filter_map(|m| m.field.as_ref())
            .any(|field| matches!(field, FieldUse::Assigned(path) if path.0.iter().any(numbered)))
    }

    fn add(&mut self, local: LocalId, part: Part, span: Span) {
        if self.parts.of(local).len() <= MOST && !self.parts.add(local, part) {
            self.sink.error(
                span,
                format!("more than {MOST} parts of one local are moved out of it; take some of them out in a function"),
            );
        }
    }
}

/// A pattern and what it is matched with.
struct Found {
    local: LocalId,
    path: FieldPath,
    pattern: Pat,
    sure: bool,
    stands: Option<Place>,
}

/// What stands in the code that may take locals apart or consume them.
pub struct Patterns<'a> {
    body: &'a Body,
    found: Vec<Found>,
    /// The receivers and callees of which rustc can be asked whether the call consumes them.
    pub calls: HashSet<MentionId>,
    /// Those that certainly do.
    pub consuming: HashSet<MentionId>,
    /// Those of whose arguments one assigns the local.
    pub assigning: HashSet<MentionId>,
    /// The receivers of calls that are left as they are: they consume nothing, as rustc would say.
    pub in_place: HashSet<MentionId>,
}

impl<'a> Patterns<'a> {
    pub fn of(cfg: &Cfg, body: &'a Body) -> Self {
        let mut patterns = Patterns {
            body,
            found: Vec::new(),
            calls: HashSet::default(),
            consuming: HashSet::default(),
            assigning: HashSet::default(),
            in_place: HashSet::default(),
        };
        cfg.blocks.iter().for_each(|block| patterns.block(block));
        patterns
    }

    fn block(&mut self, block: &Block) {
        for statement in &block.statements {
            expressions(statement, self);
        }
        match &block.terminator {
            Terminator::Match(m) => {
                self.visit_expr(&m.scrutinee);
                let sure = m.always();
                for arm in &m.arms {
                    arm.guard
                        .iter()
                        .for_each(|guard| self.guard(guard, &arm.bindings));
                    if matches!(m.source, Source::Local(_)) && !arm.looks {
                        self.note(&m.scrutinee, &arm.pattern, sure);
                    }
                }
            }
            Terminator::Branch { condition: e, .. }
            | Terminator::Suspend { operand: e, .. }
            | Terminator::Complete(e, _) => self.visit_expr(e),
            Terminator::Goto(_) | Terminator::Cancelled | Terminator::Unreachable => {}
        }
    }

    /// In a guard the arm's bindings are references still, of which nothing is consumed.
    fn guard(&mut self, guard: &Expr, bindings: &[LocalId]) {
        self.visit_expr(guard);
        let named = parts::places(guard.to_token_stream()).into_iter();
        let own = named.filter(|(id, _)| bindings.contains(&self.body.mention(*id).local));
        self.in_place.extend(own.map(|(id, _)| id));
    }

    fn note_assigned(&mut self, base: Option<MentionId>, args: &impl ToTokens) {
        let Some(base) = base else { return };
        let local = self.body.mention(base).local;
        let assigns = |id: MentionId| {
            let mention = self.body.mention(id);
            mention.local == local && mention.assigns()
        };
        let mut named = parts::places(args.to_token_stream()).into_iter();
        if named.any(|(id, _)| assigns(id)) {
            self.assigning.insert(base);
        }
    }

    fn note(&mut self, scrutinee: &Expr, pattern: &Pat, sure: bool) {
        if let Some((local, path)) = syntax::part_of(self.body, scrutinee)
            && owns(self.body, local)
        {
            self.found.push(Found {
                local,
                path,
                pattern: pattern.clone(),
                sure,
                stands: syntax::as_mention(scrutinee).map(|_| {
                    let stands = self.body.local(local).stands;
                    stands.unwrap_or_else(|| Place::at(scrutinee.span()))
                }),
            });
        }
    }
}

impl<'ast> Visit<'ast> for Patterns<'_> {
    fn visit_expr_match(&mut self, e: &'ast syn::ExprMatch) {
        let sure = syntax::always(e);
        e.arms
            .iter()
            .for_each(|arm| self.note(&e.expr, &arm.pat, sure));
        visit::visit_expr_match(self, e);
    }

    fn visit_expr_let(&mut self, e: &'ast syn::ExprLet) {
        self.note(&e.expr, &e.pat, false);
        visit::visit_expr_let(self, e);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = &local.init
            && syntax::simple_binding(&local.pat).is_none()
        {
            self.note(&init.expr, &local.pat, init.diverge.is_none());
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let base = syntax::base_mention(&call.receiver);
        match ask::method(call) {
            true => self.calls.extend(base),
            false => self.in_place.extend(base),
        }
        self.consuming.extend(base.filter(|_| ask::consumes(call)));
        self.note_assigned(base, &call.args);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        let base = syntax::base_mention(&call.func);
        self.calls.extend(base.filter(|_| ask::callee(call)));
        self.note_assigned(base, &call.args);
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, m: &'ast syn::Macro) {
        match jumps::marked(m) {
            Some(marked) => self.visit_expr(&marked.value),
            None => {
                invocation::visit(m, &mut |e| self.visit_expr(e));
            }
        }
    }

    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// The expressions of a statement.
fn expressions<'a>(statement: &'a Statement, visitor: &mut impl Visit<'a>) {
    match statement {
        Statement::Opaque(s) => visitor.visit_stmt(s),
        Statement::Let(l) => {
            visitor.visit_expr(&l.value);
            l.diverge.iter().for_each(|e| visitor.visit_expr(e));
        }
        Statement::Init(_, value) | Statement::Outlived(_, value, _) => visitor.visit_expr(value),
        Statement::Uninit(..) | Statement::End(..) => {}
    }
}
