//! Blocks and statements: what is in scope where.

use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprMacro, Item, Pat, Stmt, UseTree};

use super::{Resolver, narrow, plain};
use crate::body::{Capture, Closure, LocalId, MentionId, MentionKind, marker};
use crate::invocation::{Shape, shape, substitute};

impl VisitMut for Resolver<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        self.scoped(|this| {
            this.declare_items(block);
            let last = block.stmts.len().saturating_sub(1);
            let mut statements = Vec::with_capacity(block.stmts.len());
            for (at, mut stmt) in std::mem::take(&mut block.stmts).into_iter().enumerate() {
                if is_for_the_twin(&stmt) {
                    continue;
                }
                statements.extend(this.pinned(&mut stmt));
                this.statement(&mut stmt, at == last);
                statements.push(stmt);
            }
            block.stmts = statements;
        });
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        self.expression(expr, MentionKind::Value);
    }

    // What stands in a type, an item or an attribute is not ours.
    fn visit_item_mut(&mut self, _: &mut Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    fn visit_path_mut(&mut self, _: &mut syn::Path) {}
    fn visit_generic_argument_mut(&mut self, _: &mut syn::GenericArgument) {}
    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}
}

impl Resolver<'_> {
    /// The items of a block are in scope in all of it, and hide the locals outside.
    fn declare_items(&mut self, block: &Block) {
        for stmt in &block.stmts {
            let Stmt::Item(item) = stmt else { continue };
            match item {
                Item::Fn(item) => self.scopes.declare(&item.sig.ident, None),
                Item::Const(item) => self.scopes.declare(&item.ident, None),
                Item::Static(item) => self.scopes.declare(&item.ident, None),
                Item::Struct(item) => self.scopes.declare(&item.ident, None),
                Item::Use(item) => self.declare_imports(&item.tree),
                _ => {}
            }
        }
    }

    fn declare_imports(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.declare_imports(&path.tree),
            UseTree::Name(name) => self.scopes.declare(&name.ident, None),
            UseTree::Rename(rename) => self.scopes.declare(&rename.rename, None),
            UseTree::Glob(_) => {}
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.declare_imports(tree);
                }
            }
        }
    }

    fn statement(&mut self, stmt: &mut Stmt, last: bool) {
        match stmt {
            Stmt::Local(local) => self.declaration(local),
            Stmt::Item(Item::Macro(item)) if item.mac.path.is_ident("macro_rules") => {
                self.local_macro(&mut item.mac);
            }
            Stmt::Item(_) => {}
            Stmt::Macro(stmt_macro) if shape(&stmt_macro.mac.path) == Shape::Items => {}
            Stmt::Macro(stmt_macro) => {
                let semi = stmt_macro.semi_token;
                let mut expr = Expr::Macro(ExprMacro {
                    attrs: std::mem::take(&mut stmt_macro.attrs),
                    mac: stmt_macro.mac.clone(),
                });
                let ends = last && semi.is_none();
                self.expression(&mut expr, MentionKind::Value);
                *stmt = Stmt::Expr(expr, (!ends).then(|| semi.unwrap_or_default()));
            }
            Stmt::Expr(expr, _) => self.expression(expr, MentionKind::Value),
        }
    }

    /// `let`: the initialiser and the `else` block do not see the bindings.
    fn declaration(&mut self, local: &mut syn::Local) {
        let (mut look, mut bytes) = (plain::Look::Unknown, None);
        if let Some(init) = &mut local.init {
            if let Pat::Ident(pattern) = &local.pat {
                crate::ask::pinned::mark_replaced(&pattern.ident, &mut init.expr);
            }
            look = plain::of_value(&init.expr);
            bytes = narrow::of_value(&init.expr);
            if init.diverge.is_none() {
                self.whole_field(&mut init.expr, &local.pat);
            }
            let kind = match_kind(&local.pat);
            self.matched(&mut init.expr, &local.pat, kind);
            if let Some((_, diverge)) = &mut init.diverge {
                self.visit_expr_mut(diverge);
            }
        }
        match local
            .init
            .as_ref()
            .is_some_and(|init| init.diverge.is_some())
        {
            true => self.bind(&mut local.pat),
            false => self.bind_surely(&mut local.pat),
        }
        let (pat, ty) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, Some(&typed.ty)),
            pat => (pat, None),
        };
        let Pat::Ident(name) = pat else { return };
        let Some(LocalId(id)) = LocalId::of(&name.ident) else {
            return;
        };
        if name.by_ref.is_some() || name.subpat.is_some() {
            return;
        }
        let closure = local
            .init
            .as_ref()
            .and_then(|init| self.closure_literal(&init.expr, LocalId(id)));
        let entry = &mut self.locals[id as usize];
        entry.closure = closure;
        entry.ty = ty.map(|ty| (**ty).clone());
        (look, entry.bytes) = match ty {
            Some(ty) => (plain::of_type(ty), narrow::of_type(ty)),
            None => (look, bytes),
        };
        entry.look_at(look);
    }

    /// The body of a local `macro_rules!` sees the locals that are in scope where it stands.
    fn local_macro(&mut self, mac: &mut syn::Macro) {
        let tokens = std::mem::take(&mut mac.tokens);
        mac.tokens = substitute(tokens, &mut |name| {
            let mention = self.mention(name, MentionKind::Place)?;
            let local = self.mentions.last().expect("it was just made").local;
            self.locals[local.0 as usize].in_local_macro = true;
            Some(quote::quote!(#mention))
        });
        for (id, path) in crate::parts::places(mac.tokens.clone()) {
            let mention = &mut self.mentions[id.0 as usize];
            (mention.in_local_macro, mention.path) = (true, path);
        }
    }

    /// An expression that is matched against `pattern`: `_` does not even look at a place.
    pub fn matched(&mut self, scrutinee: &mut Expr, pattern: &Pat, kind: MentionKind) {
        if matches!(pattern, Pat::Wild(_)) {
            let closures = std::mem::take(&mut self.closures);
            let is_place = is_local_place(scrutinee);
            if !is_place {
                self.closures = closures.clone();
            }
            let first = self.mentions.len();
            self.expression(scrutinee, MentionKind::Place);
            if is_place {
                for mention in &mut self.mentions[first..] {
                    mention.in_closure = !closures.is_empty();
                }
            }
            self.closures = closures;
        } else {
            self.expression(scrutinee, kind);
        }
    }

    /// The closure literal that `value` is, or that the local holds which it is.
    fn closure_literal(&self, value: &Expr, of: LocalId) -> Option<Closure> {
        match value {
            Expr::Closure(closure) => {
                let how = match closure.capture {
                    Some(_) => Capture::ByMove,
                    None => Capture::AsUsed,
                };
                Some(Closure { how, of })
            }
            Expr::Paren(inner) => self.closure_literal(&inner.expr, of),
            Expr::Path(path) => {
                let id = MentionId::of(path.path.get_ident()?)?;
                let local = self.mentions[id.0 as usize].local;
                self.locals[local.0 as usize].closure
            }
            _ => None,
        }
    }

    pub fn walk_children(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
    }
}

/// `let y = x` is a move or a copy; any other pattern looks into the place.
fn match_kind(pattern: &Pat) -> MentionKind {
    match pattern {
        Pat::Type(typed) => match_kind(&typed.pat),
        Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => MentionKind::Value,
        _ => MentionKind::Scrutinee,
    }
}

fn is_for_the_twin(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Macro(of) if of.mac.path.is_ident(marker::PINS))
}

fn is_local_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.path.get_ident().is_some(),
        Expr::Paren(inner) => is_local_place(&inner.expr),
        Expr::Field(field) => is_local_place(&field.base),
        _ => false,
    }
}
