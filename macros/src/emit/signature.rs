//! Emission: what stands around a body.
//!
//! Input: an [`Input`], its twin and the body of its step function. Output: the public function and the step
//! function beside it (or in it, where its generics can be said again):
//!
//! ```text
//! pub fn echo<'of_log, 'frame, S: Duplex>(stream: S, log: &'of_log Log)
//!     -> impl Coroutine<Output = R> + Captures<(&'of_log (), &'frame ())>
//! where 'of_log: 'frame, S: 'frame { [step] [twin] machine::<'frame, _, _>(echo_step::<S>, (stream, log)) }
//! ```
//!
//! Invariants: the step function is universal in `'x` (which stands in its arguments and in no where clause), every
//! lifetime and type that it is generic over outlives `'x` by what its arguments imply, and nothing of the user's
//! but the twin stands outside an `allow`. Nothing here can fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, FnArg, GenericArgument, GenericParam, Generics, Lifetime, Pat, Path, PathArguments,
    ReturnType, Signature, Type, TypeParamBound, Visibility,
};

use crate::options::Options;
use crate::parse::{Argument, Head, Home, Input};

pub mod self_type;
mod step;
#[cfg(test)]
mod tests;

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
pub fn wrap(input: &Input, twin: &TokenStream, step_body: &TokenStream) -> TokenStream {
    let private = input.options.private();
    let header = Header::of(input).to_token_stream();
    let frame = frame(&input.sig);
    let items = &input.items;
    let step = step::function(input, step_body);
    let (nested, sibling) = match input.home {
        Home::Inherent => (None, Some(step)),
        _ => (Some(step), None),
    };
    let constructor = step::path(input);
    let passed = step::passed(input);
    quote! {
        #header {
            #(#items)*
            #nested
            #twin
            #private::machine::<#frame, _, _>(#constructor, #passed)
        }
        #sibling
    }
}

/// The function without its body, for one that has errors: its callers see no more of them.
pub fn refuse(input: &Input) -> TokenStream {
    let private = input.options.private();
    let header = Header::of(input).to_token_stream();
    let output = input.output();
    let yields = yields(&input.options);
    quote! {
        #[allow(unused_variables, unused_mut)]
        #header {
            #private::refused::<#output, #yields>()
        }
    }
}

/// A method that a trait declares.
pub fn declare(head: &Head, home: &Home, options: &Options) -> TokenStream {
    let header = Header {
        attrs: &head.attrs,
        vis: &head.vis,
        sig: &head.sig,
        home,
        options,
        names: Names::Declared,
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

/// The life of the machine; a lifetime that the function does not have yet.
fn frame(sig: &Signature) -> Lifetime {
    unused_lifetime(&sig.generics, "'frame")
}

fn unused_lifetime(generics: &Generics, name: &str) -> Lifetime {
    let mut name = name.to_owned();
    let is_used = |name: &str| {
        let mut lifetimes = generics.lifetimes();
        lifetimes.any(|param| param.lifetime.to_string() == name)
    };
    while is_used(&name) {
        name.push('_');
    }
    Lifetime::new(&name, Span::call_site())
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
    attrs: &'a [Attribute],
    vis: &'a Visibility,
    sig: &'a Signature,
    home: &'a Home,
    options: &'a Options,
    names: Names,
}

impl<'a> Header<'a> {
    fn of(input: &'a Input) -> Self {
        Header {
            attrs: &input.attrs,
            vis: &input.vis,
            sig: &input.sig,
            home: &input.home,
            options: &input.options,
            names: Names::Used,
        }
    }

    fn inputs(&self, frame: &Lifetime) -> Vec<FnArg> {
        let inputs = self.sig.inputs.iter().cloned().enumerate();
        let inputs = inputs.map(|(index, mut input)| {
            let argument = Argument::of(&input);
            if let FnArg::Typed(typed) = &mut input {
                Bound(frame).visit_type_mut(&mut typed.ty);
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

    /// With `'frame`, which all that the machine is made of has to outlive.
    fn generics(&self, frame: &Lifetime) -> Generics {
        let mut generics = self.sig.generics.clone();
        let mut elsewhere = of_home(self.home);
        for param in &mut generics.params {
            match param {
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

    fn output(&self, frame: &Lifetime) -> TokenStream {
        let path = &self.options.crate_path;
        let output = match &self.sig.output {
            ReturnType::Default => quote!(()),
            ReturnType::Type(_, ty) => ty.to_token_stream(),
        };
        let machine = match &self.options.yields {
            Some(yields) => quote!(#path::Generator<Yield = #yields, Return = #output>),
            None => quote!(#path::Coroutine<Output = #output>),
        };
        // In a trait everything is captured anyway.
        let captures = match self.home {
            Home::Free | Home::Inherent => {
                captures(self.options, &self.sig.generics, frame, self.home)
            }
            Home::Impl { .. } | Home::Trait { .. } => TokenStream::new(),
        };
        let private = self.options.private();
        let send = self
            .options
            .send
            .then(|| quote!(+ #private::core::marker::Send));
        quote!(impl #machine #captures #send)
    }
}

impl ToTokens for Header<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let frame = frame(self.sig);
        let generics = self.generics(&frame);
        let clause = &generics.where_clause;
        let (attrs, vis, sig) = (self.attrs, self.vis, self.sig);
        let (unsafety, fn_token, name) = (&sig.unsafety, &sig.fn_token, &sig.ident);
        let inputs = self.inputs(&frame);
        let output = self.output(&frame);
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

/// Of the lifetimes and types around the function, those that have to outlive the machine.
fn of_home(home: &Home) -> Vec<TokenStream> {
    match home {
        Home::Free => Vec::new(),
        Home::Inherent => vec![quote!(Self)],
        Home::Impl { trait_, .. } => {
            let mut all = vec![quote!(Self)];
            all.extend(arguments_of(trait_));
            all
        }
        Home::Trait { generics, .. } => {
            let mut all = vec![quote!(Self)];
            all.extend(generics.params.iter().filter_map(|param| match param {
                GenericParam::Lifetime(param) => Some(param.lifetime.to_token_stream()),
                GenericParam::Type(param) => Some(param.ident.to_token_stream()),
                GenericParam::Const(_) => None,
            }));
            all
        }
    }
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

/// `+ Captures<(&'a (), &'frame (), *const Self)>`: type parameters are captured in every edition, lifetimes
/// and what is in `Self` must be named.
fn captures(options: &Options, generics: &Generics, frame: &Lifetime, home: &Home) -> TokenStream {
    let private = options.private();
    let lifetimes = generics.lifetimes().map(|param| &param.lifetime);
    let this = matches!(home, Home::Inherent).then(|| quote!(, *const Self));
    quote!(+ #private::Captures<(#(&#lifetimes (),)* &#frame () #this,)>)
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
