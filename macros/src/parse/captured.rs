//! What a `move` closure, or an `async move` block, captures of a local that it takes apart by a pattern, said by a borrow of all of it.
//!
//! Input: a body. Output: the same, in which `let _ = &x;` stands before a `match x { Some(y) => .. }` of such closures,
//! where rustc captures all of `x` anyway: to know the variant it looks at the whole, and so it does where a pattern binds each
//! field. The machine captures a whole then, where it can't some of the fields. If it were not so (a variant of an enum that has no other),
//! the twin captures the whole too.

use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprClosure, Ident, Item, Pat, Path, Stmt};

use crate::body::is_upper_case;
use crate::syntax::{bare, binds_simply};

/// Says so of all closures in it.
pub fn borrow_whole(block: &mut Block) {
    Closures.visit_block_mut(block);
}

struct Closures;

impl VisitMut for Closures {
    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        match closure.capture.is_some() {
            true => Matches.visit_expr_mut(&mut closure.body),
            false => visit_mut::visit_expr_closure_mut(self, closure),
        }
    }

    fn visit_expr_async_mut(&mut self, inner: &mut syn::ExprAsync) {
        match inner.capture.is_some() {
            true => Matches.visit_block_mut(&mut inner.block),
            false => visit_mut::visit_expr_async_mut(self, inner),
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// In a `move` closure.
struct Matches;

impl VisitMut for Matches {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let names = match expr {
            Expr::Match(e) => match taken_whole(&e.expr, e.arms.iter().map(|arm| &arm.pat)) {
                Some(name) => vec![name],
                None => return,
            },
            Expr::If(e) => in_condition(&e.cond),
            Expr::While(e) => in_condition(&e.cond),
            _ => return,
        };
        if !names.is_empty() {
            let borrows = names.iter().map(borrow);
            *expr = syn::parse_quote_spanned!(Span::mixed_site()=> { #(#borrows)* #expr });
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        for stmt in std::mem::take(&mut block.stmts) {
            if let Stmt::Local(local) = &stmt
                && let Some(init) = &local.init
                && !binds_simply(&local.pat)
                && let Some(name) = taken_whole(&init.expr, [&local.pat])
            {
                block.stmts.push(borrow(&name));
            }
            block.stmts.push(stmt);
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

fn borrow(name: &Ident) -> Stmt {
    syn::parse_quote_spanned!(Span::mixed_site()=> let _ = &#name;)
}

/// What the `let`s of a condition take apart.
fn in_condition(condition: &Expr) -> Vec<Ident> {
    struct Lets(Vec<Ident>);
    impl Visit<'_> for Lets {
        fn visit_expr_let(&mut self, e: &syn::ExprLet) {
            self.0.extend(taken_whole(&e.expr, [&*e.pat]));
        }
        fn visit_expr_closure(&mut self, _: &ExprClosure) {}
        fn visit_block(&mut self, _: &Block) {}
        fn visit_expr_match(&mut self, _: &syn::ExprMatch) {}
        fn visit_expr_binary(&mut self, e: &syn::ExprBinary) {
            if matches!(e.op, syn::BinOp::And(_)) {
                visit::visit_expr_binary(self, e);
            }
        }
    }
    let mut lets = Lets(Vec::new());
    lets.visit_expr(condition);
    lets.0
}

/// The name of what one of these patterns takes as a whole.
fn taken_whole<'p>(expr: &Expr, patterns: impl IntoIterator<Item = &'p Pat>) -> Option<Ident> {
    let Expr::Path(path) = bare(expr) else {
        return None;
    };
    let name = path.path.get_ident()?;
    let is_whole = patterns.into_iter().any(whole);
    (is_whole && !is_upper_case(name)).then(|| name.clone())
}

/// Whether a pattern looks at which variant there is, or binds everything that is there.
fn whole(pattern: &Pat) -> bool {
    match pattern {
        Pat::Paren(p) => whole(&p.pat),
        Pat::Type(p) => whole(&p.pat),
        Pat::Or(p) => p.cases.iter().any(whole),
        Pat::Ident(_) => true,
        Pat::Path(p) => is_variant(&p.path),
        Pat::TupleStruct(p) => is_variant(&p.path) || p.elems.iter().all(whole),
        Pat::Struct(p) => {
            let all = p.rest.is_none() && p.fields.iter().all(|field| whole(&field.pat));
            is_variant(&p.path) || all
        }
        Pat::Tuple(p) => p.elems.iter().all(whole),
        Pat::Slice(p) => p.elems.iter().any(|part| matches!(part, Pat::Ident(_))),
        _ => false,
    }
}

/// Whether it is a variant of an enum, by the look of it.
fn is_variant(path: &Path) -> bool {
    let Some(last) = path.segments.last() else {
        return false;
    };
    let outer = path.segments.iter().rev().nth(1);
    let known = ["Some", "None", "Ok", "Err"].contains(&last.ident.to_string().as_str());
    known || is_upper_case(&last.ident) && outer.is_some_and(|outer| is_upper_case(&outer.ident))
}
