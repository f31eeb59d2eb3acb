//! Tracing: where a suspended machine stands.

use super::Emitter;
use crate::layout::Variant;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

impl Emitter<'_> {
    /// What is reported of a suspension.
    pub(super) fn frame(&self, variant: &Variant) -> TokenStream {
        let private = &self.function.private;
        let suspension = self.cfg.suspension(variant.suspension);
        let (name, text) = (self.function.name.to_string(), &suspension.text);
        let span = suspension.span;
        let line = quote_spanned!(span=> ::core::line!());
        let file = quote_spanned!(span=> ::core::file!());
        quote!(#private::Frame::new(#name, #text, #file, #line))
    }
}
