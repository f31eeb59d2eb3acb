//! Where a macro stands: whether its temporaries end with it there, as they do at the end of a statement, of a branch and of a
//! condition.

use syn::visit_mut::VisitMut;
use syn::{Expr, Stmt};

use super::pass::Pass;

/// Whether something is all that a statement evaluates.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Default)]
pub enum Whole {
    #[default]
    No,
    /// It is an argument of a macro that is not known.
    Argument,
    /// It is, and its value is wanted, or may be.
    Value,
    /// It is the statement itself.
    Statement,
}

impl Pass<'_, '_> {
    /// An expression with which its temporaries end.
    pub fn ending(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Block(block) if block.label.is_none() => self.ending_block(&mut block.block),
            other => {
                self.statement = Whole::Value;
                self.visit_expr_mut(other);
            }
        }
    }

    pub fn ending_block(&mut self, block: &mut syn::Block) {
        self.ask_what_is_declared(block);
        let last = block.stmts.len().wrapping_sub(1);
        for (at, stmt) in block.stmts.iter_mut().enumerate() {
            match stmt {
                Stmt::Expr(tail, None) if at == last => self.ending(tail),
                stmt => self.visit_stmt_mut(stmt),
            }
        }
    }
}
