//! What a machine tells of its size, if its function has the option `sizes`: names, places, states.
//!
//! A closure that nothing calls but a report. Last in the text, since it only looks.

use super::Emitter;
use crate::layout::{Item, Variant};
use crate::names::made;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

impl Emitter<'_> {
    /// `step(state, ..)`, or `measured(step(state, ..), |st| ..)`.
    pub(super) fn step_call(&self) -> TokenStream {
        let private = &self.function.private;
        let (resume, settle, tell) = (self.resume(), self.settle(), self.tell());
        let step = match self.ways_of_cancellation() {
            Some(ways) => {
                let step = made(match self.cfg.unwinds {
                    true => "step_that_unwinds",
                    false => "step_that_cleans_up",
                });
                quote!(#private::#step(state, #resume, #settle, #tell, || #ways))
            }
            None => quote!(#private::step(state, #resume, #settle, #tell)),
        };
        if !self.function.sizes {
            return step;
        }
        let sizes = self.sizes();
        quote!(#private::measured(#step, #sizes))
    }

    fn sizes(&self) -> TokenStream {
        let private = &self.function.private;
        let held = self.held();
        let [st, sizes, state_at, live] = ["st", "sizes", "state_at", "live"].map(made);
        let name = self.function.name.to_string();
        let flags = (self.layout.flag_bytes() > 0)
            .then(|| quote!(#sizes.flags(#st, &raw mut (*#st).#live);));
        let items = self.layout.root.items();
        let places = items.iter().map(|item| self.at(*item));
        let fields = items.iter().map(|item| {
            let (name, at) = (self.field_name(*item).to_string(), self.at(*item));
            let within = quote!(#private::Within::at(#at).report());
            match item {
                Item::Local(_) | Item::Kept(_) => quote!(#sizes.local(#name, #at, #within);),
                Item::Future(_) => quote!(#sizes.future(#name, #at, #within);),
            }
        });
        let arguments = self.layout.arguments.iter().map(|l| Item::Local(*l));
        let arguments = arguments.map(|item| self.field_name(item).to_string());
        let suspended = self.layout.variants.iter();
        let suspended = suspended.filter(|v| self.cfg.clean_up(v.suspension).is_none());
        let states = suspended.map(|v| self.size_of_state(v));
        quote! {
            |#st: *mut _| -> #private::SizeReport {
                unsafe {
                    let (#state_at, #(#places,)*) = #held::places(#st);
                    let mut #sizes = #private::Sizes::new(#st, #name);
                    #sizes.tag(#state_at);
                    #flags
                    #(#fields)*
                    #sizes.state("Unresumed", "", 0, &[#(#arguments),*]);
                    #(#states)*
                    #sizes.finish()
                }
            }
        }
    }

    fn size_of_state(&self, variant: &Variant) -> TokenStream {
        let (id, sizes) = (variant.suspension, made("sizes"));
        let suspension = self.cfg.suspension(id);
        let text = suspension.shown();
        let held = variant.items(self.facts).into_iter();
        let future = self.is_await(id).then_some(Item::Future(id));
        let held = held
            .chain(future)
            .map(|item| self.field_name(item).to_string());
        let name = self.names.variant(id).to_string();
        let line = quote_spanned!(suspension.span=> ::core::line!());
        quote!(#sizes.state(#name, #text, #line, &[#(#held),*]);)
    }
}
