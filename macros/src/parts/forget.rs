//! Code that moves a part out of a value and forgets it.

use super::strip::names;
use super::{Part, Step};
use crate::spans::{self, Place};
use crate::words::Words;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Member;

impl Part {
    /// The place of the part in a value, where no pattern is needed to name it.
    pub fn access(&self, whole: TokenStream) -> Option<TokenStream> {
        let mut steps = self.path.iter().zip(&self.via);
        steps.try_fold(whole, |place, (step, via)| match step {
            Step::Deref => Some(quote!((*#place))),
            Step::Member(member) if via.constructor.is_none() => Some(quote!(#place.#member)),
            _ => None,
        })
    }

    /// Code that forgets this part of a value.
    pub fn forget(&self, whole: &TokenStream, private: &Words) -> TokenStream {
        let part = Ident::new("part", Span::mixed_site());
        let (inner, names) = match &self.bound {
            None => (part.to_token_stream(), vec![part]),
            Some(pattern) => (pattern.to_token_stream(), names(pattern)),
        };
        let mut place = whole.clone();
        for (at, (step, via)) in self.path.iter().zip(&self.via).enumerate() {
            place = match step {
                Step::Deref => quote!((*#place)),
                Step::Member(member) if via.constructor.is_none() && !via.is_tuple => {
                    quote!(#place.#member)
                }
                Step::Others(name, listed) => {
                    return quote!(#private::forget(#name {
                        #(#listed: ::core::ptr::read(&raw const #place.#listed),)*
                        ..#place
                    }););
                }
                _ => {
                    let place = (0..via.derefs).fold(place, |place, _| quote!((*#place)));
                    let pattern = self.pattern(at, inner);
                    return quote!(match #place {
                        #pattern => #private::forget((#(#names,)*)),
                        _ => {}
                    });
                }
            };
        }
        if self.bound.is_none() {
            return quote!(#private::forget(#place););
        }
        quote!(match #place {
            #inner => #private::forget((#(#names,)*)),
            _ => {}
        })
    }

    /// The same where a value is all the enum, at this place: code that drops the rest of it. What rustc says of a
    /// pattern that doesn't fit, it says of what is matched, too: so that stands where the user's stands.
    pub fn drop_rest(&self, private: &Words) -> TokenStream {
        let Some(pattern) = &self.bound else {
            return TokenStream::new();
        };
        let stands = self.stands.unwrap_or_else(|| Place::at(Span::mixed_site()));
        let names = names(pattern);
        let read = spans::call(quote!(::core::ptr::read), quote!(place), stands);
        quote!(match #read {
            #pattern => #private::forget((#(#names,)*)),
            _ => {}
        })
    }

    /// The steps from one on, as a pattern.
    fn pattern(&self, from: usize, inner: TokenStream) -> TokenStream {
        let steps = self.path.iter().zip(&self.via).skip(from).rev();
        steps.fold(inner, |inner, (step, via)| {
            let wild = |count: &usize| std::iter::repeat_n(quote!(_,), *count);
            match (step, &via.constructor) {
                (Step::Member(member), Some(name)) => quote!(#name { #member: #inner, .. }),
                (Step::Member(Member::Unnamed(index)), None) => {
                    let before = wild(&(index.index as usize));
                    quote!((#(#before)* #inner, ..))
                }
                (Step::Last(after), name) => {
                    let after = wild(after);
                    quote!(#name (.., #inner, #(#after)*))
                }
                (Step::Element(before), _) => {
                    let before = wild(before);
                    quote!([#(#before)* #inner, ..])
                }
                (Step::FromEnd(after), _) => {
                    let after = wild(after);
                    quote!([.., #inner, #(#after)*])
                }
                (Step::Elements(before, after), _) => {
                    let (before, after) = (wild(before), wild(after));
                    quote!([#(#before)* #inner @ .., #(#after)*])
                }
                (Step::Member(_) | Step::Deref | Step::Others(..), _) => inner,
            }
        })
    }
}
