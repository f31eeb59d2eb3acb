//! The wheel against the simplest thing that does the same: a map in order.

use super::{KEPT, Key, Wheel};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What is done to both.
#[derive(Clone, Debug)]
enum Step {
    /// So many nanoseconds from now, or before it.
    Insert(i64),
    /// The one that was made so long ago.
    Remove(usize),
    Wait(u64),
    /// To the first deadline, and no further.
    WaitForFirst,
}

/// Numbers of every order of magnitude.
fn spread(bits: u32) -> impl Strategy<Value = u64> {
    (0..=bits, any::<u64>()).prop_map(|(bits, random)| random & ((1u128 << bits) - 1) as u64)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let insert = (spread(62), prop::bool::weighted(0.1)).prop_map(|(after, past)| {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        Step::Insert(if past { -after } else { after })
    });
    let step = prop_oneof![
        6 => insert,
        3 => (0usize..40).prop_map(Step::Remove),
        2 => spread(45).prop_map(Step::Wait),
        3 => Just(Step::WaitForFirst),
    ];
    prop::collection::vec(step, 0..200)
}

/// A wheel and its model.
#[derive(Default)]
struct Both {
    wheel: Wheel<u64>,
    model: BTreeMap<(u64, u64), Key>,
    made: Vec<(u64, u64)>,
    now: u64,
}

impl Default for Wheel<u64> {
    fn default() -> Self {
        Wheel::new()
    }
}

impl Both {
    fn step(&mut self, step: &Step) {
        match *step {
            Step::Insert(after) => {
                let deadline = self.now.saturating_add_signed(after);
                let number = self.made.len() as u64;
                let key = self.wheel.insert(deadline, number);
                self.model.insert((deadline, number), key);
                self.made.push((deadline, number));
            }
            Step::Remove(ago) => {
                let Some(made) = self.made.len().checked_sub(ago + 1) else {
                    return;
                };
                let entry = self.made[made];
                let expected = self.model.remove(&entry);
                if let Some(key) = expected {
                    assert_eq!(self.wheel.get_mut(key), Some(&mut { entry.1 }));
                    assert_eq!(self.wheel.remove(key), Some(entry.1));
                    assert_eq!(self.wheel.remove(key), None);
                    assert_eq!(self.wheel.get_mut(key), None);
                }
            }
            Step::Wait(time) => self.wait(self.now.saturating_add(time)),
            Step::WaitForFirst => {
                if let Some((first, _)) = self.model.keys().next() {
                    self.wait(self.now.max(*first));
                }
            }
        }
        self.check();
    }

    fn wait(&mut self, now: u64) {
        self.now = now;
        let mut fired = Vec::new();
        self.wheel.expire(now, |number| fired.push(number));
        let later = self.model.split_off(&(now, u64::MAX));
        let due = std::mem::replace(&mut self.model, later);
        // What was late already when it was set goes behind what was seen since: both are due by now.
        let expected: Vec<u64> = due.keys().map(|(_, number)| *number).collect();
        assert_eq!(fired, expected);
        for key in due.into_values() {
            assert_eq!(self.wheel.remove(key), None);
        }
    }

    fn check(&mut self) {
        assert_eq!(self.wheel.len, self.model.len());
        let first = self.model.keys().next().map(|(deadline, _)| *deadline);
        let next = self.wheel.next();
        assert_eq!(next.is_some(), first.is_some());
        assert!(next <= first, "{next:?} is not later than {first:?}");
        assert_eq!(self.wheel.first(), first);
        assert_eq!(self.wheel.next(), first);
    }
}

proptest! {
    #[test]
    fn it_does_what_an_ordered_map_does(steps in steps()) {
        let mut both = Both::default();
        steps.iter().for_each(|step| both.step(step));
        both.wait(u64::MAX);
        assert!(both.wheel.len == 0);
    }
}

#[test]
fn places_are_used_again_and_given_back() {
    let mut wheel = Wheel::new();
    let n = 2 * KEPT as u64;
    for round in 1..=3 {
        let keys: Vec<Key> = (0..n)
            .map(|i| wheel.insert(round << 40 | i << 20, i))
            .collect();
        assert!(wheel.nodes.len() <= 2 * KEPT);
        for key in keys.iter().step_by(2) {
            assert!(wheel.remove(*key).is_some());
        }
        let mut fired = Vec::new();
        wheel.expire(round << 40 | n << 20, |i| fired.push(i));
        assert!(fired.into_iter().eq((0..n).filter(|i| i % 2 == 1)));
        assert_eq!(wheel.nodes.capacity(), 0);
        // An old name means nothing, also where the place is used again.
        wheel.insert(u64::MAX, 7);
        assert!(keys.iter().all(|key| wheel.remove(*key).is_none()));
        wheel.expire(u64::MAX - 1, |_| unreachable!("it is later"));
        let [level, slot] = [wheel.nodes[0].level, wheel.nodes[0].slot];
        wheel = Wheel::new();
        assert_eq!((level, slot), (0, 63));
    }
}
