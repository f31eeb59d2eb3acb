//! The macros of ours that a body uses by their names alone: `defer!`, `on_cancel!`, `select!`.
//!
//! Nothing is left of them in the expansion, and of who has imported them rustc would say that the import is unused. So the twin
//! mentions them (`emit::imported`).

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Block, Macro};

/// The first mention of each; among what other macros are given, too.
pub fn of_ours(block: &Block) -> Vec<Ident> {
    let mut finder = Finder(false);
    finder.visit_block(block);
    let mut names = Vec::new();
    if finder.0 {
        collect(block.to_token_stream(), &mut names);
    }
    names
}

/// Whether there is one at all, which takes no tokens.
struct Finder(bool);

impl<'ast> Visit<'ast> for Finder {
    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.0 |= mac.path.get_ident().is_some_and(is_ours);
    }
}

fn is_ours(name: &Ident) -> bool {
    ["defer", "on_cancel", "select"]
        .iter()
        .any(|ours| name == ours)
}

/// Those that stand before a `!`, and behind no `::`.
fn collect(tokens: TokenStream, names: &mut Vec<Ident>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut is_path = false;
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Group(group) => collect(group.stream(), names),
            TokenTree::Ident(name) if !is_path && is_ours(name) && !names.contains(name) => {
                let calls = |next: &TokenTree| matches!(next, TokenTree::Punct(p) if p.as_char() == '!' && p.spacing() == Spacing::Alone);
                names.extend(tokens.peek().is_some_and(calls).then(|| name.clone()));
            }
            _ => {}
        }
        is_path = matches!(&token, TokenTree::Punct(p) if p.as_char() == ':');
    }
}

#[cfg(test)]
mod tests {
    use super::of_ours;

    #[test]
    fn they_are_found_by_their_bare_names() {
        let block = syn::parse_quote!({
            tokio::select! { _ = f() => {} }
            defer! { costate::on_cancel!{ f() } }
            g(select! { x = f() => on_cancel! { x } }).await
        });
        assert_eq!(of_ours(&block), ["defer", "select", "on_cancel"]);
    }
}
