//! Attributes, visibility, docs and `cfg` stay on the function.
#![deny(missing_docs)]

/// A module.
pub mod answers {
    /// Documented, so that the lint is content.
    #[costate::coroutine]
    #[inline]
    pub fn answer() -> u32 {
        let answer = std::future::ready(42).await;
        answer
    }

    #[cfg(any())]
    #[costate::coroutine]
    fn absent() -> Missing {
        missing().await
    }
}

fn main() {
    assert_eq!(costate::block_on(answers::answer()), 42);
}
