//! Fields of held locals that a closure consumes which is not `move`.
//!
//! rustc captures each by itself: by value, unless it is `Copy`. So the closure gets each under a name of its own.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, Member};

use super::called::Receiver;
use super::capture::Company;
use super::field::base;
use super::pass::{Pass, made_at, made_up};
use super::rest::{bits, gate};
use crate::body::{FieldUse, LocalId, MentionId};
use crate::parts::{FieldPath, Step};

/// A field that a closure captures by itself: it is this element of this tuple.
pub struct Field {
    local: LocalId,
    path: FieldPath,
    tuple: Ident,
    at: syn::Index,
}

impl Pass<'_, '_> {
    /// The fields of a local that a closure consumes, which is not `move`: they are captured by themselves. A closure that
    /// isn't called drops the fields of one local as these are declared, as far as numbers say it.
    pub fn consumed_fields(
        &mut self,
        local: LocalId,
        uses: &[MentionId],
        how: (&[Receiver], Company),
    ) -> TokenStream {
        let paths = uses.iter().filter_map(|id| self.consumed(*id));
        let mut paths = paths.fold(Vec::new(), |mut paths, path| {
            if !paths.contains(&path) {
                paths.push(path);
            }
            paths
        });
        if paths.is_empty() {
            return TokenStream::new();
        }
        if paths.iter().all(|path| numbers(path).is_some()) {
            paths.sort_by_key(numbers);
        }
        let tuple = made_up(&format!("fields_{}", local.0));
        let captured = paths.iter();
        let captured: Vec<_> = captured
            .map(|path| self.consumed_field(local, path, uses, how))
            .collect();
        let fields = paths.into_iter().enumerate().map(|(at, path)| Field {
            local,
            path,
            tuple: tuple.clone(),
            at: at.into(),
        });
        self.fields.extend(fields);
        quote!(let #tuple = (#(#captured,)*);)
    }

    /// The field that a mention may consume.
    fn consumed(&self, id: MentionId) -> Option<FieldPath> {
        let mention = self.rewriter.body.mention(id);
        let path = match &mention.field {
            Some(FieldUse::Consumed(path) | FieldUse::Invoked(path)) => path,
            _ => return None,
        };
        let is_part = self.rewriter.parts.bits_of(mention.local, path) != 0;
        (is_part && (self.rewriter.ask)(id)).then(|| path.clone())
    }

    /// The one call that may consume a field, if nothing else does.
    fn invoked<'c>(
        &self,
        path: &FieldPath,
        uses: &[MentionId],
        receivers: &'c [Receiver],
    ) -> Option<&'c Receiver> {
        let mut uses = uses
            .iter()
            .filter(|id| self.consumed(**id).as_ref() == Some(path));
        let (first, others) = (uses.next()?, uses.next());
        let field = &self.rewriter.body.mention(*first).field;
        let is_call = others.is_none() && matches!(field, Some(FieldUse::Invoked(_)));
        let mut calls = receivers.iter();
        calls.find(|call| is_call && call.mention == *first && call.method().is_some())
    }

    fn consumed_field(
        &mut self,
        local: LocalId,
        path: &FieldPath,
        uses: &[MentionId],
        (receivers, company): (&[Receiver], Company),
    ) -> TokenStream {
        let (private, life) = (self.rewriter.private, self.rewriter.names.life());
        let (live, rest) = (self.rewriter.names.live(local), self.rewriter.rest(local));
        let bit = bits(self.rewriter.parts.bits_of(local, path));
        let place = self.place(local, Span::mixed_site());
        let steps: Vec<_> = path.0.iter().map(member).collect();
        let wholes = (0..steps.len()).map(|count| {
            let outer = &steps[..count];
            quote!(&raw const #place #(.#outer)*)
        });
        let guard = wholes.fold(quote!(#live.at(at, #bit, #rest)), |guard, whole| {
            quote!(#private::closure::Inside(#guard, (&#private::closure::Whole(#whole)).is()))
        });
        let captured = match self.invoked(path, uses, receivers) {
            Some(call) => {
                let (how, method) = (company.choose("alone", "mixed"), call.method());
                let told = self.is_told(call.mention).then(|| gate(call.mention));
                let told = told.map(|gate| quote!([#gate]));
                self.receivers.push(call.mention);
                quote!({
                    let (at, guard) = (&at, &#guard);
                    #private::question::capture!(at guard #life #how #told . #method [])
                })
            }
            None => {
                let capture = company.choose("capture_alone", "capture");
                quote!((&&&#private::Asking(at, &#guard)).#capture(#life))
            }
        };
        quote!({
            use #private::closure::{
                CaptureCopy as _, CaptureMoved as _, CaptureUnique as _, IsBox as _, IsNoBox as _,
            };
            let at = (&raw const #place #(.#steps)*).cast_mut();
            #captured
        })
    }

    /// A field that a closure around has captured by itself.
    pub fn captured_by_itself(&self, expr: &Expr) -> Option<TokenStream> {
        if self.fields.is_empty() {
            return None;
        }
        let (id, span) = base(expr)?;
        let mention = self.rewriter.body.mention(id);
        let path = FieldPath::of(expr)?;
        let mut fields = self.fields.iter();
        let field = fields.find(|field| field.local == mention.local && field.path == path)?;
        let (at, tuple, element) = (made_at(span), &field.tuple, &field.at);
        Some(match &mention.field {
            Some(FieldUse::Consumed(consumed)) if *consumed == path => {
                quote_spanned!(at=> #tuple.#element.value())
            }
            Some(FieldUse::Invoked(_)) if self.receivers.contains(&id) => {
                quote_spanned!(at=> #tuple.#element.receiver())
            }
            _ => quote_spanned!(at=> (*#tuple.#element.at())),
        })
    }
}

fn member(step: &Step) -> Option<&Member> {
    match step {
        Step::Member(member) => Some(member),
        _ => None,
    }
}

/// A path through tuples.
fn numbers(path: &FieldPath) -> Option<Vec<u32>> {
    let number = |step: &Step| match step {
        Step::Member(Member::Unnamed(index)) => Some(index.index),
        _ => None,
    };
    path.0.iter().map(number).collect()
}
