//! Calls of functions that never return, by their names.
//!
//! What stands before such a call is the last that is heard of a local, `Err(e) => { guard.fail(); resume_unwind(e) }`, so rustc is
//! asked whether it consumes. A function of such a name that returns does no harm: then too what is mentioned behind it is
//! there, as the twin says, and whether it is, is remembered by a flag.

use syn::{Expr, ExprCall};

const NAMES: &[&str] = &[
    "abort",
    "bail",
    "crash",
    "die",
    "diverge",
    "exit",
    "fail",
    "fatal",
    "handle_alloc_error",
    "never",
    "panic_any",
    "quit",
    "resume_unwind",
    "throw",
    "unreachable",
    "unreachable_unchecked",
    "usage",
];

/// Whether a call has the name of one that may never return.
pub fn may_end(call: &ExprCall) -> bool {
    let Expr::Path(callee) = &*call.func else {
        return false;
    };
    let last = callee.path.segments.last();
    last.is_some_and(|last| NAMES.iter().any(|name| last.ident == name))
}
