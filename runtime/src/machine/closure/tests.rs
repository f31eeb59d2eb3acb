//! Tests of what closures capture.

use super::*;
use crate::machine::slot::Live;
use core::mem::MaybeUninit;
use std::sync::Arc;

/// A held local: its place, behind a reference as in an expansion, and its guard.
macro_rules! held {
    ($place:ident, $live:ident = $value:expr) => {
        let mut room = MaybeUninit::uninit();
        let $place = &room.as_mut_ptr();
        // SAFETY: the room outlives the guard.
        let $live = unsafe { Live::new(*$place, false) };
        $live.init($value);
    };
}

fn life<'x>() -> PhantomData<&'x ()> {
    PhantomData
}

#[test]
fn a_closure_may_outlive_the_variable_that_names_the_spot() {
    held!(place, live = 10);
    // SAFETY: the place is initialised and outlives the closure.
    unsafe {
        let add = {
            let spot = Spot::new(*place, life());
            |x| {
                *spot.at() += 1;
                x + spot.value()
            }
        };
        assert_eq!((add(1), add(1)), (12, 13));
        fn assert_send<T: Send>(_: &T) {}
        assert_send(&add);
    }
    assert!(live.is_live());
}

#[test]
fn what_a_closure_uses_by_value_is_moved_into_it_only_if_that_is_a_move() {
    held!(number_, number = 3);
    held!(text_, text = String::from("abc"));
    held!(unique_, unique = &mut *Box::leak(Box::new(1)));
    // SAFETY: the places are initialised and outlive the closures.
    unsafe {
        let copied = {
            let spot = (&&&Asking(*number_, &number)).capture(life());
            || spot.value()
        };
        let moved = {
            let spot = (&&&Asking(*text_, &text)).capture(life());
            || spot.value()
        };
        let reborrowed = {
            let spot = (&&&Asking(*unique_, &unique)).capture(life());
            || *spot.value() += 1
        };
        assert_eq!((copied(), copied()), (3, 3));
        assert!(!text.is_live());
        assert_eq!(moved(), "abc");
        reborrowed();
        reborrowed();
        assert_eq!(**unique_, &3);
        drop(Box::from_raw(unique.take()));
    }
    assert!(number.is_live());
}

#[test]
fn a_pointer_is_captured_whole() {
    struct State {
        count: u32,
    }
    held!(shared_, shared = Arc::new(State { count: 3 }));
    held!(plain_, plain = State { count: 4 });
    // SAFETY: both are initialised.
    unsafe {
        let taken = (&&&&&&&Parts(*shared_, &shared, fields(&|| Unseen))).take(|| ());
        let count = (&&&&&&&Parts(*plain_, &plain, fields(&|| Unseen)))
            .take(|| captured_field(&raw const (**plain_).count));
        assert_eq!((taken.count, count), (3, 4));
    }
    assert!(!shared.is_live());
    assert!(plain.is_live());
}
