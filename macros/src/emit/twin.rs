//! Emission: the straight-line twin.
//!
//! Input: an [`Input`]. Output: a statement of the public function in which the body stands as written, as a
//! closure of the arguments, with each suspension replaced by a call. rustc checks it and never runs it; every
//! diagnostic of the user's code comes from here, so all of the user's tokens keep their spans, and nothing of it
//! stands under an `allow`. Left as they are: closures, `async` blocks, items, and the tokens of macros.
//!
//! At each suspension the twin may be cancelled: then the future and all that is held is dropped, which
//! the borrow checker so sees. The check stands before the suspension, since nothing after it is checked
//! where its output is uninhabited.

use proc_macro2::{Delimiter, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{
    BoundLifetimes, Expr, ExprAwait, ExprMacro, ExprReturn, Item, Lifetime, Local, Macro, Pat,
    Stmt, StmtMacro, Type,
};

use super::captured::{captured, is_captured};
use super::{globs, imported, known, owners, pins, signature};
use crate::body::marker;
use crate::cleanup;
use crate::invocation;
use crate::parse::{Argument, Input};
use crate::spans::{self, Place, located, parentheses};
use crate::suspensions;
use crate::syntax;
use crate::words::Words;

/// `if false { check((a, b), move |(a, mut b)| -> T { .. BODY .. }); }`
pub fn twin(input: &Input) -> TokenStream {
    let private = input.options.private();
    let mut block = input.twin.as_ref().unwrap_or(&input.block).clone();
    let mut suspensions = Suspensions {
        ways_out: Vec::new(),
        private: &private,
        yields: input.options.yields.as_ref(),
        output: input.inferred_output().into_token_stream(),
        is_plain: is_plain(input),
    };
    let arguments = input.arguments();
    let patterns: Vec<&Pat> = arguments.iter().map(|argument| &argument.pattern).collect();
    owners::check(&private, &patterns, &mut block);
    globs::check(&private, &patterns, &input.items, &mut block);
    known::check(&private, &mut block);
    suspensions.visit_block_mut(&mut block);
    let alone = signature::twin::stands_alone(input);
    let others = arguments
        .iter()
        .enumerate()
        .filter(|(_, argument)| !argument.is_receiver())
        .filter(|(_, argument)| !(alone && is_captured(argument)));
    let (names, patterns): (Vec<Ident>, Vec<&Pat>) = others
        .map(|(index, argument)| (signature::public_name(index, argument), &argument.pattern))
        .unzip();
    if let Some(receiver) = arguments.first().filter(|argument| argument.is_receiver()) {
        hold_whole(receiver, &mut block);
    }
    let (used, locals) = match alone {
        true => captured(&arguments, &block),
        false => Default::default(),
    };
    for name in &input.imported {
        let mention = Expr::Verbatim(imported::mention(name));
        block.stmts.insert(0, Stmt::Expr(mention, None));
    }
    let output = input.inferred_output();
    let result = suspensions.result(&block, &output);
    // It stands where the body does: of what a closure of a macro's captures rustc doesn't say the name.
    let braces = block.brace_token.span;
    let body = |code| spans::group(Delimiter::Brace, code, braces.join());
    // The temporaries of the body's tail end before those do, in every edition.
    let result = match (locals.is_empty(), body(result)) {
        (true, result) => result,
        (false, result) => body(quote!(match (#(#locals,)*) { (#(#locals,)*) => #result })),
    };
    let keyword = quote_spanned!(braces.open()=> move);
    quote! {
        if false {
            #used
            #private::check((#(#names,)*), #keyword |(#(#patterns,)*)| -> #output #result);
        }
    }
}

/// A closure captures of `self` what it mentions; the twin is to have all of it, as the machine has.
fn hold_whole(receiver: &Argument, block: &mut syn::Block) {
    if matches!(receiver.ty, Type::Reference(_)) {
        return;
    }
    // The user's `self`: of a `macro_rules!` it may not be ours to name.
    let Pat::Ident(this) = &receiver.pattern else {
        return;
    };
    let this = &this.ident;
    block.stmts.insert(0, syn::parse_quote!(let _ = &#this;));
}

struct Suspensions<'a> {
    private: &'a Words,
    yields: Option<&'a Type>,
    output: TokenStream,
    /// What is returned stands as the user has written it.
    is_plain: bool,
    /// Where a cancellation goes, innermost last; none: out of the function.
    ways_out: Vec<WayOut>,
}

/// Where a cancellation goes.
enum WayOut {
    /// To the clean-up that stands behind the block of this label.
    Label(Lifetime),
    /// Out of clean-up, which stands in a closure.
    Closure,
}

impl VisitMut for Suspensions<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(_) | Expr::Async(_) => {}
            Expr::Await(suspension) => {
                self.visit_expr_mut(&mut suspension.base);
                *expr = Expr::Verbatim(self.awaited(suspension));
            }
            Expr::Block(block) if let Some(label) = &block.label => {
                let label = label.name.clone();
                if cleanup::is_cancelled(&label.ident) {
                    self.ways_out.push(WayOut::Label(label));
                    visit_mut::visit_expr_mut(self, expr);
                    self.ways_out.pop();
                } else if cleanup::is_clean_up_after_cancellation(&label.ident) {
                    self.ways_out.push(WayOut::Closure);
                    self.visit_block_mut(&mut block.block);
                    self.ways_out.pop();
                    let (private, attrs, block) = (self.private, &block.attrs, &block.block);
                    let call = quote_spanned!(label.span()=> #private::clean_up(|| { #block; }));
                    let code = quote!(#(#attrs)* #call);
                    *expr = Expr::Verbatim(code);
                } else {
                    if cleanup::is_clean_up(&label.ident) {
                        block.label = None;
                    }
                    visit_mut::visit_expr_mut(self, expr);
                }
            }
            Expr::Break(exit) if exit.label.is_some() => {
                visit_mut::visit_expr_break_mut(self, exit);
                exit.expr.iter_mut().for_each(|value| in_parentheses(value));
            }
            Expr::Return(ExprReturn {
                expr: Some(value), ..
            }) => {
                self.visit_expr_mut(value);
                **value = Expr::Verbatim(self.returned(value));
            }
            Expr::Macro(ExprMacro { mac, .. }) if suspensions::is_yield(mac) => {
                *expr = Expr::Verbatim(self.yielded(mac));
            }
            Expr::Macro(ExprMacro { mac, .. })
                if invocation::is_choice(mac) && syntax::macro_suspends(mac) =>
            {
                *expr = invocation::choice(mac);
                self.visit_expr_mut(expr);
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        // All others stay the tokens that the user wrote.
        if syntax::macro_suspends(mac) {
            invocation::edit(mac, &mut |e| self.visit_expr_mut(e));
            invocation::edit_condition(mac, &mut |e| self.visit_expr_mut(e));
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Macro(StmtMacro {
                mac, semi_token, ..
            }) if mac.path.is_ident(marker::PINS) => {
                *stmt = pins::check(self.private, mac);
            }
            Stmt::Macro(StmtMacro {
                mac, semi_token, ..
            }) if suspensions::is_yield(mac) => {
                let call = Expr::Verbatim(self.yielded(mac));
                *stmt = Stmt::Expr(call, *semi_token);
            }
            _ => visit_mut::visit_stmt_mut(self, stmt),
        }
    }

    fn visit_local_mut(&mut self, local: &mut Local) {
        let typed = matches!(local.pat, Pat::Type(_));
        let value = local.init.as_ref().map(|init| &init.expr);
        let place = match value.map(|value| &**value) {
            Some(Expr::Await(value)) if typed => Some(awaited_at(value)),
            _ => None,
        };
        visit_mut::visit_local_mut(self, local);
        if let (Some(place), Some(init)) = (place, &mut local.init) {
            let value = spans::typed(self.private, init.expr.to_token_stream(), place);
            *init.expr = Expr::Verbatim(value);
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// From the operand to the word.
fn awaited_at(suspension: &ExprAwait) -> Place {
    let end = suspension.await_token.span;
    let start = Place::of(&suspension.base, end).start;
    Place { start, end }
}

/// `break 'label ::path()` is what tools that are built on `syn` take for a second label.
fn in_parentheses(value: &mut Expr) {
    if let Expr::Verbatim(call) = value {
        // Not the user's: else rustc would find them unnecessary.
        let span = Span::mixed_site().located_at(call.span());
        *call = parentheses(call.clone(), span).into_token_stream();
    }
}

impl Suspensions<'_> {
    /// `Awaited(match future(EXPR) { future => { if cancelled() { .. return any(); } future } }).output()`
    ///
    /// A call, so that it can stand where the suspension stood; a `match`, so that the temporaries of the
    /// operand live on to the end of the statement. It spans what the suspension spanned.
    fn awaited(&self, suspension: &ExprAwait) -> TokenStream {
        let operand = &suspension.base;
        let Place { start, end } = awaited_at(suspension);
        let future = Ident::new("future", Span::mixed_site());
        let mut argument = operand.clone();
        if let Expr::Paren(inner) = &mut *argument {
            // Not the user's: an argument needs none, and rustc would say so.
            let span = Span::mixed_site().located_at(inner.paren_token.span.join());
            inner.paren_token = syn::token::Paren(span);
        }
        let converted = self::future(argument.to_token_stream(), Place::at(end));
        let give_up = self.give_up(Some(&future));
        let keyword = located(quote!(match), start);
        let arms = located(quote!({ #future => { #give_up #future } }), end);
        let future = quote!(#keyword #converted #arms);
        let awaited = output(self.private, future, Place { start, end });
        let attrs = &suspension.attrs;
        quote!(#(#attrs)* #awaited)
    }

    /// `yielded::<T>(match EXPR { value => .. })`, and the cancellation after the value is handed out.
    fn yielded(&self, mac: &Macro) -> TokenStream {
        let value = if mac.tokens.is_empty() {
            quote!(())
        } else {
            mac.tokens.clone()
        };
        let (start, end) = (mac.path.span(), mac.delimiter.span().close());
        // Not the user's own call: it may take a `()`.
        let made = |span| Span::call_site().located_at(span);
        let place = Place {
            start: made(start),
            end: made(end),
        };
        let ty = self.yields;
        let private = self.private;
        let value = quote!(#private::Yield::<#ty> { value: #value });
        let yielded = call(private, quote!(yielded), value, place);
        let give_up = self.give_up(None);
        let handed_out = Ident::new("handed_out", Span::mixed_site());
        let keyword = located(quote!(match), start);
        let arms = located(quote!({ #handed_out => { #give_up #handed_out } }), end);
        let resumed = quote!(#keyword #yielded #arms);
        call(private, quote!(resumed), resumed, place)
    }

    /// `Output::<T> { value: EXPR }.value`, for `return`: of what a closure returns itself rustc says why it has to be of
    /// its type, which it can't say of the machine's value, and so it might report both.
    fn returned(&self, value: &Expr) -> TokenStream {
        let (private, output) = (self.private, &self.output);
        if self.is_plain {
            return value.to_token_stream();
        }
        let place = Place::of(value, Span::call_site());
        let member = Ident::new("value", place.end);
        quote!(#private::Output::<#output> { value: #value }.#member)
    }

    /// The body as the value of a `let`, for the same reason. An `if`, or else rustc would say of a body that never
    /// ends that what follows is unreachable.
    /// How long it lives is left to what the function returns, of which rustc says more than of an annotation.
    fn result(&self, block: &syn::Block, output: &Type) -> TokenStream {
        let private = self.private;
        if self.is_plain {
            // Without its braces, of which the closure has its own.
            let stmts = &block.stmts;
            return quote!(#(#stmts)*);
        }
        let (output, borrows) = without_lifetimes(output);
        // The user's own span, where something may be said of it: it is declared where none of the user's code comes.
        let tail = match block.stmts.last() {
            Some(Stmt::Expr(tail, None)) if borrows => tail.span(),
            _ => Span::mixed_site(),
        };
        let result = Ident::new("result", tail);
        quote! {
            let #result: #output = if #private::cancelled() { #private::any() } else #block;
            #result
        }
    }

    /// The way out by cancellation.
    fn give_up(&self, future: Option<&Ident>) -> TokenStream {
        let private = self.private;
        let future = future.map(|future| quote!(#private::child(#future).reach();));
        let leave = match self.ways_out.last() {
            None => quote!(return #private::any();),
            Some(WayOut::Closure) => quote!(return;),
            Some(WayOut::Label(label)) => quote!(break #label;),
        };
        quote! {
            if #private::cancelled() {
                #future
                #leave
            }
        }
    }
}

/// Whether of what is returned rustc may say all that there is: it is `!`, which can be said of nothing else, or of a twin that stands
/// alone, beside which the machine says nothing, a type that the user has written.
fn is_plain(input: &Input) -> bool {
    let written = !matches!(input.sig.output, syn::ReturnType::Default);
    matches!(input.inferred_output(), Type::Never(_))
        || written && signature::twin::stands_alone(input)
}

/// The type with `'_` for each lifetime, but where some are its own; whether there are any.
fn without_lifetimes(ty: &Type) -> (Type, bool) {
    #[derive(Default)]
    struct Lifetimes {
        any: bool,
        bound: bool,
    }
    impl VisitMut for Lifetimes {
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            self.any = true;
            lifetime.ident = Ident::new("_", lifetime.ident.span());
        }
        fn visit_bound_lifetimes_mut(&mut self, _: &mut BoundLifetimes) {
            self.bound = true;
        }
    }
    let mut inferred = ty.clone();
    let mut lifetimes = Lifetimes::default();
    lifetimes.visit_type_mut(&mut inferred);
    match lifetimes.bound {
        true => (ty.clone(), false),
        false => (inferred, lifetimes.any),
    }
}

/// `IntoFuture::into_future(OPERAND)`, in twin and machine: what is awaited and is no future is one error, at `place`.
pub fn future(operand: TokenStream, place: Place) -> TokenStream {
    place.call(quote!(core::future::IntoFuture::into_future), operand)
}

/// `private::Awaited(argument).output()`, at `place`: what a suspension evaluates to.
fn output(private: &Words, argument: TokenStream, place: Place) -> TokenStream {
    let value = spans::call(quote!(#private::Awaited), argument, place);
    let parentheses = parentheses(TokenStream::new(), place.end);
    let output = located(quote!(.output), place.end);
    quote!(#value #output #parentheses)
}

/// `private::name(argument)`, at `place`.
fn call(private: &Words, name: TokenStream, argument: TokenStream, place: Place) -> TokenStream {
    spans::call(quote!(#private::#name), argument, place)
}
