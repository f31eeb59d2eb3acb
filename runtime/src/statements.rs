//! The macros that `#[costate::coroutine]` takes for its own: here they have their documentation, and an error for where they
//! don't stand in a coroutine.

/// Clean-up at the end of a scope: in a [`#[costate::coroutine]`](macro@crate::coroutine), a statement `defer! { .. }`.
///
/// The block runs whenever the scope that it stands in is left: at its end, by `return`, `?`, `break`, `continue`, and by a
/// cancellation. It may await, and sees all that is in scope where it stands, as that is then. What was declared after it has been
/// dropped before; of several the newest runs first. What the function returns is kept meanwhile.
///
/// ```
/// # struct Conn;
/// # impl Conn { #[costate::coroutine] fn close(&mut self) { std::future::ready(()).await } }
/// # #[costate::coroutine] fn open() -> Result<Conn, String> { std::future::ready(Ok(Conn)).await }
/// # #[costate::coroutine] fn ask(_: &mut Conn) -> Result<u32, String> { std::future::ready(Ok(1)).await }
/// #[costate::coroutine]
/// fn answer() -> Result<u32, String> {
///     let mut conn = open().await?;
///     defer! { conn.close().await }
///     let answer = ask(&mut conn).await?;
///     Ok(answer + 1)
/// }
/// # assert_eq!(costate::block_on(answer()), Ok(2));
/// ```
///
/// Moves and borrows are checked as in code that stands at each of these ends: what was moved by then can't be used. The block
/// has no way out but its end, so there is no `return` and no `?` in it.
///
/// A cancellation waits for it, and doesn't come to it again. Where the machine is only dropped, a block without suspensions runs,
/// and one with suspensions is skipped, and counted: see [`cancel`](crate::cancel). It doesn't run when the body panics.
#[macro_export]
macro_rules! defer {
    ($($tokens:tt)*) => {
        ::core::compile_error!(
            "`defer!` is a statement of a `#[costate::coroutine]`: put the attribute on this function"
        )
    };
}

/// Clean-up after a cancellation: as [`defer!`](macro@crate::defer), for when its scope is left by a cancellation, and not in any other
/// way.
///
/// ```
/// # struct Transaction;
/// # impl Transaction {
/// #     #[costate::coroutine] fn commit(self) { std::future::ready(()).await }
/// #     #[costate::coroutine] fn roll_back(&mut self) { std::future::ready(()).await }
/// # }
/// #[costate::coroutine]
/// fn transfer(mut transaction: Transaction) {
///     {
///         on_cancel! { transaction.roll_back().await }
///         costate::task::yield_now().await; // what may be cancelled
///     }
///     transaction.commit().await;
/// }
/// # costate::block_on(transfer(Transaction));
/// ```
#[macro_export]
macro_rules! on_cancel {
    ($($tokens:tt)*) => {
        ::core::compile_error!(
            "`on_cancel!` is a statement of a `#[costate::coroutine]`: put the attribute on this function"
        )
    };
}

/// The first of several futures to be ready: in a [`#[costate::coroutine]`](macro@crate::coroutine),
/// `select! { PATTERN = FUTURE => BODY, .. }`.
///
/// All futures are made, in order, and polled in turn. When one is ready and its output matches the pattern, the others are cancelled,
/// and have cleaned up, before its body runs. The bodies are code of the function: they may await, `return`, `break` and use `?`.
/// The value is that of the body, so all are of one type.
///
/// - `PATTERN = FUTURE, if CONDITION => BODY`: the future is not even made unless the condition holds.
/// - A branch whose output doesn't match its pattern is out; the others go on.
/// - `else => BODY` runs when no branch is left.
/// - A branch without a body gives `()`.
/// - After `biased;` the branches are polled in their order. Without it, who is polled first goes round.
///
/// ```
/// use costate::task::yield_now;
/// use std::future::ready;
///
/// #[costate::coroutine]
/// fn first(armed: bool) -> Option<u32> {
///     let n = select! {
///         biased;
///         () = yield_now(), if armed => 1,
///         Some(n) = ready(None::<u32>) => n,
///         else => return None,
///     };
///     Some(n)
/// }
///
/// assert_eq!(costate::block_on(first(true)), Some(1));
/// assert_eq!(costate::block_on(first(false)), None);
/// ```
///
/// # Panics
///
/// If no branch is left and there is no `else`.
///
/// # Cancel safety
///
/// It holds its futures: dropping it drops them, cancelling it cancels them. In a loop a future that is to go on is given by
/// reference, `&mut future`: a loser is cancelled, and what it had begun is undone.
#[macro_export]
macro_rules! select {
    ($($tokens:tt)*) => {
        ::core::compile_error!(
            "`select!` stands in a `#[costate::coroutine]`: put the attribute on this function, or \
             await `(a, b).select()` of `costate::future`"
        )
    };
}
