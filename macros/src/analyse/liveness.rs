//! Backwards: which locals are mentioned again.
//!
//! A local counts as mentioned again only if the mention is certainly reached with the value of
//! now on some path: a statement that also assigns the local counts neither as a mention nor as
//! an end of its value.

use super::uses::{self, Use, What};
use crate::body::{Body, LocalId, MentionId, MentionKind};
use crate::cfg::*;
use std::collections::{HashMap, HashSet};

type Set = HashSet<LocalId>;

pub struct Liveness {
    at_start: HashMap<BlockId, Set>,
    nothing: Set,
}

impl Liveness {
    pub fn of(cfg: &Cfg, body: &Body, reachable: &HashSet<BlockId>) -> Self {
        let mut live = Liveness {
            at_start: HashMap::new(),
            nothing: Set::new(),
        };
        loop {
            let mut changed = false;
            for index in (0..cfg.blocks.len() as u32).rev() {
                let id = BlockId(index);
                if reachable.contains(&id) {
                    let set = live.through(cfg, body, id, &mut |_, _| {});
                    changed |= live.at_start(id) != &set;
                    live.at_start.insert(id, set);
                }
            }
            if !changed {
                return live;
            }
        }
    }

    pub fn at_start(&self, block: BlockId) -> &Set {
        self.at_start.get(&block).unwrap_or(&self.nothing)
    }

    /// Mentions as a receiver after which the local is not mentioned again.
    pub fn last_receivers(
        &self,
        cfg: &Cfg,
        body: &Body,
        reachable: &HashSet<BlockId>,
    ) -> HashSet<MentionId> {
        let mut last = HashSet::new();
        for index in 0..cfg.blocks.len() as u32 {
            let id = BlockId(index);
            if reachable.contains(&id) {
                self.through(cfg, body, id, &mut |used, after| {
                    if let What::Mention(MentionKind::Receiver, mention) = used.what
                        && !after.contains(&used.local)
                    {
                        last.insert(mention);
                    }
                });
            }
        }
        last
    }

    /// The locals mentioned after each statement of a block.
    pub fn after_statements(&self, cfg: &Cfg, body: &Body, id: BlockId) -> Vec<Set> {
        let block = cfg.block(id);
        let mut set = self.before_terminator(block, body, &mut |_, _| {});
        let mut after = Vec::new();
        for statement in block.statements.iter().rev() {
            after.push(set.clone());
            self.statement(statement, body, &mut set, &mut |_, _| {});
        }
        after.reverse();
        after
    }

    fn through(
        &self,
        cfg: &Cfg,
        body: &Body,
        id: BlockId,
        see: &mut dyn FnMut(&Use, &Set),
    ) -> Set {
        let block = cfg.block(id);
        let mut set = self.before_terminator(block, body, see);
        for statement in block.statements.iter().rev() {
            self.statement(statement, body, &mut set, see);
        }
        set
    }

    fn before_terminator(
        &self,
        block: &Block,
        body: &Body,
        see: &mut dyn FnMut(&Use, &Set),
    ) -> Set {
        let mut set = Set::new();
        for next in block.terminator.successors() {
            set.extend(self.at_start(next).iter().copied());
        }
        if let Terminator::Match(m) = &block.terminator {
            m.arms.iter().flat_map(|arm| &arm.bindings).for_each(|b| {
                set.remove(b);
            });
        }
        for next in uses::jumps_of_terminator(&block.terminator) {
            set.extend(self.at_start(next).iter().copied());
        }
        apply(&uses::of_terminator(&block.terminator, body), &mut set, see);
        set
    }

    fn statement(
        &self,
        statement: &Statement,
        body: &Body,
        set: &mut Set,
        see: &mut dyn FnMut(&Use, &Set),
    ) {
        let mut uses = uses::of_statement(statement, body);
        if let Some((assigned, _)) = uses::assignment(statement) {
            let local = body.mention(assigned).local;
            set.remove(&local);
            uses.retain(|u| !matches!(u.what, What::Mention(_, id) if id == assigned));
        }
        apply(&uses, set, see);
        for next in uses::jumps(statement) {
            set.extend(self.at_start(next).iter().copied());
        }
    }
}

/// Goes backwards through the uses of one statement.
fn apply(uses: &[Use], set: &mut Set, see: &mut dyn FnMut(&Use, &Set)) {
    let assigned = |what| matches!(what, What::Mention(MentionKind::Assign, _));
    let filled: Set = uses.iter().filter(|u| u.what == What::Filled).map(|u| u.local).collect();
    let unclear: Set = uses.iter().filter(|u| assigned(u.what)).map(|u| u.local).collect();
    for used in uses.iter().rev() {
        match used.what {
            What::Filled | What::Fresh | What::Ended => {
                set.remove(&used.local);
            }
            What::Mention(..) | What::Inside => {
                see(used, set);
                if !unclear.contains(&used.local) {
                    set.insert(used.local);
                }
            }
        }
    }
    // A local that a statement fills is another value before it.
    filled.iter().for_each(|local| {
        set.remove(local);
    });
}
