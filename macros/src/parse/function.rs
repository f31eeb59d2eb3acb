//! One function: its head, its body, and what makes it no coroutine.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};
use syn::visit::{self, Visit};
use syn::{AttrStyle, Attribute, Block, Item, Signature, Stmt, Token, Type, Visibility};

use super::surroundings::Header;
use super::{Home, Input, captured, imported, lifetimes, pins};
use crate::cleanup::{self, For};
use crate::diagnostics::Diagnostics;
use crate::options::Options;
use crate::{select, suspensions};

/// What stands before a function's body.
pub struct Head {
    pub attrs: Vec<Attribute>,
    pub vis: Visibility,
    pub sig: Signature,
}

/// A function as written.
pub struct Source {
    pub head: Head,
    /// `None`: a `;` stands in its place.
    pub block: Option<Block>,
}

impl Parse for Head {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        Ok(Head {
            attrs: input.call(Attribute::parse_outer)?,
            vis: input.parse()?,
            sig: input.parse()?,
        })
    }
}

impl Parse for Source {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut head: Head = input.parse()?;
        if input.parse::<Option<Token![;]>>()?.is_some() {
            return Ok(Source { head, block: None });
        }
        let content;
        let brace_token = syn::braced!(content in input);
        let inner = content.call(Attribute::parse_inner)?;
        head.attrs.extend(inner.into_iter().map(outer));
        let stmts = content.call(Block::parse_within)?;
        let block = Some(Block { brace_token, stmts });
        Ok(Source { head, block })
    }
}

fn outer(mut attribute: Attribute) -> Attribute {
    attribute.style = AttrStyle::Outer;
    attribute
}

/// Whether the item is a function, whatever its body looks like.
pub fn is_function(item: &TokenStream) -> bool {
    let head = |input: ParseStream| {
        let is_function = input.fork().parse::<Head>().is_ok();
        input.parse::<TokenStream>()?;
        Ok(is_function)
    };
    head.parse2(item.clone()).unwrap_or(false)
}

/// Where a function with an attribute of its own stands.
pub fn home(head: &Head, block: &Block, around: Option<&Header>) -> Home {
    let mut names = NamesSelf(head.sig.receiver().is_some());
    names.visit_signature(&head.sig);
    names.visit_block(block);
    if names.0 || around.is_some_and(|header| header.has_a_parameter_of(head, block)) {
        Home::Inherent
    } else {
        Home::Free
    }
}

/// Whether `Self` is named; in an item inside it is the item's own.
struct NamesSelf(bool);

impl<'ast> Visit<'ast> for NamesSelf {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.0 |= path
            .segments
            .first()
            .is_some_and(|first| first.ident == "Self");
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.0 |= mentions_self(mac.tokens.clone());
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

fn mentions_self(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "Self",
        TokenTree::Group(group) => mentions_self(group.stream()),
        _ => false,
    })
}

pub fn input(
    mut head: Head,
    mut block: Block,
    home: Home,
    options: Options,
    diagnostics: &mut Diagnostics,
) -> Input {
    check(&mut head.sig, diagnostics);
    let made = lifetimes::name(&mut head.sig, &home);
    let items = unique_items(&mut block);
    let mut input = Input {
        options,
        attrs: head.attrs,
        vis: head.vis,
        sig: head.sig,
        made,
        items,
        imported: imported::of_ours(&block),
        block,
        twin: None,
        home,
    };
    select::desugar(&mut input.block, &input.options.private(), diagnostics);
    clean_up(&mut input, diagnostics);
    let blocks = [&mut input.block].into_iter().chain(&mut input.twin);
    for block in blocks {
        pins::spell_out(block);
        captured::borrow_whole(block);
    }
    suspensions::check(&input.block, input.options.yields.is_some(), diagnostics);
    input
}

/// Puts clean-up where it runs.
fn clean_up(input: &mut Input, diagnostics: &mut Diagnostics) {
    if !cleanup::any(&input.block) {
        return;
    }
    let output = input.inferred_output();
    let signature = cleanup::Signature {
        private: input.options.private(),
        output: &output,
    };
    let mut twin = input.block.clone();
    cleanup::desugar(&mut twin, For::Twin, &signature, diagnostics);
    cleanup::desugar(&mut input.block, For::Machine, &signature, diagnostics);
    input.twin = Some(twin);
}

/// Refuses what cannot be a coroutine.
fn check(sig: &mut Signature, diagnostics: &mut Diagnostics) {
    if let Some(keyword) = sig.asyncness.take() {
        diagnostics.error(
            keyword.span,
            "the attribute makes a coroutine of a plain `fn`: remove `async`",
        );
    }
    if let Some(keyword) = sig.constness.take() {
        diagnostics.error(
            keyword.span,
            "a `const fn` cannot suspend, as constants are evaluated in one go: remove `const`",
        );
    }
    if let Some(abi) = sig.abi.take() {
        diagnostics.error_over(
            abi,
            "a coroutine returns a machine, which no foreign caller can take: remove `extern` and \
             call the coroutine from a function that has it",
        );
    }
    if let Some(variadic) = sig.variadic.take() {
        diagnostics.error_over(
            variadic,
            "variadic arguments cannot be kept across a suspension: take a slice instead",
        );
    }
}

/// Whether `impl Trait` stands in the type.
pub fn contains_impl(ty: &Type) -> bool {
    struct Finder(bool);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    finder.visit_type(ty);
    finder.0
}

/// Takes the items out of the body if there is an `impl` among them, which must not be emitted twice.
///
/// Otherwise they stay: as items are in scope in all of a block, twin and machine then each have
/// their own, and what they import does not reach the signature. A `macro_rules!` always stays where it is.
fn unique_items(block: &mut Block) -> Vec<Stmt> {
    let is_impl = |stmt: &Stmt| matches!(stmt, Stmt::Item(Item::Impl(_)));
    if !block.stmts.iter().any(is_impl) {
        return Vec::new();
    }
    let is_unique = |stmt: &Stmt| match stmt {
        Stmt::Item(Item::Macro(item)) => !is_macro_rules(&item.mac.path),
        Stmt::Item(_) => true,
        _ => false,
    };
    let all = std::mem::take(&mut block.stmts);
    let (items, rest) = all.into_iter().partition(is_unique);
    block.stmts = rest;
    items
}

fn is_macro_rules(path: &syn::Path) -> bool {
    path.get_ident()
        .is_some_and(|name: &Ident| name == "macro_rules")
}
