//! Which locals lie further out than where they share room, because nothing would be in that room meanwhile.
//!
//! `let a = read().await; let b = read().await; ..`: `a` could share room with the first future, which is gone when there is an `a`.
//! But the second future lies beside `a` and is as large as the first, so that the state is no larger if `a` has bytes of its own.
//! There it lies among all others, which rustc puts in the order that pads least, while a struct within a
//! union begins and ends at a multiple of its alignment. And each such struct is a type that a reader and rustc are spared.

use super::conflicts::Conflicts;
use super::set::Set;
use super::{Item, Likely, Room};
use crate::hash::HashSet;

impl Conflicts {
    /// The same items with as many as cost nothing moved out of the rooms that they share.
    pub fn flattened(&self, room: Room, likely: &Likely<'_>) -> Room {
        if room.shared.iter().all(Room::is_single) {
            return room;
        }
        let inner = self.indices(room.shared.iter());
        let mut states = self.largest(&Set::of(&inner, self.items.len()), likely);
        let deeper = room.shared.iter().filter(|below| !below.is_single());
        let deeper = self.indices(deeper);
        let mut free = Vec::new();
        for item in deeper {
            if !matches!(self.items[item], Item::Future(_)) && self.is_free(item, &states, likely) {
                states.iter_mut().for_each(|state| state.insert(item));
                free.push(item);
            }
        }
        self.without(room, inner, &free, likely)
    }

    /// The room with these moved out of what it shares; and then what it shares, likewise.
    fn without(
        &self,
        mut room: Room,
        inner: Vec<usize>,
        free: &[usize],
        likely: &Likely<'_>,
    ) -> Room {
        if !free.is_empty() {
            let rest = inner.into_iter().filter(|item| !free.contains(item));
            let rest = self.room(rest.collect());
            room.fields.extend(rest.fields);
            room.fields
                .extend(free.iter().map(|item| self.items[*item]));
            room.fields.sort();
            room.shared = rest.shared;
        }
        let shared = std::mem::take(&mut room.shared).into_iter();
        room.shared = shared.map(|room| self.flattened(room, likely)).collect();
        room
    }

    /// What is in these rooms, in order.
    fn indices<'r>(&self, rooms: impl Iterator<Item = &'r Room>) -> Vec<usize> {
        let items: HashSet<_> = rooms.flat_map(Room::items).collect();
        let all = self.items.iter().enumerate();
        let found = all.filter(|(_, item)| items.contains(item));
        found.map(|(index, _)| index).collect()
    }

    /// The states, as far as they hold these items, but for those that are no larger than another.
    fn largest(&self, items: &Set, likely: &Likely<'_>) -> Vec<Set> {
        let mut largest: Vec<Set> = Vec::new();
        for state in self.states.iter().map(|state| state.both(items)) {
            if !largest
                .iter()
                .any(|other| self.is_within(&state, other, None, likely))
            {
                largest.retain(|other| !self.is_within(other, &state, None, likely));
                largest.push(state);
            }
        }
        largest
    }

    /// Whether each state that lacks the item has no more in it than one that has it, the item apart.
    fn is_free(&self, item: usize, states: &[Set], likely: &Likely<'_>) -> bool {
        let (with, without): (Vec<_>, Vec<_>) =
            states.iter().partition(|state| state.contains(item));
        !with.is_empty()
            && without.iter().all(|state| {
                with.iter()
                    .any(|other| self.is_within(state, other, Some(item), likely))
            })
    }

    /// Whether there is a place for each item of the one state in the other: its own, or that of what is likely as large and isn't in the one.
    fn is_within(&self, one: &Set, other: &Set, but: Option<usize>, likely: &Likely<'_>) -> bool {
        let left = one.without(other);
        let mut places = other.without(one);
        places.retain(|place| Some(*place) != but);
        if left.len() > places.len() {
            return false;
        }
        let (mut wide, narrow): (Vec<_>, Vec<_>) = left
            .into_iter()
            .partition(|i| (likely.bytes)(self.items[*i]).is_none());
        // What is wide first: what is narrow may have any place.
        wide.extend(narrow);
        wide.into_iter().all(|item| {
            let place = places
                .iter()
                .position(|place| self.has_place(item, *place, likely));
            place.map(|place| places.swap_remove(place)).is_some()
        })
    }

    fn has_place(&self, item: usize, place: usize, likely: &Likely<'_>) -> bool {
        let (item, place) = (self.items[item], self.items[place]);
        match ((likely.bytes)(item), (likely.bytes)(place)) {
            (Some(few), Some(bytes)) => few <= bytes,
            (Some(_), None) => true,
            (None, _) => (likely.made_by)(item)
                .is_some_and(|made_by| (likely.made_by)(place) == Some(made_by)),
        }
    }
}
