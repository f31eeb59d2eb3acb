//! What a `pin!(x);` of the user's is tried on, in the twin: does it declare what its name says?
//!
//! Input: a [`PINS`](crate::body::marker::PINS). Output: the user's own macro over a value of ours, never run, and a
//! check of what the name is after it.

use crate::words::Words;
use quote::quote;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, Macro, Path, Stmt, Token};

pub fn check(private: &Words, mac: &Macro) -> Stmt {
    let (path, by_let, names) = pins
        .parse2(mac.tokens.clone())
        .expect("made by `parse::pins`");
    let names: Vec<_> = names.iter().collect();
    let declared = quote!(#(let #names = #private::any::<#private::Pinnable>();)*);
    let tried = match by_let {
        true => quote!(#path! { #declared }),
        false => quote!(#declared #path!(#(#names),*);),
    };
    syn::parse_quote!(if false { #tried #(#private::pinned(#names);)* })
}

fn pins(input: ParseStream<'_>) -> syn::Result<(Path, bool, Punctuated<Ident, Token![,]>)> {
    let path = input.call(Path::parse_mod_style)?;
    input.parse::<Token![,]>()?;
    let by_let = input.parse::<Option<Token![let]>>()?.is_some();
    if !by_let {
        input.parse::<Token![_]>()?;
    }
    input.parse::<Token![,]>()?;
    Ok((path, by_let, Punctuated::parse_terminated(input)?))
}
