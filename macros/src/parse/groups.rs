//! Invisible groups: what a `macro_rules!` of the user's has substituted.
//!
//! Input: the item's tokens. Output: the same without groups that have no delimiter: rustc ignores
//! these in what an attribute emits, so that `$e * 2` with `1 + 2` for `$e` would become `1 + 2 * 2`,
//! and `syn` takes some of them amiss. What was one operand stands in parentheses now, unless it
//! is one by itself.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::Expr;

/// Makes the groups visible, or leaves them out.
pub fn settle(tokens: TokenStream) -> TokenStream {
    let mut settled = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => settled.extend(settle_group(&group)),
            other => settled.extend([other]),
        }
    }
    settled
}

fn settle_group(group: &Group) -> TokenStream {
    let inner = settle(group.stream());
    let (delimiter, span) = match group.delimiter() {
        Delimiter::None if holds_together(&inner) => return inner,
        // Spanned as made by a macro: no lint finds fault with them.
        Delimiter::None => (
            Delimiter::Parenthesis,
            Span::mixed_site().located_at(group.span()),
        ),
        visible => (visible, group.span()),
    };
    let mut settled = Group::new(delimiter, inner);
    settled.set_span(span);
    TokenTree::Group(settled).into()
}

/// Whether nothing that stands beside the tokens can take a part of them away: also what is no
/// expression, but a type, a statement or an item. (A pattern or a type that looks like an
/// expression may stand in parentheses.)
fn holds_together(tokens: &TokenStream) -> bool {
    if tokens.clone().into_iter().nth(1).is_none() {
        return true;
    }
    match syn::parse2::<Expr>(tokens.clone()) {
        Ok(expr) => !matches!(
            expr,
            Expr::Assign(_)
                | Expr::Binary(_)
                | Expr::Break(_)
                | Expr::Cast(_)
                | Expr::Closure(_)
                | Expr::Range(_)
                | Expr::Reference(_)
                | Expr::Return(_)
                | Expr::Struct(_)
                | Expr::Unary(_)
        ),
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn invisible(inner: TokenStream) -> TokenTree {
        TokenTree::Group(Group::new(Delimiter::None, inner))
    }

    fn settled(tokens: TokenStream) -> String {
        settle(tokens).to_string()
    }

    #[test]
    fn an_operand_of_several_tokens_stays_one() {
        let sum = invisible(quote!(1 + 2));
        assert_eq!(settled(quote!(#sum * 2)), "(1 + 2) * 2");
        let (minus, nested) = (invisible(quote!(-1)), invisible(quote!(#sum)));
        assert_eq!(
            settled(quote!([#minus.abs(), #nested.f()])),
            "[(- 1) . abs () , (1 + 2) . f ()]"
        );
    }

    #[test]
    fn what_holds_together_by_itself_stands_as_it_is() {
        for inner in [
            quote!('a),
            quote!(name),
            quote!(f(1).g),
            quote!({ 1 }),
            quote!(let x = 1),
        ] {
            let group = invisible(inner.clone());
            assert_eq!(settled(quote!(#group)), inner.to_string());
        }
        for inner in [quote!(dyn A + 'static), quote!(pub(crate)), quote!(Vec<u8>)] {
            let group = invisible(inner.clone());
            assert_eq!(settled(quote!(#group)), inner.to_string());
        }
    }
}
