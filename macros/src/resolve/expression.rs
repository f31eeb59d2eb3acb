//! Expressions: which identifiers are mentions, and how each is used.

use syn::visit_mut::VisitMut;
use syn::{BinOp, Expr, ExprPath, FieldValue, Member, Pat, UnOp};

use super::field::Access;
use super::{Resolver, alternatives};
use crate::body::MentionKind::{self, Assign, Place, Receiver, Scrutinee, Value};
use crate::body::{Capture, FieldUse};
use crate::parts::{FieldPath, Step};
use crate::syntax;

impl Resolver<'_> {
    /// Walks `expr`; `kind` is how it is used if it turns out to be a local's name.
    pub fn expression(&mut self, expr: &mut Expr, kind: MentionKind) {
        let is_part =
            matches!(expr, Expr::Field(_) | Expr::Unary(_)) && FieldPath::of(expr).is_some();
        match kind {
            Value if is_part => return self.field_path(expr, FieldUse::Moved, None),
            Receiver if is_part => return self.field_path(expr, FieldUse::Received, None),
            Scrutinee if is_part => return self.field_path(expr, FieldUse::Matched, None),
            _ => {}
        }
        let access = std::mem::take(&mut self.access);
        match expr {
            Expr::Path(path) => {
                self.access = access;
                self.path(path, kind);
                self.access = Access::default();
            }
            Expr::Paren(inner) => {
                self.access = access;
                self.expression(&mut inner.expr, kind);
            }
            Expr::Group(inner) => {
                self.access = access;
                self.expression(&mut inner.expr, kind);
            }
            Expr::Field(_) => self.projection(expr, access),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => {
                self.projection(expr, access);
            }
            Expr::MethodCall(call) => {
                let is_asked = self.closures.is_empty() || crate::ask::in_closure(call);
                let is_field = FieldPath::of(&call.receiver).is_some();
                // In a closure, what is always consumed is so by whoever calls the closure.
                let is_used = !self.closures.is_empty() && crate::ask::consumes(call);
                let kind = match (is_field, is_asked) {
                    (true, false) => Place,
                    (false, _) if is_used => Value,
                    _ => Receiver,
                };
                self.expression(&mut call.receiver, kind);
                self.each(&mut call.args);
            }
            Expr::Call(call) => {
                let in_closure = !self.closures.is_empty();
                let is_field = FieldPath::of(&call.func).is_some();
                let kind = if is_field && in_closure {
                    Place
                } else {
                    Receiver
                };
                self.expression(&mut call.func, kind);
                self.each(&mut call.args);
            }
            Expr::Macro(_) => self.macro_expression(expr),
            other => self.operators(other),
        }
    }

    /// `x.f` and `*x`: the base is a place.
    fn projection(&mut self, expr: &mut Expr, mut access: Access) {
        if access.path.is_none() {
            access.path = FieldPath::of(expr);
        }
        self.access = access;
        let base = match expr {
            Expr::Field(field) => &mut field.base,
            Expr::Unary(unary) => &mut unary.expr,
            _ => return,
        };
        self.expression(base, Place);
        self.access = Access::default();
    }

    fn path(&mut self, path: &mut ExprPath, kind: MentionKind) {
        let lone = path.qself.is_none() && path.path.get_ident().is_some();
        if let Some(segment) = path.path.segments.first_mut().filter(|_| lone)
            && let Some(placeholder) = self.mention(&segment.ident, kind)
        {
            segment.ident = placeholder;
        }
    }

    fn each<P>(&mut self, list: &mut syn::punctuated::Punctuated<Expr, P>) {
        for expr in list {
            self.expression(expr, Value);
        }
    }

    fn operators(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Reference(reference) => self.expression(&mut reference.expr, Place),
            Expr::RawAddr(address) => self.expression(&mut address.expr, Place),
            Expr::Unary(unary) => self.operand(&mut unary.expr),
            Expr::Range(range) => {
                let ends = [range.start.as_deref_mut(), range.end.as_deref_mut()];
                ends.into_iter().flatten().for_each(|end| self.operand(end));
            }
            Expr::Cast(cast) => self.cast(cast),
            Expr::Index(index) => {
                self.expression(&mut index.expr, Place);
                self.operand(&mut index.index);
            }
            Expr::Binary(binary) if syntax::is_comparison(&binary.op) => {
                self.compared(&mut binary.left);
                self.compared(&mut binary.right);
            }
            Expr::Binary(binary) if syntax::is_compound(&binary.op) => {
                self.expression(&mut binary.left, Place);
                self.operand(&mut binary.right);
            }
            Expr::Binary(binary) if matches!(binary.op, BinOp::And(_) | BinOp::Or(_)) => {
                self.condition(&mut binary.left);
                self.condition(&mut binary.right);
            }
            Expr::Binary(binary) => {
                self.operand(&mut binary.left);
                self.operand(&mut binary.right);
            }
            Expr::Assign(assign) => {
                if matches!(*assign.left, Expr::Infer(_)) {
                    let wild: Pat = syn::parse_quote!(_);
                    self.matched(&mut assign.right, &wild, Place);
                } else {
                    if let Expr::Path(path) = &*assign.left
                        && let Some(name) = path.path.get_ident()
                    {
                        crate::ask::pinned::mark_replaced(name, &mut assign.right);
                    }
                    self.expression(&mut assign.right, Value);
                    self.assignee(&mut assign.left);
                }
            }
            Expr::Struct(literal) => {
                for field in &mut literal.fields {
                    self.field(field);
                }
                let others = Step::others(literal);
                if let Some(base) = &mut literal.rest {
                    self.field_path(base, FieldUse::Moved, Some(others));
                }
            }
            other => self.branches(other),
        }
    }

    /// `S { x }` becomes `S { x: placeholder }`.
    fn field(&mut self, field: &mut FieldValue) {
        self.expression(&mut field.expr, Value);
        let replaced = match (&field.expr, &field.member) {
            (Expr::Path(path), Member::Named(name)) => !path.path.is_ident(name),
            _ => false,
        };
        if replaced {
            field.colon_token.get_or_insert_with(Default::default);
        }
    }

    /// The left side of `=`: names in a destructuring assignment are assigned too.
    fn assignee(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Path(_) => self.expression(expr, Assign),
            Expr::Paren(inner) => self.assignee(&mut inner.expr),
            Expr::Group(inner) => self.assignee(&mut inner.expr),
            Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(|elem| self.assignee(elem)),
            Expr::Array(array) => array.elems.iter_mut().for_each(|elem| self.assignee(elem)),
            Expr::Call(call) => call.args.iter_mut().for_each(|arg| self.assignee(arg)),
            Expr::Struct(literal) => {
                for field in &mut literal.fields {
                    self.assignee(&mut field.expr);
                    if matches!(&field.expr, Expr::Path(_)) {
                        field.colon_token.get_or_insert_with(Default::default);
                    }
                }
            }
            Expr::Infer(_) | Expr::Range(_) => {}
            place => self.field_path(place, FieldUse::Assigned, None),
        }
    }

    fn branches(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Let(let_) => {
                let pattern = (*let_.pat).clone();
                self.matched(&mut let_.expr, &pattern, Scrutinee);
                self.bind(&mut let_.pat);
            }
            Expr::If(if_) => {
                self.scoped(|this| {
                    this.condition(&mut if_.cond);
                    this.visit_block_mut(&mut if_.then_branch);
                });
                if let Some((_, otherwise)) = &mut if_.else_branch {
                    self.expression(otherwise, Value);
                }
            }
            Expr::While(while_) => self.scoped(|this| {
                this.condition(&mut while_.cond);
                this.visit_block_mut(&mut while_.body);
            }),
            Expr::ForLoop(for_) => {
                self.expression(&mut for_.expr, Value);
                self.scoped(|this| {
                    this.bind_surely(&mut for_.pat);
                    this.visit_block_mut(&mut for_.body);
                });
            }
            Expr::Match(match_) => {
                self.expression(&mut match_.expr, Scrutinee);
                alternatives::split(&mut match_.arms);
                match_.arms.iter_mut().for_each(|arm| self.arm(arm));
            }
            other => self.captures(other),
        }
    }

    fn arm(&mut self, arm: &mut syn::Arm) {
        self.scoped(|this| {
            this.bind(&mut arm.pat);
            if let Some((_, guard)) = &mut arm.guard {
                this.expression(guard, Value);
            }
            this.expression(&mut arm.body, Value);
        });
    }

    fn captures(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(closure) => self.capturing(closure.capture.is_some(), |this| {
                for input in &mut closure.inputs {
                    this.hide(input);
                }
                this.expression(&mut closure.body, Value);
            }),
            Expr::Async(block) => self.capturing(block.capture.is_some(), |this| {
                this.visit_block_mut(&mut block.block);
            }),
            // They cannot name a local; an array's length neither.
            Expr::Const(_) | Expr::Verbatim(_) => {}
            Expr::Repeat(repeat) => self.expression(&mut repeat.expr, Value),
            other => self.walk_children(other),
        }
    }

    pub fn capturing(&mut self, by_move: bool, inside: impl FnOnce(&mut Self)) {
        self.closures.push(if by_move {
            Capture::ByMove
        } else {
            Capture::AsUsed
        });
        let first = self.mentions.len();
        self.scoped(inside);
        self.closures.pop();
        self.behind_closure = true;
        match by_move {
            _ if !self.closures.is_empty() => {}
            true => self.captured_fields(first),
            false => self.consumed_fields(first),
        }
    }
}
