//! Suspensions on either side of an assignment.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::ops::{AddAssign, Index, IndexMut};

/// A list that says when it is indexed.
#[derive(Debug)]
struct Shelf(Vec<Noisy>);

impl Index<usize> for Shelf {
    type Output = Noisy;
    fn index(&self, at: usize) -> &Noisy {
        say("index");
        &self.0[at]
    }
}

impl IndexMut<usize> for Shelf {
    fn index_mut(&mut self, at: usize) -> &mut Noisy {
        say("index_mut");
        &mut self.0[at]
    }
}

/// A sum that says when it grows.
#[derive(Debug)]
struct Sum(u32, Noisy);

impl AddAssign<u32> for Sum {
    fn add_assign(&mut self, n: u32) {
        say("add_assign");
        self.0 += n;
    }
}

differential! {
    fn the_right_side_runs_before_the_place() -> Vec<u32> {
        let mut list = vec![0, 0];
        list[given("place", after(1, 1)).await] = given("value", after(1, 5)).await;
        list[given("place", 0)] = given("value", after(1, 6)).await;
        list[after(1, 1).await] = given("value", 7) + list[0];
        list
    }
}

differential! {
    fn the_old_value_drops_after_the_place_is_found() -> usize {
        let mut shelf = Shelf(vec![noisy("a"), noisy("b")]);
        tick(1).await;
        shelf[after(1, 1).await] = after(1, noisy("new b")).await;
        shelf[given("at", 0)] = after(1, noisy("new a")).await;
        tick(1).await;
        shelf.0.len()
    }
}

differential! {
    fn a_place_is_dereferenced() -> (u32, u32) {
        fn pick<'a>(n: &'a mut u32, _: u32) -> &'a mut u32 {
            say("pick");
            n
        }
        let (mut n, mut boxed) = (1, Box::new(2));
        *pick(&mut n, after(1, 1).await) = after(1, 5).await;
        *boxed = after(1, 6).await;
        *after(1, &mut n).await += 1;
        (n, *boxed)
    }
}

struct Tree {
    items: Vec<Item>,
    total: u32,
}

struct Item {
    n: u32,
    who: Noisy,
}

differential! {
    fn fields_of_elements_are_assigned() -> (u32, u32) {
        let item = |name| Item { n: 1, who: noisy(name) };
        let mut tree = Tree { items: vec![item("a"), item("b")], total: 0 };
        tree.items[after(1, 1).await].who = after(1, noisy("c")).await;
        tree.items[after(1, 0).await].n += after(1, 5).await;
        let tree = &mut tree;
        tree.total += after(1, 3).await;
        tree.total += tree.items[0].n + after(1, tree.items.len() as u32).await;
        tick(1).await;
        (tree.items[0].n, tree.total)
    }
}

differential! {
    fn of_numbers_the_right_side_comes_first() -> Vec<u32> {
        let mut list = vec![1, 2];
        list[given("place", 0)] += given("value", after(1, 10)).await;
        list[given("place", after(1, 1)).await] -= given("value", 1);
        list[given("place", after(1, 0)).await] *= given("value", after(1, 3)).await;
        list[given("place", after(1, 1)).await] <<= 2;
        list
    }
}

differential! {
    fn of_other_types_the_place_comes_first() -> Vec<String> {
        let mut list = vec![String::from("a"), String::from("b")];
        list[given("place", 0)] += given("value", after(1, "c")).await;
        list[given("place", after(1, 1)).await] += given("value", "d");
        list[given("place", after(1, 0)).await] += given("value", after(1, "e")).await;
        list[given("place", after(1, 0)).await] += &after(1, String::from("f")).await;
        list
    }
}

differential! {
    fn a_number_and_a_reference_are_overloaded() -> Vec<i32> {
        let mut list = vec![1, 2];
        list[given("place", 0)] += &given("value", after(1, 10)).await;
        let n = given("local", 3);
        list[given("place", 1)] += { tick(1).await; &n };
        list
    }
}

differential! {
    fn an_element_that_is_not_there_panics_in_time() -> u32 {
        let mut list = vec![1];
        let i = after(1, 7).await;
        list[i] += given("value", after(1, 10)).await;
        list[0]
    }
}

differential! {
    fn an_overloaded_element_that_is_not_there_panics_in_time() -> u32 {
        let mut list = vec![Sum(1, noisy("sum"))];
        let i = after(1, 7).await;
        list[i] += given("value", after(1, 10)).await;
        list[0].0
    }
}

differential! {
    fn an_overloaded_place_is_held_while_the_value_is_made() -> u32 {
        let mut sums = vec![Sum(1, noisy("first")), Sum(2, noisy("second"))];
        let i = after(1, 1).await;
        sums[i] += { let held = noisy("held"); after(1, 10).await };
        sums[given("place", i)] += after(1, 5).await + after(1, 6).await;
        let mut alone = Sum(3, noisy("alone"));
        alone += alone.0 + after(1, 1).await;
        tick(1).await;
        sums[1].0 + alone.0
    }
}

differential! {
    fn a_called_place_is_found_in_order() -> Vec<(u32, u32)> {
        let mut counts = std::collections::BTreeMap::new();
        for n in [1, 2, 1] {
            *counts.entry(given("key", n)).or_insert(0) += given("value", after(1, 10)).await;
        }
        let key = String::from("key");
        let mut words = std::collections::BTreeMap::new();
        *words.entry(key).or_insert(String::new()) += after(1, "word").await;
        tick(1).await;
        counts.into_iter().collect()
    }
}

differential! {
    fn a_local_is_changed_in_its_own_right_side() -> (u32, String) {
        let mut n = 1;
        n += { n = 10; after(1, n).await };
        n -= after(1, n / 2).await;
        let mut text = String::from("a");
        text += &after(1, String::from("b")).await;
        (n, text)
    }
}

differential! {
    fn blocks_bind_on_both_sides() -> Vec<u32> {
        let mut list = vec![1, 2, 3];
        list[{ let at = after(1, 1).await; at + 1 }] += { let n = after(1, 4).await; tick(1).await; n * 2 };
        list[match after(1, Some(0)).await { Some(at) => at, None => 9 }] ^= match after(1, 3).await { n => n };
        list
    }
}

differential! {
    fn generic_places_come_first() -> Vec<u32> = run(vec![1, 2]);
    #[half::coroutine]
    fn run<T: AddAssign + 'static>(mut list: Vec<T>) -> Vec<T> {
        let last = list.pop().into_iter();
        for n in last {
            list[given("place", 0)] += given("value", after(1, n)).await;
        }
        list
    }
}

differential! {
    fn underscores_drop_at_once() -> u32 {
        _ = after(1, noisy("gone")).await;
        let (mut a, mut b) = (noisy("a"), noisy("b"));
        (a, b) = (after(1, noisy("c")).await, noisy("d"));
        tick(1).await;
        (a, _) = after(1, (noisy("e"), noisy("f"))).await;
        tick(1).await;
        a.name().len() as u32
    }
}

differential! {
    fn an_assignment_is_a_unit() -> () {
        let mut n = noisy("n");
        let done = n = after(1, noisy("m")).await;
        let added = { let mut x = 1; x += after(1, 1).await };
        tick(1).await;
        (done, added).0
    }
}

differential! {
    fn destructuring_suspends_in_an_index() -> usize {
        let mut a = [0, 0];
        let mut b = 0;
        tick(1).await;
        (a[after(1, 1usize).await], b) = (7, 8usize);
        tick(1).await;
        a[1] + b
    }
}
struct Three {
    a: Noisy,
    b: Noisy,
    c: Noisy,
}

differential! {
    fn destructuring_drops_in_order() -> usize {
        let mut v = [noisy("v0"), noisy("v1")];
        let mut p = pair("l", "r");
        let mut x;
        x = noisy("x");
        Three { a: v[after(1, 1usize).await], b: p.left, .. } = Three { a: noisy("a"), b: noisy("b"), c: noisy("c") };
        tick(1).await;
        [(x, _), (v[after(1, 0usize).await], p.right)] = [(noisy("A"), noisy("B")), (noisy("C"), noisy("D"))];
        tick(1).await;
        v[0].name().len() + p.left.name().len() + x.name().len()
    }
}

differential! {
    fn destructuring_suspends_on_both_sides() -> usize {
        let mut v = vec![0u8, 1, 2];
        let (mut a, mut b) = (0, 0);
        (v[after(1, 1usize).await], (a, ..), *after(1, &mut b).await) = (after(1, 3).await, (4usize, 5, 6), 9usize);
        let unit = { (v[after(1, 2usize).await], _) = (4, noisy("dropped")) };
        tick(1).await;
        a + b + v[1] as usize
    }
}
