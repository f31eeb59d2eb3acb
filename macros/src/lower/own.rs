//! Values that several branches gave, used in place: the local that they went to is the temporary.
//!
//! Input: what is left of an operand, which may begin with the value of a local of the compiler's own.
//! Output: the same, in which that local is named as a place. It ends with the statement, as the
//! temporary would; if a `let` extends it, another one gets the value.

use super::Lowering;
use super::operand::Role;
use super::rvalues::asked;
use crate::body::{FieldUse, LocalId, MentionKind};
use crate::cfg::Statement;
use crate::parts::FieldPath;
use crate::syntax;
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall};

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
        *syntax::base_mut(&mut place) = mention;
        place
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
