//! Type parameters, const parameters, lifetimes, where clauses and `impl Trait` arguments.

use costate_tests::differential;
use costate_tests::props::*;
use std::fmt::{Debug, Display};
use std::future::Future;
use std::pin::{Pin, pin};

differential! {
    fn a_type_parameter_is_held() -> (Noisy, u32) = start();
    #[half::coroutine]
    fn start() -> (Noisy, u32) {
        let a = later(noisy("generic")).await;
        let b = later(7).await;
        (a, b)
    }
    #[half::coroutine]
    fn later<T>(value: T) -> T {
        tick(1).await;
        value
    }
}

differential! {
    fn a_generic_local_without_a_move_is_dropped() -> () = keep(noisy("a"), vec![noisy("b"), noisy("c")]);
    #[half::coroutine]
    fn keep<A: Debug, B>(a: A, b: B)
    where
        B: IntoIterator<Item = Noisy>,
    {
        let first = a;
        tick(1).await;
        for item in b {
            tick(1).await;
            item.touch();
        }
    }
}

differential! {
    fn a_const_parameter_sizes_an_array() -> u32 = start();
    #[half::coroutine]
    fn start() -> u32 {
        let a = sum::<4>(2).await;
        let b = sum::<0>(2).await;
        a + b
    }
    #[half::coroutine]
    fn sum<const N: usize>(value: u32) -> u32 {
        let array = [value; N];
        let mut sum = 0;
        for item in array {
            tick(1).await;
            sum += item;
        }
        sum + N as u32
    }
}

differential! {
    fn named_lifetimes_reach_the_output() -> String = start();
    #[half::coroutine]
    fn start() -> String {
        let long = String::from("longer");
        let short = String::from("short");
        let chosen = longest(&long, &short).await;
        chosen.to_owned()
    }
    #[half::coroutine]
    fn longest<'a>(left: &'a str, right: &'a str) -> &'a str {
        tick(1).await;
        if left.len() > right.len() { left } else { right }
    }
}

differential! {
    fn several_lifetimes_are_kept_apart() -> usize = start();
    #[half::coroutine]
    fn start() -> usize {
        let key = String::from("key");
        let found = {
            let temporary = String::from("other");
            pick(&key, &temporary).await
        };
        found.len()
    }
    #[half::coroutine]
    fn pick<'a, 'b>(kept: &'a str, looked_at: &'b str) -> &'a str
    where
        'a: 'a,
    {
        tick(1).await;
        if looked_at.is_empty() { "" } else { kept }
    }
}

differential! {
    fn an_elided_lifetime_reaches_the_output() -> u32 = start();
    #[half::coroutine]
    fn start() -> u32 {
        let list = vec![3, 4, 5];
        let found = find(&list, 4).await;
        *found.unwrap_or(&0)
    }
    #[half::coroutine]
    fn find(list: &[u32], wanted: u32) -> Option<&u32> {
        for item in list {
            tick(1).await;
            if *item == wanted {
                return Some(item);
            }
        }
        None
    }
}

differential! {
    fn an_impl_trait_argument_is_held() -> String = start();
    #[half::coroutine]
    fn start() -> String {
        let mut text = String::new();
        let a = show(3, |n| n + 1).await;
        let b = show("word", |n| n * 2).await;
        text.push_str(&a);
        text.push_str(&b);
        text
    }
    #[half::coroutine]
    fn show(value: impl Display, change: impl Fn(usize) -> usize) -> String {
        let text = value.to_string();
        tick(1).await;
        format!("{value}:{}", change(text.len()))
    }
}

differential! {
    fn a_generic_future_is_awaited() -> u32 = start();
    #[half::coroutine]
    fn start() -> u32 {
        let a = twice(|| after(1, 2)).await;
        let b = run(after(1, 3)).await;
        a + b
    }
    #[half::coroutine]
    fn twice<F, Fut>(make: F) -> u32
    where
        F: Fn() -> Fut,
        Fut: Future<Output = u32>,
    {
        let a = make().await;
        let b = make().await;
        a * 10 + b
    }
    #[half::coroutine]
    fn run(future: impl IntoFuture<Output = u32>) -> u32 {
        let held = noisy("held");
        future.await
    }
}

differential! {
    fn a_callback_that_is_called_once_is_held() -> &'static str = call(noisy("captured"));
    #[half::coroutine]
    fn call(captured: Noisy) -> &'static str {
        let word = once(move || captured.into_name()).await;
        word
    }
    #[half::coroutine]
    fn once<F: FnOnce() -> &'static str>(callback: F) -> &'static str {
        tick(1).await;
        callback()
    }
}

differential! {
    fn associated_types_are_inferred() -> u32 = total(vec![1_u32, 2, 3]);
    #[half::coroutine]
    fn total<I>(items: I) -> u32
    where
        I: IntoIterator,
        I::Item: Into<u32>,
    {
        let mut sum = 0;
        for item in items {
            let n: u32 = item.into();
            sum = after(1, sum + n).await;
        }
        sum
    }
}

differential! {
    fn types_are_inferred_from_code_after_the_suspension() -> Vec<u8> {
        let mut list = Vec::new();
        let mut best = None;
        tick(1).await;
        list.push(1);
        best = Some(3);
        tick(1).await;
        list.extend(best);
        list
    }
}

differential! {
    fn attributes_and_visibility_are_kept() -> u32 = inner::visible();
    mod inner {
        use super::half;
        use costate_tests::props::*;
        /// Documented.
        #[must_use]
        #[inline]
        #[half::coroutine]
        pub(super) fn visible() -> u32 {
            let n = after(1, 2).await;
            n
        }
    }
}

differential! {
    fn a_function_switched_off_by_cfg_is_not_there() -> u32 = chosen();
    #[cfg(any())]
    #[half::coroutine]
    fn chosen() -> u32 {
        nothing_of_this_name().await
    }
    #[cfg(not(any()))]
    #[half::coroutine]
    fn chosen() -> u32 {
        tick(1).await;
        5
    }
}

differential! {
    fn user_items_with_the_names_of_the_prelude_do_not_disturb() -> u32 = own::start();
    mod own {
        use super::half;
        use costate_tests::props::*;
        struct Poll;
        struct Pin;
        struct Box;
        mod core {}
        mod std {}
        enum Option {
            Some,
            None,
        }
        #[half::coroutine]
        pub fn start() -> u32 {
            let held = (Poll, Pin, Box, Option::Some);
            let n = after(1, 3).await;
            match held.3 {
                Option::Some => n,
                Option::None => 0,
            }
        }
    }
}

differential! {
    fn what_is_returned_without_a_name_is_unit() -> usize = start();
    #[half::coroutine]
    fn end(n: u32) -> impl std::fmt::Debug + use<> {
        if n == 1 {
            return;
        }
        tick(n).await;
        noisy("end").touch();
    }
    #[half::coroutine]
    fn start() -> usize {
        format!("{:?}{:?}", end(1).await, end(2).await).len()
    }
}

differential! {
    fn described_types_stand_in_other_types() -> usize = start();
    #[half::coroutine]
    fn wait(
        first: Pin<&mut impl Future<Output = usize>>,
        mut then: Option<impl FnMut(&usize) -> bool>,
        step: usize,
    ) -> usize {
        tick(1).await;
        let n = first.await;
        n * step + usize::from(then.as_mut().is_some_and(|then| then(&n)))
    }
    #[half::coroutine]
    fn start() -> usize {
        let held = noisy("held");
        let mut first = pin!(after(1, 3));
        wait(first.as_mut(), Some(|n: &usize| held.name().len() > *n), 10).await
    }
}
