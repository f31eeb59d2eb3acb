//! Methods whose names take a reference elsewhere, of what they may well consume: `for n in generator.as_mut().iter()`,
//! `state = state.next()`.
//!
//! A `Pin` is consumed by such a method, and what else has an `as_mut` is not; what gets the result likely is: rustc is asked. The
//! mark is an empty turbofish, which nobody writes and which means nothing.

use crate::syntax::bare;
use syn::{Expr, ExprMethodCall, Ident};

/// Marks a call on `x.as_mut()`, while that can be seen: a temporary has its place later.
pub fn mark(call: &mut ExprMethodCall) {
    let is_pinned = |e: &ExprMethodCall| e.method == "as_mut" && e.args.is_empty();
    if matches!(bare(&call.receiver), Expr::MethodCall(e) if is_pinned(e)) {
        mark_by_ref(call);
    }
}

/// Marks the call in `x = x.next()` and in `let x = x.next();`.
pub fn mark_replaced(name: &Ident, value: &mut Expr) {
    let Expr::MethodCall(call) = value else {
        return;
    };
    let makes_another = ["clone", "trim"].iter().any(|other| call.method == other)
        || call.method.to_string().starts_with("to_");
    if matches!(bare(&call.receiver), Expr::Path(path) if path.path.is_ident(name))
        && !makes_another
    {
        mark_by_ref(call);
    }
}

fn mark_by_ref(call: &mut ExprMethodCall) {
    if super::is_by_ref(&call.method.to_string()) && call.turbofish.is_none() {
        call.turbofish = Some(syn::parse_quote!(::<>));
    }
}

/// Whether a call is marked.
pub fn is_marked(call: &ExprMethodCall) -> bool {
    call.turbofish.as_ref().is_some_and(|t| t.args.is_empty())
}
