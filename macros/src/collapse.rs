//! Stage: one life for all of a caller's lifetimes.
//!
//! Input: an [`Input`]. Output: the same as its step function sees it, where every lifetime of the signature (and of
//! the header of an impl) is the one universal `'x`; and the [`Frame`], which is what `'x` is where the machine is stored.
//! The public function, which has the true lifetimes, restores them; the twin in it is checked with them.
//!
//! A lifetime that a bound on a type names stays itself (*rigid*), as the bound need not hold for another: such a
//! lifetime is early-bound in the user's signature too. All of them stay where the return type is an `impl Trait`, which
//! cannot be restored as it cannot be named, and where a box takes their place.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, GenericParam, Generics, Item, Lifetime, Macro, ReturnType, WherePredicate};

use crate::diagnostics::Diagnostics;
use crate::parse::{Home, Input, contains_impl};

mod frame;
mod longer;
mod rigid;
#[cfg(test)]
mod tests;
mod tokens;

pub use frame::Frame;

/// A coroutine as its step function sees it.
pub struct Collapsed {
    /// With `'x` for what was collapsed; the generics have none of these lifetimes any more.
    pub input: Input,
    /// The universal lifetime of the step function.
    pub x: Lifetime,
    pub frame: Frame,
    /// The function's and the impl's lifetimes that became `'x`.
    pub lifetimes: Vec<Lifetime>,
    /// Those that stayed, of the function alone.
    pub rigid: Vec<Lifetime>,
}

impl Collapsed {
    /// What cannot be stored.
    pub fn refuse(&self, diagnostics: &mut Diagnostics) {
        let output = self.input.output();
        if matches!(self.frame, Frame::Boxed) && contains_impl(&output) {
            diagnostics.error_over(
                output,
                "`impl Trait` is not possible here, as this method has no lifetime that all others of its impl \
                 outlive: return `Box<dyn Trait>`",
            );
        }
    }
}

/// Collapses the lifetimes of a function.
pub fn collapse(input: &Input) -> Collapsed {
    let x = unused(input, "'x");
    let as_written = input.options.boxed || contains_impl(&input.output());
    let rigid = rigid::rigid(input);
    let stays = |lifetime: &Lifetime| as_written || rigid.contains(lifetime);
    let own = names(&input.sig.generics);
    let (own_rigid, mut lifetimes): (Vec<_>, Vec<_>) = own.into_iter().partition(stays);
    if let Home::Impl { generics, .. } = &input.home {
        let header = names(generics).into_iter();
        lifetimes.extend(header.filter(|lifetime| !stays(lifetime)));
    }
    let frame = frame::frame(input, &rigid, as_written);
    let collapsed = Replace {
        lifetimes: &lifetimes,
        longer: &longer::longer(&input.sig.generics, &lifetimes),
        by: &x,
    };
    Collapsed {
        input: collapsed.input(input),
        frame,
        rigid: own_rigid,
        x,
        lifetimes,
    }
}

fn names(generics: &Generics) -> Vec<Lifetime> {
    let lifetimes = generics.lifetimes().map(|param| param.lifetime.clone());
    lifetimes.collect()
}

/// A lifetime that neither the function nor what is around it has anywhere: of this name, or a longer one.
fn unused(input: &Input, name: &str) -> Lifetime {
    let mut taken = tokens::lifetimes(input.sig.to_token_stream());
    taken.extend(tokens::lifetimes(input.block.to_token_stream()));
    if let Home::Impl { generics, .. } | Home::Trait { generics, .. } = &input.home {
        taken.extend(names(generics).iter().map(|l| l.ident.to_string()));
    }
    let mut name = name.to_owned();
    // The header's are unseen.
    if matches!(input.home, Home::Inherent) {
        name.push('_');
    }
    while taken.iter().any(|taken| *taken == name[1..]) {
        name.push('_');
    }
    Lifetime::new(&name, Span::call_site())
}

/// Puts one lifetime for several, wherever they can stand but in items and labels.
struct Replace<'a> {
    lifetimes: &'a [Lifetime],
    /// Those of them that are another lifetime in the step.
    longer: &'a [(Lifetime, Lifetime)],
    by: &'a Lifetime,
}

impl Replace<'_> {
    fn input(&self, input: &Input) -> Input {
        let mut sig = input.sig.clone();
        self.generics(&mut sig.generics);
        for argument in &mut sig.inputs {
            Walk(self).visit_fn_arg_mut(argument);
        }
        if let ReturnType::Type(_, ty) = &mut sig.output {
            Walk(self).visit_type_mut(ty);
        }
        let mut options = input.options.clone();
        if let Some(ty) = &mut options.yields {
            Walk(self).visit_type_mut(ty);
        }
        Input {
            twin: None,
            options,
            attrs: input.attrs.clone(),
            vis: input.vis.clone(),
            sig,
            made: Vec::new(),
            block: self.block(&input.block),
            items: input.items.clone(),
            imported: Vec::new(),
            home: self.home(&input.home),
        }
    }

    fn block(&self, block: &Block) -> Block {
        let mut block = block.clone();
        if !self.lifetimes.is_empty() {
            Walk(self).visit_block_mut(&mut block);
        }
        block
    }

    fn home(&self, home: &Home) -> Home {
        let mut home = home.clone();
        if let Home::Impl {
            generics,
            self_ty,
            trait_,
            ..
        } = &mut home
        {
            self.generics(generics);
            Walk(self).visit_type_mut(self_ty);
            if let Some(trait_) = trait_ {
                Walk(self).visit_path_mut(trait_);
            }
        }
        home
    }

    /// Without the collapsed lifetimes and what is said of them alone: it holds of one.
    fn generics(&self, generics: &mut Generics) {
        let params = std::mem::take(&mut generics.params).into_iter();
        let params = params.filter_map(|mut param| {
            if let GenericParam::Lifetime(param) = &mut param {
                if self.replaces(&param.lifetime) {
                    return None;
                }
                let bounds = std::mem::take(&mut param.bounds).into_iter();
                param.bounds = bounds.filter(|bound| !self.replaces(bound)).collect();
            }
            Some(param)
        });
        generics.params = params.collect();
        if let Some(clause) = &mut generics.where_clause {
            let predicates = std::mem::take(&mut clause.predicates).into_iter();
            let stays = |predicate: &WherePredicate| match predicate {
                WherePredicate::Lifetime(predicate) => {
                    let bounded = std::iter::once(&predicate.lifetime);
                    !bounded.chain(&predicate.bounds).any(|l| self.replaces(l))
                }
                _ => true,
            };
            clause.predicates = predicates.filter(stays).collect();
        }
    }

    fn replaces(&self, lifetime: &Lifetime) -> bool {
        self.lifetimes.contains(lifetime)
    }

    fn replace(&self, lifetime: &mut Lifetime) {
        if self.replaces(lifetime) {
            let span = lifetime.span();
            let longer = self.longer.iter().find(|(name, _)| name == lifetime);
            let by = longer.map_or(self.by, |(_, rigid)| rigid);
            lifetime.clone_from(by);
            lifetime.set_span(Span::call_site().located_at(span));
        }
    }

    fn tokens(&self, tokens: TokenStream) -> TokenStream {
        tokens::replace(tokens, &|lifetime| self.replace(lifetime))
    }
}

struct Walk<'a>(&'a Replace<'a>);

impl VisitMut for Walk<'_> {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        self.0.replace(lifetime);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        mac.tokens = self.0.tokens(std::mem::take(&mut mac.tokens));
    }

    // Labels have names of their own.
    fn visit_label_mut(&mut self, _: &mut syn::Label) {}

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Break(jump) => {
                if let Some(value) = &mut jump.expr {
                    self.visit_expr_mut(value);
                }
            }
            Expr::Continue(_) => {}
            Expr::Verbatim(tokens) => *tokens = self.0.tokens(std::mem::take(tokens)),
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    // They cannot name the function's.
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
