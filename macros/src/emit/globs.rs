//! Glob imports in blocks: what they bring in is rustc's to know.
//!
//! `{ use shapes::*; area }` names the import if there is one of that name, and a local around the block if there is
//! none. The machine takes it for the local, so the twin has rustc refuse the other case: beside the import stands
//! another of the same, in a block around which each such name is a constant of a type of ours.
//!
//! Input: a body. Output: the same with these checks in the blocks that import so.

use crate::words::Words;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Item, ItemUse, Pat, PatIdent, Stmt, UseTree};

/// Adds the checks to `block`, around which these locals are in scope.
pub fn check(private: &Words, arguments: &[&Pat], items: &[Stmt], block: &mut Block) {
    let mut globs = Globs {
        private,
        names: Vec::new(),
    };
    for pattern in arguments {
        globs.visit_pat_mut(&mut (*pattern).clone());
    }
    let outer = globs.of(items, || block.to_token_stream());
    globs.visit_block_mut(block);
    block.stmts.splice(0..0, outer);
}

struct Globs<'a> {
    private: &'a Words,
    /// The locals that were declared so far, of which some are in scope no more.
    names: Vec<String>,
}

impl VisitMut for Globs<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let check = self.of(&block.stmts, || block.to_token_stream());
        visit_mut::visit_block_mut(self, block);
        block.stmts.splice(0..0, check);
    }

    fn visit_pat_ident_mut(&mut self, pattern: &mut PatIdent) {
        let name = pattern.ident.to_string();
        // What begins so is a variant or a constant, which an import may well be of; no item is named `self`.
        if !name.starts_with(char::is_uppercase) && name != "self" {
            self.names.push(name);
        }
        visit_mut::visit_pat_ident_mut(self, pattern);
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

impl Globs<'_> {
    /// The check of a block of these statements, if it needs one.
    fn of(&self, statements: &[Stmt], tokens: impl FnOnce() -> TokenStream) -> Option<Stmt> {
        let imports = statements.iter().filter_map(|statement| match statement {
            Stmt::Item(Item::Use(import)) if has_glob(&import.tree) => Some(import),
            _ => None,
        });
        let imports: Vec<TokenStream> = imports.map(without_place).collect();
        if imports.is_empty() {
            return None;
        }
        let mut mentioned = Vec::new();
        mentions(tokens(), &self.names, &mut mentioned);
        let names = mentioned.iter().map(|name| {
            let mut name = name.clone();
            name.set_span(Span::call_site().located_at(name.span()));
            name
        });
        let private = self.private;
        (!mentioned.is_empty()).then(|| {
            syn::parse_quote! {
                const _: () = {
                    #(const #names: #private::Local = #private::Local;)*
                    {
                        #(#imports)*
                        fn check() { #(#private::local(#mentioned);)* }
                    }
                };
            }
        })
    }
}

fn has_glob(tree: &UseTree) -> bool {
    match tree {
        UseTree::Glob(_) => true,
        UseTree::Path(path) => has_glob(&path.tree),
        UseTree::Group(group) => group.items.iter().any(has_glob),
        UseTree::Name(_) | UseTree::Rename(_) => false,
    }
}

/// The import once more, which is not the user's to be warned of.
fn without_place(import: &ItemUse) -> TokenStream {
    let tree = &import.tree;
    let leading = &import.leading_colon;
    fn made(tokens: TokenStream) -> TokenStream {
        let tokens = tokens.into_iter().map(|token| match token {
            TokenTree::Group(group) => {
                let mut made_group =
                    proc_macro2::Group::new(group.delimiter(), made(group.stream()));
                made_group.set_span(Span::call_site().located_at(group.span()));
                TokenTree::Group(made_group)
            }
            mut other => {
                other.set_span(Span::call_site().located_at(other.span()));
                other
            }
        });
        tokens.collect()
    }
    made(quote!(use #leading #tree;))
}

/// The first mention of each of these names.
fn mentions(tokens: TokenStream, names: &[String], found: &mut Vec<Ident>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => mentions(group.stream(), names, found),
            TokenTree::Ident(name) => {
                let text = name.to_string();
                if names.contains(&text) && !found.iter().any(|other| *other == text) {
                    found.push(name);
                }
            }
            _ => {}
        }
    }
}
