//! Methods and calls on parts of a local: rustc says whether they consume.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

struct Wrap(Noisy);

impl Wrap {
    fn close(self) -> &'static str {
        say("close");
        self.0.name()
    }

    fn join(self) -> Tick<Noisy> {
        after(1, self.0)
    }
}

differential! {
    fn a_method_consumes_a_field() -> &'static str {
        let x = (Wrap(noisy("w")), noisy("other"));
        tick(1).await;
        let n = x.0.close();
        tick(1).await;
        n
    }
}

differential! {
    fn a_method_of_a_field_is_awaited() -> &'static str = S { handle: Wrap(noisy("h")), other: noisy("o") }.run();
    struct S { handle: Wrap, other: Noisy }
    impl S {
        #[half::coroutine]
        fn run(self) -> &'static str { tick(1).await; let n = self.handle.join().await; tick(1).await; n.name() }
    }
}

differential! {
    fn a_field_is_iterated_by_value() -> u32 {
        let w = (vec![noisy("a"), noisy("b")], noisy("c"));
        tick(1).await;
        let mut k = 0;
        for n in w.0.into_iter() { tick(1).await; k += 1; }
        tick(1).await;
        k
    }
}

differential! {
    fn a_field_is_called_once() -> () = start(W { f: |n: u32| say(n), y: noisy("y") });
    struct W<F> { f: F, y: Noisy }
    #[half::coroutine]
    fn start<F: FnOnce(u32)>(w: W<F>) -> () { tick(1).await; (w.f)(3); tick(1).await; }
}

differential! {
    fn a_method_consumes_a_field_on_one_path() -> () {
        for n in 0..2 {
            let w = (noisy("a"), noisy("b"));
            tick(1).await;
            if n == 0 { say(w.0.into_name()); }
            tick(1).await;
            w.1.touch();
            tick(1).await;
        }
    }
}

differential! {
    fn methods_that_borrow_leave_their_fields() -> usize {
        let mut w = (noisy("a"), vec![noisy("b")], Some(noisy("c")));
        tick(1).await;
        w.0.rename("z");
        w.1.push(noisy("d"));
        let t = w.2.take();
        let k = w.1.iter().map(|x| x.name().len()).sum::<usize>();
        let g = w.0.greeted().await;
        tick(1).await;
        k + g.len() + w.2.map(|x| 1).unwrap_or(100)
    }
}

differential! {
    fn a_field_of_a_generic_type_is_iterated() -> usize = go((vec![noisy("a"), noisy("b")], noisy("c")));
    #[half::coroutine]
    fn go<I: IntoIterator<Item = Noisy>>(w: (I, Noisy)) -> usize {
        tick(1).await;
        let mut n = 0;
        for x in w.0.into_iter() { tick(1).await; n += 1; }
        tick(1).await;
        n
    }
}

differential! {
    fn fields_behind_references_and_pointers_stay() -> usize = start();
    #[half::coroutine]
    fn start() -> usize { let t = (noisy("a"), W2 { f: noisy("f"), k: vec![1] }); go(&t).await }
    pub struct W2 { f: Noisy, k: Vec<u32> }
    trait Short { fn short(&self) -> usize; fn eat(self) -> usize; }
    impl Short for Noisy { fn short(&self) -> usize { self.name().len() } fn eat(self) -> usize { self.name().len() + 10 } }
    #[half::coroutine]
    fn go<'a>(r: &'a (Noisy, W2)) -> usize {
        let w = Some(r).unwrap();
        let b = Box::new((noisy("x"), noisy("y")));
        let m = std::sync::Arc::new(W2 { f: noisy("af"), k: vec![] });
        tick(1).await;
        let n = w.0.short() + w.1.f.short() + w.1.k.first_chunk::<1>().map_or(0, |x| x[0] as usize);
        tick(1).await;
        let k = if n == 5 { b.0.short() } else { b.0.eat() } + b.1.short();
        tick(1).await;
        n + k + m.f.short()
    }
}

// Streams that are `Unpin`, so that their methods can be called on a `&mut` too.
differential! {
    fn a_turbofish_leaves_something_open() -> (usize, u32) {
        use futures::stream::{FuturesUnordered, TryStreamExt, iter};
        let stream = iter([Ok::<_, ()>(noisy("a")), Ok(noisy("b"))]);
        tick(1).await;
        let all = stream.try_collect::<Vec<_>>().await.unwrap();
        let ready = FuturesUnordered::from_iter([after(1, Ok::<_, ()>(1)), after(2, Ok(2))]);
        let sum = ready.try_collect::<Vec<_>>().await.unwrap();
        (all.len(), sum.into_iter().sum())
    }
}

struct Row(Noisy);

impl Row {
    fn get<I: Into<u64>, T: From<u8>>(&self, _: I) -> T {
        T::from(self.0.name().len() as u8)
    }

    fn change<I: Into<u64>, T: From<u8>>(&mut self, _: I) -> T {
        T::from(2)
    }

    fn finish<I: Into<u64>, T: From<u8>>(self, _: I) -> T {
        say("finish");
        T::from(3)
    }
}

differential! {
    fn a_turbofish_leaves_what_the_arguments_say() -> u32 {
        let mut sum = 0;
        for n in 0..3 {
            let (mut row, mut boxed) = (Row(noisy("row")), Box::new(Row(noisy("boxed"))));
            tick(1).await;
            sum += match n {
                0 => row.get::<_, u32>(1u32) + boxed.get::<_, u32>(1u32),
                1 => row.change::<_, u32>(1u32) + boxed.change::<_, u32>(1u32),
                _ => row.finish::<_, u32>(1u32) + boxed.finish::<_, u32>(1u32),
            };
            tick(1).await;
        }
        sum
    }
}

struct Socket(Noisy);

impl Socket {
    fn send<A: Into<u64>>(&self, (bytes, to): (&[u8], A)) -> Tick<u64> {
        after(1, bytes.len() as u64 + to.into())
    }

    fn close<A: Into<u64>>(self, last: Option<(&[u8], A)>) -> Tick<u64> {
        after(
            1,
            last.map_or(0, |(bytes, to)| bytes.len() as u64 + to.into()),
        )
    }
}

differential! {
    fn parts_of_an_argument_are_coerced() -> u64 {
        let (a, b) = (Socket(noisy("a")), Socket(noisy("b")));
        tick(1).await;
        a.send((b"123", 2u32)).await + b.close(Some((b"12", 1u32))).await
    }
}

differential! {
    fn entries_of_a_map_are_consumed_after_a_suspension() -> u32 {
        use std::collections::HashMap;
        use std::collections::hash_map::Entry;
        let mut map = HashMap::new();
        let mut sum = 0;
        for name in ["a", "a", "b"] {
            sum += match map.entry(name) {
                Entry::Vacant(entry) => {
                    let held = after(1, noisy(name)).await;
                    entry.insert(held).name().len() as u32
                }
                Entry::Occupied(entry) => {
                    tick(1).await;
                    entry.remove().name().len() as u32 + 10
                }
            };
        }
        sum + map.len() as u32
    }
}

struct Built(Noisy, Vec<Option<u8>>);

impl Built {
    fn insert(mut self, n: Option<u8>) -> Self {
        self.1.push(n);
        self
    }

    fn lines(self) -> Tick<usize> {
        after(1, self.1.len())
    }
}

differential! {
    fn names_of_collections_are_names_of_methods_by_value_too() -> usize {
        use std::io::BufRead;
        let (text, read) = (String::from("a\nb"), std::io::Cursor::new("c\nd\ne"));
        let (mut list, built) = (vec![], Built(noisy("built"), vec![]));
        let mut map = std::collections::BTreeMap::<u8, (Option<u8>, Box<dyn Fn(u8) -> u8>)>::new();
        tick(1).await;
        let built = built.insert(None).insert(Some(3));
        tick(1).await;
        list.insert(0, "a".into());
        let first: &String = &list[0];
        let n = first.len() + built.lines().await;
        map.insert(3, (None, Box::new(|n| n + 1)));
        list.remove(0);
        n + text.lines().count() + read.lines().count()
    }
}
