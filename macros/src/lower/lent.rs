//! A local or a field of one that is the receiver of a call whose arguments suspend, `x.m(f().await)`, or what is called.
//!
//! If the call consumes it, it is an operand from before the arguments on, which drops before older locals where the function
//! is left among them. Whether it does is known by type alone, and late: so an operand has the value then, and nothing otherwise.
//! Where the local is mentioned again it is used in place, as anywhere.

use super::Lowering;
use crate::ask;
use crate::body::{self, FieldUse, MentionId, MentionKind, marker};
use crate::cfg::*;
use crate::parts::FieldPath;
use crate::syntax::{self, bare};
use proc_macro2::Ident;
use quote::quote_spanned;
use syn::Expr;
use syn::spanned::Spanned;

use super::operand::mentions;

/// Where the operand gets its value.
pub(super) struct Lent {
    block: BlockId,
    at: usize,
    /// What the call is made on, if that is a field: the same of what stands for the local.
    field: Option<Expr>,
}

impl Lowering<'_> {
    /// The local that is lent to a call.
    pub(super) fn lends(&self, e: &Expr) -> Option<MentionId> {
        let (asks, receiver, args) = match e {
            Expr::MethodCall(call) => (ask::method(call), &call.receiver, &call.args),
            Expr::Call(call) => (ask::callee(call), &call.func, &call.args),
            _ => return None,
        };
        let id = syntax::as_mention(syntax::base(receiver))?;
        let local = self.body.mention(id).local;
        let path = FieldPath::of(receiver).unwrap_or_default();
        let again = |arg: &Expr| {
            let mut mentions = mentions(arg).into_iter().map(|id| self.body.mention(id));
            mentions.any(|mention| mention.may_overlap(local, &path))
        };
        let suspends = args.iter().any(|arg| self.is_lowered(arg));
        let lends = suspends && asks && self.may_be_lent(id, receiver) && !args.iter().any(again);
        lends.then_some(id)
    }

    /// The operand stands for the receiver in the call, from now on or, if that is a field, from `lent_to` on.
    pub(super) fn lend(&mut self, receiver: &mut Expr, id: MentionId) -> Option<Lent> {
        let (local, span) = (self.body.mention(id).local, receiver.span());
        let block = self.current?;
        let at = self.cfg.block(block).statements.len();
        let lend = Ident::new(marker::LENT, span);
        let value = super::temporaries::parse(quote_spanned!(span=> #receiver.#lend()));
        let operand = self.operand("receiver", span);
        self.push(Statement::Init(operand, value));
        let mention = self.mention(operand, MentionKind::Value, span);
        let used = syntax::as_mention(&mention)?;
        let lent = body::Lent {
            local,
            asked: id,
            used,
        };
        self.body.locals[operand.0 as usize].lent = Some(lent);
        let is_local = syntax::as_mention(bare(receiver)).is_some();
        let field = match is_local {
            true => {
                *receiver = mention;
                None
            }
            false => {
                let mut field = receiver.clone();
                *syntax::base_mut(&mut field) = mention;
                Some(field)
            }
        };
        Some(Lent { block, at, field })
    }

    /// The call is made. Of one that control never comes to nothing says whether it consumes.
    pub(super) fn lent_to(&mut self, call: &mut Expr, lent: Option<Lent>) {
        let Some(Lent { block, at, field }) = lent else {
            return;
        };
        if self.current.is_none() {
            self.cfg.blocks[block.0 as usize].statements.remove(at);
        } else if let (Some(field), Some(receiver)) = (field, called(call)) {
            *receiver = field;
        }
    }

    /// Whether rustc is asked about a local that is called.
    fn may_be_lent(&self, id: MentionId, receiver: &Expr) -> bool {
        let mention = self.body.mention(id);
        let local = self.body.local(mention.local);
        let is_reference = local.unique || matches!(local.ty, Some(syn::Type::Reference(_)));
        let is_asked = match (&mention.field, FieldPath::of(receiver)) {
            (Some(FieldUse::Received(asked)), Some(path)) => *asked == path,
            (None, _) => {
                mention.kind == MentionKind::Receiver
                    && syntax::as_mention(bare(receiver)).is_some()
            }
            _ => false,
        };
        let is_asked = is_asked && !mention.in_closure;
        let is_ordinary = !local.plain_data && !local.seen && !local.in_local_macro;
        is_asked && is_ordinary && !is_reference && local.named
    }
}

/// What a call is made on.
fn called(call: &mut Expr) -> Option<&mut Expr> {
    match call {
        Expr::MethodCall(call) => Some(&mut call.receiver),
        Expr::Call(call) => Some(&mut call.func),
        _ => None,
    }
}
