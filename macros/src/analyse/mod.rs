//! Cfg -> Facts: which locals a suspension holds, which have a value there, and who is still
//! mentioned.
//!
//! The facts err on the side that rustc or a stored flag then corrects: a local is *held* unless
//! it is certainly empty, *empty* or *full* only where every path agrees, and *mentioned later*
//! only where a path to the mention exists, so that the twin has proved it full there.

mod collect;
mod context;
mod ending;
mod flow;
mod jumps;
mod later;
mod lent;
mod liveness;
mod ops;
mod run;
mod spent;
mod uses;

use crate::body::{Body, LocalId, MentionId};
use crate::cfg::*;
use crate::diagnostics::Diagnostics;
use crate::hash::{HashMap, HashSet};
use crate::parts::Parts;
use collect::Patterns;
use spent::{AllSpent, Calls, Known};

pub use context::Context;
pub use flow::{Beside, Fill, Fills};
pub use lent::use_in_place;
pub use spent::Spent;

/// Where a local is stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Storage {
    /// An ordinary Rust local of one block.
    Plain,
    /// Room on the stack of a poll: several blocks see it, no suspension holds it.
    Stack,
    /// A field of every state that holds it.
    Held,
}

pub struct Facts {
    pub reachable: HashSet<BlockId>,
    storage: HashMap<LocalId, Storage>,
    /// The locals that code does something with, and does come to.
    used: HashSet<LocalId>,
    /// Per suspension: what it holds, oldest first, and how full each is.
    pub held: Vec<Vec<(LocalId, Fill)>>,
    /// Per held local: the held locals that may have a value when it gets its own.
    pub beside: Beside,
    /// Last mentions that may consume their local, as rustc is asked to say.
    pub asked: HashSet<MentionId>,
    /// The held locals that are held shorter if calls consume them.
    pub spent: AllSpent,
    /// What may leave each local by itself.
    pub parts: Parts,
    /// Mentions in unknown macros, of locals of which something may be gone; the parts that they name, if these may be.
    pub doubtful: HashMap<MentionId, Option<u64>>,
    /// What is in scope where a block begins, by declaration.
    in_scope: HashMap<BlockId, Vec<LocalId>>,
}

impl Facts {
    pub fn storage(&self, local: LocalId) -> Storage {
        self.storage.get(&local).copied().unwrap_or(Storage::Plain)
    }

    pub fn in_scope(&self, block: BlockId) -> Vec<LocalId> {
        self.in_scope.get(&block).cloned().unwrap_or_default()
    }

    /// What is known of a local that is held shorter if calls consume it.
    pub fn spent(&self, local: LocalId) -> Option<&Spent> {
        self.spent.locals.get(&local)
    }

    /// Whether it ever has a value, or a type at least. (If not, control leaves before.)
    pub fn is_used(&self, local: LocalId) -> bool {
        self.used.contains(&local)
    }

    pub fn is_slot(&self, local: LocalId) -> bool {
        self.storage(local) != Storage::Plain
    }
}

pub fn analyse(cfg: &Cfg, body: &Body, sink: &mut Diagnostics) -> Facts {
    let reachable = reachable(cfg);
    let nothing = Parts::default();
    let without = Context {
        body,
        parts: &nothing,
        doubted: &[],
    };
    let live = liveness::Liveness::of(cfg, &without, &reachable);
    let patterns = Patterns::of(cfg, body);
    let mut asked = live.last_mentions(cfg, &without, &reachable);
    // Else a flag would be kept of what is always there.
    let plain = |id: &MentionId| body.local(body.mention(*id).local).plain_data;
    asked.retain(|id| !patterns.in_place.contains(id) && !plain(id));
    let parts = collect::parts(&patterns, body, &asked, sink);
    let doubted = live.doubted(cfg, &without, &reachable);
    let context = Context {
        body,
        parts: &parts,
        doubted: &doubted,
    };
    let fills = Fills::of(cfg, &context, &reachable, (&asked, &patterns.consuming));
    let mut doubtful = fills.doubtful.clone();
    for (index, mention) in body.mentions.iter().enumerate() {
        if mention.in_local_macro {
            let named = parts.overlapping(mention.local, &mention.path);
            doubtful.insert(MentionId(index as u32), Some(named));
        }
    }
    let calls = Calls {
        asked: &asked,
        asking: &patterns.calls,
        consuming: &patterns.consuming,
        assigning: &patterns.assigning,
    };
    let by_name = never_borrowed(body, &calls);
    let mut held = vec![Vec::new(); cfg.suspensions.len()];
    for (from, suspension, goes_on) in suspensions(cfg, &reachable) {
        let scope = &cfg.suspension(suspension).in_scope;
        let full = scope.iter().filter_map(|&local| {
            let mut goes_on = goes_on.iter();
            let later = goes_on.any(|block| live.at_start(*block).contains(&local));
            let fill = fills.at(from).get(local);
            let fill = if later && fill.is_moved_or_full() {
                fill.proved_full()
            } else {
                fill
            };
            let gone = fill.is_fresh() || (fill.is_empty() && !later && by_name.contains(&local));
            (!gone).then_some((local, fill))
        });
        held[suspension.0 as usize] = full.collect();
    }
    let known = Known {
        cfg,
        context: &context,
        reachable: &reachable,
        live: &live,
        calls: &calls,
        by_name: &by_name,
    };
    let spent = spent::spent(&known, &mut held);
    let used = used(cfg, &context, &reachable);
    let storage = storages(cfg, &context, (&reachable, &used), &held);
    let empty = |local: LocalId| by_name.contains(&local);
    let beside = fills.beside(cfg, &context, &reachable, &live, &empty);
    let in_scope = reachable.iter().map(|&block| {
        let scope = fills.in_scope(block);
        let declared = cfg.declared.iter().copied();
        (block, declared.filter(|l| scope.contains(l)).collect())
    });
    let in_scope = in_scope.collect();
    Facts {
        reachable,
        storage,
        used,
        held,
        beside,
        spent,
        asked,
        doubtful,
        parts,
        in_scope,
    }
}

/// Where a state is entered from.
#[derive(Clone, Copy)]
enum From {
    End(BlockId),
    Start(BlockId),
}

/// The suspensions that control comes to, with what is before them and behind.
fn suspensions(cfg: &Cfg, reachable: &HashSet<BlockId>) -> Vec<(From, SuspensionId, Vec<BlockId>)> {
    let ids = (0..cfg.blocks.len() as u32).map(BlockId);
    let ends =
        ids.filter(|id| reachable.contains(id))
            .filter_map(|id| match &cfg.block(id).terminator {
                Terminator::Suspend { suspension, .. } => Some((
                    From::End(id),
                    *suspension,
                    cfg.block(id).terminator.successors(),
                )),
                _ => None,
            });
    let all = (0..cfg.suspensions.len() as u32).map(SuspensionId);
    let clean_up = all.filter_map(|id| {
        let block = cfg.clean_up(id).filter(|block| reachable.contains(block))?;
        Some((From::Start(block), id, vec![block]))
    });
    ends.chain(clean_up).collect()
}

pub fn successors(cfg: &Cfg, id: BlockId) -> Vec<BlockId> {
    let mut found = cfg.block(id).terminator.successors();
    found.extend(jumps(cfg, id));
    found.extend(cfg.unwinds_to(id));
    found
}

/// Where control goes from inside a block's statements.
pub fn jumps(cfg: &Cfg, id: BlockId) -> Vec<BlockId> {
    if !cfg.jumps {
        return Vec::new();
    }
    let block = cfg.block(id);
    let mut found = Vec::new();
    block
        .statements
        .iter()
        .for_each(|s| found.extend(jumps::of_statement(s)));
    found.extend(jumps::of_terminator(&block.terminator));
    found
}

fn reachable(cfg: &Cfg) -> HashSet<BlockId> {
    let mut found = HashSet::from_iter([START]);
    let mut todo = vec![START];
    while let Some(block) = todo.pop() {
        todo.extend(
            successors(cfg, block)
                .into_iter()
                .filter(|next| found.insert(*next)),
        );
    }
    found
}

/// Locals that are only ever moved, assigned or read by name: no borrow of them can be left.
fn never_borrowed(body: &Body, calls: &Calls<'_>) -> HashSet<LocalId> {
    let all = (0..body.locals.len() as u32).map(LocalId);
    let mut locals: HashSet<_> = all.collect();
    for (index, mention) in body.mentions.iter().enumerate() {
        if !calls.leaves_no_borrow(MentionId(index as u32), mention) {
            locals.remove(&mention.local);
        }
    }
    locals
}

/// A local that more than one block sees is no ordinary Rust local.
fn storages(
    cfg: &Cfg,
    context: &Context<'_>,
    (reachable, used): (&HashSet<BlockId>, &HashSet<LocalId>),
    held: &[Vec<(LocalId, Fill)>],
) -> HashMap<LocalId, Storage> {
    let slots = cfg.slots.intersection(used);
    let mut storage: HashMap<_, _> = slots.map(|l| (*l, Storage::Stack)).collect();
    let mut seen_in: HashMap<LocalId, BlockId> = HashMap::default();
    for index in 0..cfg.blocks.len() as u32 {
        let id = BlockId(index);
        if !reachable.contains(&id) || cfg.block(id).landing {
            continue;
        }
        let locals = uses::locals_of(cfg.block(id), context);
        for local in locals.into_iter().filter(|local| used.contains(local)) {
            if *seen_in.entry(local).or_insert(id) != id {
                storage.insert(local, Storage::Stack);
            }
        }
    }
    // The bindings of one pattern are stored alike.
    for block in &cfg.blocks {
        for statement in &block.statements {
            if let Statement::Let(l) = statement
                && l.bindings.iter().any(|b| storage.contains_key(b))
            {
                storage.extend(l.bindings.iter().map(|b| (*b, Storage::Stack)));
            }
        }
    }
    for (local, _) in held.iter().flatten() {
        storage.insert(*local, Storage::Held);
    }
    let arguments = context.body.arguments.len() as u32;
    storage.extend((0..arguments).map(|i| (LocalId(i), Storage::Held)));
    storage
}

/// The locals that blocks do something with before they end. What never gets a value has no type either, unless that is
/// written.
fn used(cfg: &Cfg, context: &Context<'_>, reachable: &HashSet<BlockId>) -> HashSet<LocalId> {
    let mut locals = HashSet::default();
    for block in reachable.iter().map(|id| cfg.block(*id)) {
        let mut note = |used: &ops::Use| {
            if !matches!(used.what, ops::What::Ended | ops::What::Doubted) {
                locals.insert(used.local);
            }
        };
        for statement in &block.statements {
            if !matches!(statement, Statement::Uninit(_, _, None)) {
                ops::each_use(&uses::of_statement(statement, context), &mut note);
            }
        }
        ops::each_use(&uses::of_terminator(&block.terminator, context), &mut note);
        if let Terminator::Match(m) = &block.terminator {
            locals.extend(m.arms.iter().flat_map(|arm| arm.bindings.iter().copied()));
        }
    }
    locals
}
