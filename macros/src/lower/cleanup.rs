//! Clean-up after a cancellation, as `crate::cleanup` has put it behind the blocks that it guards.
//!
//! On the way out by cancellation a panic goes on at the next clean-up, so each has a state of its own to begin in, which
//! holds what is in scope there.

use super::{Dest, Lowering};
use crate::cfg::*;
use crate::cleanup;
use proc_macro2::Ident;
use syn::spanned::Spanned;

impl Lowering<'_> {
    /// A block in which a suspension that is cancelled goes on behind it.
    pub(super) fn cancellable(&mut self, label: &Ident, block: &syn::Block) {
        let id = SuspensionId(self.cfg.suspensions.len() as u32);
        let after = self.unwinding(self.next_clean_up(), Self::new_block);
        let span = block.span();
        let in_scope = self.in_scope();
        self.cfg.suspensions.push(Suspension {
            kind: SuspensionKind::CleanUp(after),
            text: String::new(),
            name: "CleanUp".into(),
            made_by: None,
            span,
            in_scope,
            shielded: true,
            cancelling: true,
        });
        self.push_labelled(label, after, Dest::Discard);
        self.innermost().clean_up = Some(id);
        self.block(block, Dest::Discard);
        self.terminate(Terminator::Unreachable);
        self.scopes.pop();
        self.unwinds = self.next_clean_up();
        self.current = Some(after);
    }

    /// A panic leads to the next clean-up from here on, to the end of the block.
    pub(super) fn contained(&mut self) {
        self.unwinds = self.next_clean_up();
        self.cfg.unwinds |= self.unwinds.is_some();
        self.next_block();
    }

    /// What follows is a block of its own, as a panic in it leads elsewhere.
    pub(super) fn next_block(&mut self) {
        let next = self.new_block();
        self.goto(next);
        self.come_to(next);
    }

    /// What is made in here a panic in leads to this clean-up.
    pub(super) fn unwinding<T>(
        &mut self,
        unwinds: Option<SuspensionId>,
        make: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = std::mem::replace(&mut self.unwinds, unwinds);
        let made = make(self);
        self.unwinds = outer;
        made
    }

    /// The innermost clean-up that a cancellation runs from here.
    fn next_clean_up(&self) -> Option<SuspensionId> {
        self.scopes.iter().rev().find_map(|scope| scope.clean_up)
    }

    /// The clean-up behind the scope at this depth, if a jump to its end is one of clean-up that was cancelled while it ran: there
    /// the function is left by a cancellation from here on, and a panic on the way leads to that clean-up.
    pub(super) fn turns_to_clean_up(&self, depth: usize) -> Option<SuspensionId> {
        let id = self.scopes[depth].clean_up?;
        (self.unwinds != Some(id)).then_some(id)
    }

    /// Where a suspension that is cancelled goes on, once its child is gone.
    pub(super) fn cancel_edge(&mut self) -> Option<BlockId> {
        let (depth, id) = self
            .scopes
            .iter()
            .enumerate()
            .rev()
            .find_map(|(depth, scope)| Some((depth, scope.clean_up?)))?;
        let target = self.cfg.clean_up(id)?;
        Some(self.unwinding(Some(id), |this| this.landing(depth, target)))
    }

    /// Whether this is clean-up, which a cancellation waits for, and whether it is on the way out by one.
    pub(super) fn in_clean_up(&self) -> (bool, bool) {
        let labels = || {
            self.scopes
                .iter()
                .filter_map(|s| s.exit.as_ref()?.label.as_ref())
        };
        let shielded = labels().any(cleanup::is_clean_up);
        (
            shielded,
            labels().any(cleanup::is_clean_up_after_cancellation),
        )
    }
}
