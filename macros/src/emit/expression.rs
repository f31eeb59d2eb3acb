//! Emits statements and expressions without a suspension.
//!
//! Input: syntax with the placeholders and markers of `body`. Output: the tokens of the machine, in
//! which a plain local is the user's own name and a held one its place or its guard. Invariant: the
//! same operations in the same order as written, and no temporary ends earlier: an expression is
//! never put into a block, but for closures, which have no temporaries. Not here: which locals are
//! held, and which mention is the last.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprPath, Lifetime, Pat, Stmt};

use crate::body::{Body, LocalId, MentionId};
use crate::parts::Parts;
use crate::words::Words;

mod apart;
mod arity;
mod called;
mod capture;
mod consumed;
pub mod declared;
mod expects;
mod field;
mod formatted;
mod invocation;
mod lent;
mod mention;
mod misspelt;
mod named;
mod named_in_place;
mod once;
mod pass;
mod receiver;
mod repeat;
mod rest;
mod signatures;
mod taken;
#[cfg(test)]
mod tests;
mod whole;

pub use once::once;
use pass::Pass;
pub use rest::{bits, gate};

/// Where a local lives in the machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Storage {
    /// An ordinary local in the code of one arm, under the user's name.
    Plain,
    /// A place `**x_` and a guard `x_live`.
    Slot,
}

/// The identifiers that the machine gives to things; the made-up ones have mixed-site spans.
pub trait Names {
    /// The `&*mut T` of a slot.
    fn place(&self, local: LocalId) -> Ident;
    /// The guard of a slot.
    fn live(&self, local: LocalId) -> Ident;
    /// What the suspension before gave.
    fn value(&self) -> Ident {
        Ident::new("ready_value", Span::mixed_site())
    }
    /// The `PhantomData<&'x ..>` of the step.
    fn life(&self) -> Ident {
        Ident::new("life", Span::mixed_site())
    }
    /// The label that a `Step` is broken to.
    fn done(&self) -> Lifetime {
        Lifetime::new("'done", Span::mixed_site())
    }
    /// The step that returns a value.
    fn completed(&self, private: &Words, value: &TokenStream) -> TokenStream {
        quote!(#private::Step::Complete { 0: #value })
    }
    /// What is called, as something of which nothing is known where the twin is wrong; `None`: that isn't known.
    fn callee(&self, _: &Expr) -> Option<TokenStream> {
        None
    }
    /// What stands for a name that is nearly `self`, if that is out of sight.
    fn misspelt(&self, _: &ExprPath) -> Option<TokenStream> {
        None
    }
}

/// Turns syntax with placeholders into final tokens.
pub struct Rewriter<'a> {
    pub body: &'a Body,
    pub names: &'a dyn Names,
    /// `::costate::__private`.
    pub private: &'a Words,
    /// The type of the function's result.
    pub output: &'a TokenStream,
    pub storage: &'a dyn Fn(LocalId) -> Storage,
    /// Whether this is the local's last mention, so that rustc is to be asked whether it consumes.
    pub ask: &'a dyn Fn(MentionId) -> bool,
    /// Whether there is a last call of the `move` closure that was made for this local.
    pub called: &'a dyn Fn(LocalId) -> bool,
    /// That something may be gone of the local that an unknown macro names here; the parts that it names, if these may be.
    pub doubtful: &'a dyn Fn(MentionId) -> Option<Option<u64>>,
    /// Whether the state has room for this local only if the calls that are asked about don't consume it.
    pub spent: &'a dyn Fn(LocalId) -> bool,
    /// What may leave each local by itself.
    pub parts: &'a Parts,
    /// The tokens that leave for a block of the machine, an expression of type `!`.
    pub jump: &'a dyn Fn(u32) -> TokenStream,
}

impl Rewriter<'_> {
    /// The tokens of an expression.
    pub fn expression(&self, expr: &Expr) -> TokenStream {
        let mut expr = expr.clone();
        Pass::new(self).visit_coerced(&mut expr);
        expr.into_token_stream()
    }

    /// The tokens of a statement.
    pub fn statement(&self, stmt: &Stmt) -> TokenStream {
        let mut stmt = stmt.clone();
        Pass::new(self).visit_stmt_mut(&mut stmt);
        stmt.into_token_stream()
    }

    /// The tokens of a pattern: its bindings have the user's names.
    pub fn pattern(&self, pat: &Pat) -> TokenStream {
        let mut pat = pat.clone();
        Pass::new(self).visit_pat_mut(&mut pat);
        pat.into_token_stream()
    }

    /// Tokens that are not syntax, such as the rules of a local macro.
    pub fn tokens(&self, tokens: TokenStream) -> TokenStream {
        Pass::new(self).tokens(tokens)
    }

    /// The user's own name of a local, at this place in the source.
    pub fn user(&self, local: LocalId, span: Span) -> Ident {
        let mut name = self.body.local(local).name.clone();
        name.set_span(span);
        name
    }
}
