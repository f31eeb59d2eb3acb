//! The attributes, with what there is to know about each. (They are defined in `costate-macros`, which cannot run
//! examples that need this crate.)

/// Turns a function that suspends into an explicit state machine.
///
/// `fn f(a: A) -> T` becomes `fn f(a: A) -> impl Coroutine<Output = T>`; a [`Coroutine`](crate::Coroutine) is a
/// [`Future`]. The body is that of an `async fn`, and does the same: the same values, the same order of evaluation,
/// the same drops at the same times. `cargo expand` shows the machine: an `enum` with a variant for each suspension,
/// which holds the locals that are in scope there.
///
/// ```
/// use std::io;
///
/// #[costate::coroutine]
/// fn double(text: &str) -> io::Result<u32> {
///     let text = std::future::ready(text).await;
///     let number: u32 = text.parse().map_err(io::Error::other)?;
///     Ok(2 * number)
/// }
///
/// #[costate::coroutine]
/// fn sum(words: &[String]) -> io::Result<u32> {
///     let mut total = 0;
///     for word in words {
///         let number = double(word).await?;
///         total += number;
///     }
///     Ok(total)
/// }
///
/// let words = [String::from("1"), String::from("2")];
/// assert_eq!(costate::block_on(sum(&words)).unwrap(), 6);
/// ```
///
/// Write the attribute by its path, `#[costate::coroutine]`: after `use costate::coroutine;` a bare `#[coroutine]` is
/// ambiguous (E0659), as the language has a built-in attribute of that name.
///
/// # Where it stands
///
/// On a free function, a method or an associated function of an inherent `impl` (`self` in any form), and on a whole
/// `impl` or `trait`. Generics, `impl Trait` arguments, patterns as arguments, lifetimes (named or not), attributes,
/// docs, visibility and `#[cfg]` are kept.
///
/// For the methods of a trait it goes on the whole `trait` and on each whole `impl` of it. Inside, `#[coroutine]` marks
/// the methods that are coroutines; where none is marked, they are those with a suspension in their body. (On one
/// method of an `impl Trait for ..` alone it is E0407, "method `.._step_annotate_the_impl` is not a member of trait".)
///
/// ```
/// #[costate::coroutine]
/// trait Store {
///     #[coroutine]
///     fn get(&self, key: u32) -> Option<String>;
/// }
///
/// struct Empty;
///
/// #[costate::coroutine]
/// impl Store for Empty {
///     #[coroutine]
///     fn get(&self, _key: u32) -> Option<String> {
///         std::future::ready(()).await;
///         None
///     }
/// }
///
/// assert_eq!(costate::block_on(Empty.get(1)), None);
/// ```
///
/// The trait may be another crate's that knows nothing of coroutines: its methods are `async fn`s, or return an
/// `impl Future`. Where such a method takes `self` by value or has type parameters of its own, and something is generic
/// in that, its machine stands in a box: a trait's signature then has no lifetime for which it could be stored.
///
/// ```
/// # #![allow(async_fn_in_trait)]
/// trait Read {
///     async fn read(&mut self, buf: &mut [u8]) -> usize;
/// }
///
/// struct Zeros;
///
/// #[costate::coroutine]
/// impl Read for Zeros {
///     fn read(&mut self, buf: &mut [u8]) -> usize {
///         std::future::ready(()).await;
///         buf.fill(0);
///         buf.len()
///     }
/// }
///
/// assert_eq!(costate::block_on(Zeros.read(&mut [1; 3])), 3);
/// ```
///
/// A coroutine that awaits itself has to box itself, or it would hold itself: `Box::pin(f(n - 1)).await`, or the option
/// `boxed`.
///
/// Passed by its name, a coroutine function meets a bound like `AsyncFn(&A, &B) -> T`.
///
/// # Options
///
/// - `yield = TYPE`: the function is a [`Generator`](crate::Generator). It suspends with `yield_!(value)` and not by
///   `.await`. A lifetime in the type needs a name.
/// - `Send`: the machine is `Send`, by its type. What is held and is not `Send` is an error at the definition, which
///   points at the local and at the suspension across which it is held, and not at a distant `spawn`.
/// - `boxed`: the function returns its machine in a box, a [`LocalBoxCoroutine`](crate::LocalBoxCoroutine), or with `Send` a
///   [`BoxCoroutine`](crate::BoxCoroutine). So it can await itself, and a trait with such methods can be `dyn`.
/// - `sizes`: the machine can tell what it holds in which state, and in how many bytes, to [`size_report!`](crate::size_report).
/// - `crate = PATH`: how to reach this crate where it is not `::costate`.
///
/// ```
/// #[costate::coroutine]
/// trait Store {
///     #[coroutine(boxed, Send)]
///     fn get(&self, key: &str) -> Option<u32>;
/// }
///
/// struct Count;
///
/// #[costate::coroutine]
/// impl Store for Count {
///     #[coroutine(boxed, Send)]
///     fn get(&self, key: &str) -> Option<u32> {
///         std::future::ready(()).await;
///         Some(key.len() as u32)
///     }
/// }
///
/// let store: Box<dyn Store> = Box::new(Count);
/// assert_eq!(costate::block_on(store.get("key")), Some(3));
/// ```
///
/// ```
/// use costate::Generator;
/// use std::pin::pin;
///
/// #[costate::coroutine(yield = u64)]
/// fn fibonacci() {
///     let (mut a, mut b) = (0, 1);
///     loop {
///         yield_!(a);
///         (a, b) = (b, a + b);
///     }
/// }
///
/// let numbers: Vec<u64> = pin!(fibonacci()).iter().take(8).collect();
/// assert_eq!(numbers, [0, 1, 1, 2, 3, 5, 8, 13]);
/// ```
///
/// # What is refused
///
/// The macro's own errors stand at the code that has to change and say what to write; there is one for
///
/// - `async fn`, `const fn`, `extern "C" fn`, variadics: the attribute takes a plain `fn`;
/// - `-> impl Trait` and `-> !`: name the type, `Box<dyn Trait>`, or `std::convert::Infallible`;
/// - a suspension in a closure: it is a function of its own;
/// - a suspension in a match guard, or in the arguments of a macro: bind it first, `let value = e.await;`;
/// - `yield_!` without `yield = TYPE`, and `.await` with it; an unknown option, or one given twice.
///
/// All else is rustc's to judge, at the user's own code: what is moved, borrowed, unused or of the wrong type.
///
/// # Cancel safety
///
/// Nothing runs before the first poll. A machine that is dropped drops what it holds, newest first, as an `async fn`
/// does, and so it can be dropped at any suspension. [`poll_cancel`](crate::Coroutine::poll_cancel) cancels it properly:
/// the awaited child first, which may need time to clean up, then what is held.
///
/// # Panics
///
/// The machine panics where the body does, after dropping what it holds. Polling it after that, or after it returned
/// or was cancelled, panics by the function's name.
#[doc(inline)]
pub use costate_macros::coroutine;

/// Makes `fn main` a coroutine and runs it: [`block_on`](crate::block_on) of a
/// [`#[costate::coroutine]`](macro@crate::coroutine).
///
/// ```
/// use costate::time::{Duration, sleep};
///
/// #[costate::main]
/// fn main() -> Result<(), std::num::ParseIntError> {
///     let number: u64 = "1".parse()?;
///     sleep(Duration::from_millis(number)).await;
///     Ok(())
/// }
/// ```
///
/// The thread becomes the runtime's worker. When the body returns, the tasks that it spawned and that still run are
/// cancelled; see [`block_on`](crate::block_on). The function may return what any `fn main` may.
///
/// # Options
///
/// - `threads = NUMBER`: tasks run on so many worker threads, as with
///   [`Builder::threads`](crate::Builder::threads); the body itself runs on this one. The number is any expression of
///   type `usize`.
/// - `crate = PATH`, as for [`coroutine`](macro@crate::coroutine).
///
/// ```
/// #[costate::main(threads = 2)]
/// fn main() {
///     let task = costate::spawn(std::future::ready("from a worker"));
///     assert_eq!(task.await, "from a worker");
/// }
/// ```
///
/// # Panics
///
/// If the runtime can't be made, as its threads or descriptors are too many for the system.
///
/// # What is refused
///
/// Arguments, generics and `async fn`; in the body, what [`coroutine`](macro@crate::coroutine) refuses.
#[doc(inline)]
pub use costate_macros::main;

/// Makes a coroutine of a test: a `#[test]` whose body may suspend.
///
/// ```
/// # fn main() {}
/// #[costate::test]
/// fn answers() {
///     let answer = std::future::ready(42).await;
///     assert_eq!(answer, 42);
/// }
/// ```
///
/// Each test has a runtime of its own, on the thread that the harness gave it, and ends as
/// [`block_on`](crate::block_on) does: what it spawned is cancelled. The function may return a `Result`, and
/// `#[should_panic]`, `#[ignore]` and others stay on it.
///
/// # Options
///
/// - `threads = NUMBER` and `crate = PATH`, as for [`main`](macro@crate::main).
/// - `paused`: the clock is [paused](crate::time::pause), and goes on to the next timer when nothing else can happen. Sleeps take no
///   time, and end in their order; with `threads` too.
///
/// ```
/// # fn main() {}
/// use costate::time::{Duration, Instant, interval};
///
/// #[costate::test(paused)]
/// fn ticks_for_a_day() {
///     let start = Instant::now();
///     let mut hours = interval(Duration::from_secs(3600));
///     for _ in 0..=24 {
///         hours.tick().await;
///     }
///     assert_eq!(start.elapsed(), Duration::from_secs(86_400));
/// }
/// ```
///
/// # What is refused
///
/// Arguments, generics and `async fn`; in the body, what [`coroutine`](macro@crate::coroutine) refuses.
#[doc(inline)]
pub use costate_macros::test;
