//! Values that several branches gave, used in place: the local that they went to is the temporary.
//!
//! Input: what is left of an operand, which may begin with the value of a local of the compiler's own.
//! Output: the same, in which that local is named as a place. It ends with the statement, as the
//! temporary would; if a `let` extends it, another one gets the value.

use super::Lowering;
use super::operand::Role;
use super::rvalues::asked;
use crate::body::{Body, FieldUse, LocalId, MentionId, MentionKind};
use crate::cfg::Statement;
use crate::parts::FieldPath;
use crate::syntax;
use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, ExprAsync, ExprClosure, ExprMethodCall, Macro};

impl Lowering<'_> {
    /// An operand that is used in place.
    pub(super) fn own_in_place(&mut self, place: Expr, role: Role, extend: Option<usize>) -> Expr {
        let Some(mut local) = self.own(&place) else {
            return place;
        };
        let span = syntax::base(&place).span();
        if let Some(depth) = extend {
            let own = std::mem::replace(
                &mut local,
                self.temporary_at_least(depth, "temporary", span),
            );
            let value = self.mention(own, MentionKind::Value, span);
            self.push(Statement::Init(local, value));
        } else if role != Role::Receiver {
            self.is_held(local);
        }
        let used = match role {
            Role::Receiver => Some(FieldUse::Received as fn(FieldPath) -> FieldUse),
            Role::Value => Some(FieldUse::Moved as fn(FieldPath) -> FieldUse),
            _ => None,
        };
        let path = FieldPath::of(&place).unwrap_or_default();
        let mention = match role {
            Role::Receiver if path.0.is_empty() => self.mention(local, MentionKind::Receiver, span),
            _ if path.0.is_empty() => self.mention(local, MentionKind::Place, span),
            _ => {
                let used = used.map(|used| used(path.clone()));
                self.mention_of_part(local, path, used, span)
            }
        };
        let mut place = place;
        self.has_value(&mention, syntax::base(&place));
        *syntax::base_mut(&mut place) = mention;
        place
    }

    /// Says of a mention of a local of the compiler's own what its value says of its type: that it may have a closure in it.
    pub(super) fn has_value(&mut self, mention: &Expr, value: &Expr) {
        let mut closures = Closures {
            body: self.body,
            found: false,
        };
        closures.visit_expr(value);
        if let (true, Some(id)) = (closures.found, syntax::as_mention(mention)) {
            self.body.mentions[id.0 as usize].behind_closure = true;
        }
    }

    /// A part of a value, which is moved or copied.
    pub(super) fn own_part(&mut self, part: Expr) -> Expr {
        match FieldPath::of(&part) {
            Some(_) => self.own_in_place(part, Role::Value, None),
            None => part,
        }
    }

    /// A receiver, of which rustc can be asked whether the method consumes it.
    pub(super) fn own_receiver(&mut self, call: &mut ExprMethodCall) {
        if self.own(&call.receiver).is_some() && asked(call) {
            *call.receiver = self.own_in_place((*call.receiver).clone(), Role::Receiver, None);
        }
    }

    /// The local whose value an expression begins with.
    fn own(&self, e: &Expr) -> Option<LocalId> {
        let base = syntax::base(e);
        let mention = self.body.mention(syntax::as_mention(base)?);
        let by_value = mention.within == MentionKind::Value;
        (by_value && self.is_own(base)).then_some(mention.local)
    }
}

/// Whether a closure or an `async` block is in an expression, or a local behind one.
struct Closures<'a> {
    body: &'a Body,
    found: bool,
}

impl Closures<'_> {
    fn is_behind(&self, id: MentionId) -> bool {
        let mention = self.body.mention(id);
        mention.behind_closure || mention.in_closure
    }
}

impl Visit<'_> for Closures<'_> {
    fn visit_expr_closure(&mut self, _: &ExprClosure) {
        self.found = true;
    }

    fn visit_expr_async(&mut self, _: &ExprAsync) {
        self.found = true;
    }

    fn visit_ident(&mut self, ident: &Ident) {
        self.found |= MentionId::of(ident).is_some_and(|id| self.is_behind(id));
    }

    fn visit_macro(&mut self, mac: &Macro) {
        let mentions = syntax::mentions(mac.tokens.clone());
        self.found |= mentions.into_iter().any(|id| self.is_behind(id));
    }
}
