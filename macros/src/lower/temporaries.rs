//! Temporaries that live on while the function is suspended, and those that a `let` extends.
//!
//! An rvalue in place context (the operand of `&`, a receiver, the base of a field or an index) is
//! a temporary that lives to the end of its statement. Where the statement suspends, it becomes a
//! local of the compiler's own, initialised in place. Constants are left alone: rustc promotes
//! them, and a slot would take that from the user.

use super::Lowering;
use super::diverges::diverges;
use super::operand::Access;
use super::rvalues::{Context, is_fixed, is_held, promoted, search, search_mut, search_rest};
use crate::body::{FieldUse, LocalId, MentionKind, marker};
use crate::parts::{FieldPath, Step};
use crate::spans::{self, Place};
use crate::syntax;
use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Pat, UnOp};

impl Lowering<'_> {
    /// Gives the temporaries of an operand a place until the end of the innermost scope.
    pub(super) fn hold_temporaries(&mut self, mut e: Expr) -> Expr {
        let mut temporaries = Temporaries {
            lowering: self,
            kept: Kept::All,
        };
        temporaries.value(&mut e);
        e
    }

    /// The same for a place: its base is a temporary if it is an rvalue.
    pub(super) fn hold_base(&mut self, mut e: Expr) -> Expr {
        let context = Context::Place { mutable: true };
        let mut temporaries = Temporaries {
            lowering: self,
            kept: Kept::All,
        };
        search_mut(&mut e, context, &mut |e, context| {
            temporaries.hold(e, context, None)
        });
        e
    }

    pub(super) fn makes_temporaries(&self, e: &Expr) -> bool {
        let mut found = false;
        search(e, Context::Value, &mut |_, _| found = true);
        found
    }

    /// Whether rustc is to be asked which temporaries there are.
    pub(super) fn asks(&self, e: &Expr) -> bool {
        let mut asks = false;
        search(e, Context::Value, &mut |_, context| {
            asks |= matches!(context, Context::Receiver);
        });
        asks
    }

    /// The temporaries that `let` extends live as long as what it binds.
    pub(super) fn extend_temporaries(&mut self, mut e: Expr, depth: usize) -> Expr {
        let mut temporaries = Temporaries {
            lowering: self,
            kept: Kept::Extended,
        };
        temporaries.extending(&mut e, depth);
        e
    }

    /// Both: the statement goes on to suspend.
    pub(super) fn hold_extended(&mut self, mut e: Expr, depth: usize) -> Expr {
        let mut temporaries = Temporaries {
            lowering: self,
            kept: Kept::All,
        };
        temporaries.extending(&mut e, depth);
        e
    }

    /// What an extended place is a part of, which gets a place of its own: what that borrows is extended, if it is a reference.
    pub(super) fn hold_extended_base(&mut self, e: Expr, depth: usize) -> Expr {
        let Expr::Reference(mut e) = e else {
            return self.hold_temporaries(e);
        };
        let mut temporaries = Temporaries {
            lowering: self,
            kept: Kept::All,
        };
        temporaries.extended_base(&mut e.expr, e.mutability.is_some(), depth);
        Expr::Reference(e)
    }

    /// `let ref x = value`: the value itself is extended; of a place, its base.
    pub(super) fn extend_pattern(&mut self, mut value: Expr, pattern: &Pat, depth: usize) -> Expr {
        if !binds_by_reference(pattern) {
            return value;
        }
        let own = self.is_own(&value);
        let is_part = syntax::is_place(syntax::bare(&value));
        let base = match own {
            true => &mut value,
            false => syntax::base_mut(&mut value),
        };
        if syntax::is_place(base) && !own && !syntax::is_unit_constructor(base) {
            let mut temporaries = Temporaries {
                lowering: self,
                kept: Kept::All,
            };
            temporaries.extended(&mut value, true, depth);
            return value;
        }
        let span = base.span();
        // Those that are not extended end when the pattern has bound its parts.
        let held = match is_part {
            true => self.hold_extended_base(base.clone(), depth),
            false => self.hold_extended(base.clone(), depth),
        };
        // It outlives the bindings, which are declared around the statement's own temporaries.
        let local = self.temporary_at_least(depth, "temporary", span);
        self.push(crate::cfg::Statement::Init(local, held));
        *base = self.mention(local, MentionKind::Scrutinee, span);
        value
    }
}

pub(super) fn binds_by_reference(pattern: &Pat) -> bool {
    borrows_by(pattern).is_some()
}

/// What a pattern does with the place that it is matched with.
pub(super) fn access_of(pattern: &Pat) -> Access {
    borrows_by(pattern).unwrap_or(Access::Read)
}

fn borrows_by(pattern: &Pat) -> Option<Access> {
    struct ByRef(Option<Access>);
    impl<'ast> syn::visit::Visit<'ast> for ByRef {
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            if p.by_ref.is_some() && self.0 != Some(Access::Write) {
                self.0 = Some(match p.mutability {
                    Some(_) => Access::Write,
                    None => Access::Read,
                });
            }
            syn::visit::visit_pat_ident(self, p);
        }
    }
    let mut visitor = ByRef(None);
    syn::visit::Visit::visit_pat(&mut visitor, pattern);
    visitor.0
}

struct Temporaries<'a, 'b> {
    lowering: &'a mut Lowering<'b>,
    kept: Kept,
}

/// Which temporaries get a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// Every one: the others live to the end of the statement.
    All,
    /// Those that a `let` extends, and what they may borrow: the others end with the code of the statement.
    Extended,
    /// Those that a `let` extends: the others end with the branch that they are in.
    Branch,
}

impl Temporaries<'_, '_> {
    fn value(&mut self, e: &mut Expr) {
        search_mut(e, Context::Value, &mut |e, context| {
            self.hold(e, context, None)
        });
    }

    /// The extending expressions of an initialiser, for a `let` in the scope at `depth`.
    fn extending(&mut self, e: &mut Expr, depth: usize) {
        match e {
            Expr::Reference(r) => self.extended(&mut r.expr, r.mutability.is_some(), depth),
            Expr::Paren(e) => self.extending(&mut e.expr, depth),
            Expr::Group(e) => self.extending(&mut e.expr, depth),
            Expr::Cast(e) => self.extending(&mut e.expr, depth),
            Expr::Tuple(e) => e.elems.iter_mut().for_each(|e| self.extending(e, depth)),
            Expr::Array(e) => e.elems.iter_mut().for_each(|e| self.extending(e, depth)),
            Expr::Struct(literal) => {
                let fields = literal.fields.iter_mut();
                fields.for_each(|f| self.extending(&mut f.expr, depth));
                if self.kept == Kept::All {
                    self.rest(e);
                }
            }
            Expr::Call(e) if syntax::is_constructor(&e.func) => {
                e.args.iter_mut().for_each(|e| self.extending(e, depth));
            }
            Expr::RawAddr(r) => {
                let mutable = matches!(r.mutability, syn::PointerMutability::Mut(_));
                self.extended(&mut r.expr, mutable, depth);
            }
            Expr::Block(e) => self.extending_tail(&mut e.block, depth),
            Expr::Unsafe(e) => self.extending_tail(&mut e.block, depth),
            Expr::If(e) => self.ending(|this| {
                this.extending_tail(&mut e.then_branch, depth);
                if let Some((_, e)) = &mut e.else_branch {
                    this.extending(e, depth);
                }
            }),
            Expr::Match(e) => self.ending(|this| {
                let arms = e.arms.iter_mut();
                arms.for_each(|arm| this.extending(&mut arm.body, depth));
            }),
            _ if self.kept == Kept::All => self.value(e),
            _ => {}
        }
    }

    fn extending_tail(&mut self, block: &mut syn::Block, depth: usize) {
        let is_older = (self.lowering.editions).is_older(block.brace_token.span.open());
        let Some(syn::Stmt::Expr(tail, None)) = block.stmts.last_mut() else {
            return;
        };
        match is_older {
            true => self.extending(tail, depth),
            false => self.ending(|this| this.extending(tail, depth)),
        }
    }

    /// Looks at what ends its temporaries itself, but for those that are extended: a branch.
    fn ending(&mut self, look: impl FnOnce(&mut Self)) {
        self.keeping(Kept::Branch, look);
    }

    /// Looks at what is borrowed to the end of the scope: so what that borrows in turn is not to be ordinary.
    fn borrowed(&mut self, look: impl FnOnce(&mut Self)) {
        let kept = match self.kept {
            Kept::All | Kept::Extended => Kept::All,
            Kept::Branch => Kept::Branch,
        };
        self.keeping(kept, look);
    }

    fn keeping(&mut self, kept: Kept, look: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.kept, kept);
        look(self);
        self.kept = around;
    }

    /// The operand of a reference that is extended: of a place, its base. A value is extending itself: `&[&make()]`.
    fn extended(&mut self, e: &mut Expr, mutable: bool, depth: usize) {
        match e {
            Expr::Paren(e) => return self.extended(&mut e.expr, mutable, depth),
            Expr::Group(e) => return self.extended(&mut e.expr, mutable, depth),
            e if is_fixed(e, mutable) || is_held(e) || promoted(e, mutable) => return,
            Expr::Field(_) | Expr::Index(_) => {}
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => {}
            e => {
                self.borrowed(|this| this.extending(e, depth));
                return self.hold(e, Context::Place { mutable }, Some(depth));
            }
        }
        self.extended_base(e, mutable, depth);
    }

    /// What an extended place is a part of. What that is made of is not extended.
    fn extended_base(&mut self, e: &mut Expr, mutable: bool, depth: usize) {
        match e {
            Expr::Paren(e) => self.extended_base(&mut e.expr, mutable, depth),
            Expr::Group(e) => self.extended_base(&mut e.expr, mutable, depth),
            Expr::Field(e) => self.extended_base(&mut e.base, mutable, depth),
            Expr::Index(e) => {
                let mutable = super::rvalues::is_changed(&e.expr);
                self.extended_base(&mut e.expr, mutable, depth);
                if self.kept == Kept::All {
                    self.value(&mut e.index);
                }
            }
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => {
                let mutable = super::rvalues::is_changed(&e.expr);
                self.extended_base(&mut e.expr, mutable, depth);
            }
            // `&(&make()).field`: what a part is borrowed of by way of a reference.
            Expr::Reference(e) => self.extended_base(&mut e.expr, e.mutability.is_some(), depth),
            e if is_fixed(e, mutable) || is_held(e) || promoted(e, mutable) => {}
            e => {
                if self.kept != Kept::Branch {
                    self.value(e);
                }
                self.hold(e, Context::Place { mutable }, Some(depth));
            }
        }
    }

    /// What a literal takes its other fields from.
    fn rest(&mut self, literal: &mut Expr) {
        search_rest(literal, &mut |e, context| self.hold(e, context, None));
    }

    fn temporary(&mut self, name: &str, span: Span, depth: Option<usize>) -> LocalId {
        match depth {
            Some(depth) => self.lowering.temporary_at_least(depth, name, span),
            None => self.lowering.held(name, span),
        }
    }

    fn hold(&mut self, e: &mut Expr, context: Context, depth: Option<usize>) {
        // It is never made.
        if diverges(e) {
            return;
        }
        let span = e.span();
        let name = name(e);
        match context {
            Context::Receiver => {
                let (receiver, args) = match e {
                    Expr::MethodCall(call) => (&mut call.receiver, &mut call.args),
                    Expr::Call(call) => (&mut call.func, &mut call.args),
                    _ => unreachable!("a receiver's call"),
                };
                let local = self.temporary(&name, span, depth);
                let mention = match FieldPath::of_value(receiver) {
                    None => self.lowering.mention(local, MentionKind::Receiver, span),
                    Some(path) => {
                        let received = Some(FieldUse::Received(path.clone()));
                        self.lowering.mention_of_part(local, path, received, span)
                    }
                };
                let receiver = std::mem::replace(syntax::base_mut(receiver), mention.clone());
                self.lowering.has_value(&mention, &receiver);
                // Declared after the receiver, since they are evaluated after it.
                args.iter_mut().for_each(|e| self.value(e));
                *e = initialised(local, &receiver, &*e);
            }
            Context::Moved => {
                let local = self.temporary(&name, span, depth);
                let path = FieldPath::of_value(e).expect("a field of a value");
                let moved = Some(FieldUse::Moved(path.clone()));
                let mention = self.lowering.mention_of_part(local, path, moved, span);
                let value = std::mem::replace(syntax::base_mut(e), mention);
                *e = initialised(local, &value, &*e);
            }
            Context::Rest => {
                let Expr::Struct(literal) = e else {
                    unreachable!("a literal")
                };
                let others = Step::others(literal);
                let Some(rest) = &mut literal.rest else {
                    unreachable!("a literal with a rest")
                };
                let local = self.temporary(&name, span, depth);
                let path = FieldPath::of_value(rest).unwrap_or_default();
                let mut moved = path.clone();
                moved.0.push(others);
                let moved = Some(FieldUse::Moved(moved));
                let mention = self.lowering.mention_of_part(local, path, moved, span);
                let base = syntax::base_mut(rest);
                let (rest, place) = (Ident::new(marker::REST, span), local.placeholder(span));
                *base = parse(quote_spanned!(span=> #rest!(#place, #mention, #base)));
            }
            Context::Place { .. } | Context::Value => {
                let local = self.temporary(&name, span, depth);
                let (hold, place) = (Ident::new(marker::HOLD, span), local.placeholder(span));
                let end = Place::of(&*e, span).end;
                let held = spans::parentheses(quote_spanned!(span=> #place, #e), end);
                *e = parse(quote_spanned!(span=> #hold! #held));
            }
        }
    }
}

/// `{ init!(local, value); then }`
fn initialised(local: LocalId, value: &Expr, then: &impl ToTokens) -> Expr {
    let span = value.span();
    let (init, place) = (Ident::new(marker::INIT, span), local.placeholder(span));
    parse(quote_spanned!(span=> { #init!(#place, #value); #then }))
}

pub(super) fn parse(tokens: proc_macro2::TokenStream) -> Expr {
    syn::parse2(tokens).expect("made as an expression")
}

/// Temporaries are named for the function that makes them.
pub(super) fn name(e: &Expr) -> String {
    let found = match e {
        Expr::MethodCall(e) => match &*e.receiver {
            Expr::MethodCall(inner) => Some(inner.method.to_string()),
            receiver => return name(receiver),
        },
        Expr::Call(e) => match &*e.func {
            Expr::Path(p) => p.path.segments.last().map(|s| s.ident.to_string()),
            _ => None,
        },
        Expr::Field(e) => return name(&e.base),
        Expr::Await(e) => return name(&e.base),
        Expr::Try(e) => return name(&e.expr),
        Expr::Reference(e) => return name(&e.expr),
        _ => None,
    };
    let usable = |name: &String| syn::parse_str::<Ident>(name).is_ok();
    found.filter(usable).unwrap_or_else(|| "temporary".into())
}
