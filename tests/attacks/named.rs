//! Names that are found where others were meant: methods of users' traits, and what a macro calls its own.

use costate_tests::differential;
use costate_tests::props::*;

mod by_value {
    use super::*;

    /// Called like the support code's methods, and found before what takes `&self`.
    #[allow(dead_code)]
    trait Greedy: Sized {
        fn park(self) {}
        fn here(self) {}
        fn end(self) {}
        fn reach(self) {}
        fn is_pending(self) -> bool {
            false
        }
        fn init<T>(self, _: T) {}
        fn assign<T>(self, _: T) {}
        fn poll<T, R>(self, _: T) -> R {
            unreachable!()
        }
    }

    impl<T> Greedy for T {}

    differential! {
        fn no_method_of_a_trait_comes_before_those_of_the_guards() -> () {
            let held = noisy("held");
            tick(1).await;
            held.touch();
            let mut other = after(1, noisy("other")).await;
            tick(1).await;
            other = held;
            tick(1).await;
        }
    }
}

macro_rules! whose {
    ($mine:ident) => {
        differential! {
            fn a_macros_own_local_is_another_than_its_callers() -> () {
                let $mine = noisy("the caller's");
                let held = noisy("the macro's");
                tick(1).await;
                $mine.touch();
                drop(held);
                tick(1).await;
                drop($mine);
            }
        }
    };
}

whose!(held);
