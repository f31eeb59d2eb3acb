//! `(a[i().await], b) = value`: an assignment that takes its value apart, and suspends in a place that it assigns.
//!
//! Input: such an assignment. Output: what it is to rustc too, `{ let (x, y) = value; a[i().await] = x; b = y; }`.

use super::{Dest, Lowering};
use crate::body::MentionKind;
use proc_macro2::Span;
use quote::{ToTokens, format_ident};
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Expr, ExprAssign, Pat, Stmt};

impl Lowering<'_> {
    pub(super) fn destructure(&mut self, e: &ExprAssign) {
        let mut pattern = (*e.left).clone();
        let mut assignments = Vec::new();
        self.take_apart(&mut pattern, &mut assignments);
        let pattern = Pat::parse_single.parse2(pattern.into_token_stream());
        let (pattern, right) = (pattern.expect("made as a pattern"), &e.right);
        let block = syn::parse_quote!({ let #pattern = #right; #(#assignments)* });
        self.block(&block, Dest::Discard);
    }

    /// Turns the left side into a pattern, and what it assigns into assignments of what this binds.
    fn take_apart(&mut self, left: &mut Expr, assignments: &mut Vec<Stmt>) {
        let parts: Vec<&mut Expr> = match left {
            Expr::Tuple(tuple) => tuple.elems.iter_mut().collect(),
            Expr::Array(array) => array.elems.iter_mut().collect(),
            Expr::Call(call) => call.args.iter_mut().collect(),
            Expr::Struct(literal) => literal.fields.iter_mut().map(|f| &mut f.expr).collect(),
            Expr::Paren(inner) => vec![&mut inner.expr],
            Expr::Group(inner) => vec![&mut inner.expr],
            Expr::Infer(_) | Expr::Range(_) => return,
            target => {
                let span = Span::mixed_site().located_at(target.span());
                let name = format_ident!("part{}", assignments.len(), span = span);
                let part = self.body.add_local(name, false);
                let mention = self.body.add_mention(part, MentionKind::Value, span);
                assignments.push(syn::parse_quote!(#target = #mention;));
                let binding = part.placeholder(span);
                *target = Expr::Verbatim(binding.into_token_stream());
                return;
            }
        };
        parts
            .into_iter()
            .for_each(|part| self.take_apart(part, assignments));
    }
}
