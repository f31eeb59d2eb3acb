//! Whether a body may name held locals where the macro doesn't see it.
//!
//! There the names have to be declared: so that a use by a macro is an error, and so that rustc finds the name which the
//! user may have meant instead of an unknown one, as it does in the twin.

use proc_macro2::{Ident, TokenStream};
use syn::visit::{self, Visit};
use syn::{ExprCall, ExprPath, Macro};

use crate::body::Body;
use crate::invocation;
use crate::resolve::{captured_in, unknown};

/// Whether names may be used unseen, or be mistaken.
pub fn may_name(body: &Body) -> bool {
    let mut search = Search { body, found: false };
    search.visit_block(&body.block);
    search.found
}

struct Search<'a> {
    body: &'a Body,
    found: bool,
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.found |= invocation::may_hide_names(mac) || self.is_captured(mac.tokens.clone());
        invocation::visit(mac, &mut |argument| self.visit_expr(argument));
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        unknown::visit_call(self, call);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if let Some(unknown) = unknown::unknown_name(path) {
            self.found |= self.is_similar_to_a_local(unknown);
        }
        visit::visit_expr_path(self, path);
    }
}

impl Search<'_> {
    fn is_similar_to_a_local(&self, unknown: &Ident) -> bool {
        let unknown = unknown.to_string();
        let mut known = self.body.locals.iter().map(|local| local.name.to_string());
        known.any(|known| is_similar(&known, &unknown))
    }

    /// Whether a string captures a name that is no local's, and nearly one.
    fn is_captured(&self, tokens: TokenStream) -> bool {
        let mut names = Vec::new();
        captured_in(tokens, &mut names);
        let is_local = |name: &Ident| self.body.locals.iter().any(|local| local.name == *name);
        let mut unknown = names.iter().filter(|name| !is_local(name));
        unknown.any(|name| self.is_similar_to_a_local(name))
    }
}

/// Whether rustc may take one name for the other: it compares the distance of the two to a third of their length. Not
/// the same name, which is a constant's then.
pub(super) fn is_similar(known: &str, unknown: &str) -> bool {
    let letters = |name: &str| {
        let mut letters: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
        letters.sort_unstable();
        letters
    };
    let (of_known, mut left) = (letters(known), letters(unknown));
    let mut missing = 0;
    for letter in &of_known {
        match left.iter().position(|other| other == letter) {
            Some(at) => drop(left.remove(at)),
            None => missing += 1,
        }
    }
    let allowed = known.chars().count().max(3) / 3;
    known != unknown && missing.max(left.len()) <= allowed
}

#[cfg(test)]
mod tests {
    use super::is_similar;

    #[test]
    fn a_name_is_similar_if_few_letters_differ() {
        assert!(is_similar("number", "numbre") && is_similar("name", "nme"));
        assert!(!is_similar("name", "name") && !is_similar("name", "helper"));
    }
}
