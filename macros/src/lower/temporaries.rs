//! Temporaries that live on while the function is suspended, and those that a `let` extends.
//!
//! An rvalue in place context (the operand of `&`, a receiver, the base of a field or an index) is
//! a temporary that lives to the end of its statement. Where the statement suspends, it becomes a
//! local of the compiler's own, initialised in place. Constants are left alone: rustc promotes
//! them, and a slot would take that from the user.

use super::Lowering;
use crate::body::{LocalId, MentionKind, marker};
use proc_macro2::{Ident, Span};
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{Expr, Pat, UnOp};

impl Lowering<'_> {
    /// Gives the temporaries of an operand a place until the end of the innermost scope.
    pub(super) fn hold_temporaries(&mut self, mut e: Expr) -> Expr {
        Temporaries {
            lowering: self,
            depth: None,
        }
        .value(&mut e);
        e
    }

    /// The same for a place: its base is a temporary if it is an rvalue.
    pub(super) fn hold_base(&mut self, mut e: Expr) -> Expr {
        let context = Context::Place { mutable: true };
        let mut temporaries = Temporaries {
            lowering: self,
            depth: None,
        };
        search_mut(&mut e, context, &mut |e, context| {
            temporaries.hold(e, context)
        });
        e
    }

    pub(super) fn makes_temporaries(&self, e: &Expr) -> bool {
        let mut found = false;
        search(e, Context::Value, &mut |_, _| found = true);
        found
    }

    /// The temporaries that `let` extends live as long as what it binds.
    pub(super) fn extend_temporaries(&mut self, mut e: Expr, depth: usize) -> Expr {
        Temporaries {
            lowering: self,
            depth: Some(depth),
        }
        .extending(&mut e);
        e
    }

    /// `let ref x = value`: the value itself is extended.
    pub(super) fn extend_pattern(&mut self, value: Expr, pattern: &Pat, depth: usize) -> Expr {
        if crate::syntax::is_place(crate::syntax::bare(&value)) || !binds_by_reference(pattern) {
            return value;
        }
        let span = value.span();
        let local = self.temporary_at(depth, "temporary", span);
        self.push(crate::cfg::Statement::Init(local, value));
        self.mention(local, MentionKind::Scrutinee, span)
    }
}

fn binds_by_reference(pattern: &Pat) -> bool {
    struct ByRef(bool);
    impl<'ast> syn::visit::Visit<'ast> for ByRef {
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            self.0 |= p.by_ref.is_some();
            syn::visit::visit_pat_ident(self, p);
        }
    }
    let mut visitor = ByRef(false);
    syn::visit::Visit::visit_pat(&mut visitor, pattern);
    visitor.0
}

struct Temporaries<'a, 'b> {
    lowering: &'a mut Lowering<'b>,
    /// The scope whose end they live to, if not that of the current expression.
    depth: Option<usize>,
}

impl Temporaries<'_, '_> {
    fn temporary(&mut self, name: &str, span: Span) -> LocalId {
        match self.depth {
            Some(depth) => self.lowering.temporary_at(depth, name, span),
            None => self.lowering.temporary(name, span),
        }
    }

    fn value(&mut self, e: &mut Expr) {
        search_mut(e, Context::Value, &mut |e, context| self.hold(e, context));
    }

    /// The extending expressions of an initialiser.
    fn extending(&mut self, e: &mut Expr) {
        match e {
            Expr::Reference(r) => {
                let context = Context::Place {
                    mutable: r.mutability.is_some(),
                };
                search_mut(&mut r.expr, context, &mut |e, context| {
                    self.hold(e, context)
                });
            }
            Expr::Paren(e) => self.extending(&mut e.expr),
            Expr::Group(e) => self.extending(&mut e.expr),
            Expr::Cast(e) => self.extending(&mut e.expr),
            Expr::Tuple(e) => e.elems.iter_mut().for_each(|e| self.extending(e)),
            Expr::Array(e) => e.elems.iter_mut().for_each(|e| self.extending(e)),
            Expr::Struct(e) => e
                .fields
                .iter_mut()
                .for_each(|f| self.extending(&mut f.expr)),
            Expr::Call(e) if is_constructor(&e.func) => {
                e.args.iter_mut().for_each(|e| self.extending(e));
            }
            _ => {}
        }
    }

    fn hold(&mut self, e: &mut Expr, context: Context) {
        let span = e.span();
        let name = temporary_name(e);
        match context {
            Context::Receiver => {
                let Expr::MethodCall(call) = e else {
                    unreachable!("a receiver's call")
                };
                let local = self.temporary(&name, span);
                let mention = self.lowering.mention(local, MentionKind::Receiver, span);
                let receiver = std::mem::replace(&mut *call.receiver, mention);
                // Declared after the receiver, since they are evaluated after it.
                call.args.iter_mut().for_each(|e| self.value(e));
                let (init, place) = (Ident::new(marker::INIT, span), local.placeholder(span));
                *e = parse(quote_spanned!(span=> { #init!(#place, #receiver); #call }));
            }
            Context::Place { .. } | Context::Value => {
                let local = self.temporary(&name, span);
                let (hold, place) = (Ident::new(marker::HOLD, span), local.placeholder(span));
                *e = parse(quote_spanned!(span=> #hold!(#place, #e)));
            }
        }
    }
}

fn parse(tokens: proc_macro2::TokenStream) -> Expr {
    syn::parse2(tokens).expect("made as an expression")
}

/// What `HOLD` initialises, and with what.
pub(super) fn held(mac: &syn::Macro) -> Option<(LocalId, Expr)> {
    if !mac.path.is_ident(marker::HOLD) {
        return None;
    }
    let parse = |input: syn::parse::ParseStream<'_>| {
        let local: Ident = input.parse()?;
        input.parse::<syn::Token![,]>()?;
        Ok((local, input.parse()?))
    };
    let (local, value) = mac.parse_body_with(parse).ok()?;
    Some((LocalId::of(&local)?, value))
}

/// Temporaries are named for the function that makes them.
fn temporary_name(e: &Expr) -> String {
    let name = match e {
        Expr::MethodCall(e) => match &*e.receiver {
            Expr::MethodCall(inner) => Some(inner.method.to_string()),
            receiver => return temporary_name(receiver),
        },
        Expr::Call(e) => match &*e.func {
            Expr::Path(p) => p.path.segments.last().map(|s| s.ident.to_string()),
            _ => None,
        },
        _ => None,
    };
    let usable = |name: &String| syn::parse_str::<Ident>(name).is_ok();
    name.filter(usable).unwrap_or_else(|| "temporary".into())
}

#[derive(Clone, Copy)]
enum Context {
    Value,
    /// The rvalue becomes a temporary here.
    Place {
        mutable: bool,
    },
    /// The call's receiver is an rvalue that the method may consume or borrow.
    Receiver,
}

/// Finds the rvalues in place context, innermost first.
fn search_mut(e: &mut Expr, context: Context, found: &mut dyn FnMut(&mut Expr, Context)) {
    let value = Context::Value;
    match e {
        Expr::Paren(e) => return search_mut(&mut e.expr, context, found),
        Expr::Group(e) => return search_mut(&mut e.expr, context, found),
        Expr::Path(_) | Expr::Lit(_) => return,
        Expr::Field(e) => match context {
            Context::Place { .. } => return search_mut(&mut e.base, context, found),
            _ if crate::syntax::is_place(&e.base) => {
                return search_mut(&mut e.base, Context::Place { mutable: false }, found);
            }
            _ => return search_mut(&mut e.base, value, found),
        },
        Expr::Index(e) => {
            search_mut(&mut e.expr, Context::Place { mutable: true }, found);
            return search_mut(&mut e.index, value, found);
        }
        Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => {
            return search_mut(&mut e.expr, Context::Place { mutable: true }, found);
        }
        Expr::Unary(e) => search_mut(&mut e.expr, value, found),
        Expr::Reference(e) => {
            let mutable = e.mutability.is_some();
            search_mut(&mut e.expr, Context::Place { mutable }, found);
        }
        Expr::MethodCall(call) => {
            let place = crate::syntax::is_place(crate::syntax::bare(&call.receiver));
            let inner = if place {
                Context::Place { mutable: true }
            } else {
                value
            };
            search_mut(&mut call.receiver, inner, found);
            if !place && asked(call) {
                found(e, Context::Receiver);
            } else {
                call.args
                    .iter_mut()
                    .for_each(|e| search_mut(e, value, found));
            }
        }
        Expr::Call(e) => e.args.iter_mut().for_each(|e| search_mut(e, value, found)),
        Expr::Tuple(e) => e.elems.iter_mut().for_each(|e| search_mut(e, value, found)),
        Expr::Array(e) => e.elems.iter_mut().for_each(|e| search_mut(e, value, found)),
        Expr::Struct(e) => e
            .fields
            .iter_mut()
            .for_each(|f| search_mut(&mut f.expr, value, found)),
        Expr::Binary(e) => {
            search_mut(&mut e.left, value, found);
            search_mut(&mut e.right, value, found);
        }
        Expr::Cast(e) => search_mut(&mut e.expr, value, found),
        Expr::Try(e) => search_mut(&mut e.expr, value, found),
        Expr::Range(e) => {
            let ends = [e.start.as_mut(), e.end.as_mut()];
            ends.into_iter()
                .flatten()
                .for_each(|e| search_mut(e, value, found));
        }
        _ => {}
    }
    if let Context::Place { mutable } = context
        && !promoted(e, mutable)
    {
        found(e, context);
    }
}

fn search(e: &Expr, context: Context, found: &mut dyn FnMut(&mut Expr, Context)) {
    search_mut(&mut e.clone(), context, found);
}

/// Whether rustc can be asked about a call's receiver: closures among the arguments would be two
/// types in two branches; literals and macros that make values are no one's to drop.
fn asked(call: &syn::ExprMethodCall) -> bool {
    let closure = |e: &Expr| matches!(crate::syntax::bare(e), Expr::Closure(_) | Expr::Async(_));
    !call.args.iter().any(closure) && !matches!(crate::syntax::bare(&call.receiver), Expr::Lit(_))
}

/// What rustc promotes to a static, or what can't be told from it: left inline.
fn promoted(e: &Expr, mutable: bool) -> bool {
    match e {
        Expr::Array(e) if mutable => e.elems.is_empty(),
        Expr::Closure(_) | Expr::Async(_) => true,
        _ if mutable => false,
        e => is_constant(e),
    }
}

fn is_constant(e: &Expr) -> bool {
    match e {
        Expr::Lit(_) => true,
        Expr::Path(p) => p
            .path
            .get_ident()
            .and_then(crate::body::MentionId::of)
            .is_none(),
        Expr::Paren(e) => is_constant(&e.expr),
        Expr::Group(e) => is_constant(&e.expr),
        Expr::Unary(e) => !matches!(e.op, UnOp::Deref(_)) && is_constant(&e.expr),
        Expr::Reference(e) => e.mutability.is_none() && is_constant(&e.expr),
        Expr::Tuple(e) => e.elems.iter().all(is_constant),
        Expr::Array(e) => e.elems.iter().all(is_constant),
        Expr::Repeat(e) => is_constant(&e.expr),
        Expr::Cast(e) => is_constant(&e.expr),
        Expr::Struct(e) => e.rest.is_none() && e.fields.iter().all(|f| is_constant(&f.expr)),
        Expr::Call(e) => is_constructor(&e.func) && e.args.iter().all(is_constant),
        Expr::Closure(_) => true,
        _ => false,
    }
}

/// A path whose last part begins with a capital letter: `Some`, `Shape::Circle`.
fn is_constructor(func: &Expr) -> bool {
    let Expr::Path(p) = func else { return false };
    let last = p.path.segments.last().map(|s| s.ident.to_string());
    last.is_some_and(|name| name.starts_with(char::is_uppercase))
}
