//! Finds the rvalues of an expression that are temporaries of its statement.
//!
//! Input: an expression without a suspension. Output: each rvalue in place context, innermost first, and
//! how it is used. Constants are none: rustc promotes them.

use super::update::is_of_value;
use crate::ask::{ByValue, by_value, pinned};
use crate::body::marker;
use crate::invocation;
use crate::syntax::{self, bare};
use quote::ToTokens;
use syn::{Expr, UnOp};

#[derive(Clone, Copy)]
pub(super) enum Context {
    Value,
    /// The rvalue becomes a temporary here.
    Place {
        mutable: bool,
    },
    /// The call's receiver is an rvalue, or a part of one, that the method may consume or borrow.
    Receiver,
    /// A part of a value: it is moved or copied, the rest of the value is a temporary.
    Moved,
    /// `S { a, ..make() }`: what the literal lists is left of a temporary.
    Rest,
}

/// Finds the rvalues in place context, innermost first.
pub(super) fn search_mut(
    e: &mut Expr,
    context: Context,
    found: &mut dyn FnMut(&mut Expr, Context),
) {
    let value = Context::Value;
    match e {
        Expr::Paren(e) => return search_mut(&mut e.expr, context, found),
        Expr::Group(e) => return search_mut(&mut e.expr, context, found),
        Expr::Path(_) | Expr::Lit(_) => return,
        // It is a place already.
        e if is_held(e) => return,
        Expr::Field(_) | Expr::Unary(_)
            if is_part_of_value(e) && !matches!(context, Context::Place { .. }) =>
        {
            search_mut(syntax::base_mut(e), value, found);
            return found(e, Context::Moved);
        }
        Expr::Field(e) => {
            let context = match context {
                Context::Place { .. } => context,
                _ => Context::Place { mutable: false },
            };
            return search_mut(&mut e.base, context, found);
        }
        Expr::Index(e) => {
            search_mut(&mut e.expr, Context::Place { mutable: true }, found);
            return search_mut(&mut e.index, value, found);
        }
        Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => {
            return search_mut(&mut e.expr, Context::Place { mutable: true }, found);
        }
        Expr::Unary(e) => search_mut(&mut e.expr, value, found),
        Expr::Reference(e) => {
            let mutable = e.mutability.is_some();
            let is_own = matches!(bare(&e.expr), Expr::Path(_) | Expr::Lit(_));
            match is_own && !is_fixed(bare(&e.expr), mutable) {
                true => found(&mut e.expr, Context::Place { mutable }),
                false => search_mut(&mut e.expr, Context::Place { mutable }, found),
            }
        }
        Expr::RawAddr(e) => search_mut(&mut e.expr, Context::Place { mutable: true }, found),
        Expr::MethodCall(call) => {
            let place = syntax::is_place(bare(&call.receiver));
            let asks = match place {
                true => is_part_of_value(bare(&call.receiver)),
                false => asked(call),
            };
            if asks {
                pinned::mark(call);
            }
            match (asks, place) {
                (true, _) => search_mut(syntax::base_mut(&mut call.receiver), value, found),
                (false, true) => {
                    search_mut(&mut call.receiver, Context::Place { mutable: true }, found);
                }
                (false, false) => search_mut(&mut call.receiver, value, found),
            }
            if asks {
                found(e, Context::Receiver);
            } else {
                call.args
                    .iter_mut()
                    .for_each(|e| search_mut(e, value, found));
            }
        }
        Expr::Call(call) if calls_value(call) => {
            search_mut(syntax::base_mut(&mut call.func), value, found);
            found(e, Context::Receiver);
        }
        Expr::Call(e) => e.args.iter_mut().for_each(|e| search_mut(e, value, found)),
        Expr::Tuple(e) => e.elems.iter_mut().for_each(|e| search_mut(e, value, found)),
        Expr::Array(e) => e.elems.iter_mut().for_each(|e| search_mut(e, value, found)),
        Expr::Struct(literal) => {
            let fields = literal.fields.iter_mut();
            fields.for_each(|f| search_mut(&mut f.expr, value, found));
            search_rest(e, found);
        }
        Expr::Repeat(e) => search_mut(&mut e.expr, value, found),
        // The temporaries of each side end with it.
        Expr::Binary(e) if syntax::is_lazy(&e.op) => {}
        // As of numbers; what overloads the operator finds the place first.
        Expr::Binary(e) if syntax::is_compound(&e.op) => {
            search_mut(&mut e.right, value, found);
            search_mut(&mut e.left, Context::Place { mutable: true }, found);
        }
        Expr::Binary(e) => {
            let side = match syntax::is_comparison(&e.op) {
                true => Context::Place { mutable: false },
                false => value,
            };
            search_mut(&mut e.left, side, found);
            search_mut(&mut e.right, side, found);
        }
        // What a pattern takes apart ends with the assignment.
        Expr::Assign(e) if !syntax::destructures(&e.left) => {
            search_mut(&mut e.right, value, found);
            search_mut(&mut e.left, Context::Place { mutable: true }, found);
        }
        Expr::Cast(e) => search_mut(&mut e.expr, value, found),
        Expr::Try(e) => search_mut(&mut e.expr, value, found),
        Expr::Range(e) => {
            let ends = [e.start.as_mut(), e.end.as_mut()];
            ends.into_iter()
                .flatten()
                .for_each(|e| search_mut(e, value, found));
        }
        Expr::Macro(e) => search_macro(&mut e.mac, found),
        _ => {}
    }
    if let Context::Place { mutable } = context
        && !promoted(e, mutable)
    {
        found(e, context);
    }
}

/// What a macro of the standard library leaves to the statement around it; of others nobody can tell.
fn search_macro(mac: &mut syn::Macro, found: &mut dyn FnMut(&mut Expr, Context)) {
    const WRITE: Context = Context::Place { mutable: true };
    const READ: Context = Context::Place { mutable: false };
    let text = invocation::shape(&mac.path).text_at();
    let (first, others, count) = match &*syntax::macro_name(&mac.path) {
        "vec" => (Context::Value, Context::Value, usize::MAX),
        "write" | "writeln" => (WRITE, READ, usize::MAX),
        // What is behind these is evaluated only where they fail.
        "assert_eq" | "assert_ne" => (READ, READ, 2),
        "addr_of" | "addr_of_mut" => (WRITE, WRITE, 1),
        _ => return,
    };
    let mut index = 0;
    invocation::edit(mac, &mut |e| {
        let context = match bare(e) {
            Expr::Reference(_) => Context::Value,
            _ if index == 0 => first,
            _ => others,
        };
        if Some(index) != text && index < count {
            search_mut(e, context, found);
        }
        index += 1;
    });
}

/// Whether what is called is a value, or a part of one, that the call may consume or borrow.
fn calls_value(call: &syn::ExprCall) -> bool {
    match bare(&call.func) {
        Expr::Path(_) | Expr::Closure(_) => false,
        e if syntax::is_place(e) => is_part_of_value(e),
        _ => true,
    }
}

/// `make().field`, `*make()`: a part of something that is no place.
fn is_part_of_value(e: &Expr) -> bool {
    let is_part = match e {
        Expr::Field(_) => true,
        Expr::Unary(e) => matches!(e.op, UnOp::Deref(_)),
        _ => false,
    };
    let base = syntax::base(e);
    is_part && !syntax::is_place(base) && !matches!(base, Expr::Lit(_))
}

/// Whether something has a slot, as its place.
pub(super) fn is_held(e: &Expr) -> bool {
    let held = |m: &syn::Macro| m.path.is_ident(marker::HOLD) || m.path.is_ident(marker::REST);
    matches!(e, Expr::Macro(e) if held(&e.mac))
}

/// The same in what a literal takes its other fields from.
pub(super) fn search_rest(literal: &mut Expr, found: &mut dyn FnMut(&mut Expr, Context)) {
    let Expr::Struct(whole) = literal else { return };
    let is_rest = |e: &&mut Box<Expr>| is_of_value(e) && !is_held(syntax::base(e));
    if let Some(rest) = whole.rest.as_mut().filter(is_rest) {
        search_mut(syntax::base_mut(rest), Context::Value, found);
        found(literal, Context::Rest);
    }
}

pub(super) fn search(e: &Expr, context: Context, found: &mut dyn FnMut(&mut Expr, Context)) {
    search_mut(&mut e.clone(), context, found);
}

/// Whether rustc is asked about a call's receiver: literals are no one's to drop, and methods that are well known and take
/// a closure mostly consume.
pub(super) fn asked(call: &syn::ExprMethodCall) -> bool {
    let closure = |e: &Expr| matches!(bare(e), Expr::Closure(_) | Expr::Async(_));
    let known = matches!(by_value(&call.method.to_string()), ByValue::Known { .. });
    let is_literal = matches!(bare(&call.receiver), Expr::Lit(_));
    !(is_literal || known && call.args.iter().any(closure))
}

/// What is a place, or a constant that nobody changes. (Nothing is promoted that is borrowed to be changed, `&mut None`.)
pub(super) fn is_fixed(e: &Expr, mutable: bool) -> bool {
    match e {
        Expr::Path(_) => !mutable || !syntax::is_unit_constructor(e),
        Expr::Lit(_) => !mutable,
        _ => false,
    }
}

/// Whether what a place is a part of may be changed by way of that.
pub(super) fn is_changed(e: &Expr) -> bool {
    !matches!(bare(e), Expr::Lit(_))
}

/// What rustc promotes to a static, or what can't be told from it: left inline.
pub(super) fn promoted(e: &Expr, mutable: bool) -> bool {
    match e {
        Expr::Array(e) if mutable => e.elems.is_empty(),
        _ if mutable => false,
        e => is_constant(e),
    }
}

fn is_constant(e: &Expr) -> bool {
    match e {
        Expr::Lit(_) => true,
        Expr::Path(p) => p
            .path
            .get_ident()
            .and_then(crate::body::MentionId::of)
            .is_none(),
        Expr::Paren(e) => is_constant(&e.expr),
        Expr::Group(e) => is_constant(&e.expr),
        Expr::Unary(e) => !matches!(e.op, UnOp::Deref(_)) && is_constant(&e.expr),
        Expr::Reference(e) => e.mutability.is_none() && is_constant(&e.expr),
        Expr::Tuple(e) => e.elems.iter().all(is_constant),
        Expr::Array(e) => e.elems.iter().all(is_constant),
        Expr::Repeat(e) => is_constant(&e.expr),
        Expr::Cast(e) => is_constant(&e.expr),
        Expr::Struct(e) => e.rest.is_none() && e.fields.iter().all(|f| is_constant(&f.expr)),
        Expr::Call(e) => syntax::is_constructor(&e.func) && e.args.iter().all(is_constant),
        // One that captures nothing.
        Expr::Closure(e) => syntax::mentions(e.to_token_stream()).is_empty(),
        _ => false,
    }
}
