//! What a format string shows: rustc has said in the twin what it lacks, and is not to say it again.

use core::fmt;
use core::ops::Deref;

/// Something to be shown. Its methods are found by what its type implements, and else those of [`NotShown`].
pub struct Shown<'a, T: ?Sized>(pub &'a T);

impl<'a, T: fmt::Display + ?Sized> Shown<'a, T> {
    /// As it is, for `{}`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn display(self) -> &'a T {
        self.0
    }
}

impl<'a, T: fmt::Debug + ?Sized> Shown<'a, T> {
    /// As it is, for `{:?}`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn debug(self) -> &'a T {
        self.0
    }
}

impl<T: ?Sized> Deref for Shown<'_, T> {
    type Target = NotShown;

    fn deref(&self) -> &NotShown {
        &NotShown
    }
}

/// In the place of what can't be shown, in a program that doesn't compile.
pub struct NotShown;

impl NotShown {
    /// For `{}`.
    #[must_use]
    pub const fn display(&self) -> &Self {
        self
    }

    /// For `{:?}`.
    #[must_use]
    pub const fn debug(&self) -> &Self {
        self
    }
}

impl fmt::Display for NotShown {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        unreachable!("the twin is refused by rustc")
    }
}

impl fmt::Debug for NotShown {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        unreachable!("the twin is refused by rustc")
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;

    #[test]
    fn a_value_is_shown_as_it_is() {
        let text = format!("{:>4}|{:?}", Shown("a").display(), Shown("b").debug());
        assert_eq!(text, r#"   a|"b""#);
    }
}
