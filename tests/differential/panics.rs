//! Panics of the body itself. (That every event may panic is a part of every other case.)

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

differential! {
    fn a_panic_drops_the_locals_and_ends_the_machine() -> u32 {
        let first = noisy("first");
        tick(1).await;
        let second = noisy("second");
        if given("condition", true) {
            panic!("on purpose");
        }
        tick(1).await;
        1
    }
}

differential! {
    fn a_panic_in_a_called_function_finds_moved_locals_gone() -> () {
        fn swallow(value: Noisy) {
            panic!("swallowed {}", value.name());
        }
        let moved = noisy("moved");
        let kept = noisy("kept");
        tick(1).await;
        swallow(moved);
        tick(1).await;
    }
}

differential! {
    fn a_panic_between_the_old_and_the_new_value_leaves_neither() -> () {
        fn grow(old: Noisy) -> Noisy {
            drop(old);
            panic!("grow")
        }
        let mut held = noisy("held");
        let other = noisy("other");
        tick(1).await;
        held = grow(held);
        tick(1).await;
    }
}

differential! {
    fn a_panic_in_a_child_goes_through_its_parents() -> u32 = outer();
    #[half::coroutine]
    fn outer() -> u32 {
        let held = noisy("outer");
        let n = inner(3).await;
        n + 1
    }
    #[half::coroutine]
    fn inner(index: usize) -> u32 {
        let held = noisy("inner");
        let list = vec![1, 2];
        tick(1).await;
        list[index]
    }
}

differential! {
    fn a_caught_panic_does_not_end_the_machine() -> &'static str {
        let held = noisy("held");
        tick(1).await;
        let caught = catch_unwind(AssertUnwindSafe(|| {
            let inner = noisy("inner");
            if inner.name().len() == 5 {
                std::panic::resume_unwind(Box::new("caught"));
            }
        }));
        tick(1).await;
        if caught.is_err() { held.name() } else { "nothing was thrown" }
    }
}

differential! {
    fn a_failed_assertion_carries_its_message() -> () {
        let n = after(1, 3).await;
        let held = noisy("held");
        assert_eq!(n, 4, "counted by {}", held.name());
        tick(1).await;
    }
}

differential! {
    fn a_panic_in_a_loop_drops_the_iterator() -> () {
        for item in vec![noisy("a"), noisy("b"), noisy("c")] {
            tick(1).await;
            assert!(item.name() != "b", "met {}", item.name());
        }
    }
}

differential! {
    fn an_unreachable_end_is_never_reached() -> u32 {
        let held = noisy("held");
        let mut n = 0;
        loop {
            n = after(1, n + 1).await;
            if n == 2 {
                return n;
            }
        }
        say("never");
        unreachable!()
    }
}
