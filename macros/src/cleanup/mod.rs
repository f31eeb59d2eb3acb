//! Stage: clean-up at the ends of scopes.
//!
//! Input: a body with `defer! { .. }` and `on_cancel! { .. }`. Output: the same in ordinary control flow, once for
//! the twin and once for the machine. What follows such a statement in its block becomes a block of its own; each way
//! out of it (to its end, `return`, `?`, `break`, `continue`, a cancellation) becomes a `break` to a label of ours,
//! behind which stand a copy of the clean-up and the way on. So it runs after the locals that were declared later
//! have been dropped and before those that were declared earlier; rustc checks moves and borrows in each copy as in
//! the code that stands there; and no later stage knows of clean-up more than the names of these labels.
//!
//! ```text
//! let conn = open();                  let conn = open();
//! defer! { conn.close().await }       'fallen: {
//! work(&conn)?;                           let exit: T = 'returned: {
//! ..                                          let out = 'done: {
//!                                                 'cancelled: {
//!                                                     let out = { match work(&conn) { Err => break 'returned .. } .. };
//!                                                     break 'done out;
//!                                                 }
//!                                                 { conn.close().await }    // and then out by cancellation
//!                                             };
//!                                             { conn.close().await };
//!                                             break 'fallen out;
//!                                         };
//!                                         { conn.close().await };
//!                                         return exit;
//!                                     }
//! ```

mod around;
mod leave;
mod misuse;
mod walk;
mod ways;

pub use around::{is_cancelled, is_clean_up, is_clean_up_after_cancellation};

use crate::diagnostics::Diagnostics;
use crate::invocation::is_ours;
use crate::words::Words;
use around::Around;
use syn::visit_mut::VisitMut;
use syn::{Block, Macro, Type};

/// Whom the output is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    Twin,
    Machine,
}

/// What the signature says.
pub struct Signature<'a> {
    /// The path to the support.
    pub private: Words,
    /// What the function returns.
    pub output: &'a Type,
}

/// Whether there is something to do.
pub fn any(block: &Block) -> bool {
    struct Finder(bool);
    impl<'ast> syn::visit::Visit<'ast> for Finder {
        fn visit_macro(&mut self, mac: &'ast Macro) {
            self.0 |= Kind::of(mac).is_some();
        }
        fn visit_item(&mut self, _: &'ast syn::Item) {}
    }
    let mut finder = Finder(false);
    syn::visit::Visit::visit_block(&mut finder, block);
    finder.0
}

/// Puts clean-up where it runs. Mistakes are reported for the machine alone.
pub fn desugar(block: &mut Block, to: For, signature: &Signature<'_>, sink: &mut Diagnostics) {
    let mut unheard = Diagnostics::new();
    let sink = match to {
        For::Machine => sink,
        For::Twin => &mut unheard,
    };
    let mut desugar = Desugar {
        to,
        signature,
        around: Vec::new(),
        blocks: 0,
        next: 1,
        sink,
    };
    desugar.visit_block_mut(block);
}

/// When clean-up runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `defer!`: whenever its scope is left.
    Defer,
    /// `on_cancel!`: when that is by a cancellation.
    OnCancel,
}

impl Kind {
    pub fn of(mac: &Macro) -> Option<Kind> {
        if is_ours(&mac.path, "defer") {
            return Some(Kind::Defer);
        }
        is_ours(&mac.path, "on_cancel").then_some(Kind::OnCancel)
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Defer => "defer!",
            Kind::OnCancel => "on_cancel!",
        }
    }
}

struct Desugar<'a> {
    to: For,
    signature: &'a Signature<'a>,
    /// What the code that is walked stands in, innermost last.
    around: Vec<Around>,
    /// How many blocks stand around, without those that clean-up has made.
    blocks: u32,
    /// The number of the next label.
    next: u32,
    sink: &'a mut Diagnostics,
}

#[cfg(test)]
mod tests {
    use super::{For, Signature, desugar};
    use crate::diagnostics::Diagnostics;
    use crate::words::Words;

    fn messages(defers: usize) -> Vec<String> {
        let body = format!("{{ {} }}", "defer! { f().await } g().await;".repeat(defers));
        let mut block = syn::parse_str(&body).expect("the test's text is a block");
        let output = syn::parse_quote!(u32);
        let signature = Signature {
            private: Words::of(quote::quote!(costate)),
            output: &output,
        };
        let mut sink = Diagnostics::new();
        desugar(&mut block, For::Machine, &signature, &mut sink);
        sink.messages()
    }

    #[test]
    fn what_is_too_deep_for_the_compiler_is_refused() {
        assert_eq!(messages(20), Vec::<String>::new());
        let said = messages(60);
        assert!(
            said[0].starts_with("more than 20 blocks of clean-up"),
            "{said:?}"
        );
        assert_eq!(said.len(), 1);
    }
}
