//! What a lent value may need to be told of the type that its reference has to have.
//!
//! In `f(&VALUE)` rustc takes what `f` expects for a hint about the value, and coerces the reference if it has another type. A call
//! that gives the reference is coerced in its argument alone: right for a literal with references or closures in it, where what is
//! inside has to become `&dyn Trait`, and an error for what is to be dereferenced: a box, or what a constructor of the user's makes.

use crate::body::held;
use crate::syntax::bare;
use syn::Expr;

/// Whether a value is a literal, of which parts are coerced.
pub(super) fn is_told(value: &Expr) -> bool {
    match bare(value) {
        Expr::Array(_) | Expr::Repeat(_) | Expr::Tuple(_) | Expr::Closure(_) => true,
        Expr::Reference(e) => is_told(&e.expr),
        Expr::Call(e) if is_transparent(&e.func) => e.args.iter().any(is_coerced),
        Expr::Macro(e) => held(&e.mac).is_some_and(|(_, value)| is_told(&value)),
        _ => false,
    }
}

/// The constructors of the standard library whose value is dereferenced to nothing.
fn is_transparent(func: &Expr) -> bool {
    let Expr::Path(p) = func else { return false };
    let last = p.path.segments.last();
    last.is_some_and(|s| ["Some", "Ok", "Err"].iter().any(|name| s.ident == name))
}

/// Whether a part of a literal may be coerced, or have such parts.
fn is_coerced(part: &Expr) -> bool {
    matches!(bare(part), Expr::Reference(_)) || is_told(part)
}
