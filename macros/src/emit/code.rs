//! The code of an arm, while it is written: which blocks of Rust's are open in it.

use crate::cfg::ScopeId;
use crate::spans;
use proc_macro2::{Delimiter, Span, TokenStream};
use quote::ToTokens;

/// The code of an arm so far. Plain locals need a Rust block that ends where their scope does.
pub(super) struct Code {
    open: Vec<(Option<ScopeId>, TokenStream)>,
    /// Where the blocks stand for rustc: around what they declare, or else it looks for the declaration further out, and says
    /// in which loops of the machine's it has come to.
    place: Span,
}

impl Code {
    /// Of a function whose body stands there.
    pub(super) fn new(body: Span) -> Self {
        Code {
            open: vec![(None, TokenStream::new())],
            place: Span::mixed_site().located_at(body),
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
                self.push(self.block(code));
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
            self.push(self.block(code));
        }
        self.open.pop().expect("the arm itself").1
    }

    fn block(&self, code: TokenStream) -> TokenStream {
        spans::group(Delimiter::Brace, code, self.place).into_token_stream()
    }
}
