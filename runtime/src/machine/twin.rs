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

/// What `.await` makes of its operand before it is polled.
///
/// # Panics
///
/// If it is called.
pub fn future<F: IntoFuture>(_: F) -> F::IntoFuture {
    never_run()
}

/// `future.await`.
///
/// # Panics
///
/// If it is called.
pub fn awaited<F: Future>(_: F) -> F::Output {
    never_run()
}

/// `yield_!(value)` of a generator that yields `Y` and is resumed with nothing.
///
/// # Panics
///
/// If it is called.
pub fn yielded<Y>(_: Y) {
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

fn never_run() -> ! {
    unreachable!("the straight-line twin is never run")
}
