//! Held closures that are `move`: does a call consume what they captured, and so the closure?
//!
//! rustc settles that at the function's end and cannot be asked before. So where the closure is made, it is asked
//! of each value that the body uses up whether that is moved; a gate of the closure's local is told.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprCall, ExprMethodCall, Pat};

use super::Rewriter;
use super::lent::beside;
use super::mention::{Form, direct};
use super::pass::{Pass, made_up};
use super::receiver::Target;
use super::taken;
use crate::ask::{ByValue, by_value, is_by_ref};
use crate::body::{Capture, LocalId, MentionId, MentionKind};
use crate::syntax::{
    bare, base_mention, base_mut, binds_simply, destructures, is_comparison, is_compound,
};

/// The gate of a closure.
pub fn once(of: LocalId) -> Ident {
    Ident::new(&format!("once_{}", of.0), Span::mixed_site())
}

impl Rewriter<'_> {
    /// The value of a local, which may be a closure that is asked about.
    pub fn initializer(&self, local: LocalId, expr: &Expr) -> TokenStream {
        let mut expr = expr.clone();
        let mut pass = Pass::new(self);
        let closure = self.body.local(local).closure;
        let literal = matches!(bare(&expr), Expr::Closure(_));
        let called = closure.filter(|c| literal && c.how == Capture::ByMove && (self.called)(c.of));
        pass.made_for = called.map(|closure| closure.of);
        pass.visit_expr_mut(&mut expr);
        expr.into_token_stream()
    }
}

impl Pass<'_, '_> {
    /// Tells the gate of a closure what its body does to what it has captured; the captures have their names.
    pub fn consumption(&self, of: LocalId, closure: &Expr) -> TokenStream {
        let mut finder = Finder {
            pass: self,
            used: Vec::new(),
            called: Vec::new(),
            known: Vec::new(),
            matched: Vec::new(),
        };
        finder.visit_expr(closure);
        let (used, called) = (finder.used.iter(), finder.called.iter());
        let (known, private) = (finder.known.iter(), self.rewriter.private);
        let matched = finder.matched.iter();
        let matched = matched.flat_map(|(name, pattern)| taken::by(private, name, pattern));
        let used = used
            .map(|name| quote!((&&#private::question::Used::of(&raw const #name)).if_consumes()));
        let called = called.map(|(name, method)| {
            let at = made_up("captured");
            quote!({
                let #at = &(&raw const #name).cast_mut();
                let gate = #private::question::verdict!(#at . #method [] [] ());
                (&&&&&&&&gate).if_consumes()
            })
        });
        let known = known.map(|(name, types)| taken::by_known(private, name, *types));
        let asked: Vec<_> = used.chain(called).chain(known).chain(matched).collect();
        let names: Vec<_> = (0..asked.len())
            .map(|n| format_ident!("used_{n}", span = Span::mixed_site()))
            .collect();
        let once = once(of);
        quote! {
            {
                #[allow(unused_imports)]
                use #private::question::asking::*;
                #(
                    let #names = #private::question::Gate::OPEN;
                    #names.tell(|| #asked);
                )*
                #once.tell(|| #private::question::Gate::NOT #(.or(#names))*.pass());
            }
        }
    }

    /// The last call of such a closure.
    pub(super) fn call_once(
        &mut self,
        call: &mut ExprCall,
        target: Target,
        of: LocalId,
    ) -> TokenStream {
        let (target, operand) = self.beside_ways_out(&call.func, &call.args, target);
        for arg in &mut call.args {
            self.visit_expr_mut(arg);
        }
        let (place, live, once) = (&target.place, &target.live, once(of));
        let values = call.args.iter();
        let indices: Vec<_> = (0..call.args.len()).map(syn::Index::from).collect();
        let arguments = made_up("arguments").into_token_stream();
        let called = target.call(quote!(
            if #once.consumes() {
                #once.pass();
                #live.take()(#(#arguments.#indices),*)
            } else {
                #once.stop();
                (**#place)(#(#arguments.#indices),*)
            }
        ));
        let values = quote!((#(#values,)*));
        beside(operand.as_ref(), &values, &arguments, quote!({ #called }))
    }
}

/// What a closure uses by value of its captures and of their fields, by their names in it.
struct Finder<'p, 'r, 'a> {
    pass: &'p Pass<'r, 'a>,
    used: Vec<TokenStream>,
    called: Vec<(TokenStream, Ident)>,
    /// Of which a method is called that well-known types have by value.
    known: Vec<(TokenStream, [bool; 5])>,
    /// What a pattern may take parts of.
    matched: Vec<(TokenStream, Pat)>,
}

impl Finder<'_, '_, '_> {
    fn name(&self, id: MentionId, within: MentionKind) -> Option<TokenStream> {
        let mention = self.pass.rewriter.body.mention(id);
        match mention.within == within && !mention.projected() {
            true => self.captured(id).map(Ident::into_token_stream),
            false => None,
        }
    }

    /// The same of a field of a capture.
    fn field(&self, expr: &Expr) -> Option<TokenStream> {
        if !matches!(bare(expr), Expr::Field(_)) {
            return None;
        }
        let name = self.captured(base_mention(expr)?)?;
        let mut field = bare(expr).clone();
        *base_mut(&mut field) = syn::parse_quote!(#name);
        Some(field.into_token_stream())
    }

    fn captured(&self, id: MentionId) -> Option<Ident> {
        let body = self.pass.rewriter.body;
        let mention = body.mention(id);
        if mention.kind != MentionKind::Capture {
            return None;
        }
        match self.pass.form(mention.local) {
            Form::Plain => Some(body.local(mention.local).name.clone()),
            Form::Owned(name) => Some(name),
            Form::Slot | Form::Spot(_) => None,
        }
    }

    fn uses(&mut self, place: TokenStream) {
        let text = place.to_string();
        if self.used.iter().all(|known| known.to_string() != text) {
            self.used.push(place);
        }
    }

    /// What a pattern may take apart.
    fn scrutinee(&mut self, expr: &Expr, pattern: &Pat) {
        let name = match direct(expr) {
            Some((id, _)) => self.name(id, MentionKind::Scrutinee),
            None => self.field(expr),
        };
        if let Some(name) = name {
            self.matched.push((name, pattern.clone()));
        }
    }

    /// What is moved or copied if it is a field.
    fn value(&mut self, expr: &Expr) {
        if let Some(field) = self.field(expr) {
            self.uses(field);
        }
    }
}

impl Visit<'_> for Finder<'_, '_, '_> {
    fn visit_expr(&mut self, expr: &Expr) {
        if let Some((id, _)) = direct(expr)
            && let Some(name) = self.name(id, MentionKind::Value)
        {
            self.uses(name);
        }
        match expr {
            Expr::Call(call) => call.args.iter().for_each(|arg| self.value(arg)),
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|elem| self.value(elem)),
            Expr::Array(array) => array.elems.iter().for_each(|elem| self.value(elem)),
            Expr::Closure(closure) => self.value(&closure.body),
            Expr::Unary(unary) if !matches!(unary.op, syn::UnOp::Deref(_)) => {
                self.value(&unary.expr)
            }
            Expr::Binary(binary) if !is_comparison(&binary.op) => {
                if !is_compound(&binary.op) {
                    self.value(&binary.left);
                }
                self.value(&binary.right);
            }
            Expr::Return(leave) => leave.expr.iter().for_each(|value| self.value(value)),
            Expr::Assign(assign) => {
                if !matches!(*assign.left, Expr::Infer(_)) {
                    self.value(&assign.right);
                }
                self.visit_expr(&assign.right);
                // What stands in a tuple there is assigned.
                if !destructures(&assign.left) {
                    self.visit_expr(&assign.left);
                }
                return;
            }
            _ => {}
        }
        syn::visit::visit_expr(self, expr);
    }

    fn visit_field_value(&mut self, field: &syn::FieldValue) {
        self.value(&field.expr);
        syn::visit::visit_field_value(self, field);
    }

    fn visit_local(&mut self, local: &syn::Local) {
        match &local.init {
            Some(init) if binds_simply(&local.pat) => self.value(&init.expr),
            Some(init) => self.scrutinee(&init.expr, &local.pat),
            None => {}
        }
        syn::visit::visit_local(self, local);
    }

    fn visit_expr_let(&mut self, condition: &syn::ExprLet) {
        self.scrutinee(&condition.expr, &condition.pat);
        syn::visit::visit_expr_let(self, condition);
    }

    fn visit_expr_match(&mut self, e: &syn::ExprMatch) {
        e.arms
            .iter()
            .for_each(|arm| self.scrutinee(&e.expr, &arm.pat));
        syn::visit::visit_expr_match(self, e);
    }

    fn visit_arm(&mut self, arm: &syn::Arm) {
        self.value(&arm.body);
        syn::visit::visit_arm(self, arm);
    }

    fn visit_stmt(&mut self, stmt: &syn::Stmt) {
        if let syn::Stmt::Expr(tail, None) = stmt {
            self.value(tail);
        }
        syn::visit::visit_stmt(self, stmt);
    }

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        let method = call.method.to_string();
        call.args.iter().for_each(|arg| self.value(arg));
        let name = match direct(&call.receiver) {
            Some((id, _)) => self.name(id, MentionKind::Receiver),
            None => self.field(&call.receiver),
        };
        if let Some(name) = name {
            match by_value(&method) {
                ByValue::Always => self.uses(name),
                ByValue::Unknown | ByValue::Known { open: false, .. }
                    if call.args.is_empty() && call.turbofish.is_none() && !is_by_ref(&method) =>
                {
                    self.called.push((name, call.method.clone()));
                }
                ByValue::Known { types, .. } => self.known.push((name, types)),
                _ => {}
            }
        }
        syn::visit::visit_expr_method_call(self, call);
    }
}
