//! Runs opaque code forwards over what each local holds.

use super::flow::{Fill, Fillings};
use super::ops::{Op, Use, What};
use crate::body::{LocalId, MentionId, MentionKind};
use crate::cfg::BlockId;
use crate::hash::HashSet;

/// No state: control does not come here.
pub(super) type State = Option<Fillings>;

pub struct Run<'a> {
    asked: &'a HashSet<MentionId>,
    /// Of these, those that certainly consume.
    consumed: &'a HashSet<MentionId>,
    /// Jumps to other blocks, with the state they leave in.
    pub edges: Vec<(BlockId, Fillings)>,
    /// Locals that got a value, and the state just before.
    pub filled: Vec<(LocalId, Fillings)>,
    /// Mentions in unknown macros, of locals of which something may be gone; the parts that they name, if these may be.
    pub doubtful: Vec<(MentionId, Option<u64>)>,
    /// The states that a panic may come in, if it is asked for them.
    pub through: State,
    /// The loops and blocks around: the states at their end, and at their next start.
    around: Vec<(u32, State, State)>,
}

impl<'a> Run<'a> {
    pub fn new(asked: &'a HashSet<MentionId>, consumed: &'a HashSet<MentionId>) -> Self {
        Run {
            asked,
            consumed,
            edges: Vec::new(),
            filled: Vec::new(),
            doubtful: Vec::new(),
            through: None,
            around: Vec::new(),
        }
    }

    pub fn ops(&mut self, ops: &[Op], state: &mut State) {
        for op in ops {
            let Some(now) = state else { return };
            match op {
                Op::Use(used) => {
                    self.used(used, now);
                    if let Some(through) = &mut self.through {
                        through.join(now);
                    }
                }
                Op::Branch(ways) => {
                    let before = now.clone();
                    *state = None;
                    for way in ways {
                        let mut end = Some(before.clone());
                        self.ops(way, &mut end);
                        join(state, end);
                    }
                }
                Op::Block(number, body) => {
                    self.around.push((*number, None, None));
                    self.ops(body, state);
                    let (_, left, _) = self.around.pop().expect("pushed above");
                    join(state, left);
                }
                Op::Loop(number, body) => self.repeat(*number, body, state),
                Op::Break(number) => self.leave(*number, state.take(), true),
                Op::Continue(number) => self.leave(*number, state.take(), false),
                Op::Jump(block) => self.edges.extend(state.take().map(|s| (*block, s))),
                Op::Leave => *state = None,
                Op::End => {}
            }
        }
    }

    /// A loop is left by what breaks out of it and by nothing else.
    fn repeat(&mut self, number: u32, body: &[Op], state: &mut State) {
        let mut start = state.take();
        loop {
            self.around.push((number, None, None));
            let mut end = start.clone();
            self.ops(body, &mut end);
            let (_, left, again) = self.around.pop().expect("pushed above");
            let before = start.clone();
            join(&mut start, end);
            join(&mut start, again);
            if start == before {
                *state = left;
                return;
            }
        }
    }

    fn leave(&mut self, number: u32, state: State, breaks: bool) {
        let around = self.around.iter_mut().rev().find(|(n, ..)| *n == number);
        let Some((_, left, again)) = around else {
            return;
        };
        join(if breaks { left } else { again }, state);
    }

    fn used(&mut self, used: &Use, state: &mut Fillings) {
        let local = used.local;
        let fill = match used.what {
            What::Filled | What::Mention(MentionKind::Assign, _) => {
                self.filled.push((local, state.clone()));
                Fill::FULL
            }
            What::Ended => return state.end(local),
            What::Fresh => Fill::FRESH,
            What::Mention(MentionKind::Value | MentionKind::Capture, _) => Fill::MOVED,
            What::Mention(MentionKind::Receiver, id) | What::Inside(id)
                if self.asked.contains(&id) =>
            {
                match self.consumed.contains(&id) {
                    true => Fill::MOVED,
                    false => state.get(local).or(Fill::MOVED),
                }
            }
            What::Fields(id, bits) => {
                let perhaps = state.get(local).or(Fill::PERHAPS);
                match self.asked.contains(&id) {
                    true => perhaps.without(bits, 0),
                    false => perhaps,
                }
            }
            What::Lost(_, some, all) => state.get(local).without(some, all),
            What::Received(id, bits) if self.asked.contains(&id) => {
                state.get(local).without(bits, 0)
            }
            What::Operated(id, bits) if self.asked.contains(&id) => {
                state.get(local).without(bits, bits)
            }
            What::InMacro(id, bits) => {
                if state.get(local).may_lack(u64::MAX) {
                    let named = state.get(local).may_lack(bits);
                    self.doubtful.push((id, named.then_some(bits)));
                }
                return;
            }
            What::Doubted => state.get(local).doubted(),
            What::Back(_, bits) => state.get(local).with(bits),
            What::Mention(..) | What::Received(..) | What::Operated(..) | What::Inside(_) => {
                return;
            }
        };
        state.set(local, fill);
    }
}

fn join(state: &mut State, other: State) {
    match (state.as_mut(), other) {
        (_, None) => {}
        (None, other) => *state = other,
        (Some(state), Some(other)) => {
            state.join(&other);
        }
    }
}
