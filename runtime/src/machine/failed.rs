//! The sides of an `assert_eq!` that has failed already, while its message is still to be awaited.

use core::fmt;

/// A side that compares as it did: equal to the other iff `EQUAL`, without asking again.
pub struct Failed<'a, T: ?Sized, const EQUAL: bool>(&'a T);

impl<'a, T: ?Sized, const EQUAL: bool> Failed<'a, T, EQUAL> {
    /// The side of a comparison that is over.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn new(side: &'a T) -> Self {
        Failed(side)
    }
}

impl<T: ?Sized, U: ?Sized, const EQUAL: bool> PartialEq<Failed<'_, U, EQUAL>>
    for Failed<'_, T, EQUAL>
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn eq(&self, _: &Failed<'_, U, EQUAL>) -> bool {
        EQUAL
    }
}

impl<T: fmt::Debug + ?Sized, const EQUAL: bool> fmt::Debug for Failed<'_, T, EQUAL> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Failed;

    #[test]
    fn it_compares_as_it_was_told_and_shows_what_it_is() {
        let (one, two) = (Failed::<_, false>::new(&1), Failed::<_, false>::new("1"));
        assert!(one != two && Failed::<_, true>::new(&1) == Failed::new(&2));
        assert_eq!(format!("{one:?} {two:?}"), r#"1 "1""#);
    }
}
