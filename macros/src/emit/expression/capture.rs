//! Closures and inner `async` blocks that mention held locals.
//!
//! A `move` closure first takes what it captures. Any other captures a `Spot`, which lives as long
//! as the machine, or, of a local that it uses by value, what rustc says: see `machine::closure`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Expr, Member};

use super::called::{Call, Receiver, receivers_in};
use super::mention::Form;
use super::pass::Pass;
use super::rest::{bits, gate};
use crate::body::{FieldUse, LocalId, Mention, MentionId, MentionKind};
use crate::names::{hygienic, made};
use crate::parts::Step;

impl Pass<'_, '_> {
    /// The closure with what it captures before it; `None` if it stands as it is (but for its
    /// mentions).
    pub fn capturing(&mut self, expr: &mut Expr) -> Option<TokenStream> {
        let by_move = match expr {
            Expr::Closure(closure) => closure.capture.is_some(),
            Expr::Async(block) => block.capture.is_some(),
            _ => return None,
        };
        let made_for = self.made_for.take();
        let mut mentions = Vec::new();
        collect(expr.to_token_stream(), &mut mentions);
        let company = match contains_closure(expr) {
            true => self.company(&mentions).around_closures(),
            false => self.company(&mentions),
        };
        let outer = self.forms.len();
        let outer_fields = self.fields.len();
        let outer_receivers = self.receivers.len();
        let receivers = if by_move {
            Vec::new()
        } else {
            receivers_in(expr)
        };
        let bindings = self.captured(&mentions, &receivers, (!by_move).then_some(company));
        if !by_move && company != Company::Mixed && !bindings.is_empty() {
            set_move(expr);
        }
        let told = made_for.map(|local| self.consumption(local, expr));
        self.closures += 1;
        match expr {
            Expr::Closure(closure) => {
                closure
                    .inputs
                    .iter_mut()
                    .for_each(|input| self.visit_pat_mut(input));
                self.visit_expr_mut(&mut closure.body);
            }
            Expr::Async(block) => self.visit_block_mut(&mut block.block),
            _ => {}
        }
        self.closures -= 1;
        self.forms.truncate(outer);
        self.fields.truncate(outer_fields);
        self.receivers.truncate(outer_receivers);
        let stands = bindings.is_empty() && told.is_none();
        (!stands).then(|| quote!({ #(#bindings)* #told #expr }))
    }

    /// What is captured, as statements before the closure; inside it has the form that is pushed.
    /// Without company it is a `move` closure.
    fn captured(
        &mut self,
        mentions: &[MentionId],
        receivers: &[Receiver],
        company: Option<Company>,
    ) -> Vec<TokenStream> {
        let body = self.rewriter.body;
        let mut bindings = Vec::new();
        for local in locals(self, mentions) {
            let of_local = |id: &&MentionId| body.mention(**id).local == local;
            let ids: Vec<MentionId> = mentions.iter().filter(of_local).copied().collect();
            let captured = match company {
                None => self.captured_by_move(local, &ids),
                Some(company) => self.captured_as_used(local, &ids, (receivers, company)),
            };
            if let Some((binding, form)) = captured {
                bindings.push(binding);
                self.forms.push((local, form));
            }
        }
        bindings
    }

    fn captured_by_move(&self, local: LocalId, ids: &[MentionId]) -> Option<(TokenStream, Form)> {
        // `let _ = x` does not capture.
        let mut captures = ids
            .iter()
            .map(|id| self.rewriter.body.mention(*id))
            .filter(|mention| mention.kind == MentionKind::Capture);
        captures.clone().next()?;
        let in_part =
            |mention: &Mention| mention.projected() || mention.within == MentionKind::Scrutinee;
        let parts = captures.all(in_part);
        let name = self.captured_name(local);
        let (names, private) = (self.rewriter.names, self.rewriter.private);
        // Only what is no ordinary local has a place and a guard.
        let value = match self.form(local) {
            Form::Plain | Form::Owned(_) => return None,
            Form::Spot(spot) => quote!(#spot.value()),
            Form::Slot if parts && !self.rewriter.body.local(local).plain_data => {
                let (place, live) = (names.place(local), names.live(local));
                let (declared, fields) = self.captured_fields(local, ids);
                let types = self.types_of_fields(local, ids);
                let gates = ids
                    .iter()
                    .filter(|id| self.leaves(**id).is_some() && self.is_told(**id))
                    .map(|id| gate(*id));
                quote!({
                    use #private::closure::{
                        TakeBoth as _, TakeCopies as _, TakeCopy as _, TakeDropped as _,
                        TakeFields as _, TakePointer as _, TakeUnsure as _,
                    };
                    #declared
                    let types = #private::closure::fields(&|| #types);
                    let parts = &&&&&&&#private::Parts(*#place, #live, types);
                    #(#gates.tell(|| parts.if_fields());)*
                    parts.take(|| #fields)
                })
            }
            Form::Slot => {
                let live = names.live(local);
                quote!(#live.take())
            }
        };
        Some((quote!(let mut #name = #value;), Form::Owned(name)))
    }

    /// The bit of a field that a `move` closure may take out of its local.
    fn leaves(&self, id: MentionId) -> Option<u64> {
        let mention = self.rewriter.body.mention(id);
        match &mention.field {
            Some(FieldUse::Captured(path)) if (self.rewriter.ask)(id) => {
                let bits = self.rewriter.parts.bits_of(mention.local, path);
                (bits != 0).then_some(bits)
            }
            _ => None,
        }
    }

    /// The fields that a `move` closure mentions of a local, as something with fields of the same names, and the type
    /// that this has. One that is mentioned again is a copy. Where the whole is mentioned it is the whole.
    fn captured_fields(&self, local: LocalId, uses: &[MentionId]) -> (TokenStream, TokenStream) {
        let private = self.rewriter.private;
        let place = self.place(local, Span::mixed_site());
        let mut members: Vec<&Member> = Vec::new();
        let mut leaving: Vec<(&Member, u64)> = Vec::new();
        for id in uses {
            let mention = self.rewriter.body.mention(*id);
            match mention.path.0.first() {
                _ if mention.kind != MentionKind::Capture => {}
                Some(Step::Member(member)) => {
                    leaving.extend(self.leaves(*id).map(|bits| (member, bits)));
                    if !members.contains(&member) {
                        members.push(member);
                    }
                }
                _ => {
                    let whole = quote!(#private::closure::captured_field(&raw const #place));
                    return (TokenStream::new(), whole);
                }
            }
        }
        let live = self.rewriter.names.live(local);
        let take = |member: &Member| match leaving.iter().find(|(m, _)| *m == member) {
            Some((_, bit)) => {
                let (bit, rest) = (bits(*bit), self.rewriter.rest(local));
                quote!(#live.part(&raw const #place.#member, #bit, #rest).take())
            }
            None => quote!(#private::closure::captured_field(&raw const #place.#member)),
        };
        let types: Vec<_> = (0..members.len())
            .map(|at| format_ident!("Captured{at}", span = Span::mixed_site()))
            .collect();
        let named = members.iter().filter(|m| matches!(m, Member::Named(_)));
        if named.count() == members.len() {
            let taken = members.iter().map(|member| take(member));
            return (
                quote!(struct Captured<#(#types),*> { #(#members: #types),* }),
                quote!(Captured { #(#members: #taken),* }),
            );
        }
        let count = members.iter().map(|member| match member {
            Member::Unnamed(index) => index.index as usize + 1,
            Member::Named(_) => 0,
        });
        // No tuple has more, and a number that the user mistook is no reason to write them all.
        let elements = (0..count.max().unwrap_or(0).min(64)).map(|at| {
            let member = Member::Unnamed(at.into());
            match members.contains(&&member) {
                true => take(&member),
                false => quote!(()),
            }
        });
        (TokenStream::new(), quote!((#(#elements,)*)))
    }

    /// The types of these fields, if each is one of the local's own.
    fn types_of_fields(&self, local: LocalId, uses: &[MentionId]) -> TokenStream {
        let (private, place) = (self.rewriter.private, self.place(local, Span::mixed_site()));
        let mut types = quote!(());
        for mention in uses.iter().map(|id| self.rewriter.body.mention(*id)) {
            match &mention.path.0[..] {
                _ if mention.kind != MentionKind::Capture => {}
                [Step::Member(member)] => {
                    types = quote!((#private::closure::field(&raw const #place.#member), #types));
                }
                _ => return quote!(#private::closure::Unseen),
            }
        }
        types
    }

    fn captured_as_used(
        &mut self,
        local: LocalId,
        uses: &[MentionId],
        (receivers, company): (&[Receiver], Company),
    ) -> Option<(TokenStream, Form)> {
        if self.form(local) != Form::Slot {
            return None;
        }
        let name = self.captured_name(local);
        let (private, life) = (self.rewriter.private, self.rewriter.names.life());
        let (place, live) = (
            self.rewriter.names.place(local),
            self.rewriter.names.live(local),
        );
        let facts = self.rewriter.body.local(local);
        // A value that is mentioned again after the closure is `Copy` or a reference.
        let takes = |id: &MentionId| {
            let mention = self.rewriter.body.mention(*id);
            let by_value = mention.within == MentionKind::Value && !mention.projected();
            mention.kind == MentionKind::Capture || (by_value && (self.rewriter.ask)(*id))
        };
        let mut of_local = receivers.iter().filter(|receiver| {
            let mention = self.rewriter.body.mention(receiver.mention);
            let receives = mention.kind == MentionKind::Receiver;
            // Of a closure of the function's own rustc doesn't know yet how it can be called.
            let known = matches!(receiver.call, Call::Method(_)) || facts.closure.is_none();
            mention.local == local && receives && known && (self.rewriter.ask)(receiver.mention)
        });
        let asked = of_local.next().filter(|_| of_local.next().is_none());
        let used_by_value = uses.iter().any(takes);
        let consumed = self.consumed_fields(local, uses, (receivers, company));
        let binding = if let Some(asked) = asked.filter(|_| !facts.plain_data && !used_by_value) {
            self.receivers.push(asked.mention);
            let how = company.choose("alone", "mixed");
            let captured = match &asked.call {
                Call::Method(method) => quote!(capture!(#place #live #life #how . #method [])),
                Call::Itself(arguments) => {
                    let any = std::iter::repeat_n(quote!(_), *arguments);
                    quote!(capture_callee!(#place #live #life #how (#(#any,)*)))
                }
            };
            quote!(let #name = #private::question::#captured;)
        } else if facts.plain_data || !used_by_value {
            let constructor = company.choose("borrowed", "new");
            quote!(let #name = #private::Spot::#constructor(*#place, #life);)
        } else {
            let capture = company.choose("capture_alone", "capture");
            quote!(let #name = {
                use #private::closure::{
                    CaptureCopy as _, CaptureMoved as _, CaptureUnique as _,
                };
                (&&&#private::Asking(*#place, #live)).#capture(#life)
            };)
        };
        Some((quote!(#consumed #binding), Form::Spot(name)))
    }

    /// Whether the closure that has these mentions can become a `move` closure: it captures what
    /// it consumes, and spots, and nothing that is to be borrowed.
    fn company(&self, mentions: &[MentionId]) -> Company {
        let slot = |id: &MentionId| self.form(self.rewriter.body.mention(*id).local) == Form::Slot;
        match self.closures == 0 && self.unknown_macros == 0 && mentions.iter().all(slot) {
            true => Company::Slots,
            false => Company::Mixed,
        }
    }

    /// The user's name, as one of the macro's own.
    fn captured_name(&self, local: LocalId) -> Ident {
        let name = &self.rewriter.body.local(local).name;
        match name == "self" {
            true => made("this"),
            false => hygienic(name),
        }
    }
}

/// What a closure that is not `move` captures.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// Held locals alone: it becomes `move`, and captures what is not `Copy`. A closure that is
    /// `Copy` where the twin's is not would stay where the twin moves it.
    Slots,
    /// The same around another closure or `async` block, which may borrow the captures for longer than a call of
    /// this one: they are spots by reference.
    Nested,
    /// Others too, which it may borrow: then it cannot outlive the code of one arm anyway.
    Mixed,
}

impl Company {
    fn around_closures(self) -> Company {
        match self {
            Company::Slots => Company::Nested,
            other => other,
        }
    }

    pub fn choose(self, slots: &str, mixed: &str) -> Ident {
        let name = if self == Company::Slots { slots } else { mixed };
        Ident::new(name, Span::mixed_site())
    }
}

fn set_move(expr: &mut Expr) {
    match expr {
        Expr::Closure(closure) => closure.capture = Some(Default::default()),
        Expr::Async(block) => block.capture = Some(Default::default()),
        _ => {}
    }
}

/// The locals that are mentioned, each once.
fn locals(pass: &Pass<'_, '_>, mentions: &[MentionId]) -> Vec<LocalId> {
    let mut locals = Vec::new();
    for id in mentions {
        let local = pass.rewriter.body.mention(*id).local;
        if !locals.contains(&local) {
            locals.push(local);
        }
    }
    locals
}

/// All mentions among the tokens, in order.
pub fn collect(tokens: TokenStream, mentions: &mut Vec<MentionId>) {
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => collect(group.stream(), mentions),
            TokenTree::Ident(name) => mentions.extend(MentionId::of(&name)),
            _ => {}
        }
    }
}

/// Whether there is a closure or an `async` block inside this one, or its own body is one: that may borrow what this
/// one captures for longer than a call of it.
fn contains_closure(outer: &Expr) -> bool {
    struct Closures(usize);
    impl<'ast> Visit<'ast> for Closures {
        fn visit_expr_closure(&mut self, e: &'ast syn::ExprClosure) {
            self.0 += 1 + usize::from(e.asyncness.is_some());
            syn::visit::visit_expr_closure(self, e);
        }
        fn visit_expr_async(&mut self, e: &'ast syn::ExprAsync) {
            self.0 += 1;
            syn::visit::visit_expr_async(self, e);
        }
    }
    let mut closures = Closures(0);
    closures.visit_expr(outer);
    closures.0 > 1
}
