//! The bridge to `expression`: what an opaque piece of the user's code has to know of the machine.

use super::expression::{self, Rewriter};
use super::state_enum::number;
use super::{Emitter, Storage};
use crate::body::{LocalId, MentionId};
use crate::cfg::BlockId;
use crate::names::{Names, made};
use crate::parts::Taken;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Expr, Lifetime, Pat, Stmt};

impl expression::Names for Names {
    fn place(&self, local: LocalId) -> Ident {
        Names::place(self, local)
    }

    fn live(&self, local: LocalId) -> Ident {
        Names::live(self, local)
    }

    fn value(&self) -> Ident {
        made("value")
    }

    fn life(&self) -> Ident {
        super::signature::life()
    }

    fn done(&self) -> Lifetime {
        done()
    }
}

/// The label of the loop over the arms; no label of the user's.
pub(super) fn done() -> Lifetime {
    Lifetime::new("'done", Span::mixed_site())
}

impl Emitter<'_> {
    pub(super) fn expression(&self, e: &Expr) -> TokenStream {
        self.rewrite(&[], |rewriter| rewriter.expression(e))
    }

    /// The value of a local.
    pub(super) fn initializer(&self, local: LocalId, e: &Expr) -> TokenStream {
        self.rewrite(&[], |rewriter| rewriter.initializer(local, e))
    }

    /// The function's value. Where it has none and should have one, the twin says so, and alone.
    pub(super) fn result(&self, value: &syn::Expr) -> TokenStream {
        let private = &self.function.private;
        let result = self.expression(value);
        match value {
            _ if self.function.output.to_string() == "()" => result,
            syn::Expr::Tuple(unit) if unit.elems.is_empty() => quote!(#private::unit()),
            syn::Expr::Block(block) if !has_value(&block.block) => quote!(#private::after(#result)),
            _ => result,
        }
    }

    pub(super) fn opaque(&self, s: &Stmt) -> TokenStream {
        self.rewrite(&[], |rewriter| rewriter.statement(s))
    }

    pub(super) fn pattern(&self, p: &Pat) -> TokenStream {
        self.rewrite(&[], |rewriter| rewriter.pattern(p))
    }

    /// An expression in which some locals are rustc's own still: a guard's bindings.
    pub(super) fn expression_where_plain(&self, e: &Expr, plain: &[LocalId]) -> TokenStream {
        self.rewrite(plain, |rewriter| rewriter.expression(e))
    }

    pub(super) fn rewrite_tokens(&self, tokens: TokenStream) -> TokenStream {
        self.rewrite(&[], |rewriter| rewriter.tokens(tokens))
    }

    /// What drops what is left of a local.
    pub(super) fn rest(&self, local: LocalId) -> TokenStream {
        self.rewrite(&[], |rewriter| rewriter.rest(local))
    }

    /// The same where a part is known to be gone.
    pub(super) fn rest_without(&self, local: LocalId, gone: usize) -> TokenStream {
        self.rewrite(&[], |rewriter| rewriter.rest_without(local, Some(gone)))
    }

    /// The parts of what a pattern matched leave the local.
    pub(super) fn rewrite_parts(
        &self,
        local: LocalId,
        scrutinee: &Expr,
        taken: &[Taken],
    ) -> TokenStream {
        let scrutinee = self.expression(scrutinee);
        self.rewrite(&[], |rewriter| rewriter.lose(local, &scrutinee, taken))
    }

    fn rewrite(
        &self,
        plain: &[LocalId],
        with: impl FnOnce(&Rewriter<'_>) -> TokenStream,
    ) -> TokenStream {
        let storage = |local: LocalId| {
            if plain.contains(&local) || self.storage(local) == Storage::Plain {
                expression::Storage::Plain
            } else {
                expression::Storage::Slot
            }
        };
        let ask = |mention: MentionId| self.facts.asked.contains(&mention);
        let jump = |block: u32| {
            let (at, number, done) = (made("at"), number(self.number(BlockId(block))), done());
            quote!({ #at = #number; continue #done; })
        };
        with(&Rewriter {
            body: self.body,
            names: self.names,
            private: &self.function.private,
            output: &self.function.output,
            storage: &storage,
            ask: &ask,
            called: &|local| self.called_closures().contains(&local),
            doubtful: &|mention| self.facts.doubtful.get(&mention).copied(),
            parts: &self.facts.parts,
            jump: &jump,
        })
    }
}

fn has_value(block: &syn::Block) -> bool {
    matches!(block.stmts.last(), Some(syn::Stmt::Expr(_, None)))
}
