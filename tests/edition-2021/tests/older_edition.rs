//! What is different in edition 2021 is different in a machine too.

// The cases name it as everyone else does.
extern crate machines as costate;

// Where a block stands is what these cases are about.
#[allow(clippy::blocks_in_conditions)]
#[path = "../../differential/tails.rs"]
mod tails;

#[allow(unused_variables, clippy::all)]
#[path = "../../differential/tail_operands.rs"]
mod tail_operands;

// These bind what they never mention, so that it is dropped.
#[allow(unused_variables, dead_code, clippy::all)]
#[path = "../../differential/extension.rs"]
mod extension;

// As these do, and match what always matches.
#[allow(unused_variables, unused_mut, dead_code, clippy::all)]
#[allow(unreachable_patterns, irrefutable_let_patterns)]
#[path = "../../differential/scrutinees.rs"]
mod scrutinees;

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::{after, noisy, tick, Noisy, Tick};
use costate_tests_edition_2021::bodies::{everything, run, EVERYTHING};
use costate_tests_edition_2021::constructs;
use std::cell::Cell;

#[test]
fn expansions_compile_and_run_with_every_lint_denied() {
    assert_eq!(run(everything()), EVERYTHING);
    assert_eq!(run(constructs::all()), constructs::ALL);
}

differential! {
    /// In 2021 the locals drop before the temporaries of the tail.
    fn temporaries_of_a_tail_outlive_the_locals() -> usize {
        let n = {
            let _local = noisy("local");
            tick(1).await;
            noisy("tail").name().len()
        };
        tick(1).await;
        n
    }
}

differential! {
    /// In 2021 the scrutinee of an `if let` lives through its `else`.
    fn the_scrutinee_outlives_the_else() -> usize {
        let word = after(1, "").await;
        if let Some(letter) = noisy(word).name().chars().next() {
            say(letter);
        } else {
            say("else");
        }
        tick(1).await;
        if let Some(letter) = noisy("").name().chars().next() {
            say(letter);
            tick(1).await;
        } else {
            say("else");
            tick(1).await;
        }
        1
    }
}

/// Looks at what it was shown when it drops.
struct Witness<'a>(Cell<Option<&'a Noisy>>);

impl<'a> Witness<'a> {
    fn shown(&self, what: &'a Noisy) -> Tick<usize> {
        self.0.set(Some(what));
        after(1, what.name().len())
    }
}

impl Drop for Witness<'_> {
    fn drop(&mut self) {
        say(self.0.get().map_or("nothing", Noisy::name));
    }
}

differential! {
    /// In 2021 a local may borrow from a temporary of the tail: an error in 2024.
    fn a_local_sees_a_temporary_of_the_tail_when_it_drops() -> usize {
        let n = {
            let witness = Witness(Cell::new(None));
            tick(1).await;
            witness.shown(&noisy("tail")).await
        };
        tick(1).await;
        n
    }
}

/// Looks at what it was lent when it drops.
struct Lent<'a, 'b>(&'a &'b str);

impl Drop for Lent<'_, '_> {
    fn drop(&mut self) {
        say(*self.0);
    }
}

impl Lent<'_, '_> {
    fn len(&self) -> usize {
        self.0.len()
    }
}

/// The twin has an argument of this type as a local, and yet that lives longer than the tail's temporaries.
#[costate::coroutine]
fn lends_an_argument_in_its_tail(text: &str) -> usize {
    tick(1).await;
    Lent(&text).len()
}

differential! {
    fn an_argument_outlives_the_temporaries_of_the_tail() -> usize {
        lends_an_argument_in_its_tail("tail").await
    }
}
