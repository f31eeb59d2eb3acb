//! Data: what a mention does to a field of its local.

use crate::parts::FieldPath;

/// What happens to a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FieldUse {
    /// `f(x.left)`, `let y = *x`, `S { a, ..x }`
    Moved(FieldPath),
    /// `x.left + value`: moved, unless that is mentioned again and so is `Copy`.
    Operated(FieldPath),
    /// `x.left = value`
    Assigned(FieldPath),
    /// `x.left.m()`, `(x.left)(..)`: whether the call consumes is rustc's to say.
    Received(FieldPath),
    /// `move || x.left.m()`: by a closure that is `move`. Of a pointer that is all of it.
    Captured(FieldPath),
    /// `|| f(x.left)`: by a closure that is not `move`, unless the field is `Copy`.
    Consumed(FieldPath),
    /// `|| x.left.m()`: by such a closure; whether the call consumes is rustc's to say.
    Invoked(FieldPath),
    /// `match x.left { .. }`: the patterns may move parts out.
    Matched(FieldPath),
}

impl FieldUse {
    pub fn path(&self) -> &FieldPath {
        match self {
            FieldUse::Moved(path)
            | FieldUse::Operated(path)
            | FieldUse::Assigned(path)
            | FieldUse::Received(path)
            | FieldUse::Captured(path)
            | FieldUse::Consumed(path)
            | FieldUse::Invoked(path)
            | FieldUse::Matched(path) => path,
        }
    }
}
