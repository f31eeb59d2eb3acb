//! Statements that are a macro nobody knows: such a macro may declare a name, and then code after it means that.
//!
//! Resolving took such a name for the held local that has it. In the machine, that name denotes a [`Held`] without a
//! value, so after the macro it is asked whether it still does, where control never comes.
//!
//! [`Held`]: ../../../../runtime/src/machine/slot.rs

use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;
use syn::{Block, Expr, Macro, Stmt};

use super::mention::Form;
use super::pass::Pass;
use crate::body::{Body, LocalId};
use crate::invocation::{Shape, shape};
use crate::syntax;

/// Whether a statement may declare names unseen.
pub fn may_declare(stmt: &Stmt) -> bool {
    let unknown = |mac: &Macro| matches!(shape(&mac.path), Shape::Unknown);
    match stmt {
        Stmt::Macro(m) => unknown(&m.mac),
        Stmt::Expr(Expr::Macro(m), Some(_)) => unknown(&m.mac),
        _ => false,
    }
}

/// What stands before such a statement, so that these locals' names denote nothing there, and what asks after it
/// whether they still do.
pub fn around(
    body: &Body,
    private: &TokenStream,
    locals: impl Iterator<Item = LocalId>,
) -> Option<(TokenStream, TokenStream)> {
    let named = locals.map(|local| body.local(local));
    let named = named.filter(|local| local.named && local.name != "self");
    let names: BTreeMap<_, _> = named.map(|l| (l.name.to_string(), &l.name)).collect();
    let names: Vec<_> = names.into_values().collect();
    let held = std::iter::repeat_n(quote!(#private::Held), names.len());
    let before = quote!(let (#(#names,)*): (#(#held,)*););
    let after = quote!(if false { loop {} #(#private::still_held(#names);)* });
    (!names.is_empty()).then_some((before, after))
}

impl Pass<'_, '_> {
    /// After such statements of an inner block, asks about what the rest of the block mentions.
    pub fn ask_what_is_declared(&self, block: &mut Block) {
        for at in (0..block.stmts.len().saturating_sub(1)).rev() {
            if !may_declare(&block.stmts[at]) {
                continue;
            }
            let rest = &block.stmts[at + 1..];
            let body = self.rewriter.body;
            let mentions = syntax::mentions(quote!(#(#rest)*)).into_iter();
            let locals = mentions.map(|id| body.mention(id).local);
            let held = locals.filter(|local| self.form(*local) != Form::Plain);
            if let Some((before, after)) = around(body, self.rewriter.private, held) {
                let [before, after] = [before, after].map(|s| Stmt::Expr(Expr::Verbatim(s), None));
                block.stmts.insert(at + 1, after);
                block.stmts.insert(at, before);
            }
        }
    }
}
