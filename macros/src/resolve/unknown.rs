//! Names that are no local's where they stand, and were one's in the block that ended before.
//!
//! Of such a name rustc says where the binding is. It sees that in the twin, and has to in the machine, where the local may have
//! another name: otherwise it says once more that there is no such name.

use crate::body::{Body, Local, LocalId, MentionId, is_upper_case};
use crate::names::support;
use crate::syntax;
use proc_macro2::Ident;
use quote::quote;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAwait, ExprCall, ExprPath, Stmt};

/// Before each statement that has some of them, a block that binds them.
pub fn place(body: &mut Body) {
    let mut ended = Ended {
        locals: &body.locals,
        last: Vec::new(),
    };
    ended.visit_block_mut(&mut body.block);
}

struct Ended<'a> {
    locals: &'a [Local],
    /// What the `let`s of the block bind that ended last.
    last: Vec<LocalId>,
}

impl Ended<'_> {
    /// `{ let inner: Held; }`
    fn again(&self, stmt: &Stmt) -> Option<Stmt> {
        if self.last.is_empty() {
            return None;
        }
        let mut unknown = Unknown(Vec::new());
        unknown.visit_stmt(stmt);
        let last = self.last.iter().map(|id| &self.locals[id.0 as usize]);
        let names = last.filter(|local| local.named).map(|local| &local.name);
        let names: Vec<_> = names.filter(|name| unknown.0.contains(name)).collect();
        let support = support();
        (!names.is_empty()).then(|| {
            Stmt::Expr(
                Expr::Verbatim(quote!({ #(let #names: #support::Held;)* })),
                None,
            )
        })
    }
}

impl VisitMut for Ended<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let mut stmts = Vec::with_capacity(block.stmts.len());
        for mut stmt in std::mem::take(&mut block.stmts) {
            stmts.extend(self.again(&stmt));
            visit_mut::visit_stmt_mut(self, &mut stmt);
            stmts.push(stmt);
        }
        block.stmts = stmts;
        self.last = bound(block);
    }

    // The twin has blocks of its own there.
    fn visit_expr_await_mut(&mut self, suspension: &mut ExprAwait) {
        visit_mut::visit_expr_await_mut(self, suspension);
        self.last.clear();
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// The name that a path is, if it is no local's.
pub fn unknown_name(path: &ExprPath) -> Option<&Ident> {
    let name = path.path.get_ident();
    name.filter(|name| MentionId::of(name).is_none())
}

/// What may be a local in a call: not what is called by a path, which is a function, most likely.
pub fn visit_call<'ast>(visitor: &mut impl Visit<'ast>, call: &'ast ExprCall) {
    if !matches!(&*call.func, Expr::Path(_)) {
        visitor.visit_expr(&call.func);
    }
    call.args
        .iter()
        .for_each(|argument| visitor.visit_expr(argument));
}

/// The names in a statement that are no local's, other than those of functions that are called.
struct Unknown(Vec<Ident>);

impl<'ast> Visit<'ast> for Unknown {
    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        let name = unknown_name(path).filter(|name| !is_upper_case(name));
        self.0.extend(name.cloned());
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        visit_call(self, call);
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// What the `let`s of a block bind, blocks in it apart; nothing of one with items, which is another scope.
fn bound(block: &Block) -> Vec<LocalId> {
    let mut found = Vec::new();
    for stmt in &block.stmts {
        match stmt {
            Stmt::Item(_) => return Vec::new(),
            Stmt::Local(local) => found.extend(syntax::bindings(&local.pat)),
            _ => {}
        }
    }
    found
}
