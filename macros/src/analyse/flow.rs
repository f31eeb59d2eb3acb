//! Forwards: how full each local is.

use super::liveness::Liveness;
use super::run::Run;
use super::uses::{self, Op};
use crate::body::{Body, LocalId, MentionId, MentionKind};
use crate::cfg::*;
use std::collections::{HashMap, HashSet};

/// The states that a local may be in at a point, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Fill(u64);

impl Fill {
    pub(super) const FRESH: Fill = Fill(1);
    pub(super) const MOVED: Fill = Fill(2);
    pub(super) const FULL: Fill = Fill(4);
    /// Perhaps fields are gone: the guard knows which.
    pub(super) const IN_FIELDS: Fill = Fill(1 << Self::FIRST_PART);
    const FIRST_PART: u32 = 3;
    /// Arms that may leave a part of one local: what a set of 64 has room for.
    pub const MOST_PARTS: u32 = 58;

    fn part(index: u32) -> Fill {
        assert!(index < Self::MOST_PARTS, "lowering refuses more");
        Fill(1 << (index + Self::FIRST_PART))
    }

    pub(super) fn or(self, other: Fill) -> Fill {
        Fill(self.0 | other.0)
    }

    fn within(self, other: Fill) -> bool {
        self.0 & !other.0 == 0
    }

    /// Never had a value.
    pub fn is_fresh(self) -> bool {
        self.within(Self::FRESH)
    }

    pub fn is_empty(self) -> bool {
        self.within(Self::FRESH.or(Self::MOVED))
    }

    /// Moved by name on one path and full on another. A local that has no value yet on some path is
    /// another matter: rustc checks nothing where control does not come, so a flag has to say it.
    pub fn is_moved_or_full(self) -> bool {
        self.0 & 1 == 0 && self.0 & Self::MOVED.0 != 0 && self.may_be_full()
    }

    pub fn may_be_full(self) -> bool {
        self.0 & Self::FULL.0 != 0
    }

    pub fn may_be_part(self) -> bool {
        !self.parts().is_empty()
    }

    /// The arms that may have left only a part of it.
    pub fn parts(self) -> Vec<u32> {
        (0..Self::MOST_PARTS)
            .filter(|i| self.0 & Self::part(*i).0 != 0)
            .collect()
    }

    /// It is mentioned again, so the twin has proved that it has a value, or needs no drop.
    pub fn proved_full(self) -> Fill {
        Fill(self.0 & !Self::MOVED.0 | Self::PROVED)
    }

    const PROVED: u64 = 1 << 63;

    /// Full by proof only.
    pub fn is_proved(self) -> bool {
        self.0 & Self::PROVED != 0
    }

    /// Whether a flag has to say which of several states it is.
    pub fn needs_flag(self) -> bool {
        !self.is_empty() && (self.0 & !Self::PROVED).count_ones() > 1
    }
}

/// How full every local is, at a point.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Fillings(HashMap<LocalId, Fill>);

impl Fillings {
    pub fn get(&self, local: LocalId) -> Fill {
        self.0.get(&local).copied().unwrap_or(Fill::FRESH)
    }

    pub(super) fn end(&mut self, local: LocalId) {
        self.0.remove(&local);
    }

    pub(super) fn set(&mut self, local: LocalId, fill: Fill) {
        self.0.insert(local, fill);
    }

    pub(super) fn join(&mut self, other: &Fillings) -> bool {
        let before = self.clone();
        let keys: HashSet<_> = self.0.keys().chain(other.0.keys()).copied().collect();
        for local in keys {
            self.set(local, self.get(local).or(other.get(local)));
        }
        *self != before
    }
}

pub struct Fills {
    at_start: HashMap<BlockId, Fillings>,
    at_end: HashMap<BlockId, Fillings>,
    asked: HashSet<MentionId>,
}

impl Fills {
    pub fn of(
        cfg: &Cfg,
        body: &Body,
        reachable: &HashSet<BlockId>,
        asked: &HashSet<MentionId>,
    ) -> Self {
        let mut start = Fillings::default();
        (0..body.arguments.len() as u32).for_each(|i| start.set(LocalId(i), Fill::FULL));
        let mut fills = Fills {
            at_start: HashMap::from([(START, start)]),
            at_end: HashMap::new(),
            asked: asked.clone(),
        };
        let mut todo = vec![START];
        while let Some(id) = todo.pop() {
            for (next, state) in fills.leave(cfg, body, id) {
                let known = fills.at_start.contains_key(&next);
                let at = fills.at_start.entry(next).or_insert_with(|| state.clone());
                if at.join(&state) || !known {
                    todo.push(next);
                }
            }
        }
        // What only follows code that never ends holds nothing.
        for id in reachable {
            fills.at_start.entry(*id).or_default();
            fills.at_end.entry(*id).or_default();
        }
        fills
    }

    /// After a block's operand or condition, before control leaves.
    pub fn at_end(&self, block: BlockId) -> &Fillings {
        &self.at_end[&block]
    }

    /// What is in scope where a block begins.
    pub fn in_scope(&self, block: BlockId) -> HashSet<LocalId> {
        self.at_start[&block].0.keys().copied().collect()
    }

    /// Runs a block; gives the state on every edge out of it.
    fn leave(&mut self, cfg: &Cfg, body: &Body, id: BlockId) -> Vec<(BlockId, Fillings)> {
        let block = cfg.block(id);
        let mut run = Run::new(&self.asked);
        let mut state = Some(self.at_start[&id].clone());
        for statement in &block.statements {
            run.ops(&uses::of_statement(statement, body), &mut state);
        }
        run.ops(&uses::of_terminator(&block.terminator, body), &mut state);
        let mut edges = run.edges;
        // Code that never ends has no state after it.
        let Some(state) = state else {
            self.at_end.insert(id, Fillings::default());
            return edges;
        };
        match &block.terminator {
            Terminator::Match(m) => edges.extend(m.arms.iter().map(|arm| {
                let mut state = state.clone();
                enter_arm(m, arm, &mut state);
                (arm.target, state)
            })),
            other => {
                edges.extend(other.successors().into_iter().map(|to| (to, state.clone())));
            }
        }
        self.at_end.insert(id, state);
        edges
    }

    /// Blocks whose match takes a local apart of which a part may be gone already.
    pub fn taken_apart(&self, cfg: &Cfg, reachable: &HashSet<BlockId>) -> HashSet<BlockId> {
        let again = reachable
            .iter()
            .copied()
            .filter(|id| match &cfg.block(*id).terminator {
                Terminator::Match(Match {
                    source: Source::Local(local),
                    ..
                }) => self.at_end(*id).get(*local).may_be_part(),
                _ => false,
            });
        again.collect()
    }

    /// For every local, the locals that may have a value, or a borrow left, when it gets its own.
    pub fn beside(
        &self,
        cfg: &Cfg,
        body: &Body,
        reachable: &HashSet<BlockId>,
        live: &Liveness,
        by_name: &dyn Fn(LocalId) -> bool,
    ) -> HashMap<LocalId, HashSet<LocalId>> {
        let assigned = body
            .mentions
            .iter()
            .filter(|m| m.kind == MentionKind::Assign);
        let assigned: HashSet<_> = assigned.map(|m| m.local).collect();
        let mut beside: HashMap<LocalId, HashSet<LocalId>> = HashMap::new();
        // All that is in scope counts, also what was declared later: `let n = { let m = ..; f(&m) };`
        let mut note = |local: LocalId, state: &Fillings, later: &HashSet<LocalId>| {
            for other in state.0.keys().copied().filter(|other| *other != local) {
                let fill = state.get(other);
                let gone =
                    fill.is_fresh() || fill.is_empty() && by_name(other) && !later.contains(&other);
                if !gone || assigned.contains(&other) {
                    beside.entry(local).or_default().insert(other);
                    beside.entry(other).or_default().insert(local);
                }
            }
        };
        for &id in reachable {
            let block = cfg.block(id);
            let state = self.at_start[&id].clone();
            let after = live.after_statements(cfg, body, id);
            let mut state = Some(state);
            let mut step = |ops: Vec<Op>, later: &HashSet<LocalId>| {
                let mut run = Run::new(&self.asked);
                run.ops(&ops, &mut state);
                run.filled
                    .iter()
                    .for_each(|(local, state)| note(*local, state, later));
            };
            for (statement, later) in block.statements.iter().zip(&after) {
                step(uses::of_statement(statement, body), later);
            }
            let targets = block.terminator.successors();
            let later = targets
                .iter()
                .flat_map(|b| live.at_start(*b).iter().copied())
                .collect();
            step(uses::of_terminator(&block.terminator, body), &later);
            if let Terminator::Match(m) = &block.terminator {
                let state = state.unwrap_or_default();
                m.arms
                    .iter()
                    .flat_map(|arm| &arm.bindings)
                    .for_each(|b| note(*b, &state, &later));
            }
        }
        // The bindings of an arm get their values together.
        for arm in reachable.iter().flat_map(|id| arms(cfg, *id)) {
            for one in &arm.bindings {
                let others = arm.bindings.iter().copied().filter(|other| other != one);
                beside.entry(*one).or_default().extend(others);
            }
        }
        beside
    }
}

fn arms(cfg: &Cfg, id: BlockId) -> &[Arm] {
    match &cfg.block(id).terminator {
        Terminator::Match(m) => &m.arms,
        _ => &[],
    }
}

/// An arm's bindings have values; what it moved them from is a part of what it was.
fn enter_arm(m: &Match, arm: &Arm, state: &mut Fillings) {
    if let (Source::Local(local), Some(part)) = (m.source, arm.part) {
        state.set(local, Fill::part(part));
    }
    arm.bindings.iter().for_each(|b| state.set(*b, Fill::FULL));
}
