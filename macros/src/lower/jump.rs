//! Opaque code that leaves for a lowered loop or block: its `break`s and `continue`s become jumps.
//!
//! Such a jump goes to a *landing* block that ends the scopes on the way, since the opaque code's
//! own locals have to drop before them.

use super::{Dest, Exit, Lowering};
use crate::body::marker;
use crate::cfg::BlockId;
use crate::invocation;
use proc_macro2::{Ident, Literal, Span};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Lifetime, Stmt};

impl Lowering<'_> {
    pub(super) fn opaque(&mut self, e: &Expr) -> Expr {
        let mut e = e.clone();
        Jumps::of(self).visit_expr_mut(&mut e);
        e
    }

    pub(super) fn opaque_block(&mut self, block: &syn::Block) -> syn::Block {
        let mut block = block.clone();
        Jumps::of(self).visit_block_mut(&mut block);
        block
    }

    pub(super) fn opaque_statement(&mut self, statement: &Stmt) -> Stmt {
        let mut statement = statement.clone();
        Jumps::of(self).visit_stmt_mut(&mut statement);
        statement
    }
}

struct Jumps<'a, 'b> {
    lowering: &'a mut Lowering<'b>,
    /// Loops of the opaque code around the place that is visited.
    loops: usize,
    /// Labels that the opaque code defines there.
    labels: Vec<Ident>,
}

impl<'a, 'b> Jumps<'a, 'b> {
    fn of(lowering: &'a mut Lowering<'b>) -> Self {
        Jumps {
            lowering,
            loops: 0,
            labels: Vec::new(),
        }
    }

    /// Where a jump goes if it leaves the opaque code.
    fn outside(&self, label: Option<&Lifetime>) -> Option<(usize, Exit)> {
        let inside = match label {
            Some(label) => self.labels.contains(&label.ident),
            None => self.loops > 0,
        };
        if inside {
            return None;
        }
        self.lowering.exit(label.map(|l| &l.ident))
    }

    fn within(&mut self, label: Option<&syn::Label>, is_loop: bool, visit: impl FnOnce(&mut Self)) {
        let labels = self.labels.len();
        self.labels.extend(label.map(|l| l.name.ident.clone()));
        self.loops += usize::from(is_loop);
        visit(self);
        self.loops -= usize::from(is_loop);
        self.labels.truncate(labels);
    }

    fn jump(&mut self, depth: usize, target: BlockId, span: Span) -> Expr {
        let turned = self.lowering.turns_to_clean_up(depth);
        let unwinds = turned.or(self.lowering.unwinds);
        let lowering = &mut self.lowering;
        let landing = lowering.unwinding(unwinds, |lowering| lowering.landing(depth, target));
        self.lowering.cfg.jumps = true;
        let name = Ident::new(marker::JUMP, span);
        let number = Literal::u32_unsuffixed(landing.0);
        parse(quote_spanned!(span=> #name!(#number)))
    }

    fn break_(&mut self, e: &syn::ExprBreak) -> Option<Expr> {
        let (depth, exit) = self.outside(e.label.as_ref())?;
        let span = e.span();
        let value = match &e.expr {
            Some(value) => value.to_token_stream(),
            None => quote_spanned!(span=> ()),
        };
        let jump = self.jump(depth, exit.after, span);
        Some(parse(match &exit.dest {
            Dest::Return => quote_spanned!(span=> return #value),
            Dest::Discard if e.expr.is_none() => return Some(jump),
            Dest::Discard => quote_spanned!(span=> { #value; #jump }),
            Dest::Assign(place) => quote_spanned!(span=> { #place = #value; #jump }),
            Dest::Local(local) => {
                let init = Ident::new(marker::INIT, span);
                let local = local.placeholder(span);
                quote_spanned!(span=> { #init!(#local, #value); #jump })
            }
        }))
    }
}

fn parse(tokens: proc_macro2::TokenStream) -> Expr {
    syn::parse2(tokens).expect("made as an expression")
}

impl VisitMut for Jumps<'_, '_> {
    fn visit_expr_mut(&mut self, e: &mut Expr) {
        match e {
            Expr::Loop(l) => {
                let label = l.label.clone();
                self.within(label.as_ref(), true, |s| s.visit_block_mut(&mut l.body));
            }
            Expr::While(w) => {
                let label = w.label.clone();
                self.within(label.as_ref(), true, |s| {
                    s.visit_expr_mut(&mut w.cond);
                    s.visit_block_mut(&mut w.body);
                });
            }
            Expr::ForLoop(f) => {
                self.visit_expr_mut(&mut f.expr);
                let label = f.label.clone();
                self.within(label.as_ref(), true, |s| s.visit_block_mut(&mut f.body));
            }
            Expr::Block(b) if b.label.is_some() => {
                let label = b.label.clone();
                self.within(label.as_ref(), false, |s| s.visit_block_mut(&mut b.block));
            }
            _ => visit_mut::visit_expr_mut(self, e),
        }
        let jump = match e {
            Expr::Break(b) => self.break_(b),
            Expr::Continue(c) => match self.outside(c.label.as_ref()) {
                Some((
                    depth,
                    Exit {
                        again: Some(again), ..
                    },
                )) => Some(self.jump(depth, again, c.span())),
                _ => None,
            },
            _ => None,
        };
        if let Some(jump) = jump {
            *e = jump;
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        invocation::edit(mac, &mut |e| self.visit_expr_mut(e));
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
