//! Calls of the wrong number of arguments.
//!
//! rustc says which of them it takes for the surplus one, and of what types are those that are missing: in the machine, where
//! the types are not known once the twin is wrong, something else than in the twin. So it isn't asked about what no machine can
//! have, as far as the macro knows it: the constructors of `Option` and `Result` with another number than one.

use syn::{Expr, ExprCall};

use super::Rewriter;

impl Rewriter<'_> {
    /// The callee as something of which nothing is known if the twin is wrong. (It is right where these names are others.)
    pub(super) fn called_wrongly(&self, call: &mut ExprCall) {
        if call.args.len() != 1
            && let Expr::Path(path) = &*call.func
            && ["Some", "Ok", "Err"]
                .iter()
                .any(|name| path.path.is_ident(name))
            && let Some(callee) = self.names.callee(&call.func)
        {
            *call.func = Expr::Verbatim(callee);
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    /// What rustc says of these quotes the standard library, and so is no expected message (`mistakes/` has them).
    #[test]
    fn a_constructor_of_another_number_of_arguments_is_none_that_is_known() {
        let item = quote!(
            fn f(n: u8) -> Result<u8, u8> {
                g(n).await;
                g(Some(n)).await;
                if n == 1 {
                    return Err();
                }
                Ok(n, 1)
            }
        );
        let expansion = crate::pipeline::expand(quote!(), item).to_string();
        assert_eq!(expansion.matches("leaving . calls (Err) ()").count(), 1);
        assert_eq!(expansion.matches("leaving . calls (Ok) (").count(), 1);
        assert!(!expansion.contains("calls (Some)"));
    }
}
