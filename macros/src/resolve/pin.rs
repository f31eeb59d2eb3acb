//! `pin!`, spelled out: the lowering has to see the place that it pins.

use syn::{Expr, ExprMacro, Ident, Local, Stmt};

use super::Resolver;
use crate::body::{Mention, MentionId, MentionKind};

impl Resolver<'_> {
    /// `let p = pin!(value);` is a local for the value, which this gives, and a pinned borrow of it; so is each of several in
    /// a tuple of nothing else, `let (p, q) = (pin!(value), pin!(other));`.
    pub fn pinned(&mut self, stmt: &mut Stmt) -> Vec<Stmt> {
        let Stmt::Local(Local {
            init: Some(init), ..
        }) = stmt
        else {
            return Vec::new();
        };
        let all: Vec<&mut Expr> = match &mut *init.expr {
            Expr::Tuple(tuple) => tuple.elems.iter_mut().collect(),
            other => vec![other],
        };
        if !all.iter().all(|expr| pin_of(expr).is_some()) {
            return Vec::new();
        }
        let pinned = all.into_iter().filter_map(|expr| self.pinned_one(expr));
        pinned.collect()
    }

    fn pinned_one(&mut self, expr: &mut Expr) -> Option<Stmt> {
        let mut value = pin_of(expr)?;
        self.expression(&mut value, MentionKind::Value);
        let span = proc_macro2::Span::mixed_site();
        let pinned = self.add_local(Ident::new("pinned", span), false);
        self.mentions.push(Mention::new(pinned, MentionKind::Place));
        let mention = MentionId(self.mentions.len() as u32 - 1).placeholder(span);
        let binding = pinned.placeholder(span);
        *expr = syn::parse_quote!(::core::pin::Pin::new_unchecked(&mut #mention));
        Some(syn::parse_quote!(let mut #binding = #value;))
    }

    /// `pin!(value)` as a part of an expression: the value is a temporary of the statement.
    pub fn pin_expression(&mut self, expr: &mut Expr) -> bool {
        let Some(mut value) = pin_of(expr) else {
            return false;
        };
        if crate::syntax::is_place(crate::syntax::bare(&value)) {
            value = syn::parse_quote!({ #value });
        }
        self.expression(&mut value, MentionKind::Value);
        *expr = syn::parse_quote!(::core::pin::Pin::new_unchecked(&mut #value));
        true
    }
}

fn pin_of(expr: &Expr) -> Option<Expr> {
    let Expr::Macro(ExprMacro { mac, .. }) = expr else {
        return None;
    };
    let known = crate::invocation::shape(&mac.path) != crate::invocation::Shape::Unknown;
    let is_pin = mac.path.segments.last()?.ident == "pin";
    (known && is_pin).then(|| mac.parse_body().ok()).flatten()
}
