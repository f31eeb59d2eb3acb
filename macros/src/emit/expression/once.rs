//! Held closures that are `move`: does a call consume what they captured, and so the closure?
//!
//! rustc settles that at the function's end and cannot be asked before. So where the closure is made, it is asked
//! of each value that the body uses up whether that is moved; a gate of the closure's local is told.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprCall, ExprMethodCall};

use super::Rewriter;
use super::mention::{Form, direct};
use super::pass::{Pass, made_up};
use crate::ask::{ByValue, by_value, is_by_ref};
use crate::body::{Capture, LocalId, MentionId, MentionKind};

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
        let literal = matches!(crate::syntax::bare(&expr), Expr::Closure(_));
        let called = closure.filter(|c| literal && c.how == Capture::ByMove && (self.called)(c.of));
        pass.made_for = called.map(|closure| closure.of);
        pass.visit_expr_mut(&mut expr);
        quote::ToTokens::into_token_stream(expr)
    }
}

impl Pass<'_, '_> {
    /// Tells the gate of a closure what its body does to what it has captured; the captures have their names.
    pub fn consumption(&self, of: LocalId, closure: &Expr) -> TokenStream {
        let mut finder = Finder {
            pass: self,
            used: Vec::new(),
            called: Vec::new(),
        };
        finder.visit_expr(closure);
        let (used, called) = (finder.used.iter(), finder.called.iter());
        let private = self.rewriter.private;
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
        let asked: Vec<_> = used.chain(called).collect();
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
    pub fn call_once(&mut self, call: &mut ExprCall, local: LocalId, of: LocalId) -> TokenStream {
        for arg in &mut call.args {
            self.visit_expr_mut(arg);
        }
        let names = self.rewriter.names;
        let (place, live, once) = (names.place(local), names.live(local), once(of));
        let values = call.args.iter();
        let indices: Vec<_> = (0..call.args.len()).map(syn::Index::from).collect();
        let arguments = made_up("arguments");
        quote!((match (#(#values,)*) {
            #arguments => {
                if #once.consumes() {
                    #once.pass();
                    #live.take()(#(#arguments.#indices),*)
                } else {
                    #once.stop();
                    (**#place)(#(#arguments.#indices),*)
                }
            }
        }))
    }
}

/// What a closure uses by value of its captures, by their names in it.
struct Finder<'p, 'r, 'a> {
    pass: &'p Pass<'r, 'a>,
    used: Vec<Ident>,
    called: Vec<(Ident, Ident)>,
}

impl Finder<'_, '_, '_> {
    fn name(&self, id: MentionId, within: MentionKind) -> Option<Ident> {
        let body = self.pass.rewriter.body;
        let mention = body.mention(id);
        if mention.kind != MentionKind::Capture || mention.within != within || mention.projected() {
            return None;
        }
        match self.pass.form(mention.local) {
            Form::Plain => Some(body.local(mention.local).name.clone()),
            Form::Owned(name) => Some(name),
            Form::Slot | Form::Spot(_) => None,
        }
    }
}

impl Visit<'_> for Finder<'_, '_, '_> {
    fn visit_expr(&mut self, expr: &Expr) {
        if let Some((id, _)) = direct(expr)
            && let Some(name) = self.name(id, MentionKind::Value)
            && !self.used.contains(&name)
        {
            self.used.push(name);
        }
        syn::visit::visit_expr(self, expr);
    }

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        let method = call.method.to_string();
        if let Some((id, _)) = direct(&call.receiver)
            && let Some(name) = self.name(id, MentionKind::Receiver)
        {
            match by_value(&method) {
                ByValue::Always => self.used.push(name),
                ByValue::Unknown | ByValue::Known { open: false, .. }
                    if call.args.is_empty() && call.turbofish.is_none() && !is_by_ref(&method) =>
                {
                    self.called.push((name, call.method.clone()));
                }
                _ => {}
            }
        }
        syn::visit::visit_expr_method_call(self, call);
    }
}
