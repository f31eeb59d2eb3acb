//! `match` with a guard that is more than a test: one that suspends, or that binds by `if let`.
//!
//! A first match finds the arm and moves nothing: what its pattern binds is *seen*, in the place where
//! it lies. Then the guard runs, as any condition, and may suspend. If it agrees, the arm's pattern
//! is matched again, which moves; if not, the match goes on with the arms after it. An or-pattern's
//! alternatives are arms of their own, since a guard is asked for each that matches.

use super::{Dest, Lowering};
use crate::body::{LocalId, MentionKind};
use crate::cfg::*;
use crate::syntax;
use proc_macro2::Literal;
use syn::spanned::Spanned;
use syn::{Expr, ExprMatch, Pat};

/// What is matched, again and again.
struct Scrutinee {
    place: Expr,
    source: Source,
}

/// One alternative of a guarded arm's pattern.
struct Way {
    pattern: Pat,
    /// Where control goes when it matches.
    found: BlockId,
    /// Where the match goes on if the guard says no.
    next: BlockId,
}

impl Lowering<'_> {
    /// Whether a guard has a block of its own.
    pub(super) fn guard_is_lowered(&self, arm: &syn::Arm) -> bool {
        let guard = arm.guard.as_ref();
        guard.is_some_and(|(_, guard)| self.is_chain(guard))
    }

    pub(super) fn match_with_guards(&mut self, e: &ExprMatch, dest: &Dest) {
        let value = self.value_of(&e.expr);
        let scrutinee = self.lasting(value, &mut e.arms.iter().map(|arm| &arm.pat));
        let join = self.new_block();
        let mut pending = Vec::new();
        for arm in &e.arms {
            self.slots.extend(syntax::bindings(&arm.pat));
            let Some((_, guard)) = arm.guard.as_ref().filter(|_| self.guard_is_lowered(arm)) else {
                let target = self.new_block();
                let guard = arm.guard.as_ref().map(|(_, guard)| self.opaque(guard));
                pending.push(self.arm(arm.pat.clone(), guard, target));
                self.apart(target, |this| {
                    this.arm_body(arm, dest);
                    this.goto(join);
                });
                continue;
            };
            let seen = self.seen(&arm.pat, guard);
            let ways = self.ways(&arm.pat);
            for way in &ways {
                let looking = Arm {
                    pattern: way.pattern.clone(),
                    guard: None,
                    bindings: seen.clone(),
                    looks: true,
                    target: way.found,
                };
                pending.push(looking);
                let rest = self.arm(syn::parse_quote!(_), None, way.next);
                pending.push(rest);
                self.dispatch(&scrutinee, std::mem::take(&mut pending));
                self.come_to(way.next);
            }
            self.apart(ways[0].found, |this| {
                this.guarded(arm, (&scrutinee, &ways), seen, dest);
                this.goto(join);
            });
        }
        match pending.is_empty() {
            true => self.terminate(Terminator::Unreachable),
            false => self.dispatch(&scrutinee, pending),
        }
        self.come_to(join);
    }

    /// Writes other blocks, and comes back to the current one.
    fn apart(&mut self, start: BlockId, write: impl FnOnce(&mut Self)) {
        let current = self.current.replace(start);
        write(self);
        self.current = current;
    }

    fn dispatch(&mut self, scrutinee: &Scrutinee, mut arms: Vec<Arm>) {
        if arms.len() == 1 {
            // It always matches here, but not every value of the type need match it.
            let never = self.new_block();
            arms.push(self.arm(syn::parse_quote!(_), None, never));
        }
        self.terminate(Terminator::Match(Match {
            scrutinee: scrutinee.place.clone(),
            source: scrutinee.source,
            arms,
        }));
    }

    /// What the guard sees of the bindings, which its mentions then mean.
    fn seen(&mut self, pattern: &Pat, guard: &Expr) -> Vec<LocalId> {
        let mentions = syntax::mentions(quote::ToTokens::to_token_stream(guard));
        let bindings = syntax::bindings(pattern);
        let look = |binding: LocalId| {
            let name = self.body.local(binding).name.clone();
            let seen = self.body.add_local(name, false);
            let local = &mut self.body.locals[seen.0 as usize];
            (local.seen, local.plain_data) = (true, true);
            self.slots.insert(seen);
            for id in &mentions {
                let mention = &mut self.body.mentions[id.0 as usize];
                if mention.local == binding {
                    (mention.local, mention.field) = (seen, None);
                }
            }
            seen
        };
        bindings.into_iter().map(look).collect()
    }

    fn ways(&mut self, pattern: &Pat) -> Vec<Way> {
        let mut alternatives = syntax::alternatives(pattern);
        if alternatives.len() > MOST_WAYS {
            self.sink.error(
                pattern.span(),
                "this pattern has too many alternatives for a guard that suspends or has a `let`; \
                 test some of them in the guard",
            );
            alternatives.truncate(1);
        }
        let way = |pattern| Way {
            pattern,
            found: self.new_block(),
            next: self.new_block(),
        };
        alternatives.into_iter().map(way).collect()
    }

    /// The guard and then the arm's body, from where the pattern was found to match.
    fn guarded(
        &mut self,
        arm: &syn::Arm,
        (scrutinee, ways): (&Scrutinee, &[Way]),
        seen: Vec<LocalId>,
        dest: &Dest,
    ) {
        let Some((_, guard)) = &arm.guard else { return };
        let depth = self.scopes.len() - 1;
        self.push_scope(None);
        let which = self.which(ways, guard);
        for binding in syntax::bindings(&arm.pat) {
            self.declare(binding);
            self.push(Statement::Uninit(self.scope(), binding, None));
        }
        // They live as long as the bindings: what the guard makes of them may do so.
        seen.into_iter().for_each(|local| self.declare(local));
        self.push_scope(None);
        match which {
            None => {
                self.condition(guard, ways[0].next, depth);
                self.enter(scrutinee, &ways[0].pattern);
            }
            Some(which) => self.guard_of_many(guard, (scrutinee, ways), which, depth),
        }
        self.tail(&arm.body, dest);
        self.pop_scope();
        self.pop_scope();
    }

    /// Of several alternatives, a local says which one the guard is asked for.
    fn which(&mut self, ways: &[Way], guard: &Expr) -> Option<LocalId> {
        if ways.len() == 1 {
            return None;
        }
        let which = self.temporary_at(self.scopes.len() - 1, "alternative", guard.span());
        self.body.locals[which.0 as usize].plain_data = true;
        let start = self.new_block();
        for (index, way) in ways.iter().enumerate() {
            let number = Literal::usize_suffixed(index);
            self.come_to(way.found);
            let number = syn::parse_quote!(#number);
            self.push(Statement::Init(which, number));
            self.goto(start);
        }
        self.come_to(start);
        Some(which)
    }

    fn guard_of_many(
        &mut self,
        guard: &Expr,
        (scrutinee, ways): (&Scrutinee, &[Way]),
        which: LocalId,
        depth: usize,
    ) {
        let refused = self.new_block();
        self.condition(guard, refused, depth + 1);
        let entries: Vec<_> = ways.iter().map(|_| self.new_block()).collect();
        self.choose(which, guard, &entries);
        let body = self.new_block();
        for (way, entry) in ways.iter().zip(entries) {
            self.come_to(entry);
            self.enter(scrutinee, &way.pattern);
            self.goto(body);
        }
        // The scopes inside the arm's have ended on the way.
        self.come_to(refused);
        let inner = self.scopes.pop();
        let others: Vec<_> = ways
            .iter()
            .map(|way| self.landing(depth, way.next))
            .collect();
        self.choose(which, guard, &others);
        self.scopes.extend(inner);
        self.come_to(body);
    }

    /// Goes on where the number of the alternative says.
    fn choose(&mut self, which: LocalId, at: &Expr, targets: &[BlockId]) {
        let scrutinee = self.mention(which, MentionKind::Scrutinee, at.span());
        let arms = targets.iter().enumerate().map(|(index, target)| {
            let number = Literal::usize_suffixed(index);
            self.arm(syn::parse_quote!(#number), None, *target)
        });
        let (arms, source) = (arms.collect(), Source::Place);
        self.terminate(Terminator::Match(Match {
            scrutinee,
            source,
            arms,
        }));
    }

    /// The guard has agreed: the bindings get their values.
    fn enter(&mut self, scrutinee: &Scrutinee, pattern: &Pat) {
        let body = self.new_block();
        let arm = self.arm(pattern.clone(), None, body);
        self.dispatch(scrutinee, vec![arm]);
        self.come_to(body);
    }

    /// A scrutinee that stays while guards run: a value gets a local, a place is named so that to
    /// name it again runs nothing of the user's.
    fn lasting(&mut self, value: Expr, patterns: &mut dyn Iterator<Item = &Pat>) -> Scrutinee {
        if syntax::is_place(syntax::bare(&value)) && !syntax::is_unit_constructor(&value) {
            let (mut place, source) = self.scrutinee(value, None, patterns);
            if source == Source::Place {
                self.settle(&mut place);
            }
            return Scrutinee { place, source };
        }
        let span = value.span();
        let value = self.hold_temporaries(value);
        let local = self.settled("matched", value);
        let place = self.mention(local, MentionKind::Scrutinee, span);
        let source = Source::Local(local);
        Scrutinee { place, source }
    }

    /// Evaluates what a place is made of, once.
    fn settle(&mut self, place: &mut Expr) {
        let span = place.span();
        match place {
            Expr::Paren(e) => self.settle(&mut e.expr),
            Expr::Group(e) => self.settle(&mut e.expr),
            Expr::Field(e) => self.settle(&mut e.base),
            Expr::Unary(e) => self.settle(&mut e.expr),
            Expr::Index(e) => {
                self.settle(&mut e.expr);
                self.settle_index(&mut e.index);
            }
            Expr::Path(_) => match syntax::as_mention(place) {
                Some(mention) => {
                    let local = self.body.mention(mention).local;
                    self.slots.insert(local);
                }
                // A constant is made anew wherever it is named.
                None => {
                    let local = self.settled("constant", syn::parse_quote!(&#place));
                    let constant = self.mention(local, MentionKind::Place, span);
                    *place = syn::parse_quote!((*#constant));
                }
            },
            Expr::Macro(held) => {
                if let Some((local, value)) = crate::body::held(&held.mac) {
                    self.push(Statement::Init(local, value));
                    *place = self.mention(local, MentionKind::Place, span);
                }
            }
            _ => {
                let local = self.settled("temporary", place.clone());
                *place = self.mention(local, MentionKind::Place, span);
            }
        }
    }

    fn settle_index(&mut self, index: &mut Expr) {
        match index {
            Expr::Paren(e) => self.settle_index(&mut e.expr),
            Expr::Group(e) => self.settle_index(&mut e.expr),
            Expr::Lit(_) => {}
            Expr::Range(range) => {
                let ends = [range.start.as_deref_mut(), range.end.as_deref_mut()];
                ends.into_iter()
                    .flatten()
                    .for_each(|end| self.settle_index(end));
            }
            other => {
                let span = other.span();
                let local = self.settled("index", other.clone());
                *other = self.mention(local, MentionKind::Place, span);
            }
        }
    }

    fn settled(&mut self, name: &str, value: Expr) -> LocalId {
        let local = self.held(name, value.span());
        self.push(Statement::Init(local, value));
        local
    }
}

/// Alternatives of one pattern, each of which is a part of the graph.
const MOST_WAYS: usize = 32;
