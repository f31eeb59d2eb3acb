//! Borrows of locals and arguments that live across suspensions, and closures over them.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

differential! {
    fn a_borrow_of_a_local_lives_across_a_suspension() -> usize {
        let text = String::from("borrowed");
        let part = &text[2..];
        tick(1).await;
        part.len() + text.len()
    }
}

differential! {
    fn a_unique_borrow_of_a_local_lives_across_a_suspension() -> Vec<u32> {
        let mut list = vec![1, 2];
        let last = &mut list[1];
        tick(1).await;
        *last += 5;
        tick(1).await;
        list.push(9);
        list
    }
}

differential! {
    fn an_iterator_over_a_held_array_lives_across_suspensions() -> u32 {
        let array = [1, 2, 3];
        let mut items = array.iter();
        let mut sum = 0;
        while let Some(item) = items.next() {
            tick(1).await;
            sum += item;
        }
        sum
    }
}

differential! {
    fn an_awaited_future_borrows_a_held_local() -> &'static str {
        let held = noisy("held");
        let word = held.greeted().await;
        tick(1).await;
        word
    }
}

differential! {
    fn a_cell_is_seen_through_two_names() -> u32 {
        let cell = Cell::new(0);
        let other = &cell;
        tick(1).await;
        cell.set(1);
        other.set(2);
        tick(1).await;
        cell.get()
    }
}

differential! {
    fn a_unique_argument_is_reborrowed_in_every_call() -> Vec<u32> = start();
    #[half::coroutine]
    fn start() -> Vec<u32> {
        let mut list = vec![];
        fill(&mut list, 2).await;
        let again = &mut list;
        fill(again, 1).await;
        fill(again, 1).await;
        again.push(99);
        list
    }
    #[half::coroutine]
    fn fill(list: &mut Vec<u32>, count: u32) {
        for n in 0..count {
            push(list, n).await;
            list.push(100);
        }
    }
    #[half::coroutine]
    fn push(list: &mut Vec<u32>, n: u32) {
        tick(1).await;
        list.push(n);
    }
}

differential! {
    fn several_borrowed_arguments_are_held() -> u32 = start();
    #[half::coroutine]
    fn start() -> u32 {
        let a = noisy("a");
        let mut n = 4;
        let total = join(&a, &mut n, "text").await;
        total + n
    }
    #[half::coroutine]
    fn join(who: &Noisy, count: &mut u32, text: &str) -> u32 {
        let word = who.greeted().await;
        *count += 1;
        tick(1).await;
        *count + (text.len() + word.len()) as u32
    }
}

differential! {
    fn a_closure_borrows_a_held_local() -> u32 {
        let base = 10;
        let name = noisy("captured");
        let add = |n: u32| {
            name.touch();
            base + n
        };
        let a = add(1);
        tick(1).await;
        a + base
    }
}

differential! {
    fn a_closure_is_held_across_a_suspension() -> u32 {
        let base = 10;
        let name = noisy("captured");
        let add = |n: u32| {
            name.touch();
            base + n
        };
        tick(1).await;
        let a = add(1);
        tick(1).await;
        a + add(2)
    }
}

differential! {
    fn a_closure_changes_a_held_local() -> Vec<u32> {
        let mut seen = vec![];
        let mut note = |n| seen.push(n);
        note(1);
        tick(1).await;
        note(2);
        tick(1).await;
        seen
    }
}

differential! {
    fn a_move_closure_owns_what_it_captures() -> &'static str {
        let captured = noisy("captured");
        let n = 3;
        let tell = move || {
            captured.touch();
            n
        };
        tick(1).await;
        let m = tell();
        tick(1).await;
        if m == n { "same" } else { "different" }
    }
}

differential! {
    fn a_closure_that_consumes_its_capture_is_called_once() -> &'static str {
        let captured = noisy("captured");
        let other = noisy("other");
        tick(1).await;
        let consume = || captured.into_name();
        tick(1).await;
        consume()
    }
}

differential! {
    fn closures_are_arguments_of_ordinary_calls() -> Vec<u32> {
        let factor = after(1, 3).await;
        let list: Vec<u32> = (0..4).map(|n| n * factor).filter(|n| n % 2 == 0).collect();
        tick(1).await;
        list
    }
}

differential! {
    fn a_registered_closure_copies_a_number() -> u64 {
        let registry: Rc<RefCell<Vec<Box<dyn Fn() -> u64>>>> = Rc::default();
        let n = 5;
        registry.borrow_mut().push(Box::new(move || n));
        tick(1).await;
        let first = registry.borrow()[0]();
        first
    }
}

differential! {
    fn a_match_on_a_borrowed_field_holds_the_borrow() -> usize {
        let both = pair("left", "right");
        let left = &both.left;
        let right = &both.right;
        tick(1).await;
        left.touch();
        right.touch();
        left.name().len() + right.name().len()
    }
}

differential! {
    fn formatting_macros_capture_held_locals() -> String {
        let name = noisy("name");
        let n = 3;
        let mut text = format!("{n}-{}", name.name());
        tick(1).await;
        println!("{n:>4} {name:?} {text}", text = text.len());
        text = format!("{text}/{n:?}/{0}", n + 1);
        tick(1).await;
        text
    }
}

differential! {
    fn asserting_macros_look_at_held_locals() -> Vec<u32> {
        let list = vec![1, 2, 3];
        tick(1).await;
        assert!(list.len() == 3, "{list:?}");
        assert_eq!(list[0], 1, "first of {list:?}");
        assert_ne!(list[1], 1);
        let held = noisy("held");
        tick(1).await;
        let copies = vec![list[2]; 2];
        let both = vec![list.len() as u32, copies[1]];
        say(matches!(both[..], [3, 3]));
        both
    }
}

differential! {
    fn a_string_grows_across_suspensions() -> String {
        let mut text = String::new();
        for word in ["one", "two"] {
            tick(1).await;
            text.push_str(word);
            text += "-";
        }
        let view = text.as_str();
        tick(1).await;
        view.trim_end_matches('-').to_owned()
    }
}
