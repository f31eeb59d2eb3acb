//! The walk over the body: what stands around, and which expressions are ways out.

use super::around::{Around, Way, label};
use super::ways::apart;
use super::{Desugar, Kind};
use crate::invocation::{self, Shape};
use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Label, Lifetime, Macro, Stmt};

impl VisitMut for Desugar<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let kind = |stmt: &Stmt| match stmt {
            Stmt::Macro(stmt) => Kind::of(&stmt.mac),
            _ => None,
        };
        let at = block.stmts.iter().position(|stmt| kind(stmt).is_some());
        let rest = at.map(|at| block.stmts.split_off(at + 1));
        let clean_up = rest.as_ref().and_then(|_| block.stmts.pop());
        self.blocks += 1;
        visit_mut::visit_block_mut(self, block);
        self.blocks -= 1;
        if let (Some(Stmt::Macro(stmt)), Some(rest)) = (clean_up, rest)
            && let Some(kind) = Kind::of(&stmt.mac)
        {
            self.guard(kind, &stmt.mac, block, rest);
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(_) | Expr::Async(_) => {}
            Expr::Loop(e) => self.in_loop(&mut e.label, |this| this.visit_block_mut(&mut e.body)),
            Expr::While(e) => self.in_loop(&mut e.label, |this| {
                this.visit_expr_mut(&mut e.cond);
                this.visit_block_mut(&mut e.body);
            }),
            Expr::ForLoop(e) => {
                self.visit_expr_mut(&mut e.expr);
                self.in_loop(&mut e.label, |this| this.visit_block_mut(&mut e.body));
            }
            Expr::Block(e) if let Some(label) = &e.label => {
                self.around.push(Around::Labelled(label.name.ident.clone()));
                self.visit_block_mut(&mut e.block);
                self.around.pop();
            }
            Expr::Macro(of) if let Some(bailed) = self.hidden(&of.mac) => {
                *expr = bailed;
                self.visit_expr_mut(expr);
            }
            _ => {
                visit_mut::visit_expr_mut(self, expr);
                self.way_out(expr);
            }
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(of) = stmt
            && let Some(bailed) = self.hidden(&of.mac)
        {
            *stmt = Stmt::Expr(bailed, of.semi_token);
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if let Some(kind) = Kind::of(mac) {
            let message = format!(
                "`{}` is a statement: write it by itself in a block, before what it is to clean up after",
                kind.name()
            );
            return self.sink.error_over(&mac.path, message);
        }
        invocation::edit(mac, &mut |e| self.visit_expr_mut(e));
        if self.is_guarded() && invocation::shape(&mac.path) == Shape::Unknown {
            self.refuse_hidden_ways(mac.tokens.clone(), mac);
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

impl Desugar<'_> {
    pub(super) fn is_guarded(&self) -> bool {
        self.around.iter().any(|a| matches!(a, Around::Guarded(_)))
    }

    /// What hides a way out of what is guarded, with that way spelled out.
    fn hidden(&self, mac: &Macro) -> Option<Expr> {
        let hides = self.is_guarded() && invocation::shape(&mac.path) == Shape::HidesReturn;
        hides.then(|| self.bailed(mac))?
    }

    fn in_loop(&mut self, label: &mut Option<Label>, inside: impl FnOnce(&mut Self)) {
        let known = label.as_ref().map(|label| label.name.clone());
        self.around.push(Around::Loop { label: known });
        inside(self);
        if let Some(Around::Loop { label: Some(name) }) = self.around.pop()
            && label.is_none()
        {
            *label = Some(Label {
                name,
                colon_token: Default::default(),
            });
        }
    }

    /// Turns a way out of what is guarded into one to a label of ours.
    pub(super) fn way_out(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Return(e) => {
                if let Some(way) = self.leaving(self.around.len(), Way::Return) {
                    *expr = self.returned(&way, e);
                }
            }
            Expr::Try(e) => {
                if let Some(way) = self.leaving(self.around.len(), Way::Return) {
                    *expr = self.tried(&way, e);
                }
            }
            Expr::Break(e) => {
                let has_value = e.expr.is_some();
                e.expr = e.expr.take().map(apart);
                let to_way = |to: Ident| Way::Break(to, has_value);
                if let Some(label) = self.leaving_for(&mut e.label, to_way) {
                    e.label = Some(label);
                }
            }
            Expr::Continue(e) => {
                if let Some(label) = self.leaving_for(&mut e.label, Way::Continue) {
                    *expr = syn::parse_quote!(break #label);
                }
            }
            _ => {}
        }
    }

    /// The label of this way in the innermost guarded code within what stands `inside` so many; none if there is no such.
    fn leaving(&mut self, inside: usize, way: Way) -> Option<Lifetime> {
        let around = self.around[..inside].iter_mut().rev();
        around.into_iter().find_map(|a| match a {
            Around::Guarded(guarded) => Some(guarded.label(way.clone())),
            _ => None,
        })
    }

    /// The same of a `break` or `continue`, if what it leads to stands further out.
    fn leaving_for(
        &mut self,
        to: &mut Option<Lifetime>,
        way: impl Fn(Ident) -> Way,
    ) -> Option<Lifetime> {
        let target = self.around.iter().rposition(|a| match (a, &*to) {
            (Around::Loop { .. }, None) => true,
            (Around::Loop { label }, Some(to)) => {
                label.as_ref().is_some_and(|l| l.ident == to.ident)
            }
            (Around::Labelled(label), Some(to)) => *label == to.ident,
            _ => false,
        })?;
        let leaves = |a: &Around| matches!(a, Around::Guarded(_));
        if !self.around[target + 1..].iter().any(leaves) {
            return None;
        }
        let number = self.next;
        let name = match &mut self.around[target] {
            Around::Loop { label: name } => {
                if name.is_none() {
                    self.next += 1;
                }
                let made = || label(&format!("__costate_loop_{number}"));
                name.get_or_insert_with(made).ident.clone()
            }
            Around::Labelled(name) => name.clone(),
            Around::Guarded(_) => return None,
        };
        let way = way(name);
        self.leaving(self.around.len(), way)
    }

    fn is_label(&self, name: &Ident) -> bool {
        self.around.iter().any(|a| match a {
            Around::Loop { label } => label.as_ref().is_some_and(|label| label.ident == *name),
            Around::Labelled(label) => label == name,
            Around::Guarded(_) => false,
        })
    }

    /// What an unknown macro makes of a `?` or a `return` isn't known, so neither is what runs before it leaves.
    fn refuse_hidden_ways(&mut self, tokens: TokenStream, mac: &Macro) {
        let mut apostrophe = false;
        for tree in tokens {
            let names_label = std::mem::replace(
                &mut apostrophe,
                matches!(&tree, TokenTree::Punct(p) if p.as_char() == '\''),
            );
            let span = match &tree {
                TokenTree::Ident(name) if names_label && self.is_label(name) => name.span(),
                TokenTree::Group(group) => {
                    self.refuse_hidden_ways(group.stream(), mac);
                    continue;
                }
                TokenTree::Ident(word) if is_way(word) => word.span(),
                TokenTree::Punct(punct) if punct.as_char() == '?' => punct.span(),
                _ => continue,
            };
            let name = crate::syntax::macro_name(&mac.path);
            let message = format!(
                "a way out of the scope of clean-up cannot stand among the tokens of `{name}!`, as what it makes of them is \
                 not known here: bind the value first"
            );
            self.sink.error(span, message);
        }
    }
}

fn is_way(word: &Ident) -> bool {
    ["return", "break", "continue"]
        .iter()
        .any(|way| word == way)
}
