//! The bridge to `expression`: what an opaque piece of the user's code has to know of the machine.

use super::expression::{self, Rewriter};
use super::{Emitter, Storage};
use crate::body::{LocalId, MentionId};
use crate::cfg::BlockId;
use crate::names::made;
use crate::parts::Taken;
use crate::spans::located;
use crate::syntax;
use crate::words::Words;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::{Expr, ExprPath, Lifetime, Pat, Stmt};

impl expression::Names for Emitter<'_> {
    fn place(&self, local: LocalId) -> Ident {
        self.place(local)
    }

    fn live(&self, local: LocalId) -> Ident {
        self.names.live(local)
    }

    fn value(&self) -> Ident {
        made("ready_value")
    }

    fn life(&self) -> Ident {
        super::signature::life()
    }

    fn done(&self) -> Lifetime {
        done()
    }

    /// If there is something wrong with the twin, nobody knows what it should be.
    fn completed(&self, private: &Words, value: &TokenStream) -> TokenStream {
        let left = made("leaving");
        match self.function.twin {
            Some(_) => quote!(#left.completes(#value)),
            None => quote!(#private::Step::Complete { 0: #value }),
        }
    }

    fn callee(&self, func: &Expr) -> Option<TokenStream> {
        let left = made("leaving");
        let alone = self.function.twin.is_some();
        alone.then(|| quote!(#left.calls(#func)))
    }

    fn misspelt(&self, path: &ExprPath) -> Option<TokenStream> {
        let (private, left) = (&self.function.private, made("leaving"));
        let item = located(quote!(#private::Item), path.span());
        let unseen = self.function.twin.is_some() && self.function.beside;
        unseen.then(|| quote!(#left.misspelt(#item)))
    }
}

/// The label of the loop over the arms; no label of the user's.
pub(super) fn done() -> Lifetime {
    Lifetime::new("'done", Span::mixed_site())
}

impl Emitter<'_> {
    /// The name of a local's place, for code that then has to bind it.
    pub(super) fn place(&self, local: LocalId) -> Ident {
        self.placed.borrow_mut().insert(local);
        self.names.place(local)
    }

    pub(super) fn expression(&self, e: &Expr) -> TokenStream {
        self.rewrite(&[], |rewriter| rewriter.expression(e))
    }

    /// The value of a local.
    pub(super) fn initializer(&self, local: LocalId, e: &Expr) -> TokenStream {
        self.rewrite(&[], |rewriter| rewriter.initializer(local, e))
    }

    /// Builds an array in the slot of a local.
    pub(super) fn in_place(&self, local: LocalId, e: &Expr) -> Option<TokenStream> {
        self.rewrite(&[], |rewriter| rewriter.in_place(local, e))
    }

    /// The function's value. Where it has none and should have one, the twin says so, and alone.
    pub(super) fn result(&self, value: &syn::Expr) -> TokenStream {
        let private = &self.function.private;
        let result = self.expression(value);
        match value {
            _ if takes_unit(&self.function.output) => result,
            syn::Expr::Tuple(unit) if unit.elems.is_empty() => quote!(#private::unit()),
            syn::Expr::Block(block) if block.label.is_none() && !has_value(&block.block) => {
                quote!(#private::after(#result))
            }
            // The user's parentheses are gone by now, and it is to be the tail of a block.
            _ if begins_with_block(value) => quote!((#result)),
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

    fn rewrite<R>(&self, plain: &[LocalId], with: impl FnOnce(&Rewriter<'_>) -> R) -> R {
        let storage = |local: LocalId| {
            if plain.contains(&local) || self.storage(local) == Storage::Plain {
                expression::Storage::Plain
            } else {
                expression::Storage::Slot
            }
        };
        let ask = |mention: MentionId| self.facts.asked.contains(&mention);
        let jump = |block: u32| {
            let jump = self.jump(self.number(BlockId(block)));
            quote!({ #jump })
        };
        with(&Rewriter {
            body: self.body,
            names: self,
            private: &self.function.private,
            output: &self.function.output,
            storage: &storage,
            ask: &ask,
            called: &|local| self.called_closures().contains(&local),
            doubtful: &|mention| self.facts.doubtful.get(&mention).copied(),
            spent: &|local| self.facts.spent(local).is_some(),
            parts: &self.facts.parts,
            jump: &jump,
        })
    }
}

fn has_value(block: &syn::Block) -> bool {
    matches!(block.stmts.last(), Some(syn::Stmt::Expr(_, None)))
}

/// Whether a function may end without a value by its declared output: `()`, or a type without a name, which the body
/// decides.
pub(super) fn takes_unit(output: &TokenStream) -> bool {
    matches!(output.to_string().as_str(), "()" | "_")
}

/// Whether it is larger than the block that it begins with, `{ .. } % 9`: at the beginning of a statement that would end there.
fn begins_with_block(value: &syn::Expr) -> bool {
    use syn::Expr;
    let first = match value {
        Expr::Assign(e) => &e.left,
        Expr::Binary(e) => &e.left,
        Expr::Call(e) => &e.func,
        Expr::Cast(e) => &e.expr,
        Expr::Field(e) => &e.base,
        Expr::Index(e) => &e.expr,
        Expr::MethodCall(e) => &e.receiver,
        Expr::Range(syn::ExprRange {
            start: Some(start), ..
        }) => start,
        Expr::Try(e) => &e.expr,
        _ => return false,
    };
    let is_block = matches!(
        **first,
        Expr::Block(_)
            | Expr::ForLoop(_)
            | Expr::If(_)
            | Expr::Loop(_)
            | Expr::Match(_)
            | Expr::Unsafe(_)
            | Expr::While(_)
    );
    is_block || begins_with_block(first)
}

/// `panic!()` and the like, also in a block, as an arm: elsewhere clippy says that it stands in a larger expression.
pub(super) fn shown(value: &syn::Expr, tokens: TokenStream) -> TokenStream {
    match panics(value) {
        true => quote!(match () { () => #tokens }),
        false => tokens,
    }
}

fn panics(value: &syn::Expr) -> bool {
    match syntax::bare(value) {
        syn::Expr::Macro(value) => syntax::never_returns(&value.mac.path),
        syn::Expr::Block(block) if block.label.is_none() => match &*block.block.stmts {
            [Stmt::Expr(value, _)] => panics(value),
            [Stmt::Macro(value)] => syntax::never_returns(&value.mac.path),
            _ => false,
        },
        _ => false,
    }
}
