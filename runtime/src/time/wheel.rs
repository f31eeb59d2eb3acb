//! A hierarchical timing wheel, after Varghese and Lauck: deadlines in order, at a cost that doesn't grow with their number.
//!
//! Input: deadlines with values, in nanoseconds since some origin, and what time it is. Output: the values whose deadlines have
//! passed, earliest first, and of one deadline in the order in which they came. Invariant: an entry's level is that of the
//! highest digit in which its tick differs from the time that was looked at last, and its slot that digit; so all in one level
//! come before all in the next, and a slot's entries move to lower levels when the time enters it. Non-goal:
//! threads.
//!
//! Entries are linked through numbers of places in one vector, not by pointers into futures: so a future may be moved and
//! forgotten, nothing here is unsafe, and after the first few no entry allocates.

/// A slot of the lowest level is so many nanoseconds long, as a power of two: an eighth of a millisecond. Within a slot
/// entries are sorted when it is due, so that the tick can't be seen from outside.
const TICK: u32 = 17;
/// A digit has so many bits.
const DIGIT: u32 = 6;
const SLOTS: usize = 1 << DIGIT;
/// No place.
const NONE: u32 = u32::MAX;
/// A vector of more places than this is given back when there are no entries.
const KEPT: usize = 4096;

/// An entry's name. No other has had it or will.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    id: u64,
    at: u32,
}

pub(super) struct Wheel<T> {
    /// What time was looked at last. Nothing that is earlier is in another slot than the one it is in.
    elapsed: u64,
    /// As many as were needed so far.
    levels: Vec<Level>,
    nodes: Vec<Node<T>>,
    /// The first place that is free. The others follow it.
    free: u32,
    len: usize,
    made: u64,
    /// What is due of one slot, to be sorted.
    due: Vec<(u64, T)>,
}

struct Level {
    /// A bit for each slot that has entries.
    occupied: u64,
    slots: [Slot; SLOTS],
}

#[derive(Clone, Copy)]
struct Slot {
    first: u32,
    last: u32,
    /// Not later than any of its deadlines, and mostly the first of them.
    earliest: u64,
}

const EMPTY: Slot = Slot {
    first: NONE,
    last: NONE,
    earliest: u64::MAX,
};

struct Node<T> {
    deadline: u64,
    /// 0: the place is free.
    id: u64,
    value: Option<T>,
    before: u32,
    after: u32,
    level: u8,
    slot: u8,
}

impl<T> Wheel<T> {
    pub(super) const fn new() -> Self {
        Wheel {
            elapsed: 0,
            levels: Vec::new(),
            nodes: Vec::new(),
            free: NONE,
            len: 0,
            made: 0,
            due: Vec::new(),
        }
    }

    pub(super) fn insert(&mut self, deadline: u64, value: T) -> Key {
        self.made += 1;
        self.len += 1;
        let node = Node {
            deadline,
            id: self.made,
            value: Some(value),
            before: NONE,
            after: NONE,
            level: 0,
            slot: 0,
        };
        let at = self.free;
        let at = if let Some(place) = self.nodes.get_mut(at as usize) {
            self.free = place.after;
            *place = node;
            at
        } else {
            let at = u32::try_from(self.nodes.len()).unwrap_or(NONE);
            assert_ne!(at, NONE, "a runtime has at most 4,294,967,294 timers");
            self.nodes.push(node);
            at
        };
        self.link(at);
        Key { id: self.made, at }
    }

    /// The value of an entry that is still there.
    pub(super) fn get_mut(&mut self, key: Key) -> Option<&mut T> {
        let node = self.nodes.get_mut(key.at as usize)?;
        if node.id == key.id {
            node.value.as_mut()
        } else {
            None
        }
    }

    /// Takes an entry out, if it is still there.
    pub(super) fn remove(&mut self, key: Key) -> Option<T> {
        self.get_mut(key)?;
        self.unlink(key.at);
        let value = self.free(key.at);
        self.shrink();
        value
    }

    /// No deadline is earlier than this; mostly it is the first.
    pub(super) fn next(&self) -> Option<u64> {
        let (level, slot) = self.first_slot()?;
        Some(self.levels[level].slots[slot].earliest)
    }

    /// The first deadline.
    pub(super) fn first(&mut self) -> Option<u64> {
        let (level, slot) = self.first_slot()?;
        let mut at = self.levels[level].slots[slot].first;
        let mut first = u64::MAX;
        while let Some(node) = self.nodes.get(at as usize) {
            first = first.min(node.deadline);
            at = node.after;
        }
        self.levels[level].slots[slot].earliest = first;
        Some(first)
    }

    /// It is `now`: hands the values of all deadlines up to it to `to`.
    pub(super) fn expire(&mut self, now: u64, mut to: impl FnMut(T)) {
        while let Some((level, slot)) = self.first_slot() {
            let begin = self.begin(level, slot);
            if begin > now {
                break;
            }
            if level > 0 {
                self.elapsed = begin;
                self.spread(level, slot);
                continue;
            }
            self.fire(slot, now, &mut to);
            if self.levels[0].slots[slot].first != NONE {
                // What is left of this slot is later than now, and so is all else.
                break;
            }
        }
        self.elapsed = self.elapsed.max(now);
        self.shrink();
    }

    /// The slot of the first deadline.
    fn first_slot(&self) -> Option<(usize, usize)> {
        let level = self.levels.iter().position(|level| level.occupied != 0)?;
        // Those before the time's own digit are past, and empty.
        Some((level, self.levels[level].occupied.trailing_zeros() as usize))
    }

    /// When a slot begins.
    fn begin(&self, level: usize, slot: usize) -> u64 {
        let above = TICK + DIGIT * (level as u32 + 1);
        let upper = self.elapsed.checked_shr(above).unwrap_or(0);
        let upper = upper.checked_shl(above).unwrap_or(0);
        upper | (slot as u64) << (above - DIGIT)
    }

    /// Where an entry belongs.
    fn place(&self, deadline: u64) -> (usize, usize) {
        let tick = deadline.max(self.elapsed) >> TICK;
        let differs = tick ^ (self.elapsed >> TICK);
        let level = differs.checked_ilog2().unwrap_or(0) / DIGIT;
        let slot = (tick >> (level * DIGIT)) as usize % SLOTS;
        (level as usize, slot)
    }

    /// Appends an entry to its slot.
    fn link(&mut self, at: u32) {
        let deadline = self.nodes[at as usize].deadline;
        let (level, slot) = self.place(deadline);
        while self.levels.len() <= level {
            self.levels.push(Level {
                occupied: 0,
                slots: [EMPTY; SLOTS],
            });
        }
        self.levels[level].occupied |= 1 << slot;
        let list = &mut self.levels[level].slots[slot];
        list.earliest = list.earliest.min(deadline);
        let last = std::mem::replace(&mut list.last, at);
        match self.nodes.get_mut(last as usize) {
            Some(last) => last.after = at,
            None => list.first = at,
        }
        let node = &mut self.nodes[at as usize];
        (node.before, node.after) = (last, NONE);
        (node.level, node.slot) = (level as u8, slot as u8);
    }

    /// Takes an entry out of its slot.
    fn unlink(&mut self, at: u32) {
        let node = &self.nodes[at as usize];
        let (before, after) = (node.before, node.after);
        let level = &mut self.levels[usize::from(node.level)];
        let slot = usize::from(node.slot);
        match self.nodes.get_mut(before as usize) {
            Some(before) => before.after = after,
            None => level.slots[slot].first = after,
        }
        match self.nodes.get_mut(after as usize) {
            Some(after) => after.before = before,
            None => level.slots[slot].last = before,
        }
        if level.slots[slot].first == NONE {
            level.slots[slot] = EMPTY;
            level.occupied &= !(1 << slot);
        }
    }

    /// Makes a place free that is in no slot.
    fn free(&mut self, at: u32) -> Option<T> {
        let node = &mut self.nodes[at as usize];
        node.id = 0;
        node.after = std::mem::replace(&mut self.free, at);
        self.len -= 1;
        node.value.take()
    }

    /// Empties a slot, and gives the first of its entries.
    fn take(&mut self, level: usize, slot: usize) -> u32 {
        let level = &mut self.levels[level];
        level.occupied &= !(1 << slot);
        std::mem::replace(&mut level.slots[slot], EMPTY).first
    }

    /// The time has entered a slot: its entries go to lower levels.
    fn spread(&mut self, level: usize, slot: usize) {
        let mut at = self.take(level, slot);
        while let Some(node) = self.nodes.get(at as usize) {
            let after = node.after;
            self.link(at);
            at = after;
        }
    }

    /// Hands out what is due of a slot of the lowest level, and leaves the rest there.
    fn fire(&mut self, slot: usize, now: u64, to: &mut impl FnMut(T)) {
        let mut at = self.take(0, slot);
        let mut due = std::mem::take(&mut self.due);
        while let Some(node) = self.nodes.get(at as usize) {
            let (deadline, after) = (node.deadline, node.after);
            if deadline <= now {
                due.extend(self.free(at).map(|value| (deadline, value)));
            } else {
                // The time is in this slot by now, or before it: it goes back there.
                self.link(at);
            }
            at = after;
        }
        due.sort_by_key(|(deadline, _)| *deadline);
        due.drain(..).for_each(|(_, value)| to(value));
        self.due = due;
    }

    /// Gives memory back of which there was need once.
    fn shrink(&mut self) {
        if self.len == 0 && self.nodes.capacity() > KEPT {
            self.nodes = Vec::new();
            self.due = Vec::new();
            self.free = NONE;
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
