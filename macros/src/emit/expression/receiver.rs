//! Calls on held locals: in place, or by asking rustc whether they consume.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{AngleBracketedGenericArguments, Expr, ExprCall, ExprMethodCall, Type};

use super::capture::collect;
use super::field::base;
use super::lent::{OnStack, beside};
use super::mention::{Form, direct, taken_of};
use super::pass::{Pass, made_up};
use super::rest::{bits, gate};
use super::signatures::{How, Signatures};
use crate::ask::{self, ByValue, by_value, contains_closure};
use crate::body::{Capture, Closure, FieldUse, LocalId, MentionId, MentionKind, marker};
use crate::parts::FieldPath;
use crate::spans::{self, Place};

/// The held local, or the part of one, whose last mention a receiver or callee is.
#[derive(Clone)]
pub(super) struct Target {
    pub local: LocalId,
    pub place: Ident,
    pub live: Ident,
    /// Of a part: its address, and what takes it.
    pub part: Option<(TokenStream, TokenStream)>,
    /// The gate that is told the answer.
    pub told: Option<TokenStream>,
    /// How it is asked behind a closure, which may be part of its type.
    pub asking: Option<TokenStream>,
    /// An operand has its value already, if the call consumes it.
    pub is_operand: bool,
}

impl Target {
    /// The call, with names for the part in scope. They live as long as the statement, as a receiver does.
    pub(super) fn call(&self, call: TokenStream) -> TokenStream {
        let (place, live) = (&self.place, &self.live);
        match &self.part {
            None => call,
            Some((part, guard)) => quote!((match &(#part) {
                #place => match &#guard { #live => #call }
            })),
        }
    }
}

impl Pass<'_, '_> {
    /// `x.m(..)` where rustc is to be asked; `None` leaves the call as it is, with `x` in place.
    pub fn method_call(&mut self, call: &mut ExprMethodCall) -> Option<TokenStream> {
        if !ask::method(call) {
            return None;
        }
        if call.method == marker::LENT {
            return Some(self.lend(&call.receiver));
        }
        let closures = call.args.iter().any(contains_closure);
        let known = by_value(&call.method.to_string());
        let target = match self.lent_receiver(&mut call.receiver) {
            Some(target) => target,
            None => self.asked(&call.receiver, &call.args)?,
        };
        let (place, live, told) = (&target.place, &target.live, &target.told);
        let private = self.rewriter.private;
        let (method, turbofish) = (&call.method, &call.turbofish);
        let by = match known {
            ByValue::Known { .. } if closures => None,
            ByValue::Known { .. } if ask::takes(call) => Some(quote!(optional)),
            ByValue::Known { .. } if ask::splits(call) => Some(quote!(open_stream)),
            ByValue::Known { open: true, .. } if turbofish.is_none() => Some(quote!(open)),
            ByValue::Always | ByValue::IntoIterator if call.args.is_empty() => None,
            _ => (!closures).then(|| quote!(receiver)),
        };
        if let Some(by) = by {
            return Some(self.question(call, target, by));
        }
        let tokens = match known {
            ByValue::Always if call.args.is_empty() => {
                let taken = taken_of(live, call.receiver.span());
                let nothing = spans::parentheses(TokenStream::new(), call.paren_token.span.join());
                quote!(#taken.#method #nothing)
            }
            ByValue::IntoIterator if call.args.is_empty() => {
                quote!(#private::question::into_iter!(#place #live #told . #method))
            }
            ByValue::Known { types, .. } if closures => {
                self.arguments(&mut call.args);
                let types =
                    types.map(|yes| Ident::new(if yes { "Yes" } else { "No" }, Span::mixed_site()));
                let args = &call.args;
                quote!(#private::question::steer!(
                    #place #live #told #(#types)*
                ).#method #turbofish (#args))
            }
            _ => {
                let receiver = self.calling(call, &target);
                self.arguments(&mut call.args);
                let args = &call.args;
                quote!((*#receiver).#method #turbofish (#args))
            }
        };
        Some(target.call(tokens))
    }

    /// The full question, put by this macro, the arguments bound first.
    fn question(
        &mut self,
        call: &mut ExprMethodCall,
        target: Target,
        by: TokenStream,
    ) -> TokenStream {
        let first = target.clone();
        let (target, operand) = self.beside_ways_out(&call.receiver, &call.args, target);
        let at = call.method.span();
        let places: Vec<Place> = call.args.iter().map(|e| Place::of(e, at)).collect();
        let expects = call.args.iter().any(ask::has_parts);
        self.arguments(&mut call.args);
        let (place, live, told) = (&target.place, &target.live, &target.told);
        let (method, turbofish) = (&call.method, &call.turbofish);
        let (private, generics) = (self.rewriter.private, closed(turbofish.as_ref()));
        let names = argument_names(call);
        let given = of_arguments(&names, &places, "given");
        let asking = &target.asking;
        let asked = quote!(#private::question::#by!(
            #asking #place #live #told . #method [#(#generics),*] [#turbofish] (#(#names = #given),*)
        ));
        let asked = target.call(asked);
        if expects {
            let asked = (operand.as_ref(), asked);
            return self.bound_as_expected((call, &places), &first, &names, asked);
        }
        if names.is_empty() {
            return asked;
        }
        let values = call.args.iter();
        let values = values.map(|arg| quote!(#private::question::Given(#arg)));
        beside(
            operand.as_ref(),
            &quote!((#(#values,)*)),
            &quote!((#(#names,)*)),
            asked,
        )
    }

    /// The arguments under these names, of which rustc knows first what the method expects.
    fn bound_as_expected(
        &self,
        (call, places): (&ExprMethodCall, &[Place]),
        target: &Target,
        names: &[Ident],
        (operand, asked): (Option<&OnStack>, TokenStream),
    ) -> TokenStream {
        let (private, place) = (self.rewriter.private, &target.place);
        let (method, turbofish, args) = (&call.method, &call.turbofish, &call.args);
        let values = names.iter().zip(args);
        let values = values.map(
            |(name, arg)| quote!(#private::question::Expecting { expected: #name, value: #arg }),
        );
        let expected = of_arguments(names, places, "any");
        let expected = target.call(quote!(#private::question::expected!(
            #place . #method [#turbofish] (#(#names = #expected),*)
        )));
        let names = quote!((#(#names,)*));
        let asked = beside(operand, &quote!((#(#values,)*)), &names, asked);
        quote!((match #expected { #names => #asked }))
    }

    /// The question about a call that is given closures of parameters without types.
    fn calling(&mut self, call: &ExprMethodCall, target: &Target) -> TokenStream {
        let (place, live, told) = (&target.place, &target.live, &target.told);
        let (private, method) = (self.rewriter.private, &call.method);
        let names = argument_names(call);
        let mut typed = Signatures::new(How::Typed);
        let mut given = Signatures::new(How::StandIn);
        let (mut first, mut then) = (call.args.clone(), call.args.clone());
        first.iter_mut().for_each(|e| typed.visit_expr_mut(e));
        then.iter_mut().for_each(|e| given.visit_expr_mut(e));
        self.arguments(&mut first);
        self.arguments(&mut then);
        let (signatures, first, then) = (typed.names(), first.iter(), then.iter());
        let asking = &target.asking;
        let turbofish = &call.turbofish;
        let types = turbofish.iter().flat_map(|turbofish| &turbofish.args);
        let generics = (0..types.count()).map(|n| format_ident!("G{n}", span = Span::mixed_site()));
        quote!(#private::question::calling::call!(
            #asking #place #live #told . #method [#(#generics),*] [#turbofish] [#(#signatures)*] (#(#first),*) (#(#names = #then),*)
        ))
    }

    /// `f(..)` where rustc is to be asked whether `f` can be called only once.
    pub fn call(&mut self, call: &mut ExprCall) -> Option<TokenStream> {
        if !ask::callee(call) {
            return None;
        }
        let target = match self.lent_receiver(&mut call.func) {
            Some(target) => target,
            None => self.asked(&call.func, &call.args)?,
        };
        match self.closure_of(&target) {
            // It owns what it consumes and nothing else, so its last call may as well consume it.
            Some(Closure {
                how: Capture::AsUsed,
                ..
            }) => {
                *call.func = Expr::Verbatim(taken_of(&target.live, call.func.span()));
                return None;
            }
            Some(Closure { of, .. }) => {
                return Some(self.call_once(call, target, of));
            }
            None => {}
        }
        let first = target.clone();
        let (target, operand) = self.beside_ways_out(&call.func, &call.args, target);
        let coerces = call.args.iter().any(ask::may_be_coerced);
        self.arguments(&mut call.args);
        let (place, live, told) = (&target.place, &target.live, &target.told);
        let (values, private) = (call.args.iter(), self.rewriter.private);
        let indices = (0..call.args.len()).map(syn::Index::from);
        let arguments = made_up("arguments");
        let asked = target.call(quote!(
            #private::question::callee!(#place #live #told (#arguments #(#indices)*))
        ));
        let (operand, arguments) = (operand.as_ref(), arguments.to_token_stream());
        if !coerces {
            return Some(beside(operand, &quote!((#(#values,)*)), &arguments, asked));
        }
        // What the callee takes is known before what it is given, which then is of these types.
        let names = names_of(call.args.len());
        let place = &first.place;
        let expected = first.call(quote!(#private::question::expected_by!(#place (#(#names)*))));
        let values = quote!(
            (#(#private::question::Expecting { expected: #names, value: #values }.given(),)*)
        );
        let asked = beside(operand, &values, &arguments, asked);
        Some(quote!((match #expected { (#(#names,)*) => #asked })))
    }

    /// The closure of the function's own that is called.
    pub(super) fn closure_of(&self, target: &Target) -> Option<Closure> {
        let is_local = target.part.is_none() || target.is_operand;
        let closure = self.rewriter.body.local(target.local).closure;
        closure.filter(|_| is_local)
    }

    /// What a call is asked about, if this is its last mention.
    pub(super) fn asked<'e>(
        &mut self,
        receiver: &Expr,
        args: impl IntoIterator<Item = &'e Expr>,
    ) -> Option<Target> {
        let (id, _) = base(receiver)?;
        let mention = self.rewriter.body.mention(id);
        let local = mention.local;
        let receives = match &mention.field {
            Some(FieldUse::Received(path)) => FieldPath::of(receiver).as_ref() == Some(path),
            _ => mention.kind == MentionKind::Receiver && direct(receiver).is_some(),
        };
        let asks = receives
            && !mention.in_closure
            && !self.rewriter.body.local(local).plain_data
            && self.form(local) == Form::Slot
            && (self.rewriter.ask)(id)
            && !args.into_iter().any(|arg| self.assigns(arg, local));
        if !asks {
            return None;
        }
        let names = self.rewriter.names;
        let (place, live) = (names.place(local), names.live(local));
        let asking = mention
            .behind_closure
            .then(|| quote!([asking_behind_closures]));
        let Some(FieldUse::Received(path)) = &mention.field else {
            let told = (self.rewriter.spent)(local).then(|| gate(id));
            return Some(Target {
                local,
                place,
                live,
                part: None,
                told: told.map(|gate| quote!([#gate])),
                asking,
                is_operand: false,
            });
        };
        let bit = self.rewriter.parts.bits_of(local, path);
        if bit == 0 {
            return None;
        }
        let bit = bits(bit);
        let rest = self.rewriter.rest(local);
        let mut part = receiver.clone();
        self.visit_expr_mut(&mut part);
        let told = self.is_told(id).then(|| gate(id));
        let at = made_up("part_");
        let guard = quote!(#live.at(*#at, #bit, #rest));
        Some(Target {
            local,
            place: at,
            live: made_up("part_live"),
            part: Some((quote!((&raw const #part).cast_mut()), guard)),
            told: told.map(|gate| quote!([#gate])),
            asking,
            is_operand: false,
        })
    }

    /// Whether a part may leave by this mention, and others like it, alone: then there is a gate.
    pub fn is_told(&self, id: MentionId) -> bool {
        let local = self.rewriter.body.mention(id).local;
        let parts = self.rewriter.parts.of(local).iter();
        parts.flat_map(|part| &part.asked).any(|asked| *asked == id)
    }

    /// Whether `expr` assigns the local: then the receiver cannot be moved after the arguments.
    fn assigns(&self, expr: &Expr, local: LocalId) -> bool {
        let mut mentions: Vec<MentionId> = Vec::new();
        collect(expr.to_token_stream(), &mut mentions);
        mentions.into_iter().any(|id| {
            let mention = self.rewriter.body.mention(id);
            let assigned = matches!(mention.field, Some(FieldUse::Assigned(_)));
            mention.local == local && (assigned || mention.kind == MentionKind::Assign)
        })
    }

    fn arguments<P>(&mut self, args: &mut syn::punctuated::Punctuated<Expr, P>) {
        for arg in args {
            self.visit_coerced(arg);
        }
    }
}

/// What the arguments are called once they are bound.
fn argument_names(call: &ExprMethodCall) -> Vec<Ident> {
    names_of(call.args.len())
}

fn names_of(count: usize) -> Vec<Ident> {
    let name = |n| format_ident!("argument{n}", span = Span::mixed_site());
    (0..count).map(name).collect()
}

/// This method of each argument that is bound, where the argument stands.
fn of_arguments(names: &[Ident], places: &[Place], method: &str) -> Vec<TokenStream> {
    let each = names.iter().zip(places).map(|(name, place)| {
        let method = format_ident!("{method}").into_token_stream();
        spans::method(name.to_token_stream(), method, TokenStream::new(), *place)
    });
    each.collect()
}

/// A name for each type of a turbofish, and that type with something in the place of each `_`.
fn closed(turbofish: Option<&AngleBracketedGenericArguments>) -> Vec<TokenStream> {
    struct Close;
    impl VisitMut for Close {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            match ty {
                Type::Infer(_) => *ty = syn::parse_quote!(()),
                other => visit_mut::visit_type_mut(self, other),
            }
        }
    }
    let types = turbofish.iter().flat_map(|turbofish| &turbofish.args);
    let named = types.enumerate().map(|(n, written)| {
        let name = format_ident!("G{n}", span = Span::mixed_site());
        let mut closed = written.clone();
        Close.visit_generic_argument_mut(&mut closed);
        quote!(#name = #closed)
    });
    named.collect()
}
