//! `return`, `break`, `continue` and labelled blocks, where the code around them is graph.

use super::{Dest, Exit, Lowering};
use crate::cfg::{BlockId, Terminator};
use crate::cleanup;
use proc_macro2::Ident;
use syn::spanned::Spanned;

impl Lowering<'_> {
    pub(super) fn return_(&mut self, e: &syn::ExprReturn) {
        match &e.expr {
            Some(value) => {
                self.push_inner_scope();
                self.expression(value, Dest::Return);
                self.scopes.pop();
            }
            None => self.terminate(Terminator::Complete(self.unit(e.span()), None)),
        }
    }

    pub(super) fn break_(&mut self, e: &syn::ExprBreak) {
        let label = e.label.as_ref().map(|l| &l.ident);
        let Some((depth, exit)) = self.exit(label) else {
            return self.nowhere(e.span());
        };
        match &e.expr {
            Some(value) => self.expression(value, exit.dest.clone()),
            None if matches!(exit.dest, Dest::Discard) => {}
            None => self.finish(&exit.dest, self.unit(e.span())),
        }
        let Some(id) = self.turns_to_clean_up(depth) else {
            return self.leave(depth, exit.after);
        };
        self.unwinding(Some(id), |this| {
            this.next_block();
            this.leave(depth, exit.after);
        });
    }

    pub(super) fn continue_(&mut self, e: &syn::ExprContinue) {
        let label = e.label.as_ref().map(|l| &l.ident);
        match self.exit(label) {
            Some((
                depth,
                Exit {
                    again: Some(again), ..
                },
            )) => self.leave(depth, again),
            _ => self.nowhere(e.span()),
        }
    }

    /// rustc says it on the twin; the rest of the block is not reached.
    fn nowhere(&mut self, _: proc_macro2::Span) {
        self.terminate(Terminator::Unreachable);
    }

    /// The scope that a `break` or `continue` with this label means, and its depth.
    pub(super) fn exit(&self, label: Option<&Ident>) -> Option<(usize, Exit)> {
        let scopes = self.scopes.iter().enumerate().rev();
        scopes
            .filter_map(|(depth, s)| Some((depth, s.exit.clone()?)))
            .find(|(_, exit)| match label {
                Some(label) => exit.label.as_ref() == Some(label),
                None => exit.is_loop,
            })
    }

    /// Ends every scope inside the one at `depth` and goes on at `target`.
    pub(super) fn leave(&mut self, depth: usize, target: BlockId) {
        for end in self.ends(depth + 1) {
            self.push(end);
        }
        self.goto(target);
    }

    /// A block from which `break 'label` may leave.
    pub(super) fn labelled_block(
        &mut self,
        label: Option<&syn::Label>,
        block: &syn::Block,
        dest: Dest,
    ) {
        let Some(label) = label else {
            return self.block(block, dest);
        };
        if cleanup::is_cancelled(&label.name.ident) {
            return self.cancellable(&label.name.ident, block);
        }
        let after = self.new_block();
        let unwinds = self.unwinds;
        self.push_labelled(&label.name.ident, after, dest.clone());
        self.block(block, dest);
        self.goto(after);
        self.scopes.pop();
        // What stood in it may have been on the way out by cancellation.
        self.unwinds = unwinds;
        self.come_to(after);
    }

    /// The scope of a labelled block. The label makes none for temporaries.
    pub(super) fn push_labelled(&mut self, label: &Ident, after: BlockId, dest: Dest) {
        let (depth, is_tail) = (self.depth(), self.scopes.last().is_some_and(|s| s.is_tail));
        self.push_scope(Some(Exit {
            label: Some(label.clone()),
            is_loop: false,
            after,
            again: None,
            dest,
        }));
        self.innermost().temporaries = Some(depth);
        self.innermost().is_tail = is_tail;
    }

    /// The block that a jump from opaque code goes to: it ends every scope inside `depth`.
    pub(super) fn landing(&mut self, depth: usize, target: BlockId) -> BlockId {
        let statements = self.ends(depth + 1);
        if self.current.is_some() {
            self.targets.insert(target);
        }
        if statements.is_empty() {
            return target;
        }
        let block = self.new_block();
        let new = &mut self.cfg.blocks[block.0 as usize];
        new.statements = statements;
        new.terminator = Terminator::Goto(target);
        new.landing = true;
        block
    }
}
