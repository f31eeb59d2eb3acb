//! The attribute macros of `costate`.
#![forbid(unsafe_code)]

mod analyse;
mod blocks;
mod body;
mod cfg;
mod diagnostics;
mod edition;
mod emit;
mod entry;
mod invocation;
mod layout;
mod lower;
mod names;
mod options;
mod parse;
mod pipeline;
mod resolve;
mod suspensions;
mod syntax;
mod verify;

use entry::Entry;
use proc_macro::TokenStream;

/// Turns a function that awaits into a state machine.
#[proc_macro_attribute]
pub fn coroutine(attribute: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::expand(attribute.into(), item.into()).into()
}

/// Drives a coroutine from `fn main`.
#[proc_macro_attribute]
pub fn main(attribute: TokenStream, item: TokenStream) -> TokenStream {
    entry::expand(Entry::Main, attribute.into(), item.into()).into()
}

/// Drives a coroutine as a test.
#[proc_macro_attribute]
pub fn test(attribute: TokenStream, item: TokenStream) -> TokenStream {
    entry::expand(Entry::Test, attribute.into(), item.into()).into()
}
