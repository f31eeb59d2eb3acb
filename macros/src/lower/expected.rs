//! Operands whose types come from where they go: closures, and what is coerced inside of something.
//!
//! Input: an expression of which such an operand is spilled. Output: the same, every operand in a local
//! of its own, after code for the type checker alone: the expression over these locals, which never
//! runs. So rustc knows what is expected of an operand where it comes to it.

use super::ending::Ending;
use super::operand::{Access, Operand, Role, in_parentheses_of, is_inline, mentions, operands};
use super::update::is_of_value;
use super::{Dest, Lowering};
use crate::body::{LocalId, MentionKind, marker};
use crate::cfg::*;
use crate::hash::HashMap;
use crate::parts::Step;
use crate::syntax::{self, bare};
use proc_macro2::Ident;
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Stmt};

/// What an expression's own type comes from.
#[derive(Clone)]
pub(super) enum Expected {
    /// It initialises this local.
    Of(LocalId),
    /// It is the function's value.
    Returned,
    /// Of itself alone.
    Itself,
}

impl Lowering<'_> {
    /// What a destination makes known of the type.
    pub(super) fn expected_by(&self, dest: &Dest) -> Option<Expected> {
        match dest {
            Dest::Local(local) => Some(Expected::Of(*local)),
            Dest::Return => Some(Expected::Returned),
            Dest::Discard | Dest::Assign(_) => None,
        }
    }

    /// What `let x: T` makes known.
    pub(super) fn expected_type(&mut self, ty: &syn::Type) -> Expected {
        let local = self.temporary("expected", ty.span());
        self.push(Statement::Uninit(self.scope(), local, Some(ty.clone())));
        Expected::Of(local)
    }

    /// Whether an operand is spilled that has to know what is expected of it.
    pub(super) fn has_expectations(&self, e: &Expr) -> bool {
        let mut e = e.clone();
        let operands = operands(&mut e, None);
        let last = operands.iter().rposition(|o| self.is_lowered(o.expr));
        let spilled = operands.iter().take(last.unwrap_or(0));
        spilled
            .filter(|o| o.role == Role::Value && !is_inline(o.expr))
            .any(|o| expects(o.expr))
    }

    pub(super) fn with_expectations(
        &mut self,
        e: &Expr,
        extend: Option<usize>,
        expected: Option<Expected>,
        ending: Option<Ending>,
    ) -> Expr {
        let (mut whole, mut typed) = (e.clone(), e.clone());
        let span = e.span();
        let mut parts = operands(&mut whole, extend);
        let last = parts.iter().rposition(|o| self.is_lowered(o.expr));
        let ages = self.ages(&parts, ending);
        let lends = self.lends(e);
        if lends.is_none() {
            self.first(&mut parts);
        }
        let locals: Vec<_> = parts.iter().map(|part| self.local_of(part)).collect();
        for ((part, local), copy) in parts.iter().zip(&locals).zip(operands(&mut typed, None)) {
            *copy.expr = match local {
                Some(local) => self.mention(*local, MentionKind::Value, part.expr.span()),
                None if part.role == Role::Value => part.expr.clone(),
                None => self.again(part.expr),
            };
        }
        let result = self.operand(&super::temporaries::name(e), span);
        // None is there before it has its value: temporaries that are made by then are older.
        for local in locals.iter().flatten().chain([&result]) {
            self.operands.remove(local);
        }
        // Each closure is a type of its own, which may be a part of the whole's.
        let is_closure = |o: &Operand<'_>| matches!(bare(o.expr), Expr::Closure(_));
        let itself = match parts.iter().any(is_closure) {
            true => Expected::Itself,
            false => Expected::Of(result),
        };
        let typed = self.typed_first(&typed, expected.unwrap_or(itself));
        let lent = lends.and_then(|id| self.lend(parts[0].expr, id));
        for (index, (part, local)) in parts.into_iter().zip(locals).enumerate() {
            let Some(local) = local else {
                if part.role == Role::Value && Some(index) < last {
                    *part.expr = self.spill(part.expr, None);
                }
                continue;
            };
            if let (Role::Rest, Expr::Struct(literal)) = (part.role, e) {
                let rest = self.place(part.expr, Access::Read);
                *part.expr = self.rest_in(local, &rest, Step::others(literal));
                continue;
            }
            let value = match Some(index) <= last {
                true => self.value_extending(part.expr, part.extend),
                false => self.opaque(part.expr),
            };
            let value = match part.extend {
                Some(depth) => self.hold_extended(value, depth),
                None => self.hold_temporaries(value),
            };
            self.push(Statement::Init(local, value));
            self.redeclare(local);
            if !ages[index] {
                self.operands.insert(local);
            }
            *part.expr = self.mention_value(local, part.expr);
        }
        self.lent_to(&mut whole, lent);
        // What an operand never comes back from is no one's to type.
        if self.current.is_none()
            && let Some((block, at)) = typed
        {
            self.cfg.blocks[block.0 as usize].statements.remove(at);
        }
        self.push(Statement::Init(result, whole));
        self.redeclare(result);
        self.operands.insert(result);
        self.passed.insert(result);
        self.mention_value(result, e)
    }

    /// A receiver, or what is called, has its place before the arguments are evaluated.
    fn first(&mut self, parts: &mut [Operand<'_>]) {
        let later: Vec<_> = parts
            .iter()
            .skip(1)
            .flat_map(|o| mentions(o.expr))
            .collect();
        let in_place = |role| !matches!(role, Role::Value | Role::Rest);
        if let Some(first) = parts.first_mut().filter(|o| in_place(o.role)) {
            let place = self.steady(first, &later);
            *first.expr = in_parentheses_of(first.expr, place);
        }
    }

    /// A closure that is made after others suspend, but has what it captures by `move` before.
    pub(super) fn with_captures(&mut self, e: &syn::ExprClosure) -> Expr {
        let ids = mentions(&Expr::Closure(e.clone()));
        let mut whole = Vec::new();
        for id in &ids {
            let mention = self.body.mention(*id);
            if mention.kind == MentionKind::Capture && !whole.contains(&mention.local) {
                whole.push(mention.local);
            }
        }
        // Of what is used in parts, the parts are captured.
        for id in &ids {
            let mention = self.body.mention(*id);
            if mention.projected() || mention.within == MentionKind::Scrutinee {
                whole.retain(|local| *local != mention.local);
            }
        }
        let mut copies = HashMap::default();
        // They drop as the closure drops them: first the first.
        for local in whole.into_iter().rev() {
            let name = self.body.local(local).name.clone();
            let copy = self.operand(&name.to_string(), name.span());
            let value = self.mention(local, MentionKind::Value, name.span());
            let (plain, unique) = (
                self.body.local(local).plain_data,
                self.body.local(local).unique,
            );
            let made = &mut self.body.locals[copy.0 as usize];
            (made.plain_data, made.unique) = (plain, unique);
            self.push(Statement::Init(copy, value));
            copies.insert(local, copy);
        }
        let tokens = self.body.mentioned_instead(e.to_token_stream(), &copies);
        super::temporaries::parse(tokens)
    }

    /// The local that an operand gets.
    fn local_of(&mut self, part: &Operand<'_>) -> Option<LocalId> {
        let gets = match part.role {
            Role::Value => !is_inline(part.expr),
            Role::Rest => self.is_lowered(part.expr) && is_of_value(part.expr),
            _ => false,
        };
        let name = super::temporaries::name(bare(part.expr));
        gets.then(|| self.operand(&name, part.expr.span()))
    }

    /// Writes code for the type checker; gives the place of the statement.
    pub(super) fn typed_first(&mut self, e: &Expr, expected: Expected) -> Option<(BlockId, usize)> {
        let span = e.span();
        let typed = Ident::new(marker::TYPED, span);
        let target = match expected {
            Expected::Of(local) => {
                let local = local.placeholder(span);
                quote_spanned!(span=> #local,)
            }
            Expected::Returned => quote_spanned!(span=> return,),
            Expected::Itself => quote_spanned!(span=> _,),
        };
        let statement = syn::parse2::<Stmt>(quote_spanned!(span=> #typed!(#target #e);));
        let block = self.current?;
        let at = self.cfg.block(block).statements.len();
        self.push(Statement::Opaque(statement.expect("made as a statement")));
        Some((block, at))
    }
}

/// Whether the type of a value, or of a part of it, may come from what is expected of it.
pub(super) fn expects(e: &Expr) -> bool {
    let part = |e: &Expr| is_coercible(e) || expects(e);
    match bare(e) {
        Expr::Closure(_) | Expr::Async(_) => true,
        Expr::Reference(e) => expects(&e.expr),
        Expr::Call(e) => is_generic_constructor(&e.func) && e.args.iter().any(part),
        Expr::Struct(e) => e.fields.iter().any(|f| part(&f.expr)),
        Expr::Tuple(e) => e.elems.iter().any(part),
        Expr::Array(e) => e.elems.iter().any(part),
        Expr::If(e) => block_expects(&e.then_branch) || e.else_branch.iter().any(|(_, e)| part(e)),
        Expr::Match(e) => e.arms.iter().any(|arm| part(&arm.body)),
        Expr::Block(e) => block_expects(&e.block),
        Expr::Unsafe(e) => block_expects(&e.block),
        _ => false,
    }
}

fn block_expects(block: &syn::Block) -> bool {
    match block.stmts.last() {
        Some(Stmt::Expr(e, None)) => is_coercible(e) || expects(e),
        _ => false,
    }
}

/// What is coerced where it is a part of something: references and boxes.
pub(super) fn is_coercible(e: &Expr) -> bool {
    match bare(e) {
        Expr::Reference(_) => true,
        Expr::Call(e) => !syntax::is_constructor(&e.func) && is_generic_constructor(&e.func),
        _ => false,
    }
}

/// `Some`, `Box::new`: its argument's type is a part of its result's.
fn is_generic_constructor(func: &Expr) -> bool {
    let Expr::Path(p) = func else { return false };
    let made = |s: &syn::PathSegment| ["new", "pin", "from"].iter().any(|name| s.ident == name);
    syntax::is_constructor(func)
        || p.path.segments.len() > 1 && p.path.segments.last().is_some_and(made)
}
