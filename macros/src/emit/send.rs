//! `#[coroutine(Send)]`: that what is held is `Send`, said where it is held.
//!
//! Output: for each type parameter of the state a call that asks for `Send`, its argument at the local and its
//! callee at the suspension across which that is held, so that an error points at both. Since every parameter is
//! asked, the state itself is `Send` without a condition, and there is no second error for it.

use proc_macro2::{Group, Span, TokenStream};
use quote::quote;

use super::Emitter;
use crate::body::LocalId;
use crate::layout::{Item, items_of};

impl Emitter<'_> {
    pub(super) fn send_questions(&self) -> TokenStream {
        if !self.function.send {
            return TokenStream::new();
        }
        let locals = self.layout.fields.iter().flat_map(|local| {
            let at = self.body.local(*local).name.span();
            let across = self.first_suspension_of(*local).unwrap_or(at);
            let items = items_of(self.facts, *local).into_iter();
            items.map(move |item| self.send_question(self.place_of(item), at, across))
        });
        let awaits = self.layout.variants.iter();
        let awaits = awaits.filter(|v| self.is_await(v.suspension)).map(|v| {
            let span = self.cfg.suspension(v.suspension).span;
            self.send_question(self.place_of(Item::Future(v.suspension)), span, span)
        });
        locals.chain(awaits).collect()
    }

    fn first_suspension_of(&self, local: LocalId) -> Option<Span> {
        let mut variants = self.layout.variants.iter();
        let first = variants.find(|v| v.held.iter().any(|(held, _)| *held == local))?;
        Some(self.cfg.suspension(first.suspension).span)
    }

    fn send_question(&self, place: TokenStream, at: Span, across: Span) -> TokenStream {
        let private = &self.function.private;
        // The names stay the macro's own, at the place of the user's.
        let located = |tokens: TokenStream, place: Span| -> TokenStream {
            let tokens = tokens.into_iter().map(|mut token| {
                token.set_span(token.span().located_at(place));
                token
            });
            tokens.collect()
        };
        let callee = located(quote!(#private::held_across), across);
        let argument = located(place, at);
        let mut arguments = Group::new(proc_macro2::Delimiter::Parenthesis, argument);
        arguments.set_span(Span::call_site().located_at(across));
        quote!(#callee #arguments;)
    }
}
