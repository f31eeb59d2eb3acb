//! What the generator knows of the locals in scope: what can be named, read, moved, borrowed.
//!
//! It is a coarse idea of the borrow checker: good enough that most programs are legal, and what
//! rustc still refuses is taken out afterwards.

use crate::types::Type;

/// Whether there is something in a local.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Declared, never initialised.
    Empty,
    Full,
    /// All but this field.
    Without(&'static str),
    /// Moved, on some path at least.
    Gone,
}

/// A local.
#[derive(Clone, Debug)]
pub struct Local {
    pub name: String,
    pub ty: Type,
    pub mutable: bool,
    pub state: State,
    /// What it borrows from.
    pub lender: Option<usize>,
}

/// The locals in scope, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub locals: Vec<Local>,
}

/// What is done to a place.
#[derive(Clone, Copy, PartialEq)]
pub enum Access {
    Read,
    Change,
    Move,
}

impl Scope {
    pub fn declare(&mut self, name: &str, ty: Type, mutable: bool, lender: Option<usize>) -> usize {
        self.locals.push(Local {
            name: name.to_owned(),
            ty,
            mutable,
            state: State::Full,
            lender,
        });
        self.locals.len() - 1
    }

    /// Whether its name means it, and not one that was declared later.
    #[must_use]
    pub fn is_visible(&self, index: usize) -> bool {
        let name = &self.locals[index].name;
        self.locals[index + 1..].iter().all(|l| l.name != *name)
    }

    /// Whether nothing that lives on forbids this access.
    #[must_use]
    pub fn allows(&self, index: usize, access: Access) -> bool {
        let local = &self.locals[index];
        let mutable = local.mutable || access != Access::Change;
        let forbids =
            |l: &Local| l.lender == Some(index) && l.state == State::Full && forbids(&l.ty, access);
        mutable && self.is_visible(index) && !self.locals.iter().any(forbids)
    }

    /// After the access, references that it conflicts with are not used again.
    pub fn accessed(&mut self, index: usize, access: Access) {
        for local in &mut self.locals {
            let conflicts = access != Access::Read || local.ty == Type::Unique;
            if local.lender == Some(index) && conflicts {
                local.state = State::Gone;
            }
        }
    }

    /// After two ways came together, of which both or one or none came here.
    pub fn join(&mut self, others: &[Scope]) {
        let Some((first, rest)) = others.split_first() else {
            return;
        };
        for (index, local) in self.locals.iter_mut().enumerate() {
            let state = first.locals[index].state.clone();
            let agree = rest.iter().all(|other| other.locals[index].state == state);
            local.state = if agree { state } else { State::Gone };
        }
    }
}

fn forbids(borrower: &Type, access: Access) -> bool {
    // A reference is only a hindrance while it is used, and `accessed` sees to that.
    borrower.drops() && (access != Access::Read || matches!(borrower, Type::Closure(..)))
}
