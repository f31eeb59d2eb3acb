//! Arguments of a call that is asked about: they are bound before the question is put.

use core::marker::PhantomData;

use super::unasked;

/// An argument that was bound before the question is put. Of [`Given::given`] rustc says that it is of the wrong type
/// where the argument stands, however often it is mentioned.
pub struct Given<T>(pub T);

impl<T> Given<T> {
    /// The argument.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn given(self) -> T {
        self.0
    }
}

/// What a method expects of an argument, as a type.
pub struct Expected<T>(PhantomData<T>);

impl<T> Expected<T> {
    /// Where it is still open.
    pub const OPEN: Self = Expected(PhantomData);

    /// Never called.
    pub fn any(&self) -> T {
        unasked()
    }
}

/// As [`Given`], of an argument whose parts are coerced one by one to what is expected of them.
pub struct Expecting<T> {
    /// It comes first, so that rustc knows it when it comes to the value.
    pub expected: Expected<T>,
    /// The argument.
    pub value: T,
}

impl<T> Expecting<T> {
    /// The argument.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn given(self) -> T {
        self.value
    }
}
