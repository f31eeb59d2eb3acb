//! The macro, on one screen: parse, resolve, lower, analyse, lay out, verify, emit.

use crate::body::Body;
use crate::collapse;
use crate::diagnostics::Diagnostics;
use crate::edition::{self, Editions};
use crate::emit::{Emitter, Function, signature, twin};
use crate::hygiene;
use crate::lower::{self, Contract};
use crate::names::Names;
use crate::parse::{self, Argument, Home, Input, Parsed};
use crate::words::Words;
use crate::{analyse, layout, recursion, resolve, strays, suspensions, verify};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// What `#[coroutine]` makes of an item: its expansion, or its errors and what keeps callers from
/// having more of them.
pub fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::new();
    let expansion = match parse::parse(attribute, item.clone(), &mut diagnostics) {
        None => item,
        Some(Parsed::Again(tokens)) => tokens,
        Some(Parsed::Function(input)) => coroutine(&input, &mut diagnostics),
        Some(Parsed::Block(block)) => {
            let methods = block
                .methods()
                .map(|input| coroutine(input, &mut diagnostics));
            let methods = methods.collect();
            block.assemble(methods)
        }
    };
    let errors = diagnostics.into_compile_errors();
    quote!(#errors #expansion)
}

/// One function: the stages in order. Only those before `analyse` fail on what users write.
fn coroutine(input: &Input, diagnostics: &mut Diagnostics) -> TokenStream {
    let yields = input.options.yields.as_ref();
    suspensions::check(&input.block, yields.is_some(), diagnostics);
    if !hygiene::is_told() {
        diagnostics.error(input.name().span(), hygiene::UNTOLD);
    }
    lower::refuse::refuse(&input.block, diagnostics);
    recursion::refuse(input, diagnostics);
    if !diagnostics.is_empty() {
        return signature::refuse(input, diagnostics.if_nothing_else());
    }
    strays::refuse(input, diagnostics);
    if !diagnostics.is_empty() {
        let others = twin::twin(&strays::without(input));
        return signature::refuse(input, Some(others));
    }
    let collapsed = collapse::collapse(input);
    collapsed.refuse(diagnostics);
    if !diagnostics.is_empty() {
        return signature::refuse(input, diagnostics.if_nothing_else());
    }
    let (patterns, types): (Vec<_>, Vec<_>) = collapsed
        .input
        .arguments()
        .into_iter()
        .map(|Argument { pattern, ty }| (pattern, ty))
        .unzip();
    let mut report = |span, message: &str| diagnostics.error(span, message);
    let block = &collapsed.input.block;
    let body = resolve::resolve(&patterns, &types, block, &mut report);
    let mut answers = 0;
    let step = edition::expand(|editions| {
        let mut found = Diagnostics::new();
        let step = step_body(&collapsed.input, body.clone(), editions, &mut found);
        answers += 1;
        if answers == 1 {
            diagnostics.append(found);
            return step;
        }
        // What only one edition refuses is an error there.
        found.into_compile_errors().unwrap_or(step)
    });
    if !diagnostics.is_empty() {
        return signature::refuse(input, diagnostics.if_nothing_else());
    }
    signature::wrap(input, &collapsed, &twin::twin(input), &step)
}

/// From the body to the machine, by the rules of some edition.
fn step_body(
    input: &Input,
    mut body: Body,
    editions: &mut Editions,
    diagnostics: &mut Diagnostics,
) -> TokenStream {
    let contract = Contract {
        returns_unit: matches!(input.sig.output, syn::ReturnType::Default),
    };
    let mut cfg = lower::lower(&mut body, contract, editions, diagnostics);
    if !diagnostics.is_empty() {
        return TokenStream::new();
    }
    analyse::use_in_place(&mut cfg, &mut body);
    let facts = analyse::analyse(&cfg, &body, diagnostics);
    if !diagnostics.is_empty() {
        return TokenStream::new();
    }
    let layout = layout::layout(&cfg, &facts, &body);
    verify::verify(&cfg, &facts, &layout);
    let names = Names::new(input.name(), &cfg, &body, &layout);
    let private = Words::of(crate::names::support());
    let alone = signature::twin::stands_alone(input);
    let function = Function {
        name: input.name().clone(),
        output: inferred_output(input),
        yields: input.options.yields.as_ref().map(ToTokens::to_token_stream),
        send: input.options.send,
        sizes: input.options.sizes,
        support: input.options.private(),
        twin: alone.then(|| signature::twin::question(input, &private)),
        private,
        beside: matches!(input.home, Home::Inherent),
        arguments: (0..body.arguments.len()).map(signature::argument).collect(),
    };
    Emitter::new(&function, (&cfg, &facts, &layout), (&body, &names)).step_body()
}

/// The output in the step's types and expressions.
fn inferred_output(input: &Input) -> TokenStream {
    match input.inferred_output() {
        syn::Type::Never(_) => input.output_type(),
        ty => ty.into_token_stream(),
    }
}
