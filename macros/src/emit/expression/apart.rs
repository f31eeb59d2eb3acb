//! Patterns that may move parts out of a held local, in code without a suspension.
//!
//! The machine cannot move out of a slot, so it goes in two steps: the match chooses, in the guards of its arms,
//! where nothing is moved yet, and reads what the chosen arm binds; then the arm's own code runs.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprLet, ExprMatch, Lifetime, Pat};

use super::mention::Form;
use super::pass::Pass;
use crate::body::LocalId;
use crate::parts::{FieldPath, Taken};
use crate::syntax;

/// One way to go on.
struct Way<'e> {
    pattern: &'e Pat,
    guard: Option<&'e Expr>,
}

impl Pass<'_, '_> {
    pub fn match_apart(&mut self, choice: &mut ExprMatch) -> Option<()> {
        let ways = choice.arms.iter().map(|arm| Way {
            pattern: &arm.pat,
            guard: arm.guard.as_ref().map(|(_, guard)| &**guard),
        });
        let ways: Vec<_> = ways.collect();
        let chosen = self.chosen(&choice.expr, &ways, syntax::always(choice))?;
        let count = choice.arms.len();
        for (at, arm) in choice.arms.iter_mut().enumerate() {
            let bindings = self.bindings(&arm.pat);
            arm.pat = Pat::Verbatim(self.wrapped(at, count, bindings));
            arm.guard = None;
            self.visit_expr_mut(&mut arm.body);
        }
        *choice.expr = Expr::Verbatim(chosen);
        Some(())
    }

    pub fn let_apart(&mut self, condition: &mut ExprLet) -> Option<()> {
        let chosen = self.this_or_else(&condition.expr, &condition.pat)?;
        let bindings = self.bindings(&condition.pat);
        *condition.pat = Pat::Verbatim(self.wrapped(0, 2, bindings));
        *condition.expr = Expr::Verbatim(chosen);
        Some(())
    }

    pub fn local_apart(&mut self, local: &mut syn::Local) -> Option<()> {
        let pattern = match &local.pat {
            Pat::Type(typed) => (*typed.pat).clone(),
            pattern => pattern.clone(),
        };
        if syntax::simple_binding(&pattern).is_some() {
            return None;
        }
        let init = local.init.as_mut()?;
        let bindings = self.bindings(&pattern);
        let (chosen, pattern) = match &mut init.diverge {
            Some((_, diverge)) => {
                let chosen = self.this_or_else(&init.expr, &pattern)?;
                self.visit_expr_mut(diverge);
                (chosen, self.wrapped(0, 2, bindings))
            }
            None => {
                let way = Way {
                    pattern: &pattern,
                    guard: None,
                };
                (self.chosen(&init.expr, &[way], true)?, bindings)
            }
        };
        *init.expr = Expr::Verbatim(chosen);
        local.pat = Pat::Verbatim(pattern);
        Some(())
    }

    fn this_or_else(&mut self, scrutinee: &Expr, pattern: &Pat) -> Option<TokenStream> {
        let other: Pat = syn::parse_quote!(_);
        let ways = [pattern, &other].map(|pattern| Way {
            pattern,
            guard: None,
        });
        self.chosen(scrutinee, &ways, false)
    }

    /// What is bound, wrapped so that it says by which of the ways; `None` if no part of a slot can leave.
    fn chosen(&mut self, scrutinee: &Expr, ways: &[Way<'_>], sure: bool) -> Option<TokenStream> {
        let (local, path) = syntax::part_of(self.rewriter.body, scrutinee)?;
        if self.closures > 0 || self.form(local) != Form::Slot {
            return None;
        }
        let taken = ways
            .iter()
            .map(|way| self.taken_by(local, &path, way.pattern, sure));
        let taken: Vec<Vec<Taken>> = taken.collect();
        let chains = ways.iter().any(|way| has_let(way.guard));
        if chains || taken.iter().all(Vec::is_empty) {
            return None;
        }
        let mut place = scrutinee.clone();
        self.visit_expr_mut(&mut place);
        let place = place.into_token_stream();
        let label = Lifetime::new("'chosen", Span::mixed_site());
        let private = self.rewriter.private;
        let mut arms = TokenStream::new();
        for (at, (way, taken)) in ways.iter().zip(&taken).enumerate() {
            let names = self.names(way.pattern);
            let value = quote!((#(::core::ptr::read(&#names),)*));
            let value = self.wrapped(at, ways.len(), value);
            let lose = self.rewriter.lose(local, &place, taken);
            let mut pattern = way.pattern.clone();
            self.visit_pat_mut(&mut pattern);
            let guard = way.guard.map(|guard| {
                let mut guard = guard.clone();
                self.visit_expr_mut(&mut guard);
                quote!((#guard) &&)
            });
            arms.extend(quote! {
                #pattern if #guard { #lose break #label #value } => #private::any(),
            });
        }
        Some(quote!(#label: {
            match #place { #arms _ => ::core::hint::unreachable_unchecked() }
        }))
    }

    fn taken_by(&self, local: LocalId, path: &FieldPath, pattern: &Pat, sure: bool) -> Vec<Taken> {
        self.rewriter.parts.taken(local, path, pattern, sure)
    }

    /// The value, or the pattern, of one of several ways.
    fn wrapped(&self, at: usize, count: usize, inner: TokenStream) -> TokenStream {
        let private = self.rewriter.private;
        let last = at + 1 == count;
        let inner = match last {
            true => inner,
            false => quote!(#private::Choice::This(#inner)),
        };
        (0..at).fold(inner, |inner, _| quote!(#private::Choice::Next(#inner)))
    }

    /// The user's names of what a pattern binds.
    fn names(&self, pattern: &Pat) -> Vec<proc_macro2::Ident> {
        let bindings = syntax::bindings(pattern);
        let body = self.rewriter.body;
        bindings
            .iter()
            .map(|b| body.local(*b).name.clone())
            .collect()
    }

    /// The bindings themselves, as a tuple.
    fn bindings(&self, pattern: &Pat) -> TokenStream {
        let mutable = syntax::mutable_bindings(pattern);
        let names = syntax::bindings(pattern).into_iter().map(|local| {
            let name = &self.rewriter.body.local(local).name;
            let keyword = mutable.contains(&local).then(|| quote!(mut));
            quote!(#keyword #name)
        });
        quote!((#(#names,)*))
    }
}

/// Whether a guard binds by `let`.
fn has_let(guard: Option<&Expr>) -> bool {
    match guard {
        Some(Expr::Let(_)) => true,
        Some(Expr::Binary(e)) => has_let(Some(&e.left)) || has_let(Some(&e.right)),
        _ => false,
    }
}
