//! Methods of what is pinned, whose names take a reference elsewhere: `for n in generator.as_mut().iter()`.
//!
//! A `Pin` is consumed by such a method, and what else has an `as_mut` is not: rustc is asked. The mark is an empty turbofish, which
//! nobody writes and which means nothing.

use crate::syntax::bare;
use syn::{Expr, ExprMethodCall};

/// Marks a call on `x.as_mut()`, while that can be seen: a temporary has its place later.
pub fn mark(call: &mut ExprMethodCall) {
    let is_pinned = |e: &ExprMethodCall| e.method == "as_mut" && e.args.is_empty();
    if matches!(bare(&call.receiver), Expr::MethodCall(e) if is_pinned(e))
        && super::is_by_ref(&call.method.to_string())
        && call.turbofish.is_none()
    {
        call.turbofish = Some(syn::parse_quote!(::<>));
    }
}

/// Whether a call is marked.
pub fn is_marked(call: &ExprMethodCall) -> bool {
    call.turbofish.as_ref().is_some_and(|t| t.args.is_empty())
}
