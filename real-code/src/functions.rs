//! A source file -> its `async fn`s, and where their parts stand in the text.

use proc_macro2::Span;
use std::ops::Range;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, FnArg, ImplItemFn, ItemFn, ItemImpl, Signature};

/// An `async fn` that the attribute may stand on.
#[derive(Clone, Debug)]
pub struct Function {
    pub name: String,
    pub lines: Range<usize>,
    pub way: Way,
    /// The keyword, and the space after it.
    pub async_keyword: Range<usize>,
    /// Where the item begins, behind its attributes.
    pub item: usize,
    /// From `fn` to the body.
    pub signature: Range<usize>,
    pub body: Range<usize>,
}

/// How a function becomes a coroutine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `#[costate::coroutine] fn`, for `async fn`.
    Attribute,
    /// Another attribute wants an `async fn`: that only awaits a coroutine of the same signature.
    Inside,
}

/// The functions of a file, outermost first, and how many it has that no attribute can stand on: methods of
/// traits, whose `async` belongs to the trait, and of impls that belong to a macro.
#[derive(Default)]
pub struct Found {
    pub functions: Vec<Function>,
    pub of_traits: usize,
}

pub fn find(text: &str) -> syn::Result<Found> {
    let file = syn::parse_file(text)?;
    let mut search = Search {
        found: Found::default(),
        text,
    };
    search.visit_file(&file);
    Ok(search.found)
}

struct Search<'t> {
    found: Found,
    text: &'t str,
}

impl Search<'_> {
    fn function(&mut self, attributes: &[Attribute], vis: Span, sig: &Signature, body: &Block) {
        let Some(keyword) = &sig.asyncness else {
            return;
        };
        let way = if attributes.iter().all(is_plain) {
            Way::Attribute
        } else {
            Way::Inside
        };
        if way == Way::Inside && !sig.inputs.is_empty() {
            return;
        }
        let keyword = keyword.span.byte_range();
        let after = self.text[keyword.end..].len() - self.text[keyword.end..].trim_start().len();
        let begin = sig.span().byte_range().start;
        let vis = vis.byte_range();
        let item = if vis.is_empty() { begin } else { vis.start };
        self.found.functions.push(Function {
            name: sig.ident.to_string(),
            lines: sig.span().start().line..body.span().end().line + 1,
            way,
            async_keyword: keyword.start..keyword.end + after,
            item,
            signature: sig.fn_token.span.byte_range().start..body.span().byte_range().start,
            body: body.span().byte_range(),
        });
    }
}

/// Attributes that do nothing to a function.
fn is_plain(attribute: &Attribute) -> bool {
    const PLAIN: &[&str] = &[
        "doc",
        "cfg",
        "cfg_attr",
        "allow",
        "expect",
        "warn",
        "deny",
        "inline",
        "must_use",
        "track_caller",
        "deprecated",
        "cold",
    ];
    PLAIN.iter().any(|name| attribute.path().is_ident(name))
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_item_fn(&mut self, f: &'ast ItemFn) {
        self.function(&f.attrs, f.vis.span(), &f.sig, &f.block);
        visit::visit_item_fn(self, f);
    }

    fn visit_item_impl(&mut self, i: &'ast ItemImpl) {
        // A procedural macro around an impl reads the keywords of its methods.
        if i.trait_.is_some() || !i.attrs.iter().all(is_plain) {
            let methods = i
                .items
                .iter()
                .filter(|item| matches!(item, syn::ImplItem::Fn(f) if f.sig.asyncness.is_some()));
            self.found.of_traits += methods.count();
            i.items.iter().for_each(|item| {
                if let syn::ImplItem::Fn(f) = item {
                    self.visit_block(&f.block);
                }
            });
            return;
        }
        visit::visit_item_impl(self, i);
    }

    fn visit_impl_item_fn(&mut self, f: &'ast ImplItemFn) {
        let receiver = matches!(f.sig.inputs.first(), Some(FnArg::Receiver(_)));
        if f.attrs.iter().all(is_plain) || !receiver {
            self.function(&f.attrs, f.vis.span(), &f.sig, &f.block);
        }
        visit::visit_impl_item_fn(self, f);
    }

    fn visit_trait_item_fn(&mut self, f: &'ast syn::TraitItemFn) {
        self.found.of_traits += usize::from(f.sig.asyncness.is_some());
        visit::visit_trait_item_fn(self, f);
    }
}
