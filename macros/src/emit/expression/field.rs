//! Fields that are moved out of held locals, or assigned: see `machine::parts`.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprAssign};

use super::invocation::taken_apart;
use super::mention::Form;
use super::pass::{Pass, made_at};
use super::rest::{bits, rest_of};
use crate::body::{FieldUse, LocalId, MentionId, marker};
use crate::parts::{FieldPath, Step};

impl Pass<'_, '_> {
    /// A field path whose value is moved, or copied, out of a held local.
    pub fn moved_field(&mut self, expr: &mut Expr) -> Option<TokenStream> {
        let (id, span) = base(expr)?;
        let path = match &self.rewriter.body.mention(id).field {
            Some(FieldUse::Moved(path)) => path,
            Some(FieldUse::Operated(path)) if (self.rewriter.ask)(id) => path,
            _ => return None,
        };
        if FieldPath::of(expr).as_ref() != Some(path) {
            return None;
        }
        let local = self.held_base(id)?;
        let bit = self.rewriter.parts.bits_of(local, path);
        if bit == 0 {
            return None;
        }
        let (bit, rest) = (bits(bit), self.rewriter.rest(local));
        syn::visit_mut::visit_expr_mut(self, expr);
        let live = self.rewriter.names.live(local);
        // As a receiver, of which nothing is expected: what is expected of the part would be of its address, and
        // nothing could be coerced to it.
        Some(quote_spanned!(made_at(span)=> #live.part(&raw const #expr, #bit, #rest).take()))
    }

    /// `x.field = value` of a held `x` that may have lost the field, or a part of it.
    pub fn assigned_field(&mut self, assign: &mut ExprAssign) -> Option<TokenStream> {
        let (id, span) = base(&assign.left)?;
        let Some(FieldUse::Assigned(path)) = &self.rewriter.body.mention(id).field else {
            return None;
        };
        let local = self.held_base(id)?;
        let below = self.rewriter.parts.below(local, path);
        let own = self.rewriter.parts.bits_of(local, path);
        if own == 0 && below.is_empty() {
            return None;
        }
        let own = bits(own);
        let mask = bits(
            below
                .iter()
                .fold(0, |mask, (index, _)| mask | 1u64 << index),
        );
        let rest = rest_of(&below, None, self.rewriter.private);
        self.visit_expr_mut(&mut assign.right);
        self.visit_expr_mut(&mut assign.left);
        let (live, place, value) = (self.rewriter.names.live(local), &assign.left, &assign.right);
        Some(quote_spanned!(made_at(span)=>
            #live.assign_part(&raw mut #place, #own, #mask, #rest, #value)
        ))
    }

    /// `S { a: value, ..x }` of a held `x`: its other fields are moved, and those that are listed stay
    /// for the guard to drop.
    pub fn updated(&mut self, literal: &mut syn::ExprStruct) -> Option<TokenStream> {
        let (id, _) = base(literal.rest.as_ref()?)?;
        let Some(FieldUse::Moved(path)) = &self.rewriter.body.mention(id).field else {
            return None;
        };
        if !matches!(path.0.last(), Some(Step::Others(..))) {
            return None;
        }
        let local = self.held_base(id)?;
        let moved = self.rewriter.parts.bits_of(local, path);
        if moved == 0 {
            return None;
        }
        let (moved, rest) = (bits(moved), self.rewriter.rest(local));
        let live = self.rewriter.names.live(local);
        for field in &mut literal.fields {
            self.visit_expr_mut(&mut field.expr);
        }
        let base = literal.rest.as_mut()?;
        self.visit_expr_mut(base);
        let (name, private) = (&literal.path, self.rewriter.private);
        let members: Vec<_> = literal.fields.iter().map(|field| &field.member).collect();
        let values = literal.fields.iter().map(|field| &field.expr);
        let parts: Vec<_> = (0..members.len())
            .map(|n| quote::format_ident!("part{n}", span = Span::mixed_site()))
            .collect();
        let made = quote!(#name { #(#members: #parts,)* ..whole });
        // The temporaries of a scrutinee live as long as the statement, as those of the fields do.
        Some(
            quote!((match #private::update(|(#(#parts,)*), whole| #made).of((#(#values,)*)) {
                (update, (#(#parts,)*)) => {
                    let whole = update.rest(::core::ptr::read(&raw const #base));
                    #live.lose(true, #moved, #rest);
                    let made = #made;
                    #(#private::forget(whole.#members);)*
                    made
                }
            })),
        )
    }

    /// Whether the place is a field of a held local.
    pub fn assigns_field(&self, place: &Expr) -> bool {
        let assigned = |(id, _): (MentionId, Span)| {
            let field = &self.rewriter.body.mention(id).field;
            matches!(field, Some(FieldUse::Assigned(_))) && self.held_base(id).is_some()
        };
        base(place).is_some_and(assigned)
    }

    pub fn held_base(&self, id: MentionId) -> Option<LocalId> {
        let local = self.rewriter.body.mention(id).local;
        (self.form(local) == Form::Slot).then_some(local)
    }
}

/// The mention that a field path begins with.
pub fn base(expr: &Expr) -> Option<(MentionId, Span)> {
    match expr {
        Expr::Paren(inner) => base(&inner.expr),
        Expr::Group(inner) => base(&inner.expr),
        Expr::Field(field) => base(&field.base),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => base(&unary.expr),
        Expr::Path(path) => {
            let name = path.path.get_ident()?;
            Some((MentionId::of(name)?, name.span()))
        }
        Expr::Macro(held) if held.mac.path.is_ident(marker::REST) => {
            let (_, id, _) = taken_apart.parse2(held.mac.tokens.clone()).ok()?;
            Some((id, held.mac.path.span()))
        }
        _ => None,
    }
}
