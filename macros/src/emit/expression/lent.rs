//! Receivers that are operands if the call consumes them: see `lower::lent`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Expr;

use super::capture::collect;
use super::field::base;
use super::once::once;
use super::pass::{Pass, made_up};
use super::receiver::Target;
use super::rest::gate;
use crate::body::{Capture, Closure, MentionId};
use crate::parts::FieldPath;
use crate::syntax;

impl Pass<'_, '_> {
    /// What the operand has: the value of the local, if rustc is asked and says so.
    pub(super) fn lend(&mut self, receiver: &Expr) -> TokenStream {
        let asked = base(receiver).zip(self.asked(receiver, []));
        asked.map_or_else(
            || quote!(()),
            |((id, _), target)| {
                let lend = self.if_consumed(id, &target);
                target.call(lend)
            },
        )
    }

    /// What a call is asked about whose receiver is such an operand; if there is no question, the local is the receiver.
    pub(super) fn lent_receiver(&mut self, receiver: &mut Expr) -> Option<Target> {
        let (operand, span) = base(receiver)?;
        let operand = self.rewriter.body.mention(operand).local;
        let id = self.rewriter.body.local(operand).lent?.asked;
        let name = id.placeholder(span);
        *syntax::base_mut(receiver) = syn::parse_quote!(#name);
        let target = self.asked(receiver, [])?;
        let live = self.rewriter.names.live(operand).into_token_stream();
        Some(match self.gate_of(id, &target) {
            Some(gate) => self.of_operand(target, &gate, &live),
            None => Target {
                live: self.rewriter.names.live(operand),
                is_operand: true,
                ..target
            },
        })
    }

    /// What says whether the call consumes. What owns all that it consumes may be consumed in any case.
    fn gate_of(&self, id: MentionId, target: &Target) -> Option<Ident> {
        match self.closure_of(target) {
            None => Some(gate(id)),
            Some(Closure {
                how: Capture::AsUsed,
                ..
            }) => None,
            Some(Closure { of, .. }) => Some(once(of)),
        }
    }

    /// The value of the receiver, if the call consumes it.
    fn if_consumed(&self, id: MentionId, target: &Target) -> TokenStream {
        let live = &target.live;
        match self.gate_of(id, target) {
            Some(gate) => quote!(#gate.lend(|| #live.take())),
            None => quote!(#live.take()),
        }
    }

    fn of_operand(&self, target: Target, gate: &Ident, live: &TokenStream) -> Target {
        let (place, private) = (&target.place, self.rewriter.private);
        let lent = made_up("lent");
        let guard = quote!(#private::question::Lent::new(#gate, *#lent, #live));
        let place = match target.part {
            Some((place, _)) => place,
            None => quote!(*#place),
        };
        Target {
            part: Some((place, guard)),
            place: lent,
            live: made_up("lent_live"),
            told: Some(quote!([#gate])),
            is_operand: true,
            ..target
        }
    }

    /// The same where an argument may leave the function or panic, and nothing suspends: the operand is a variable.
    pub(super) fn beside_ways_out<'e>(
        &self,
        receiver: &Expr,
        args: impl IntoIterator<Item = &'e Expr>,
        target: Target,
    ) -> (Target, Option<OnStack>) {
        let local = target.local;
        let args: Vec<_> = args.into_iter().collect();
        let mut mentions = Vec::new();
        let tokens = args.iter().map(ToTokens::to_token_stream);
        collect(tokens.collect(), &mut mentions);
        let path = FieldPath::of(receiver).unwrap_or_default();
        let again = |id: &MentionId| self.rewriter.body.mention(*id).may_overlap(local, &path);
        // What an operand of its own stands for already is one.
        let id = base(receiver).filter(|_| !target.is_operand && !mentions.iter().any(again));
        let Some((id, _)) = id.filter(|_| !args.into_iter().all(is_inert)) else {
            return (target, None);
        };
        let Some(gate) = self.gate_of(id, &target) else {
            return (target, None);
        };
        let private = self.rewriter.private;
        let is_open = target.told.is_none() && self.closure_of(&target).is_none();
        let told = match is_open {
            true => quote!(#private::question::Gate::OPEN),
            false => gate.to_token_stream(),
        };
        let live = &target.live;
        let taken = target.call(quote!(#live.take()));
        let name = made_up("operand");
        let operand = OnStack {
            value: quote!(#private::question::OnStack::of(#told, || #taken)),
            gate: is_open.then(|| gate.clone()),
            name: name.clone(),
        };
        (
            self.of_operand(target, &gate, &quote!(&#name)),
            Some(operand),
        )
    }
}

/// A variable for an operand.
pub(super) struct OnStack {
    value: TokenStream,
    /// Its gate, if that has no name before.
    gate: Option<Ident>,
    name: Ident,
}

/// A call over the values of its arguments, before which its operand has its own if there is one. They are a scrutinee, whose
/// temporaries live as long as the statement, as those of arguments do.
pub(super) fn beside(
    operand: Option<&OnStack>,
    values: &TokenStream,
    names: &TokenStream,
    call: TokenStream,
) -> TokenStream {
    let Some(OnStack { value, gate, name }) = operand else {
        return quote!((match #values { #names => #call }));
    };
    let call = match gate {
        Some(gate) => quote!(match #name.gate() { #gate => #call }),
        None => call,
    };
    quote!((match (#value, #values) { (#name, #names) => #call }))
}

/// Whether an expression, when it is evaluated, neither leaves what is around it nor panics, by its looks.
fn is_inert(e: &Expr) -> bool {
    match syntax::bare(e) {
        Expr::Lit(_) | Expr::Path(_) | Expr::Closure(_) => true,
        Expr::Field(e) => is_inert(&e.base),
        Expr::Reference(e) => is_inert(&e.expr),
        Expr::Cast(e) => is_inert(&e.expr),
        Expr::Unary(e) => !matches!(e.op, syn::UnOp::Deref(_)) && is_inert(&e.expr),
        Expr::Tuple(e) => e.elems.iter().all(is_inert),
        Expr::Array(e) => e.elems.iter().all(is_inert),
        Expr::Struct(e) => e.fields.iter().all(|field| is_inert(&field.expr)) && e.rest.is_none(),
        _ => false,
    }
}
