//! Cfg, Facts -> Layout: the variants of the state, and their fields in order.
//!
//! A held local has one offset in every variant that holds it: all variants agree on the fields
//! before it. So a variant may have fields that it does not hold (*room*), where another variant
//! holds them and shares a later field. Flags stand last, where nothing is shared.

use crate::analyse::{Facts, Fill, Storage};
use crate::body::{Body, LocalId};
use crate::cfg::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub struct Layout {
    /// All locals of the state, by declaration.
    pub fields: Vec<LocalId>,
    /// The arguments: what an unresumed machine holds.
    pub arguments: Vec<LocalId>,
    /// One per suspension that control comes to, by number.
    pub variants: Vec<Variant>,
    /// Locals on the stack of a poll, by declaration.
    pub stack: Vec<LocalId>,
    /// All slots, held or on the stack, by declaration: the order of their guards.
    pub slots: Vec<LocalId>,
}

pub struct Variant {
    pub suspension: SuspensionId,
    /// Every field, room included.
    pub fields: Vec<LocalId>,
    pub held: Vec<(LocalId, Fill)>,
    /// Locals whose state is stored beside them.
    pub flags: Vec<LocalId>,
}

pub fn layout(cfg: &Cfg, facts: &Facts, body: &Body) -> Layout {
    let order: HashMap<_, _> = cfg
        .declared
        .iter()
        .enumerate()
        .map(|(i, l)| (*l, i))
        .collect();
    let arguments: Vec<_> = (0..body.arguments.len() as u32).map(LocalId).collect();
    let reached = reached(cfg, facts);
    let held = |s: &SuspensionId| facts.held[s.0 as usize].iter().map(|(l, _)| *l);
    let mut sets: Vec<BTreeSet<usize>> = reached
        .iter()
        .map(|s| held(s).map(|l| order[&l]).collect())
        .collect();
    sets.push(arguments.iter().map(|l| order[l]).collect());
    agree(&mut sets, &before(cfg, facts, &order));
    let local = |index: &usize| cfg.declared[*index];
    let all: BTreeSet<usize> = sets.iter().flatten().copied().collect();
    let variants = reached.iter().zip(&sets).map(|(suspension, set)| Variant {
        suspension: *suspension,
        fields: set.iter().map(local).collect(),
        held: facts.held[suspension.0 as usize].clone(),
        flags: flags(&facts.held[suspension.0 as usize]),
    });
    let variants = variants.collect();
    let first = cfg
        .first_guards
        .iter()
        .copied()
        .filter(|l| facts.is_slot(*l));
    let others = declared_where(cfg, |l| facts.is_slot(l) && !cfg.first_guards.contains(&l));
    let slots = first.chain(others).collect();
    Layout {
        fields: all.iter().map(local).collect(),
        arguments,
        variants,
        stack: declared_where(cfg, |l| {
            facts.storage(l) == Storage::Stack || facts.is_slot(l) && !all.contains(&order[&l])
        }),
        slots,
    }
}

fn declared_where(cfg: &Cfg, keep: impl Fn(LocalId) -> bool) -> Vec<LocalId> {
    cfg.declared.iter().copied().filter(|l| keep(*l)).collect()
}

fn reached(cfg: &Cfg, facts: &Facts) -> Vec<SuspensionId> {
    let all = (0..cfg.blocks.len() as u32).map(BlockId);
    let reached =
        all.filter(|b| facts.reachable.contains(b))
            .filter_map(|b| match cfg.block(b).terminator {
                Terminator::Suspend { suspension, .. } => Some(suspension),
                _ => None,
            });
    let mut reached: Vec<_> = reached.collect();
    reached.sort();
    reached
}

fn flags(held: &[(LocalId, Fill)]) -> Vec<LocalId> {
    let flagged = held.iter().filter(|(_, fill)| fill.needs_flag());
    flagged.map(|(l, _)| *l).collect()
}

/// For each held local, the held locals that have to lie before it.
fn before(
    cfg: &Cfg,
    facts: &Facts,
    order: &HashMap<LocalId, usize>,
) -> BTreeMap<usize, BTreeSet<usize>> {
    let held = |l: &LocalId| facts.storage(*l) == Storage::Held;
    let mut before = BTreeMap::new();
    for (index, local) in cfg.declared.iter().enumerate() {
        let beside = facts.beside.get(local).into_iter().flatten();
        let older = beside
            .filter(|l| held(l))
            .map(|l| order[l])
            .filter(|i| *i < index);
        before.insert(index, older.collect());
    }
    before
}

/// Adds room until all variants agree on what lies before each field.
fn agree(sets: &mut [BTreeSet<usize>], before: &BTreeMap<usize, BTreeSet<usize>>) {
    let mut before = before.clone();
    loop {
        let mut changed = false;
        for set in sets.iter_mut() {
            let wanted: BTreeSet<_> = set.iter().flat_map(|i| before[i].iter().copied()).collect();
            changed |= !wanted.is_subset(set);
            set.extend(wanted);
        }
        for set in sets.iter() {
            for field in set {
                let older = set.range(..field).copied();
                let known = before.get_mut(field).expect("every local is there");
                let count = known.len();
                known.extend(older);
                changed |= known.len() > count;
            }
        }
        if !changed {
            return;
        }
    }
}
