//! Expressions at whose own end temporaries end: conditions, and since edition 2024 the tails of blocks. (An arm ends around its
//! expression.)
//!
//! The operands of such an expression are as old as they are: `a()` of `{ f(a(), g(&b()).await) }` drops after `b()`, if the function is
//! cancelled there. Those of any other expression drop before all temporaries of their statement, as they stand further inside.

use super::operand::Operand;
use super::tail::leaves_temporaries;
use super::{Dest, Lowering};
use crate::syntax;
use proc_macro2::Span;
use syn::{Expr, Stmt};

/// Which expressions these are.
#[derive(Clone, Copy)]
pub(super) enum Ending {
    Always,
    /// The tail of a block that stands there.
    Since2024(Span),
}

impl Lowering<'_> {
    /// For each operand of an expression, whether it is as old as it is beside those that come after it.
    pub(super) fn ages(&mut self, operands: &[Operand<'_>], ending: Option<Ending>) -> Vec<bool> {
        let beside = |index: usize| {
            operands[index + 1..]
                .iter()
                .any(|o| leaves_temporaries(o.expr))
        };
        let mut ages: Vec<_> = (0..operands.len())
            .map(|index| ending.is_some() && beside(index))
            .collect();
        if let Some(Ending::Since2024(block)) = ending
            && ages.contains(&true)
            && self.editions.is_older(block)
        {
            ages.fill(false);
        }
        ages
    }

    /// The value of a tail as the tail of a block again, since it goes somewhere else: its operands are as old as they are, if
    /// one of them panics. (Of several that are spilled each has a local.)
    pub(super) fn as_tail(&mut self, ending: Option<Ending>, dest: &Dest, value: Expr) -> Expr {
        match ending {
            Some(Ending::Since2024(block))
                if leaves_temporaries(&value) && !self.editions.is_older(block) =>
            {
                let value = match self.extended_by(dest) {
                    Some(depth) => self.extend_temporaries(value, depth),
                    None => value,
                };
                let mut tail: syn::ExprBlock = syn::parse_quote_spanned!(block=> {});
                tail.block.stmts.push(Stmt::Expr(value, None));
                Expr::Block(tail)
            }
            _ => value,
        }
    }

    /// What an operand has become, if it has a local, is as old as any temporary.
    pub(super) fn ages_with_temporaries(&mut self, value: &Expr) {
        if let Some(id) = syntax::as_mention(value) {
            self.operands.remove(&self.body.mention(id).local);
        }
    }
}
