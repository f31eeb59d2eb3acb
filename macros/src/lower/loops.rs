//! `loop`, `while`, `while let` and `for`.

use super::{Dest, Exit, Lowering};
use crate::body::MentionKind;
use crate::cfg::*;
use crate::syntax::{self, suspends};
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{Expr, ExprForLoop, ExprLoop, ExprWhile};

impl Lowering<'_> {
    pub(super) fn loop_(&mut self, e: &ExprLoop, dest: Dest) {
        let (head, after) = (self.new_block(), self.new_block());
        self.goto(head);
        self.come_to(head);
        self.push_scope(Some(exit(e.label.as_ref(), after, head, dest)));
        self.push_scope(None);
        self.block(&e.body, Dest::Discard);
        self.pop_scope();
        self.goto(head);
        self.scopes.pop();
        self.come_to(after);
    }

    pub(super) fn while_(&mut self, e: &ExprWhile, dest: Dest) {
        let (head, after) = (self.new_block(), self.new_block());
        self.goto(head);
        self.come_to(head);
        let depth = self.scopes.len();
        self.push_scope(Some(exit(e.label.as_ref(), after, head, Dest::Discard)));
        self.push_scope(None);
        if !self.while_with_direct_condition(e) {
            self.condition(&e.cond, after, depth);
            self.block(&e.body, Dest::Discard);
        }
        self.pop_scope();
        self.goto(head);
        self.scopes.pop();
        self.come_to(after);
        self.finish_loop(&dest, e.span());
    }

    /// `while VALUE { .. }` whose body has no suspension: `if VALUE { .. } else { break }`.
    fn while_with_direct_condition(&mut self, e: &ExprWhile) -> bool {
        let (cond, body) = (&e.cond, &e.body);
        let as_if = syn::ExprIf {
            attrs: Vec::new(),
            if_token: Default::default(),
            cond: cond.clone(),
            then_branch: body.clone(),
            else_branch: Some((Default::default(), syn::parse_quote!({ break }))),
        };
        let Some(value) = self.if_with_direct_condition(&as_if) else {
            return false;
        };
        self.finish(&Dest::Discard, value);
        true
    }

    pub(super) fn for_(&mut self, e: &ExprForLoop, dest: Dest) {
        // Its temporaries end with it, whatever it is the tail of.
        self.push_scope(None);
        self.for_in_scope(e, dest);
        self.pop_scope();
    }

    fn for_in_scope(&mut self, e: &ExprForLoop, dest: Dest) {
        let value = self.value_of(&e.expr);
        let value = self.hold_temporaries(value);
        if !self.block_is_lowered(&e.body) {
            let mut e = e.clone();
            e.expr = Box::new(self.unit(e.expr.span()));
            let Expr::ForLoop(mut e) = self.opaque(&Expr::ForLoop(e)) else {
                unreachable!()
            };
            e.expr = Box::new(value);
            return self.finish(&dest, Expr::ForLoop(e));
        }
        let span = e.expr.span();
        let iterator = self.temporary_at(self.scopes.len() - 1, "iterator", span);
        let support = crate::names::support();
        let iterated = crate::spans::iterated(support, value, &e.expr);
        let value = parse(iterated);
        self.push(Statement::Init(iterator, value));
        let (head, after) = (self.new_block(), self.new_block());
        self.goto(head);
        self.come_to(head);
        let depth = self.scopes.len();
        self.push_scope(Some(exit(e.label.as_ref(), after, head, Dest::Discard)));
        self.push_scope(None);
        self.next_item(e, iterator, after, depth);
        self.block(&e.body, Dest::Discard);
        self.pop_scope();
        self.goto(head);
        self.scopes.pop();
        self.come_to(after);
        self.finish_loop(&dest, e.span());
    }

    /// Takes the next item apart, or leaves for `after`.
    fn next_item(
        &mut self,
        e: &ExprForLoop,
        iterator: crate::body::LocalId,
        after: BlockId,
        depth: usize,
    ) {
        let span = e.expr.span();
        let iterator = self.mention(iterator, MentionKind::Place, span);
        let next = parse(quote_spanned!(span=> ::core::iter::Iterator::next(&mut #iterator)));
        let pattern = &e.pat;
        let some: syn::Pat = syn::parse_quote!(::core::option::Option::Some(#pattern));
        let none: syn::Pat = syn::parse_quote!(::core::option::Option::None);
        let (scrutinee, source) = self.scrutinee(next, None, &mut std::iter::once(&some));
        let body = self.new_block();
        let bindings = syntax::bindings(pattern);
        self.slots.extend(bindings.iter().copied());
        let after = self.landing(depth, after);
        let arms = vec![self.arm(some, None, body), self.arm(none, None, after)];
        self.terminate(Terminator::Match(Match {
            scrutinee,
            source,
            arms,
        }));
        self.come_to(body);
        for local in bindings {
            self.declare(local);
        }
    }

    fn finish_loop(&mut self, dest: &Dest, span: proc_macro2::Span) {
        if !matches!(dest, Dest::Discard) {
            self.finish(dest, self.unit(span));
        }
    }

    /// Whether an await in an expression needs temporaries that outlive the value of the whole.
    pub(super) fn operand_holds(&self, e: &Expr) -> bool {
        let holds = |base: &Expr| suspends(base) || self.makes_temporaries(base);
        syntax::awaited(e).iter().any(holds)
    }
}

fn exit(label: Option<&syn::Label>, after: BlockId, head: BlockId, dest: Dest) -> Exit {
    Exit {
        label: label.map(|l| l.name.ident.clone()),
        is_loop: true,
        after,
        again: Some(head),
        dest,
    }
}

fn parse(tokens: proc_macro2::TokenStream) -> Expr {
    syn::parse2(tokens).expect("made as an expression")
}
