//! What closures and inner `async` blocks capture in code around a suspension.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

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

fn once<T>(f: impl FnOnce() -> T) -> T {
    f()
}

differential! {
    fn a_closure_calls_what_can_be_called_once() -> (usize, usize) {
        fn given<F: FnOnce(A, &str) -> usize, A>(f: F, a: A) -> impl FnOnce(&str) -> usize {
            move |text| f(a, text)
        }
        let held = noisy("held");
        let f = given(|held: Noisy, text: &str| held.name().len() + text.len(), held);
        let again: Box<dyn FnOnce(Noisy) -> usize> = Box::new(|noisy| noisy.name().len());
        let (other, never) = (noisy("other"), noisy("never"));
        let text = String::from("text");
        tick(1).await;
        let n = match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| f(&text))) {
            Ok(n) => n,
            Err(_) => {
                tick(1).await;
                never.name().len()
            }
        };
        tick(1).await;
        let m = once(|| again(other));
        tick(1).await;
        (n, m)
    }
}

differential! {
    fn a_closure_calls_what_can_be_called_again() -> usize {
        let said = noisy("said");
        let mut f = |n: usize| said.name().len() + n;
        let g: fn(usize) -> usize = |n| n + 1;
        let h: Box<dyn Fn(&str) -> usize> = Box::new(str::len);
        tick(1).await;
        let twice = |f: &dyn Fn() -> usize| f() + f();
        let sum = twice(&|| g(1)) + twice(&|| h("abc")) + once(|| f(3));
        tick(1).await;
        sum + once(|| h("d")) + f(1)
    }
}

differential! {
    fn a_closure_converts_what_it_captured() -> String {
        let (name, number) = (noisy("name"), 7u8);
        struct Named(Noisy);
        impl From<Noisy> for Named {
            fn from(noisy: Noisy) -> Self { Named(noisy) }
        }
        tick(1).await;
        let named: Named = once(|| name.into());
        tick(1).await;
        let mut numbers = vec![];
        for _ in 0..2 {
            numbers.push(once(|| -> u64 { number.into() }));
            tick(1).await;
        }
        format!("{}{numbers:?}", named.0.name())
    }
}

/// As middleware is: what holds a closure, and is `Copy` or `Clone` if that is.
#[derive(Clone, Copy)]
struct Layer<F>(F);

impl<F: Fn(usize) -> usize> Layer<F> {
    fn layer(&self, n: usize) -> Layer<impl Fn(usize) -> usize + Clone>
    where
        F: Clone,
    {
        let f = self.0.clone();
        Layer(move |m| f(m) + n)
    }

    async fn call(self, n: usize) -> usize {
        tick(1).await;
        (self.0)(n)
    }
}

differential! {
    fn what_holds_a_closure_is_called_by_value() -> usize {
        let (held, shared) = (noisy("held"), std::rc::Rc::new(noisy("shared")));
        let layer = Layer(move |n| { shared.touch(); n });
        let plain = Layer(|n| held.name().len() * n);
        let service = layer.layer(3);
        tick(1).await;
        let n = service.call(1).await;
        tick(1).await;
        n + layer.call(2).await + plain.layer(1).call(2).await + plain.call(5).await
    }
}

differential! {
    fn closures_that_borrow_or_consume_are_cloned() -> usize {
        fn cloned<R>(f: impl FnOnce() -> R + Clone) -> (R, R) {
            (f.clone()(), f())
        }
        let (held, owned) = (noisy("held"), String::from("owned"));
        tick(1).await;
        let (a, b) = cloned(|| held.name().len());
        let (c, d) = cloned(|| owned);
        tick(1).await;
        a + b + c.len() + d.len()
    }
}

/// What `tracing` gives every future: a method of any type, by value.
trait Named: Sized {
    fn named(self, name: Noisy) -> WithName<Self> {
        WithName(Box::pin(self), name)
    }
}

impl<T> Named for T {}

struct WithName<F>(Pin<Box<F>>, Noisy);

impl<F: Future> Future for WithName<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<F::Output> {
        self.get_mut().0.as_mut().poll(task)
    }
}

#[derive(Clone, Copy)]
struct MayBeCopied<F>(F);

impl<F: Fn() -> usize> MayBeCopied<F> {
    fn called(self, plus: usize) -> usize {
        (self.0)() + plus
    }

    fn lent(&self, plus: usize) -> usize {
        (self.0)() + plus
    }
}

differential! {
    fn what_holds_an_async_block_or_a_closure_is_consumed_beside_a_suspension() -> usize = start(noisy("held"), noisy("kept"));
    #[half::coroutine]
    fn start(held: Noisy, kept: Noisy) -> usize {
        let span = noisy("span");
        let a = async {
            held.touch();
            tick(1).await;
            if held.name().is_empty() {
                return 7;
            }
            held.name().len()
        }
        .named(span)
        .await;
        let b = (async || held.name().len())().named(after(1, noisy("late")).await).await;
        let c = MayBeCopied(|| kept.name().len()).called(after(1, 3).await);
        let d = MayBeCopied(|| kept.name().len()).lent(after(1, 4).await);
        let all: Vec<&str> = std::iter::repeat_with(|| kept.name()).take(after(1, 5).await).collect();
        tick(1).await;
        kept.touch();
        a + b + c + d + all.len()
    }
}
