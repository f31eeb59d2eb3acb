//! What the closure that resumes returns: a step, or a `Result` that is always one, in a function that returns a `Result`.
//!
//! Of a `Result` that is taken for what is in it rustc proposes a `?` where the function or closure around returns one, too; so
//! it says the same of the machine as of the twin, and says it once.

use super::Emitter;
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_> {
    /// What the closure returns of a step.
    pub(super) fn answered(&self, step: &TokenStream) -> TokenStream {
        let private = &self.function.private;
        match self.returns_a_result {
            true => quote!(#private::Ok(#step)),
            false => step.clone(),
        }
    }

    /// The type of that: of a function that returns a `Result` it is one, too.
    pub(super) fn answer_type(&self, step: &TokenStream) -> TokenStream {
        let private = &self.function.private;
        match self.returns_a_result {
            true => quote!(#private::Result<#step, #private::core::convert::Infallible>),
            false => step.clone(),
        }
    }
}

/// Whether the type that a function says it returns is called `Result`.
pub(super) fn is_a_result(output: &TokenStream) -> bool {
    matches!(syn::parse2(output.clone()), Ok(syn::Type::Path(path))
        if path.path.segments.last().is_some_and(|last| last.ident == "Result"))
}
