//! Places with suspensions in them, and places that are found before others suspend.
//!
//! Input: an operand that is used in place. Output: an expression for the same place. A place over
//! names alone is written again where it is used; what it takes to find any other is evaluated once,
//! in order: rvalues get a slot that lives to the end of the statement, indexed places a reference.

use super::Lowering;
use super::operand::{Access, Operand, Role, in_parentheses_of, mentions};
use crate::body::{LocalId, MentionId, MentionKind, marker};
use crate::cfg::*;
use crate::syntax::{self, bare};
use proc_macro2::Ident;
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, UnOp};

impl Lowering<'_> {
    /// A place (or a value that is used in place), found where it stands.
    pub(super) fn place(&mut self, e: &Expr, access: Access) -> Expr {
        self.place_extending(e, access, None)
    }

    /// The same where a `let` extends the temporaries that it is made of, to the end of the scope at this depth. A value that
    /// is borrowed, `&[&make()]`, extends its own; what a place is a part of doesn't.
    pub(super) fn place_extending(
        &mut self,
        e: &Expr,
        access: Access,
        extend: Option<usize>,
    ) -> Expr {
        let is_part = match bare(e) {
            Expr::Field(_) | Expr::Index(_) => true,
            Expr::Unary(e) => matches!(e.op, UnOp::Deref(_)),
            _ => false,
        };
        if extend.is_none() || is_part || !self.is_lowered(e) {
            return self.part_extending(e, access, extend);
        }
        let value = self.value_extending(bare(e), extend);
        in_parentheses_of(e, value)
    }

    /// A place, whose base is a temporary if it is an rvalue.
    fn part_extending(&mut self, e: &Expr, access: Access, extend: Option<usize>) -> Expr {
        if !self.is_lowered(e) {
            return self.opaque(e);
        }
        let mut place = e.clone();
        let mut inner = |e: &Expr| {
            let inner = self.part_extending(e, access, extend);
            in_parentheses_of(e, inner)
        };
        match &mut place {
            Expr::Paren(e) => *e.expr = inner(&e.expr),
            Expr::Group(e) => *e.expr = inner(&e.expr),
            Expr::Field(e) => *e.base = inner(&e.base),
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => *e.expr = inner(&e.expr),
            Expr::Index(index) => self.in_order(vec![
                // Not by itself: it is a part of something.
                Operand::new(&mut index.expr, Role::Place(access), extend),
                Operand::new(&mut index.index, Role::Value, None),
            ]),
            // `*&make()`: what it borrows is a part of the place as well.
            Expr::Reference(e) => {
                let part = self.part_extending(&e.expr, access, extend);
                *e.expr = self.own_in_place(part, Role::Place(access), extend);
            }
            _ => return self.value_of(e),
        }
        place
    }

    /// A place that is found before other operands suspend, which make the mentions `later`.
    pub(super) fn steady(&mut self, operand: &Operand<'_>, later: &[MentionId]) -> Expr {
        let (e, role) = (&*operand.expr, operand.role);
        if is_names(e) {
            return self.named(e, role, later);
        }
        let access = match role {
            Role::Place(access) => access,
            Role::Value | Role::Compared | Role::Rest => Access::Read,
            Role::Receiver | Role::Callee => Access::Unknown,
        };
        self.found(e, (role, operand.extend), access, later)
    }

    fn found(
        &mut self,
        e: &Expr,
        (role, extend): (Role, Option<usize>),
        access: Access,
        later: &[MentionId],
    ) -> Expr {
        // Below a projection it is a place, whatever the whole is used as.
        let inner = Role::Place(access);
        if is_names(e) {
            return self.named(e, inner, later);
        }
        let mut place = e.clone();
        match &mut place {
            Expr::Lit(_) => return place,
            Expr::Paren(e) => *e.expr = self.found(&e.expr, (role, extend), access, later),
            Expr::Group(e) => *e.expr = self.found(&e.expr, (role, extend), access, later),
            Expr::Field(e) => *e.base = self.found(&e.base, (inner, extend), access, later),
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => {
                *e.expr = self.found(&e.expr, (inner, extend), access, later);
            }
            Expr::Index(e) => return self.element(e, (access, extend), later),
            _ => return self.slot(e, role, extend),
        }
        place
    }

    /// A value that is used in place: it lives to the end of the statement, or as a `let` extends it.
    fn slot(&mut self, e: &Expr, role: Role, extend: Option<usize>) -> Expr {
        let value = self.value_of(bare(e));
        let value = match extend {
            Some(depth) => self.hold_extended_base(value, depth),
            None => self.hold_temporaries(value),
        };
        let (name, span) = (super::temporaries::name(bare(e)), e.span());
        let local = match (role, extend) {
            // A receiver may be an operand.
            (Role::Receiver | Role::Callee, _) => self.temporary(&name, span),
            (_, Some(depth)) => self.temporary_at_least(depth, &name, span),
            (_, None) => self.held(&name, span),
        };
        let kind = match role {
            Role::Receiver | Role::Callee => MentionKind::Receiver,
            Role::Value | Role::Place(_) | Role::Compared | Role::Rest => MentionKind::Place,
        };
        let mention = self.mention(local, kind, span);
        self.has_value(&mention, &value);
        self.push(Statement::Init(local, value));
        mention
    }

    /// `base[index]`, indexed before others suspend.
    fn element(
        &mut self,
        e: &syn::ExprIndex,
        (access, extend): (Access, Option<usize>),
        later: &[MentionId],
    ) -> Expr {
        let whole = Expr::Index(e.clone());
        let span = e.span();
        let mutability = match access {
            Access::Read => quote_spanned!(span=>),
            Access::Write => quote_spanned!(span=> mut),
            Access::Unknown => return self.undecided(&whole, later),
        };
        let place = self.place_extending(&whole, access, extend);
        let reference = super::temporaries::parse(quote_spanned!(span=> &#mutability #place));
        let reference = match extend {
            Some(depth) => self.hold_extended(reference, depth),
            None => self.hold_temporaries(reference),
        };
        let local = self.temporary("element", span);
        self.push(Statement::Init(local, reference));
        let mention = self.mention(local, MentionKind::Place, span);
        super::temporaries::parse(quote_spanned!(span=> (*#mention)))
    }

    /// `base[index]` of which a method says whether it is borrowed or changed: it is looked up now, so
    /// that this panics where it would, and found again when the method is called.
    fn undecided(&mut self, e: &Expr, later: &[MentionId]) -> Expr {
        let e = &self.with_indices(e, later);
        let again = self.mentioned_beside(e, later);
        let assigned = again.iter().any(|id| self.body.mention(*id).assigns());
        if is_repeatable(e) && !again.is_empty() && !assigned {
            // What uses it meanwhile couldn't if the call changed the element, but for one of an array or a slice: that is an error.
            return self.copied_or_borrowed(e, marker::SHARED);
        }
        if !is_repeatable(e) || assigned {
            self.sink.error(
                e.span(),
                "whether the call borrows or changes this element cannot be seen before the suspension in its arguments; \
                 bind it first: `let element = &mut ...;`",
            );
            return self.unit(e.span());
        }
        let now = self.again(e);
        let look = syn::parse2(quote_spanned!(e.span()=> let _ = &#now;));
        let look = look.expect("made as a statement");
        self.push(Statement::Opaque(look));
        self.again(e)
    }

    /// A place whose indices have their values, if what comes `later` might change them.
    fn with_indices(&mut self, e: &Expr, later: &[MentionId]) -> Expr {
        let mut place = e.clone();
        match &mut place {
            Expr::Index(e) => {
                *e.expr = self.with_indices(&e.expr, later);
                if !is_simple(&e.index) || !self.mentioned_again(&e.index, later).is_empty() {
                    *e.index = self.spill(&e.index, None);
                }
            }
            Expr::Field(e) => *e.base = self.with_indices(&e.base, later),
            Expr::Paren(e) => *e.expr = self.with_indices(&e.expr, later),
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => {
                *e.expr = self.with_indices(&e.expr, later);
            }
            _ => {}
        }
        place
    }

    /// The same place once more: what is mentioned is copied, or is rustc's error.
    pub(super) fn again(&mut self, e: &Expr) -> Expr {
        let tokens = self.body.mentioned_as_places(e.to_token_stream());
        self.opaque(&super::temporaries::parse(tokens))
    }

    /// The mentions among `later` of locals that a place names.
    fn mentioned_again(&self, e: &Expr, later: &[MentionId]) -> Vec<MentionId> {
        let local = |id: &MentionId| self.body.mention(*id).local;
        let bases: Vec<LocalId> = mentions(e).iter().map(local).collect();
        let again = later.iter().filter(|id| bases.contains(&local(id)));
        again.copied().collect()
    }

    /// The same, but for those that name another field than the place is in.
    fn mentioned_beside(&self, e: &Expr, later: &[MentionId]) -> Vec<MentionId> {
        let places: Vec<_> = mentions(e)
            .iter()
            .map(|id| self.body.mention(*id))
            .collect();
        let overlaps = |id: &MentionId| {
            let other = self.body.mention(*id);
            let mut places = places.iter().filter(|m| m.local == other.local);
            places.any(|m| !m.path.is_beside(&other.path))
        };
        later.iter().copied().filter(overlaps).collect()
    }

    /// A place over names alone, which is the same later unless its value is copied now.
    fn named(&mut self, e: &Expr, role: Role, later: &[MentionId]) -> Expr {
        let again = self.mentioned_again(e, later);
        let assigned = again.iter().any(|id| self.body.mention(*id).assigns());
        match role {
            // Of what is borrowed the twin lets nothing be assigned.
            Role::Compared if assigned => self.copied_or_borrowed(e, marker::STEADY),
            Role::Receiver if assigned => self.copied_or_borrowed(e, marker::COPY),
            _ if assigned => {
                self.sink.error(
                    e.span(),
                    "this is assigned before the expression around it uses it; bind it first: `let value = ...;`",
                );
                self.unit(e.span())
            }
            Role::Receiver | Role::Compared if !again.is_empty() && !self.is_reference(e) => {
                self.copied_or_borrowed(e, marker::STEADY)
            }
            _ => self.opaque(e),
        }
    }

    /// A name of a reference, by the look of it.
    fn is_reference(&self, e: &Expr) -> bool {
        let local = syntax::as_mention(e).map(|id| self.body.local(self.body.mention(id).local));
        local.is_some_and(|l| l.unique || matches!(l.ty, Some(syn::Type::Reference(_))))
    }

    /// A copy of what is `Copy`; the place of anything else, if the marker allows it.
    fn copied_or_borrowed(&mut self, e: &Expr, marker: &str) -> Expr {
        let span = e.span();
        let place = self.as_place(e);
        let name = Ident::new(marker, span);
        let value = super::temporaries::parse(quote_spanned!(span=> #name!(#place)));
        let local = self.temporary("place", span);
        self.push(Statement::Init(local, value));
        let mention = self.mention(local, MentionKind::Place, span);
        super::temporaries::parse(quote_spanned!(span=> (*#mention)))
    }

    /// The same expression, its base mentioned as a place.
    fn as_place(&mut self, e: &Expr) -> Expr {
        let Some(id) = syntax::as_mention(e) else {
            return self.opaque(e);
        };
        let local = self.body.mention(id).local;
        self.mention(local, MentionKind::Place, e.span())
    }
}

/// Whether a place can be written again: names, fields and what names point to.
pub(super) fn is_names(e: &Expr) -> bool {
    match e {
        Expr::Path(_) => true,
        Expr::Field(e) => is_names(&e.base),
        Expr::Unary(e) => matches!(e.op, UnOp::Deref(_)) && is_names(&e.expr),
        Expr::Paren(e) => is_names(&e.expr),
        Expr::Group(e) => is_names(&e.expr),
        _ => false,
    }
}

/// Whether a place can be found twice to the same effect: also where names, and what is computed
/// of names, are an index. (What a type does by `Index` is taken to depend on nothing else.)
pub(super) fn is_repeatable(e: &Expr) -> bool {
    match e {
        Expr::Index(e) => is_repeatable(&e.expr) && is_simple(&e.index),
        Expr::Field(e) => is_repeatable(&e.base),
        Expr::Unary(e) => matches!(e.op, UnOp::Deref(_)) && is_repeatable(&e.expr),
        Expr::Paren(e) => is_repeatable(&e.expr),
        Expr::Group(e) => is_repeatable(&e.expr),
        e => is_names(e),
    }
}

fn is_simple(e: &Expr) -> bool {
    let simple = |e: &Option<Box<Expr>>| e.as_deref().is_none_or(is_simple);
    match e {
        Expr::Lit(_) => true,
        Expr::Paren(e) => is_simple(&e.expr),
        Expr::Group(e) => is_simple(&e.expr),
        Expr::Reference(e) => is_simple(&e.expr),
        Expr::Cast(e) => is_simple(&e.expr),
        Expr::Unary(e) => is_simple(&e.expr),
        Expr::Binary(e) => !syntax::is_compound(&e.op) && is_simple(&e.left) && is_simple(&e.right),
        Expr::Range(e) => simple(&e.start) && simple(&e.end),
        Expr::Tuple(e) => e.elems.iter().all(is_simple),
        e => is_names(e),
    }
}
