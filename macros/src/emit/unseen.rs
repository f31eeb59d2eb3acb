//! Whether a body may name held locals where the macro doesn't see it.
//!
//! There the names have to be declared: so that a use by a macro is an error, and so that rustc finds the name which the
//! user may have meant instead of an unknown one, as it does in the twin.

use syn::visit::{self, Visit};
use syn::{ExprCall, ExprPath, Macro};

use crate::body::Body;
use crate::invocation;
use crate::resolve::unknown;

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
        self.found |= invocation::may_hide_names(mac);
        invocation::visit(mac, &mut |argument| self.visit_expr(argument));
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        unknown::visit_call(self, call);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if let Some(unknown) = unknown::unknown_name(path).map(ToString::to_string) {
            let mut known = self.body.locals.iter().map(|local| local.name.to_string());
            self.found |= known.any(|known| is_similar(&known, &unknown));
        }
        visit::visit_expr_path(self, path);
    }
}

/// Whether rustc may take one name for the other: it compares the distance of the two to a third of their length. Not
/// the same name, which is a constant's then.
fn is_similar(known: &str, unknown: &str) -> bool {
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
