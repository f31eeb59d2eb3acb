//! Forwards: how full each local is.

use super::From;
use super::context::Context;
use super::later::Later;
use super::liveness::Liveness;
use super::ops::Op;
use super::run::Run;
use super::uses;
use crate::body::{LocalId, MentionId, MentionKind};
use crate::cfg::*;
use crate::hash::{HashMap, HashSet};

/// The states that a local may be in at a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Fill {
    states: u8,
    /// The parts that are gone on some path, and those that are on all, where it has a value.
    some: u64,
    all: u64,
}

impl Fill {
    pub(super) const FRESH: Fill = Fill::of(1);
    pub(super) const MOVED: Fill = Fill::of(2);
    pub(super) const FULL: Fill = Fill::of(4);
    /// Moved or not, as its type says: of a local that is mentioned again it is no proof of anything.
    pub(super) const PERHAPS: Fill = Fill::of(16);
    /// By proof only.
    const PROVED: u8 = 8;

    const fn of(states: u8) -> Fill {
        Fill {
            states,
            some: 0,
            all: 0,
        }
    }

    pub(super) fn or(self, other: Fill) -> Fill {
        let all = match (self.may_be_full(), other.may_be_full()) {
            (true, true) => self.all & other.all,
            (true, false) => self.all,
            (false, _) => other.all,
        };
        Fill {
            states: self.states | other.states,
            some: self.some | other.some,
            all,
        }
    }

    /// Parts leave it.
    pub(super) fn without(self, some: u64, all: u64) -> Fill {
        Fill {
            some: self.some | some,
            all: self.all | all,
            ..self
        }
    }

    /// Parts come back.
    pub(super) fn with(self, parts: u64) -> Fill {
        Fill {
            some: self.some & !parts,
            all: self.all & !parts,
            ..self
        }
    }

    /// What is moved here by name may be there.
    pub(super) fn doubted(self) -> Fill {
        match self.states & Self::MOVED.states {
            0 => self,
            _ => Fill {
                states: self.states & !Self::MOVED.states,
                ..self
            }
            .or(Self::PERHAPS)
            .or(Self::FULL),
        }
    }

    fn within(self, states: u8) -> bool {
        self.states & !states == 0
    }

    /// Never had a value.
    pub fn is_fresh(self) -> bool {
        self.within(Self::FRESH.states)
    }

    pub fn is_empty(self) -> bool {
        self.within(Self::FRESH.states | Self::MOVED.states)
    }

    /// Moved by name on one path and full on another. A local that has no value yet on some path is
    /// another matter: rustc checks nothing where control does not come, so a flag has to say it.
    pub fn is_moved_or_full(self) -> bool {
        let fresh = self.states & Self::FRESH.states != 0;
        !fresh && self.states & Self::MOVED.states != 0 && self.may_be_full()
    }

    pub fn may_be_full(self) -> bool {
        self.states & Self::FULL.states != 0
    }

    /// Whether it, or one of these parts, may be gone.
    pub(super) fn may_lack(self, parts: u64) -> bool {
        self.states & (Self::MOVED.states | Self::PERHAPS.states) != 0 || self.some & parts != 0
    }

    /// The parts that are gone wherever it has a value.
    pub fn gone(self) -> u64 {
        self.all
    }

    /// It is mentioned again, so the twin has proved that it has a value, or needs no drop.
    pub fn proved_full(self) -> Fill {
        Fill {
            states: self.states & !Self::MOVED.states | Self::PROVED,
            ..self
        }
    }

    /// Full by proof only.
    pub fn is_proved(self) -> bool {
        self.states & Self::PROVED != 0
    }

    /// Whether a flag has to say which of several states it is.
    pub fn needs_flag(self) -> bool {
        let several = (self.states & !Self::PROVED).count_ones() > 1;
        !self.is_empty() && (several || self.some != self.all)
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

    fn keep(&mut self, locals: &[LocalId]) {
        self.0.retain(|local, _| locals.contains(local));
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

/// For every local, the locals that may have a value, or a borrow left, when it gets its own.
pub type Beside = HashMap<LocalId, HashSet<LocalId>>;

pub struct Fills {
    at_start: HashMap<BlockId, Fillings>,
    at_end: HashMap<BlockId, Fillings>,
    asked: HashSet<MentionId>,
    consumed: HashSet<MentionId>,
    /// Mentions in unknown macros, of locals of which something may be gone: to assign there would drop it again. And
    /// the parts that they name, if these may be.
    pub doubtful: HashMap<MentionId, Option<u64>>,
}

impl Fills {
    pub fn of(
        cfg: &Cfg,
        context: &Context<'_>,
        reachable: &HashSet<BlockId>,
        (asked, consumed): (&HashSet<MentionId>, &HashSet<MentionId>),
    ) -> Self {
        let body = context.body;
        let mut start = Fillings::default();
        (0..body.arguments.len() as u32).for_each(|i| start.set(LocalId(i), Fill::FULL));
        let mut fills = Fills {
            at_start: HashMap::from_iter([(START, start)]),
            at_end: HashMap::default(),
            asked: asked.clone(),
            consumed: consumed.clone(),
            doubtful: HashMap::default(),
        };
        let mut todo = vec![START];
        while let Some(id) = todo.pop() {
            for (next, state) in fills.leave(cfg, context, id) {
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

    /// Where a state is entered from.
    pub(super) fn at(&self, from: From) -> &Fillings {
        match from {
            From::End(block) => self.at_end(block),
            From::Start(block) => self.at_start(block),
        }
    }

    /// Where a block begins.
    pub fn at_start(&self, block: BlockId) -> &Fillings {
        &self.at_start[&block]
    }

    /// What is in scope where a block begins.
    pub fn in_scope(&self, block: BlockId) -> HashSet<LocalId> {
        self.at_start[&block].0.keys().copied().collect()
    }

    /// Runs a block; gives the state on every edge out of it.
    fn leave(&mut self, cfg: &Cfg, context: &Context<'_>, id: BlockId) -> Vec<(BlockId, Fillings)> {
        let block = cfg.block(id);
        let mut run = Run::new(&self.asked, &self.consumed);
        let mut state = Some(self.at_start[&id].clone());
        run.through = cfg.unwinds_to(id).and(state.clone());
        for statement in &block.statements {
            run.ops(&uses::of_statement(statement, context), &mut state);
        }
        run.ops(&uses::of_terminator(&block.terminator, context), &mut state);
        for (id, named) in std::mem::take(&mut run.doubtful) {
            let known = self.doubtful.entry(id).or_default();
            *known = known.or(named);
        }
        let mut edges = std::mem::take(&mut run.edges);
        if let (Some(clean_up), Some(through)) = (block.unwinds, &mut run.through) {
            through.keep(&cfg.suspension(clean_up).in_scope);
        }
        edges.extend(cfg.unwinds_to(id).zip(run.through));
        // Code that never ends has no state after it.
        let Some(state) = state else {
            self.at_end.insert(id, Fillings::default());
            return edges;
        };
        match &block.terminator {
            Terminator::Match(m) => edges.extend(m.arms.iter().map(|arm| {
                let mut state = state.clone();
                enter_arm(m, arm, context, &mut state);
                (arm.target, state)
            })),
            other => {
                edges.extend(other.successors().into_iter().map(|to| (to, state.clone())));
            }
        }
        self.at_end.insert(id, state);
        edges
    }

    /// Which locals have values together.
    pub fn beside(
        &self,
        cfg: &Cfg,
        context: &Context<'_>,
        reachable: &HashSet<BlockId>,
        live: &Liveness,
        by_name: &dyn Fn(LocalId) -> bool,
    ) -> Beside {
        let assigned = context
            .body
            .mentions
            .iter()
            .filter(|m| m.kind == MentionKind::Assign);
        let assigned: HashSet<_> = assigned.map(|m| m.local).collect();
        let mut beside = Beside::default();
        // All that is in scope counts, also what was declared later: `let n = { let m = ..; f(&m) };`
        let mut note = |local: LocalId, state: &Fillings, later: &Later| {
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
            let after = live.after_statements(cfg, context, id);
            let mut state = Some(state);
            let mut step = |ops: Vec<Op>, later: &Later| {
                let mut run = Run::new(&self.asked, &self.consumed);
                run.ops(&ops, &mut state);
                run.filled
                    .iter()
                    .for_each(|(local, state)| note(*local, state, later));
            };
            for (statement, later) in block.statements.iter().zip(&after) {
                step(uses::of_statement(statement, context), later);
            }
            let targets = block.terminator.successors();
            let mut later = Later::default();
            targets.iter().for_each(|b| later.join(live.at_start(*b)));
            step(uses::of_terminator(&block.terminator, context), &later);
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
fn enter_arm(m: &Match, arm: &Arm, context: &Context<'_>, state: &mut Fillings) {
    if let Source::Local(local) = m.source {
        let (some, all) = context.arm_takes(m, arm);
        state.set(local, state.get(local).without(some, all));
    }
    arm.bindings.iter().for_each(|b| state.set(*b, Fill::FULL));
}
