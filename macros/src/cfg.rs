//! Data: the body as a control-flow graph.
//!
//! Only what has to do with a suspension becomes graph; every other statement stays opaque, as
//! the user wrote it but for the placeholders of [`crate::body`]. A suspension is one kind of
//! terminator, whatever is waited for, and has a cancel edge: it leads to clean-up, or else leaves the
//! function, dropping what is in scope, newest first.

use crate::body::LocalId;
use crate::hash::HashSet;
use crate::spans::Place;
use proc_macro2::Span;
use syn::{Expr, Pat, Stmt, Type};

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct BlockId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SuspensionId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ScopeId(pub u32);

/// A part of the text that sees items of its own: a block with items, or what follows a `macro_rules!`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct RegionId(pub u32);

/// The start of the graph: what an unresumed machine runs first.
pub const START: BlockId = BlockId(0);

#[derive(Default)]
pub struct Cfg {
    pub blocks: Vec<Block>,
    pub suspensions: Vec<Suspension>,
    /// The locals that the graph declares, in order of declaration; arguments first.
    pub declared: Vec<LocalId>,
    /// Arguments, each followed by what its pattern binds: in this order they are declared, as far
    /// as drops can tell, though all arguments are stored before.
    pub first_guards: Vec<LocalId>,
    /// Locals that lowering already knows not to be ordinary Rust locals.
    pub slots: HashSet<LocalId>,
    /// Parts of the text with items of their own; first the whole body.
    pub regions: Vec<Region>,
    pub scopes: u32,
    /// Whether any statement jumps to another block from its inside.
    pub jumps: bool,
    /// Whether a panic in clean-up leads to other clean-up, also if nobody has cancelled.
    pub unwinds: bool,
}

pub struct Region {
    pub around: Option<RegionId>,
    pub items: Vec<syn::Item>,
}

pub struct Block {
    /// What its code sees.
    pub region: RegionId,
    pub statements: Vec<Statement>,
    pub terminator: Terminator,
    /// On the way out of opaque code: that code's own locals are gone already.
    pub landing: bool,
    /// The clean-up that a panic leads to, on the way out by cancellation.
    pub unwinds: Option<SuspensionId>,
}

pub enum Statement {
    /// Runs as written.
    Opaque(Stmt),
    /// `let PATTERN: TY = VALUE else DIVERGE;`, the value being an rvalue.
    Let(Box<Let>),
    /// `let x;`: in scope, without a value.
    Uninit(ScopeId, LocalId, Option<Type>),
    /// The compiler's own `let`, or one branch's way to give a local its value.
    Init(LocalId, Expr),
    /// A scope ends: its locals, newest first.
    End(ScopeId, Vec<LocalId>),
    /// A value, for a local or dropped, whose temporaries outlive some locals.
    Outlived(Option<LocalId>, Expr, Outlived),
}

/// What ends before the temporaries of a tail do, before edition 2024.
pub struct Outlived {
    /// Newest first.
    pub locals: Vec<LocalId>,
    /// A block of that edition.
    pub block: Span,
}

pub struct Let {
    /// The scope whose end ends the bindings.
    pub scope: ScopeId,
    pub pattern: Pat,
    pub ty: Option<Type>,
    pub value: Expr,
    pub diverge: Option<Expr>,
    pub bindings: Vec<LocalId>,
    /// From `let` to the semicolon, if the user wrote them.
    pub place: Option<Place>,
}

pub enum Terminator {
    Goto(BlockId),
    /// `if CONDITION`.
    Branch {
        condition: Expr,
        then: BlockId,
        otherwise: BlockId,
    },
    /// A `match` whose arms are blocks.
    Match(Match),
    /// The one kind of suspension.
    Suspend {
        suspension: SuspensionId,
        operand: Expr,
        resume: BlockId,
        /// Where clean-up after a cancellation begins, if there is some.
        cancel: Option<BlockId>,
    },
    /// Left by a cancellation.
    Cancelled,
    /// The function's value, and the locals that its temporaries outlive.
    Complete(Expr, Option<Outlived>),
    /// Control does not come here.
    Unreachable,
}

pub struct Match {
    pub scrutinee: Expr,
    pub source: Source,
    pub arms: Vec<Arm>,
}

/// Where a match finds what it takes apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// A value that every arm takes whole: nothing is left of it.
    Value,
    /// A local, or a part of it: what an arm leaves of it is dropped at the local's end.
    Local(LocalId),
    /// Any other place: an arm borrows or copies from it.
    Place,
}

pub struct Arm {
    pub pattern: Pat,
    pub guard: Option<Expr>,
    /// What gets a value: the pattern's bindings, or, of an arm that leads to its guard, what that sees of them.
    pub bindings: Vec<LocalId>,
    /// Nothing is moved: the arm leads to its guard, which has a block of its own.
    pub looks: bool,
    pub target: BlockId,
}

pub struct Suspension {
    pub kind: SuspensionKind,
    /// What is waited for, as written: `stream.read(&mut buf)`.
    pub text: String,
    /// A word for the variant: `Read`.
    pub name: String,
    /// What makes the future, as far as its size may depend on that.
    pub made_by: Option<String>,
    /// Of an await, its word.
    pub span: Span,
    /// The locals in scope, oldest first.
    pub in_scope: Vec<LocalId>,
    /// A cancellation waits for it: it is one of clean-up.
    pub shielded: bool,
    /// It stands on the way out by cancellation.
    pub cancelling: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SuspensionKind {
    /// `operand.await`: polls a child, which a cancellation goes to first.
    Await,
    /// `yield_!(operand)`: hands a value out; nothing is waited for.
    Yield,
    /// No suspension, but where clean-up begins: after a panic a cancellation goes on in this block, with what its
    /// state holds.
    CleanUp(BlockId),
}

impl Cfg {
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }

    pub fn suspension(&self, id: SuspensionId) -> &Suspension {
        &self.suspensions[id.0 as usize]
    }

    /// Where clean-up begins.
    pub fn clean_up(&self, id: SuspensionId) -> Option<BlockId> {
        match self.suspension(id).kind {
            SuspensionKind::CleanUp(block) => Some(block),
            _ => None,
        }
    }

    /// The blocks that a suspension is left for: when it is over, and when it is cancelled.
    pub fn left_for(&self, id: SuspensionId) -> Option<(BlockId, Option<BlockId>)> {
        self.blocks.iter().find_map(|block| match block.terminator {
            Terminator::Suspend {
                suspension,
                resume,
                cancel,
                ..
            } if suspension == id => Some((resume, cancel)),
            _ => None,
        })
    }

    /// Where a panic in a block leads, but out of the function.
    pub fn unwinds_to(&self, block: BlockId) -> Option<BlockId> {
        self.block(block).unwinds.and_then(|id| self.clean_up(id))
    }

    /// Whether it is where clean-up begins.
    pub fn unwinds_to_block(&self, block: BlockId) -> bool {
        let mut all = self.suspensions.iter();
        all.any(|s| s.kind == SuspensionKind::CleanUp(block))
    }

    /// Whether a cancellation has something to run.
    pub fn cleans_up(&self) -> bool {
        let mut all = self.suspensions.iter();
        all.any(|s| matches!(s.kind, SuspensionKind::CleanUp(_)) || s.shielded)
    }
}

impl Suspension {
    /// As the user wrote it.
    pub fn shown(&self) -> String {
        match self.kind {
            // It is no expression that is awaited, but waits itself.
            SuspensionKind::Await if self.text.starts_with("select! {") => self.text.clone(),
            SuspensionKind::Await => format!("{}.await", self.text),
            SuspensionKind::Yield => format!("yield_!({})", self.text),
            SuspensionKind::CleanUp(_) => String::new(),
        }
    }
}

impl Match {
    /// Whether it has one arm, which always matches.
    pub fn always(&self) -> bool {
        self.arms.len() == 1 && self.arms[0].guard.is_none()
    }
}

impl Terminator {
    pub fn successors(&self) -> Vec<BlockId> {
        match self {
            Terminator::Goto(to) => vec![*to],
            Terminator::Branch {
                then, otherwise, ..
            } => vec![*then, *otherwise],
            Terminator::Match(m) => m.arms.iter().map(|arm| arm.target).collect(),
            Terminator::Suspend { resume, cancel, .. } => {
                [*resume].into_iter().chain(*cancel).collect()
            }
            Terminator::Complete(..) | Terminator::Cancelled | Terminator::Unreachable => {
                Vec::new()
            }
        }
    }
}
