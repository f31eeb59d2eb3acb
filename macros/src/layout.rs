//! Cfg, Facts -> Layout: what the state has room for, and what shares it.
//!
//! Everything that is held is an [`Item`] and has one field in one [`Room`], so it has one address in every
//! state that holds it. Two items *conflict* if there may be a moment at which both have a value, or a borrow of
//! both is left; those that don't may lie in the same bytes. A room is a struct: items that conflict with much of
//! the rest are its fields, and what falls apart without them lies in a union. In what order the fields of a
//! struct lie is rustc's to say, which knows their types.

use crate::analyse::{Facts, Fill, Storage};
use crate::body::{Body, LocalId};
use crate::cfg::*;
use crate::hash::HashMap;

pub struct Layout {
    pub root: Room,
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

/// What the state has room for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Item {
    Local(LocalId),
    /// The future that a suspension awaits.
    Future(SuspensionId),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RoomId(pub u32);

/// A struct of the state.
#[derive(Debug, Default)]
pub struct Room {
    pub id: RoomId,
    pub fields: Vec<Item>,
    /// Rooms of which one at most is in use at a time.
    pub shared: Vec<Room>,
}

#[derive(PartialEq, Eq)]
pub struct Variant {
    pub suspension: SuspensionId,
    pub held: Vec<(LocalId, Fill)>,
    /// Locals whose state is stored beside them, each with where that is.
    pub flags: Vec<(LocalId, Flag)>,
}

/// Where a suspension stores how full a local is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flag {
    /// Is there a value, or not? This bit of this byte.
    Bit(usize, u32),
    /// Which parts of it are there? From this byte on, that many.
    Parts(usize, usize),
}

impl Layout {
    /// How many bytes of flags the state has.
    pub fn flag_bytes(&self) -> usize {
        let flags = self.variants.iter().flat_map(|v| &v.flags);
        let bytes = flags.map(|(_, flag)| match flag {
            Flag::Bit(byte, _) => byte + 1,
            Flag::Parts(byte, width) => byte + width,
        });
        bytes.max().unwrap_or(0)
    }
}

impl Room {
    /// Room for one item and nothing else.
    pub fn is_single(&self) -> bool {
        self.fields.len() == 1 && self.shared.is_empty()
    }

    fn number(&mut self, next: &mut u32) {
        self.id = RoomId(*next);
        *next += 1;
        self.shared.iter_mut().for_each(|room| room.number(next));
    }

    /// All that is in it.
    pub fn items(&self) -> Vec<Item> {
        let shared = self.shared.iter().flat_map(Room::items);
        self.fields.iter().copied().chain(shared).collect()
    }
}

pub fn layout(cfg: &Cfg, facts: &Facts, body: &Body) -> Layout {
    let arguments: Vec<_> = (0..body.arguments.len() as u32).map(LocalId).collect();
    let variants: Vec<_> = reached(cfg, facts)
        .into_iter()
        .map(|suspension| {
            let held = facts.held[suspension.0 as usize].clone();
            let flags = flags(&held, facts);
            Variant {
                suspension,
                held,
                flags,
            }
        })
        .collect();
    let held = variants
        .iter()
        .flat_map(|v| &v.held)
        .map(|(local, _)| *local);
    let all: std::collections::BTreeSet<_> = held.chain(arguments.iter().copied()).collect();
    let fields = declared_where(cfg, |l| all.contains(&l));
    let root = Conflicts::of(cfg, facts, &variants, &arguments, &fields).rooms();
    let slot = |l: &LocalId| facts.is_slot(*l);
    let first = cfg.first_guards.iter().copied().filter(slot);
    let others = declared_where(cfg, |l| slot(&l) && !cfg.first_guards.contains(&l));
    Layout {
        root,
        arguments,
        variants,
        stack: declared_where(cfg, |l| {
            facts.storage(l) == Storage::Stack || facts.is_slot(l) && !all.contains(&l)
        }),
        slots: first.chain(others).collect(),
        fields,
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
    let clean_up = (0..cfg.suspensions.len() as u32)
        .map(SuspensionId)
        .filter(|id| {
            let block = cfg.clean_up(*id);
            block.is_some_and(|block| facts.reachable.contains(&block))
        });
    let mut reached: Vec<_> = reached.chain(clean_up).collect();
    // Those that only a cancellation comes to stand last.
    reached.sort_by_key(|id| {
        let is_begun = cfg.clean_up(*id).is_some();
        (is_begun, cfg.suspension(*id).cancelling, *id)
    });
    reached
}

/// Of a local that loses parts, whole bytes say which; of any other, a bit is enough. The bits come first, so that
/// few bytes hold them. What a pattern has bound of a part is known to the code alone that it was bound in, so
/// there the flag says which parts are gone also where that is the same on every way.
fn flags(held: &[(LocalId, Fill)], facts: &Facts) -> Vec<(LocalId, Flag)> {
    let bound = |l: LocalId, gone: u64| {
        let parts = facts.parts.of(l).iter().enumerate();
        parts
            .filter(|(at, _)| gone & (1 << at) != 0)
            .any(|(_, part)| part.is_bound())
    };
    let flagged = held
        .iter()
        .filter(|(l, fill)| fill.needs_flag() || bound(*l, fill.gone()));
    let (parts, bits): (Vec<_>, Vec<_>) =
        flagged.partition(|(l, _)| !facts.parts.of(*l).is_empty());
    let mut next = bits.len().div_ceil(8);
    let bits = bits
        .iter()
        .enumerate()
        .map(|(i, (l, _))| (*l, Flag::Bit(i / 8, i as u32 % 8)));
    let mut flags: Vec<_> = bits.collect();
    for (local, _) in parts {
        let width = flag_bytes(facts, local);
        flags.push((local, Flag::Parts(next, width)));
        next += width;
    }
    flags
}

/// How many bytes say which parts of a local there are.
pub fn flag_bytes(facts: &Facts, local: LocalId) -> usize {
    match facts.parts.of(local).len() {
        0..8 => 1,
        8..16 => 2,
        16..32 => 4,
        _ => 8,
    }
}

/// Which items conflict, as a bit set for each.
struct Conflicts {
    items: Vec<Item>,
    with: Vec<Set>,
}

impl Conflicts {
    fn of(
        cfg: &Cfg,
        facts: &Facts,
        variants: &[Variant],
        arguments: &[LocalId],
        fields: &[LocalId],
    ) -> Self {
        let awaits = variants
            .iter()
            .map(|v| v.suspension)
            .filter(|s| cfg.suspension(*s).kind == SuspensionKind::Await);
        let locals = fields.iter().copied().map(Item::Local);
        let items: Vec<_> = locals.chain(awaits.map(Item::Future)).collect();
        let index: HashMap<_, _> = items
            .iter()
            .enumerate()
            .map(|(i, item)| (*item, i))
            .collect();
        let mut conflicts = Conflicts {
            with: vec![Set::new(items.len()); items.len()],
            items,
        };
        let local = |l: &LocalId| index.get(&Item::Local(*l)).copied();
        conflicts.together(arguments.iter().filter_map(local).collect());
        for variant in variants {
            let held = variant.held.iter().filter_map(|(l, _)| local(l));
            let future = index.get(&Item::Future(variant.suspension)).copied();
            conflicts.together(held.chain(future).collect());
        }
        for (one, others) in &facts.beside {
            let others = others.iter().filter_map(local);
            if let Some(one) = local(one) {
                others.for_each(|other| conflicts.add(one, other));
            }
        }
        conflicts
    }

    fn together(&mut self, items: Vec<usize>) {
        for &one in &items {
            items.iter().for_each(|&other| self.add(one, other));
        }
    }

    fn add(&mut self, one: usize, other: usize) {
        if one != other {
            self.with[one].insert(other);
            self.with[other].insert(one);
        }
    }

    fn rooms(&self) -> Room {
        let mut root = self.room((0..self.items.len()).collect());
        root.number(&mut 0);
        root
    }

    /// Takes out what conflicts with the most until the rest falls apart.
    fn room(&self, mut items: Vec<usize>) -> Room {
        let mut room = Room::default();
        loop {
            let parts = self.parts(&items);
            if parts.len() > 1 {
                room.shared = parts.into_iter().map(|part| self.room(part)).collect();
                break;
            }
            let all = Set::of(&items, self.items.len());
            let most = |i: &usize| (self.with[*i].common(&all), std::cmp::Reverse(*i));
            let Some(next) = items.iter().copied().max_by_key(most) else {
                break;
            };
            room.fields.push(self.items[next]);
            items.retain(|i| *i != next);
        }
        room.fields.sort();
        room
    }

    /// The connected components.
    fn parts(&self, items: &[usize]) -> Vec<Vec<usize>> {
        let mut left = Set::of(items, self.items.len());
        let mut parts = Vec::new();
        for &start in items {
            if !left.take(start) {
                continue;
            }
            let (mut part, mut todo) = (vec![start], vec![start]);
            while let Some(one) = todo.pop() {
                for next in left.drain_common(&self.with[one]) {
                    part.push(next);
                    todo.push(next);
                }
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts
    }
}

/// A set of small numbers.
#[derive(Clone)]
struct Set(Vec<u64>);

impl Set {
    fn new(most: usize) -> Self {
        Set(vec![0; most.div_ceil(64)])
    }

    fn of(items: &[usize], most: usize) -> Self {
        let mut set = Set::new(most);
        items.iter().for_each(|i| set.insert(*i));
        set
    }

    fn insert(&mut self, i: usize) {
        self.0[i / 64] |= 1 << (i % 64);
    }

    fn take(&mut self, i: usize) -> bool {
        let had = self.0[i / 64] & 1 << (i % 64) != 0;
        self.0[i / 64] &= !(1 << (i % 64));
        had
    }

    fn common(&self, other: &Set) -> u32 {
        let words = self.0.iter().zip(&other.0);
        words.map(|(a, b)| (a & b).count_ones()).sum()
    }

    /// Takes out, and gives, what is in both.
    fn drain_common(&mut self, other: &Set) -> Vec<usize> {
        let mut found = Vec::new();
        for (word, (mine, theirs)) in self.0.iter_mut().zip(&other.0).enumerate() {
            let mut both = *mine & theirs;
            *mine &= !both;
            while both != 0 {
                found.push(word * 64 + both.trailing_zeros() as usize);
                both &= both - 1;
            }
        }
        found
    }
}
