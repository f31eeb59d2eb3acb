//! Cfg -> the locals that suspensions hold no longer if the calls that rustc is asked about consume them.
//!
//! Of `let request = get(url); let request = request.header(..); request.send().await` nothing is held, as far as rustc says
//! that each call is by value. That is known by type alone, so by type a state has one of two rooms for such a local: one
//! among what is beside it if it is consumed, and one among what is beside it if it is not (`At::or_kept`). Where nothing
//! holds it if it is consumed, the first is on the stack (`At::lodge`).

use super::context::Context;
use super::flow::{Beside, Fill, Fills};
use super::liveness::Liveness;
use super::suspensions;
use crate::body::{LocalId, Mention, MentionId, MentionKind};
use crate::cfg::*;
use crate::hash::{HashMap, HashSet};

/// What is known of mentions.
pub struct Calls<'a> {
    /// Those whose local is not mentioned again.
    pub asked: &'a HashSet<MentionId>,
    /// Receivers and callees of which rustc can be asked whether the call consumes them.
    pub asking: &'a HashSet<MentionId>,
    /// Those that certainly do.
    pub consuming: &'a HashSet<MentionId>,
    /// Those that are not asked after all, since an argument assigns the local.
    pub assigning: &'a HashSet<MentionId>,
}

impl Calls<'_> {
    /// By such a mention the local leaves, gets another value, or is read and no more: no borrow of it is left.
    pub fn leaves_no_borrow(&self, id: MentionId, mention: &Mention) -> bool {
        match mention.kind {
            _ if mention.in_local_macro => false,
            _ if mention.read => true,
            MentionKind::Value | MentionKind::Assign => !mention.in_closure,
            MentionKind::Capture => mention.is_taken(),
            MentionKind::Receiver => {
                self.consuming.contains(&id) && self.asked.contains(&id) && !mention.in_closure
            }
            MentionKind::Place | MentionKind::Scrutinee => false,
        }
    }

    /// Rustc is asked whether it leaves.
    fn is_asked(&self, id: MentionId, mention: &Mention) -> bool {
        mention.kind == MentionKind::Receiver
            && mention.field.is_none()
            && !mention.in_closure
            && !mention.in_local_macro
            && self.asked.contains(&id)
            && self.asking.contains(&id)
            && !self.assigning.contains(&id)
    }
}

/// A local that calls consume, or borrow, as their types say.
pub struct Spent {
    /// The calls that are asked about.
    pub calls: Vec<MentionId>,
    /// What suspensions hold of it if all of these calls consume it, and how full it is there.
    pub held: HashMap<SuspensionId, Fill>,
}

/// The locals of which some suspension holds nothing if calls consume them, and which locals are beside which then.
#[derive(Default)]
pub struct AllSpent {
    pub locals: HashMap<LocalId, Spent>,
    pub beside: Beside,
}

/// What is known of the graph.
pub struct Known<'a> {
    pub cfg: &'a Cfg,
    pub context: &'a Context<'a>,
    pub reachable: &'a HashSet<BlockId>,
    pub live: &'a Liveness,
    pub calls: &'a Calls<'a>,
    /// Locals of which no borrow can be left.
    pub by_name: &'a HashSet<LocalId>,
}

/// Finds them, and says in `held` what suspensions hold if the calls borrow.
pub fn spent(known: &Known<'_>, held: &mut [Vec<(LocalId, Fill)>]) -> AllSpent {
    let Known {
        cfg,
        context,
        reachable,
        live,
        calls,
        by_name,
    } = *known;
    let mut locals = candidates(context, calls, held);
    if locals.is_empty() {
        return AllSpent::default();
    }
    let consumed = locals.values().flat_map(|spent| &spent.calls);
    let consumed = consumed.chain(calls.consuming).copied().collect();
    let fills = Fills::of(cfg, context, reachable, (calls.asked, &consumed));
    let mut sooner = HashSet::default();
    for (from, suspension, goes_on) in suspensions(cfg, reachable) {
        for (local, _) in &held[suspension.0 as usize] {
            let Some(spent) = locals.get_mut(local) else {
                continue;
            };
            let fill = fills.at(from).get(*local);
            let mut goes_on = goes_on.iter();
            let later = goes_on.any(|block| live.at_start(*block).contains(local));
            if !later && fill.is_empty() {
                sooner.insert(*local);
            } else if later && fill.is_moved_or_full() {
                // Mentioned again by proof: it is `Copy`, and stays.
                locals.remove(local);
            } else {
                spent.held.insert(suspension, fill);
            }
        }
    }
    locals.retain(|local, _| sooner.contains(local));
    borrowed(known, &locals, held);
    let empty = |local: LocalId| by_name.contains(&local) || locals.contains_key(&local);
    let beside = fills.beside(cfg, context, reachable, live, &empty);
    AllSpent { locals, beside }
}

/// What suspensions hold if the one call borrows: then no flag has to say it.
fn borrowed(
    known: &Known<'_>,
    locals: &HashMap<LocalId, Spent>,
    held: &mut [Vec<(LocalId, Fill)>],
) {
    let single = locals.values().filter(|spent| spent.calls.len() == 1);
    let single: HashSet<_> = single.flat_map(|spent| &spent.calls).collect();
    let asked = known.calls.asked.iter().filter(|id| !single.contains(id));
    let asked = asked.copied().collect();
    let consuming = known.calls.consuming;
    let fills = Fills::of(
        known.cfg,
        known.context,
        known.reachable,
        (&asked, consuming),
    );
    for (from, suspension, _) in suspensions(known.cfg, known.reachable) {
        for (local, fill) in &mut held[suspension.0 as usize] {
            let spent = locals
                .get(local)
                .filter(|spent| single.contains(&spent.calls[0]));
            let Some(spent) = spent else { continue };
            let else_held = spent.held.get(&suspension);
            let borrowed = fills.at(from).get(*local);
            if !borrowed.needs_flag() && else_held.is_none_or(|fill| !fill.needs_flag()) {
                *fill = borrowed;
            }
        }
    }
}

/// The held locals that are mentioned by name and in such calls, and in no other way.
fn candidates(
    context: &Context<'_>,
    calls: &Calls<'_>,
    held: &[Vec<(LocalId, Fill)>],
) -> HashMap<LocalId, Spent> {
    let body = context.body;
    let is_candidate = |local: &LocalId| {
        let about = body.local(*local);
        let known = about.plain_data || about.closure.is_some();
        let elsewhere = about.in_local_macro || about.seen;
        let is_argument = (local.0 as usize) < body.arguments.len();
        !known && !elsewhere && !is_argument && context.parts.of(*local).is_empty()
    };
    let held = held.iter().flatten().map(|(local, _)| *local);
    let held = held.filter(is_candidate).map(|local| {
        let (calls, held) = (Vec::new(), HashMap::default());
        (local, Spent { calls, held })
    });
    let mut found: HashMap<LocalId, Spent> = held.collect();
    for (index, mention) in body.mentions.iter().enumerate() {
        let id = MentionId(index as u32);
        if calls.leaves_no_borrow(id, mention) {
            continue;
        }
        match found.get_mut(&mention.local) {
            Some(spent) if calls.is_asked(id, mention) => spent.calls.push(id),
            _ => {
                found.remove(&mention.local);
            }
        }
    }
    found.retain(|_, spent| !spent.calls.is_empty());
    found
}
