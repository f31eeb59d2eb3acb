//! `#[costate::main]` and `#[costate::test]`: a coroutine, and the function that drives it.
//!
//! Input: a function without arguments. Output: a plain function of the same name around the same
//! function as a coroutine; what the body may say and its errors are `#[coroutine]`'s own business.

use crate::diagnostics::Diagnostics;
use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;

/// Which of the two attributes was written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    Main,
    Test,
}

impl Entry {
    fn name(self) -> &'static str {
        match self {
            Entry::Main => "main",
            Entry::Test => "test",
        }
    }
}

pub fn expand(entry: Entry, attribute: TokenStream, item: TokenStream) -> TokenStream {
    let mut function = match syn::parse2::<syn::ItemFn>(item) {
        Ok(function) => function,
        Err(error) => return error.to_compile_error(),
    };
    let mut sink = Diagnostics::default();
    let krate = crate_path(attribute, entry, &mut sink);
    let name = entry.name();
    if let Some(token) = function.sig.asyncness.take() {
        let message =
            format!("`#[costate::{name}]` makes a coroutine of a plain function; remove `async`");
        sink.error(token.span(), &message);
    }
    if !function.sig.inputs.is_empty() || !function.sig.generics.params.is_empty() {
        let message = format!("a function with `#[costate::{name}]` takes no arguments");
        sink.error(function.sig.inputs.span(), &message);
        function.sig.inputs.clear();
    }
    if let Some(errors) = sink.into_compile_errors() {
        let (attrs, vis, signature) = (&function.attrs, &function.vis, &function.sig);
        return quote!(#errors #(#attrs)* #vis #signature { ::core::unreachable!() });
    }
    driver(entry, &krate, &function)
}

fn driver(entry: Entry, krate: &syn::Path, function: &syn::ItemFn) -> TokenStream {
    let (attrs, vis, signature, body) = (
        &function.attrs,
        &function.vis,
        &function.sig,
        &function.block,
    );
    let name = &signature.ident;
    let test = (entry == Entry::Test).then(|| quote!(#[::core::prelude::v1::test]));
    quote! {
        #test
        #(#attrs)*
        #vis #signature {
            #[#krate::coroutine(crate = #krate)]
            #signature #body
            #krate::block_on(#name())
        }
    }
}

/// `crate = path`, the only option.
fn crate_path(attribute: TokenStream, entry: Entry, sink: &mut Diagnostics) -> syn::Path {
    let default = syn::parse_quote!(::costate);
    if attribute.is_empty() {
        return default;
    }
    let span = attribute.span();
    let parse = |input: syn::parse::ParseStream<'_>| {
        input.parse::<syn::Token![crate]>()?;
        input.parse::<syn::Token![=]>()?;
        input.call(syn::Path::parse_mod_style)
    };
    syn::parse::Parser::parse2(parse, attribute).unwrap_or_else(|_| {
        let name = entry.name();
        let message = format!("`#[costate::{name}]` takes `crate = path` and nothing else");
        sink.error(span, &message);
        default
    })
}
