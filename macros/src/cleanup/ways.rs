//! Ways out by value: `return` and `?`.

use super::{Desugar, For};
use proc_macro2::{Ident, Span};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprBreak, ExprReturn, ExprTry, Lifetime};

impl Desugar<'_> {
    /// `break 'returned VALUE`
    pub(super) fn returned(&self, way: &Lifetime, e: &ExprReturn) -> Expr {
        let span = e.return_token.span;
        let unit = || Box::new(syn::parse_quote_spanned!(span=> ()));
        Expr::Break(ExprBreak {
            attrs: e.attrs.clone(),
            break_token: syn::token::Break { span },
            label: Some(way.clone()),
            expr: Some(e.expr.clone().unwrap_or_else(unit)),
        })
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

    /// Marks the way out of the function by cancellation.
    pub(super) fn cancelled(&self) -> proc_macro2::TokenStream {
        let private = &self.signature.private;
        match self.to {
            For::Twin => quote!(return #private::any();),
            For::Machine => {
                let name = Ident::new(crate::body::marker::CANCELLED, Span::mixed_site());
                quote!(#name!();)
            }
        }
    }

    /// Whether it is only dropped, and nothing can be awaited.
    pub(super) fn dropping(&self) -> proc_macro2::TokenStream {
        let private = &self.signature.private;
        match self.to {
            For::Twin => quote!(#private::cancelled()),
            For::Machine => {
                let name = Ident::new(crate::body::marker::DROPPING, Span::mixed_site());
                quote!(#name!())
            }
        }
    }
}
