//! The names in scope while the body is walked.

use syn::Ident;

use crate::body::LocalId;

/// Innermost scope last; within a scope, the newest name last.
pub struct Scopes(Vec<Vec<(String, Option<LocalId>)>>);

impl Scopes {
    pub fn new() -> Self {
        Scopes(vec![Vec::new()])
    }

    pub fn open(&mut self) {
        self.0.push(Vec::new());
    }

    pub fn close(&mut self) {
        self.0.pop();
    }

    /// From here on `name` is `local`, or something that is none of the function's locals.
    pub fn declare(&mut self, name: impl ToString, local: Option<LocalId>) {
        let innermost = self
            .0
            .last_mut()
            .expect("the function's scope is never closed");
        innermost.push((name.to_string(), local));
    }

    pub fn find(&self, name: &Ident) -> Option<LocalId> {
        let name = name.to_string();
        let newest_first = self.0.iter().rev().flat_map(|scope| scope.iter().rev());
        newest_first
            .filter(|(declared, _)| *declared == name)
            .map(|(_, local)| *local)
            .next()
            .flatten()
    }
}
