//! Locals whose first value may be of the wrong type: one that its `let` says, or another one than on another way.

use crate::body::LocalId;
use crate::cfg::{Cfg, Statement};
use crate::syntax;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;
use syn::{Expr, Stmt};

pub fn typed(cfg: &Cfg) -> BTreeSet<LocalId> {
    let (mut typed, mut given) = (BTreeSet::new(), BTreeSet::new());
    for statement in cfg.blocks.iter().flat_map(|block| &block.statements) {
        match statement {
            Statement::Uninit(_, local, Some(_)) => {
                typed.insert(*local);
            }
            Statement::Init(local, _) if !given.insert(*local) => {
                typed.insert(*local);
            }
            _ => {}
        }
    }
    typed
}

/// `panic!()` and the like, also in a block, as an arm: elsewhere clippy says that it stands in a larger expression.
pub fn shown(value: &Expr, tokens: TokenStream) -> TokenStream {
    match panics(value) {
        true => quote!(match () { () => #tokens }),
        false => tokens,
    }
}

fn panics(value: &Expr) -> bool {
    match syntax::bare(value) {
        Expr::Macro(value) => syntax::never_returns(&value.mac.path),
        Expr::Block(block) if block.label.is_none() => match &*block.block.stmts {
            [Stmt::Expr(value, _)] => panics(value),
            [Stmt::Macro(value)] => syntax::never_returns(&value.mac.path),
            _ => false,
        },
        _ => false,
    }
}
