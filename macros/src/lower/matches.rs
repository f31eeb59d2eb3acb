//! `match`: where the scrutinee lives, and the arms as blocks.

use super::tail::leaves_in_place;
use super::{Dest, Lowering};
use crate::body::{FieldUse, LocalId, MentionKind};
use crate::cfg::*;
use crate::parts::FieldPath;
use crate::syntax::{self, suspends};
use syn::spanned::Spanned;
use syn::{Expr, ExprMatch, Pat};

impl Lowering<'_> {
    pub(super) fn match_(&mut self, e: &ExprMatch, dest: Dest) {
        if e.arms.iter().any(|arm| self.guard_is_lowered(arm)) {
            return self.match_with_guards(e, &dest);
        }
        let value = self.value_of(&e.expr);
        if self.stays(e, &value, &dest) {
            return self.match_in_place(e, value, &dest);
        }
        let mut patterns = e.arms.iter().map(|arm| &arm.pat);
        let (scrutinee, source) = self.scrutinee(value, None, &mut patterns);
        let targets: Vec<_> = e.arms.iter().map(|_| self.new_block()).collect();
        let arms = e.arms.iter().zip(&targets).map(|(arm, target)| {
            self.slots.extend(syntax::bindings(&arm.pat));
            let guard = arm.guard.as_ref().map(|(_, guard)| self.opaque(guard));
            self.arm(arm.pat.clone(), guard, *target)
        });
        let arms = arms.collect();
        self.terminate(Terminator::Match(Match {
            scrutinee,
            source,
            arms,
        }));
        let join = self.new_block();
        for (arm, target) in e.arms.iter().zip(targets) {
            self.come_to(target);
            self.arm_body(arm, &dest);
            self.goto(join);
        }
        self.come_to(join);
    }

    /// Whether a match over a value that was waited for stays as it is written.
    fn stays(&self, e: &ExprMatch, value: &Expr, dest: &Dest) -> bool {
        let arms_stay = !e.arms.iter().any(|arm| self.arm_is_lowered(arm));
        let keeps_temporaries = self.is_passed(dest) && leaves_in_place(&e.expr);
        // An arm that takes a part of what has a local leaves the rest there.
        let has_local = syntax::part_of(self.body, value).is_some();
        suspends(&e.expr) && arms_stay && !keeps_temporaries && !has_local
    }

    fn match_in_place(&mut self, e: &ExprMatch, value: Expr, dest: &Dest) {
        let mut e = e.clone();
        // A placeholder, so that the arms are searched for jumps and the value is left alone.
        e.expr = Box::new(self.unit(e.expr.span()));
        let Expr::Match(mut e) = self.opaque(&Expr::Match(e)) else {
            unreachable!()
        };
        e.expr = Box::new(value);
        self.finish(dest, Expr::Match(e));
    }

    pub(super) fn arm_body(&mut self, arm: &syn::Arm, dest: &Dest) {
        self.push_scope(None);
        for local in syntax::bindings(&arm.pat) {
            self.declare(local);
        }
        self.tail(&arm.body, dest);
        self.pop_scope();
    }

    fn arm_is_lowered(&self, arm: &syn::Arm) -> bool {
        let guard = arm.guard.as_ref();
        self.is_lowered(&arm.body) || guard.is_some_and(|(_, guard)| self.is_lowered(guard))
    }

    /// Where a match finds its scrutinee: a place stays where it is, a value that an arm may leave
    /// a part of gets a local that lives to the end of the innermost scope.
    pub(super) fn scrutinee(
        &mut self,
        value: Expr,
        ty: Option<syn::Type>,
        patterns: &mut dyn Iterator<Item = &Pat>,
    ) -> (Expr, Source) {
        let patterns: Vec<_> = patterns.collect();
        let by_value = patterns.iter().any(|p| syntax::binds_by_value(p));
        if let Some((local, _)) = syntax::part_of(self.body, &value) {
            self.slots.insert(local);
            // What several branches gave is a temporary here.
            if self.operands.contains(&local) {
                self.is_held(local);
            }
            let source = if by_value {
                Source::Local(local)
            } else {
                Source::Place
            };
            return (self.named_scrutinee(value, local), source);
        }
        if syntax::is_place(syntax::bare(&value)) && !syntax::is_unit_constructor(&value) {
            return match by_value.then(|| self.part_of_temporary(&value)).flatten() {
                Some((value, local)) => (value, Source::Local(local)),
                None => (self.hold_base(value), Source::Place),
            };
        }
        let value = self.hold_temporaries(value);
        let whole = patterns.iter().all(|p| syntax::takes_whole(p)) || own_nothing(&patterns);
        if ty.is_none() && whole {
            return (value, Source::Value);
        }
        let span = value.span();
        let local = self.matched(&value);
        if ty.is_some() {
            self.push(Statement::Uninit(self.scope(), local, ty));
        }
        self.push(Statement::Init(local, value));
        let scrutinee = self.mention(local, MentionKind::Scrutinee, span);
        (scrutinee, Source::Local(local))
    }

    fn matched(&mut self, value: &Expr) -> LocalId {
        let local = self.held("matched", value.span());
        self.body.locals[local.0 as usize].stands = Some(crate::body::stands(value));
        local
    }

    /// `f().left`, `*f()`: a part of a value that gets a local, out of which patterns may move.
    fn part_of_temporary(&mut self, value: &Expr) -> Option<(Expr, LocalId)> {
        let mut value = value.clone();
        let base = syntax::base_mut(&mut value);
        if syntax::is_place(base) {
            return None;
        }
        let span = base.span();
        let held = self.hold_temporaries(base.clone());
        let local = self.matched(base);
        self.push(Statement::Init(local, held));
        *base = self.mention(local, MentionKind::Value, span);
        Some((self.named_scrutinee(value, local), local))
    }

    /// What names a local, or a part of it, by names that say that patterns may move out of it.
    fn named_scrutinee(&mut self, mut value: Expr, local: LocalId) -> Expr {
        let span = value.span();
        let Some(path) = FieldPath::of(&value) else {
            return self.mention(local, MentionKind::Scrutinee, span);
        };
        let base = syntax::base_mut(&mut value);
        // What the user has written says so.
        if !self.body.local(local).named {
            let matched = Some(FieldUse::Matched(path.clone()));
            *base = self.mention_of_part(local, path, matched, span);
        }
        value
    }

    pub(super) fn arm(&self, pattern: Pat, guard: Option<Expr>, target: BlockId) -> Arm {
        Arm {
            bindings: syntax::bindings(&pattern),
            pattern,
            guard,
            looks: false,
            target,
        }
    }
}

/// Whether what these match needs no drop, and none of them borrows from it: one of them is a literal or a range, so the type is a
/// number, a letter, a truth value, a text or bytes.
fn own_nothing(patterns: &[&Pat]) -> bool {
    patterns.iter().any(|p| is_literal(p)) && patterns.iter().all(|p| binds_a_copy(p))
}

fn is_literal(pattern: &Pat) -> bool {
    match pattern {
        Pat::Lit(_) | Pat::Range(_) => true,
        Pat::Paren(p) => is_literal(&p.pat),
        Pat::Or(p) => p.cases.iter().any(is_literal),
        _ => false,
    }
}

/// Whether a pattern of what a literal can be binds it by value, or not at all.
fn binds_a_copy(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(p) => {
            let inner = p.subpat.as_ref();
            p.by_ref.is_none() && inner.is_none_or(|(_, p)| binds_a_copy(p))
        }
        Pat::Paren(p) => binds_a_copy(&p.pat),
        Pat::Or(p) => p.cases.iter().all(binds_a_copy),
        Pat::Wild(_) | Pat::Path(_) | Pat::Lit(_) | Pat::Range(_) | Pat::Const(_) => true,
        _ => false,
    }
}
