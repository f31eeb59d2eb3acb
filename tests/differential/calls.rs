//! Suspensions among the operands of calls and method calls.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::cell::Cell;
use std::collections::HashMap;

fn both(a: Noisy, b: Noisy) -> Noisy {
    say("both");
    drop(b);
    a
}

fn sum(a: u32, b: u32, c: u32) -> u32 {
    say(format_args!("sum {a} {b} {c}"));
    a + b + c
}

differential! {
    fn an_argument_suspends() -> u32 {
        let n = sum(given("a", 1), after(1, 2).await, given("c", 3));
        tick(1).await;
        n
    }
}

differential! {
    fn every_argument_suspends() -> u32 {
        sum(after(1, 1).await, after(2, 2).await, after(1, 3).await)
    }
}

differential! {
    fn evaluated_arguments_drop_in_reverse() -> &'static str {
        let local = noisy("local");
        let kept = both(noisy("first"), after(2, noisy("second")).await);
        tick(1).await;
        kept.name()
    }
}

differential! {
    fn calls_nest() -> u32 {
        sum(sum(1, after(1, 2).await, 3), given("mid", 4), sum(after(1, 5).await, 6, after(1, 7).await))
    }
}

differential! {
    fn an_awaited_call_takes_an_awaited_call() -> u32 {
        fn next(n: u32) -> Tick<u32> {
            after(1, n + 1)
        }
        next(next(next(after(1, 0).await).await).await).await
    }
}

differential! {
    fn a_local_is_moved_before_the_suspension() -> &'static str {
        let a = noisy("a");
        let b = noisy("b");
        let kept = both(a, b.sent(1).await);
        tick(1).await;
        kept.name()
    }
}

differential! {
    fn a_copy_is_taken_before_the_suspension() -> u32 {
        let mut n = 1;
        let total = sum(n, { n = 10; after(1, n).await }, { n += 1; n });
        tick(1).await;
        total
    }
}

differential! {
    fn temporaries_of_an_argument_live_on() -> usize {
        fn length(n: &Noisy) -> usize {
            n.name().len()
        }
        let total = usize::max(length(&noisy("temporary")), after(1, 3).await);
        say("after the statement");
        tick(1).await;
        total
    }
}

differential! {
    fn arguments_are_references_to_temporaries() -> usize {
        fn lengths(a: &Noisy, b: &Noisy) -> usize {
            say("lengths");
            a.name().len() + b.name().len()
        }
        let n = lengths(&noisy("a"), &after(1, noisy("bb")).await) + lengths(&after(1, noisy("c")).await, &noisy("d"));
        tick(1).await;
        n
    }
}

differential! {
    fn a_method_takes_what_is_awaited() -> Vec<u32> {
        let mut list = vec![1];
        list.push(after(1, 2).await);
        list.extend([after(1, 3).await, after(0, 4).await]);
        tick(1).await;
        list
    }
}

differential! {
    fn a_receiver_is_read_in_its_arguments() -> Vec<usize> {
        fn double(n: usize) -> Tick<usize> {
            after(1, n * 2)
        }
        let mut list = vec![1];
        list.push(double(list.len()).await);
        list.push(double(list.len()).await + list[1]);
        list
    }
}

differential! {
    fn a_method_consumes_its_receiver() -> &'static str {
        impl Noisy2 {
            fn joined(self, other: Noisy) -> Noisy {
                say("joined");
                drop(other);
                self.0
            }
        }
        struct Noisy2(Noisy);
        let a = Noisy2(noisy("a"));
        let kept = a.joined(after(1, noisy("b")).await);
        tick(1).await;
        kept.name()
    }
}

differential! {
    fn a_receiver_is_made_before_the_arguments() -> u32 {
        struct Counter(u32, Noisy);
        impl Counter {
            fn add(&mut self, n: u32) -> u32 {
                say("add");
                self.0 += n;
                self.0
            }
            fn end(self, n: u32) -> u32 {
                say("end");
                self.0 + n
            }
        }
        let n = Counter(1, noisy("counter")).add(after(1, 2).await);
        tick(1).await;
        n + Counter(1, noisy("other")).end(after(1, 2).await)
    }
}

struct Link(u32, Noisy);

impl Link {
    fn next(&self, n: u32) -> Tick<Result<Link, String>> {
        say("next");
        after(1, Ok(Link(self.0 + n, noisy("link"))))
    }

    fn last(self, n: u32) -> Tick<u32> {
        say("last");
        after(1, self.0 * n)
    }
}

differential! {
    fn chains_await_in_every_link() -> Result<u32, String> {
        let first = Link(1, noisy("first"));
        let n = first.next(after(1, 2).await).await?.next(3).await?.last(after(1, 4).await).await;
        tick(1).await;
        Ok(n)
    }
}

differential! {
    fn a_question_mark_leaves_in_the_middle() -> Result<u32, String> {
        let local = noisy("local");
        let n = sum(after(1, Ok::<u32, String>(1)).await?, after(1, Err(String::from("no"))).await?, given("never", 3));
        tick(1).await;
        Ok(n)
    }
}

differential! {
    fn a_break_leaves_in_the_middle() -> u32 {
        let mut n = 0;
        loop {
            n += 1;
            let kept = both(noisy("operand"), if n == 2 { break } else { after(1, noisy("other")).await });
            tick(1).await;
        }
        n
    }
}

differential! {
    fn a_held_closure_is_called() -> u32 {
        let mut calls = 0;
        let mut count = |n: u32, m: u32| {
            calls += 1;
            n + m
        };
        let a = count(given("a", 1), after(1, 2).await);
        let b = count(after(1, a).await, 1);
        tick(1).await;
        b * 10 + calls
    }
}

differential! {
    fn what_is_called_is_made_first() -> u32 {
        fn make() -> impl Fn(u32) -> u32 {
            say("make");
            |n| n + 1
        }
        let table: [fn(u32) -> u32; 2] = [|n| n, |n| n * 2];
        tick(1).await;
        make()(after(1, 1).await) + (table[1])(after(1, 2).await)
    }
}

differential! {
    fn arguments_are_blocks_matches_and_loops() -> u32 {
        let flag = after(1, true).await;
        let n = sum(
            { let held = noisy("held"); tick(1).await; 1 },
            match after(1, Some(2)).await { Some(n) if flag => n, _ => after(1, 9).await },
            loop { if after(1, flag).await { break after(1, 3).await } },
        );
        tick(1).await;
        n + sum(if flag { after(1, 1).await } else { 2 }, { tick(0).await; 2 }, 'a: { break 'a after(1, 3).await })
    }
}

differential! {
    fn types_come_from_the_callee() -> (usize, String) {
        fn take(a: Option<u8>, b: String, c: Vec<u16>, d: &[u8], e: Box<dyn Fn(u8) -> u8>, f: u64) -> usize {
            a.map_or(0, usize::from) + b.len() + c.len() + d.len() + usize::from(e(1)) + f as usize
        }
        let text: String = String::from_iter(["a", after(1, "b").await]);
        let n = take(None, "abc".into(), Vec::new(), &[1, 2, 3, 4], Box::new(|n| n + 1), after(1, 5).await);
        (n, text)
    }
}

differential! {
    fn constructors_are_calls() -> Option<(u32, Option<Noisy>)> {
        let some = Some((after(1, 1).await, Some(after(1, noisy("in")).await)));
        tick(1).await;
        some
    }
}

struct Bank {
    items: Vec<Noisy>,
    total: u32,
    by_name: HashMap<u32, Vec<u32>>,
}

impl Bank {
    fn bump(&mut self) -> Tick<u32> {
        self.total += 1;
        after(1, self.total)
    }

    fn total(&self) -> Tick<u32> {
        after(1, self.total)
    }
}

differential! {
    fn fields_of_a_reference_are_receivers() -> (usize, u32) = run(Bank { items: vec![], total: 5, by_name: HashMap::from([(1, vec![])]) });
    #[half::coroutine]
    fn run(mut bank: Bank) -> (usize, u32) {
        let bank = &mut bank;
        bank.items.push(after(1, noisy("item")).await);
        let least = bank.total.min(bank.bump().await);
        let most = bank.total.max(bank.total().await + 1);
        bank.by_name.entry(after(1, 2).await).or_default().push(after(1, 7).await);
        tick(1).await;
        (bank.items.len() + bank.by_name[&2].len(), least * 100 + most)
    }
}

differential! {
    fn elements_are_receivers() -> Vec<Vec<u32>> {
        let mut lists = vec![vec![1], vec![2]];
        let i = after(1, 1).await;
        lists[i].push(after(1, 3).await);
        lists[after(1, 0).await].push(after(1, 4).await);
        lists
    }
}

differential! {
    fn an_element_that_is_not_there_panics_before_the_argument() -> Vec<Vec<u32>> {
        let mut lists = vec![vec![1], vec![2]];
        let i = after(1, 7).await;
        lists[i].push(given("argument", after(1, 3).await));
        lists
    }
}

differential! {
    fn cells_are_borrowed_by_their_methods() -> u32 {
        let cell = Cell::new(1);
        let old = cell.replace(after(1, cell.get()).await + 1);
        tick(1).await;
        cell.get() * 10 + old
    }
}
