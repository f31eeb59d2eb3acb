//! The twin as a function of its own, where it can be one: in the public function, or beside it.
//!
//! It returns an opaque type, of which rustc knows only by looking into the function what it stands for: an error, if it
//! has found one there. The step function asks for that (`runtime/src/machine/twin.rs`), so that nothing is said of it
//! once more, in the words of the machine.
//!
//! That of a method of a trait's impl is the method of a trait of its own, in the public function: beside that no other can stand, and it
//! has a `self`, which a function can't name. That of a method which a trait provides is provided by a trait that all types have
//! which have the user's.
//!
//! Left as it is, a part of the public function: the twin of one with attributes that mean something else of two functions, and of what
//! may await itself.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, FnArg, GenericParam, Generics, Lifetime, Pat, Receiver, Signature, Type, TypePath,
    TypeReference,
};

use super::{plain, public_name, self_type, step};
use crate::parse::{Argument, Home, Input};
use crate::recursion;
use crate::words::Words;

/// As many arguments as a question about the function itself has room for: `twin_8`.
const AT_MOST: usize = 8;

/// Whether the twin stands in a function of its own.
pub fn stands_alone(input: &Input) -> bool {
    let beside = match input.home {
        // Of a parameter of an impl rustc would say in each function that it is out of reach.
        Home::Free if names_a_letter(input) => return false,
        Home::Free => false,
        Home::Inherent => true,
        // What the public function has in it can't be named beside.
        Home::Impl { trait_: None, .. } if input.items.is_empty() => true,
        Home::Impl {
            trait_: Some(_), ..
        }
        | Home::Trait { .. } => false,
        Home::Impl { trait_: None, .. } => return false,
    };
    let splits = |attribute: &Attribute| {
        let is = |name: &str| attribute.path().is_ident(name);
        // Of these rustc says something of the function, too.
        is("target_feature") || beside && (is("expect") || is("deprecated"))
    };
    !input.attrs.iter().any(splits) && !recursion::may_await_itself(input)
}

/// Whether the signature has a type that is called as parameters are, and is none of its own.
fn names_a_letter(input: &Input) -> bool {
    struct Letters<'a>(Vec<&'a Ident>, bool);
    impl<'ast> Visit<'ast> for Letters<'_> {
        fn visit_type_path(&mut self, path: &'ast TypePath) {
            if let Some(name) = path.path.get_ident() {
                self.1 |= ["K", "T", "U", "V"].iter().any(|letter| name == letter)
                    && !self.0.contains(&name);
            }
            visit::visit_type_path(self, path);
        }
    }
    let params = input.sig.generics.params.iter();
    let own = params.filter_map(|param| match param {
        GenericParam::Type(param) => Some(&param.ident),
        GenericParam::Const(param) => Some(&param.ident),
        GenericParam::Lifetime(_) => None,
    });
    let mut letters = Letters(own.collect(), false);
    letters.visit_signature(&input.sig);
    letters.1
}

/// Whether that is a method, too.
pub fn stands_beside(input: &Input) -> bool {
    matches!(input.home, Home::Inherent | Home::Impl { trait_: None, .. })
}

/// The function around the statement that is the twin.
pub fn function(input: &Input, twin: &TokenStream) -> TokenStream {
    let (private, name) = (input.options.private(), name(input));
    let mut sig = input.sig.clone();
    leave_out(&input.made, &mut sig);
    sig.inputs.iter_mut().enumerate().for_each(named);
    let (generics, clause, inputs) = (&sig.generics, &sig.generics.where_clause, &sig.inputs);
    let unsafety = &sig.unsafety;
    // In the public function they hold for what stands in it.
    let beside = stands_beside(input);
    let attributes = input.attrs.iter().filter(|_| beside);
    let attributes = attributes.filter(|attribute| {
        ["cfg", "allow", "warn", "deny", "forbid"]
            .iter()
            .any(|name| attribute.path().is_ident(name))
    });
    let hidden = beside.then(|| quote!(#[doc(hidden)]));
    let items = beside.then_some(&input.items).into_iter().flatten();
    let sized = quote!(impl #private::core::marker::Sized);
    let asked = without_place(sized.clone(), input.name().span());
    let inputs = inputs.iter();
    let function = quote! {
        #(#attributes)* #hidden
        #unsafety fn #name #generics (#(#inputs,)* _: #asked) -> #sized #clause {
            #(#items)*
            #twin
            #private::Checked::made()
        }
    };
    match &input.home {
        Home::Impl {
            trait_: Some(_),
            generics: of,
            self_ty,
            ..
        } => {
            let inputs = sig.inputs.iter().map(|of| declared(of, &input.home));
            let clause = self_type::replace(clause.to_token_stream(), &input.home);
            let declared =
                quote!(#unsafety fn #name #generics (#(#inputs,)* _: #asked) -> #sized #clause;);
            of_an_impl(input, (of, self_ty), &declared, function)
        }
        Home::Trait { name, generics, .. } => of_a_trait(input, (name, generics), &function),
        _ => function,
    }
}

/// An argument by the name that the public function has for it.
fn named((index, input): (usize, &mut FnArg)) {
    let argument = Argument::of(input);
    if let FnArg::Typed(typed) = input {
        *typed.pat = Pat::Ident(plain(public_name(index, &argument)));
    }
}

/// An argument of a method as a trait without the impl's own types declares it.
fn declared(input: &FnArg, home: &Home) -> TokenStream {
    match input {
        FnArg::Receiver(receiver) => {
            let mut receiver = receiver.clone();
            if receiver.reference.is_none() {
                receiver.mutability = None;
            }
            receiver.into_token_stream()
        }
        FnArg::Typed(_) => self_type::replace(input.to_token_stream(), home),
    }
}

/// A method of a trait that has the parameters of the impl, and is implemented for the same type.
fn of_an_impl(
    input: &Input,
    (generics, self_ty): (&Generics, &Type),
    declared: &TokenStream,
    function: TokenStream,
) -> TokenStream {
    let function = self_type::through_the_trait(function, &input.home);
    let name = trait_name(input);
    let (params, arguments, clause) = generics.split_for_impl();
    let replaced = self_type::replace(quote!(#generics #clause), &input.home);
    quote! {
        trait #name #replaced { #declared }
        impl #params #name #arguments for #self_ty #clause { #function }
    }
}

/// A method that a trait provides which all types have that have the user's.
fn of_a_trait(
    input: &Input,
    (of, generics): (&Ident, &Generics),
    function: &TokenStream,
) -> TokenStream {
    let (name, mut implemented) = (trait_name(input), generics.clone());
    let (_, arguments, clause) = generics.split_for_impl();
    let this = format_ident!("{}", self_type::THIS);
    implemented
        .params
        .push(syn::parse_quote!(#this: #of #arguments + ?Sized));
    let (params, ..) = implemented.split_for_impl();
    quote! {
        trait #name #generics: #of #arguments #clause { #function }
        impl #params #name #arguments for #this #clause {}
    }
}

fn trait_name(input: &Input) -> Ident {
    let name = input.name().unraw().to_string();
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    });
    format_ident!("{}Twin", words.collect::<String>())
}

/// Leaves out again the names of those lifetimes that nothing else mentions, so that no message does.
fn leave_out(made: &[Lifetime], sig: &mut Signature) {
    for lifetime in made {
        let mut of_output = Mentions(lifetime, 0);
        of_output.visit_return_type_mut(&mut sig.output);
        if of_output.1 > 0 {
            continue;
        }
        let is_it = |param: &GenericParam| matches!(param, GenericParam::Lifetime(param) if param.lifetime == *lifetime);
        let params = std::mem::take(&mut sig.generics.params).into_iter();
        sig.generics.params = params.filter(|param| !is_it(param)).collect();
        let mut elide = Elide(lifetime);
        sig.inputs
            .iter_mut()
            .for_each(|input| elide.visit_fn_arg_mut(input));
    }
}

/// How often a lifetime is mentioned.
struct Mentions<'a>(&'a Lifetime, usize);

impl VisitMut for Mentions<'_> {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        self.1 += usize::from(lifetime == self.0);
    }
}

/// Takes away the name of a lifetime.
struct Elide<'a>(&'a Lifetime);

impl VisitMut for Elide<'_> {
    fn visit_receiver_mut(&mut self, receiver: &mut Receiver) {
        if let Some((_, lifetime)) = &mut receiver.reference {
            lifetime.take_if(|lifetime| lifetime == self.0);
        }
        self.visit_type_mut(&mut receiver.ty);
    }

    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        reference.lifetime.take_if(|lifetime| lifetime == self.0);
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime == self.0 {
            lifetime.ident = Ident::new("_", lifetime.ident.span());
        }
    }
}

/// These tokens with no place at all, behind `name`: a parameter of the user's that has one is where rustc proposes another
/// one, and this is none.
fn without_place(tokens: TokenStream, name: Span) -> TokenStream {
    if !proc_macro::is_available() {
        return tokens;
    }
    let end = Span::from(name.unwrap().end());
    let tokens = tokens.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(end));
        token
    });
    tokens.collect()
}

fn name(input: &Input) -> Ident {
    match input.home {
        Home::Inherent => called_after(input.name(), "twin_annotate_the_impl"),
        _ => called_after(input.name(), "twin"),
    }
}

/// The name of a function that stands where the user's does: in snake case, as rustc would say of each what it says of the
/// user's.
pub fn called_after(name: &Ident, what: &str) -> Ident {
    let mut snake = String::new();
    for letter in name.unraw().to_string().chars() {
        if letter.is_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    format_ident!("{snake}_{what}", span = name.span())
}

/// What the step function asks: `twin_2(&echo_twin::<S>)`; of a function that is not asked about itself, a call that is never
/// made.
pub fn question(input: &Input, private: &Words) -> TokenStream {
    let name = name(input);
    let scope = match &input.home {
        Home::Impl {
            trait_: Some(_),
            generics,
            ..
        } => {
            let (name, types) = (trait_name(input), step::types_and_consts(generics));
            quote!(<Self as #name<#(#types),*>>::)
        }
        Home::Trait { generics, .. } => {
            let (name, types) = (trait_name(input), step::types_and_consts(generics));
            let this = format_ident!("{}", self_type::THIS);
            quote!(<#this as #name<#(#types),*>>::)
        }
        _ if stands_beside(input) => quote!(Self::),
        _ => TokenStream::new(),
    };
    let types = step::types_and_consts(&input.sig.generics);
    let types = (!types.is_empty()).then(|| quote!(::<#(#types),*>));
    let count = input.sig.inputs.len();
    if input.sig.unsafety.is_some() || count > AT_MOST {
        let all = step::named_types(input);
        let call = quote!(#scope #name #types(#(#private::any::<#all>(),)* asked));
        return quote!(#private::twin_0(&|asked| unsafe { #call }));
    }
    let function = format_ident!("twin_{count}");
    // The types of `impl Trait` arguments have a name in the step function alone.
    let said = (step::unnamed(input) > 0).then(|| {
        let all = step::named_types(input);
        quote!(::<#(#all,)* _, _>)
    });
    quote!(#private::#function #said(&#scope #name #types))
}
