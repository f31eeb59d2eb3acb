//! The attribute on a whole `impl` or `trait`.
//!
//! Input: the block. Output: its coroutines as [`Input`]s like any other, and the block to put them back into.
//! They are the methods marked `#[coroutine]`, or, if none is marked, those that suspend. The other items stay
//! as they are.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Ident, ImplItem, Item, ItemImpl, ItemTrait, Meta, TraitItem};

use crate::diagnostics::Diagnostics;
use crate::emit::signature;
use crate::options::Options;
use crate::parse::{self, Head, Home, Input};
use crate::suspensions;

/// An annotated block.
pub struct ImplOrTrait {
    shell: Shell,
    /// The coroutines with bodies, and which item of the block each is.
    methods: Vec<(usize, Input)>,
}

enum Shell {
    Impl(ItemImpl),
    Trait(ItemTrait),
}

impl ImplOrTrait {
    /// `None` if the item is neither, or after an error that leaves nothing to do.
    pub fn new(item: Item, options: &Options, diagnostics: &mut Diagnostics) -> Option<Self> {
        let block = match item {
            Item::Impl(item) => of_impl(item, options, diagnostics),
            Item::Trait(item) => of_trait(item, options, diagnostics),
            _ => None,
        }?;
        Some(block)
    }

    /// The coroutines, in the order in which [`assemble`](Self::assemble) wants them.
    pub fn methods(&self) -> impl Iterator<Item = &Input> {
        self.methods.iter().map(|(_, input)| input)
    }

    /// The block, with what `signature::wrap` (or `refuse`) made of each coroutine.
    pub fn assemble(mut self, methods: Vec<TokenStream>) -> TokenStream {
        for ((index, _), tokens) in self.methods.iter().zip(methods) {
            match &mut self.shell {
                Shell::Impl(item) => item.items[*index] = ImplItem::Verbatim(tokens),
                Shell::Trait(item) => item.items[*index] = TraitItem::Verbatim(tokens),
            }
        }
        match self.shell {
            Shell::Impl(item) => item.into_token_stream(),
            Shell::Trait(item) => item.into_token_stream(),
        }
    }
}

fn of_impl(
    mut item: ItemImpl,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<ImplOrTrait> {
    if let Some((_, trait_, _)) = &mut item.trait_ {
        parse::name_in_header(&mut item.generics, &mut item.self_ty, trait_);
    }
    let any_marked = item.items.iter().any(|item| match item {
        ImplItem::Fn(method) => is_marked(&method.attrs),
        _ => false,
    });
    let mut methods = Vec::new();
    for (index, inner) in item.items.iter().enumerate() {
        let ImplItem::Fn(method) = inner else {
            continue;
        };
        let chosen = if any_marked {
            is_marked(&method.attrs)
        } else {
            suspensions::any(&method.block)
        };
        if !chosen {
            continue;
        }
        let mut method = method.clone();
        let options = take_mark(&mut method.attrs, options, diagnostics);
        let head = Head {
            attrs: method.attrs,
            vis: method.vis,
            sig: method.sig,
        };
        let input = parse::method(head, method.block, home(&item), options, diagnostics);
        methods.push((index, input));
    }
    if methods.is_empty() {
        refuse_without_coroutines(&item.impl_token, "impl", diagnostics);
    }
    let shell = Shell::Impl(item);
    Some(ImplOrTrait { shell, methods })
}

fn home(item: &ItemImpl) -> Home {
    let Some((_, trait_, _)) = &item.trait_ else {
        return Home::Inherent;
    };
    let types = item.items.iter().filter_map(|item| match item {
        ImplItem::Type(ty) => Some(ty.ident.clone()),
        _ => None,
    });
    Home::Impl {
        generics: item.generics.clone(),
        self_ty: item.self_ty.clone(),
        trait_: trait_.clone(),
        types: types.collect::<Vec<Ident>>(),
    }
}

fn of_trait(
    mut item: ItemTrait,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<ImplOrTrait> {
    let home = || Home::Trait {
        name: item.ident.clone(),
        generics: item.generics.clone(),
    };
    let any_marked = item.items.iter().any(|item| match item {
        TraitItem::Fn(method) => is_marked(&method.attrs),
        _ => false,
    });
    let (mut methods, mut declared) = (Vec::new(), Vec::new());
    for (index, inner) in item.items.iter().enumerate() {
        let TraitItem::Fn(method) = inner else {
            continue;
        };
        let suspends = || method.default.as_ref().is_some_and(suspensions::any);
        let chosen = if any_marked {
            is_marked(&method.attrs)
        } else {
            suspends()
        };
        if !chosen {
            continue;
        }
        let mut method = method.clone();
        let options = take_mark(&mut method.attrs, options, diagnostics);
        let mut head = Head {
            attrs: method.attrs,
            vis: syn::Visibility::Inherited,
            sig: method.sig,
        };
        if let Some(block) = method.default {
            methods.push((
                index,
                parse::method(head, block, home(), options, diagnostics),
            ));
        } else {
            parse::declaration(&mut head, &home(), diagnostics);
            declared.push((index, signature::declare(&head, &home(), &options)));
        }
    }
    if methods.is_empty() && declared.is_empty() {
        refuse_without_coroutines(&item.trait_token, "trait", diagnostics);
    }
    for (index, tokens) in declared {
        item.items[index] = TraitItem::Verbatim(tokens);
    }
    let shell = Shell::Trait(item);
    Some(ImplOrTrait { shell, methods })
}

fn refuse_without_coroutines(keyword: &impl ToTokens, name: &str, diagnostics: &mut Diagnostics) {
    let message = format!(
        "no method of this `{name}` is a coroutine: write `#[coroutine]` on each that is to be one"
    );
    diagnostics.error_over(keyword, message);
}

/// `#[coroutine]` or `#[costate::coroutine]`, with options or without.
fn is_mark(attribute: &Attribute) -> bool {
    let last = attribute.path().segments.last();
    last.is_some_and(|last| last.ident == "coroutine")
}

fn is_marked(attrs: &[Attribute]) -> bool {
    attrs.iter().any(is_mark)
}

/// Removes the mark; its options on top of the block's.
fn take_mark(
    attrs: &mut Vec<Attribute>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Options {
    let mut options = options.clone();
    for mark in attrs.extract_if(.., |attribute| is_mark(attribute)) {
        match mark.meta {
            Meta::Path(_) => {}
            Meta::List(list) => options = options.with(list.tokens, diagnostics),
            Meta::NameValue(_) => {
                diagnostics.error_over(mark, "options stand in parentheses: `#[coroutine(..)]`");
            }
        }
    }
    options
}
