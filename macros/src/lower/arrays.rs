//! Arrays that are lent and whose elements are coerced to what is expected of them: `query(sql, &[&name, &age]).await`.
//!
//! Input: an expression whose temporaries have slots. Output: the same, and before each call that is lent such an array, code for
//! the type checker alone: the call over elements of the array's slot. So rustc knows the slot's type before the array is made.
//! Invariant: nothing of the user's is there twice that may not be. Non-goal: calls among whose operands are closures, jumps, or
//! macros other than the best known.

use super::Lowering;
use super::expected::{expects, is_coercible};
use super::temporaries::{held, parse};
use crate::body::{LocalId, MentionKind, marker};
use crate::syntax::bare;
use proc_macro2::Ident;
use quote::{ToTokens, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Macro, Token};

impl Lowering<'_> {
    /// Says before each call what the arrays that it is lent are made of.
    pub(super) fn with_elements(&mut self, e: &mut Expr) {
        Calls { lowering: self }.visit_expr_mut(e);
    }

    /// The same of `let x: T = &[..];`, whose array is extended.
    pub(super) fn with_elements_of(&mut self, ty: Option<&syn::Type>, value: &Expr) {
        if let Some(ty) = ty
            && lent_array(value).is_some()
        {
            let expected = self.expected_type(ty);
            let elements = self.over_elements(value);
            self.typed_first(&elements, expected);
        }
    }

    /// `&hold!(l7, [a, b])` as `&[one of l7, one of l7]`, and anything else once more.
    fn over_elements(&mut self, e: &Expr) -> Expr {
        let Some((local, length)) = lent_array(e) else {
            return parse(self.body.mentioned_as_places(e.to_token_stream()));
        };
        let span = e.span();
        let element = Ident::new("__costate_element", span);
        let elements = (0..length).map(|_| {
            let array = self.mention(local, MentionKind::Value, span);
            quote_spanned!(span=> { let [#element, ..]: [_; #length] = #array; #element })
        });
        let elements: Vec<_> = elements.collect();
        let (mut lent, array) = (bare(e).clone(), quote_spanned!(span=> [#(#elements),*]));
        if let Expr::Reference(lent) = &mut lent {
            *lent.expr = parse(array);
        }
        lent
    }
}

struct Calls<'a, 'b> {
    lowering: &'a mut Lowering<'b>,
}

impl VisitMut for Calls<'_, '_> {
    fn visit_expr_mut(&mut self, e: &mut Expr) {
        visit_mut::visit_expr_mut(self, e);
        let Some((first, args)) = operands(e) else {
            return;
        };
        let (first, args) = (&*first, &*args);
        let lent = |arg: &&Expr| lent_array(arg).is_some();
        let mut others = args.iter().filter(|arg| !lent(arg));
        let twice = may_be_there_twice(first) && others.all(may_be_there_twice);
        if !twice || !args.iter().any(|arg| lent(&arg)) {
            return;
        }
        let (mut call, lowering) = (e.clone(), &mut *self.lowering);
        if let Some((first, args)) = operands(&mut call) {
            for operand in std::iter::once(first).chain(args) {
                *operand = lowering.over_elements(operand);
            }
        }
        let span = e.span();
        let typed = Ident::new(marker::TYPED, span);
        *e = parse(quote_spanned!(span=> { #typed!(_, #call); #e }));
    }
}

/// Of a call: what is called, or the receiver, and the arguments.
fn operands(e: &mut Expr) -> Option<(&mut Expr, &mut Punctuated<Expr, Token![,]>)> {
    match e {
        Expr::Call(call) => Some((&mut call.func, &mut call.args)),
        Expr::MethodCall(call) => Some((&mut call.receiver, &mut call.args)),
        _ => None,
    }
}

/// The slot of an array that is lent and whose elements are references or boxes, and how many they are.
fn lent_array(e: &Expr) -> Option<(LocalId, usize)> {
    let Expr::Reference(lent) = bare(e) else {
        return None;
    };
    let Expr::Macro(slot) = bare(&lent.expr) else {
        return None;
    };
    let (local, value) = held(&slot.mac)?;
    let Expr::Array(array) = bare(&value) else {
        return None;
    };
    let coerced = array.elems.iter().any(|e| is_coercible(e) || expects(e));
    coerced.then_some((local, array.elems.len()))
}

/// Whether a copy for the type checker means the same: a closure would be of another type, a macro may do anything.
fn may_be_there_twice(e: &Expr) -> bool {
    struct Only(bool);
    impl<'ast> Visit<'ast> for Only {
        fn visit_expr(&mut self, e: &'ast Expr) {
            self.0 &= !matches!(
                e,
                Expr::Closure(_)
                    | Expr::Async(_)
                    | Expr::Try(_)
                    | Expr::Return(_)
                    | Expr::Break(_)
                    | Expr::Continue(_)
            );
            visit::visit_expr(self, e);
        }

        fn visit_macro(&mut self, m: &'ast Macro) {
            match held(m) {
                Some((_, value)) => self.visit_expr(&value),
                None => {
                    self.0 &= ["format", "concat"]
                        .iter()
                        .any(|name| m.path.is_ident(name))
                }
            }
        }
    }
    let mut only = Only(true);
    only.visit_expr(e);
    only.0
}
