//! The attribute macros of `costate`.
#![forbid(unsafe_code)]

use proc_macro::TokenStream;

/// Turns a function that awaits into a state machine.
#[proc_macro_attribute]
pub fn coroutine(_attribute: TokenStream, item: TokenStream) -> TokenStream {
    item
}
