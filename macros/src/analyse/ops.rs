//! What opaque code does to locals, with as much of its control flow as matters to them.

use crate::body::{LocalId, MentionId, MentionKind};
use crate::cfg::BlockId;

#[derive(Clone, Copy)]
pub struct Use {
    pub local: LocalId,
    pub what: What,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Mention(MentionKind, MentionId),
    /// Parts leave it: on some path, on all. A field that is read by value, or, without a mention, what a pattern
    /// moves.
    Lost(Option<MentionId>, u64, u64),
    /// A call on a field, or a closure that uses it by value, either of which may consume it.
    Received(MentionId, u64),
    /// An operator's field, which leaves the local if that is not mentioned again.
    Operated(MentionId, u64),
    /// In a macro that nobody knows, and the parts that it may look at.
    InMacro(MentionId, u64),
    /// A field is assigned: these parts are there again.
    Back(MentionId, u64),
    /// A mention in a closure or block that runs later; one that consumes the local takes it where the
    /// closure is made.
    Inside(MentionId),
    /// A `move` closure captures fields, by these parts or copies of them, or of a pointer all of it.
    Fields(MentionId, u64),
    /// Where it has been moved, nothing is proved by that: it is not if the function returns that is called here.
    Doubted,
    /// Gets its value: a `let`, or a marker of the lowering.
    Filled,
    /// In scope without a value.
    Fresh,
    /// Out of scope.
    Ended,
}

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
    /// A call that never returns, by its name. Nothing is known by that: what is mentioned behind it is there if it returns.
    End,
}

pub fn each_use(ops: &[Op], see: &mut dyn FnMut(&Use)) {
    for op in ops {
        match op {
            Op::Use(used) => see(used),
            Op::Branch(ways) => ways.iter().for_each(|way| each_use(way, see)),
            Op::Loop(_, body) | Op::Block(_, body) => each_use(body, see),
            Op::Break(_) | Op::Continue(_) | Op::Jump(_) | Op::Leave | Op::End => {}
        }
    }
}
