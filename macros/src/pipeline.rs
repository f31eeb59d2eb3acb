//! The macro, on one screen: parse, resolve, lower, analyse, lay out, verify, emit.

use crate::diagnostics::Diagnostics;
use crate::emit::{Emitter, Function};
use crate::lower::Contract;
use crate::names::Names;
use crate::{analyse, layout, lower, resolve, verify};
use proc_macro2::TokenStream;

/// The step function's body, from names to tokens.
pub fn machine(
    (patterns, types): (&[syn::Pat], &[syn::Type]),
    block: &syn::Block,
    contract: Contract,
    function: &Function,
    sink: &mut Diagnostics,
) -> TokenStream {
    lower::refuse::refuse(block, sink);
    let mut report = |span, message: &str| sink.error(span, message);
    let mut body = resolve::resolve(patterns, types, block, &mut report);
    let cfg = lower::lower(&mut body, contract, sink);
    let facts = analyse::analyse(&cfg, &body);
    let layout = layout::layout(&cfg, &facts, &body);
    verify::verify(&cfg, &facts, &layout);
    let names = Names::new(&function.name, &cfg, &body, &layout);
    Emitter::new(function, (&cfg, &facts, &layout), (&body, &names)).step_body()
}

#[cfg(test)]
mod look {
    use super::*;
    #[test]
    fn look() {
        let f: syn::ItemFn = syn::parse_str(&std::fs::read_to_string("/tmp/look.rs").unwrap()).unwrap();
        let mut patterns = vec![];
        let mut types = vec![];
        let mut arguments = vec![];
        for (i, a) in f.sig.inputs.iter().enumerate() {
            let syn::FnArg::Typed(a) = a else { panic!() };
            patterns.push((*a.pat).clone());
            types.push((*a.ty).clone());
            arguments.push(quote::format_ident!("argument{i}"));
        }
        let output = match &f.sig.output { syn::ReturnType::Default => quote::quote!(()), syn::ReturnType::Type(_, t) => quote::quote!(#t) };
        let function = Function { name: f.sig.ident.clone(), output, yields: None, support: quote::quote!(::costate::__private), private: quote::quote!(__costate), arguments };
        let mut sink = Diagnostics::default();
        let body = machine((&patterns, &types), &f.block, Contract { yields: false, returns_unit: matches!(f.sig.output, syn::ReturnType::Default) }, &function, &mut sink);
        std::fs::write("/tmp/look.out", quote::quote!(fn step() { #body }).to_string()).unwrap();
        let file = syn::parse2(quote::quote!(fn step() { #body })).unwrap();
        println!("{}", prettyplease::unparse(&file));
    }
}
