//! Suspensions: an operand that is evaluated, a name, what is in scope, and where to go on.

use super::diverges::diverges;
use super::{Dest, Lowering};
use crate::cfg::*;
use crate::spans::Place;
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, Macro};

impl Lowering<'_> {
    /// `BASE.await`; the value is the resumed block's first expression.
    pub(super) fn suspend_await(&mut self, e: &syn::ExprAwait) -> Expr {
        let text = self.text(&e.base);
        let name = self.word(&e.base);
        let operand = self.value_of(&e.base);
        let operand = self.hold_temporaries(operand);
        let end = e.await_token.span;
        self.suspend(SuspensionKind::Await, operand, text, name, end);
        Self::resumed_value((Place::of(&e.base, end).start, end))
    }

    pub(super) fn suspend_yield(&mut self, operand: &Expr) -> Expr {
        let text = self.text(operand);
        let value = self.value_of(operand);
        let value = self.hold_temporaries(value);
        let span = operand.span();
        self.suspend(SuspensionKind::Yield, value, text, "Yield".into(), span);
        self.unit(span)
    }

    /// The operand of `yield_!(operand)`, in a function that declares what it yields.
    pub(super) fn yield_of(&mut self, mac: &Macro) -> Option<Expr> {
        if !crate::syntax::is_yield(&mac.path) {
            return None;
        }
        if mac.tokens.is_empty() {
            return Some(self.unit(mac.path.span()));
        }
        match mac.parse_body::<Expr>() {
            Ok(operand) => Some(operand),
            Err(error) => {
                self.sink.error(
                    error.span(),
                    "`yield_!` takes one expression: `yield_!(value)`",
                );
                None
            }
        }
    }

    fn suspend(
        &mut self,
        kind: SuspensionKind,
        operand: Expr,
        text: String,
        name: String,
        span: Span,
    ) {
        if diverges(&operand) {
            return self.finish(&Dest::Discard, operand);
        }
        if self.current.is_none() {
            return;
        }
        let id = SuspensionId(self.cfg.suspensions.len() as u32);
        let in_scope = self.in_scope();
        let (shielded, cancelling) = self.in_clean_up();
        let made_by = made_by(&operand);
        self.cfg.suspensions.push(Suspension {
            kind,
            text,
            name,
            made_by,
            span,
            in_scope,
            shielded,
            cancelling,
        });
        let resume = self.new_block();
        let cancel = self.cancel_edge();
        self.terminate(Terminator::Suspend {
            suspension: id,
            operand,
            resume,
            cancel,
        });
        self.come_to(resume);
    }

    /// The user's text of an expression, on one line.
    fn text(&self, e: &Expr) -> String {
        if let Some(text) = crate::select::text(e) {
            return text;
        }
        crate::names::text(self.body, e.to_token_stream())
    }

    /// The word that says what is waited for: the last function, method or local named.
    fn word(&self, e: &Expr) -> String {
        if crate::select::text(e).is_some() {
            return "Select".into();
        }
        let word = match crate::syntax::bare(e) {
            Expr::MethodCall(e) => e.method.to_string(),
            Expr::Call(e) => return self.word(&e.func),
            Expr::Path(p) => match crate::syntax::as_mention(e) {
                Some(mention) => {
                    let local = self.body.mention(mention).local;
                    self.body.local(local).name.to_string()
                }
                None => p
                    .path
                    .segments
                    .last()
                    .map_or_else(String::new, |s| s.ident.to_string()),
            },
            Expr::Field(f) => match &f.member {
                syn::Member::Named(name) => name.to_string(),
                syn::Member::Unnamed(_) => return self.word(&f.base),
            },
            Expr::Try(e) => return self.word(&e.expr),
            Expr::Reference(e) => return self.word(&e.expr),
            Expr::Unary(e) => return self.word(&e.expr),
            Expr::Await(e) => return self.word(&e.base),
            Expr::Macro(e) => e
                .mac
                .path
                .segments
                .last()
                .map_or_else(String::new, |s| s.ident.to_string()),
            _ => String::new(),
        };
        crate::names::camel_case(&word, "Await")
    }
}

/// The function or the method that makes a value, and what kinds of arguments it gets, of which the type may depend. What is called
/// alike makes futures that are likely of one size.
fn made_by(e: &Expr) -> Option<String> {
    let (name, arguments) = match crate::syntax::bare(e) {
        Expr::MethodCall(call) => (format!(".{}", call.method), &call.args),
        Expr::Call(call) => match crate::syntax::bare(&call.func) {
            Expr::Path(path) => (path.path.segments.last()?.ident.to_string(), &call.args),
            _ => return None,
        },
        _ => return None,
    };
    let arguments = arguments.iter().map(kind);
    Some(format!(
        "{name}({})",
        arguments.collect::<Vec<_>>().join(",")
    ))
}

/// Numbers, names and what is read from them are of one kind.
fn kind(argument: &Expr) -> String {
    let all =
        |parts: &mut dyn Iterator<Item = &Expr>| parts.map(kind).collect::<Vec<_>>().join(",");
    match crate::syntax::bare(argument) {
        Expr::Call(_) | Expr::MethodCall(_) => made_by(argument).unwrap_or_default(),
        Expr::Closure(_) => "|".into(),
        Expr::Async(_) | Expr::Block(_) => "{".into(),
        Expr::Reference(_) => "&".into(),
        Expr::Struct(made) => made
            .path
            .segments
            .last()
            .map_or_else(String::new, |s| s.ident.to_string()),
        Expr::Tuple(tuple) => format!("({})", all(&mut tuple.elems.iter())),
        Expr::Array(array) => format!("[{}]", all(&mut array.elems.iter())),
        _ => String::new(),
    }
}
