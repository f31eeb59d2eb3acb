//! Expressions at whose own end temporaries end: conditions, and since edition 2024 the tails of blocks. (An arm ends around its
//! expression.)
//!
//! The operands of such an expression are as old as they are: `a()` of `{ f(a(), g(&b()).await) }` drops after `b()`, if the function is
//! cancelled there. Those of any other expression drop before all temporaries of their statement, as they stand further inside.

use super::Lowering;
use super::operand::Operand;
use super::tail::leaves_temporaries;
use crate::syntax;
use proc_macro2::Span;
use syn::Expr;

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

    /// What an operand has become, if it has a local, is as old as any temporary.
    pub(super) fn ages_with_temporaries(&mut self, value: &Expr) {
        if let Some(id) = syntax::as_mention(value) {
            self.operands.remove(&self.body.mention(id).local);
        }
    }
}
