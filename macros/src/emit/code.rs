//! The code of an arm, while it is written: which blocks of Rust's are open in it.

use crate::cfg::ScopeId;
use proc_macro2::TokenStream;
use quote::quote;

/// The code of an arm so far. Plain locals need a Rust block that ends where their scope does.
pub(super) struct Code {
    open: Vec<(Option<ScopeId>, TokenStream)>,
}

impl Code {
    pub(super) fn new() -> Self {
        Code {
            open: vec![(None, TokenStream::new())],
        }
    }

    pub(super) fn push(&mut self, tokens: TokenStream) {
        let (_, code) = self.open.last_mut().expect("the arm itself");
        code.extend(tokens);
    }

    /// Opens a block for the plain locals of a scope, if it has none yet.
    pub(super) fn open(&mut self, scope: ScopeId) {
        if !self.open.iter().any(|(s, _)| *s == Some(scope)) {
            self.open.push((Some(scope), TokenStream::new()));
        }
    }

    pub(super) fn close(&mut self, scope: ScopeId) {
        if self.open.iter().any(|(s, _)| *s == Some(scope)) {
            while let Some((closed, code)) = self.open.pop() {
                self.push(quote!({ #code }));
                if closed == Some(scope) {
                    return;
                }
            }
        }
    }

    /// Whether there may be plain locals.
    pub(super) fn has_plain(&self) -> bool {
        self.open.len() > 1
    }

    pub(super) fn finish(mut self) -> TokenStream {
        while self.open.len() > 1 {
            let (_, code) = self.open.pop().expect("more than one");
            self.push(quote!({ #code }));
        }
        self.open.pop().expect("the arm itself").1
    }
}
