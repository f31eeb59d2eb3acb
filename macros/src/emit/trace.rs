//! Tracing: where a suspended machine stands.

use super::Emitter;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

impl Emitter<'_> {
    /// What is reported of the suspensions: the function's name, the file, and the text and the line of each, a NUL between them.
    /// One text for all, since each is an address that a program has to be told where it is loaded.
    pub(super) fn frames(&self) -> TokenStream {
        let name = self.function.name.to_string();
        let suspensions = self.layout.variants.iter();
        let suspensions = suspensions.map(|v| self.cfg.suspension(v.suspension));
        let first = suspensions.clone().next();
        let span = first.map_or_else(Span::call_site, |suspension| suspension.span);
        let file = quote_spanned!(span=> ::core::file!());
        let texts = suspensions.map(|suspension| {
            let text = format!("\0{}\0", suspension.text.replace('\0', ""));
            let span = suspension.span;
            let line = quote_spanned!(span=> ::core::line!());
            quote!(, #text, #line)
        });
        let name = format!("{name}\0");
        quote!(::core::concat!(#name, #file #(#texts)*))
    }
}
