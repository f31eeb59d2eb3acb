//! Ways out by value: `return` and `?`.

use super::around::Around;
use super::{Desugar, For};
use crate::body::marker;
use crate::invocation::Arguments;
use crate::syntax;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprBreak, ExprReturn, ExprTry, Lifetime, Macro};

/// A value behind a label: `break 'a ::path()` is what `syn` takes for a second label.
pub(super) fn apart(value: Box<Expr>) -> Box<Expr> {
    let first = value.to_token_stream().into_iter().next();
    if !matches!(first, Some(TokenTree::Punct(punct)) if punct.as_char() == ':') {
        return value;
    }
    let made = Span::mixed_site().located_at(value.span());
    let paren_token = syn::token::Paren(made);
    Box::new(Expr::Paren(syn::ExprParen {
        attrs: Vec::new(),
        paren_token,
        expr: value,
    }))
}

impl Desugar<'_> {
    /// `break 'returned VALUE`
    pub(super) fn returned(&self, way: &Lifetime, e: &ExprReturn) -> Expr {
        let span = e.return_token.span;
        let mut value = e.expr.clone();
        value.iter_mut().for_each(|value| self.returns(value));
        let unit = || Box::new(syn::parse_quote_spanned!(span=> ()));
        Expr::Break(ExprBreak {
            attrs: e.attrs.clone(),
            break_token: syn::token::Break { span },
            label: Some(way.clone()),
            expr: Some(value.map(apart).unwrap_or_else(unit)),
        })
    }

    /// `bail!(..)` and `ensure!(condition, ..)`, whose `return` is then one that can be seen: that of a closure's result.
    pub(super) fn bailed(&self, mac: &Macro) -> Option<Expr> {
        let Arguments::List(mut list) = Arguments::parse(mac) else {
            return None;
        };
        let (path, output) = (&mac.path, self.output());
        let span = path.segments.last()?.ident.span();
        let tokens = match syntax::macro_name(path).as_str() {
            "bail" if !list.is_empty() => {
                quote_spanned!(span=> return (|| -> #output { #path!(#list) })())
            }
            "ensure" if list.len() > 1 => {
                let condition =
                    std::mem::replace(&mut list[0].value, syn::parse_quote_spanned!(span=> false));
                quote_spanned!(span=> if !(#condition) {
                    return (|| -> #output { #path!(#list); ::core::unreachable!() })();
                })
            }
            _ => return None,
        };
        syn::parse2(tokens).ok()
    }

    /// Says of a value that it is of the function's type, as the twin does: what is wrong with it is one error then.
    pub(super) fn returns(&self, value: &mut Expr) {
        let (private, output) = (&self.signature.private, self.signature.output);
        let is_named = !matches!(output, syn::Type::Never(_) | syn::Type::Infer(_));
        if self.to == For::Twin || !is_named || syntax::suspends(value) || syntax::branches(value) {
            return;
        }
        let member = Ident::new("value", Span::mixed_site().located_at(value.span()));
        *value = syn::parse_quote!(#private::Output::<#output> { value: #value }.#member);
    }

    /// `OPERAND?`, by a way that leads through clean-up. The twin has the user's own `?` too, of which rustc says what is
    /// wrong with it.
    pub(super) fn tried(&self, way: &Lifetime, e: &ExprTry) -> Expr {
        let (private, output) = (&self.signature.private, self.signature.output);
        let (operand, question) = (&e.expr, &e.question_token);
        let made = Span::mixed_site().located_at(question.spans[0]);
        let [value, residual] = ["value", "residual"].map(|name| Ident::new(name, made));
        let early = quote_spanned!(made=> #private::Early::<_, #output>::new(#residual).result());
        let flow = quote!(#private::core::ops::ControlFlow);
        let tokens = match self.to {
            For::Machine => quote_spanned!(made=> (match #private::Try(#operand).branch() {
                #flow::Continue(#value) => #value,
                #flow::Break(#residual) => break #way (#early),
            })),
            For::Twin => {
                let tried = Ident::new("tried", Span::mixed_site().located_at(operand.span()));
                quote_spanned!(made=> (match #operand {
                    #tried => match #private::cancelled() {
                        true => match #private::Try(#tried).branch() {
                            #flow::Continue(_) => #private::any(),
                            #flow::Break(#residual) => break #way (#early),
                        },
                        false => #tried #question,
                    },
                }))
            }
        };
        syn::parse2(tokens).expect("made as an expression")
    }

    /// The way on by cancellation: to clean-up further out, or out of the function.
    pub(super) fn cancelled(&self) -> TokenStream {
        let private = &self.signature.private;
        let outer = self.around.iter().rev().find_map(|a| match a {
            Around::Guarded(outer) => Some(outer.cancelled()),
            _ => None,
        });
        let unreached = self.unreached_by();
        if let Some(outer) = outer {
            return quote!(#unreached break #outer;);
        }
        match self.to {
            For::Twin => quote!(#unreached return #private::any();),
            For::Machine => {
                let name = Ident::new(marker::CANCELLED, Span::mixed_site());
                quote!(#name!();)
            }
        }
    }

    /// For what follows clean-up, which may never come to its end: that is nothing to tell the user.
    pub(super) fn unreached_by(&self) -> Option<TokenStream> {
        (self.to == For::Twin).then(|| quote!(#[allow(unreachable_code)]))
    }

    /// Whether it was cancelled while it cleaned up.
    pub(super) fn cancelling(&self) -> TokenStream {
        self.asked(marker::CANCELLING)
    }

    /// What the machine knows, and the twin doesn't.
    pub(super) fn asked(&self, marker: &str) -> TokenStream {
        let private = &self.signature.private;
        match self.to {
            For::Twin => quote!(#private::cancelled()),
            For::Machine => {
                let name = Ident::new(marker, Span::mixed_site());
                quote!(#name!())
            }
        }
    }
}
