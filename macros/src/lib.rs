//! The attribute macros of `costate`.
#![forbid(unsafe_code)]
#![allow(dead_code)]
mod analyse;
mod body;
mod cfg;
mod diagnostics;
mod emit;
mod invocation;
mod layout;
mod lower;
mod names;
mod pipeline;
mod resolve;
mod syntax;
mod verify;

use proc_macro::TokenStream;

/// Turns a function that awaits into a state machine.
#[proc_macro_attribute]
pub fn coroutine(_attribute: TokenStream, item: TokenStream) -> TokenStream {
    item
}
