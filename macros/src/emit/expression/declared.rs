//! Statements that are a macro nobody knows: such a macro may declare a name, and then code after it means that.
//!
//! Resolving took such a name for the held local that has it. In the machine, that name denotes a [`Held`] without a
//! value, so after the macro it is asked whether it still does, where control never comes.
//!
//! [`Held`]: ../../../../runtime/src/machine/slot.rs

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Block, Expr, Macro, Stmt};

use super::mention::Form;
use super::pass::Pass;
use crate::body::{Body, Local, LocalId, is_upper_case};
use crate::invocation::{Shape, shape};
use crate::syntax;
use crate::words::Words;

/// Whether a statement may declare names unseen.
pub fn may_declare(stmt: &Stmt) -> bool {
    let unknown = |mac: &Macro| matches!(shape(&mac.path), Shape::Unknown);
    match stmt {
        Stmt::Macro(m) => unknown(&m.mac),
        Stmt::Expr(Expr::Macro(m), Some(_)) => unknown(&m.mac),
        _ => false,
    }
}

/// The user's names of some locals that are held, each once.
pub struct HeldNames<'a>(Vec<&'a Ident>);

impl<'a> HeldNames<'a> {
    pub fn of(body: &'a Body, locals: impl IntoIterator<Item = LocalId>) -> Self {
        let named = locals.into_iter().map(|local| body.local(local));
        let mut names = Vec::new();
        // Nothing hides an item that has a name in upper case but a function's, so there is nothing to miss.
        let is_poisoned =
            |local: &&Local| local.named && local.name != "self" && !is_upper_case(&local.name);
        for local in named.filter(is_poisoned) {
            if !names.contains(&&local.name) {
                names.push(&local.name);
            }
        }
        HeldNames(names)
    }

    /// `let (x, y): (Held, Held);`: a use of these names that was missed is E0381.
    pub fn poison(&self, private: &Words) -> TokenStream {
        let names = &self.0;
        let held = std::iter::repeat_n(quote!(#private::Held), names.len());
        match names.is_empty() {
            true => TokenStream::new(),
            false => quote!(let (#(#names,)*): (#(#held,)*);),
        }
    }

    /// Whether they still denote nothing.
    pub fn ask(&self, private: &Words) -> TokenStream {
        let names = &self.0;
        match names.is_empty() {
            true => TokenStream::new(),
            false => quote!(if false { loop {} #(#private::still_held(#names);)* }),
        }
    }
}

impl Pass<'_, '_> {
    /// After such statements of an inner block, asks about what the rest of the block mentions.
    pub fn ask_what_is_declared(&self, block: &mut Block) {
        if !block.stmts.iter().any(may_declare) {
            return;
        }
        let (body, private) = (self.rewriter.body, self.rewriter.private);
        let mut later = Vec::new();
        for at in (0..block.stmts.len()).rev() {
            let mentioned = syntax::mentions(block.stmts[at].to_token_stream());
            if may_declare(&block.stmts[at]) && !later.is_empty() {
                let names = HeldNames::of(body, later.iter().copied());
                let [before, after] = [names.poison(private), names.ask(private)]
                    .map(|tokens| Stmt::Expr(Expr::Verbatim(tokens), None));
                block.stmts.insert(at + 1, after);
                block.stmts.insert(at, before);
            }
            let locals = mentioned.into_iter().map(|id| body.mention(id).local);
            later.extend(locals.filter(|local| self.form(*local) != Form::Plain));
        }
    }
}
