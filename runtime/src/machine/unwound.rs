//! A panic in clean-up that nobody has cancelled, while the other clean-up runs.
//!
//! Input: a machine that has panicked in clean-up at one of its ends. It stands where other clean-up begins then, and is resumed until that
//! has ended, over as many polls as that takes; then the panic goes on to who polls, as if clean-up were drops. Invariant: the first
//! panic is the one that goes on; of another one the panic hook has spoken, and it is counted.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::cancel::counters;
use crate::introduce::Introduce;

/// A machine as this goes on with it, whose steps are `P`.
pub trait Nested<P> {
    /// Runs on.
    fn step(&mut self, introduce: Introduce) -> P;
    /// Whether the panic has left it where clean-up begins.
    fn cleans_up_next(&mut self) -> bool;
    /// Whether that step was the last.
    fn has_ended(step: &P) -> bool;
}

/// What stands beside a machine that cleans up.
pub trait Unwound {
    /// A step of a machine that is polled.
    fn resumed<P, M: Nested<P>>(&mut self, introduce: Introduce, machine: &mut M) -> P;
    /// The machine has ended otherwise: it was cancelled or dropped.
    fn given_up(&self);
}

/// No panic leads to other clean-up.
impl Unwound for () {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn resumed<P, M: Nested<P>>(&mut self, introduce: Introduce, machine: &mut M) -> P {
        machine.step(introduce)
    }

    fn given_up(&self) {}
}

type Payload = Box<dyn Any + Send>;

/// The panic that goes on when clean-up has ended. In one more box, as it is seldom there and a pointer is less than two.
pub struct KeptPanic(Option<Box<Payload>>);

impl KeptPanic {
    pub(super) const fn none() -> Self {
        KeptPanic(None)
    }

    /// Keeps the first.
    fn keep(&mut self, payload: Payload) {
        if self.0.is_none() {
            self.0 = Some(Box::new(payload));
            return;
        }
        counters::panicked();
        crate::task::contain(|| drop(payload));
    }

    fn goes_on(&mut self) {
        if let Some(payload) = self.0.take() {
            resume_unwind(*payload);
        }
    }
}

impl Unwound for KeptPanic {
    fn resumed<P, M: Nested<P>>(&mut self, introduce: Introduce, machine: &mut M) -> P {
        let mut introduce = match self.0 {
            None => introduce,
            Some(_) => Introduce::unwinding(),
        };
        loop {
            match catch_unwind(AssertUnwindSafe(|| machine.step(introduce))) {
                Ok(step) => {
                    if M::has_ended(&step) {
                        self.goes_on();
                    }
                    return step;
                }
                Err(payload) => self.keep(payload),
            }
            if !machine.cleans_up_next() {
                self.goes_on();
            }
            introduce = Introduce::unwinding();
        }
    }

    fn given_up(&self) {
        if self.0.is_some() {
            counters::panicked();
        }
    }
}
