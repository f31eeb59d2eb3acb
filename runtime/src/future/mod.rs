//! Several futures at once, in one task.
//!
//! | | waits for | the others |
//! |---|---|---|
//! | [`Join`], [`join`] | all | |
//! | [`TryJoin`], [`try_join`] | all, or the first error | are cancelled |
//! | [`Race`], [`race`] | the first, all of one output | are cancelled |
//! | [`Select`], [`select`] | the first, and says which | are cancelled |
//!
//! Each is a method of tuples, arrays and `Vec`s of futures, and a function of two. (In a `#[costate::coroutine]` name the trait for
//! an array or a `Vec`, `Race::race(all).await`: what consumes a receiver that may be dereferenced has to say so there.)
//!
//! ```
//! use costate::future::{Join, race};
//! use std::future::ready;
//!
//! #[costate::coroutine]
//! fn example() {
//!     let both = (ready(1), ready("two")).join().await;
//!     assert_eq!(both, (1, "two"));
//!     let first = race(ready(1), ready(2)).await;
//!     assert_eq!(first, 1);
//! }
//!
//! costate::block_on(example());
//! ```
//!
//! **Whoever loses is cancelled, and has cleaned up, before the winner's output is handed on**: a
//! [`Coroutine`](crate::Coroutine) by its [`poll_cancel`](crate::Coroutine::poll_cancel), any other future by its drop. What
//! is a coroutine says so itself when it is first polled: what `#[costate::coroutine]` makes does, and what is here;
//! inside of a foreign combinator, a `Box<dyn Future>` or an `async` block it is hidden, and dropped where it stands.
//! When the combination itself is cancelled all its branches are, together.
//!
//! Branches are polled in their order whenever one of them is woken; of several that are ready at once the first wins. They
//! run on one thread, in turn. For many, or for several threads, spawn them, for instance in a
//! [`TaskGroup`](crate::task::TaskGroup).

mod branch;
mod callback;
#[doc(hidden)]
pub mod choose;
mod combine;
mod many;
mod tuples;

#[doc(hidden)]
pub use self::branch::Branch;
pub use self::callback::{Callback, Resume, callback};
pub use self::combine::{
    Join, Joined, Race, Raced, Select, Selected, TryJoin, TryJoined, join, race, select, try_join,
};
pub use self::tuples::{Either, Of3, Of4};
