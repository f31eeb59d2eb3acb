//! `take` of what is an `Option` of something that nobody knows yet, and of others.

use costate_tests::differential;
use costate_tests::props::*;
use std::cell::Cell;

struct Holder(Noisy);

impl Holder {
    fn take(self) -> Noisy {
        self.0
    }
}

differential! {
    fn what_was_last_is_taken_before_the_next() -> usize {
        let mut last = None;
        let mut sum = 0;
        for name in ["a", "b", "c"] {
            let next = noisy(name);
            tick(1).await;
            if let Some(last) = last.take() {
                let last: Noisy = last;
                tick(1).await;
                sum += last.name().len();
            }
            last = Some(next);
        }
        tick(1).await;
        sum
    }
}

differential! {
    fn an_option_is_matched_as_it_is_taken() -> usize {
        let mut kept = None;
        loop {
            let next = noisy("next");
            tick(1).await;
            match kept.take() {
                None => kept = Some(next),
                Some(kept) => {
                    tick(1).await;
                    break Noisy::name(&kept).len();
                }
            }
        }
    }
}

differential! {
    fn others_are_taken_by_reference_or_by_value() -> usize {
        let cell = Cell::new(vec![noisy("in a cell")]);
        let holder = Holder(noisy("held"));
        tick(1).await;
        let list = cell.take();
        tick(1).await;
        let name = holder.take();
        let other = noisy("other");
        tick(1).await;
        list.len() + name.name().len()
    }
}

differential! {
    fn an_option_that_is_copied_stays() -> u8 {
        let number = Some(3u8);
        let look = &number;
        let mut copy = number;
        tick(1).await;
        let taken = copy.take();
        let other = noisy("other");
        tick(1).await;
        taken.unwrap() + look.unwrap()
    }
}

differential! {
    fn an_option_is_taken_behind_a_closure() -> usize {
        let (mut first, mut last) = (Some(noisy("first")), None);
        let name = |n: &Noisy| n.name().len();
        tick(1).await;
        let taken = first.take();
        if let Some(n) = &taken {
            last = Some(name(n));
        }
        tick(1).await;
        last.take().unwrap_or(0)
    }
}
