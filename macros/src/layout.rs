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
use conflicts::Conflicts;

mod conflicts;
mod flatten;
mod narrow;
mod set;

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
    /// A local; one that calls may consume, if they do.
    Local(LocalId),
    /// Such a local, if they don't.
    Kept(LocalId),
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

/// What is guessed of the sizes of items.
struct Likely<'a> {
    /// How many bytes, if they are fewer than a word's.
    bytes: &'a narrow::Bytes<'a>,
    /// Of a future, what makes it: what is made alike is of one size.
    made_by: &'a dyn Fn(Item) -> Option<&'a str>,
}

impl Variant {
    /// What the state has room for there, the future apart.
    pub fn items(&self, facts: &Facts) -> Vec<Item> {
        let items = self.held.iter().flat_map(|(local, _)| {
            let gone = |item: &Item| match (item, facts.spent(*local)) {
                (Item::Local(_), Some(spent)) => !spent.held.contains_key(&self.suspension),
                _ => false,
            };
            items_of(facts, *local)
                .into_iter()
                .filter(move |item| !gone(item))
        });
        items.collect()
    }
}

/// What the state has room for of a local.
pub fn items_of(facts: &Facts, local: LocalId) -> Vec<Item> {
    match facts.spent(local) {
        None => vec![Item::Local(local)],
        Some(spent) if spent.held.is_empty() => vec![Item::Kept(local)],
        Some(_) => vec![Item::Local(local), Item::Kept(local)],
    }
}

impl Layout {
    /// How many bytes of flags the state has.
    pub fn flag_bytes(&self) -> usize {
        bytes_of_flags(&self.variants)
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
    let likely = Likely {
        bytes: &|item| match item {
            Item::Local(local) | Item::Kept(local) => body.local(local).bytes,
            Item::Future(_) => None,
        },
        made_by: &|item| match item {
            Item::Local(_) | Item::Kept(_) => None,
            Item::Future(suspension) => cfg.suspension(suspension).made_by.as_deref(),
        },
    };
    let root = Conflicts::of(cfg, facts, &variants, &arguments, &fields)
        .rooms(1 + bytes_of_flags(&variants) as u32, &likely);
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

fn bytes_of_flags(variants: &[Variant]) -> usize {
    let flags = variants.iter().flat_map(|v| &v.flags);
    let bytes = flags.map(|(_, flag)| match flag {
        Flag::Bit(byte, _) => byte + 1,
        Flag::Parts(byte, width) => byte + width,
    });
    bytes.max().unwrap_or(0)
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
