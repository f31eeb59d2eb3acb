//! Backwards: which locals are mentioned again.
//!
//! A local counts as mentioned again only if a path leads to the mention with the value of now: the
//! twin has proved it full there, by the same paths.

use super::context::Context;
use super::later::{Later, Looks};
use super::ops::{Op, Use, What};
use super::uses;
use crate::body::{FieldUse, LocalId, MentionId, MentionKind};
use crate::cfg::*;
use crate::hash::{HashMap, HashSet};

type Set = Later;

pub struct Liveness {
    at_start: HashMap<BlockId, Set>,
    nothing: Set,
    looks: Looks,
}

impl Liveness {
    pub fn of(cfg: &Cfg, context: &Context<'_>, reachable: &HashSet<BlockId>) -> Self {
        let mut live = Liveness {
            at_start: HashMap::default(),
            nothing: Set::default(),
            looks: Looks::of(context.body),
        };
        loop {
            let mut changed = false;
            for index in (0..cfg.blocks.len() as u32).rev() {
                let id = BlockId(index);
                if reachable.contains(&id) {
                    let set = live.through(cfg, context, id, &mut |_, _| {});
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

    /// Mentions after which the local is not mentioned again, and which may consume it: as a receiver,
    /// or by value in a closure.
    pub fn last_mentions(
        &self,
        cfg: &Cfg,
        context: &Context<'_>,
        reachable: &HashSet<BlockId>,
    ) -> HashSet<MentionId> {
        let mut last = HashSet::default();
        for index in 0..cfg.blocks.len() as u32 {
            let id = BlockId(index);
            if reachable.contains(&id) {
                self.through(cfg, context, id, &mut |used, after| {
                    let may_consume = match used.what {
                        What::Mention(MentionKind::Receiver, id)
                        | What::Received(id, _)
                        | What::Operated(id, _) => Some(id),
                        What::Fields(id, _) => Some(id).filter(|id| {
                            let field = &context.body.mention(*id).field;
                            matches!(field, Some(FieldUse::Captured(_)))
                        }),
                        What::Inside(id) => Some(id).filter(|id| {
                            let within = context.body.mention(*id).within;
                            matches!(within, MentionKind::Receiver | MentionKind::Value)
                        }),
                        _ => None,
                    };
                    last.extend(may_consume.filter(|id| !self.looks.later(*id, used.local, after)));
                });
            }
        }
        last
    }

    /// The locals that are mentioned behind calls that never return, by their names.
    pub fn doubted(
        &self,
        cfg: &Cfg,
        context: &Context<'_>,
        reachable: &HashSet<BlockId>,
    ) -> Vec<LocalId> {
        let mut doubted = HashSet::default();
        for id in reachable {
            self.through(cfg, context, *id, &mut |used, _| {
                if used.what == What::Doubted {
                    doubted.insert(used.local);
                }
            });
        }
        let mut doubted: Vec<_> = doubted.into_iter().collect();
        doubted.sort_unstable();
        doubted
    }

    /// The locals mentioned after each statement of a block.
    pub fn after_statements(&self, cfg: &Cfg, context: &Context<'_>, id: BlockId) -> Vec<Set> {
        let block = cfg.block(id);
        let mut set = self.before_terminator(cfg, block, context, &mut |_, _| {});
        let mut after = Vec::new();
        for statement in block.statements.iter().rev() {
            after.push(set.clone());
            set = self.back(
                &uses::of_statement(statement, context),
                set,
                &[],
                &mut |_, _| {},
            );
        }
        after.reverse();
        after
    }

    fn through(
        &self,
        cfg: &Cfg,
        context: &Context<'_>,
        id: BlockId,
        see: &mut dyn FnMut(&Use, &Set),
    ) -> Set {
        let block = cfg.block(id);
        let mut set = self.before_terminator(cfg, block, context, see);
        for statement in block.statements.iter().rev() {
            set = self.back(&uses::of_statement(statement, context), set, &[], see);
        }
        if let Some(next) = cfg.unwinds_to(id) {
            set.join(self.at_start(next));
        }
        set
    }

    fn before_terminator(
        &self,
        cfg: &Cfg,
        block: &Block,
        context: &Context<'_>,
        see: &mut dyn FnMut(&Use, &Set),
    ) -> Set {
        let mut set = Set::default();
        let unwinds = block.unwinds.and_then(|id| cfg.clean_up(id));
        for next in block.terminator.successors().into_iter().chain(unwinds) {
            set.join(self.at_start(next));
        }
        if let Terminator::Match(m) = &block.terminator {
            m.arms.iter().flat_map(|arm| &arm.bindings).for_each(|b| {
                set.end(*b);
            });
        }
        self.back(
            &uses::of_terminator(&block.terminator, context),
            set,
            &[],
            see,
        )
    }

    /// What is mentioned before some operations, by what is mentioned after them; `around` says the
    /// same of the loops and blocks that they may leave: after them, and at their start.
    fn back(
        &self,
        ops: &[Op],
        after: Set,
        around: &[(u32, &Set, &Set)],
        see: &mut dyn FnMut(&Use, &Set),
    ) -> Set {
        let find = |number: &u32| around.iter().rev().find(|(n, ..)| n == number);
        let mut set = after;
        for op in ops.iter().rev() {
            match op {
                Op::Use(used) => self.back_over(used, &mut set, see),
                Op::Branch(ways) => {
                    let before = ways
                        .iter()
                        .map(|way| self.back(way, set.clone(), around, see));
                    let joined = before.reduce(|mut all, one| {
                        all.join(&one);
                        all
                    });
                    set = joined.unwrap_or_default();
                }
                Op::Block(number, body) => {
                    let after = set.clone();
                    let mut inner = around.to_vec();
                    inner.push((*number, &after, &after));
                    set = self.back(body, after.clone(), &inner, see);
                }
                Op::Loop(number, body) => set = self.back_loop(*number, body, &set, around, see),
                Op::Break(number) => {
                    set = find(number)
                        .map(|(_, s, _)| (*s).clone())
                        .unwrap_or_default()
                }
                Op::Continue(number) => {
                    set = find(number)
                        .map(|(_, _, s)| (*s).clone())
                        .unwrap_or_default();
                }
                Op::Jump(block) => set = self.at_start(*block).clone(),
                Op::Leave => set = Set::default(),
                Op::End => {
                    set.locals().for_each(|local| {
                        let what = What::Doubted;
                        see(&Use { local, what }, &set);
                    });
                    set = Set::default();
                }
            }
        }
        set
    }

    fn back_loop(
        &self,
        number: u32,
        body: &[Op],
        after: &Set,
        around: &[(u32, &Set, &Set)],
        see: &mut dyn FnMut(&Use, &Set),
    ) -> Set {
        let mut start = Set::default();
        loop {
            let before = start.clone();
            let mut inner = around.to_vec();
            inner.push((number, after, &before));
            start = self.back(body, before.clone(), &inner, &mut |_, _| {});
            if start == before {
                return self.back(body, before.clone(), &inner, see);
            }
        }
    }

    fn back_over(&self, used: &Use, set: &mut Set, see: &mut dyn FnMut(&Use, &Set)) {
        match used.what {
            What::Filled | What::Fresh | What::Ended | What::Mention(MentionKind::Assign, _) => {
                set.end(used.local);
            }
            What::Back(id, _) => {
                see(used, set);
                self.looks.assigned(id, used.local, set);
            }
            What::Lost(None, ..) | What::Doubted => {}
            What::Mention(_, id)
            | What::Lost(Some(id), ..)
            | What::Received(id, _)
            | What::Operated(id, _)
            | What::InMacro(id, _)
            | What::Fields(id, _)
            | What::Inside(id) => {
                see(used, set);
                self.looks.looked_at(id, used.local, set);
            }
        }
    }
}
