//! Stage: `select!`, as the await of one future and a `match`.
//!
//! Input: a body. Output: the same without `select!`: its operands are given to the runtime's combinator, which polls them, cancels
//! the losers and says who has won; the bodies are arms, and so code of the function. No later stage knows of it.
//!
//! ```text
//! select! {                                   match {
//!     Some(line) = lines.next() => a,             let chosen = choose(false, Candidate::matching(Some(into_future(lines.next())),
//!     () = stop, if armed => b,                       |output| match output { Some(line) => true, _ => false },
//!     else => c,                                      Candidate::new(if armed { Some(into_future(stop)) } else { None }, Nobody),
//! }                                               )).await;
//!                                                 chosen
//!                                             } {
//!                                                 This(Some(line)) => a,
//!                                                 Later(This(())) => b,
//!                                                 _ => c,
//!                                             }
//! ```

use crate::diagnostics::Diagnostics;
use crate::invocation::{self, is_ours};
use crate::spans::Place;
use crate::words::Words;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Macro, Pat, Stmt, Token};

/// Whether it is `select!`.
pub fn is(mac: &Macro) -> bool {
    is_ours(&mac.path, "select")
}

/// What is shown of the await that a `select!` has become.
pub fn text(awaited: &Expr) -> Option<String> {
    let Expr::Call(call) = awaited else {
        return None;
    };
    let Expr::Path(func) = &*call.func else {
        return None;
    };
    let mut segments = func.path.segments.iter().rev();
    let is_ours = segments.next()?.ident == "choose" && segments.next()?.ident == "__private";
    match call.args.first()? {
        Expr::Lit(literal) if is_ours => match &literal.lit {
            syn::Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Replaces each `select!` of a body.
pub fn desugar(block: &mut Block, private: &Words, sink: &mut Diagnostics) {
    struct Finder(bool);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_macro(&mut self, mac: &'ast Macro) {
            self.0 |= is(mac) || crate::cleanup::Kind::of(mac).is_some();
            invocation::visit(mac, &mut |e| self.visit_expr(e));
        }
        fn visit_item(&mut self, _: &'ast syn::Item) {}
    }
    let mut finder = Finder(false);
    finder.visit_block(block);
    if finder.0 {
        Desugar { private, sink }.visit_block_mut(block);
    }
}

struct Desugar<'a> {
    private: &'a Words,
    sink: &'a mut Diagnostics,
}

impl VisitMut for Desugar<'_> {
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(of) = stmt
            && is(&of.mac)
        {
            let choice = self.choice(&of.mac);
            *stmt = Stmt::Expr(choice, of.semi_token);
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(_) | Expr::Async(_) => return,
            Expr::Macro(of) if is(&of.mac) => *expr = self.choice(&of.mac),
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if crate::cleanup::Kind::of(mac).is_some()
            && let Ok(stmts) = mac.parse_body_with(Block::parse_within)
        {
            let mut stmts = stmts;
            stmts.iter_mut().for_each(|stmt| self.visit_stmt_mut(stmt));
            mac.tokens = quote!(#(#stmts)*);
            return;
        }
        invocation::edit(mac, &mut |e| self.visit_expr_mut(e));
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

impl Desugar<'_> {
    fn choice(&mut self, mac: &Macro) -> Expr {
        let choice = mac.parse_body::<Choice>().and_then(|choice| {
            if choice.branches.is_empty() {
                return Err(syn::Error::new(
                    mac.path.span(),
                    "`select!` without a branch waits for nothing: write `pattern = future => body`",
                ));
            }
            syn::parse2(self.matched(&choice, mac.path.span()))
        });
        choice.unwrap_or_else(|error| {
            self.sink.push(error);
            syn::parse_quote!(::core::unreachable!())
        })
    }

    fn matched(&self, choice: &Choice, at: Span) -> TokenStream {
        let private = self.private;
        let made = Span::mixed_site().located_at(at);
        let chosen = Ident::new("chosen", made);
        let (biased, text) = (choice.biased, choice.text());
        let mut candidates = quote_spanned!(made=> #private::Nobody);
        for branch in choice.branches.iter().rev() {
            candidates = self.candidate(branch, &candidates);
        }
        let mut arms = TokenStream::new();
        let flow = quote!(#private::Chosen);
        for (at, branch) in choice.branches.iter().enumerate() {
            let (pattern, body) = (&branch.pattern, branch.body());
            let this = quote!(#flow::This(#pattern));
            let pattern = (0..at).fold(this, |pattern, _| quote!(#flow::Later(#pattern)));
            arms.extend(quote!(#pattern => #body));
        }
        let otherwise = match &choice.otherwise {
            Some(body) => quote!({ #body }),
            None => quote_spanned!(made=> match #private::nobody_left() {}),
        };
        arms.extend(quote_spanned!(made=> #[allow(unreachable_patterns)] _ => #otherwise));
        let choice = quote_spanned!(made=> #private::choose(#text, #biased, #candidates));
        let choice = syn::ExprAwait {
            attrs: Vec::new(),
            base: Box::new(Expr::Verbatim(choice)),
            dot_token: Token![.](made),
            await_token: syn::token::Await { span: made },
        };
        quote_spanned! {made=>
            match {
                let #chosen = #choice;
                #chosen
            } {
                #arms
            }
        }
    }

    fn candidate(&self, branch: &Branch, rest: &TokenStream) -> TokenStream {
        let (private, future) = (self.private, &branch.future);
        let made = Span::mixed_site().located_at(future.span());
        let place = Place::of(future, future.span());
        let future = crate::emit::twin::future(future.to_token_stream(), place);
        let operand = Ident::new("operand", made);
        let some = quote_spanned! {made=>
            #private::Some(match #private::Awaited(#future) {
                #operand => (#operand.known(), #operand.future()),
            })
        };
        let some = match &branch.condition {
            Some(condition) => quote_spanned! {made=>
                if #condition { #some } else { #private::core::option::Option::None }
            },
            None => some,
        };
        if is_irrefutable(&branch.pattern) {
            return quote_spanned!(made=> #private::Candidate::new(#some, #rest));
        }
        let mut pattern = branch.pattern.clone();
        ByReference.visit_pat_mut(&mut pattern);
        let output = Ident::new("output", made);
        quote_spanned! {made=>
            #private::Candidate::matching(
                #some,
                |#output| match #output {
                    #[allow(unused_variables)]
                    #pattern => true,
                    #[allow(unreachable_patterns)]
                    _ => false,
                },
                #rest,
            )
        }
    }
}

/// Matches certainly, by the look of it.
fn is_irrefutable(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) | Pat::Rest(_) => true,
        Pat::Ident(p) => {
            let is_name = !crate::body::is_upper_case(&p.ident);
            is_name && p.subpat.as_ref().is_none_or(|(_, p)| is_irrefutable(p))
        }
        Pat::Tuple(p) => p.elems.iter().all(is_irrefutable),
        Pat::Paren(p) => is_irrefutable(&p.pat),
        Pat::Reference(p) => is_irrefutable(&p.pat),
        Pat::Type(p) => is_irrefutable(&p.pat),
        _ => false,
    }
}

/// Makes of a pattern one that only looks, and binds by reference.
struct ByReference;

impl VisitMut for ByReference {
    fn visit_pat_mut(&mut self, pattern: &mut Pat) {
        // What is looked at through a reference already is not taken out of one by `&`.
        while let Pat::Reference(of) = pattern {
            let inner = std::mem::replace(&mut *of.pat, Pat::Verbatim(TokenStream::new()));
            *pattern = inner;
        }
        visit_mut::visit_pat_mut(self, pattern);
    }

    fn visit_pat_ident_mut(&mut self, p: &mut syn::PatIdent) {
        (p.by_ref, p.mutability) = (None, None);
        visit_mut::visit_pat_ident_mut(self, p);
    }
}

/// What stands in a `select!`.
struct Choice {
    biased: bool,
    branches: Vec<Branch>,
    /// `else => BODY`
    otherwise: Option<Expr>,
}

/// `PATTERN = FUTURE, if CONDITION => BODY`
struct Branch {
    pattern: Pat,
    future: Expr,
    condition: Option<Expr>,
    /// None: the value is the pattern's, which has no names.
    body: Option<Expr>,
}

impl Choice {
    /// As it is shown: `select! { rx.recv(), stop }`.
    fn text(&self) -> String {
        let body = crate::resolve::resolve(&[], &[], &syn::parse_quote!({}), &mut |_, _| {});
        let futures = self.branches.iter().map(|branch| {
            let future = branch.future.to_token_stream();
            crate::names::text(&body, future)
        });
        let futures: Vec<_> = futures.collect();
        format!("select! {{ {} }}", futures.join(", "))
    }
}

impl Branch {
    fn body(&self) -> TokenStream {
        match &self.body {
            Some(Expr::Block(block)) if block.label.is_none() => block.to_token_stream(),
            Some(body) => quote!({ #body }),
            None => quote!({}),
        }
    }
}

impl Parse for Choice {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        let biased = ahead.parse::<Ident>().is_ok_and(|word| word == "biased")
            && ahead.parse::<Option<Token![;]>>()?.is_some();
        if biased {
            input.parse::<Ident>()?;
            input.parse::<Token![;]>()?;
        }
        let (mut branches, mut otherwise) = (Vec::new(), None);
        while !input.is_empty() {
            if input.peek(Token![else]) {
                input.parse::<Token![else]>()?;
                input.parse::<Token![=>]>()?;
                otherwise = Some(body(input)?);
                if !input.is_empty() {
                    return Err(input.error("`else` is the last branch of a `select!`"));
                }
                break;
            }
            branches.push(input.parse()?);
        }
        Ok(Choice {
            biased,
            branches,
            otherwise,
        })
    }
}

impl Parse for Branch {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        input.parse::<Token![=]>()?;
        let future = input.parse()?;
        let mut condition = None;
        if input.peek(Token![,]) && input.peek2(Token![if]) {
            input.parse::<Token![,]>()?;
            input.parse::<Token![if]>()?;
            condition = Some(input.parse()?);
        }
        let mut of_branch = None;
        if input.parse::<Option<Token![=>]>>()?.is_some() {
            of_branch = Some(body(input)?);
        } else if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(Branch {
            pattern,
            future,
            condition,
            body: of_branch,
        })
    }
}

/// As the body of a `match` arm: a block needs no comma.
fn body(input: ParseStream<'_>) -> syn::Result<Expr> {
    if input.peek(syn::token::Brace) {
        let block: Block = input.parse()?;
        let body = match input.peek(Token![,]) || input.is_empty() || !continues(input) {
            true => Expr::Block(syn::ExprBlock {
                attrs: Vec::new(),
                label: None,
                block,
            }),
            false => return Err(input.error("a body that begins with a block is that block")),
        };
        input.parse::<Option<Token![,]>>()?;
        return Ok(body);
    }
    let body = input.parse()?;
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(body)
}

/// Whether an operator follows.
fn continues(input: ParseStream<'_>) -> bool {
    input.peek(Token![.]) || input.peek(Token![?])
}
