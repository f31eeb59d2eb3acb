//! The error sink: mistakes of the user's are collected and reported all at once.
//!
//! A message is lowercase without a full stop and says what, why and what to write instead; its span
//! is the smallest thing that has to change.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

/// The errors found so far, in order.
#[derive(Debug, Default)]
pub struct Diagnostics {
    errors: Vec<syn::Error>,
    /// What of a body could not be read.
    unread: Option<syn::Error>,
}

impl Diagnostics {
    pub fn new() -> Self {
        Self::default()
    }

    /// Reports a mistake at `span`.
    pub fn error(&mut self, span: Span, message: impl Display) {
        self.errors.push(syn::Error::new(span, message));
    }

    /// Reports a mistake that spans all of `tokens`.
    pub fn error_over(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.errors.push(syn::Error::new_spanned(tokens, message));
    }

    /// Reports what `syn` said.
    pub fn push(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// Some body is no Rust, of which rustc has said more already, or it is Rust that `syn` doesn't know.
    pub fn unread(&mut self, error: syn::Error) {
        self.unread = Some(error);
    }

    /// What to say in a body if nothing else is wrong: as a lint, which rustc comes to only then, and where lints are off as a
    /// constant without a value (of a generic function: rustc comes to it even later).
    pub fn if_nothing_else(&self) -> Option<TokenStream> {
        let error = self.unread.as_ref()?;
        let message = format!("`#[coroutine]` can't read this: {error}");
        let unread = quote_spanned!(error.span()=> unread::<()>());
        Some(quote! {
            #[must_use = #message]
            fn unread<T>() -> u8 { const { ::core::panic!(#message) } }
            #[deny(unused_must_use)]
            { #unread; }
        })
    }

    /// Takes over what another stage found.
    pub fn append(&mut self, other: Self) {
        self.errors.extend(other.errors);
    }

    pub fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.unread.is_none()
    }

    /// One `compile_error!` for each error; `None` if there are none.
    pub fn into_compile_errors(self) -> Option<TokenStream> {
        let all = self.errors.into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        })?;
        Some(all.into_compile_error())
    }

    #[cfg(test)]
    pub fn messages(&self) -> Vec<String> {
        self.errors.iter().map(ToString::to_string).collect()
    }
}
