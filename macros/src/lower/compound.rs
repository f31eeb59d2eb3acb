//! `PLACE += value` and its kind, where a side suspends.
//!
//! Of built-in types the right side is evaluated first, of overloaded operators the place. Which of
//! them it is depends on types, so rustc is asked: the same operator over operands that leave at once
//! says which of the two comes first. A place over names alone needs no question.

use super::Lowering;
use super::operand::{Access, Operand, Role, is_inline, mentions};
use super::place::{is_names, is_repeatable};
use super::temporaries::parse;
use crate::body::{LocalId, MentionKind, marker};
use crate::cfg::*;
use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprBinary, Stmt};

impl Lowering<'_> {
    pub(super) fn compound(&mut self, e: &ExprBinary) -> Expr {
        let mut e = e.clone();
        let waits = self.is_lowered(&e.left);
        if !waits && is_names(&e.left) {
            if !matches!(*e.left, Expr::Path(_)) {
                let place = Role::Place(Access::Write);
                let operand = Operand::new(&mut e.left, place, None);
                self.steady(&operand, &mentions(&e.right));
            }
            *e.left = self.opaque(&e.left);
            *e.right = self.value_of(&e.right);
            return Expr::Binary(e);
        }
        if is_inline(&e.right) {
            *e.left = self.place(&e.left, Access::Write);
            return Expr::Binary(e);
        }
        let span = e.op.span();
        let [order, place, value] =
            ["place_first", "place", "value"].map(|name| self.outer_operand(name, span));
        let question = self.order(&e, place, value);
        self.push(Statement::Init(order, question));
        if !waits && is_repeatable(&e.left) {
            self.place_twice(&e, order, place, value);
        } else {
            self.all_twice(&e, order, place, value);
        }
        self.unit(span)
    }

    /// Whether the place comes first.
    fn order(&mut self, e: &ExprBinary, place: LocalId, value: LocalId) -> Expr {
        let span = e.op.span();
        let (order, op) = (Ident::new(marker::ORDER, span), &e.op);
        let (place, value) = (place.placeholder(span), value.placeholder(span));
        parse(quote_spanned!(span=> #order!(#place, #value, #op)))
    }

    /// The place is found before or after the right side.
    fn place_twice(&mut self, e: &ExprBinary, order: LocalId, place: LocalId, value: LocalId) {
        let span = e.op.span();
        let [before, right, after, end] = [(); 4].map(|()| self.new_block());
        self.by_order(order, span, (before, right));
        self.come_to(before);
        let found = self.again(&e.left);
        self.point_to(place, found);
        self.goto(right);
        self.come_to(right);
        self.right_side(e, value);
        self.by_order(order, span, (end, after));
        self.come_to(after);
        let found = self.again(&e.left);
        self.point_to(place, found);
        self.goto(end);
        self.come_to(end);
        self.operate(e, place, value);
    }

    /// Both sides stand twice: first the place, or first the right side.
    fn all_twice(&mut self, e: &ExprBinary, order: LocalId, place: LocalId, value: LocalId) {
        let [first, last, join] = [(); 3].map(|()| self.new_block());
        self.by_order(order, e.op.span(), (first, last));
        self.come_to(first);
        let mut copy = e.clone();
        *copy.left = self.renamed(&e.left);
        *copy.right = self.renamed(&e.right);
        let found = self.place(&copy.left, Access::Write);
        self.point_to(place, found);
        self.right_side(&copy, value);
        self.operate(e, place, value);
        self.goto(join);
        self.come_to(last);
        let mut e = e.clone();
        *e.right = self.spill(&e.right, None);
        *e.left = self.place(&e.left, Access::Write);
        let semi = Some(syn::token::Semi::default());
        self.push(Statement::Opaque(Stmt::Expr(Expr::Binary(e), semi)));
        self.goto(join);
        self.come_to(join);
    }

    fn by_order(&mut self, order: LocalId, span: Span, (then, otherwise): (BlockId, BlockId)) {
        let condition = self.mention(order, MentionKind::Place, span);
        self.terminate(Terminator::Branch {
            condition,
            then,
            otherwise,
        });
    }

    fn point_to(&mut self, pointer: LocalId, place: Expr) {
        let span = place.span();
        let reference = parse(quote_spanned!(span=> &mut #place));
        let reference = self.hold_temporaries(reference);
        self.push(Statement::Init(pointer, reference));
    }

    fn right_side(&mut self, e: &ExprBinary, value: LocalId) {
        let right = self.value_of(&e.right);
        let right = self.hold_temporaries(right);
        self.push(Statement::Init(value, right));
    }

    fn operate(&mut self, e: &ExprBinary, place: LocalId, value: LocalId) {
        let (span, op) = (e.op.span(), &e.op);
        let place = self.mention(place, MentionKind::Place, span);
        let value = self.mention(value, MentionKind::Value, span);
        let statement = syn::parse2::<Stmt>(quote_spanned!(span=> *#place #op #value;));
        self.push(Statement::Opaque(statement.expect("made as a statement")));
    }

    /// The same expression over locals of its own.
    fn renamed(&mut self, e: &Expr) -> Expr {
        parse(self.body.renamed(e.to_token_stream()))
    }
}
