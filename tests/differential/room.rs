//! What shares room in the state, and what must not.

use costate_tests::differential;
use costate_tests::props::*;

differential! {
    fn bindings_of_an_arm_that_are_held_on_different_ways() -> u32 {
        match after(1, (noisy("left"), noisy("right"))).await {
            (left, right) => {
                if given("choice", true) {
                    drop(right);
                    tick(1).await;
                    drop(left);
                    1
                } else {
                    drop(left);
                    tick(1).await;
                    drop(right);
                    2
                }
            }
        }
    }
}

differential! {
    fn branches_share_room() -> u32 {
        let mut sum = 0;
        for n in 0..3 {
            if n == 1 {
                let one = noisy("one");
                tick(1).await;
                sum += 1;
            } else {
                let other = (noisy("other"), noisy("and another"));
                tick(1).await;
                tick(1).await;
                sum += 2;
            }
        }
        sum
    }
}

differential! {
    fn what_is_moved_into_its_future_shares_room_with_it() -> &'static str {
        let first = noisy("first");
        let name = first.name();
        let second = first.sent(1).await;
        let third = after(2, second).await;
        drop(after(1, third).await);
        name
    }
}

differential! {
    fn one_scope_after_the_other_shares_room_within_a_third() -> usize {
        let outer = noisy("outer");
        {
            let left = noisy("left");
            tick(1).await;
            let beside = noisy("beside");
            tick(1).await;
        }
        {
            let right = (noisy("right"), [1u8; 100]);
            tick(1).await;
            let seen = &right.1;
            tick(1).await;
            outer.touch();
            seen.len()
        }
    }
}

differential! {
    fn flags_are_bits_that_do_not_touch_each_other() -> u32 {
        let (a, b, c) = (noisy("a"), noisy("b"), noisy("c"));
        for n in 0..2 {
            tick(1).await;
            if given("leave early", n == 1) {
                break;
            }
        }
        if given("drop a", false) {
            drop(a);
        }
        if given("drop b", true) {
            drop(b);
        }
        tick(1).await;
        if given("drop c", true) {
            drop(c);
        }
        tick(1).await;
        7
    }
}

differential! {
    fn what_was_compared_shares_room_once_it_is_moved() -> (&'static str, &'static str) {
        let (left, right) = (after(1, (noisy("left"), 2)).await, after(1, (noisy("right"), 1)).await);
        let (first, second) = if left.1 <= right.1 { (left, right) } else { (right, left) };
        let first = first.0.sent(2).await;
        let second = second.0.sent(2).await;
        (first.name(), second.name())
    }
}

differential! {
    fn what_is_compared_is_held_until_then() -> bool {
        let left = (noisy("left"), String::from("one"));
        let right = (noisy("right"), Box::new(String::from("one")));
        let same = left.1 == after(1, String::from("one")).await && *right.1 != after(1, String::new()).await;
        let left = left.0.sent(1).await;
        drop(after(1, right).await);
        tick(1).await;
        same && left.name() == "left"
    }
}
