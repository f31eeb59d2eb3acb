//! What clean-up can't say: it has no way out but its end.

use super::{Desugar, Kind};
use crate::invocation;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Macro};

impl Desugar<'_> {
    /// Reports what leaves clean-up other than by its end.
    pub(super) fn refuse_misuse(&mut self, kind: Kind, block: &Block) {
        let mut misuse = Misuse {
            kind,
            loops: 0,
            labels: Vec::new(),
            found: Vec::new(),
        };
        misuse.visit_block(block);
        for (span, message) in misuse.found {
            self.sink.error(span, message);
        }
    }
}

struct Misuse {
    kind: Kind,
    /// The loops around, within the clean-up.
    loops: u32,
    labels: Vec<String>,
    found: Vec<(proc_macro2::Span, String)>,
}

impl Misuse {
    fn found(&mut self, span: proc_macro2::Span, what: &str, instead: &str) {
        let name = self.kind.name();
        self.found.push((
            span,
            format!("{what} in `{name}`, which runs to its end on every way out: {instead}"),
        ));
    }

    fn within(&mut self, label: Option<&syn::Label>, is_loop: bool, visit: impl FnOnce(&mut Self)) {
        let before = self.labels.len();
        self.labels.extend(label.map(|l| l.name.ident.to_string()));
        self.loops += u32::from(is_loop);
        visit(self);
        self.loops -= u32::from(is_loop);
        self.labels.truncate(before);
    }

    fn leaves(&self, label: Option<&syn::Lifetime>) -> bool {
        match label {
            Some(label) => !self.labels.contains(&label.ident.to_string()),
            None => self.loops == 0,
        }
    }
}

impl<'ast> Visit<'ast> for Misuse {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Closure(_) | Expr::Async(_) => return,
            Expr::Return(e) => self.found(
                e.return_token.span,
                "`return` cannot stand",
                "leave it out, or put what follows it in an `else`",
            ),
            Expr::Try(e) => self.found(
                e.question_token.spans[0],
                "`?` cannot stand",
                "handle the error there, with `if let Err(error) = ..`",
            ),
            Expr::Break(e) if self.leaves(e.label.as_ref()) => self.found(
                e.break_token.span,
                "`break` cannot leave what stands",
                "break out of loops of its own only",
            ),
            Expr::Continue(e) if self.leaves(e.label.as_ref()) => self.found(
                e.continue_token.span,
                "`continue` cannot leave what stands",
                "go on with loops of its own only",
            ),
            _ => {}
        }
        match expr {
            Expr::Loop(e) => self.within(e.label.as_ref(), true, |s| s.visit_block(&e.body)),
            Expr::While(e) => self.within(e.label.as_ref(), true, |s| {
                s.visit_expr(&e.cond);
                s.visit_block(&e.body);
            }),
            Expr::ForLoop(e) => {
                self.visit_expr(&e.expr);
                self.within(e.label.as_ref(), true, |s| s.visit_block(&e.body));
            }
            Expr::Block(e) if e.label.is_some() => {
                self.within(e.label.as_ref(), false, |s| s.visit_block(&e.block));
            }
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let Some(last) = mac.path.segments.last() else {
            return;
        };
        let span = last.ident.span();
        if crate::syntax::is_yield(&mac.path) {
            self.found(
                span,
                "`yield_!` cannot stand",
                "nobody takes what is yielded there",
            );
        }
        if invocation::shape(&mac.path) == invocation::Shape::HidesReturn {
            let what = format!("`{}!` cannot stand", last.ident);
            let instead = "it hides a `return`, so handle the error there";
            self.found(span, &what, instead);
        }
        if let Some(inner) = Kind::of(mac) {
            let what = format!("`{}` cannot stand", inner.name());
            self.found(span, &what, "write it in a function that is awaited there");
        }
        invocation::visit(mac, &mut |e| self.visit_expr(e));
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
