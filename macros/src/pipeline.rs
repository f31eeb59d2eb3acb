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


pub fn temporary(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let f: syn::ItemFn = syn::parse2(item).unwrap();
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
    let function = Function { name: f.sig.ident.clone(), output: output.clone(), yields: None, support: quote::quote!(::costate::__private), private: quote::quote!(__costate), arguments: arguments.clone() };
    let mut sink = Diagnostics::default();
    let body = machine((&patterns, &types), &f.block, Contract { yields: false, returns_unit: matches!(f.sig.output, syn::ReturnType::Default) }, &function, &mut sink);
    if let Some(e) = sink.into_compile_errors() { return e; }
    let (vis, name, generics) = (&f.vis, &f.sig.ident, &f.sig.generics);
    let _ = attribute;
    let params = &generics.params;
    let names: Vec<_> = generics.type_params().map(|p| &p.ident).collect();
    let life = crate::names::made("life");
    quote::quote! {
        #vis fn #name<'frame, #params>(#(#arguments: #types),*) -> impl ::costate::Coroutine<Output = #output> + ::costate::__private::Captures<(&'frame (), #(#names,)*)> {
            #[allow(unused, dangerous_implicit_autorefs, clippy::all)]
            fn step<'x, #params>((#(#arguments,)*): (#(#types,)*), #life: ::core::marker::PhantomData<&'x (#(#types,)*)>) -> impl FnMut(::costate::__private::Op<'_, '_>) -> ::costate::__private::Step<#output> + ::costate::__private::Captures<(&'x (), #(#names,)*)> {
                #body
            }
            ::costate::__private::machine::<'frame, _, _>(step::<#(#names),*>, (#(#arguments,)*))
        }
    }
}
#[cfg(test)]
mod look {
    #[test]
    fn look() {
        let item: proc_macro2::TokenStream = std::fs::read_to_string("/tmp/look.rs").unwrap().parse().unwrap();
        let out = super::temporary(quote::quote!(), item);
        let file = syn::parse2(out).unwrap();
        println!("{}", prettyplease::unparse(&file));
    }
}
