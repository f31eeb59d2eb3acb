//! Closures and inner `async` blocks that mention held locals.
//!
//! A `move` closure first takes what it captures. Any other captures a `Spot`, which lives as long
//! as the machine, or, of a local that it uses by value, what rustc says: see `machine::closure`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Expr;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;

use super::mention::{Form, direct};
use super::pass::Pass;
use crate::ask::{ByValue, by_value, is_by_ref};
use crate::body::{LocalId, Mention, MentionId, MentionKind};

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
            let uses: Vec<&Mention> = ids.iter().map(|id| body.mention(*id)).collect();
            let captured = match company {
                None => self.captured_by_move(local, &uses),
                Some(company) => self.captured_as_used(local, &ids, (receivers, company)),
            };
            if let Some((binding, form)) = captured {
                bindings.push(binding);
                self.forms.push((local, form));
            }
        }
        bindings
    }

    fn captured_by_move(&self, local: LocalId, uses: &[&Mention]) -> Option<(TokenStream, Form)> {
        // `let _ = x` does not capture.
        let mut captures = uses
            .iter()
            .filter(|mention| mention.kind == MentionKind::Capture);
        captures.clone().next()?;
        let in_part =
            |mention: &&Mention| mention.projected() || mention.within == MentionKind::Scrutinee;
        let parts = captures.all(in_part);
        let name = self.captured_name(local);
        let (names, private) = (self.rewriter.names, self.rewriter.private);
        // Only what is no ordinary local has a place and a guard.
        let value = match self.form(local) {
            Form::Plain | Form::Owned(_) => return None,
            Form::Spot(spot) => quote!(#spot.value()),
            Form::Slot if parts && !self.rewriter.body.local(local).plain_data => {
                let (place, live) = (names.place(local), names.live(local));
                quote!({
                    use #private::closure::{TakeParts as _, TakePointer as _};
                    (&&#private::Parts(*#place, #live)).take()
                })
            }
            Form::Slot => {
                let live = names.live(local);
                quote!(#live.take())
            }
        };
        Some((quote!(let mut #name = #value;), Form::Owned(name)))
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
            mention.local == local && receives && (self.rewriter.ask)(receiver.mention)
        });
        let asked = of_local.next().filter(|_| of_local.next().is_none());
        let used_by_value = uses.iter().any(takes);
        let binding = if let Some(asked) = asked.filter(|_| !facts.plain_data && !used_by_value) {
            self.receivers.push(asked.mention);
            let how = company.choose("alone", "mixed");
            let method = &asked.method;
            quote!(let #name = #private::question::capture!(
                #place #live #life #how . #method []
            );)
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
        Some((binding, Form::Spot(name)))
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
        let mut name = match name == "self" {
            true => Ident::new("this", Span::mixed_site()),
            false => name.clone(),
        };
        name.set_span(Span::mixed_site());
        name
    }
}

/// A call without arguments in a closure, which may consume its receiver.
struct Receiver {
    mention: MentionId,
    method: Ident,
}

/// The calls in a closure of which rustc is asked whether they consume, if their receiver is held.
fn receivers_in(expr: &Expr) -> Vec<Receiver> {
    struct Finder(Vec<Receiver>);
    impl Visit<'_> for Finder {
        fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
            syn::visit::visit_expr_method_call(self, call);
            let name = call.method.to_string();
            let unknown = by_value(&name) == ByValue::Unknown
                || matches!(by_value(&name), ByValue::Known { open: false, .. });
            if let Some((mention, _)) = direct(&call.receiver)
                && call.args.is_empty()
                && call.turbofish.is_none()
                && unknown
                && !is_by_ref(&name)
            {
                self.0.push(Receiver {
                    mention,
                    method: call.method.clone(),
                });
            }
        }
    }
    let mut finder = Finder(Vec::new());
    finder.visit_expr(expr);
    finder.0
}

/// What a closure that is not `move` captures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Company {
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

    fn choose(self, slots: &str, mixed: &str) -> Ident {
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

/// Whether there is a closure or an `async` block inside this one: it may borrow what this one captures for longer
/// than a call of it.
fn contains_closure(outer: &Expr) -> bool {
    struct Closures(usize);
    impl<'ast> Visit<'ast> for Closures {
        fn visit_expr_closure(&mut self, e: &'ast syn::ExprClosure) {
            self.0 += 1;
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
