//! Fields of held locals that a closure consumes which is not `move`.
//!
//! rustc captures each by itself: by value, unless it is `Copy`. So the closure gets each under a name of its own.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, Member};

use super::capture::Company;
use super::field::base;
use super::pass::{Pass, made_at, made_up};
use super::rest::bits;
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
        company: Company,
    ) -> TokenStream {
        let mut paths: Vec<&FieldPath> = Vec::new();
        for id in uses {
            let mention = self.rewriter.body.mention(*id);
            let Some(FieldUse::Consumed(path)) = &mention.field else {
                continue;
            };
            let asks = self.rewriter.parts.bits_of(local, path) != 0 && (self.rewriter.ask)(*id);
            if asks && !paths.contains(&path) {
                paths.push(path);
            }
        }
        if paths.is_empty() {
            return TokenStream::new();
        }
        if paths.iter().all(|path| numbers(path).is_some()) {
            paths.sort_by_key(|path| numbers(path));
        }
        let tuple = made_up(&format!("fields_{}", local.0));
        let captured = paths.iter();
        let captured: Vec<_> = captured
            .map(|path| self.consumed_field(local, path, company))
            .collect();
        let fields = paths.into_iter().enumerate().map(|(at, path)| Field {
            local,
            path: path.clone(),
            tuple: tuple.clone(),
            at: at.into(),
        });
        self.fields.extend(fields);
        quote!(let #tuple = (#(#captured,)*);)
    }

    fn consumed_field(&self, local: LocalId, path: &FieldPath, company: Company) -> TokenStream {
        let capture = company.choose("capture_alone", "capture");
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
        quote!({
            use #private::closure::{
                CaptureCopy as _, CaptureMoved as _, CaptureUnique as _, IsBox as _, IsNoBox as _,
            };
            let at = (&raw const #place #(.#steps)*).cast_mut();
            (&&&#private::Asking(at, &#guard)).#capture(#life)
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
