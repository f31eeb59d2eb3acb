//! What is left of a local: code that drops a value but for the parts that are gone.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::Rewriter;
use crate::body::{LocalId, MentionId};
use crate::parts::{Part, Taken};
use crate::words::Words;

impl Rewriter<'_> {
    /// What drops a local but for the parts whose bits are up: a closure that is nothing but code.
    pub fn rest(&self, local: LocalId) -> TokenStream {
        self.rest_without(local, None)
    }

    /// The same where a part has just gone, or is known to be gone: of the enum that it is in, nothing else is.
    pub fn rest_without(&self, local: LocalId, gone: Option<usize>) -> TokenStream {
        let parts = self.parts.of(local).iter().cloned().enumerate();
        rest_of(&parts.collect::<Vec<_>>(), gone, self.private)
    }

    /// What a pattern has matched leaves the local, if it needs a drop: said in the guard of the arm, where what is
    /// bound by value still is in its place.
    pub fn lose(&self, local: LocalId, scrutinee: &TokenStream, taken: &[Taken]) -> TokenStream {
        let (private, live) = (self.private, self.names.live(local));
        let lost = taken.iter().map(|taken| {
            let at = self.parts.index(local, &taken.part);
            let rest = self.rest_without(local, at);
            let names: Vec<_> = taken
                .bindings
                .iter()
                .map(|b| &self.body.local(*b).name)
                .collect();
            let bit = bits(at.map_or(0, |at| 1 << at));
            // A constant that looks like a binding is somewhere else.
            let moved = match taken.certain {
                true => quote!(#(#private::drops(&#names))|*),
                false => quote!(#(#private::inside(&raw const #scrutinee, &#names))|*),
            };
            quote!(#live.lose(#moved, #bit, #rest);)
        });
        lost.collect()
    }
}

/// Reads the whole and forgets what is gone; rustc drops the rest.
pub fn rest_of(parts: &[(usize, Part)], gone: Option<usize>, private: &Words) -> TokenStream {
    if !parts.is_empty() && parts.iter().all(|(_, part)| part.path.is_empty()) {
        return rest_of_enum(parts, gone, private);
    }
    let forget = forget(&parts.iter().collect::<Vec<_>>(), gone, private);
    let asked = parts.iter().any(|(_, part)| !part.asked.is_empty());
    let capture = asked.then(|| quote!(move));
    quote!(#capture |place: *mut _, gone: u64| {
        let whole = ::core::ptr::read(place);
        #forget
    })
}

/// The same of what is nothing but an enum that patterns take apart: one of them has done so at most. Were there
/// more, nobody could tell what is left: then nothing is dropped.
fn rest_of_enum(parts: &[(usize, Part)], gone: Option<usize>, private: &Words) -> TokenStream {
    let this = |at: &usize| gone.is_none_or(|gone| gone == *at);
    let arms = parts.iter().filter(|(at, _)| this(at)).map(|(at, part)| {
        let (bit, code) = (bits(1 << at), part.drop_rest(private));
        quote!(if gone == #bit { #code })
    });
    quote!(|place: *mut _, gone: u64| {
        #(#arms else)* if gone == 0 {
            ::core::ptr::drop_in_place(place);
        }
    })
}

/// What is told by type whether a call consumes a part.
pub fn gate(id: MentionId) -> Ident {
    Ident::new(&format!("asked_{}", id.0), Span::mixed_site())
}

pub fn bits(bits: u64) -> Literal {
    Literal::u64_unsuffixed(bits)
}

/// A part of a part is looked at only if that is there.
fn forget(parts: &[&(usize, Part)], gone: Option<usize>, private: &Words) -> TokenStream {
    let below = |part: &Part, outer: &Part| !outer.is_bound() && part.within(&outer.path).is_some();
    let is_top = |(at, part): &(usize, Part)| {
        !parts
            .iter()
            .any(|(other, outer)| at != other && below(part, outer))
    };
    let (tops, others): (Vec<_>, Vec<_>) = parts.iter().copied().partition(|part| is_top(part));
    let (bound, mut whole): (Vec<_>, Vec<_>) =
        tops.into_iter().partition(|(_, part)| part.is_bound());
    // An update looks at the fields that it leaves.
    whole.sort_by_key(|(_, part)| !part.is_update());
    let mut tokens = TokenStream::new();
    for (at, part) in whole {
        let inner: Vec<_> = others
            .iter()
            .copied()
            .filter(|(_, other)| below(other, part))
            .collect();
        let (bit, code, inner) = (
            bits(1 << at),
            part.forget(&quote!(whole), private),
            forget(&inner, gone, private),
        );
        // Where no call consumes the part, it may not be one that could be moved.
        let pass = part.asked.split_first().map(|(first, others)| {
            let (first, others) = (gate(*first), others.iter().map(|id| gate(*id)));
            quote!(#first #(.or(#others))*.pass();)
        });
        let otherwise = (!inner.is_empty()).then(|| quote!(else { #inner }));
        tokens.extend(quote!(if gone & #bit != 0 { #pass #code } #otherwise));
    }
    let mut seen: Vec<&Part> = Vec::new();
    for (_, part) in &bound {
        if !seen.iter().any(|known| known.path == part.path) {
            seen.push(part);
            let here = bound.iter().filter(|(_, other)| other.path == part.path);
            tokens.extend(one_of(&here.copied().collect::<Vec<_>>(), gone, private));
        }
    }
    tokens
}

/// Of what patterns have found in an enum, one is gone at most. Were there more, nobody could tell what is left:
/// then nothing is dropped.
fn one_of(parts: &[&(usize, Part)], gone: Option<usize>, private: &Words) -> TokenStream {
    let whole = quote!(whole);
    let this = parts.iter().find(|(at, _)| Some(*at) == gone);
    let all = parts.iter().fold(0, |all, (at, _)| all | 1 << at);
    let arms = parts
        .iter()
        .filter(|(at, _)| this.is_none_or(|(this, _)| this == at));
    let arms = arms.map(|(at, part)| {
        let (bit, code) = (bits(1 << at), part.forget(&whole, private));
        quote!(if gone & #bit != 0 { #code })
    });
    let node = (parts.len() > 1).then(|| {
        let code = parts[0].1.node().forget(&whole, private);
        match this {
            Some((this, _)) => {
                let others = bits(all & !(1 << this));
                quote!(if gone & #others != 0 { #code } else)
            }
            None => {
                let all = bits(all);
                quote!(if (gone & #all).count_ones() > 1 { #code } else)
            }
        }
    });
    quote!(#node #(#arms)else*)
}
