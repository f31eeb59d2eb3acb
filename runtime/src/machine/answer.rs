//! What the closure that steps a machine returns: a step, or, where the function returns a `Result`, one that is always `Ok`.
//!
//! Of a `Result` that is taken for what is in it rustc proposes a `?` if the closure around returns one too: so it says the
//! same of the machine as of the twin, and says it once.

use core::convert::Infallible;

use super::op::Step;

/// What is a step, perhaps in an `Ok`.
pub trait Answer {
    /// What `yield_!` hands out.
    type Yield;
    /// What the function returns.
    type Return;
    /// The step.
    fn step(self) -> Step<Self::Return, Self::Yield>;
}

impl<R, Y> Answer for Step<R, Y> {
    type Yield = Y;
    type Return = R;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn step(self) -> Step<R, Y> {
        self
    }
}

impl<R, Y> Answer for Result<Step<R, Y>, Infallible> {
    type Yield = Y;
    type Return = R;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn step(self) -> Step<R, Y> {
        match self {
            Ok(step) => step,
            Err(never) => match never {},
        }
    }
}
