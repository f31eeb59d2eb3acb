//! A few tokens that stand in many places of the expansion.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};

/// The path of our support, or of `costate` itself. It is appended token by token: to put one stream into another one the
/// compiler has to be asked, each time, and that would be a fifth of the macro's time.
#[derive(Clone)]
pub struct Words(Vec<TokenTree>);

impl Words {
    pub fn of(tokens: impl ToTokens) -> Words {
        Words(tokens.into_token_stream().into_iter().collect())
    }
}

impl ToTokens for Words {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for word in &self.0 {
            tokens.append(word.clone());
        }
    }
}
