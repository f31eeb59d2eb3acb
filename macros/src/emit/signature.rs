//! Emission: what stands around a body.
//!
//! Input: an [`Input`], the same as its step function sees it, its twin and the body of its step function. Output: the
//! public function and the step function beside it (or in it, where its generics can be said again):
//!
//! ```text
//! pub fn echo<'of_log, S: Duplex>(stream: S, log: &'of_log Log)
//!     -> impl Coroutine<Output = R> + Captures<(&'of_log (),)>
//! { [step] [twin] unsafe { machine::<'static, fn(..) -> (S, &'x Log), _, R, (&'of_log (),), ..>(echo_step::<S>, (stream, log)) } }
//! ```
//!
//! Invariants: the step function is universal in `'x` (which stands in its arguments and in no where clause), every
//! lifetime and type that it is generic over outlives `'x` by what its arguments imply, the lifetimes that were
//! collapsed are restored in the machine's type, and nothing of the user's but the twin stands outside an `allow`.
//! Lifetimes of the user's stay late-bound where they are, so a coroutine can be passed where any are asked for.
//! Nothing here can fail.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{
    FnArg, GenericArgument, GenericParam, Generics, Lifetime, Pat, Path, PathArguments, ReturnType,
    Type, TypeParamBound,
};

use crate::collapse::{self, Collapsed, Frame};
use crate::options::Options;
use crate::parse::{Argument, Home, Input, contains_impl};

mod captures;
mod machine;
pub mod self_type;
mod step;
#[cfg(test)]
mod tests;
pub mod twin;

use captures::{captured, captures};

/// The argument of this index (the receiver is 0, if there is one) in the step function.
pub fn argument(index: usize) -> Ident {
    format_ident!("argument{index}")
}

/// The step function's `PhantomData<&'x Args>`.
pub fn life() -> Ident {
    format_ident!("life")
}

/// The whole function: `twin` is a statement (see `emit::twin`), `step_body` the step function's.
///
/// `step_body` may name [`argument`]s, [`life`], and everything that the body could, `Self` included.
pub fn wrap(
    input: &Input,
    collapsed: &Collapsed,
    twin: &TokenStream,
    step_body: &TokenStream,
) -> TokenStream {
    let header = Header::of(input, collapsed).to_token_stream();
    let alone = twin::stands_alone(input).then(|| twin::function(input, twin));
    let twin = alone.is_none().then_some(twin);
    let items = match (&input.home, &alone) {
        // The twin beside has them.
        (Home::Inherent, Some(_)) => &Vec::new(),
        _ => &input.items,
    };
    let step = step::function(collapsed, step_body);
    let (twin_inside, twin_beside) = match twin::stands_beside(input) {
        true => (None, alone),
        false => (alone, None),
    };
    let (nested, sibling) = match input.home {
        Home::Inherent => (None, Some(step)),
        _ => (Some(step), None),
    };
    let machine = machine::machine(input, collapsed);
    quote! {
        #header {
            #(#items)*
            #twin
            #twin_inside
            #nested
            #machine
        }
        #twin_beside
        #sibling
    }
}

/// The function without its body, for one that has errors: its callers see no more of them. What is to be said besides
/// stands in it.
pub fn refuse(input: &Input, besides: Option<TokenStream>) -> TokenStream {
    let private = input.options.private();
    let mut input = input.clone();
    if contains_impl(&input.output()) {
        // There is nothing that it could be.
        input.sig.output = ReturnType::Default;
    }
    let collapsed = collapse::collapse(&input);
    let header = Header::of(&input, &collapsed).to_token_stream();
    let output = input.output_type();
    let yields = yields(&input.options);
    let machine = machine::in_a_box(&input, quote!(#private::refused::<#output, #yields>()));
    quote! {
        #[allow(unused_variables, unused_mut)]
        #header {
            #besides
            #machine
        }
    }
}

/// A method that a trait declares.
pub fn declare(input: &Input) -> TokenStream {
    let collapsed = collapse::collapse(input);
    let header = Header {
        names: Names::Declared,
        ..Header::of(input, &collapsed)
    };
    let header = header.to_token_stream();
    quote!(#header;)
}

/// What the generator yields; nothing that there is if it is none.
fn yields(options: &Options) -> TokenStream {
    match &options.yields {
        Some(ty) => ty.to_token_stream(),
        None => {
            let private = options.private();
            quote!(#private::core::convert::Infallible)
        }
    }
}

/// What the public function calls an argument.
pub fn public_name(index: usize, argument: &Argument) -> Ident {
    argument
        .name()
        .cloned()
        .unwrap_or_else(|| self::argument(index))
}

/// How a body reaches the arguments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    Used,
    /// There is no body.
    Declared,
}

/// The public function up to its body.
struct Header<'a> {
    input: &'a Input,
    names: Names,
    /// Its body changes no argument: there is no twin in it.
    only_passes: bool,
    /// How long the machine lives at most, if that can be said.
    frame: Option<&'a Lifetime>,
    /// The lifetime that is declared beside the user's.
    declared: Option<&'a Lifetime>,
    /// The function's lifetimes that have to outlive it.
    rigid: &'a [Lifetime],
}

impl<'a> Header<'a> {
    fn of(input: &'a Input, collapsed: &'a Collapsed) -> Self {
        let (frame, declared) = match &collapsed.frame {
            Frame::Declared(frame) => (Some(frame), Some(frame)),
            Frame::Known(frame) => (Some(frame), None),
            Frame::Boxed => (None, None),
        };
        Header {
            input,
            names: Names::Used,
            only_passes: twin::stands_alone(input),
            frame,
            declared,
            rigid: &collapsed.rigid,
        }
    }

    fn inputs(&self) -> Vec<FnArg> {
        let inputs = self.input.sig.inputs.iter().cloned().enumerate();
        let inputs = inputs.map(|(index, mut input)| {
            let argument = Argument::of(&input);
            // Whoever changes it has it from here, or from the twin.
            if let (true, FnArg::Receiver(receiver)) = (self.only_passes, &mut input)
                && receiver.reference.is_none()
            {
                receiver.mutability = None;
            }
            if let FnArg::Typed(typed) = &mut input {
                if let Some(frame) = self.declared {
                    Bound(frame).visit_type_mut(&mut typed.ty);
                }
                let name = match (self.names, argument.name_as_written()) {
                    (Names::Declared, Some(name)) => name.clone(),
                    _ => public_name(index, &argument),
                };
                *typed.pat = Pat::Ident(plain(name));
            }
            input
        });
        inputs.collect()
    }

    /// With `'frame`, which all that the step function is generic over has to outlive.
    fn generics(&self) -> Generics {
        let mut generics = self.input.sig.generics.clone();
        let Some(frame) = self.declared else {
            return generics;
        };
        let mut elsewhere = of_home(&self.input.home);
        for param in &mut generics.params {
            match param {
                GenericParam::Lifetime(param) if !self.rigid.contains(&param.lifetime) => {}
                // Where the user has put the other bounds.
                GenericParam::Lifetime(param) if !param.bounds.is_empty() => {
                    param.bounds.push(frame.clone());
                }
                GenericParam::Type(param) if !param.bounds.is_empty() => {
                    param.bounds.push(TypeParamBound::Lifetime(frame.clone()));
                }
                GenericParam::Lifetime(param) => {
                    elsewhere.push(param.lifetime.to_token_stream());
                }
                GenericParam::Type(param) => elsewhere.push(param.ident.to_token_stream()),
                GenericParam::Const(_) => {}
            }
        }
        let at = generics.lifetimes().count();
        let param = GenericParam::Lifetime(syn::LifetimeParam::new(frame.clone()));
        generics.params.insert(at, param);
        if !elsewhere.is_empty() {
            let predicates = &mut generics.make_where_clause().predicates;
            predicates.extend(
                elsewhere
                    .iter()
                    .map(|ty| -> syn::WherePredicate { syn::parse_quote!(#ty: #frame) }),
            );
        }
        generics
    }

    fn output(&self) -> TokenStream {
        let options = &self.input.options;
        let path = &options.crate_path;
        let output = self.input.output_type();
        if let (true, Some(frame)) = (options.boxed, self.frame) {
            let machine = match (options.yields.is_some(), options.send) {
                (false, false) => quote!(LocalBoxCoroutine),
                (false, true) => quote!(BoxCoroutine),
                (true, false) => quote!(LocalBoxGenerator),
                (true, true) => quote!(BoxGenerator),
            };
            let yields = options.yields.as_ref().map(|ty| quote!(#ty,));
            return quote!(#path::#machine<#frame, #yields #output>);
        }
        let generics = &self.input.sig.generics;
        let captures = captures(options, generics, self.declared, &self.input.home);
        let output = captured(output, captures.as_ref());
        let machine = match &options.yields {
            Some(yields) => quote!(#path::Generator<Yield = #yields, Return = #output>),
            None => quote!(#path::Coroutine<Output = #output>),
        };
        let private = options.private();
        let send = options.send.then(|| quote!(+ #private::core::marker::Send));
        quote!(impl #machine #captures #send)
    }
}

impl ToTokens for Header<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let generics = self.generics();
        let clause = &generics.where_clause;
        let (attrs, vis, sig) = (&self.input.attrs, &self.input.vis, &self.input.sig);
        let (unsafety, fn_token, name) = (&sig.unsafety, &sig.fn_token, &sig.ident);
        let inputs = self.inputs();
        let output = self.output();
        tokens.extend(quote! {
            #(#attrs)* #vis #unsafety #fn_token #name #generics (#(#inputs),*) -> #output #clause
        });
    }
}

impl Argument {
    /// Its name, also where that begins with an underscore.
    fn name_as_written(&self) -> Option<&Ident> {
        match &self.pattern {
            Pat::Ident(pattern) if pattern.subpat.is_none() => Some(&pattern.ident),
            _ => None,
        }
    }
}

fn plain(ident: Ident) -> syn::PatIdent {
    syn::PatIdent {
        attrs: Vec::new(),
        by_ref: None,
        mutability: None,
        ident,
        subpat: None,
    }
}

/// Of what is around the function, what has to outlive a lifetime that is declared.
fn of_home(home: &Home) -> Vec<TokenStream> {
    let mut all = match home {
        Home::Free => Vec::new(),
        _ => vec![quote!(Self)],
    };
    match home {
        Home::Trait { generics, .. } => {
            all.extend(generics.params.iter().filter_map(|param| match param {
                GenericParam::Lifetime(param) => Some(param.lifetime.to_token_stream()),
                GenericParam::Type(param) => Some(param.ident.to_token_stream()),
                GenericParam::Const(_) => None,
            }));
        }
        Home::Impl {
            trait_: Some(trait_),
            ..
        } => all.extend(arguments_of(trait_)),
        _ => {}
    }
    all
}

/// What an impl puts for the trait's parameters: it may ask of them what the trait asks, and no more.
fn arguments_of(trait_: &Path) -> Vec<TokenStream> {
    let Some(PathArguments::AngleBracketed(list)) =
        trait_.segments.last().map(|last| &last.arguments)
    else {
        return Vec::new();
    };
    let arguments = list.args.iter().filter_map(|argument| match argument {
        GenericArgument::Lifetime(lifetime) => Some(lifetime.to_token_stream()),
        GenericArgument::Type(ty) => Some(ty.to_token_stream()),
        _ => None,
    });
    arguments.collect()
}

/// Adds `+ 'frame` to each `impl Trait`.
struct Bound<'a>(&'a Lifetime);

impl VisitMut for Bound<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::Reference(reference) = ty
            && matches!(&*reference.elem, Type::ImplTrait(_))
        {
            let elem = &reference.elem;
            reference.elem = syn::parse_quote!((#elem));
        }
    }

    fn visit_type_impl_trait_mut(&mut self, ty: &mut syn::TypeImplTrait) {
        visit_mut::visit_type_impl_trait_mut(self, ty);
        ty.bounds.push(TypeParamBound::Lifetime(self.0.clone()));
    }
}
