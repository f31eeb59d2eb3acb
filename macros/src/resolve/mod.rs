//! Stage: names.
//!
//! Input: the argument patterns, their types and the body, with every `cfg` decided. Output: a
//! [`Body`] in which each identifier that names a local is a placeholder; scopes and shadowing are
//! settled as rustc settles them. Left as they are: items, the parameters and bindings of closures
//! and of async blocks (which are locals of their own machine), labels, types, and every name that
//! is not a local. Fails only on macros that hide a `return`.
//!
//! Where syntax leaves it open whether a name is a local (an import in a block, a macro's tokens),
//! the name is taken for *not a local*: the machine poisons the user's names, so a mistake is an
//! error there and never another meaning.

pub use invocation::captured_in;
use proc_macro2::Span;
use quote::format_ident;
use syn::visit_mut::VisitMut;
use syn::{Ident, Pat};

use crate::body::{Body, Capture, Local, LocalId, Mention, MentionId, MentionKind};

mod alternatives;
mod block;
#[cfg(test)]
mod dump;
mod expression;
mod field;
mod invocation;
mod narrow;
mod pattern;
mod pin;
pub mod plain;
mod scope;
#[cfg(test)]
mod tests;
pub mod unknown;
mod written;

#[cfg(test)]
pub use dump::dump;
use field::Access;
pub use scope::Name;
use scope::Scopes;

/// Where errors go: the span the user has to change, and what to write instead.
pub type Sink<'a> = &'a mut dyn FnMut(Span, &str);

/// Settles the names of a function; `types` are those of `arguments`, in the same order.
pub fn resolve(arguments: &[Pat], types: &[syn::Type], block: &syn::Block, sink: Sink<'_>) -> Body {
    let mut resolver = Resolver {
        locals: Vec::new(),
        mentions: Vec::new(),
        scopes: Scopes::new(),
        closures: Vec::new(),
        behind_closure: false,
        access: Access::default(),
        sink,
    };
    let arguments = resolver.arguments(arguments, types);
    let mut block = block.clone();
    resolver.visit_block_mut(&mut block);
    let mut body = Body {
        block,
        arguments,
        locals: resolver.locals,
        mentions: resolver.mentions,
    };
    unknown::place(&mut body);
    body
}

struct Resolver<'a> {
    locals: Vec<Local>,
    mentions: Vec<Mention>,
    scopes: Scopes,
    /// The closures and inner `async` blocks that the walk is inside of.
    closures: Vec<Capture>,
    /// There was a closure.
    behind_closure: bool,
    /// The field path that is walked, down to its base.
    access: Access,
    sink: Sink<'a>,
}

impl Resolver<'_> {
    /// The arguments take the first ids, also those without a name.
    fn arguments(&mut self, arguments: &[Pat], types: &[syn::Type]) -> Vec<Option<Pat>> {
        for (index, argument) in arguments.iter().enumerate() {
            let ty = types.get(index);
            let local = match simple_name(argument) {
                Some(name) => {
                    let local = self.add_local(name.clone(), true);
                    self.locals[local.0 as usize].mutable = is_mutable(argument);
                    self.scopes.declare(&name, Some(local));
                    local
                }
                None => self.add_local(format_ident!("argument{index}"), false),
            };
            let entry = &mut self.locals[local.0 as usize];
            entry.ty = ty.cloned();
            if let Some(ty) = ty {
                entry.look_at(plain::of_type(ty));
                entry.bytes = narrow::of_type(ty);
            }
        }
        let patterns = arguments
            .iter()
            .map(|argument| match simple_name(argument) {
                Some(_) => None,
                None => {
                    let mut pattern = argument.clone();
                    self.bind_surely(&mut pattern);
                    Some(pattern)
                }
            });
        patterns.collect()
    }

    fn add_local(&mut self, name: Ident, named: bool) -> LocalId {
        self.locals.push(Local::new(name, named));
        LocalId(self.locals.len() as u32 - 1)
    }

    /// The placeholder for this mention of a local; `None` if the name is none of ours.
    fn mention(&mut self, name: &Ident, within: MentionKind) -> Option<Ident> {
        let local = self.scopes.find(name)?;
        let captured = self.closures.contains(&Capture::ByMove);
        let access = std::mem::take(&mut self.access);
        self.mentions.push(Mention {
            local,
            kind: if captured {
                MentionKind::Capture
            } else {
                within
            },
            in_closure: !self.closures.is_empty(),
            by_move: self.closures.first() == Some(&Capture::ByMove),
            in_local_macro: false,
            within,
            path: access.path.unwrap_or_default(),
            field: access.used,
            behind_closure: self.behind_closure && self.locals[local.0 as usize].ty.is_none(),
            read: false,
        });
        let id = MentionId(self.mentions.len() as u32 - 1);
        Some(id.placeholder(name.span()))
    }

    /// Runs `inside` in a scope of its own.
    fn scoped(&mut self, inside: impl FnOnce(&mut Self)) {
        self.scopes.open();
        inside(self);
        self.scopes.close();
    }
}

fn is_mutable(argument: &Pat) -> bool {
    matches!(argument, Pat::Ident(pat) if pat.mutability.is_some())
}

/// The name of `x`, `mut x` and `self`: such an argument is the local itself.
fn simple_name(argument: &Pat) -> Option<Ident> {
    match argument {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => Some(pat.ident.clone()),
        _ => None,
    }
}
