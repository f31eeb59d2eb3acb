//! Mentions of locals, and assignments to them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprAssign};

use super::Storage;
use super::pass::{Pass, made_at};
use super::rest::bits;
use crate::body::{LocalId, MentionId, MentionKind};
use crate::spans::{self, Place};
use crate::syntax;

/// What a local is where the walk stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// The user's name.
    Plain,
    /// A place and a guard.
    Slot,
    /// A `Spot` or an `Owned` of this name, in a closure that is not `move`.
    Spot(Ident),
    /// A variable of this name, that a `move` closure captured.
    Owned(Ident),
}

/// The mention that `expr` is, but for parentheses.
pub fn direct(expr: &Expr) -> Option<(MentionId, Span)> {
    match expr {
        Expr::Path(path) => {
            let name = path.path.get_ident()?;
            Some((MentionId::of(name)?, name.span()))
        }
        Expr::Paren(inner) => direct(&inner.expr),
        Expr::Group(inner) => direct(&inner.expr),
        _ => None,
    }
}

impl Pass<'_, '_> {
    pub fn form(&self, local: LocalId) -> Form {
        let inner = self
            .forms
            .iter()
            .rev()
            .find(|(captured, _)| *captured == local);
        match (inner, (self.rewriter.storage)(local)) {
            (Some((_, form)), _) => form.clone(),
            (None, Storage::Slot) => Form::Slot,
            (None, Storage::Plain) => Form::Plain,
        }
    }

    pub fn mention(&self, id: MentionId, span: Span) -> TokenStream {
        let named = self.named(id, span);
        let mention = self.rewriter.body.mention(id);
        if !self.rewriter.body.local(mention.local).seen {
            return named;
        }
        let by_value = mention.within == MentionKind::Value && !mention.projected();
        match by_value {
            true => quote_spanned!(made_at(span)=> #named.copied()),
            false => quote_spanned!(made_at(span)=> (*#named.value())),
        }
    }

    fn named(&self, id: MentionId, span: Span) -> TokenStream {
        let mention = self.rewriter.body.mention(id);
        let (local, at) = (mention.local, made_at(span));
        let by_value = mention.within == MentionKind::Value && !mention.projected();
        match self.form(local) {
            _ if self.named.contains(&id) => self.rewriter.user(local, span).into_token_stream(),
            Form::Plain => self.rewriter.user(local, span).into_token_stream(),
            // `let _ = x.f` captures nothing, and what is captured need not have it.
            Form::Owned(_) if mention.kind != MentionKind::Capture => self.place(local, span),
            Form::Owned(name) => name.into_token_stream(),
            Form::Spot(name) if self.receivers.contains(&id) => {
                quote_spanned!(at=> #name.receiver())
            }
            Form::Spot(name) if by_value => quote_spanned!(at=> #name.value()),
            Form::Spot(name) => quote_spanned!(at=> (*#name.at())),
            Form::Slot if by_value && !self.copies(local) => self.taken(local, span),
            Form::Slot => match (self.rewriter.doubtful)(id).flatten() {
                Some(parts) => self.whole_in_macro(local, parts, span),
                None => self.place(local, span),
            },
        }
    }

    /// A place that a macro may assign, of which the machine knows whether it is there.
    fn whole_in_macro(&self, local: LocalId, parts: u64, span: Span) -> TokenStream {
        let names = self.rewriter.names;
        let (live, place, parts) = (names.live(local), names.place(local), bits(parts));
        let pointer = quote_spanned!(made_at(span)=> *#live.in_macro(#place, #parts));
        quote_spanned!(span=> (*(#pointer)))
    }

    /// A value that has to be of some type. If it isn't, rustc proposes what to write around it: as around a name.
    pub fn coerced(&self, expr: &Expr) -> Option<TokenStream> {
        let (id, span) = direct(expr)?;
        let mention = self.rewriter.body.mention(id);
        let by_value = mention.within == MentionKind::Value && !mention.projected();
        let slot = by_value
            && self.form(mention.local) == Form::Slot
            && !self.rewriter.body.local(mention.local).seen;
        slot.then(|| self.taken(mention.local, span))
    }

    /// `(*(*x_))`
    pub fn place(&self, local: LocalId, span: Span) -> TokenStream {
        let mut place = self.rewriter.names.place(local);
        place.set_span(made_at(span));
        let pointer = quote_spanned!(made_at(span)=> *#place);
        let Some(stands) = self.rewriter.body.local(local).stands else {
            return quote_spanned!(span=> (*(#pointer)));
        };
        let pointer = spans::parentheses(pointer, stands.end);
        let value = quote_spanned!(stands.start=> *#pointer);
        spans::parentheses(value, stands.end).into_token_stream()
    }

    /// `(x_live).take()`
    pub fn taken(&self, local: LocalId, span: Span) -> TokenStream {
        taken_of(&self.rewriter.names.live(local), span)
    }

    /// Whether reading the place copies it, certainly.
    fn copies(&self, local: LocalId) -> bool {
        self.rewriter.body.local(local).copies()
    }

    /// `x = value` of a held `x`; `None` if nothing held is assigned as a whole.
    pub fn assignment(&mut self, assign: &mut ExprAssign) -> Option<TokenStream> {
        if let Some(local) = self.held(&assign.left) {
            if let Some(built) = self.rewriter.in_place(local, &assign.right) {
                return Some(built);
            }
            let span = assign.eq_token.spans[0];
            self.visit_expr_mut(&mut assign.right);
            let (live, value) = (self.rewriter.names.live(local), &assign.right);
            return Some(quote_spanned!(made_at(span)=> #live.assign(#value)));
        }
        if !syntax::destructures(&assign.left) || !self.assigns_held(&assign.left) {
            return None;
        }
        // As rustc does it: the parts first, in temporaries, then one assignment after another.
        self.visit_expr_mut(&mut assign.right);
        let mut assignments = Vec::new();
        self.destructure(&mut assign.left, &mut assignments);
        let (pattern, value) = (&assign.left, &assign.right);
        Some(quote!({ let #pattern = #value; #(#assignments;)* }))
    }

    /// The held local that is assigned as a whole.
    fn held(&self, left: &Expr) -> Option<LocalId> {
        let local = self.rewriter.body.mention(direct(left)?.0).local;
        (self.form(local) == Form::Slot).then_some(local)
    }

    fn assigns_held(&self, left: &Expr) -> bool {
        let any = |list: Vec<&Expr>| list.into_iter().any(|expr| self.assigns_held(expr));
        match left {
            Expr::Tuple(tuple) => any(tuple.elems.iter().collect()),
            Expr::Array(array) => any(array.elems.iter().collect()),
            Expr::Call(call) => any(call.args.iter().collect()),
            Expr::Struct(literal) => any(literal.fields.iter().map(|f| &f.expr).collect()),
            Expr::Paren(inner) => self.assigns_held(&inner.expr),
            other => self.held(other).is_some() || self.assigns_field(other),
        }
    }

    /// Turns the left side into a pattern, and what it assigns into assignments from temporaries.
    fn destructure(&mut self, left: &mut Expr, assignments: &mut Vec<TokenStream>) {
        match left {
            Expr::Tuple(tuple) => {
                tuple
                    .elems
                    .iter_mut()
                    .for_each(|elem| self.destructure(elem, assignments));
            }
            Expr::Array(array) => {
                array
                    .elems
                    .iter_mut()
                    .for_each(|elem| self.destructure(elem, assignments));
            }
            Expr::Call(call) => {
                call.args
                    .iter_mut()
                    .for_each(|arg| self.destructure(arg, assignments));
            }
            Expr::Struct(literal) => {
                let fields = literal.fields.iter_mut();
                fields.for_each(|field| self.destructure(&mut field.expr, assignments));
            }
            Expr::Paren(inner) if !matches!(&*inner.expr, Expr::Path(_)) => {
                self.destructure(&mut inner.expr, assignments);
            }
            Expr::Infer(_) | Expr::Range(_) => {}
            target => self.assign_part(target, assignments),
        }
    }

    fn assign_part(&mut self, target: &mut Expr, assignments: &mut Vec<TokenStream>) {
        let part = format_ident!("part{}", assignments.len(), span = Span::mixed_site());
        let assigned = match self.held(target) {
            Some(local) => {
                let live = self.rewriter.names.live(local);
                quote!(#live.assign(#part))
            }
            None => {
                let mut assign: ExprAssign = syn::parse_quote!(#target = #part);
                match self.assigned_field(&mut assign) {
                    Some(assigned) => assigned,
                    None => {
                        self.visit_expr_mut(target);
                        quote!(#target = #part)
                    }
                }
            }
        };
        assignments.push(assigned);
        *target = Expr::Verbatim(part.into_token_stream());
    }
}

/// The value out of a guard, which stands where the user has named the local.
pub fn taken_of(live: &Ident, span: Span) -> TokenStream {
    let mut live = live.clone();
    live.set_span(made_at(span));
    let take = quote_spanned!(made_at(span)=> take);
    let place = Place {
        start: span,
        end: span,
    };
    spans::method(live.into_token_stream(), take, TokenStream::new(), place)
}
