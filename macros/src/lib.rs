//! The attribute macros of `costate`. Use them through that crate, which documents them with examples.
#![forbid(unsafe_code)]

mod analyse;
mod ask;
mod blocks;
mod body;
mod cfg;
mod cleanup;
mod collapse;
mod diagnostics;
mod edition;
mod emit;
mod entry;
#[cfg(test)]
mod fuzz;
mod hash;
mod hygiene;
mod invocation;
mod layout;
mod lower;
mod names;
mod options;
mod parse;
mod parts;
mod pipeline;
mod recursion;
mod resolve;
mod select;
mod spans;
mod strays;
mod suspensions;
mod syntax;
mod verify;
mod words;

use entry::Entry;
use proc_macro::TokenStream;

// What each does is said where `costate` exports it, as examples can run there.

#[proc_macro_attribute]
pub fn coroutine(attribute: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::expand(attribute.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn main(attribute: TokenStream, item: TokenStream) -> TokenStream {
    entry::expand(Entry::Main, attribute.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn test(attribute: TokenStream, item: TokenStream) -> TokenStream {
    entry::expand(Entry::Test, attribute.into(), item.into()).into()
}
