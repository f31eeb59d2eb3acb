//! Which items may not lie in the same bytes, and how the others share them.

use super::narrow::beside_the_tag;
use super::set::Set;
use super::{Item, Likely, Room, Variant, items_of};
use crate::analyse::Facts;
use crate::body::LocalId;
use crate::cfg::*;
use crate::hash::{HashMap, HashSet};

/// Which items conflict, as a bit set for each.
pub struct Conflicts {
    pub items: Vec<Item>,
    with: Vec<Set>,
    /// What there is in each state.
    pub states: Vec<Set>,
}

impl Conflicts {
    pub fn of(
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
        let locals = fields.iter().flat_map(|local| items_of(facts, *local));
        let items: Vec<_> = locals.chain(awaits.map(Item::Future)).collect();
        let index: HashMap<_, _> = items
            .iter()
            .enumerate()
            .map(|(i, item)| (*item, i))
            .collect();
        let mut conflicts = Conflicts {
            with: vec![Set::new(items.len()); items.len()],
            states: Vec::new(),
            items,
        };
        let find = |item: Item| index.get(&item).copied();
        let arguments = arguments.iter().map(|l| Item::Local(*l));
        conflicts.together(arguments.filter_map(find).collect());
        for variant in variants {
            let held = variant.items(facts).into_iter();
            let future = [Item::Future(variant.suspension)];
            conflicts.together(held.chain(future).filter_map(find).collect());
        }
        let spent = |item: &Item| matches!(item, Item::Local(l) if facts.spent(*l).is_some());
        for (one, others) in &facts.beside {
            for (one, other) in pairs(facts, *one, others) {
                let kept = [one, other].iter().any(|i| matches!(i, Item::Kept(_)));
                if kept || !spent(&one) && !spent(&other) {
                    conflicts.both(find(one), find(other));
                }
            }
        }
        for (one, others) in &facts.spent.beside {
            for other in others {
                conflicts.both(find(Item::Local(*one)), find(Item::Local(*other)));
            }
        }
        conflicts
    }

    fn both(&mut self, one: Option<usize>, other: Option<usize>) {
        if let (Some(one), Some(other)) = (one, other) {
            self.add(one, other);
        }
    }

    fn together(&mut self, items: Vec<usize>) {
        for &one in &items {
            items.iter().for_each(|&other| self.add(one, other));
        }
        self.states.push(Set::of(&items, self.items.len()));
    }

    fn add(&mut self, one: usize, other: usize) {
        if one != other {
            self.with[one].insert(other);
            self.with[other].insert(one);
        }
    }

    /// All rooms, numbered. The root has so many bytes of tag and flags besides.
    pub fn rooms(&self, tag_and_flags: u32, likely: &Likely<'_>) -> Room {
        let all: Vec<_> = (0..self.items.len()).collect();
        let mut root = self.flattened(self.room(all.clone()), likely);
        let narrow = beside_the_tag(&root, self, tag_and_flags, likely.bytes);
        if !narrow.is_empty() {
            let others = |i: &usize| !narrow.contains(&self.items[*i]);
            let others = self.room(all.into_iter().filter(others).collect());
            root = self.flattened(others, likely);
            root.fields.extend(narrow);
            root.fields.sort();
        }
        root.number(&mut 0);
        root
    }

    /// Whether these may not lie in the same bytes.
    pub fn conflict(&self, one: Item, other: Item) -> bool {
        let index = |item| self.items.iter().position(|i| *i == item);
        let (one, other) = (index(one), index(other));
        one.zip(other)
            .is_some_and(|(one, other)| self.with[one].contains(other))
    }

    /// Takes out what conflicts with the most until the rest falls apart.
    pub fn room(&self, mut items: Vec<usize>) -> Room {
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

/// What there may be of one and of any of the others.
fn pairs(facts: &Facts, one: LocalId, others: &HashSet<LocalId>) -> Vec<(Item, Item)> {
    let others = others.iter().flat_map(|other| items_of(facts, *other));
    let pairs = others.flat_map(|other| {
        items_of(facts, one)
            .into_iter()
            .map(move |one| (one, other))
    });
    pairs.collect()
}
