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

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprAwait, ExprMacro, Item, Macro, Pat, Stmt, StmtMacro, Type};

use super::signature;
use crate::invocation;
use crate::parse::{Argument, Input};
use crate::suspensions;
use crate::syntax;

/// `if false { check((a, b), move |(a, mut b)| -> T { BODY }); }`
pub fn twin(input: &Input) -> TokenStream {
    let private = input.options.private();
    let mut block = input.block.clone();
    let mut suspensions = Suspensions {
        private: &private,
        yields: input.options.yields.as_ref(),
    };
    suspensions.visit_block_mut(&mut block);
    let arguments = input.arguments();
    let others = arguments
        .iter()
        .enumerate()
        .filter(|(_, argument)| !argument.is_receiver());
    let (names, patterns): (Vec<Ident>, Vec<&Pat>) = others
        .map(|(index, argument)| (signature::public_name(index, argument), &argument.pattern))
        .unzip();
    if let Some(receiver) = arguments.first().filter(|argument| argument.is_receiver()) {
        hold_whole(receiver, &mut block);
    }
    let output = input.output();
    quote! {
        if false {
            #private::check((#(#names,)*), move |(#(#patterns,)*)| -> #output #block);
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
    private: &'a TokenStream,
    yields: Option<&'a Type>,
}

impl VisitMut for Suspensions<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(_) | Expr::Async(_) => {}
            Expr::Await(suspension) => {
                self.visit_expr_mut(&mut suspension.base);
                *expr = Expr::Verbatim(self.awaited(suspension));
            }
            // rustc points to the end of the whole, which has a span only if both ends are the macro's.
            Expr::Try(question) if matches!(*question.expr, Expr::Await(_)) => {
                let place = question.question_token.span;
                question.question_token.span = Span::call_site().located_at(place);
                self.visit_expr_mut(&mut question.expr);
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
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Macro(StmtMacro {
                mac, semi_token, ..
            }) if suspensions::is_yield(mac) => {
                let call = Expr::Verbatim(self.yielded(mac));
                *stmt = Stmt::Expr(call, *semi_token);
            }
            _ => visit_mut::visit_stmt_mut(self, stmt),
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

impl Suspensions<'_> {
    /// `Awaited(match future(EXPR) { future => { if cancelled() { .. return any(); } future } }).output()`
    ///
    /// A call, so that it can stand where the suspension stood; a `match`, so that the temporaries of the
    /// operand live on to the end of the statement. It spans what the suspension spanned.
    fn awaited(&self, suspension: &ExprAwait) -> TokenStream {
        let operand = &suspension.base;
        let (start, end) = (operand.span(), suspension.await_token.span);
        let future = Ident::new("future", Span::mixed_site());
        let converted = self::future(self.private, operand.to_token_stream(), (start, end));
        let give_up = self.give_up(Some(&future));
        let keyword = located(quote!(match), start);
        let arms = located(quote!({ #future => { #give_up #future } }), end);
        let future = quote!(#keyword #converted #arms);
        let awaited = output(self.private, quote!(Awaited), future, (start, end));
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
        let ty = self.yields;
        let private = self.private;
        let value = quote!(#private::Yield::<#ty> { value: #value });
        let yielded = call(private, quote!(yielded), value, (start, end));
        let give_up = self.give_up(None);
        let handed_out = Ident::new("handed_out", Span::mixed_site());
        let keyword = located(quote!(match), start);
        let arms = located(quote!({ #handed_out => { #give_up #handed_out } }), end);
        let resumed = quote!(#keyword #yielded #arms);
        call(private, quote!(resumed), resumed, (start, end))
    }

    /// The way out by cancellation.
    fn give_up(&self, future: Option<&Ident>) -> TokenStream {
        let private = self.private;
        let future = future.map(|future| quote!(#private::child(#future).reach();));
        quote! {
            if #private::cancelled() {
                #future
                return #private::any();
            }
        }
    }
}

/// `future(OPERAND)`, in twin and machine: what is awaited and is no future is one error.
pub fn future(private: &TokenStream, operand: TokenStream, place: (Span, Span)) -> TokenStream {
    call(private, quote!(future), operand, place)
}

/// `private::name(argument).output()`, at the place from `start` to `end`: what a suspension evaluates to.
pub fn output(
    private: &TokenStream,
    name: TokenStream,
    argument: TokenStream,
    place: (Span, Span),
) -> TokenStream {
    let mut tokens = call(private, name, argument, place);
    tokens.extend(located(quote!(.output()), place.1));
    tokens
}

/// `private::name(argument)`, at the place from `start` to `end`.
fn call(
    private: &TokenStream,
    name: TokenStream,
    argument: TokenStream,
    (start, end): (Span, Span),
) -> TokenStream {
    let mut parentheses = Group::new(Delimiter::Parenthesis, argument);
    parentheses.set_span(Span::call_site().located_at(end));
    let mut call = located(quote!(#private::#name), start);
    call.extend([TokenTree::Group(parentheses)]);
    call
}

/// Tokens of the macro's at the place of the user's; what stands in a group of theirs stays where it is.
fn located(tokens: TokenStream, place: Span) -> TokenStream {
    let tokens = tokens.into_iter().map(|mut token| {
        // A `$crate` among them is found by its span.
        token.set_span(token.span().located_at(place));
        token
    });
    tokens.collect()
}
