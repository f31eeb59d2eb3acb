//! Fields that are read by value: a partial move, unless the field is `Copy`, which is not known here.

use syn::Expr;

use super::Resolver;
use crate::body::MentionKind::{Place, Value};
use crate::body::{FieldPath, FieldUse, LocalId, Step};

/// Fields of one local that can be told apart; a field after these stays a place, and cannot be
/// moved out of a slot.
const MOST: usize = 7;

impl Resolver<'_> {
    /// Walks what is used by value, or assigned: a field path to something that may be moved is
    /// noted. Of a local by itself only `others` are used.
    pub fn field_path(
        &mut self,
        expr: &mut Expr,
        used: fn(FieldPath) -> FieldUse,
        others: Option<Step>,
    ) {
        let outer = self.field.take();
        if self.closures.is_empty() {
            let lone = matches!(expr, Expr::Path(_));
            let others = others
                .filter(|_| lone)
                .map(|others| FieldPath(vec![others]));
            self.field = FieldPath::of(expr).or(others).map(used);
        }
        self.expression(expr, Place);
        self.field = outer;
    }

    /// `let S { a, b } = x.f` binds all of the field: it is moved whole, and then taken apart.
    pub fn whole_field(&self, scrutinee: &mut Expr, pattern: &syn::Pat) {
        let may_move = FieldPath::of(scrutinee).is_some() && self.closures.is_empty();
        if may_move && crate::syntax::takes_whole(pattern) && !binds_simply(pattern) {
            *scrutinee = syn::parse_quote!({ #scrutinee });
        }
    }

    /// An operand of which only a copy is ever wanted (by an operator, an `if`, a cast): a field is read in place.
    pub fn operand(&mut self, expr: &mut Expr) {
        let kind = if FieldPath::of(expr).is_some() {
            Place
        } else {
            Value
        };
        self.expression(expr, kind);
    }

    /// What happens to the field path of which this local is the base.
    pub fn field_of(&mut self, local: LocalId) -> Option<FieldUse> {
        let used = self.field.take()?;
        let entry = &mut self.locals[local.0 as usize];
        if let FieldUse::Moved(path) = &used
            && !entry.fields.contains(path)
        {
            if entry.plain_data || entry.fields.len() == MOST {
                return None;
            }
            entry.fields.push(path.clone());
        }
        Some(used)
    }
}

fn binds_simply(pattern: &syn::Pat) -> bool {
    match pattern {
        syn::Pat::Type(typed) => binds_simply(&typed.pat),
        syn::Pat::Ident(_) => true,
        _ => false,
    }
}

impl Step {
    /// All members of this struct that its literal does not list.
    pub fn others(literal: &syn::ExprStruct) -> Step {
        let listed = literal.fields.iter().map(|field| field.member.clone());
        Step::Others(literal.path.clone(), listed.collect())
    }
}
