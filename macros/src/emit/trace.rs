//! Tracing: where a suspended machine stands. Last in the text, since it only reads.

use super::Emitter;
use super::state::number;
use crate::layout::{Item, Variant};
use crate::names::made;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

impl Emitter<'_> {
    pub(super) fn trace(&self) -> TokenStream {
        let private = &self.function.private;
        let (report, at) = (made("report"), made("at"));
        let arms = self.layout.variants.iter().map(|v| self.trace_arm(v));
        quote! {
            if let #private::Some(#report) = #report {
                match #at {
                    #(#arms)*
                    _ => {}
                }
                return #private::Poll::Pending;
            }
        }
    }

    fn trace_arm(&self, variant: &Variant) -> TokenStream {
        let id = variant.suspension;
        let private = &self.function.private;
        let suspension = self.cfg.suspension(id);
        let (name, text) = (self.function.name.to_string(), &suspension.text);
        let report = made("report");
        let span = suspension.span;
        let line = quote_spanned!(span=> ::core::line!());
        let file = quote_spanned!(span=> ::core::file!());
        let frame = quote!(#report(#private::Frame::new(#name, #text, #file, #line)));
        let tag = number(self.tag(id));
        if !self.is_await(id) {
            return quote!(#tag => #frame,);
        }
        let cancelling = number(self.cancelling_tag(id));
        let future = self.place_of(Item::Future(id));
        quote! {
            #tag | #cancelling => {
                #frame;
                #private::Child(#future).trace(#report)
            }
        }
    }
}
