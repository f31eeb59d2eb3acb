//! Macros that are known by name, in the twin: are they the standard library's?
//!
//! `vec!`, `dbg!` and `matches!` do to what they are given what the standard library's do, as the machine has it. One of the
//! user's own may do something else. So the name is looked up where the user's module and the standard library's
//! macros are both imported by `*`: if it could mean either, rustc says so. What a block imports it may mean there, and
//! what a macro defines after it, so it is looked up again in such a block, and behind such a macro.

use crate::invocation::{self, Shape, shape};
use crate::words::Words;
use proc_macro2::{Ident, Span};
use quote::quote;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, Macro, Stmt};

/// Puts the checks into the body.
pub fn check(private: &Words, block: &mut Block) {
    let mut checks = Checks {
        private,
        checked: Vec::new(),
    };
    checks.visit_block_mut(block);
}

struct Checks<'a> {
    private: &'a Words,
    /// The names that mean what they did where they were checked.
    checked: Vec<Ident>,
}

impl VisitMut for Checks<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let outer = self.checked.clone();
        if block.stmts.iter().any(imports) {
            self.checked.clear();
        }
        let mut checks = Vec::new();
        let mut at = 0;
        for (index, statement) in block.stmts.iter_mut().enumerate() {
            let mut used = Used(Vec::new());
            used.visit_stmt(statement);
            used.0.retain(|name| !self.checked.contains(name));
            if !used.0.is_empty() {
                checks.push((at, self.of(&used.0)));
                self.checked.extend(used.0);
            }
            visit_mut::visit_stmt_mut(self, statement);
            if may_define(statement) {
                self.checked.clear();
                at = index + 1;
            }
        }
        for (at, check) in checks.into_iter().rev() {
            block.stmts.insert(at, check);
        }
        self.checked = outer;
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        // Only blocks among the arguments matter, of those only such as import.
        let tokens = mac.tokens.to_string();
        if tokens.contains("use ") {
            invocation::edit(mac, &mut |e| self.visit_expr_mut(e));
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

impl Checks<'_> {
    fn of(&self, names: &[Ident]) -> Stmt {
        let private = self.private;
        let calls = names.iter().map(|name| match name == "matches" {
            true => quote!(#name!((), ())),
            false => quote!(#name!(())),
        });
        let this = Ident::new("self", Span::call_site());
        syn::parse_quote! {
            const _: () = {
                #[allow(unused_imports)]
                use #this::*;
                use #private::known::*;
                fn check() { #(_ = #calls;)* }
            };
        }
    }
}

fn imports(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Item(Item::Use(_)))
}

/// Whether a statement may define macros for what follows it.
fn may_define(statement: &Stmt) -> bool {
    match statement {
        Stmt::Item(item) => matches!(item, Item::Mod(_) | Item::ExternCrate(_) | Item::Macro(_)),
        Stmt::Macro(statement) => shape(&statement.mac.path) == Shape::Unknown,
        Stmt::Expr(Expr::Macro(e), _) => shape(&e.mac.path) == Shape::Unknown,
        Stmt::Local(_) | Stmt::Expr(..) => false,
    }
}

/// The first mention of each, blocks apart.
struct Used(Vec<Ident>);

impl<'ast> Visit<'ast> for Used {
    fn visit_macro(&mut self, mac: &'ast Macro) {
        if let Some(name) = mac.path.get_ident()
            && ["vec", "dbg", "matches"].iter().any(|known| name == known)
            && !self.0.contains(name)
        {
            self.0.push(name.clone());
        }
        invocation::visit(mac, &mut |e| self.visit_expr(e));
    }

    fn visit_block(&mut self, _: &'ast Block) {}
    fn visit_item(&mut self, _: &'ast Item) {}
}
