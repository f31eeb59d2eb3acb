//! The attribute on a whole `impl` or `trait`.
//!
//! Input: the block. Output: its coroutines as [`Input`]s like any other, and the block to put them back into.
//! They are the methods marked `#[coroutine]`, or, if none is marked, those that suspend. The other items stay
//! as they are.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    Attribute, Ident, ImplItem, ImplItemFn, Item, ItemImpl, ItemTrait, Meta, TraitItem, TraitItemFn,
};

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
    /// `None` if the item is neither.
    pub fn new(item: Item, options: &Options, diagnostics: &mut Diagnostics) -> Option<Self> {
        match item {
            Item::Impl(item) => Some(of_impl(item, options, diagnostics)),
            Item::Trait(item) => Some(of_trait(item, options, diagnostics)),
            _ => None,
        }
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

fn of_impl(mut item: ItemImpl, options: &Options, diagnostics: &mut Diagnostics) -> ImplOrTrait {
    let trait_ = item.trait_.as_mut().map(|(_, trait_, _)| trait_);
    parse::name_in_header(&mut item.generics, &mut item.self_ty, trait_);
    let mut methods = Vec::new();
    for (index, mut method) in chosen_of_impl(&item) {
        let options = take_mark(&mut method.attrs, options, diagnostics);
        let head = Head {
            attrs: method.attrs,
            vis: method.vis,
            sig: method.sig,
        };
        let input = parse::method(head, method.block, home(&item), options, diagnostics);
        methods.push((index, input));
    }
    let shell = Shell::Impl(item);
    ImplOrTrait { shell, methods }
}

fn home(item: &ItemImpl) -> Home {
    let trait_ = item.trait_.as_ref();
    let types = item.items.iter().filter_map(|item| match item {
        ImplItem::Type(ty) => Some(ty.ident.clone()),
        _ => None,
    });
    Home::Impl {
        generics: item.generics.clone(),
        self_ty: item.self_ty.clone(),
        trait_: trait_.map(|(_, trait_, _)| trait_.clone()),
        types: types.collect::<Vec<Ident>>(),
    }
}

fn of_trait(mut item: ItemTrait, options: &Options, diagnostics: &mut Diagnostics) -> ImplOrTrait {
    let home = |has_body| Home::Trait {
        name: item.ident.clone(),
        generics: item.generics.clone(),
        has_body,
    };
    let chosen = chosen_of_trait(&item);
    if chosen.is_empty() {
        diagnostics.error_over(
            item.trait_token,
            "no method of this `trait` is a coroutine: write `#[coroutine]` on each that is to be one",
        );
    }
    let (mut methods, mut declared) = (Vec::new(), Vec::new());
    for (index, mut method) in chosen {
        let options = take_mark(&mut method.attrs, options, diagnostics);
        let head = Head {
            attrs: method.attrs,
            vis: syn::Visibility::Inherited,
            sig: method.sig,
        };
        let has_body = method.default.is_some();
        let block = method.default.unwrap_or_else(|| syn::parse_quote!({}));
        let input = parse::method(head, block, home(has_body), options, diagnostics);
        if has_body {
            methods.push((index, input));
        } else {
            declared.push((index, signature::declare(&input)));
        }
    }
    for (index, tokens) in declared {
        item.items[index] = TraitItem::Verbatim(tokens);
    }
    let shell = Shell::Trait(item);
    ImplOrTrait { shell, methods }
}

/// The methods that are to be coroutines, and which item of the trait each is.
fn chosen_of_trait(item: &ItemTrait) -> Vec<(usize, TraitItemFn)> {
    let all = item.items.iter().enumerate();
    let all = all.filter_map(|(index, item)| match item {
        TraitItem::Fn(method) => Some((index, method.clone())),
        _ => None,
    });
    let (marked, others): (Vec<_>, Vec<_>) = all.partition(|(_, method)| is_marked(&method.attrs));
    if !marked.is_empty() {
        return marked;
    }
    let suspends = |method: &TraitItemFn| method.default.as_ref().is_some_and(suspensions::any);
    others
        .into_iter()
        .filter(|(_, method)| suspends(method))
        .collect()
}

/// As [`chosen_of_trait`].
fn chosen_of_impl(item: &ItemImpl) -> Vec<(usize, ImplItemFn)> {
    let all = item.items.iter().enumerate();
    let all = all.filter_map(|(index, item)| match item {
        ImplItem::Fn(method) => Some((index, method.clone())),
        _ => None,
    });
    let (marked, others): (Vec<_>, Vec<_>) = all.partition(|(_, method)| is_marked(&method.attrs));
    if !marked.is_empty() {
        return marked;
    }
    others
        .into_iter()
        .filter(|(_, method)| suspensions::any(&method.block))
        .collect()
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
