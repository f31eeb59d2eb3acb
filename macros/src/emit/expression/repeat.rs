//! Arrays that are built where they stay: `[0; 4096]`.
//!
//! Input: the value that a slot is to get. Output: the same array as one of `MaybeUninit`s. Of those rustc knows that
//! nothing is dropped when the place is assigned, so it writes them there; a value that is handed to a function lies on the
//! stack first, and of a large array a build without optimisations has three copies there. Invariant: what is repeated is
//! `Copy` for certain, so no message of rustc's names the `MaybeUninit`. Not here: calls, whose result rustc puts
//! on the stack whatever is done with it.

use super::Rewriter;
use crate::body::{LocalId, MentionId};
use crate::syntax::bare;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, UnOp, parse_quote};

impl Rewriter<'_> {
    /// The slot of a local gets this value, if it is such an array.
    pub fn in_place(&self, local: LocalId, value: &Expr) -> Option<TokenStream> {
        let array = self
            .array(value)
            .filter(|_| self.parts.of(local).is_empty())?;
        let (live, array) = (self.names.live(local), self.expression(&array));
        Some(quote!({ *#live.elements() = #array; #live.here() }))
    }

    /// What to assign to the place of the array's elements.
    fn array(&self, value: &Expr) -> Option<Expr> {
        let Expr::Repeat(array) = bare(value) else {
            return None;
        };
        if !array.attrs.is_empty() || !self.copies_for_certain(&array.expr) {
            return None;
        }
        let (private, element) = (self.private, &array.expr);
        let mut array = array.clone();
        array.expr = parse_quote!(#private::MaybeUninit::new(#element));
        Some(Expr::Repeat(array))
    }

    fn copies_for_certain(&self, e: &Expr) -> bool {
        match e {
            Expr::Lit(_) => true,
            Expr::Cast(_) => true,
            Expr::Unary(e) => !matches!(e.op, UnOp::Deref(_)) && matches!(*e.expr, Expr::Lit(_)),
            Expr::Paren(e) => self.copies_for_certain(&e.expr),
            Expr::Group(e) => self.copies_for_certain(&e.expr),
            Expr::Repeat(e) => self.copies_for_certain(&e.expr),
            Expr::Path(path) => path
                .path
                .get_ident()
                .and_then(MentionId::of)
                .is_some_and(|id| self.body.local(self.body.mention(id).local).copies()),
            _ => false,
        }
    }
}
