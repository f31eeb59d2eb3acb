//! What a state stores of a local that loses parts.

/// What a state stores of such a local: 0 of nothing, 1 of a whole value, else which parts are gone as well.
pub trait Flag: Copy {
    /// The state, which has room here.
    fn of(state: u64) -> Self;
    /// The state again.
    fn state(self) -> u64;
}

macro_rules! flags {
    ($($flag:ty),*) => {$(
        impl Flag for $flag {
            #[cfg_attr(not(debug_assertions), inline(always))]
            #[allow(clippy::cast_possible_truncation, reason = "the expansion chose the type by what it has to hold")]
            #[allow(clippy::unnecessary_cast, reason = "one of the types is the state's")]
            fn of(state: u64) -> Self {
                state as $flag
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            #[allow(clippy::useless_conversion, reason = "one of the types is the state's")]
            fn state(self) -> u64 {
                self.into()
            }
        }
    )*};
}

flags!(u8, u16, u32, u64);
