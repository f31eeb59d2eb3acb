//! Calls on held locals: in place, or by asking rustc whether they consume.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, ExprCall, ExprMethodCall};

use super::capture::collect;
use super::known::{ByValue, by_value, is_by_ref};
use super::mention::{Form, direct};
use super::pass::{Pass, made_up};
use crate::body::{Capture, LocalId, MentionId, MentionKind};
use crate::spans::{self, Place};

/// As many arguments as a callee can be asked about.
const AT_MOST: usize = 6;

impl Pass<'_, '_> {
    /// `x.m(..)` where rustc is to be asked; `None` leaves the call as it is, with `x` in place.
    pub fn method_call(&mut self, call: &mut ExprMethodCall) -> Option<TokenStream> {
        let name = call.method.to_string();
        let local = self.asked(&call.receiver, &call.args)?;
        if is_by_ref(&name) {
            return None;
        }
        let (place, live) = (
            self.rewriter.names.place(local),
            self.rewriter.names.live(local),
        );
        let private = self.rewriter.private;
        let closures = call.args.iter().any(contains_closure);
        let (method, turbofish) = (&call.method, &call.turbofish);
        match by_value(&name) {
            ByValue::Always if call.args.is_empty() => {
                let taken = self.taken(local, call.receiver.span());
                Some(quote!(#taken.#method()))
            }
            ByValue::IntoIterator if call.args.is_empty() => {
                Some(quote!(#private::question::into_iter!(#place #live . #method)))
            }
            ByValue::Known { types, open } if closures || open => {
                self.arguments(&mut call.args);
                let [option, result, iterator] =
                    types.map(|yes| Ident::new(if yes { "Yes" } else { "No" }, Span::mixed_site()));
                let args = &call.args;
                Some(quote!(#private::question::steer!(
                    #place #live #option #result #iterator
                ).#method #turbofish (#args)))
            }
            // The closure's parameters have no type without the method's: in place.
            _ if closures => None,
            _ => {
                self.arguments(&mut call.args);
                Some(self.question(call, &place, &live))
            }
        }
    }

    /// The full question, the arguments bound first.
    fn question(&self, call: &ExprMethodCall, place: &Ident, live: &Ident) -> TokenStream {
        let (method, turbofish, args) = (&call.method, &call.turbofish, &call.args);
        let private = self.rewriter.private;
        let generics = turbofish
            .as_ref()
            .map_or(0, |turbofish| turbofish.args.len());
        let generics = (0..generics).map(|n| format_ident!("G{n}", span = Span::mixed_site()));
        let names: Vec<Ident> = (0..args.len())
            .map(|n| format_ident!("argument{n}", span = Span::mixed_site()))
            .collect();
        let given = names.iter().zip(args).map(|(name, arg)| {
            let place = Place::of(arg, name.span());
            spans::method(
                name.to_token_stream(),
                quote!(given),
                TokenStream::new(),
                place,
            )
        });
        let asked = quote!(#private::question::receiver!(
            #place #live . #method [#(#generics)*] [#turbofish] (#(#names = #given),*)
        ));
        if names.is_empty() {
            return asked;
        }
        let values = args
            .iter()
            .map(|arg| quote!(#private::question::Given(#arg)));
        // The temporaries of a scrutinee live as long as the statement, as those of arguments do.
        quote!((match (#(#values,)*) { (#(#names,)*) => #asked }))
    }

    /// `f(..)` where rustc is to be asked whether `f` can be called only once.
    pub fn call(&mut self, call: &mut ExprCall) -> Option<TokenStream> {
        let local = self.asked(&call.func, &call.args)?;
        match self.rewriter.body.local(local).closure {
            // It owns what it consumes and nothing else, so its last call may as well consume it.
            Some(Capture::AsUsed) => {
                let taken = self.taken(local, call.func.span());
                *call.func = Expr::Verbatim(taken);
                return None;
            }
            // In place: one that can be called only once is E0507.
            Some(Capture::ByMove) => return None,
            None => {}
        }
        if call.args.len() > AT_MOST || call.args.iter().any(contains_closure) {
            return None;
        }
        self.arguments(&mut call.args);
        let (place, live) = self.slot(local);
        let (values, private) = (call.args.iter(), self.rewriter.private);
        let indices = (0..call.args.len()).map(syn::Index::from);
        let arguments = made_up("arguments");
        Some(quote!((match (#(#values,)*) {
            #arguments => #private::question::callee!(#place #live (#arguments #(#indices)*)),
        })))
    }

    fn slot(&self, local: LocalId) -> (Ident, Ident) {
        let names = self.rewriter.names;
        (names.place(local), names.live(local))
    }

    /// The held local whose last mention this receiver or callee is.
    fn asked<'e>(
        &self,
        receiver: &Expr,
        args: impl IntoIterator<Item = &'e Expr>,
    ) -> Option<LocalId> {
        let (id, _) = direct(receiver)?;
        let mention = self.rewriter.body.mention(id);
        let local = mention.local;
        let asks = mention.kind == MentionKind::Receiver
            && !mention.in_closure
            && !self.rewriter.body.local(local).plain_data
            && self.form(local) == Form::Slot
            && (self.rewriter.ask)(id)
            && !args.into_iter().any(|arg| self.assigns(arg, local));
        asks.then_some(local)
    }

    /// Whether `expr` assigns the local: then the receiver cannot be moved after the arguments.
    fn assigns(&self, expr: &Expr, local: LocalId) -> bool {
        let mut mentions: Vec<MentionId> = Vec::new();
        collect(expr.to_token_stream(), &mut mentions);
        mentions.into_iter().any(|id| {
            let mention = self.rewriter.body.mention(id);
            mention.local == local && mention.kind == MentionKind::Assign
        })
    }

    fn arguments<P>(&mut self, args: &mut syn::punctuated::Punctuated<Expr, P>) {
        for arg in args {
            self.visit_coerced(arg);
        }
    }
}

/// Whether a closure stands in `expr`, whose types may come from where it is passed to.
fn contains_closure(expr: &Expr) -> bool {
    struct Finder(bool);
    impl Visit<'_> for Finder {
        fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    finder.visit_expr(expr);
    finder.0
}
