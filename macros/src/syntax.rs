//! Questions about syntax that several stages ask: does it suspend, what does it bind, is it a place.

use crate::body::{Body, LocalId, MentionId, marker};
use crate::parts::FieldPath;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Pat};

mod patterns;

pub use patterns::{bindings, binds_by_value, binds_simply, mutable_bindings};

/// The spans of all suspensions of `find`'s argument, nested functions, closures and `async`
/// blocks apart.
#[derive(Default)]
struct Suspensions {
    found: Vec<Span>,
}

impl<'ast> Visit<'ast> for Suspensions {
    fn visit_expr_await(&mut self, e: &'ast syn::ExprAwait) {
        visit::visit_expr_await(self, e);
        self.found.push(e.await_token.span);
    }

    fn visit_macro(&mut self, m: &'ast syn::Macro) {
        let marks = |name| m.path.is_ident(name);
        if is_yield(&m.path) || marks(marker::LASTS) || marks(marker::CONTAINED) {
            self.found.push(m.path.span());
        }
        crate::invocation::visit(m, &mut |e| self.found.extend(suspensions(e)));
        crate::invocation::edit_condition(&mut m.clone(), &mut |e| {
            self.found.extend(suspensions(e))
        });
    }

    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

pub fn is_yield(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|s| s.ident == "yield_")
}

/// The last part of a macro's path.
pub fn macro_name(path: &syn::Path) -> String {
    let last = path.segments.last();
    last.map_or_else(String::new, |last| last.ident.to_string())
}

/// The std macros after which control does not go on.
pub fn never_returns(path: &syn::Path) -> bool {
    ["panic", "unreachable", "todo", "unimplemented"]
        .iter()
        .any(|name| path.is_ident(name))
}

/// What is awaited in an expression, nested functions apart.
pub fn awaited(e: &Expr) -> Vec<Expr> {
    struct Awaited(Vec<Expr>);
    impl<'ast> Visit<'ast> for Awaited {
        fn visit_expr_await(&mut self, e: &'ast syn::ExprAwait) {
            visit::visit_expr_await(self, e);
            self.0.push((*e.base).clone());
        }

        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
        fn visit_item(&mut self, _: &'ast syn::Item) {}
    }
    let mut visitor = Awaited(Vec::new());
    visitor.visit_expr(e);
    visitor.0
}

pub fn suspensions(e: &Expr) -> Vec<Span> {
    let mut visitor = Suspensions::default();
    visitor.visit_expr(e);
    visitor.found
}

pub fn suspends(e: &Expr) -> bool {
    !suspensions(e).is_empty()
}

pub fn macro_suspends(mac: &syn::Macro) -> bool {
    let mut visitor = Suspensions::default();
    visitor.visit_macro(mac);
    !visitor.found.is_empty()
}

pub fn block_suspends(block: &syn::Block) -> bool {
    block.stmts.iter().any(statement_suspends)
}

pub fn statement_suspends(statement: &syn::Stmt) -> bool {
    let mut visitor = Suspensions::default();
    visitor.visit_stmt(statement);
    !visitor.found.is_empty()
}

/// `x`, `mut x` and `x: T`, without `ref` or a subpattern.
pub fn simple_binding(pattern: &Pat) -> Option<LocalId> {
    match pattern {
        Pat::Ident(p) if p.by_ref.is_none() && p.subpat.is_none() => LocalId::of(&p.ident),
        Pat::Paren(p) => simple_binding(&p.pat),
        Pat::Type(p) => simple_binding(&p.pat),
        _ => None,
    }
}

/// Whether nothing of a value is left that a matching pattern has not bound by value.
pub fn takes_whole(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(p) => p.by_ref.is_none() && p.subpat.is_none(),
        Pat::Paren(p) => takes_whole(&p.pat),
        Pat::Type(p) => takes_whole(&p.pat),
        Pat::Tuple(p) => p.elems.iter().all(takes_whole),
        Pat::TupleStruct(p) => p.elems.iter().all(takes_whole),
        Pat::Or(p) => p.cases.iter().all(takes_whole),
        Pat::Struct(p) => p.rest.is_none() && p.fields.iter().all(|f| takes_whole(&f.pat)),
        Pat::Path(_) | Pat::Lit(_) | Pat::Range(_) | Pat::Const(_) => true,
        _ => false,
    }
}

/// The alternatives of a pattern, in the order in which they are tried, without an or-pattern of
/// which two could match one value.
pub fn alternatives(pattern: &Pat) -> Vec<Pat> {
    if let Pat::Or(p) = pattern
        && !all_apart(&p.cases)
    {
        return p.cases.iter().flat_map(alternatives).collect();
    }
    let mut all = vec![pattern.clone()];
    let count = parts_mut(&mut pattern.clone()).len();
    for index in 0..count {
        let with = |pattern: Pat| {
            let mut pattern = pattern;
            let part = parts_mut(&mut pattern)[index].clone();
            let with = move |part: Pat| {
                *parts_mut(&mut pattern)[index] = part;
                pattern.clone()
            };
            alternatives(&part).into_iter().map(with)
        };
        all = all.into_iter().flat_map(with).collect();
    }
    all
}

/// Whether these are literals of which no two are one value.
fn all_apart<'p>(patterns: impl IntoIterator<Item = &'p Pat>) -> bool {
    let text = |pattern: &Pat| match pattern {
        Pat::Lit(p) => match &p.lit {
            syn::Lit::Int(int) => Some(int.base10_digits().to_owned()),
            syn::Lit::Str(text) => Some(text.value()),
            syn::Lit::Char(letter) => Some(letter.value().to_string()),
            syn::Lit::Byte(byte) => Some(byte.value().to_string()),
            _ => None,
        },
        _ => None,
    };
    let mut seen = crate::hash::HashSet::default();
    let mut patterns = patterns.into_iter();
    patterns.all(|pattern| text(pattern).is_some_and(|text| seen.insert(text)))
}

/// The patterns inside a pattern.
fn parts_mut(pattern: &mut Pat) -> Vec<&mut Pat> {
    match pattern {
        Pat::Ident(p) => p.subpat.iter_mut().map(|(_, p)| &mut **p).collect(),
        Pat::Paren(p) => vec![&mut p.pat],
        Pat::Reference(p) => vec![&mut p.pat],
        Pat::Type(p) => vec![&mut p.pat],
        Pat::Slice(p) => p.elems.iter_mut().collect(),
        Pat::Tuple(p) => p.elems.iter_mut().collect(),
        Pat::TupleStruct(p) => p.elems.iter_mut().collect(),
        Pat::Struct(p) => p.fields.iter_mut().map(|f| &mut *f.pat).collect(),
        _ => Vec::new(),
    }
}

/// Whether an expression is a place: matching on it neither moves nor makes a temporary.
pub fn is_place(e: &Expr) -> bool {
    match e {
        Expr::Path(_) | Expr::Field(_) | Expr::Index(_) => true,
        Expr::Unary(e) => matches!(e.op, syn::UnOp::Deref(_)),
        Expr::Paren(e) => is_place(&e.expr),
        Expr::Group(e) => is_place(&e.expr),
        _ => false,
    }
}

/// Whether the left side of an assignment takes its value apart.
pub fn destructures(left: &Expr) -> bool {
    matches!(
        bare(left),
        Expr::Tuple(_) | Expr::Array(_) | Expr::Call(_) | Expr::Struct(_)
    )
}

/// The mention that an expression is, parentheses aside.
pub fn as_mention(e: &Expr) -> Option<MentionId> {
    match e {
        Expr::Path(p) if p.qself.is_none() => p.path.get_ident().and_then(MentionId::of),
        Expr::Paren(e) => as_mention(&e.expr),
        Expr::Group(e) => as_mention(&e.expr),
        _ => None,
    }
}

/// The mention that a place begins with.
pub fn base_mention(e: &Expr) -> Option<MentionId> {
    MentionId::of(FieldPath::from_base(e)?.0)
}

/// The local that an expression names, or of which it names a part.
pub fn part_of(body: &Body, e: &Expr) -> Option<(LocalId, FieldPath)> {
    let (name, path) = FieldPath::from_base(e)?;
    Some((body.mention(MentionId::of(name)?).local, path))
}

/// Whether a `match` has one arm, which always matches.
pub fn always(e: &syn::ExprMatch) -> bool {
    e.arms.len() == 1 && e.arms[0].guard.is_none()
}

/// What fields and `*` are taken of.
pub fn base(e: &Expr) -> &Expr {
    match e {
        Expr::Paren(e) => base(&e.expr),
        Expr::Group(e) => base(&e.expr),
        Expr::Field(e) => base(&e.base),
        Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => base(&e.expr),
        _ => e,
    }
}

/// The same.
pub fn base_mut(e: &mut Expr) -> &mut Expr {
    match e {
        Expr::Paren(e) => base_mut(&mut e.expr),
        Expr::Group(e) => base_mut(&mut e.expr),
        Expr::Field(e) => base_mut(&mut e.base),
        Expr::Unary(syn::ExprUnary {
            op: syn::UnOp::Deref(_),
            expr,
            ..
        }) => base_mut(expr),
        _ => e,
    }
}

/// All mentions in some tokens, in order of the text.
pub fn mentions(tokens: TokenStream) -> Vec<MentionId> {
    let mut found = Vec::new();
    collect(tokens, &mut |ident| found.extend(MentionId::of(ident)));
    found
}

fn collect(tokens: TokenStream, found: &mut impl FnMut(&Ident)) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Ident(ident) => found(&ident),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// An expression without parentheses and invisible groups around it.
pub fn bare(e: &Expr) -> &Expr {
    match e {
        Expr::Paren(e) => bare(&e.expr),
        Expr::Group(e) => bare(&e.expr),
        _ => e,
    }
}

/// A path whose last part begins with a capital letter: `Some`, `Shape::Circle`.
pub fn is_constructor(func: &Expr) -> bool {
    let Expr::Path(p) = func else { return false };
    let last = p.path.segments.last().map(|s| s.ident.to_string());
    last.is_some_and(|name| name.starts_with(char::is_uppercase))
}

/// A path by the look of it to what makes a value: `None`, `None::<T>`, and not `LIMIT`.
pub fn is_unit_constructor(e: &Expr) -> bool {
    let Expr::Path(p) = bare(e) else { return false };
    let last = p.path.segments.last();
    last.is_some_and(|s| {
        let name = s.ident.to_string();
        let camel = name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
        camel || !s.arguments.is_none()
    })
}

/// `+=` and its kind.
pub fn is_compound(op: &BinOp) -> bool {
    use BinOp::{
        AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign,
        ShlAssign, ShrAssign, SubAssign,
    };
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

/// `&&` and `||`.
pub fn is_lazy(op: &BinOp) -> bool {
    matches!(op, BinOp::And(_) | BinOp::Or(_))
}

/// Operators that take their operands by reference.
pub fn is_comparison(op: &BinOp) -> bool {
    use BinOp::{Eq, Ge, Gt, Le, Lt, Ne};
    matches!(op, Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_))
}

/// Whether an expression gives its value in several places, or none.
pub fn branches(e: &Expr) -> bool {
    let e = bare(e);
    if let Expr::Macro(e) = e {
        const STRAIGHT: &[&str] = &["format_args", "vec", "write", "writeln"];
        return !is_yield(&e.mac.path) && !STRAIGHT.contains(&&*macro_name(&e.mac.path));
    }
    matches!(
        e,
        Expr::Block(_)
            | Expr::Unsafe(_)
            | Expr::If(_)
            | Expr::Match(_)
            | Expr::Loop(_)
            | Expr::While(_)
            | Expr::ForLoop(_)
            | Expr::Assign(_)
            | Expr::Return(_)
            | Expr::Break(_)
            | Expr::Continue(_)
    )
}
