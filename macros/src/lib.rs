//! The attribute macros of `costate`.
#![forbid(unsafe_code)]

use proc_macro::TokenStream;

#[allow(dead_code, reason = "see `body`")]
mod blocks;
#[allow(dead_code, reason = "the pipeline that uses them is not assembled yet")]
mod body;
#[allow(dead_code, reason = "see `body`")]
mod diagnostics;
#[allow(dead_code, reason = "see `body`")]
mod emit;
#[allow(dead_code, reason = "see `body`")]
mod invocation;
#[allow(dead_code, reason = "see `body`")]
mod options;
#[allow(dead_code, reason = "see `body`")]
mod parse;
#[allow(dead_code, reason = "see `body`")]
mod resolve;
#[allow(dead_code, reason = "see `body`")]
mod suspensions;

/// Turns a function that awaits into a state machine.
#[proc_macro_attribute]
pub fn coroutine(_attribute: TokenStream, item: TokenStream) -> TokenStream {
    item
}
