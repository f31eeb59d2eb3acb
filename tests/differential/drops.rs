//! When, and in which order, things are dropped.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::cell::RefCell;

differential! {
    fn arguments_drop_in_the_order_of_async_fn() -> () = three(noisy("a"), noisy("b"), noisy("c"));
    #[half::coroutine]
    fn three(a: Noisy, b: Noisy, c: Noisy) {
        let local = noisy("local");
        tick(1).await;
    }
}

differential! {
    fn a_moved_argument_is_not_dropped_with_the_others() -> () = three(noisy("a"), noisy("b"), noisy("c"));
    #[half::coroutine]
    fn three(a: Noisy, b: Noisy, c: Noisy) {
        tick(1).await;
        drop(b);
        tick(1).await;
    }
}

differential! {
    fn locals_drop_newest_first() -> () {
        let a = noisy("a");
        let b = noisy("b");
        tick(1).await;
        let c = noisy("c");
        tick(1).await;
        let d = noisy("d");
    }
}

differential! {
    fn locals_drop_by_declaration_not_by_initialisation() -> () {
        let first;
        let second = noisy("second");
        tick(1).await;
        first = noisy("first");
        tick(1).await;
    }
}

differential! {
    fn an_unmentioned_guard_is_held_to_the_end_of_its_scope() -> bool {
        let lock = RefCell::new(1);
        {
            let _guard = lock.borrow_mut();
            tick(1).await;
            say(format_args!("inside: free {}", lock.try_borrow().is_ok()));
            tick(1).await;
        }
        say(format_args!("outside: free {}", lock.try_borrow().is_ok()));
        tick(1).await;
        lock.try_borrow_mut().is_ok()
    }
}

differential! {
    fn a_guard_dropped_by_name_is_free_at_once() -> u32 {
        let lock = RefCell::new(1);
        let guard = lock.borrow_mut();
        tick(1).await;
        drop(guard);
        tick(1).await;
        *lock.borrow()
    }
}

differential! {
    fn the_awaited_future_drops_before_its_value_is_used() -> () {
        let value = after(1, noisy("value")).await;
        say("use the value");
        value.touch();
    }
}

differential! {
    fn a_local_of_a_block_drops_before_the_next_statement() -> () {
        let outer = noisy("outer");
        {
            let inner = noisy("inner");
            tick(1).await;
        }
        say("next");
        tick(1).await;
        {
            let inner = noisy("without a suspension");
        }
        say("last");
    }
}

differential! {
    fn a_watcher_never_outlives_what_it_watches() -> () {
        let a = noisy("a");
        let on_a = watch(&a);
        tick(1).await;
        let b = noisy("b");
        let on_b = watch(&b);
        tick(1).await;
        on_a.look();
    }
}

differential! {
    fn collections_drop_their_elements_in_order() -> usize {
        let list = vec![noisy("a"), noisy("b")];
        let array = [noisy("c"), noisy("d")];
        let tuple = (noisy("e"), noisy("f"));
        tick(1).await;
        list.len() + array.len()
    }
}

differential! {
    fn the_output_is_made_before_the_locals_drop() -> &'static str {
        let held = noisy("held");
        tick(1).await;
        given("make the output", held.name())
    }
}

differential! {
    fn a_returned_value_survives_the_locals() -> Noisy {
        let held = noisy("held");
        let output = noisy("output");
        tick(1).await;
        output
    }
}

differential! {
    fn values_without_drop_glue_need_no_dropping() -> u64 {
        let numbers = [1_u64, 2, 3];
        let text = "text";
        let (a, b) = (1.5_f64, 'x');
        tick(1).await;
        let reference = &numbers;
        tick(1).await;
        reference.iter().sum::<u64>() + text.len() as u64 + a as u64 + u64::from(b)
    }
}

differential! {
    fn an_initialiser_that_reads_a_shadowed_name_drops_both() -> usize {
        let list = vec![noisy("a")];
        let list = {
            let mut longer = list;
            longer.push(noisy("b"));
            tick(1).await;
            longer
        };
        tick(1).await;
        list.len()
    }
}

differential! {
    fn a_local_declared_and_never_initialised_is_never_dropped() -> u32 {
        let never: Noisy;
        if given("condition", false) {
            never = noisy("never");
            tick(1).await;
            return never.name().len() as u32;
        }
        tick(1).await;
        1
    }
}

differential! {
    fn a_local_of_a_loop_round_drops_before_the_next_condition() -> () {
        let mut n = 0;
        while after(0, given("condition", n < 2)).await {
            let first = noisy("first");
            tick(1).await;
            let second = noisy("second");
            n += 1;
        }
    }
}

fn of(n: &Noisy) -> Tick<usize> {
    after(1, n.name().len())
}

fn two(_: usize, _: &Noisy) -> (Noisy, Noisy) {
    (noisy("first"), noisy("second"))
}

trait Itself: Sized {
    fn itself(self) -> Self {
        self
    }
}

impl<T> Itself for T {}

differential! {
    fn bindings_drop_behind_the_temporaries_that_a_method_was_called_on() -> () {
        let x = (of(&noisy("a")).await, noisy("b")).itself();
        say("next");
        let (x, y) = two(of(&noisy("c")).await, &noisy("d")).itself();
        let (x, _) = two(of(&noisy("e")).await, &noisy("f")).itself();
        say("next");
        let (x, _) = (of(&noisy("g")).await, &noisy("h"), two(1, &noisy("i")).itself()).2;
        let x = (of(&noisy("j")).await, &noisy("k"), two(1, &noisy("l")).itself()).2;
        {
            let x = Some(&((&vec![noisy("m")][after(2, 0).await], noisy("n")).0.name(), noisy("o")).1);
            say("next");
        }
    }
}
