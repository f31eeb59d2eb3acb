//! Bodies with much to give back at their suspensions. Every schedule drops them, and cancels the
//! machine, after any number of polls.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::cell::RefCell;
use std::rc::Rc;

differential! {
    fn the_child_goes_first_then_the_locals_newest_first() -> () = outer(noisy("argument"));
    #[half::coroutine]
    fn outer(argument: Noisy) {
        let first = noisy("first");
        let second = noisy("second");
        inner(noisy("child argument")).await;
        tick(1).await;
    }
    #[half::coroutine]
    fn inner(argument: Noisy) {
        let local = noisy("child local");
        tick(2).await;
        let last = noisy("child last");
        tick(1).await;
    }
}

differential! {
    fn a_started_machine_that_is_only_held_is_given_back() -> u32 = outer();
    #[half::coroutine]
    fn outer() -> u32 {
        let mut started = Box::pin(inner());
        let first = std::future::poll_fn(|cx| {
            let answer = started.as_mut().poll(cx);
            std::task::Poll::Ready(answer.is_ready())
        })
        .await;
        say(first);
        tick(1).await;
        let n = started.await;
        tick(1).await;
        n
    }
    #[half::coroutine]
    fn inner() -> u32 {
        let held = noisy("inner");
        tick(2).await;
        5
    }
}

differential! {
    fn a_machine_on_its_way_into_another_is_given_back() -> u32 = outer();
    #[half::coroutine]
    fn outer() -> u32 {
        let child = inner(noisy("held by the child"));
        tick(1).await;
        let n = pass(child).await;
        n
    }
    #[half::coroutine]
    fn pass(child: impl Future<Output = u32>) -> u32 {
        let local = noisy("local");
        tick(1).await;
        child.await
    }
    #[half::coroutine]
    fn inner(argument: Noisy) -> u32 {
        tick(1).await;
        3
    }
}

differential! {
    fn a_guard_is_released_before_the_lock_it_guards() -> u32 {
        let lock = Rc::new(RefCell::new(noisy("inside the lock")));
        let other = Rc::clone(&lock);
        let guard = lock.borrow();
        tick(1).await;
        guard.touch();
        tick(1).await;
        other.borrow().name().len() as u32
    }
}

differential! {
    fn each_state_of_a_long_body_gives_back_what_it_holds() -> u32 {
        let a = noisy("a");
        let n = after(1, 1).await;
        let b = noisy("b");
        let list = vec![noisy("c"), noisy("d")];
        for item in &list {
            let on = watch(item);
            let m = after(1, n).await;
            if m == 1 {
                let inner = noisy("inner");
                tick(1).await;
                drop(inner);
                tick(1).await;
            }
        }
        drop(list);
        let e = after(1, noisy("e")).await;
        let Pair { left, right } = pair("left", "right");
        tick(1).await;
        drop(left);
        match after(1, Some(noisy("f"))).await {
            Some(f) if n > 0 => {
                tick(1).await;
                f.touch();
            }
            _ => {}
        }
        n
    }
}

differential! {
    fn a_panicking_drop_does_not_keep_the_others_from_dropping() -> () {
        let first = noisy("first");
        let list = vec![noisy("a"), noisy("b")];
        let both = pair("left", "right");
        drop(both.left);
        tick(1).await;
    }
}

differential! {
    fn a_future_that_holds_a_value_gives_it_back() -> &'static str {
        let value = noisy("value");
        let future = value.sent(2);
        let other = noisy("other");
        let back = future.await;
        back.name()
    }
}
