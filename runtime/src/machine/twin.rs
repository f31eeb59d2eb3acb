//! What the straight-line twin calls.
//!
//! The twin is the user's body with its suspensions replaced by calls of these functions. rustc checks it and
//! never runs it: `if false { check((a, b), move |(a, mut b)| -> T { BODY }) }`. So none of these does anything; what matters is
//! their types, and that [`cancelled`] might be true.

/// Checks the straight-line twin as an ordinary closure of the function's arguments. (As parameters they outlive
/// the temporaries of the body's tail, in every edition.)
///
/// # Panics
///
/// If it is called.
pub fn check<A, R>(_: A, _: impl FnOnce(A) -> R) -> ! {
    never_run()
}

/// What is yielded, in the machine too: rustc says of a field's value what it is, and of a call where the callee is.
pub struct Yield<Y> {
    /// What is handed out.
    pub value: Y,
}

/// `yield_!(value)` of a generator that is resumed with nothing.
///
/// # Panics
///
/// If it is called.
pub fn yielded<Y>(_: Yield<Y>) {
    never_run()
}

/// What `yield_!` evaluates to.
///
/// # Panics
///
/// If it is called.
pub fn resumed<T>(_: T) -> T {
    never_run()
}

/// May be true: the twin's early return at every suspension, by which the borrow checker sees the drops of
/// a cancellation (also with `panic = "abort"`).
///
/// # Panics
///
/// If it is called.
#[must_use]
pub fn cancelled() -> bool {
    never_run()
}

/// What the twin returns where it is cancelled.
///
/// # Panics
///
/// If it is called.
#[must_use]
pub fn any<T>() -> T {
    never_run()
}

/// Before code that is there for its types alone.
///
/// # Panics
///
/// If it is called.
pub fn never_reached() -> ! {
    never_run()
}

fn never_run() -> ! {
    unreachable!("the straight-line twin is never run")
}
