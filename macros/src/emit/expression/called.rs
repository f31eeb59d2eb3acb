//! The calls in a closure of which rustc is asked whether they consume what they are called on.

use super::field::base;
use crate::ask;
use crate::body::MentionId;
use proc_macro2::Ident;
use syn::Expr;
use syn::visit::{self, Visit};

/// A call in a closure, which may consume its receiver.
pub struct Receiver {
    pub mention: MentionId,
    pub call: Call,
}

pub enum Call {
    /// `x.m()`
    Method(Ident),
    /// `x(a, b)`, of so many arguments.
    Itself(usize),
}

impl Receiver {
    pub fn method(&self) -> Option<&Ident> {
        match &self.call {
            Call::Method(name) => Some(name),
            Call::Itself(_) => None,
        }
    }
}

/// Those of a closure, if their receiver is held.
pub fn receivers_in(expr: &Expr) -> Vec<Receiver> {
    struct Finder(Vec<Receiver>);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
            visit::visit_expr_method_call(self, call);
            if let Some((mention, _)) = base(&call.receiver)
                && ask::in_closure(call)
            {
                let call = Call::Method(call.method.clone());
                self.0.push(Receiver { mention, call });
            }
        }

        fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
            visit::visit_expr_call(self, call);
            if let Some((mention, _)) = base(&call.func)
                && call.args.len() <= ask::AT_MOST
            {
                let call = Call::Itself(call.args.len());
                self.0.push(Receiver { mention, call });
            }
        }
    }
    let mut finder = Finder(Vec::new());
    finder.visit_expr(expr);
    finder.0
}
