//! Suspensions among the operands of operators, and in what is built of parts.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::ops::{Add, Neg, Not};

/// A number that says what is done with it.
#[derive(Debug)]
struct Loud(i32, Noisy);

fn loud(n: i32, name: &'static str) -> Loud {
    Loud(n, noisy(name))
}

impl Add for Loud {
    type Output = Loud;
    fn add(self, other: Loud) -> Loud {
        say("add");
        Loud(self.0 + other.0, noisy("sum"))
    }
}

impl Neg for Loud {
    type Output = i32;
    fn neg(self) -> i32 {
        -self.0
    }
}

impl Not for &Loud {
    type Output = bool;
    fn not(self) -> bool {
        self.0 == 0
    }
}

impl PartialEq for Loud {
    fn eq(&self, other: &Loud) -> bool {
        say("compare");
        self.0 == other.0
    }
}

differential! {
    fn arithmetic_of_what_is_awaited() -> i64 {
        let n = after(1, 3).await;
        let sum = n + after(1, 4).await * 2 - n;
        let bits = (after(1, 5).await << 2 | 1) ^ after(1, 6).await & !n;
        sum * 100 + bits % 7 + -after(1, 1).await
    }
}

differential! {
    fn the_left_operand_is_copied_first() -> i32 {
        let mut x = 1;
        let a = x + { x = 10; after(1, x).await };
        let b = x - { x += 1; after(1, 1).await } - x;
        a * 1000 + b * 10 + x
    }
}

differential! {
    fn overloaded_operands_drop_in_reverse() -> i32 {
        let local = loud(1, "local");
        let sum = loud(1, "left") + after(1, loud(2, "right")).await + loud(3, "last");
        tick(1).await;
        -sum
    }
}

differential! {
    fn strings_are_joined() -> String {
        let text = String::from("a");
        let text = text + "b" + &after(1, String::from("c")).await + after(1, "d").await;
        tick(1).await;
        text + &after(1, noisy("e")).await.name()
    }
}

differential! {
    fn comparisons_of_numbers_copy_the_left() -> Vec<bool> {
        let mut n = 1;
        let first = n == { n = 2; after(1, 1).await };
        let second = after(1, 2).await >= n;
        let third = n < after(1, 3).await && n != after(1, 4).await;
        vec![first, second, third]
    }
}

struct Count {
    n: u32,
    who: Noisy,
}

impl Count {
    fn bump(&mut self) -> Tick<u32> {
        self.n += 1;
        after(1, self.n)
    }

    fn now(&self) -> Tick<u32> {
        after(1, self.n)
    }
}

differential! {
    fn a_compared_field_is_copied_before_it_changes() -> (bool, bool, bool) {
        let mut count = Count { n: 1, who: noisy("who") };
        let count = &mut count;
        let same = count.n == count.bump().await;
        let less = count.n < count.bump().await;
        let still = count.n == count.now().await;
        (same, less, still)
    }
}

differential! {
    fn comparisons_of_values_borrow_them() -> bool {
        let held = loud(1, "held");
        let first = held == after(1, loud(1, "awaited")).await;
        tick(1).await;
        let second = loud(2, "left") == after(1, loud(2, "right")).await;
        say("after");
        tick(1).await;
        first && second && held == after(1, loud(1, "again")).await && held.0 == 1
    }
}

differential! {
    fn a_field_of_a_value_is_compared() -> bool {
        let equal = loud(1, "left").0 == after(1, 1).await;
        tick(1).await;
        equal
    }
}

differential! {
    fn unary_operators() -> (bool, i32, i32) {
        let not = !after(1, false).await;
        let minus = -after(1, loud(3, "n")).await;
        let boxed = *after(1, Box::new(4)).await;
        let by_reference = !&after(1, loud(0, "zero")).await;
        (not && by_reference, minus, boxed)
    }
}

differential! {
    fn lazy_operators_skip_what_they_need_not() -> u32 {
        let mut n = 0;
        if given("a", true) && after(1, true).await && given("c", false) && after(1, true).await {
            n += 1;
        }
        let or = given("a", false) || after(1, true).await || after(1, given("never", true)).await;
        let mixed = (after(1, or).await || given("never", true)) && !(given("x", false) || after(1, false).await);
        while after(1, n < 3).await && given("loop", n != 2) || n == 9 {
            n += 1;
        }
        n + u32::from(mixed) * 10
    }
}

differential! {
    fn temporaries_end_with_each_lazy_operand() -> bool {
        fn yes(n: &Noisy) -> bool {
            say("yes");
            n.name().len() == 1
        }
        let both = yes(&noisy("a")) && yes(&after(1, noisy("b")).await) && after(1, yes(&noisy("c"))).await;
        say("after");
        tick(1).await;
        both || yes(&noisy("never"))
    }
}

differential! {
    fn temporaries_of_other_operators_do_not() -> bool {
        fn yes(n: &Noisy) -> bool {
            say("yes");
            n.name().len() == 1
        }
        let both = yes(&noisy("a")) & yes(&after(1, noisy("b")).await) & after(1, yes(&noisy("c"))).await;
        say("after");
        tick(1).await;
        both
    }
}

differential! {
    fn the_right_of_a_lazy_operator_leaves() -> Option<u32> {
        let mut n = 0;
        loop {
            n += 1;
            let _ = n < 3 || return after(1, Some(n)).await;
            let _ = after(1, n > 1).await && { tick(1).await; continue };
            tick(1).await;
        }
    }
}

differential! {
    fn casts_and_ranges() -> (u64, Vec<u32>, usize) {
        let wide = after(1, 300_u16).await as u8 as u64 + after(1, 2_u32).await as u64;
        let range = (given("start", 1)..after(1, 4).await).collect();
        let list = [1, 2, 3, 4, 5];
        let part = &list[after(1, 1).await..=after(1, 3).await];
        tick(1).await;
        (wide, range, part.len() + list[..after(1, 2).await].len())
    }
}

differential! {
    fn tuples_and_arrays_drop_their_parts_in_reverse() -> usize {
        let tuple = (noisy("a"), after(1, noisy("b")).await, noisy("c"), after(1, noisy("d")).await);
        let array = [tuple.1, noisy("e"), after(1, noisy("f")).await];
        let repeated = [after(1, 7_u8).await; 3];
        tick(1).await;
        array.len() + repeated.len()
    }
}

#[derive(Debug)]
struct Parts {
    a: Noisy,
    b: Noisy,
    c: Noisy,
}

differential! {
    fn fields_are_evaluated_as_written() -> &'static str {
        let parts = Parts { c: noisy("c"), a: after(1, noisy("a")).await, b: noisy("b") };
        tick(1).await;
        parts.a.name()
    }
}

differential! {
    fn functional_update_takes_the_rest() -> (&'static str, &'static str) {
        let parts = Parts { a: noisy("a"), b: noisy("b"), c: noisy("c") };
        let parts = Parts { b: after(1, noisy("new b")).await, ..parts };
        tick(1).await;
        let other = Parts { a: noisy("new a"), ..after(1, parts).await };
        say("updated");
        tick(1).await;
        (other.a.name(), other.b.name())
    }
}

differential! {
    fn references_to_what_is_awaited() -> usize {
        fn size(a: &[u8], b: &mut Vec<u8>) -> usize {
            b.push(1);
            a.len() + b.len()
        }
        size(&after(1, [1, 2]).await, &mut after(1, vec![3]).await) + size(&[1], &mut after(1, vec![]).await)
    }
}

differential! {
    fn a_field_is_moved_out_of_what_is_awaited() -> (&'static str, u32) {
        struct Both(Noisy, Noisy, u32);
        let first = after(1, Both(noisy("kept"), noisy("left"), 1)).await.0;
        tick(1).await;
        let pair = (after(1, Both(noisy("x"), noisy("y"), 1)).await.1, after(1, 2).await);
        tick(1).await;
        let n = after(1, Both(noisy("p"), noisy("q"), 5)).await.2 + after(1, 3).await;
        (pair.0.name(), n)
    }
}

differential! {
    fn operands_are_yielded_to() -> u32 {
        let mut total = 0;
        for n in [1, after(1, 2).await, 3] {
            total = total * 10 + n + if n > after(1, 1).await { after(1, n).await } else { 0 };
        }
        total
    }
}

differential! {
    fn conditions_are_larger_than_what_they_await() -> u32 {
        let mut n = 0;
        while after(1, n).await + 1 < after(1, 4).await {
            n += if after(1, n).await % 2 == 0 { 1 } else { after(1, 2).await };
        }
        if let Some(m) = Some(after(1, n).await).filter(|n| *n > 1) {
            n += m * u32::from(m != after(1, 100).await);
        } else if after(1, noisy("condition")).await.name().len() == 3 {
            n = 0;
        }
        n
    }
}
