//! Larger expressions that suspend: `f(a(), b().await, c())`.
//!
//! Input: an expression with a suspension among its operands. Output: the same expression over what
//! is left to evaluate in the block that is current then. What is evaluated before the last
//! suspension is *spilled*, in order, into locals of the compiler's own, which drop newest first as
//! the operands they stand for would; what comes after it stays inline, as written. Literals need no
//! room. Operands that are used in place are `place`'s to see to. Non-goal: suspensions in macros.

use super::ending::Ending;
use super::expected::{Expected, expects};
use super::tail::leaves_temporaries;
use super::{Dest, Lowering};
use crate::body::MentionId;
use crate::cfg::*;
use crate::syntax::{self, bare};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{BinOp, Expr, ExprBinary};

/// How an expression uses an operand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Moved or copied.
    Value,
    /// Used in place: the operand of `&`, the base of an index.
    Place(Access),
    /// A comparison's: scalars are copied, anything else is borrowed.
    Compared,
    /// A method's receiver.
    Receiver,
    /// What is called.
    Callee,
    /// The other fields of a struct literal.
    Rest,
}

/// What is done with a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
    /// As a method takes its receiver.
    Unknown,
}

pub(super) struct Operand<'e> {
    pub(super) expr: &'e mut Expr,
    pub(super) role: Role,
    /// The depth of the scope to whose end a `let` extends the temporaries that it borrows.
    pub(super) extend: Option<usize>,
}

impl<'e> Operand<'e> {
    pub(super) fn new(expr: &'e mut Expr, role: Role, extend: Option<usize>) -> Self {
        Operand { expr, role, extend }
    }
}

impl Lowering<'_> {
    /// The value of an expression that is larger than its suspensions.
    pub(super) fn larger(
        &mut self,
        e: &Expr,
        extend: Option<usize>,
        expected: Option<Expected>,
        ending: Option<Ending>,
    ) -> Expr {
        match e {
            Expr::Binary(e) if syntax::is_lazy(&e.op) => self.lazy(e),
            Expr::Binary(e) if syntax::is_compound(&e.op) => self.compound(e),
            Expr::Index(_) => self.place(e, Access::Read),
            e if matches!(e, Expr::Field(_)) || syntax::is_place(e) => {
                let part = self.place(e, Access::Read);
                self.own_part(part)
            }
            _ if self.has_expectations(e) || ending.is_some() && self.expects_behind(e, ending) => {
                self.with_expectations(e, extend, expected, ending)
            }
            _ => {
                let has_lowered_rest = self.has_lowered_rest(e);
                let mut e = e.clone();
                let lends = self.lends(&e);
                let mut operands = operands(&mut e, extend);
                if operands.is_empty() {
                    return self.refuse_suspensions(&e);
                }
                let lent = lends.and_then(|id| self.lend(operands[0].expr, id));
                self.in_order_ending(operands, ending);
                self.lent_to(&mut e, lent);
                match &mut e {
                    Expr::Struct(literal) if has_lowered_rest => self.with_rest(literal),
                    Expr::MethodCall(call) => self.own_receiver(call),
                    _ => {}
                }
                e
            }
        }
    }

    /// Whether an operand of such an ending that is spilled, since something behind may panic, has to know what is expected of it.
    fn expects_behind(&mut self, e: &Expr, ending: Option<Ending>) -> bool {
        let mut e = e.clone();
        let operands = operands(&mut e, None);
        let Some(last) = operands.iter().rposition(|o| self.is_lowered(o.expr)) else {
            return false;
        };
        let expects = |o: &Operand<'_>| !is_inline(o.expr) && expects(o.expr);
        panics_behind(&operands, last + 1)
            && operands[last..].iter().any(expects)
            && self.ages(&operands, ending).contains(&true)
    }

    /// Evaluates operands up to the last that suspends; the others stay as they are.
    pub(super) fn in_order(&mut self, operands: Vec<Operand<'_>>) {
        self.in_order_ending(operands, None);
    }

    fn in_order_ending(&mut self, operands: Vec<Operand<'_>>, ending: Option<Ending>) {
        let ages = self.ages(&operands, ending);
        let lowered: Vec<_> = operands.iter().map(|o| self.is_lowered(o.expr)).collect();
        let count = lowered.iter().rposition(|l| *l).map_or(0, |last| last + 1);
        let count = match ages.contains(&true) && panics_behind(&operands, count) {
            true => operands.len() + 1,
            false => count,
        };
        let mentions = operands.iter().take(count).map(|o| mentions(o.expr));
        let mentions: Vec<_> = mentions.collect();
        for (index, operand) in operands.into_iter().enumerate() {
            let value = if index + 1 < count {
                self.before(&operand, &mentions[index + 1..].concat())
            } else if index + 1 == count {
                self.last(&operand)
            } else {
                self.opaque(operand.expr)
            };
            if index + 1 < count && ages[index] {
                self.ages_with_temporaries(&value);
            }
            *operand.expr = in_parentheses_of(operand.expr, value);
        }
    }

    /// Whether nothing is spilled.
    pub(super) fn has_direct_operands(&self, e: &Expr) -> bool {
        let mut e = e.clone();
        if let Expr::Binary(e) = &e
            && (syntax::is_compound(&e.op) || syntax::is_lazy(&e.op))
        {
            return false;
        }
        let operands = operands(&mut e, None);
        let mut before_last = operands
            .iter()
            .rev()
            .skip_while(|o| !self.is_lowered(o.expr));
        let last = before_last.next();
        last.is_some_and(|o| self.is_direct(o.expr)) && before_last.all(|o| is_inline(o.expr))
    }

    /// An operand that has its value before others suspend, which make these mentions.
    fn before(&mut self, operand: &Operand<'_>, later: &[MentionId]) -> Expr {
        match operand.role {
            Role::Value => self.spill(operand.expr, operand.extend),
            _ => self.steady(operand, later),
        }
    }

    /// The last operand that suspends: what is left of it is evaluated where it stands.
    fn last(&mut self, operand: &Operand<'_>) -> Expr {
        match operand.role {
            Role::Value => self.value_extending(operand.expr, operand.extend),
            Role::Place(access) => self.place_of(operand.expr, access, operand.extend),
            Role::Compared => {
                let place = self.place(operand.expr, Access::Read);
                self.own_in_place(place, operand.role, None)
            }
            Role::Rest => self.place(operand.expr, Access::Read),
            Role::Receiver | Role::Callee => self.place(operand.expr, Access::Unknown),
        }
    }

    /// An operand that is used in place, found where it stands; a value that has a local is named there.
    pub(super) fn place_of(&mut self, e: &Expr, access: Access, extend: Option<usize>) -> Expr {
        let place = self.place_extending(e, access, extend);
        self.own_in_place(place, Role::Place(access), extend)
    }

    /// Evaluates an operand into a local of its own.
    pub(super) fn spill(&mut self, e: &Expr, extend: Option<usize>) -> Expr {
        if let Expr::Closure(closure) = bare(e) {
            let closure = self.with_captures(closure);
            return self.opaque(&closure);
        }
        if is_inline(e) {
            return self.opaque(e);
        }
        // The temporaries of its scrutinee live to the end of the statement.
        let scrutinises = matches!(bare(e), Expr::Match(_) | Expr::If(_)) && leaves_temporaries(e);
        let value = match scrutinises {
            true => self.branching(e, extend),
            false => self.value_extending(e, extend),
        };
        if self.is_own(&value) {
            return value;
        }
        let value = match extend {
            Some(depth) => self.hold_extended(value, depth),
            None => self.hold_temporaries(value),
        };
        let local = self.operand(&super::temporaries::name(bare(e)), e.span());
        self.push(Statement::Init(local, value));
        self.mention_value(local, e)
    }

    /// Whether an operand has a local of the compiler's own already.
    pub(super) fn is_own(&self, value: &Expr) -> bool {
        let local = syntax::as_mention(value).map(|id| self.body.mention(id).local);
        local.is_some_and(|local| self.passed.contains(&local))
    }

    /// `a && b` and `a || b`: the temporaries of each end with it.
    fn lazy(&mut self, e: &ExprBinary) -> Expr {
        if !self.is_lowered(&e.right) {
            let mut e = e.clone();
            let left = self.boolean(&e.left);
            *e.left = in_parentheses_of(&e.left, left);
            *e.right = self.opaque(&e.right);
            return Expr::Binary(e);
        }
        let result = self.outer_operand("condition", e.span());
        self.passed.insert(result);
        let [right, short, join] = [(); 3].map(|()| self.new_block());
        let condition = self.boolean(&e.left);
        let is_and = matches!(e.op, BinOp::And(_));
        let (then, otherwise) = if is_and {
            (right, short)
        } else {
            (short, right)
        };
        self.terminate(Terminator::Branch {
            condition,
            then,
            otherwise,
        });
        self.come_to(right);
        let value = self.boolean(&e.right);
        self.push(Statement::Init(result, value));
        self.goto(join);
        self.come_to(short);
        let decided = !is_and;
        self.push(Statement::Init(result, syn::parse_quote!(#decided)));
        self.goto(join);
        self.come_to(join);
        self.mention_value(result, e)
    }

    /// `PLACE = value`: the right side runs first, then the place.
    pub(super) fn assign(&mut self, e: &syn::ExprAssign, dest: Dest) {
        if !self.is_lowered(&e.left) {
            let left = self.opaque(&e.left);
            let right = self.value_of(&e.right);
            self.finish(&Dest::Assign(Box::new(left)), right);
        } else if syntax::destructures(&e.left) {
            self.destructure(e);
        } else {
            let right = self.spill(&e.right, None);
            let left = self.place(&e.left, Access::Write);
            self.finish(&Dest::Assign(Box::new(left)), right);
        }
        if !matches!(dest, Dest::Discard) {
            let unit = self.unit(e.span());
            self.finish(&dest, unit);
        }
    }

    pub(super) fn refuse_suspensions(&mut self, e: &Expr) -> Expr {
        for span in syntax::suspensions(e) {
            self.sink.error(
                span,
                "a suspension inside this expression is not supported yet; bind its value first: `let value = ...;`",
            );
        }
        self.unit(e.span())
    }
}

/// Whether something may panic while the last of so many operands or one behind them is evaluated, where the operands before
/// should be in their places still, if they are older than its temporaries.
fn panics_behind(operands: &[Operand<'_>], count: usize) -> bool {
    let Some((last, others)) = operands[count.saturating_sub(1)..].split_first() else {
        return false;
    };
    count > 1
        && operands[count - 1..].iter().all(|o| o.role == Role::Value)
        && (!matches!(bare(last.expr), Expr::Await(_)) || others.iter().any(|o| !is_inline(o.expr)))
}

/// The operands of an expression in order of evaluation.
pub(super) fn operands(e: &mut Expr, extend: Option<usize>) -> Vec<Operand<'_>> {
    let value = |e| Operand::new(e, Role::Value, None);
    let part = |e| Operand::new(e, Role::Value, extend);
    match e {
        Expr::Call(e) => {
            let extend = extend.filter(|_| syntax::is_constructor(&e.func));
            let is_item =
                matches!(&*e.func, Expr::Path(_)) && syntax::as_mention(&e.func).is_none();
            let callee = Operand::new(&mut e.func, Role::Callee, None);
            let callee = (!is_item).then_some(callee);
            let args = e.args.iter_mut();
            let args = args.map(|e| Operand::new(e, Role::Value, extend));
            callee.into_iter().chain(args).collect()
        }
        Expr::MethodCall(e) => {
            let receiver = Operand::new(&mut e.receiver, Role::Receiver, None);
            let args = e.args.iter_mut().map(value);
            std::iter::once(receiver).chain(args).collect()
        }
        Expr::Binary(e) => {
            let role = match syntax::is_comparison(&e.op) {
                true => Role::Compared,
                false => Role::Value,
            };
            let sides = [&mut e.left, &mut e.right];
            sides.map(|e| Operand::new(e, role, None)).into()
        }
        Expr::Reference(e) => {
            let access = match e.mutability {
                Some(_) => Access::Write,
                None => Access::Read,
            };
            vec![Operand::new(&mut e.expr, Role::Place(access), extend)]
        }
        Expr::RawAddr(e) => {
            let access = match e.mutability {
                syn::PointerMutability::Mut(_) => Access::Write,
                syn::PointerMutability::Const(_) => Access::Read,
            };
            vec![Operand::new(&mut e.expr, Role::Place(access), extend)]
        }
        Expr::Struct(e) => {
            let rest = e.rest.as_deref_mut();
            let rest = rest.map(|e| Operand::new(e, Role::Rest, None));
            e.fields
                .iter_mut()
                .map(|f| part(&mut f.expr))
                .chain(rest)
                .collect()
        }
        Expr::Tuple(e) => e.elems.iter_mut().map(part).collect(),
        Expr::Array(e) => e.elems.iter_mut().map(part).collect(),
        Expr::Range(e) => {
            let ends = [e.start.as_deref_mut(), e.end.as_deref_mut()];
            ends.into_iter().flatten().map(value).collect()
        }
        Expr::Cast(e) => vec![part(&mut e.expr)],
        Expr::Repeat(e) => vec![value(&mut e.expr)],
        Expr::Unary(e) => {
            let role = match e.op {
                syn::UnOp::Deref(_) => Role::Place(Access::Read),
                _ => Role::Value,
            };
            vec![Operand::new(&mut e.expr, role, None)]
        }
        Expr::Field(e) => vec![Operand::new(&mut e.base, Role::Place(Access::Read), None)],
        Expr::Index(e) => vec![
            Operand::new(&mut e.expr, Role::Place(Access::Read), None),
            value(&mut e.index),
        ],
        Expr::Try(e) => vec![value(&mut e.expr)],
        _ => Vec::new(),
    }
}

/// What can as well be evaluated after the suspensions.
pub(super) fn is_inline(e: &Expr) -> bool {
    match bare(e) {
        Expr::Lit(_) => true,
        Expr::Unary(e) => matches!(e.op, syn::UnOp::Neg(_)) && is_inline(&e.expr),
        // Its parameters' types may come from what it is passed to.
        Expr::Closure(_) => true,
        _ => false,
    }
}

/// The locals' mentions in an expression.
pub(super) fn mentions(e: &Expr) -> Vec<MentionId> {
    syntax::mentions(e.to_token_stream())
}

/// `value` in the place of `written`, in parentheses if that is.
pub(super) fn in_parentheses_of(written: &Expr, value: Expr) -> Expr {
    match written {
        Expr::Paren(outer) if !matches!(value, Expr::Paren(_) | Expr::Path(_) | Expr::Macro(_)) => {
            let mut outer = outer.clone();
            *outer.expr = value;
            Expr::Paren(outer)
        }
        _ => value,
    }
}
