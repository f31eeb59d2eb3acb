//! Locals whose places are shared between states, seen through references, or gone.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::{Noisy, noisy, tick, watch};
use std::cell::Cell;
use std::future::pending;

differential! {
    /// With `noalias` on the machine's `&mut`, an optimised build returns 1.
    fn a_cell_and_its_reference_are_one_place() -> u32 {
        let cell = Cell::new(0);
        let reference = &cell;
        tick(1).await;
        cell.set(1);
        reference.set(2);
        cell.get()
    }
}

differential! {
    /// A gone local that takes no room would move the fields after it.
    fn a_local_keeps_its_place_when_the_one_before_it_is_gone() -> usize {
        let number = 1_u64;
        let small = 2_u8;
        let text = String::from("stays");
        let view = text.as_str();
        tick(1).await;
        let sum = number as usize + usize::from(small);
        tick(1).await;
        let wide = 3_u128;
        tick(1).await;
        view.len() + sum + wide as usize
    }
}

differential! {
    /// "Never mentioned again" is not dead: the iterator still looks at the array.
    fn a_borrowed_copy_is_alive_without_being_mentioned() -> u32 {
        let array = [1_u8; 64];
        let mut items = array.iter();
        tick(1).await;
        let other = [2_u8; 64];
        let mut others = other.iter();
        tick(1).await;
        u32::from(*items.next().unwrap_or(&0)) + u32::from(*others.next().unwrap_or(&0))
    }
}

differential! {
    /// A plain array in one place, zero-sized and over-aligned values around it.
    fn sizes_and_alignments_of_every_kind_share_a_state() -> u64 {
        #[repr(align(64))]
        struct Wide(u64);
        struct Nothing;
        let nothing = Nothing;
        let byte = 1_u8;
        let wide = Wide(5);
        let in_place = &wide;
        tick(1).await;
        let aligned = std::ptr::from_ref(in_place).addr() % 64;
        say(aligned);
        let array = [3_u16; 7];
        let unit = ();
        tick(1).await;
        in_place.0 + u64::from(byte) + u64::from(array[6])
    }
}

differential! {
    /// While `grow` runs the local is empty: what looks at it then must not be run.
    fn a_panic_between_two_values_finds_no_value() -> () {
        fn grow(text: String) -> String {
            drop(text);
            panic!("grow")
        }
        let who = noisy("who");
        let on = watch(&who);
        let mut text = "abcdefghijklmnopqrstuvwxyz".repeat(2);
        tick(1).await;
        text = grow(text);
        tick(1).await;
    }
}

differential! {
    /// The drain is broken off by a panic, and put right by its own drop.
    fn a_panic_in_the_middle_of_a_drain_leaves_a_whole_vector() -> () {
        let mut list = vec![noisy("a"), noisy("b"), noisy("c")];
        let drain = list.drain(..2);
        tick(1).await;
        for item in drain {
            tick(1).await;
            assert!(item.name() != "b", "met b");
        }
        list.push(noisy("never"));
    }
}

differential! {
    /// The machine, too, has code after a suspension that never ends.
    fn code_after_an_endless_suspension_is_never_run() -> u32 = outer();
    #[half::coroutine]
    fn serve(text: String) -> std::convert::Infallible {
        let held = noisy("server");
        loop {
            tick(3).await;
            if text.len() == 1 {
                panic!("enough");
            }
        }
    }
    #[half::coroutine]
    fn outer() -> u32 {
        let held = noisy("outer");
        let text = String::from("x");
        let never = serve(text).await;
        match never {}
    }
}

differential! {
    /// A local that a closure borrowed is back in its place afterwards.
    fn a_local_is_used_by_many_names_in_one_segment() -> u32 {
        let mut n = 1;
        let mut add = |m| n += m;
        add(1);
        add(2);
        tick(n).await;
        let reference = &mut n;
        *reference += 10;
        let again = &mut *reference;
        *again += 100;
        tick(1).await;
        *reference += 1000;
        n
    }
}

/// A machine that is never ready is dropped while it waits, with all it holds.
#[test]
fn a_machine_that_waits_for_ever_is_dropped() {
    #[costate::coroutine]
    fn wait(who: Noisy) {
        let local = noisy("local");
        pending::<()>().await;
        drop(local);
    }
    costate_tests::log::reset();
    let mut machine = Box::pin(wait(noisy("who")));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(machine.as_mut().poll(&mut context).is_pending());
    assert!(machine.as_mut().poll(&mut context).is_pending());
    drop(machine);
    let events = costate_tests::log::take();
    assert_eq!(events, ["make who", "make local", "drop local", "drop who"]);
}
