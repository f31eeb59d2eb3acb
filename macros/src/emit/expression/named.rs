//! Held locals that a macro, which is not known, takes by their names: `$x:ident`.
//!
//! A place is no name. But in a guard a binding *is* the place that is matched, under its own name and of its own
//! type, to be read: `match PLACE { x if { break 'named mac!(x) } => .. }`. So an argument that is nothing but the name
//! of a local that nobody can assign is given as that. A `&mut` is named by a copy. What is `mut` stays a place here, which a
//! macro that takes an expression may change (`named_in_place` has those that are given it alone). The macro has to be all of its statement, or one
//! that logs: its temporaries end with it. Within a larger expression plain data are named by a copy.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Lifetime, Macro};

use super::mention::{Form, direct};
use super::pass::{Pass, made_at};
use super::whole::Whole;
use crate::ask;
use crate::body::{LocalId, MentionId};
use crate::invocation::Arguments;

/// A mention that is to be a name, and where it stands.
pub type NamedMention = (MentionId, Span);

impl Pass<'_, '_> {
    /// The mentions among the arguments of an unknown macro that are to be names; `logs` if it only reads.
    pub fn names_in(&self, arguments: &Arguments, logs: bool, whole: Whole) -> Vec<NamedMention> {
        let lone: Vec<_> = match arguments {
            Arguments::List(list) => {
                let names = list.iter().filter(|a| matches!(a.value, Expr::Path(_)));
                let names = names.filter_map(|argument| direct(&argument.value));
                names.map(|(id, span)| (id, span, false)).collect()
            }
            Arguments::Tokens(tokens) => lone(tokens.clone()),
            _ => Vec::new(),
        };
        let named = lone
            .into_iter()
            .filter(|(id, _, is_read)| self.may_be_named(*id, logs || *is_read));
        let is_copied = |id: MentionId| {
            let body = self.rewriter.body;
            body.local(body.mention(id).local).plain_data
        };
        let named = named.filter(|(id, ..)| whole != Whole::No || is_copied(*id));
        named.map(|(id, span, _)| (id, span)).collect()
    }

    fn may_be_named(&self, id: MentionId, is_read: bool) -> bool {
        let mentioned = self.rewriter.body.mention(id).local;
        let local = self.rewriter.body.local(mentioned);
        self.closures == 0
            && self.form(mentioned) == Form::Slot
            && local.named
            && local.name != "self"
            && !local.seen
            && (is_read || !local.mutable)
            && (self.rewriter.doubtful)(id).is_none()
    }

    /// The macro, with these locals in scope under the user's names.
    pub fn with_names(&self, mac: &Macro, named: &[NamedMention], whole: Whole) -> TokenStream {
        let body = self.rewriter.body;
        let mut locals: Vec<(LocalId, Ident)> = Vec::new();
        for (id, span) in named {
            let local = body.mention(*id).local;
            if locals.iter().all(|(known, _)| *known != local) {
                locals.push((local, self.rewriter.user(local, *span)));
            }
        }
        let is_unknown = |local: &LocalId| !body.local(*local).plain_data;
        // Each that is asked about doubles the text, and what logs only reads.
        let unknown = locals.iter().filter(|(l, _)| is_unknown(l)).count();
        let asks = unknown == 1 && !ask::logs(&mac.path);
        let label = Lifetime::new("'named", Span::mixed_site());
        let (guarded, copied): (Vec<_>, Vec<_>) = locals
            .into_iter()
            .partition(|(local, _)| whole != Whole::No && !body.local(*local).unique);
        let (mac, leave) = match whole {
            Whole::Statement if self.names_all(mac, named) => {
                let names = guarded.iter().chain(&copied).map(|(_, name)| name);
                let statements = declaring_none(mac, names);
                (quote!({ #statements }), quote!(#statements break #label))
            }
            _ => (quote!(#mac), quote!(break #label #mac)),
        };
        let in_guards = guarded.iter().rev().fold(leave, |inner, of| {
            let (name, place) = (&of.1, self.place(of.0, of.1.span()));
            quote!(match #place {
                #name if { #inner } => ::core::unreachable!(),
                _ => ::core::unreachable!(),
            })
        });
        let in_guards = match guarded.is_empty() {
            true => mac.clone(),
            false => quote!(#label: { #in_guards }),
        };
        let asked = guarded.iter().find(|(local, _)| asks && is_unknown(local));
        let named = match asked {
            Some(asked) => self.asked_name(&mac, &guarded, asked, &in_guards),
            None => in_guards,
        };
        self.with_copies(&copied, named)
    }

    /// Whether no argument is a name but for these.
    fn names_all(&self, mac: &Macro, named: &[NamedMention]) -> bool {
        let names: Vec<_> = named
            .iter()
            .map(|(id, span)| {
                self.rewriter
                    .user(self.rewriter.body.mention(*id).local, *span)
            })
            .collect();
        let is_named = |name: &Ident| names.contains(name);
        match Arguments::parse(mac) {
            Arguments::List(list) => list.iter().all(|argument| match &argument.value {
                Expr::Path(path) => path.path.get_ident().is_some_and(is_named),
                _ => argument.name.is_none(),
            }),
            Arguments::Tokens(tokens) => tokens.into_iter().all(|token| match token {
                TokenTree::Ident(name) => is_named(&name),
                TokenTree::Group(_) => false,
                _ => true,
            }),
            _ => false,
        }
    }

    /// The macro with a copy of the one whose type is not known if that is a `&mut`, else what is given.
    fn asked_name(
        &self,
        mac: &TokenStream,
        guarded: &[(LocalId, Ident)],
        asked: &(LocalId, Ident),
        otherwise: &TokenStream,
    ) -> TokenStream {
        let (private, place) = (self.rewriter.private, self.rewriter.names.place(asked.0));
        // Those that are plain data are copied there too.
        let copied = self.with_copies(guarded, mac.clone());
        quote!({
            use #private::named::{Other as _, Unique as _};
            let gate = &&#private::named::Named(*#place);
            if gate.is_unique() {
                gate.if_unique();
                #copied
            } else {
                gate.if_other();
                #otherwise
            }
        })
    }

    /// With copies of these in scope by their names.
    fn with_copies(&self, locals: &[(LocalId, Ident)], inner: TokenStream) -> TokenStream {
        locals.iter().rev().fold(inner, |inner, (local, name)| {
            let place = self.rewriter.names.place(*local);
            quote!(match ::core::ptr::read(*#place) { #name => #inner })
        })
    }
}

/// The macro as statements, none of which declares one of these names anew, which what follows it would then mean: it
/// would be gone too early to be borrowed so.
pub fn declaring_none<'n>(mac: &Macro, names: impl Iterator<Item = &'n Ident>) -> TokenStream {
    let borrowed = Ident::new("borrowed", Span::mixed_site());
    let borrows = names.map(|name| quote_spanned!(made_at(name.span())=> &#name));
    let end = made_at(mac.path.span());
    let scope = quote_spanned!(end=> { #mac; #borrowed = (#(#borrows,)*); });
    quote!(let #borrowed; #scope _ = #borrowed;)
}

/// The mentions among tokens that are an argument by themselves, or that only a macro knows how to read: `?x`, `%x`.
pub fn lone(tokens: TokenStream) -> Vec<(MentionId, Span, bool)> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let punct = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        None => Some(','),
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        Some(_) => None,
    };
    let separates = |punct: Option<char>| matches!(punct, Some(',' | ';'));
    let found = tokens.iter().enumerate().filter_map(|(at, token)| {
        let TokenTree::Ident(name) = token else {
            return None;
        };
        let id = MentionId::of(name)?;
        let before = punct(at.checked_sub(1));
        let sigil = matches!(before, Some('?' | '%'));
        let starts = separates(if sigil {
            punct(at.checked_sub(2))
        } else {
            before
        });
        // `name = ?x`
        let starts = starts || sigil && punct(at.checked_sub(2)) == Some('=');
        (starts && separates(punct(Some(at + 1)))).then(|| (id, name.span(), sigil))
    });
    found.collect()
}
