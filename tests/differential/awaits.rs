//! Every statement in which a suspension may stand.

use costate_tests::differential;
use costate_tests::props::*;

differential! {
    fn a_function_without_a_suspension_is_ready_at_once() -> u32 {
        let n = noisy("n");
        n.touch();
        7
    }
}

differential! {
    fn a_let_binds_what_was_awaited() -> u32 {
        let n = after(2, 20).await;
        let m: u64 = after(0, 5).await;
        n + m as u32
    }
}

differential! {
    fn an_expression_statement_drops_its_value_at_once() -> () {
        let before = noisy("before");
        after(1, noisy("value")).await;
        let later = noisy("later");
    }
}

differential! {
    fn an_underscore_drops_its_value_at_once() -> () {
        let _ = after(1, noisy("value")).await;
        let _kept = after(1, noisy("kept")).await;
        tick(1).await;
    }
}

differential! {
    fn a_local_is_assigned_and_its_old_value_dropped() -> &'static str {
        let mut held = noisy("old");
        held = after(1, noisy("new")).await;
        held.touch();
        held = after(0, noisy("newest")).await;
        held.name()
    }
}

differential! {
    fn a_late_local_is_initialised_by_an_await() -> () {
        let late;
        let between = noisy("between");
        late = after(1, noisy("late")).await;
        late.touch();
        tick(1).await;
    }
}

differential! {
    fn a_field_is_assigned_and_its_old_value_dropped() -> &'static str {
        let mut both = pair("left", "right");
        both.left = after(1, noisy("new left")).await;
        tick(1).await;
        both.right = after(1, noisy("new right")).await;
        both.left.name()
    }
}

differential! {
    fn a_trailing_await_is_the_value() -> u32 {
        let held = noisy("held");
        after(2, 11).await
    }
}

differential! {
    fn a_returned_await_is_the_value() -> u32 {
        let held = noisy("held");
        return after(2, 12).await;
    }
}

differential! {
    fn a_block_has_an_await_as_its_value() -> u32 {
        let outer = noisy("outer");
        let n = {
            let inner = noisy("inner");
            tick(1).await;
            after(1, 3).await
        };
        outer.touch();
        n
    }
}

differential! {
    fn an_unsafe_block_may_suspend() -> u32 {
        unsafe fn peek(n: *const u32) -> u32 {
            // SAFETY: the one caller below passes a reference to a live local.
            unsafe { *n }
        }
        let n = 5;
        let held = noisy("held");
        // SAFETY: `n` is alive and initialised.
        let m = unsafe {
            let m = peek(&raw const n);
            tick(1).await;
            m
        };
        m + n
    }
}

differential! {
    fn a_labelled_block_is_left_with_an_awaited_value() -> u32 {
        let held = noisy("held");
        let n = 'found: {
            let inner = noisy("inner");
            if after(1, true).await {
                break 'found after(1, 4).await;
            }
            let never = noisy("never");
            9
        };
        held.touch();
        n
    }
}

differential! {
    fn anything_that_becomes_a_future_can_be_awaited() -> u32 {
        let n = Order(3).await;
        let m = std::future::ready(4).await;
        let k = std::pin::pin!(after(1, 5)).await;
        n + m + k
    }
}

differential! {
    fn a_held_future_is_awaited_by_name() -> u32 {
        let first = after(1, 1);
        let second = after(2, 2);
        let n = second.await;
        let m = first.await;
        n * 10 + m
    }
}

differential! {
    fn a_future_is_polled_by_hand_through_a_closure() -> u32 {
        let mut count = 0;
        let seen = std::future::poll_fn(|cx| {
            costate_tests::log::say("poll by hand");
            count += 1;
            if count == 3 {
                return std::task::Poll::Ready(count);
            }
            cx.waker().wake_by_ref();
            std::task::Poll::Pending
        })
        .await;
        seen + count
    }
}

differential! {
    fn a_boxed_future_is_awaited() -> u32 {
        let boxed: std::pin::Pin<Box<dyn Future<Output = u32>>> = Box::pin(after(2, 6));
        boxed.await
    }
}

differential! {
    fn coroutines_await_coroutines() -> u32 = outer(2);
    #[half::coroutine]
    fn outer(n: u32) -> u32 {
        let held = noisy("outer");
        let a = middle(n).await;
        let b = middle(a).await;
        a + b
    }
    #[half::coroutine]
    fn middle(n: u32) -> u32 {
        let held = noisy("middle");
        let m = inner(n).await;
        tick(1).await;
        m + 1
    }
    #[half::coroutine]
    fn inner(n: u32) -> u32 {
        let held = noisy("inner");
        tick(n).await;
        n * 2
    }
}

differential! {
    fn recursion_goes_through_a_box() -> u64 = factorial(4);
    #[half::coroutine]
    fn factorial(n: u64) -> u64 {
        let held = noisy("level");
        if n == 0 {
            tick(1).await;
            return 1;
        }
        let below = Box::pin(factorial(n - 1)).await;
        held.touch();
        n * below
    }
}

differential! {
    fn a_future_that_is_only_held_is_never_polled() -> () {
        let held = after(3, noisy("inside"));
        tick(1).await;
    }
}
