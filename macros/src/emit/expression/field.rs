//! Fields that are moved out of held locals, or assigned: see `machine::fields`.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprAssign};

use super::Rewriter;
use super::mention::Form;
use super::pass::{Pass, made_at};
use crate::body::{FieldPath, FieldUse, LocalId, MentionId, Step};

impl Pass<'_, '_> {
    /// A field path whose value is moved, or copied, out of a held local.
    pub fn moved_field(&mut self, expr: &mut Expr) -> Option<TokenStream> {
        let (id, span) = base(expr)?;
        let Some(FieldUse::Moved(path)) = &self.rewriter.body.mention(id).field else {
            return None;
        };
        if FieldPath::of(expr).as_ref() != Some(path) {
            return None;
        }
        let local = self.held_base(id)?;
        let bit = self.rewriter.bit(local, path)?;
        let rest = self.rewriter.fields_rest(local);
        syn::visit_mut::visit_expr_mut(self, expr);
        let live = self.rewriter.names.live(local);
        Some(quote_spanned!(made_at(span)=> #live.field(&raw const #expr, #bit, #rest)))
    }

    /// `x.field = value` of a held `x` that may have lost the field, or a part of it.
    pub fn assigned_field(&mut self, assign: &mut ExprAssign) -> Option<TokenStream> {
        let (id, span) = base(&assign.left)?;
        let Some(FieldUse::Assigned(path)) = &self.rewriter.body.mention(id).field else {
            return None;
        };
        let local = self.held_base(id)?;
        let below = self.rewriter.below(local, path);
        let bit = self.rewriter.bit(local, path);
        if bit.is_none() && below.is_empty() {
            return None;
        }
        let bit = bit.unwrap_or(Literal::u8_unsuffixed(0));
        let mask = below.iter().fold(0, |mask, (index, _)| mask | 1u8 << index);
        let mask = Literal::u8_unsuffixed(mask);
        let rest = rest_of(&below);
        self.visit_expr_mut(&mut assign.right);
        self.visit_expr_mut(&mut assign.left);
        let (live, place, value) = (self.rewriter.names.live(local), &assign.left, &assign.right);
        Some(quote_spanned!(made_at(span)=>
            #live.assign_field(&raw mut #place, #bit, #mask, #rest, #value)
        ))
    }

    /// `S { a: value, ..x }` of a held `x`: its other fields are moved, and those that are listed stay
    /// for the guard to drop.
    pub fn updated(&mut self, literal: &mut syn::ExprStruct) -> Option<TokenStream> {
        let (id, _) = base(literal.rest.as_ref()?)?;
        let Some(FieldUse::Moved(path)) = &self.rewriter.body.mention(id).field else {
            return None;
        };
        if !matches!(path.0[..], [Step::Others(..)]) {
            return None;
        }
        let local = self.held_base(id)?;
        let bit = self.rewriter.bit(local, path)?;
        let rest = self.rewriter.fields_rest(local);
        let (place, live) = (
            self.rewriter.names.place(local),
            self.rewriter.names.live(local),
        );
        for field in &mut literal.fields {
            self.visit_expr_mut(&mut field.expr);
        }
        let name = &literal.path;
        let members: Vec<_> = literal.fields.iter().map(|field| &field.member).collect();
        let values = literal.fields.iter().map(|field| &field.expr);
        let parts: Vec<_> = (0..members.len())
            .map(|n| quote::format_ident!("part{n}", span = Span::mixed_site()))
            .collect();
        // The temporaries of a scrutinee live as long as the statement, as those of the fields do.
        Some(quote!((match (#(#values,)*) {
            (#(#parts,)*) => {
                let whole = ::core::ptr::read(*#place);
                #live.lose(#bit, #rest);
                let made = #name { #(#members: #parts,)* ..whole };
                #(::core::mem::forget(whole.#members);)*
                made
            }
        })))
    }

    /// Whether the place is a field of a held local.
    pub fn assigns_field(&self, place: &Expr) -> bool {
        let assigned = |(id, _): (MentionId, Span)| {
            let field = &self.rewriter.body.mention(id).field;
            matches!(field, Some(FieldUse::Assigned(_))) && self.held_base(id).is_some()
        };
        base(place).is_some_and(assigned)
    }

    fn held_base(&self, id: MentionId) -> Option<LocalId> {
        let local = self.rewriter.body.mention(id).local;
        (self.form(local) == Form::Slot).then_some(local)
    }
}

impl Rewriter<'_> {
    /// What drops a local but for the fields whose bits are up: an `unsafe fn(*mut T, u8)`.
    pub fn fields_rest(&self, local: LocalId) -> TokenStream {
        let fields = self.body.local(local).fields.iter().enumerate();
        rest_of(
            &fields
                .map(|(index, path)| (index, path.0.clone()))
                .collect::<Vec<_>>(),
        )
    }

    fn bit(&self, local: LocalId, path: &FieldPath) -> Option<Literal> {
        let index = self
            .body
            .local(local)
            .fields
            .iter()
            .position(|field| field == path)?;
        Some(Literal::u8_unsuffixed(1 << index))
    }

    /// The fields of a field, by number, with their paths from there.
    fn below(&self, local: LocalId, path: &FieldPath) -> Vec<(usize, Vec<Step>)> {
        let fields = self.body.local(local).fields.iter().enumerate();
        let below = fields.filter_map(|(index, field)| {
            let inner = FieldPath::within(&field.0, &path.0);
            (!inner.is_empty()).then(|| (index, inner.to_vec()))
        });
        below.collect()
    }
}

/// Reads the whole and forgets what is gone; rustc drops the rest.
fn rest_of(fields: &[(usize, Vec<Step>)]) -> TokenStream {
    let forget = forget(fields, &[]);
    quote!(|place, moved| {
        let whole = ::core::ptr::read(place);
        #forget
    })
}

/// The fields right below `outer`; a field of a field is looked at only if that is there.
fn forget(fields: &[(usize, Vec<Step>)], outer: &[Step]) -> TokenStream {
    let direct = fields.iter().filter(|(_, path)| {
        let between = |other: &[Step]| below(other, outer) && below(path, other);
        below(path, outer) && !fields.iter().any(|(_, other)| between(other))
    });
    let statements = direct.map(|(index, path)| {
        let bit = Literal::u8_unsuffixed(1 << index);
        let value = spell(path);
        let inner = forget(fields, path);
        let otherwise = (!inner.is_empty()).then(|| quote!(else { #inner }));
        quote!(if moved & #bit != 0 { ::core::mem::forget(#value); } #otherwise)
    });
    statements.collect()
}

fn spell(path: &[Step]) -> TokenStream {
    path.iter().fold(quote!(whole), |base, step| match step {
        Step::Member(member) => quote!(#base.#member),
        Step::Deref => quote!((*#base)),
        Step::Others(name, listed) => quote!(#name {
            #(#listed: ::core::ptr::read(&raw const #base.#listed),)*
            ..#base
        }),
    })
}

/// Whether a field is a part of another.
fn below(path: &[Step], outer: &[Step]) -> bool {
    match (path, outer) {
        ([Step::Member(member), ..], [Step::Others(_, listed)]) => !listed.contains(member),
        _ => !FieldPath::within(path, outer).is_empty(),
    }
}

/// The mention that a field path begins with.
fn base(expr: &Expr) -> Option<(MentionId, Span)> {
    match expr {
        Expr::Paren(inner) => base(&inner.expr),
        Expr::Group(inner) => base(&inner.expr),
        Expr::Field(field) => base(&field.base),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => base(&unary.expr),
        Expr::Path(path) => {
            let name = path.path.get_ident()?;
            Some((MentionId::of(name)?, name.span()))
        }
        _ => None,
    }
}
