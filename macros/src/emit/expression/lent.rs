//! Receivers that are operands if the call consumes them: see `lower::lent`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::Visit;
use syn::{Expr, ExprMethodCall};

use super::capture::collect;
use super::mention::direct;
use super::pass::{Pass, made_up};
use super::receiver::Target;
use super::rest::gate;
use crate::body::MentionId;

impl Pass<'_, '_> {
    /// What the operand has: the value of the local, if rustc is asked and says so.
    pub(super) fn lend(&mut self, receiver: &Expr) -> TokenStream {
        let asked = direct(receiver).zip(self.asked(receiver, []));
        asked.map_or_else(
            || quote!(()),
            |((id, _), target)| {
                let (gate, live) = (gate(id), &target.live);
                quote!(#gate.lend(|| #live.take()))
            },
        )
    }

    /// What a call is asked about whose receiver is such an operand; if there is no question, the local is the receiver.
    pub(super) fn lent_receiver(&mut self, receiver: &mut Expr) -> Option<Target> {
        let (operand, span) = direct(receiver)?;
        let operand = self.rewriter.body.mention(operand).local;
        let id = self.rewriter.body.local(operand).lent?.asked;
        let name = id.placeholder(span);
        *receiver = syn::parse_quote!(#name);
        let target = self.asked(receiver, [])?;
        let live = self.rewriter.names.live(operand).into_token_stream();
        Some(self.of_operand(target, &gate(id), &live))
    }

    fn of_operand(&self, target: Target, gate: &Ident, live: &TokenStream) -> Target {
        let (place, private) = (&target.place, self.rewriter.private);
        let lent = made_up("lent");
        let guard = quote!(#private::question::Lent::new(#gate, *#lent, #live));
        Target {
            part: Some((quote!(*#place), guard)),
            place: lent,
            live: made_up("lent_live"),
            told: Some(quote!([#gate])),
            ..target
        }
    }

    /// The same where an argument may leave the function, and nothing suspends: the operand is a variable.
    pub(super) fn beside_ways_out(
        &self,
        call: &ExprMethodCall,
        target: Target,
    ) -> (Target, Option<OnStack>) {
        let local = target.local;
        let mut mentions = Vec::new();
        collect(call.args.to_token_stream(), &mut mentions);
        let again = |id: &MentionId| self.rewriter.body.mention(*id).local == local;
        let id = direct(&call.receiver).map(|(id, _)| id);
        let id = id.filter(|_| target.part.is_none() && !mentions.iter().any(again));
        let Some(id) = id.filter(|_| call.args.iter().any(leaves)) else {
            return (target, None);
        };
        let (gate, name, live) = (gate(id), made_up("operand"), target.live.clone());
        let private = self.rewriter.private;
        let value = quote!(#private::question::OnStack::new(#gate.lend(|| #live.take())));
        let open = (target.told.is_none()).then(|| quote!(#private::question::Gate::OPEN));
        let operand = OnStack {
            gate: open.map(|open| (gate.clone(), open)),
            name: name.clone(),
            value,
        };
        (
            self.of_operand(target, &gate, &quote!(&#name)),
            Some(operand),
        )
    }
}

/// A variable for an operand.
pub(super) struct OnStack {
    /// Its gate, if there is none so far.
    gate: Option<(Ident, TokenStream)>,
    name: Ident,
    value: TokenStream,
}

impl OnStack {
    /// The call over it.
    pub(super) fn around(&self, call: &TokenStream) -> TokenStream {
        let (name, value) = (&self.name, &self.value);
        let call = quote!((match #value { #name => #call }));
        match &self.gate {
            Some((gate, open)) => quote!((match #open { #gate => #call })),
            None => call,
        }
    }
}

/// Whether an expression may leave what is around it.
fn leaves(e: &Expr) -> bool {
    struct Leaves(bool);
    impl Visit<'_> for Leaves {
        fn visit_expr(&mut self, e: &Expr) {
            self.0 |= matches!(e, Expr::Try(_) | Expr::Return(_));
            self.0 |= matches!(e, Expr::Break(_) | Expr::Continue(_));
            syn::visit::visit_expr(self, e);
        }
        fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}
        fn visit_expr_async(&mut self, _: &syn::ExprAsync) {}
        fn visit_item(&mut self, _: &syn::Item) {}
    }
    let mut finder = Leaves(false);
    finder.visit_expr(e);
    finder.0
}
