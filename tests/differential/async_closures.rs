//! `async` closures: what they await is their own, and what they capture lives as long as their futures.

use costate_tests::differential;
use costate_tests::props::*;

async fn once<F, R>(f: F) -> R
where
    F: AsyncFnOnce(&mut Vec<u32>) -> R,
{
    let mut v = vec![1];
    f(&mut v).await
}

async fn twice(f: impl AsyncFn(usize) -> usize) -> usize {
    f(1).await + f(2).await
}

async fn changing(mut f: impl AsyncFnMut(usize) -> usize) -> usize {
    f(1).await + f(2).await
}

differential! {
    fn async_closures_borrow_what_they_capture() -> usize = start(noisy("held"), pair("a", "b"), 3);
    #[half::coroutine]
    fn start(held: Noisy, both: Pair, mut n: u32) -> usize {
        let a = once(async |v| { v.push(after(1, n).await); v.len() }).await;
        let b = twice(async |x| { tick(1).await; x + held.name().len() }).await;
        let c = changing(async |x| { n += x as u32; tick(1).await; n += 1; x }).await;
        let d = twice(async |x| { both.left.touch(); after(1, x).await }).await;
        both.right.touch();
        let e = twice(&async |x: usize| { tick(1).await; x + held.name().len() }).await;
        a + b + c + d + e + n as usize
    }
}

differential! {
    fn async_closures_consume_what_they_capture() -> usize = start(noisy("one"), noisy("two"));
    #[half::coroutine]
    fn start(one: Noisy, two: Noisy) -> usize {
        let a = once(async move |v| { one.touch(); v.push(after(1, 2).await); drop(one); v.len() }).await;
        a + once(async |v| { two.touch(); v.push(after(1, 2).await); drop(two); v.len() }).await
    }
}

differential! {
    fn async_closures_are_held_themselves() -> usize = start(noisy("one"), noisy("two"), 3);
    #[half::coroutine]
    fn start(one: Noisy, two: Noisy, mut n: usize) -> usize {
        let f = async |x: usize| { tick(1).await; x + one.name().len() };
        tick(1).await;
        let a = f(1).await;
        tick(1).await;
        let g = async move |x: usize| { tick(1).await; x + two.name().len() };
        tick(1).await;
        let b = f(2).await + g(1).await;
        let mut h = async |x: usize| { n += 1; tick(1).await; x + n };
        let c = h(1).await;
        tick(1).await;
        a + b + c + h(2).await
    }
}

differential! {
    fn ways_out_of_an_async_closure_are_its_own() -> usize {
        let mut log = Vec::new();
        let a = changing(async |x| {
            log.push(after(1, x).await);
            if x > 1 { return 7; }
            log.len()
        }).await;
        let b: Result<usize, String> = once(async |v| {
            let parsed: u32 = "x".parse().map_err(|_| "no".to_string())?;
            v.push(parsed);
            Ok(v.len())
        }).await;
        a + b.unwrap_or_else(|e| e.len()) + log.len()
    }
}

differential! {
    fn functions_that_are_awaited_are_called_behind_suspensions() -> usize = all();
    #[half::coroutine]
    fn all() -> usize {
        let base = noisy("base");
        let once = async move |n: usize| { tick(1).await; n + base.into_name().len() };
        let mut count = 0;
        let again = async move |n: &usize| { count += n; tick(1).await; count };
        consumed(once).await + kept(again).await
    }
    #[half::coroutine]
    fn consumed<R>(once: impl AsyncFnOnce(usize) -> R) -> R {
        tick(1).await;
        let result = once(3).await;
        tick(1).await;
        result
    }
    #[half::coroutine]
    fn kept<F>(mut again: F) -> usize where F: AsyncFnMut(&usize) -> usize {
        tick(1).await;
        let first = again(&1).await;
        tick(1).await;
        let second = again(&first);
        second.await
    }
}
