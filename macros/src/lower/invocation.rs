//! Macros of the standard library with suspensions among their arguments.
//!
//! Input: an invocation whose arguments are expressions. Output: the same macro, over what is left of
//! them to evaluate. Format arguments are borrowed, in order; those of `vec!` are values. The
//! temporaries of what prints, and of `format!`, end inside of it. An `assert!` evaluates its message
//! only if it fails, which is a branch of the graph where the message suspends. Left to `resolve`:
//! `matches!`, `dbg!` and `pin!`, which it spells out. Any other macro is refused before (`suspensions`).

use super::operand::{Access, Operand, Role, mentions};
use super::{Dest, Lowering};
use crate::body::marker;
use crate::cfg::*;
use crate::invocation::{Argument, Arguments, Shape, shape};
use crate::syntax;
use proc_macro2::Ident;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, ExprMacro, Token};

type List = Punctuated<Argument, Token![,]>;

impl Lowering<'_> {
    pub(super) fn invocation(&mut self, e: &ExprMacro, dest: &Dest) {
        let name = syntax::macro_name(&e.mac.path);
        match (shape(&e.mac.path), Arguments::parse(&e.mac)) {
            (Shape::Assert, Arguments::List(list)) => self.assertion(e, list, dest),
            (Shape::Format(2), Arguments::List(list)) => self.assertion(e, list, dest),
            (Shape::Format(_), arguments) if ENDS.contains(&name.as_str()) => {
                self.push_scope(None);
                let value = self.over_operands(e, arguments);
                self.finish(dest, value);
                self.pop_scope();
            }
            (_, arguments) if syntax::never_returns(&e.mac.path) => {
                let value = self.over_operands(e, arguments);
                self.terminate(Terminator::Complete(value, None));
            }
            (_, arguments) => {
                let value = self.over_operands(e, arguments);
                self.finish(dest, value);
            }
        }
    }

    /// The macro, over operands of which those that suspend have their values.
    pub(super) fn over_operands(&mut self, e: &ExprMacro, mut arguments: Arguments) -> Expr {
        let value = |e| Operand::new(e, Role::Value, None);
        match (shape(&e.mac.path), &mut arguments) {
            (Shape::Format(before), Arguments::List(list)) => {
                let operands = format_operands(list, before);
                self.in_order(operands);
            }
            (_, Arguments::List(list)) => {
                let operands = list.iter_mut().map(|a| value(&mut a.value));
                self.in_order(operands.collect());
            }
            (_, Arguments::Repeat(element, length)) => {
                self.in_order(vec![value(element), value(length)]);
            }
            _ => return self.refuse_suspensions(&Expr::Macro(e.clone())),
        }
        with_arguments(e, &arguments)
    }

    /// `assert!` and its kind, as a statement.
    fn assertion(&mut self, e: &ExprMacro, list: List, dest: &Dest) {
        let join = self.new_block();
        if syntax::macro_name(&e.mac.path).starts_with("debug_") {
            let then = self.new_block();
            let condition = syn::parse_quote!(::core::cfg!(debug_assertions));
            self.branch(condition, then, join);
            self.come_to(then);
        }
        let conditions = match shape(&e.mac.path) {
            Shape::Assert => 1,
            _ => 2,
        };
        let mut message = list.iter().skip(conditions);
        if message.any(|argument| self.is_lowered(&argument.value)) {
            self.assert_lazily(e, list, join);
        } else {
            self.assert_at_once(e, list);
        }
        self.goto(join);
        self.come_to(join);
        if !matches!(dest, Dest::Discard) {
            let unit = self.unit(e.span());
            self.finish(dest, unit);
        }
    }

    fn assert_at_once(&mut self, e: &ExprMacro, mut list: List) {
        if shape(&e.mac.path) == Shape::Assert {
            list[0].value = self.boolean(&list[0].value);
        } else {
            let both = list.iter_mut().take(2);
            let both = both.map(|a| Operand::new(&mut a.value, Role::Place(Access::Read), None));
            self.in_order(both.collect());
        }
        let conditions = if shape(&e.mac.path) == Shape::Assert {
            1
        } else {
            2
        };
        for argument in list.iter_mut().skip(conditions) {
            argument.value = self.opaque(&argument.value);
        }
        let assertion = with_arguments(e, &Arguments::List(list));
        self.finish(&Dest::Discard, assertion);
    }

    /// Where the message suspends: whether it fails is known first.
    fn assert_lazily(&mut self, e: &ExprMacro, mut list: List, holds: BlockId) {
        let fails = self.new_block();
        if shape(&e.mac.path) == Shape::Assert {
            let depth = self.scopes.len() - 1;
            self.condition(&list[0].value, fails, depth);
            self.goto(holds);
            list[0].value = syn::parse_quote!(false);
        } else {
            self.compare(e, &mut list, holds, fails);
        }
        self.come_to(fails);
        self.push_scope(None);
        let before = if shape(&e.mac.path) == Shape::Assert {
            1
        } else {
            2
        };
        let message = list.iter_mut().skip(before + 1);
        let message = message.map(|a| Operand::new(&mut a.value, Role::Place(Access::Read), None));
        self.in_order(message.collect());
        let assertion = with_arguments(e, &Arguments::List(list));
        self.finish(&Dest::Discard, assertion);
        self.pop_scope();
    }

    /// Compares the two sides of an `assert_eq!` or `assert_ne!`, and leaves in their place what
    /// compares as they did.
    fn compare(&mut self, e: &ExprMacro, list: &mut List, holds: BlockId, fails: BlockId) {
        let later = |list: &List, from: usize| {
            let later = list.iter().skip(from);
            later.flat_map(|a| mentions(&a.value)).collect::<Vec<_>>()
        };
        let read = Role::Place(Access::Read);
        let [left, right] = [0, 1].map(|side| {
            let later = later(list, side + 1);
            let operand = Operand::new(&mut list[side].value, read, None);
            let place = self.steady(&operand, &later);
            [self.again(&place), self.again(&place)]
        });
        let is_equal = syntax::macro_name(&e.mac.path).ends_with("_eq");
        let (left_place, right_place) = (&left[0], &right[0]);
        let condition = syn::parse_quote!(#left_place == #right_place);
        match is_equal {
            true => self.branch(condition, holds, fails),
            false => self.branch(condition, fails, holds),
        }
        for (side, [_, place]) in [left, right].into_iter().enumerate() {
            let failed = Ident::new(marker::FAILED, place.span());
            let equal = !is_equal;
            list[side].value = syn::parse_quote!(#failed!(#equal, #place));
        }
    }

    fn branch(&mut self, condition: Expr, then: BlockId, otherwise: BlockId) {
        self.terminate(Terminator::Branch {
            condition,
            then,
            otherwise,
        });
    }
}

/// Macros whose temporaries end with them.
const ENDS: &[&str] = &["print", "println", "eprint", "eprintln", "format"];

/// What is formatted is borrowed; before it stands what `write!` writes to.
fn format_operands(list: &mut List, before: usize) -> Vec<Operand<'_>> {
    let operands = list.iter_mut().enumerate().filter(|(at, _)| *at != before);
    let operands = operands.map(|(at, argument)| {
        let access = if at < before {
            Access::Write
        } else {
            Access::Read
        };
        Operand::new(&mut argument.value, Role::Place(access), None)
    });
    operands.collect()
}

fn with_arguments(e: &ExprMacro, arguments: &Arguments) -> Expr {
    let mut e = e.clone();
    e.mac.tokens = quote!(#arguments);
    Expr::Macro(e)
}
