//! Locals that are gone at a suspension as far as a call consumes them, and there if it borrows: their room is shared, or not.

use costate_tests::differential;
use costate_tests::props::*;

/// What it is built from comes with it, so that room that is shared wrongly is seen.
struct Build {
    parts: Vec<Noisy>,
    number: u64,
}

fn build(name: &'static str) -> Build {
    Build {
        parts: vec![noisy(name)],
        number: 7,
    }
}

impl Build {
    fn with(mut self, name: &'static str) -> Build {
        self.parts.push(noisy(name));
        self.number += 1;
        self
    }

    fn count(&self) -> u64 {
        self.parts.len() as u64 + self.number
    }

    fn first(&self) -> &Noisy {
        &self.parts[0]
    }

    fn send(self, polls: u32) -> Tick<u64> {
        let number = self.number;
        drop(self);
        after(polls, number)
    }
}

differential! {
    fn a_chain_of_names_is_held_between_its_links() -> u64 {
        let build = build("a");
        tick(1).await;
        let build = build.with("b");
        tick(1).await;
        let build = build.with("c");
        tick(1).await;
        let number = build.send(1).await;
        tick(1).await;
        number
    }
}

differential! {
    fn a_chain_that_nothing_is_held_of() -> u64 {
        let first = build("a");
        let second = first.with("b");
        let third = second.with("c");
        let number = third.send(2).await;
        let more = build("d").with("e").send(1).await;
        number + more
    }
}

differential! {
    fn the_same_calls_that_borrow() -> u64 {
        let first = build("a");
        tick(1).await;
        let count = first.count();
        let second = build("b");
        tick(1).await;
        let name = second.first();
        let third = build("c");
        tick(1).await;
        name.touch();
        count + third.count()
    }
}

differential! {
    fn one_of_two_calls_consumes() -> u64 {
        let mut total = 0;
        for sends in [true, false] {
            let build = build("a");
            tick(1).await;
            total += match sends {
                true => build.send(1).await,
                false => build.count(),
            };
            let other = noisy("other");
            tick(1).await;
            other.touch();
        }
        total
    }
}

differential! {
    fn both_of_two_calls_consume() -> u64 {
        let mut total = 0;
        for sends in [true, false] {
            let build = build("a");
            tick(1).await;
            if sends {
                total += build.send(1).await;
            } else {
                total += build.with("b").send(1).await;
            }
            let other = noisy("other");
            tick(1).await;
            other.touch();
        }
        total
    }
}

differential! {
    fn it_gets_another_value_in_a_loop() -> u64 {
        let mut build = build("a");
        for name in ["b", "c"] {
            tick(1).await;
            build = build.with(name);
        }
        let spare = noisy("spare");
        tick(1).await;
        let number = build.send(1).await;
        spare.touch();
        number
    }
}

differential! {
    fn it_is_moved_by_name_on_one_way_and_by_a_call_on_another() -> u64 {
        let mut total = 0;
        for by_name in [true, false] {
            let build = build("a");
            tick(1).await;
            let taken = if by_name { Some(build) } else { total += build.send(1).await; None };
            let other = noisy("other");
            tick(1).await;
            total += taken.map_or(0, |taken| taken.number);
        }
        total
    }
}

differential! {
    fn it_may_have_no_value_yet() -> u64 {
        let build;
        let early = noisy("early");
        if after(1, true).await {
            build = self::build("a");
            tick(1).await;
            let number = build.send(1).await;
            let late = noisy("late");
            tick(1).await;
            return number;
        }
        tick(1).await;
        0
    }
}

differential! {
    fn its_call_stands_in_an_operand_that_suspends() -> u64 {
        let build = build("a");
        tick(1).await;
        let sum = (build.with("b").number, after(1, 5).await, noisy("c"));
        tick(1).await;
        sum.0 + sum.1
    }
}

differential! {
    fn it_leaves_in_a_closure_and_another_stays() -> usize {
        let (moved, lent) = (noisy("moved"), noisy("lent"));
        let take = move || moved.name().len();
        let other = noisy("other");
        tick(1).await;
        let look = || lent.name().len();
        let sum = take() + look();
        tick(1).await;
        drop(take);
        let last = noisy("last");
        tick(1).await;
        sum + other.name().len()
    }
}

differential! {
    fn it_leaves_in_an_array_that_a_macro_makes() -> usize {
        let (left, right) = (noisy("left"), noisy("right"));
        let list = vec![left, after(1, right).await];
        let other = noisy("other");
        tick(1).await;
        list.len() + other.name().len()
    }
}

differential! {
    fn a_reader_is_a_receiver_of_the_last_of_many_calls() -> usize {
        let queue = queue(3);
        let name = noisy("name");
        tick(1).await;
        let length = name.greeted().await.len();
        let sent = name.sent(1);
        tick(1).await;
        length + sent.await.into_name().len()
    }
}
