//! What the straight-line twin calls.
//!
//! The twin is the user's body with its suspensions replaced by calls of these functions. rustc checks it and
//! never runs it: `if false { check((a, b), move |(a, mut b)| -> T { BODY }) }`. So none of these does anything; what matters is
//! their types, and that [`cancelled`] might be true.

use core::marker::{PhantomData, PhantomPinned};
use core::panic::UnwindSafe;
use core::pin::Pin;

/// Checks the straight-line twin as an ordinary closure of the function's arguments. (As parameters they outlive
/// the temporaries of the body's tail, in every edition.)
///
/// # Panics
///
/// If it is called.
pub fn check<A, R>(_: A, _: impl FnOnce(A) -> R) -> ! {
    never_run()
}

/// What a twin that stands in a function of its own returns, as an opaque type. If rustc has found an error in it, that
/// type is an error too, and an error is of every kind: [`UnwindSafe`], say, which this is not.
pub struct Checked(PhantomData<&'static mut ()>);

impl Checked {
    /// What every twin returns.
    #[must_use]
    pub fn made() -> Self {
        Checked(PhantomData)
    }
}

/// What became of the twin that returns an `R`.
pub struct Twin<R>(PhantomData<fn() -> R>);

macro_rules! twins {
    ($($name:ident: $($argument:ident)*;)*) => {$(
        /// The twin of a function of so many arguments. Asked for what holds of every `R`, so that rustc looks at what it
        /// stands for: once it has come upon an error there, it doesn't check borrows around this, and nothing is said of
        /// types that it can't infer. (In what has a lifetime in it, here that of `F`, it looks where it is, and not from
        /// afar.)
        #[cfg_attr(not(debug_assertions), inline(always))]
        pub fn $name<'a, $($argument,)* R: Unpin, F: FnOnce($($argument,)* &'a ()) -> R>(_: &'a F) -> Twin<R> {
            Twin(PhantomData)
        }
    )*};
}

twins! {
    twin_0: ;
    twin_1: A;
    twin_2: A B;
    twin_3: A B C;
    twin_4: A B C D;
    twin_5: A B C D E;
    twin_6: A B C D E G;
    twin_7: A B C D E G H;
    twin_8: A B C D E G H I;
}

impl<R: UnwindSafe> Twin<R> {
    /// There are errors in it: what finds the places of a state is of no type that is known, nor is what lies there.
    ///
    /// # Panics
    ///
    /// If it is called.
    pub fn checked<T, Unknown>(self, _: T) -> Unknown {
        never_run()
    }
}

/// What is in no way wrong. By autoref, behind what is said above.
pub trait IsRight {
    /// The same.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn checked<T>(&self, places: T) -> T {
        places
    }
}

impl<R> IsRight for Twin<R> {}

/// What only an error is, of which everything holds.
pub trait IsWrong {}

/// Stands for an item whose name is nearly `self`.
pub struct Item;

/// What is no item.
#[diagnostic::on_unimplemented(
    message = "this name is nearly `self`, and means an item",
    label = "is this the item, or the method's receiver?",
    note = "a coroutine takes it for a misspelt `self`: call the item by a path, `self::NAME`"
)]
pub trait IsMisspelt {
    /// What it was to be.
    type Receiver;
}

/// What is yielded, in the machine too: rustc says of a field's value what it is, and of a call where the callee is.
pub struct Yield<Y> {
    /// What is handed out.
    pub value: Y,
}

/// What the twin returns, in whose field rustc says of a value of the wrong type the same as in the machine.
pub struct Output<T> {
    /// What is returned.
    pub value: T,
}

/// Stands for a local where a glob import may hide it.
pub struct Local;

/// What is no import.
#[diagnostic::on_unimplemented(
    message = "a glob import brings in a value that is named like a local outside of its block",
    label = "is this the import or the local?",
    note = "`async fn` takes the import here; import by name what is needed, or rename the local"
)]
pub trait IsLocal {}

impl IsLocal for Local {}

/// Refuses what a glob import brings in.
pub fn local<T: IsLocal>(_: T) {}

/// What is a local of the macro or of its caller, as its spelling says.
#[diagnostic::on_unimplemented(
    message = "this name is spelled like a local's, and means something else",
    label = "of a macro's own, and not the local",
    note = "a macro's words are others than its caller's: give the local or what is meant here another name"
)]
pub trait IsSpelled {}

impl IsSpelled for Local {}

/// Refuses what only looks like a local.
pub fn spelled<T: IsSpelled>(_: T) {}

/// What a macro of the user's that is named like one that pins is tried on.
pub struct Pinnable(PhantomPinned);

/// What `pin!(x);` makes of it.
#[diagnostic::on_unimplemented(
    message = "this macro is named like one that pins a local, and does something else",
    label = "not a `Pin<&mut _>` of what it was after this macro",
    note = "a coroutine takes `pin!(x);` and `pin_mut!(x);` for what they are in tokio and futures: give the macro \
        another name"
)]
pub trait IsPinned {}

impl IsPinned for Pin<&mut Pinnable> {}

/// Refuses what was not pinned.
pub fn pinned<P: IsPinned>(_: P) {}

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

/// Clean-up on the way out by cancellation. In the twin it stands in a closure, as it may be left by a panic: then what
/// comes after it sees what it has not moved.
///
/// # Panics
///
/// If it is called.
pub fn clean_up(_: impl FnOnce()) {
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

/// The output of a function, as a type: of `-> !` that can be said in no other way.
pub trait Returns {
    /// What it returns.
    type Output;
}

impl<R> Returns for fn() -> R {
    type Output = R;
}

/// Before code that is there for its types alone.
///
/// # Panics
///
/// If it is called.
pub fn never_reached() -> ! {
    never_run()
}

pub(super) fn never_run() -> ! {
    unreachable!("the straight-line twin is never run")
}
