//! What a block with clean-up becomes.

use super::around::{Around, Guarded, Way};
use super::{Desugar, For, Kind};
use crate::body::marker;
use crate::syntax;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, Macro, Stmt};

/// Each is a block in the one before it, and stages, rustc's too, walk them by recursion.
const DEEPEST: usize = 20;

const TOO_DEEP: &str = "more than 20 blocks of clean-up are open here, which is too deep for the compiler: put some of them, and what they clean \
    up after, into a coroutine of their own";

impl Desugar<'_> {
    fn is_too_deep(&self) -> bool {
        let open = self
            .around
            .iter()
            .filter(|a| matches!(a, Around::Guarded(_)));
        open.count() >= DEEPEST
    }

    /// Puts the rest of a block, and the clean-up on each way out of it, at the block's end.
    pub(super) fn guard(&mut self, kind: Kind, mac: &Macro, block: &mut Block, rest: Vec<Stmt>) {
        let clean_up = match mac.parse_body_with(Block::parse_within) {
            Ok(stmts) => Block {
                brace_token: syn::token::Brace {
                    span: *mac.delimiter.span(),
                },
                stmts,
            },
            Err(error) => return self.sink.push(error),
        };
        self.refuse_misuse(kind, &clean_up);
        if self.is_too_deep() {
            return self.sink.error_over(&mac.path, TOO_DEEP);
        }
        let (items, stmts): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_item);
        block.stmts.splice(0..0, items);
        let mut inner = Block {
            brace_token: block.brace_token,
            stmts,
        };
        self.around.push(Around::Guarded(Guarded {
            kind,
            number: self.next,
            span: mac.path.span(),
            ways: Vec::new(),
            unwound: false,
        }));
        self.next += 1;
        // The rest of the body has a type that is known.
        let is_body = self.blocks == 0;
        self.visit_block_mut(&mut inner);
        if is_body && let Some(Stmt::Expr(tail, None)) = inner.stmts.last_mut() {
            self.returns(tail);
        }
        let Some(Around::Guarded(guarded)) = self.around.pop() else {
            unreachable!("it was pushed above")
        };
        let guard = Guard { clean_up, guarded };
        let tokens = self.assembled(guard, &inner, is_body);
        let stmts = syn::parse::Parser::parse2(Block::parse_within, tokens);
        block.stmts.extend(stmts.expect("made as statements"));
    }

    fn assembled(&mut self, mut guard: Guard, inner: &Block, is_body: bool) -> TokenStream {
        let out = Ident::new("out", Span::mixed_site());
        let ty = is_body.then(|| self.output());
        let mut code = self.cancellable(&mut guard, inner, &out, ty.as_ref());
        let at_end = self.copy(&guard, false);
        if guard.guarded.ways.is_empty() {
            let never = matches!(self.signature.output, syn::Type::Never(_));
            let never = never || self.to == For::Twin && ends_in_a_macro(&guard.clean_up);
            // What follows a value of that type isn't reached, nor what follows a panic, which is nothing to tell the user.
            let unreached = never.then(|| quote!(#[allow(unreachable_code)] let #out = #out;));
            return quote!(#code #at_end #unreached #out);
        }
        let fallen = guard.guarded.fallen();
        code.extend(quote!(#at_end #[allow(unreachable_code)] break #fallen #out;));
        for (at, way) in guard.guarded.ways.iter().enumerate() {
            let label = guard.guarded.label_of(at);
            let clean_up = self.copy(&guard, false);
            let exit = Ident::new("exit", Span::mixed_site());
            let unreached = self.unreached_by();
            code = match way {
                Way::Return => {
                    let (output, on) = (self.output(), self.on(syn::parse_quote!(return #exit)));
                    quote!(let #exit: #output = #label: { #code }; #clean_up #unreached #on;)
                }
                Way::Break(to, true) => {
                    let to = lifetime(to);
                    let on = self.on(syn::parse_quote!(break #to #exit));
                    quote!(let #exit = #label: { #code }; #clean_up #unreached #on;)
                }
                Way::Break(to, false) => {
                    let to = lifetime(to);
                    let on = self.on(syn::parse_quote!(break #to));
                    quote!(#label: { #code } #clean_up #unreached #on;)
                }
                Way::Continue(to) => {
                    let to = lifetime(to);
                    let on = self.on(syn::parse_quote!(continue #to));
                    quote!(#label: { #code } #clean_up #unreached #on;)
                }
            };
        }
        quote!(#fallen: { #code })
    }

    /// `let out = REST;`, with what a cancellation in it leads to.
    fn cancellable(
        &mut self,
        guard: &mut Guard,
        inner: &Block,
        out: &Ident,
        ty: Option<&TokenStream>,
    ) -> TokenStream {
        // Of a value that there never is Clippy would say that what makes it doesn't end.
        let is_never = matches!(self.signature.output, syn::Type::Never(_));
        let never = is_never.then(|| quote!(#[allow(clippy::diverging_sub_expression)]));
        let ty = ty.map(|ty| quote!(: #ty));
        if !syntax::block_suspends(inner) && !guard.guarded.unwound {
            let unused = self.unreached(guard);
            let label = self.closed(&guard.guarded);
            return quote!(#unused #never let #out #ty = #label #inner;);
        }
        let (cancelled, done) = (guard.guarded.cancelled(), guard.guarded.done());
        let clean_up = self.copy(guard, true);
        let on = self.cancelled();
        let closed = self.closed(&guard.guarded);
        quote! {
            #never
            let #out #ty = #done: {
                #cancelled: {
                    #never
                    let #out #ty = #closed #inner;
                    #[allow(unreachable_code)]
                    break #done #out;
                }
                #clean_up
                #on
            };
        }
    }

    /// `'label:`, for the twin: out of a block that has a label there is no `break` or `continue` without one, so rustc says
    /// of those that a macro of the user's hides that they can't stand there.
    fn closed(&self, guarded: &Guarded) -> TokenStream {
        let label = guarded.closed();
        match self.to {
            For::Twin => quote!(#label:),
            For::Machine => TokenStream::new(),
        }
    }

    /// What never runs is checked all the same.
    fn unreached(&mut self, guard: &Guard) -> TokenStream {
        if guard.guarded.kind == Kind::Defer || self.to == For::Machine {
            return TokenStream::new();
        }
        let private = &self.signature.private;
        let clean_up = &guard.clean_up;
        quote!(if #private::cancelled() { #clean_up; return #private::any(); })
    }

    /// A copy of the clean-up, for one way out.
    fn copy(&mut self, guard: &Guard, cancelled: bool) -> TokenStream {
        if guard.guarded.kind == Kind::OnCancel && !cancelled {
            return TokenStream::new();
        }
        let mut block = guard.clean_up.clone();
        self.visit_block_mut(&mut block);
        let suspends = syntax::block_suspends(&block);
        if cancelled {
            return self.copy_after_cancellation(guard, &block, suspends);
        }
        let leads_on = self.lead_panics_on(suspends);
        let block = match self.to {
            For::Twin if self.is_guarded() => self.apart(guard, &block),
            For::Machine if leads_on => {
                let (label, contained) = (guard.guarded.clean_up(), marker::CONTAINED);
                let contained = Ident::new(contained, Span::mixed_site());
                quote!(#label: { #contained!(); #block })
            }
            _ if suspends => {
                let label = guard.guarded.clean_up();
                quote!(#label: #block)
            }
            _ => {
                let closed = self.closed(&guard.guarded);
                return quote!(#[allow(unreachable_code)] #closed #block;);
            }
        };
        // One that was cancelled meanwhile goes no further.
        let goes_on = suspends || (leads_on && self.to == For::Twin);
        let (asked, on) = (self.cancelling(), self.cancelled());
        let on = goes_on.then(|| quote!(#[allow(unreachable_code)] if #asked { #on }));
        quote!(#[allow(unreachable_code)] #block; #on)
    }

    /// The copy on the way out by cancellation, or after a panic in other clean-up.
    fn copy_after_cancellation(&self, guard: &Guard, block: &Block, suspends: bool) -> TokenStream {
        let (block, unwinds) = match self.to {
            For::Twin if self.is_guarded() => (self.apart(guard, block), None),
            For::Twin => {
                let label = guard.guarded.clean_up();
                (quote!(#label: #block), None)
            }
            For::Machine => {
                let label = suspends.then(|| guard.guarded.after_cancellation());
                let label = label.map(|label| quote!(#label:));
                let is_skipped = guard.guarded.kind == Kind::OnCancel && guard.guarded.unwound;
                let asked = self.asked(marker::UNWINDING);
                (quote!(#label #block), is_skipped.then_some(asked))
            }
        };
        let dropped = suspends.then(|| self.asked(marker::DROPPING));
        match (unwinds, dropped) {
            (Some(unwinds), Some(dropped)) => {
                quote!(if #unwinds {} else if #dropped {} else { #block; })
            }
            (Some(skipped), None) | (None, Some(skipped)) => {
                quote!(if #skipped {} else { #block; })
            }
            (None, None) => quote!(#[allow(unreachable_code)] #block;),
        }
    }

    /// The twin has in a closure what a panic may leave: what comes after it can't use what was moved into that.
    fn apart(&self, guard: &Guard, block: &Block) -> TokenStream {
        let label = guard.guarded.after_cancellation();
        quote!(#label: #block)
    }

    /// Whether a panic in what is put here leads to clean-up further out, which is told. Of `on_cancel!` alone it does if it may be
    /// cancelled while it runs.
    fn lead_panics_on(&mut self, suspends: bool) -> bool {
        let outer = self.around.iter_mut().filter_map(|around| match around {
            Around::Guarded(outer) => Some(outer),
            _ => None,
        });
        let outer: Vec<_> = outer.collect();
        let leads_on = outer.iter().any(|o| suspends || o.kind == Kind::Defer);
        for guarded in outer {
            guarded.unwound |= leads_on;
        }
        leads_on
    }

    /// A way on from here, which may lead through clean-up further out.
    fn on(&mut self, mut way: Expr) -> Expr {
        self.way_out(&mut way);
        way
    }

    pub(super) fn output(&self) -> TokenStream {
        let (private, output) = (&self.signature.private, self.signature.output);
        match output {
            // `!` can be said of what is returned, and of nothing else.
            syn::Type::Never(_) => quote!(<fn() -> ! as #private::Returns>::Output),
            output => quote!(#output),
        }
    }
}

/// A `defer!` or `on_cancel!`, and how what follows it is left.
struct Guard {
    clean_up: Block,
    guarded: Guarded,
}

/// `todo!()`, perhaps.
fn ends_in_a_macro(block: &Block) -> bool {
    let last = block.stmts.last();
    matches!(last, Some(Stmt::Macro(_) | Stmt::Expr(Expr::Macro(_), _)))
}

fn lifetime(name: &Ident) -> syn::Lifetime {
    syn::Lifetime {
        apostrophe: name.span(),
        ident: name.clone(),
    }
}

/// An item is in scope in all of its block. (A `macro_rules!` is in scope from where it stands.)
fn is_item(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Item(syn::Item::Macro(_)) => false,
        Stmt::Item(_) => true,
        _ => false,
    }
}
