//! Mentions of our macros that the body uses, in the twin.
//!
//! An import in it finds the user's, and rustc takes that for used. There need be none, as we know these macros by their names: so
//! there is a module of that name to find, too.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// `{ mod defer { pub(super) struct Used; } use defer as used; let _ = used::Used; }`
pub fn mention(name: &Ident) -> TokenStream {
    let module = Ident::new(&name.to_string(), Span::call_site());
    let used = format_ident!("used", span = Span::call_site());
    quote!({
        mod #module { pub(super) struct Used; }
        use #name as #used;
        let _ = #used::Used;
    })
}
