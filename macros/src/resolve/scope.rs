//! The names in scope while the body is walked.
//!
//! Two identifiers of one spelling are two names if one of them is of a `macro_rules!`'s own: a body
//! that a macro puts together may have a `let x` of the macro's and one of its caller's side by side.

use syn::Ident;

use crate::body::LocalId;
use crate::hygiene;

/// Innermost scope last; within a scope, the newest name last.
pub struct Scopes(Vec<Vec<(Name, Option<LocalId>)>>);

/// An identifier and whose it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    text: String,
    owner: String,
}

impl Name {
    pub fn of(ident: &Ident) -> Name {
        Name {
            text: ident.to_string(),
            owner: hygiene::owner(ident.span()),
        }
    }
}

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
    pub fn declare(&mut self, name: &Ident, local: Option<LocalId>) {
        let innermost = self
            .0
            .last_mut()
            .expect("the function's scope is never closed");
        innermost.push((Name::of(name), local));
    }

    /// What a name means: the newest of its owner, or else, as other attributes may have made a
    /// part of the body, the newest of its spelling.
    pub fn find(&self, name: &Ident) -> Option<LocalId> {
        let name = Name::of(name);
        let newest_first = || self.0.iter().rev().flat_map(|scope| scope.iter().rev());
        let own = newest_first().find(|(declared, _)| *declared == name);
        let spelled = || newest_first().find(|(declared, _)| declared.text == name.text);
        own.or_else(spelled).and_then(|(_, local)| *local)
    }
}
