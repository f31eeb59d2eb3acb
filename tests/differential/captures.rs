//! What closures and inner `async` blocks capture in code around a suspension.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::task::{Poll, ready};

differential! {
    fn an_async_block_captures_what_a_loop_without_a_suspension_declares() -> usize {
        let mut blocks = Vec::new();
        for name in ["one", "two"] {
            let inner = noisy(name);
            let number = blocks.len();
            blocks.push(Box::pin(async move {
                tick(1).await;
                inner.name().len() + number
            }));
        }
        let mut sum = 0;
        for block in blocks {
            let n = block.await;
            sum += n;
        }
        sum
    }
}

differential! {
    fn ready_in_a_closure_leaves_the_closure() -> u32 {
        let held = noisy("held");
        let mut left = 2;
        let n = std::future::poll_fn(|context| {
            left -= 1;
            if left > 0 {
                context.waker().wake_by_ref();
            }
            let n = ready!(if left > 0 { Poll::Pending } else { Poll::Ready(7) });
            say(held.name());
            Poll::Ready(n + 1)
        })
        .await;
        n + left
    }
}

differential! {
    fn an_async_block_in_a_closure_borrows_what_that_captured() -> usize {
        async fn call<T, F: Future<Output = T>>(make: impl FnOnce() -> F) -> T {
            make().await
        }
        let (mut first, second) = (Some(noisy("first")), noisy("second"));
        tick(1).await;
        call(|| async { first.take().unwrap().touch() }).await;
        let length = call(|| async { second.touch(); tick(1).await; second.name().len() }).await;
        tick(1).await;
        length + usize::from(first.is_some())
    }
}
