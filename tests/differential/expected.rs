//! What is expected of an operand that is evaluated before others suspend: closures' types, coercions.

use costate_tests::differential;
use costate_tests::props::*;

trait Speak {
    fn speak(&self) -> usize;
}

impl Speak for Noisy {
    fn speak(&self) -> usize {
        self.touch();
        1
    }
}

impl Speak for u32 {
    fn speak(&self) -> usize {
        *self as usize
    }
}

differential! {
    fn closures_take_their_types_from_the_callee() -> (usize, usize) {
        fn apply(f: impl Fn(&str) -> usize, s: &str) -> usize { f(s) }
        fn boxed(f: Box<dyn Fn(&str) -> usize>, s: &str) -> usize { f(s) }
        (apply(|s| s.len(), after(1, "abc").await), boxed(Box::new(|s| s.trim().len()), after(1, " abc").await))
    }
}

differential! {
    fn a_move_closure_takes_what_it_captures_before_the_suspension() -> u32 {
        fn apply(f: impl FnOnce(u32) -> u32, n: u32) -> u32 { f(n) }
        let mut n = 1;
        let a = apply(move |m| n * 100 + m, { n = 5; after(1, n).await });
        let first = noisy("first");
        let last = noisy("last");
        let b = apply(move |m| { first.touch(); m }, after(1, 2).await);
        tick(1).await;
        a + b
    }
}

differential! {
    fn coercions_happen_at_the_operand() -> usize {
        fn all(list: [&dyn Speak; 2], o: Option<Box<dyn Speak>>, n: u32) -> usize {
            list.iter().map(|s| s.speak()).sum::<usize>() + o.map_or(0, |o| o.speak()) + n as usize
        }
        let who = noisy("who");
        all([&who, &7u32], Some(Box::new(3u32)), after(1, 2).await)
    }
}

differential! {
    fn a_declared_type_coerces_the_parts() -> usize {
        let list: [Box<dyn Speak>; 2] = [Box::new(noisy("a")), Box::new(after(1, 2u32).await)];
        let pair: (&dyn Speak, Option<&[u8]>, u32) = (&7u32, Some(&[1, 2, 3]), after(1, 2).await);
        tick(1).await;
        list[0].speak() + list[1].speak() + pair.0.speak() + pair.1.map_or(0, <[u8]>::len)
    }
}

differential! {
    fn a_returned_type_coerces_the_parts() -> usize = count();
    #[half::coroutine]
    fn parts() -> (Box<dyn Speak>, u32) {
        (Box::new(noisy("a")), after(1, 2).await)
    }
    #[half::coroutine]
    fn count() -> usize { parts().await.0.speak() }
}

differential! {
    fn a_callback_is_an_operand() -> u32 {
        let who = noisy("who");
        let mut once = move |n: u32| { who.touch(); n };
        let later = noisy("later");
        (once)(after(1, 3).await)
    }
}

differential! {
    fn well_known_methods_take_closures() -> u32 {
        let list = vec![3, 1, 2];
        let n = list.iter().map(|n| n + 1).filter(|n| n % 2 == 0).chain(after(1, vec![7]).await.iter().copied()).sum::<i32>();
        let m = after(1, Some(2)).await.map(|n| n * 2).or(after(1, Some(1)).await).map_or(0, |n| n + 1);
        let s = "1 2 x".split(' ').map(|s| s.parse::<u32>()).filter_map(Result::ok).fold(after(1, 1).await, |a, b| a + b);
        let r: Result<u32, String> = after(1, Err::<u32, u8>(3)).await.map_err(|e| e.to_string()).or_else(|e| Ok::<u32, String>(e.len() as u32)).map(|n| n + 2);
        n as u32 + m + s + r.unwrap_or_else(|_| 0) + "5".parse().unwrap_or(after(1, 2u32).await)
    }
}

differential! {
    fn closures_capture_by_reference_as_they_stand() -> u32 {
        fn apply(a: u32, f: impl Fn(u32) -> u32, b: u32) -> u32 {
            f(a + b)
        }
        let who = noisy("who");
        let n = 3;
        let a = apply(after(1, 1).await, |m| { who.touch(); m + n }, after(1, 2).await);
        let all = [1, 2, 3].iter().map(|m| m * n).fold(after(1, 0).await, |a, b| a + b);
        tick(1).await;
        a + all
    }
}

differential! {
    fn captures_of_a_move_closure_drop_as_the_closure_does() -> usize {
        struct Keep<F>(F, u32);
        let (a, b, c) = (noisy("a"), noisy("b"), noisy("c"));
        let kept = Keep(move || { b.touch(); a.touch(); b.name().len() }, after(2, 1).await);
        tick(1).await;
        (kept.0)() + kept.1 as usize + c.name().len()
    }
}

differential! {
    fn branches_coerce_their_tails() -> usize {
        fn both(a: &dyn Speak, b: Option<&dyn Speak>, n: u32) -> usize {
            a.speak() + b.map_or(0, |b| b.speak()) + n as usize
        }
        let who = noisy("who");
        let flag = after(1, true).await;
        both(if flag { &who } else { &5u32 }, match flag { true => Some(&7u32), false => None }, after(1, 2).await)
    }
}

differential! {
    fn literals_fall_back_as_in_one_piece() -> (u8, f32, i64, usize) {
        fn four(a: u8, b: f32, c: i64, d: usize) -> (u8, f32, i64, usize) {
            (a, b, c, d)
        }
        let shift = 1 << 3;
        four(1 + 2, 1.5 * 2.0, -(3 + 4), after(1, shift).await)
    }
}

/// A client of a database, which is lent a statement's parameters until it has answered.
struct Asks;

impl Asks {
    async fn query(&self, text: &str, parameters: &[&dyn Speak]) -> usize {
        tick(1).await;
        text.len() + parameters.iter().map(|one| one.speak()).sum::<usize>()
    }

    async fn named(&self, pairs: &[(&str, &dyn Speak)]) -> usize {
        tick(1).await;
        pairs
            .iter()
            .map(|(name, one)| name.len() + one.speak())
            .sum()
    }

    async fn owned(&self, boxes: &mut [Box<dyn Speak>]) -> usize {
        tick(1).await;
        boxes.reverse();
        boxes.iter().map(|one| one.speak()).sum()
    }

    fn itself(&self) -> &Self {
        self
    }
}

differential! {
    fn an_array_that_is_lent_is_coerced_to_what_the_call_expects() -> usize {
        let (asks, who, n) = (Asks, noisy("who"), 7u32);
        let a = asks.query("one", &[&n]).await;
        let b = asks.itself().query(&format!("{}", n), &[&who, &n, &noisy("made")]).await;
        let c = asks.named(&[("who", &who), ("n", &n)]).await;
        let d = asks.owned(&mut [Box::new(noisy("box")), Box::new(n)]).await;
        a + b + c + d + asks.query("none", &[]).await
    }
}

differential! {
    fn an_array_is_coerced_whose_elements_suspend() -> usize {
        let who = noisy("who");
        Asks.query("", &[&who, &after(1, 2u32).await, &noisy("made")]).await
    }
}

differential! {
    fn an_array_that_a_let_extends_is_coerced_to_its_type() -> usize {
        let n = 7u32;
        let list: &[&dyn Speak] = &[&n, &noisy("made")];
        tick(1).await;
        let sum = list.iter().map(|one| one.speak()).sum::<usize>();
        sum + Asks.query("", list).await
    }
}

differential! {
    fn an_array_is_lent_to_what_takes_any_type() -> usize {
        async fn lengths<T: AsRef<str>>(of: &[T]) -> Vec<usize> {
            tick(1).await;
            of.iter().map(|one| one.as_ref().len()).collect()
        }
        let (one, two) = (String::from("one"), String::from("three"));
        lengths(&[&one, &two]).await.len() + lengths(&[&one[..], "x"]).await[0]
    }
}

/// What holds a borrow that the next one holds shared, and what has a trait that the next one has as an object.
struct Builder<'a> {
    client: &'a mut Noisy,
    sink: Box<Noisy>,
    list: [u8; 3],
}

struct Built<'a> {
    client: &'a Noisy,
    sink: Box<dyn Speak>,
    list: &'a [u8],
}

differential! {
    fn fields_that_move_are_coerced() -> usize {
        let mut who = noisy("who");
        let built = Builder { client: &mut who, sink: Box::new(noisy("sink")), list: [1, 2, 3] };
        tick(1).await;
        let list = built.list;
        let built = Built { client: built.client, sink: built.sink, list: &list };
        tick(1).await;
        built.client.touch();
        built.sink.speak() + built.list.len()
    }
}
