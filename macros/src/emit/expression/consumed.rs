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

/// A field that a closure captures by itself, by this name.
pub struct Field {
    local: LocalId,
    path: FieldPath,
    name: Ident,
}

impl Pass<'_, '_> {
    /// The fields of a local that a closure consumes, which is not `move`: each is captured by itself.
    pub fn consumed_fields(
        &mut self,
        local: LocalId,
        uses: &[MentionId],
        company: Company,
    ) -> TokenStream {
        let mut bindings = TokenStream::new();
        for id in uses {
            let Some(FieldUse::Consumed(path)) = &self.rewriter.body.mention(*id).field else {
                continue;
            };
            let bits = self.rewriter.parts.bits_of(local, path);
            let known = |field: &Field| field.local == local && field.path == *path;
            let asks = bits != 0 && (self.rewriter.ask)(*id);
            if !asks || self.fields.iter().any(known) {
                continue;
            }
            let field = Field {
                local,
                path: path.clone(),
                name: made_up(&format!("field_{}", id.0)),
            };
            bindings.extend(self.consumed_field(&field, bits, company));
            self.fields.push(field);
        }
        bindings
    }

    fn consumed_field(&self, field: &Field, bit: u64, company: Company) -> TokenStream {
        let capture = company.choose("capture_alone", "capture");
        let (private, life) = (self.rewriter.private, self.rewriter.names.life());
        let (name, live) = (&field.name, self.rewriter.names.live(field.local));
        let (bit, rest) = (bits(bit), self.rewriter.rest(field.local));
        let place = self.place(field.local, Span::mixed_site());
        let steps: Vec<_> = field.path.0.iter().map(member).collect();
        let wholes = (0..steps.len()).map(|count| {
            let outer = &steps[..count];
            quote!(&raw const #place #(.#outer)*)
        });
        let guard = wholes.fold(quote!(#live.at(at, #bit, #rest)), |guard, whole| {
            quote!(#private::closure::Inside(#guard, (&#private::closure::Whole(#whole)).is()))
        });
        quote!(let #name = {
            use #private::closure::{
                CaptureCopy as _, CaptureMoved as _, CaptureUnique as _, IsBox as _, IsNoBox as _,
            };
            let at = (&raw const #place #(.#steps)*).cast_mut();
            (&&&#private::Asking(at, &#guard)).#capture(#life)
        };)
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
        let (at, name) = (made_at(span), &field.name);
        Some(match &mention.field {
            Some(FieldUse::Consumed(consumed)) if *consumed == path => {
                quote_spanned!(at=> #name.value())
            }
            _ => quote_spanned!(at=> (*#name.at())),
        })
    }
}

fn member(step: &Step) -> Option<&Member> {
    match step {
        Step::Member(member) => Some(member),
        _ => None,
    }
}
