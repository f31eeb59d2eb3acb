//! Locals whose first value may be of the wrong type: one that its `let` says, or another one than on another way.

use super::Emitter;
use crate::body::{self, LocalId, is_upper_case, marker};
use crate::cfg::{Cfg, Statement};
use crate::names::made;
use crate::spans;
use crate::syntax::bare;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;
use syn::Expr;

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

impl Emitter<'_> {
    /// The value of a `let` that says a type, of which rustc forgets that it should have been of that where it is of none.
    pub(super) fn typed(&self, value: &Expr, tokens: TokenStream) -> TokenStream {
        let private = &self.function.private;
        match value {
            Expr::Macro(m) if m.mac.path.is_ident(marker::VALUE) => {
                spans::typed(private, tokens, body::stands(value))
            }
            _ if self.function.twin.is_some() && may_be_unknown(value) => {
                let state_at = made("state_at");
                quote!(#state_at.given(#tokens))
            }
            _ => tokens,
        }
    }
}

/// Whether it may be of a type that rustc still asks something of where it knows nothing of the state. Of what a constructor is
/// given, temporaries last as long as the local.
fn may_be_unknown(value: &Expr) -> bool {
    match bare(value) {
        Expr::Try(_) => true,
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => {
                let last = path.path.segments.last();
                last.is_some_and(|last| !is_upper_case(&last.ident))
            }
            _ => false,
        },
        _ => false,
    }
}
