//! Held locals that a macro, which is not known, takes by their names and may change: `poll!(queue)`.
//!
//! No binding is a place that lies elsewhere, but what a closure has captured by reference is one, under its own name and
//! of its own type. So the macro stands in a closure that captures this one local, of which rustc only knows the type:
//! the closure that runs is made of the local's place (`Code::run`). What the macro gives may borrow from the local.
//!
//! Here are only macros that are given nothing else of the function's, as the closure must capture nothing else, and that
//! stand in no loop that they might leave (what stands in another macro's arguments is taken to go on). One that moves the
//! local is E0507, as a closure that is called more than once may not. Where the macro is less than its statement, its
//! temporaries end with it: therefore it is done there for the arguments of other macros alone,
//! `assert_ready!(poll!(queue))`. What nobody can assign and a guard can name is left to `named`.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::Macro;

use super::mention::Form;
use super::named::{declaring_none, lone};
use super::pass::{Pass, made_up};
use super::whole::Whole;
use crate::ask;
use crate::body::{LocalId, MentionId};
use crate::invocation::format_string::captured_names;

impl Pass<'_, '_> {
    /// The local whose name is all that this macro is given, if it is to be in scope as a place.
    pub fn sole_name(&self, mac: &Macro, whole: Whole) -> Option<LocalId> {
        let body = self.rewriter.body;
        let mut tokens = mac.tokens.clone().into_iter();
        let in_reach = self.loops == 0 || whole == Whole::Argument;
        let stands = self.closures == 0 && in_reach && whole != Whole::No;
        if !stands || ask::logs(&mac.path) || !tokens.all(|token| is_simple(&token)) {
            return None;
        }
        let names = lone(mac.tokens.clone());
        let (first, ..) = names.first()?;
        let local = body.mention(*first).local;
        let is_this = |id: MentionId| {
            body.mention(id).local == local
                && names.iter().any(|(lone, ..)| *lone == id)
                && (self.rewriter.doubtful)(id).is_none()
        };
        let mut mentioned = mac
            .tokens
            .clone()
            .into_iter()
            .filter_map(|token| match token {
                TokenTree::Ident(name) => Some(name),
                _ => None,
            });
        let alone = mentioned
            .all(|name| LocalId::of(&name).is_none() && MentionId::of(&name).is_none_or(is_this));
        let about = body.local(local);
        let in_a_guard = !about.mutable && (whole != Whole::Argument || about.plain_data);
        let fits = self.form(local) == Form::Slot
            && about.named
            && about.name != "self"
            && !about.seen
            && !in_a_guard
            && body.locals.iter().all(|local| !local.in_local_macro);
        (alone && fits).then_some(local)
    }

    /// The macro, with this local in scope under the user's name.
    pub fn in_place_by_name(&self, mac: &Macro, local: LocalId, whole: Whole) -> TokenStream {
        let mut mac = mac.clone();
        let mut name = self.rewriter.user(local, mac.path.segments[0].ident.span());
        let tokens = mac.tokens.into_iter().map(|token| match token {
            TokenTree::Ident(mention) if MentionId::of(&mention).is_some() => {
                name = self.rewriter.user(local, mention.span());
                TokenTree::Ident(name.clone())
            }
            other => other,
        });
        mac.tokens = tokens.collect();
        let (private, place) = (self.rewriter.private, self.rewriter.names.place(local));
        let code = made_up("code");
        let made = match whole {
            Whole::Statement => {
                let statements = declaring_none(&mac, [&name].into_iter());
                quote!(#code.keeps(|| { #statements #private::named::Given(()) });)
            }
            _ => quote! {
                #code.moves_nothing(|| #private::question::checked(#mac));
                #code.is(|| { _ = &#name; #private::named::Given(#mac) });
            },
        };
        quote!({
            let #code = #private::named::Code::OPEN;
            if #private::question::never() {
                ::core::panic!();
                match ::core::ptr::read(*#place) { mut #name => { #made } }
            }
            #code.run(*#place)
        })
    }
}

/// Whether it is nothing but what it looks like: code in it might leave, or capture.
fn is_simple(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(_) => false,
        TokenTree::Punct(punct) => punct.as_char() != '?',
        TokenTree::Ident(word) => !["return", "break", "continue", "self"]
            .iter()
            .any(|w| word == w),
        TokenTree::Literal(literal) => {
            let text = syn::parse_str::<syn::LitStr>(&literal.to_string());
            text.is_ok_and(|text| captured_names(&text.value()).is_empty())
                || !literal.to_string().contains('{')
        }
    }
}
