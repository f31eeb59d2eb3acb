//! The step function: from the arguments to the machine in its first state.
//!
//! It stands where the generics around it can be said again: inside the public function, with the
//! parameters of an enclosing impl or trait as its own; or, where the header of the impl is unseen, beside
//! the public function in that impl.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{GenericParam, Generics, Lifetime, LifetimeParam, Type, TypeParam};

use super::captures::captures;
use super::self_type::{self, THIS};
use super::twin;
use super::{argument, life};
use crate::collapse::Collapsed;
use crate::parse::{Home, Input};

/// What the types of `impl Trait` arguments are called.
const IMPLEMENTOR: &str = "Implementor";

/// Of what the machine's code is made, and the user's is not to be reported for. Single lints: to allow a
/// group is an error where the user forbids one of it.
const ALLOWED: &[&str] = &[
    "unreachable_code",
    "unused_assignments",
    "unused_braces",
    "unused_must_use",
    "unused_mut",
    "unused_parens",
    "unused_unsafe",
    "unused_variables",
    "dangerous_implicit_autorefs",
];

/// The step function's name, where the function's is: beside a method of a trait's impl it is an error (E0407), in
/// which nothing but this name can say what to do.
fn name(input: &Input) -> Ident {
    let name = input.name();
    match input.home {
        Home::Inherent => twin::called_after(name, "step_annotate_the_impl"),
        _ => format_ident!("{name}_step", span = name.span()),
    }
}

/// The step function as a path, its type parameters said.
pub fn path(input: &Input) -> TokenStream {
    let name = name(input);
    let scope = matches!(input.home, Home::Inherent).then(|| quote!(Self::));
    let mut arguments: Vec<TokenStream> = match &input.home {
        Home::Free | Home::Inherent => Vec::new(),
        Home::Impl { generics, .. } => types_and_consts(generics),
        Home::Trait { generics, .. } => {
            let mut all = vec![quote!(Self)];
            all.extend(types_and_consts(generics));
            all
        }
    };
    arguments.extend(types_and_consts(&input.sig.generics));
    arguments.extend((0..unnamed(input)).map(|_| quote!(_)));
    if arguments.is_empty() {
        quote!(#scope #name)
    } else {
        quote!(#scope #name::<#(#arguments),*>)
    }
}

pub fn types_and_consts(generics: &Generics) -> Vec<TokenStream> {
    let params = generics.params.iter().filter_map(|param| match param {
        GenericParam::Lifetime(_) => None,
        GenericParam::Type(param) => Some(param.ident.to_token_stream()),
        GenericParam::Const(param) => Some(param.ident.to_token_stream()),
    });
    params.collect()
}

/// The types of the arguments as the public function can say them, with `_` for those without a name.
pub fn arguments(collapsed: &Collapsed) -> TokenStream {
    let step = Step::of(collapsed);
    let arguments = step.arguments();
    let home = &collapsed.input.home;
    let arguments = match home {
        Home::Impl { .. } => self_type::replace(arguments, home),
        _ => arguments,
    };
    let (private, x) = (collapsed.input.options.private(), &collapsed.x);
    let arguments = outside(arguments, home);
    quote!(#private::Call<#x, #arguments>)
}

/// `_` for `Implementor0`, and of a trait `Self` for `This`.
fn outside(tokens: TokenStream, home: &Home) -> TokenStream {
    let tokens = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(name) if is_made(&name) => quote!(_),
        TokenTree::Ident(name) if matches!(home, Home::Trait { .. }) && name == THIS => {
            quote!(Self)
        }
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), outside(group.stream(), home));
            inner.set_span(group.span());
            TokenTree::Group(inner).into()
        }
        other => other.into(),
    });
    tokens.collect()
}

fn is_made(name: &Ident) -> bool {
    let name = name.to_string();
    let number = name.strip_prefix(IMPLEMENTOR);
    number.is_some_and(|number| number.parse::<usize>().is_ok())
}

/// The arguments as the public function passes them on, with the [`marker`], if there is one, as it is called there.
pub fn passed(input: &Input, marker: Option<TokenStream>) -> TokenStream {
    let arguments = input.arguments();
    let names = arguments.iter().enumerate().map(|(index, argument)| {
        if argument.is_receiver() {
            argument.name().to_token_stream()
        } else {
            super::public_name(index, argument).to_token_stream()
        }
    });
    let marker = marker.map(|marker| quote!(#marker,));
    quote!((#(#names,)* #marker))
}

/// The last argument: names types and lifetimes that might not show in the others.
pub fn marker(input: &Input, collapsed: &Collapsed) -> Option<TokenStream> {
    let private = input.options.private();
    let hidden = Step::of(collapsed).hidden()?;
    let ty = outside(hidden, &input.home);
    Some(quote!(#private::core::marker::PhantomData::<#ty>))
}

/// How many types of arguments have no name outside.
pub fn unnamed(input: &Input) -> usize {
    let mut names = Name::default();
    for mut argument in input.arguments() {
        names.visit_type_mut(&mut argument.ty);
    }
    names.named.len()
}

/// The types of the arguments, those of `impl Trait` by the names that the step function has for them.
pub fn named_types(input: &Input) -> Vec<Type> {
    let mut names = Name::default();
    let types = input.arguments().into_iter().map(|mut argument| {
        names.visit_type_mut(&mut argument.ty);
        argument.ty
    });
    types.collect()
}

/// The function itself.
pub fn function(collapsed: &Collapsed, body: &TokenStream) -> TokenStream {
    let input = &collapsed.input;
    let step = Step::of(collapsed);
    let tokens = step.tokens(body);
    match input.home {
        Home::Inherent => {
            let cfgs = input
                .attrs
                .iter()
                .filter(|attribute| attribute.path().is_ident("cfg"));
            let lints = input
                .attrs
                .iter()
                .filter(|attribute| attribute.path().is_ident("allow"));
            quote!(#(#cfgs)* #(#lints)* #[doc(hidden)] #tokens)
        }
        _ => self_type::replace(tokens, &input.home),
    }
}

struct Step<'a> {
    input: &'a Input,
    generics: Generics,
    /// The arguments' types, `impl Trait` by its name.
    types: Vec<Type>,
    x: &'a Lifetime,
}

impl<'a> Step<'a> {
    fn of(collapsed: &'a Collapsed) -> Self {
        let (input, x) = (&collapsed.input, &collapsed.x);
        let mut generics = Generics::default();
        match &input.home {
            Home::Free | Home::Inherent => {}
            Home::Impl {
                generics: outer, ..
            } => extend(&mut generics, outer),
            Home::Trait {
                name,
                generics: outer,
                ..
            } => of_trait(&mut generics, name, outer),
        }
        extend(&mut generics, &input.sig.generics);
        let mut names = Name::default();
        let types = input.arguments().into_iter().map(|mut argument| {
            names.visit_type_mut(&mut argument.ty);
            argument.ty
        });
        let types = types.collect();
        generics
            .params
            .extend(names.named.into_iter().map(GenericParam::Type));
        let at = generics.lifetimes().count();
        let param = GenericParam::Lifetime(LifetimeParam::new(x.clone()));
        generics.params.insert(at, param);
        Step {
            input,
            generics,
            types,
            x,
        }
    }

    /// What the arguments' types do not show to outlive `'x`, as a type that does.
    fn hidden(&self) -> Option<TokenStream> {
        let mut shown = Shown::default();
        for ty in &self.types {
            shown.see(ty);
        }
        let mut hidden: Vec<TokenStream> = Vec::new();
        for param in &self.generics.params {
            match param {
                GenericParam::Lifetime(param) => {
                    let lifetime = &param.lifetime;
                    if lifetime != self.x && !shown.lifetimes.contains(lifetime) {
                        hidden.push(quote!(&#lifetime ()));
                    }
                }
                GenericParam::Type(param) if !shown.types.contains(&param.ident) => {
                    let name = &param.ident;
                    hidden.push(quote!(*const #name));
                }
                _ => {}
            }
        }
        let is_self = |name: &Ident| name == "Self";
        if matches!(self.input.home, Home::Inherent) && !shown.types.iter().any(is_self) {
            hidden.push(quote!(*const Self));
        }
        (!hidden.is_empty()).then(|| quote!(fn() -> (#(#hidden,)*)))
    }

    /// `(S, &'x Log, PhantomData<fn() -> (*const T,)>,)`
    fn arguments(&self) -> TokenStream {
        let private = self.input.options.private();
        let hidden = self.hidden();
        let marker = hidden.map(|ty| quote!(#private::core::marker::PhantomData<#ty>,));
        let types = &self.types;
        quote!((#(#types,)* #marker))
    }

    fn tokens(&self, body: &TokenStream) -> TokenStream {
        let private = self.input.options.private();
        let (name, life, x) = (name(self.input), life(), self.x);
        let lints = ALLOWED
            .iter()
            .map(|lint| -> TokenStream { lint.parse().expect("the names of lints are paths") });
        let ignored = self.hidden().map(|_| quote!(_,));
        let names = (0..self.types.len()).map(argument);
        let arguments = self.arguments();
        let result = self.result();
        let (generics, clause) = (&self.generics, &self.generics.where_clause);
        // Those that are emitted once stand outside; of a sibling the public function's are out of reach.
        let items = matches!(self.input.home, Home::Inherent).then_some(&self.input.items);
        let items = items.into_iter().flatten();
        quote! {
            #[allow(#(#lints),*)]
            fn #name #generics (
                #private::Call { arguments: (#(#names,)* #ignored), #life }: #private::Call<#x, #arguments>,
            ) -> #result
            #clause
            {
                #(#items)*
                #body
            }
        }
    }

    /// `impl Resumable<Yield = Y, Return = R> + Captures<..>`
    fn result(&self) -> TokenStream {
        let options = &self.input.options;
        let private = options.private();
        let output = self.input.output_type();
        let yields = super::yields(options);
        let mut generics = self.generics.clone();
        let params = generics.params.into_iter();
        generics.params = params.filter(|param| !is_x(param, self.x)).collect();
        let home = match &self.input.home {
            Home::Inherent => &Home::Inherent,
            // A function inside of another one.
            _ => &Home::Free,
        };
        let captures = captures(options, &generics, Some(self.x), home);
        quote!(impl #private::Resumable<Yield = #yields, Return = #output> #captures)
    }
}

fn is_x(param: &GenericParam, x: &Lifetime) -> bool {
    matches!(param, GenericParam::Lifetime(param) if param.lifetime == *x)
}

/// Appends parameters, lifetimes first, and where clauses.
fn extend(generics: &mut Generics, more: &Generics) {
    for param in &more.params {
        let mut param = param.clone();
        match &mut param {
            GenericParam::Lifetime(_) => {
                let at = generics.lifetimes().count();
                generics.params.insert(at, param);
                continue;
            }
            GenericParam::Type(param) => (param.eq_token, param.default) = (None, None),
            GenericParam::Const(param) => (param.eq_token, param.default) = (None, None),
        }
        generics.params.push(param);
    }
    if let Some(clause) = &more.where_clause {
        let predicates = clause.predicates.iter().cloned();
        generics.make_where_clause().predicates.extend(predicates);
    }
}

/// The parameters of a trait, `Self` being one like the others.
fn of_trait(generics: &mut Generics, name: &Ident, outer: &Generics) {
    extend(generics, outer);
    let this = format_ident!("{THIS}");
    let (_, arguments, _) = outer.split_for_impl();
    let param: TypeParam = syn::parse_quote!(#this: #name #arguments + ?Sized);
    let at = generics.lifetimes().count();
    generics.params.insert(at, GenericParam::Type(param));
}

/// Gives each `impl Trait` a name.
#[derive(Default)]
struct Name {
    named: Vec<TypeParam>,
}

impl VisitMut for Name {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        // A name needs no parentheses.
        if let Type::Paren(inner) = ty
            && matches!(*inner.elem, Type::Path(_))
        {
            *ty = (*inner.elem).clone();
        }
        if let Type::ImplTrait(described) = ty {
            let name = format_ident!("{IMPLEMENTOR}{}", self.named.len());
            let bounds = &described.bounds;
            self.named.push(syn::parse_quote!(#name: #bounds));
            *ty = syn::parse_quote!(#name);
        }
    }
}

/// What certainly outlives `'x` because an argument of this type does: what stands in references, tuples, arrays
/// and slices. In the arguments of a path it need not, as the path may be an alias.
#[derive(Default)]
struct Shown {
    lifetimes: Vec<Lifetime>,
    types: Vec<Ident>,
}

impl Shown {
    fn see(&mut self, ty: &Type) {
        match ty {
            Type::Reference(reference) => {
                self.lifetimes.extend(reference.lifetime.clone());
                self.see(&reference.elem);
            }
            Type::Tuple(tuple) => tuple.elems.iter().for_each(|ty| self.see(ty)),
            Type::Array(array) => self.see(&array.elem),
            Type::Slice(slice) => self.see(&slice.elem),
            Type::Paren(inner) => self.see(&inner.elem),
            Type::Group(inner) => self.see(&inner.elem),
            Type::Path(path) if path.qself.is_none() => {
                let name = path.path.get_ident();
                self.types.extend(name.cloned());
                if name.is_some_and(|name| name == "Self") {
                    self.types.push(format_ident!("{THIS}"));
                }
            }
            _ => {}
        }
    }
}
