//! Closures: called where they stand, or kept and called later.

use super::{Generator, Suspend};
use crate::parts;
use crate::scope::{Access, State};
use crate::tree::Node;
use crate::types::{Calls, Type};

impl Generator {
    /// Something made where neither suspensions nor jumps are possible.
    fn in_closure<R>(&mut self, make: impl FnOnce(&mut Self) -> R) -> R {
        let suspend = std::mem::replace(&mut self.suspend, Suspend::Never);
        let loops = std::mem::take(&mut self.loops);
        let was_in = std::mem::replace(&mut self.in_closure, true);
        let made = make(self);
        self.suspend = suspend;
        self.loops = loops;
        self.in_closure = was_in;
        made
    }

    /// `(|| VALUE)()`
    pub(super) fn called_at_once(&mut self, ty: &Type) -> Node {
        let value = self.in_closure(|g| g.value(ty));
        let word = if self.chance(20) { "move " } else { "" };
        match word {
            "move " if !matches!(ty, Type::Num | Type::Bool | Type::Str) => value,
            _ => Node::expression(ty, parts![format!("({word}|| "), value, ")()"]),
        }
    }

    /// `let f = || ..;`
    pub(super) fn closure(&mut self) -> Node {
        let name = self.name();
        match self.below(4) {
            0 => self.consuming_closure(&name),
            1 => self.changing_closure(&name),
            2 => self.moving_closure(&name),
            _ => {
                let event = self.event("call ");
                let Some(place) = self.place(&Type::Noisy, Access::Read) else {
                    return self.consuming_closure(&name);
                };
                let text = format!("given({event}, {}.name())", place.text);
                self.keep(
                    &name,
                    Type::Str,
                    Calls::Shared,
                    &format!("|| {text}"),
                    Some(place.index),
                )
            }
        }
    }

    fn keep(
        &mut self,
        name: &str,
        ty: Type,
        calls: Calls,
        text: &str,
        lender: Option<usize>,
    ) -> Node {
        let word = if calls == Calls::Mutable { "mut " } else { "" };
        let mutable = calls == Calls::Mutable;
        self.scope
            .declare(name, Type::Closure(Box::new(ty), calls), mutable, lender);
        Node::statement(parts![format!("let {word}{name} = {text};")])
    }

    /// It moves a local out of itself, so that it can be called once.
    fn consuming_closure(&mut self, name: &str) -> Node {
        let place = self.place_where(Access::Move, |ty| *ty == Type::Noisy);
        match place.filter(|place| !place.path.contains(&"*") && place.index >= self.floor) {
            Some(place) => {
                self.left(place.index, &place.path);
                self.scope.locals[place.index].state = State::Gone;
                let text = format!("|| {}", place.text);
                self.keep(name, Type::Noisy, Calls::Once, &text, None)
            }
            None => {
                let event = self.event("n");
                self.keep(
                    name,
                    Type::Noisy,
                    Calls::Shared,
                    &format!("|| noisy({event})"),
                    None,
                )
            }
        }
    }

    /// It is given a local and keeps it.
    fn moving_closure(&mut self, name: &str) -> Node {
        let place = self.place_where(Access::Move, |ty| *ty == Type::Noisy);
        match place.filter(|place| place.index >= self.floor) {
            Some(place) => {
                self.left(place.index, &place.path);
                self.scope.locals[place.index].state = State::Gone;
                let text = format!("move || {}.name()", place.text);
                self.keep(name, Type::Str, Calls::Shared, &text, None)
            }
            None => self.changing_closure(name),
        }
    }

    /// It changes a local that it borrows.
    fn changing_closure(&mut self, name: &str) -> Node {
        let event = self.event("renamed ");
        match self.place(&Type::Noisy, Access::Change) {
            Some(place) if !self.in_closure => {
                let text = format!("|| {}.rename({event})", place.text);
                self.keep(name, Type::Unit, Calls::Mutable, &text, Some(place.index))
            }
            _ => self.keep(name, Type::Num, Calls::Shared, "|| 5", None),
        }
    }
}
