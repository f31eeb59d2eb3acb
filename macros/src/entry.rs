//! `#[costate::main]` and `#[costate::test]`: a coroutine, and the function that drives it.
//!
//! Input: a function without arguments. Output: a plain function of the same name around the same
//! function as a coroutine; what the body may say and its errors are `#[coroutine]`'s own business.

use crate::diagnostics::Diagnostics;
use crate::parse;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Token;
use syn::parse::{ParseStream, Parser};
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
    let mut sink = Diagnostics::default();
    let Some(mut function) = parse::parsed::<syn::ItemFn>(&item, true, &mut sink) else {
        return sink.into_compile_errors().unwrap_or_default();
    };
    let options = EntryOptions::parse(attribute, entry, &mut sink);
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
    if !sink.is_empty() {
        let (attrs, vis, signature) = (&function.attrs, &function.vis, &function.sig);
        let if_nothing_else = sink.if_nothing_else();
        let errors = sink.into_compile_errors();
        return quote! {
            #errors
            #(#attrs)* #vis #signature { #if_nothing_else ::core::unreachable!() }
        };
    }
    driver(entry, &options, &function)
}

fn driver(entry: Entry, options: &EntryOptions, function: &syn::ItemFn) -> TokenStream {
    let (attrs, vis, signature, body) = (
        &function.attrs,
        &function.vis,
        &function.sig,
        &function.block,
    );
    let (krate, name) = (&options.krate, &signature.ident);
    let run = match (&options.threads, options.clock) {
        (None, Clock::Runs) => quote!(block_on(#name())),
        (None, Clock::Paused) => quote!(__private::block_on_paused(#name())),
        (Some(threads), Clock::Runs) => quote!(__private::block_on_threads(#threads, #name())),
        (Some(threads), Clock::Paused) => {
            quote!(__private::block_on_threads_paused(#threads, #name()))
        }
    };
    let test = (entry == Entry::Test).then(|| quote!(#[::core::prelude::v1::test]));
    quote! {
        #test
        #(#attrs)*
        #vis #signature {
            #[#krate::coroutine(crate = #krate)]
            #signature #body
            #krate::#run
        }
    }
}

/// What may be said in the parentheses.
struct EntryOptions {
    krate: syn::Path,
    /// How many workers the runtime has. Without, it is the calling thread alone.
    threads: Option<syn::Expr>,
    clock: Clock,
}

/// Whether the clock of the runtime runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clock {
    Runs,
    /// Said by `paused`, of a test.
    Paused,
}

impl EntryOptions {
    fn parse(attribute: TokenStream, entry: Entry, sink: &mut Diagnostics) -> Self {
        let mut options = EntryOptions {
            krate: syn::parse_quote!(::costate),
            threads: None,
            clock: Clock::Runs,
        };
        let span = attribute.span();
        let result = Parser::parse2(
            |input: ParseStream<'_>| options.read(entry, input),
            attribute,
        );
        if result.is_err() {
            let takes = match entry {
                Entry::Main => "`threads = number` and `crate = path`",
                Entry::Test => "`threads = number`, `paused` and `crate = path`",
            };
            let name = entry.name();
            let message =
                format!("`#[costate::{name}]` takes {takes}, each once, and nothing else");
            sink.error(span, &message);
        }
        options
    }

    fn read(&mut self, entry: Entry, input: ParseStream<'_>) -> syn::Result<()> {
        let mut has_path = false;
        while !input.is_empty() {
            if input.parse::<Option<Token![crate]>>()?.is_some() && !has_path {
                input.parse::<Token![=]>()?;
                self.krate = input.call(syn::Path::parse_mod_style)?;
                has_path = true;
            } else {
                self.read_named(entry, input)?;
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    }

    fn read_named(&mut self, entry: Entry, input: ParseStream<'_>) -> syn::Result<()> {
        let name = input.parse::<syn::Ident>()?;
        if name == "threads" && self.threads.is_none() {
            input.parse::<Token![=]>()?;
            self.threads = Some(input.parse()?);
        } else if name == "paused" && entry == Entry::Test && self.clock == Clock::Runs {
            self.clock = Clock::Paused;
        } else {
            return Err(input.error("no option"));
        }
        Ok(())
    }
}
