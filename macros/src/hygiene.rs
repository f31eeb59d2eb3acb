//! Whose a name is: a `macro_rules!`'s own, or its caller's.
//!
//! Of two identifiers of one spelling rustc tells apart which macro wrote them, and a macro can't ask it directly.
//! What it can do is to move their spans to one place and look at them: then they look the same if and only if their
//! expansions are the same. How they look is nobody's promise, so [`is_told`] makes sure once that it says anything.

use proc_macro2::Span;

/// The expansion that an identifier stems from, to be compared.
pub fn owner(span: Span) -> String {
    format!("{:?}", span.located_at(Span::call_site()))
}

/// Whether expansions can be told apart here. Where there is no compiler, there are none.
pub fn is_told() -> bool {
    !proc_macro::is_available() || tells_apart(Span::call_site(), Span::mixed_site())
}

/// Whether two spans of different expansions look different, each always the same.
fn tells_apart(one: Span, other: Span) -> bool {
    owner(one) == owner(one) && owner(other) == owner(other) && owner(one) != owner(other)
}

/// What to say where they can't.
pub const UNTOLD: &str = "this compiler does not show which macro a name stems from, without which names could be \
    confused: please report it, with what `rustc --version` says";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_not_told_apart() {
        // Outside of a compiler all spans look the same, as they would where spans hide their expansion.
        assert!(!tells_apart(Span::call_site(), Span::mixed_site()));
        assert!(is_told());
    }
}
