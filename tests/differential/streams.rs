//! Methods of streams and futures, which take `self` by value and closures.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use futures::{FutureExt, Sink, SinkExt, Stream, StreamExt, TryStreamExt};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Counts down; `Unpin`, so that `&mut Countdown` is a stream too.
struct Countdown(Noisy, u32);

fn countdown(name: &'static str) -> Countdown {
    Countdown(noisy(name), 3)
}

impl Stream for Countdown {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
        let left = self.1;
        self.1 = left.saturating_sub(1);
        Poll::Ready((left > 0).then_some(left))
    }
}

differential! {
    fn a_stream_is_collected_and_dropped() -> u32 {
        let (s, t, u) = (countdown("s"), countdown("t"), countdown("u").map(Ok::<u32, ()>));
        tick(1).await;
        let first = s.collect::<Vec<_>>().await;
        say("first");
        let second: Vec<_> = t.collect().await;
        say("second");
        let third: Vec<_> = u.try_collect().await.unwrap();
        say("third");
        tick(1).await;
        first[0] + second[1] + third[2]
    }
}

differential! {
    fn a_stream_is_consumed_with_a_closure() -> u32 {
        let (s, t, u) = (countdown("s"), countdown("t"), countdown("u"));
        tick(1).await;
        let mapped = s.map(|n| n + 1).collect::<Vec<_>>().await;
        say("mapped");
        t.for_each(|_| after(1, ())).await;
        say("each");
        let sum = u.filter(|_| after(1, true)).fold(0, |a, b| after(1, a + b)).await;
        say("folded");
        tick(1).await;
        mapped[0] + sum
    }
}

differential! {
    fn a_future_is_consumed_with_a_closure() -> u32 {
        let (first, second) = (after(1, 1), after(2, noisy("second")));
        tick(1).await;
        let then = first.then(|n| after(n, n + 1)).await;
        say("then");
        let length = second.map(|n| n.name().len()).await;
        tick(1).await;
        then + length as u32
    }
}

differential! {
    fn an_iterator_is_consumed_and_its_use_says_the_type() -> u32 {
        let (a, b) = (vec![noisy("a")].into_iter(), vec![1u32, 2].into_iter());
        let pairs = vec![(1, 2u8)].into_iter();
        tick(1).await;
        let all = a.collect();
        let sum: u32 = b.sum();
        let (left, _): (Vec<u32>, Vec<_>) = pairs.unzip();
        fn first(of: &Vec<Noisy>) -> u32 {
            of[0].name().len() as u32
        }
        tick(1).await;
        first(&all) + sum + left[0]
    }
}

struct Matrix(Noisy);

impl Matrix {
    fn sum(&self) -> usize {
        self.0.name().len()
    }

    fn collect(&mut self) -> u32 {
        self.0.touch();
        3
    }

    fn product(self) -> Noisy {
        self.0
    }
}

differential! {
    fn methods_of_the_same_names_are_asked_about() -> usize {
        let (a, mut b, c) = (Matrix(noisy("a")), Matrix(noisy("b")), Matrix(noisy("c")));
        tick(1).await;
        let n = a.sum();
        let m = b.collect();
        let c = c.product();
        say("all");
        tick(1).await;
        n + m as usize + c.name().len()
    }
}

/// What is sent may be of several types.
impl<T: AsRef<str>> Sink<T> for Countdown {
    type Error = ();

    fn poll_ready(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
        Poll::Ready(Ok(()))
    }

    fn start_send(mut self: Pin<&mut Self>, item: T) -> Result<(), ()> {
        self.1 += item.as_ref().len() as u32;
        Ok(())
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
        Poll::Ready(Ok(()))
    }
}

struct Port(Noisy, Noisy);

impl Port {
    fn split(self) -> (Noisy, Noisy) {
        (self.0, self.1)
    }
}

struct Lent(u32, u32);

impl Lent {
    fn split(&mut self) -> (&mut u32, &mut u32) {
        (&mut self.0, &mut self.1)
    }
}

differential! {
    fn what_is_sent_says_the_type_of_a_half() -> u32 {
        let (both, port, mut lent) = (countdown("both"), Port(noisy("a"), noisy("b")), Lent(1, 2));
        tick(1).await;
        let (mut sink, mut stream) = both.split();
        let (sent, received) = port.split();
        let (left, right) = lent.split();
        tick(1).await;
        sink.send(String::from("more")).await.unwrap();
        *left += *right;
        tick(1).await;
        drop(sent);
        stream.next().await.unwrap() + *left
    }
}
