//! What a state may come to hold, which says whether a machine may be sent or shared.
//!
//! By one associated type for both, without a bound for each local: impls of `Send` and `Sync` for each state took rustc
//! three times as long. And not by the state's own fields: of these some share room with others, room by room, so that a deep
//! chain of machines would be several levels deeper for rustc.

use core::marker::PhantomData;

/// A state.
///
/// # Safety
///
/// It never holds a value that is of no type in `All`.
pub unsafe trait Holds {
    /// The types of all that it may come to hold.
    type All;
}

/// Types of which the expansion asks itself whether they are `Send`, at the suspensions that hold them.
pub struct SendIsAsked<O>(PhantomData<O>);

// SAFETY: the expansion asks.
unsafe impl<O> Send for SendIsAsked<O> {}
