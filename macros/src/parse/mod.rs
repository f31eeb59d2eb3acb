//! Stage: parsing.
//!
//! Input: the attribute's tokens and the item's. Output: [`Parsed`]: functions with their lifetimes named,
//! their receiver an argument like the others and every `cfg` inside them decided. What cannot be a coroutine is
//! refused here, and its signature is changed to one that can, so that the pipeline
//! can emit `signature::refuse` for it.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::Parse;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Block, Generics, Ident, Item, Pat, Path, ReturnType, Type, Visibility};

use crate::blocks::ImplOrTrait;
use crate::diagnostics::Diagnostics;
use crate::options::Options;
use surroundings::Header;

mod broken;
mod captured;
mod cfg;
mod function;
mod groups;
mod imported;
mod lifetimes;
mod pins;
mod surroundings;
#[cfg(test)]
mod tests;

pub use function::{Head, Source, contains_impl};
pub use lifetimes::name_in_header;

/// What the attribute stands on.
pub enum Parsed {
    Function(Box<Input>),
    Block(Box<ImplOrTrait>),
    /// Emit this: the same item with an attribute that will know which `cfg` predicates hold.
    Again(TokenStream),
}

/// One coroutine function.
#[derive(Clone)]
pub struct Input {
    pub options: Options,
    /// Those of the function, inner ones included, without the macro's own.
    pub attrs: Vec<Attribute>,
    pub vis: Visibility,
    /// As written, but for its lifetimes: all that can be named have a name.
    pub sig: syn::Signature,
    /// The lifetimes in it that the user gave no name.
    pub made: Vec<syn::Lifetime>,
    /// The body, without `items`; clean-up stands where it runs.
    pub block: Block,
    /// The same for the twin, where that differs.
    pub twin: Option<Block>,
    /// Items of the body that must not be emitted twice (there is an `impl` among them).
    pub items: Vec<syn::Stmt>,
    /// Our macros that the body uses by their names alone.
    pub imported: Vec<Ident>,
    pub home: Home,
}

/// Where a coroutine function stands, as far as it matters to what it can name.
#[derive(Clone)]
pub enum Home {
    /// A free function, or an associated one in which nothing says so.
    Free,
    /// In an inherent impl, of the header of which no more is known.
    Inherent,
    /// In an annotated impl.
    Impl {
        generics: Generics,
        self_ty: Box<Type>,
        /// `None`: it is inherent.
        trait_: Option<Path>,
        /// The associated types that the impl defines.
        types: Vec<Ident>,
    },
    /// In the definition of a trait.
    Trait {
        name: Ident,
        generics: Generics,
        /// It gives the method a body, in which its parameters can be held.
        has_body: bool,
    },
}

/// One argument, the receiver included.
pub struct Argument {
    /// `self` and `mut self` are identifiers like others.
    pub pattern: Pat,
    pub ty: Type,
}

impl Input {
    /// The arguments in order.
    pub fn arguments(&self) -> Vec<Argument> {
        self.sig.inputs.iter().map(Argument::of).collect()
    }

    /// What the function returns, `()` if it does not say.
    pub fn output(&self) -> Type {
        match &self.sig.output {
            ReturnType::Default => syn::parse_quote!(()),
            ReturnType::Type(_, ty) => (**ty).clone(),
        }
    }

    /// The output where a type is asked for: `!` is none there.
    pub fn output_type(&self) -> TokenStream {
        let private = self.options.private();
        match self.output() {
            Type::Never(_) => quote!(<fn() -> ! as #private::Returns>::Output),
            ty => ty.into_token_stream(),
        }
    }

    /// The output as the type of a closure: what has no name is inferred.
    pub fn inferred_output(&self) -> Type {
        struct Infer;
        impl VisitMut for Infer {
            fn visit_type_mut(&mut self, ty: &mut Type) {
                match ty {
                    Type::ImplTrait(_) => *ty = syn::parse_quote!(_),
                    _ => visit_mut::visit_type_mut(self, ty),
                }
            }
        }
        let mut output = self.output();
        Infer.visit_type_mut(&mut output);
        output
    }

    pub fn name(&self) -> &Ident {
        &self.sig.ident
    }
}

impl Argument {
    pub fn of(input: &syn::FnArg) -> Argument {
        match input {
            syn::FnArg::Typed(typed) => Argument {
                pattern: (*typed.pat).clone(),
                ty: (*typed.ty).clone(),
            },
            syn::FnArg::Receiver(receiver) => Argument {
                pattern: Pat::Ident(syn::PatIdent {
                    attrs: Vec::new(),
                    by_ref: None,
                    // Of `&mut self` it belongs to the type.
                    mutability: receiver.mutability.filter(|_| receiver.reference.is_none()),
                    ident: Ident::new("self", receiver.self_token.span),
                    subpat: None,
                }),
                ty: (*receiver.ty).clone(),
            },
        }
    }

    pub fn is_receiver(&self) -> bool {
        matches!(&self.pattern, Pat::Ident(pattern) if pattern.ident == "self")
    }

    /// Its name, if it is nothing but one and the user means to use it.
    pub fn name(&self) -> Option<&Ident> {
        match &self.pattern {
            Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => {
                Some(&pattern.ident).filter(|name| !name.to_string().starts_with('_'))
            }
            _ => None,
        }
    }
}

/// Parses. `None` after an error that leaves nothing to go on with: the item is to be emitted as it is.
pub fn parse(
    attribute: TokenStream,
    item: TokenStream,
    diagnostics: &mut Diagnostics,
) -> Option<Parsed> {
    let options = Options::default().with(attribute.clone(), diagnostics);
    let item = groups::settle(item);
    if function::is_function(&item) {
        let source = parsed::<Source>(&item, true, diagnostics)?;
        return function(source, options, attribute, item, diagnostics);
    }
    let mut block = parsed::<Item>(&item, false, diagnostics)?;
    if !matches!(block, Item::Impl(_) | Item::Trait(_)) {
        diagnostics.error_over(
            first_line(&block),
            "only a function, a method, an `impl` or a `trait` can be a coroutine: put the \
             attribute on one",
        );
        return None;
    }
    if diagnostics.is_empty()
        && let Some(again) = cfg::decide(&mut block, &options, attribute, item)
    {
        return Some(Parsed::Again(again));
    }
    let block = ImplOrTrait::new(block, &options, diagnostics)?;
    Some(Parsed::Block(Box::new(block)))
}

fn function(
    mut source: Source,
    options: Options,
    attribute: TokenStream,
    item: TokenStream,
    diagnostics: &mut Diagnostics,
) -> Option<Parsed> {
    if diagnostics.is_empty()
        && let Some(again) = cfg::decide(&mut source, &options, attribute, item)
    {
        return Some(Parsed::Again(again));
    }
    let Some(block) = source.block else {
        diagnostics.error(
            source.head.sig.ident.span(),
            "a coroutine needs a body: in a trait the attribute goes on the whole `trait`, and \
             `#[coroutine]` on this method inside",
        );
        return None;
    };
    let around = Header::around(&source.head.sig.ident);
    if around.as_ref().is_some_and(Header::is_of_a_trait) {
        diagnostics.error(
            source.head.sig.ident.span(),
            "in the impl of a trait the attribute goes on the whole `impl`, and not on a method",
        );
    }
    let home = function::home(&source.head, &block, around.as_ref());
    let input = function::input(source.head, block, home, options, diagnostics);
    Some(Parsed::Function(Box::new(input)))
}

/// A method of an annotated `impl` or `trait`. (One that is only declared has an empty body.)
pub fn method(
    head: Head,
    block: Block,
    home: Home,
    options: Options,
    diagnostics: &mut Diagnostics,
) -> Input {
    function::input(head, block, home, options, diagnostics)
}

/// If what is wrong is in a body, the rest is parsed.
pub fn parsed<T: Parse>(
    item: &TokenStream,
    is_function: bool,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let error = match syn::parse2(item.clone()) {
        Ok(parsed) => return Some(parsed),
        Err(error) => error,
    };
    let rest = syn::parse2(broken::without_bodies(item.clone(), is_function)).ok();
    match rest {
        Some(_) => diagnostics.unread(error),
        None => diagnostics.push(error),
    }
    rest
}

/// What names an item, for a span that is not all of it.
fn first_line(item: &Item) -> TokenStream {
    let tokens = item.to_token_stream();
    let head = tokens.into_iter().skip_while(is_attribute).take(2);
    let head: TokenStream = head.collect();
    if head.is_empty() {
        return TokenStream::from(proc_macro2::TokenTree::Ident(Ident::new(
            "item",
            Span::call_site(),
        )));
    }
    head
}

fn is_attribute(token: &proc_macro2::TokenTree) -> bool {
    use proc_macro2::{Delimiter, TokenTree};
    match token {
        TokenTree::Punct(punct) => punct.as_char() == '#',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Bracket,
        _ => false,
    }
}
