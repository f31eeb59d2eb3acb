//! One part of a local that leaves it, for sure or perhaps.

use super::super::slot::Guard;
use super::{LiveParts, Rest};
use core::{mem::needs_drop, ptr};

/// Where a part is that leaves its local.
pub struct Part<P>(pub(super) *const P);

impl<P> Part<P> {
    /// The part.
    ///
    /// # Safety
    ///
    /// Taken once, as was promised to [`LiveParts::part`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn take(self) -> P {
        // SAFETY: it was said that the part is there, be it in a packed struct; its bit is up, or it needs no drop.
        unsafe { ptr::read_unaligned(self.0) }
    }
}

/// A part of a local, as a question about it sees it.
pub struct Asked<'g, T, P> {
    whole: &'g LiveParts<T>,
    part: *mut P,
    bit: u64,
    rest: Rest<T>,
}

impl<'g, T, P> Asked<'g, T, P> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) const fn new(
        whole: &'g LiveParts<T>,
        part: *mut P,
        bit: u64,
        rest: Rest<T>,
    ) -> Self {
        Asked {
            whole,
            part,
            bit,
            rest,
        }
    }

    /// Moves the part out.
    ///
    /// # Safety
    ///
    /// It is there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn take(&self) -> P {
        // SAFETY: `at`'s caller named the part, and the caller says that it is there.
        unsafe {
            if needs_drop::<P>() {
                self.whole.rest.set(Some(self.rest));
                self.whole.gone.set(self.whole.gone.get() | self.bit);
            }
            ptr::read(self.part)
        }
    }
}

impl<T, P> Guard<P> for Asked<'_, T, P> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take(&self) -> P {
        // SAFETY: the caller's promise is the same.
        unsafe { Asked::take(self) }
    }
}
