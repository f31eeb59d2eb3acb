//! Suspensions: what is awaited, and the expressions in which an await may stand at the top.

use super::{Generator, Suspend};
use crate::parts;
use crate::scope::Access;
use crate::tree::Node;
use crate::types::Type;

impl Generator {
    /// A value at the level of a statement: a suspension may be all of it, or stand in its blocks.
    pub(super) fn top(&mut self, ty: &Type) -> Node {
        if self.suspend == Suspend::Never || self.fuel <= 0 || self.depth > 4 {
            return self.value(ty);
        }
        match self.below(14) {
            0..4 => self.awaited(ty),
            4 => self.block_value(ty),
            5 => self.if_value(ty),
            6 => self.match_value(ty),
            7 => self.loop_value(ty),
            8 if ty.is_copy() => self.short_circuit(ty),
            _ => self.value(ty),
        }
    }

    fn short_circuit(&mut self, ty: &Type) -> Node {
        let inner = self.awaited(ty);
        Node::expression(ty, parts!["(", inner, ")"])
    }

    /// `FUTURE.await`, perhaps with `?`.
    pub(super) fn awaited(&mut self, ty: &Type) -> Node {
        let asks = !self.in_closure && self.chance(20);
        let wrapped = match &self.output {
            Type::Option(_) if asks => Some(Type::Option(Box::new(ty.clone()))),
            Type::Result(_) if asks => Some(Type::Result(Box::new(ty.clone()))),
            _ => None,
        };
        match wrapped {
            Some(wrapped) if wrapped.least().is_some() => {
                let future = self.operand(&wrapped);
                Node::expression(ty, parts![future, ".await?"])
            }
            _ => {
                let future = self.operand(ty);
                Node::expression(ty, parts![future, ".await"])
            }
        }
    }

    /// Something that can be awaited, written so that `.await` can follow.
    fn operand(&mut self, ty: &Type) -> Node {
        let suspend = self.suspend;
        if suspend == Suspend::Statement {
            self.suspend = Suspend::Never;
        }
        let operand = self.awaitable(ty);
        self.suspend = suspend;
        operand
    }

    fn awaitable(&mut self, ty: &Type) -> Node {
        self.fuel -= 1;
        let future = Type::Future(Box::new(ty.clone()));
        let polls = self.below(3);
        match (ty, self.below(12)) {
            (Type::Noisy, 0..4) => {
                let value = self.value(ty);
                Node::expression(&future, parts![value, format!(".sent({polls})")])
            }
            (Type::Str, 0..3) => match self.place(&Type::Noisy, Access::Read) {
                Some(place) => Node::expression(&future, parts![place.text, ".greeted()"]),
                None => self.awaitable(ty),
            },
            (Type::Str, 3..6) => {
                let value = self.value(&Type::Noisy);
                Node::expression(&future, parts![value, ".greeted()"])
            }
            (Type::Num, 0) => {
                let value = self.value(ty);
                Node::expression(&future, parts!["Order(", value, ")"])
            }
            (_, 6) => match self.place(&future, Access::Move) {
                Some(place) => Node::expression(&future, parts![place.text]),
                None => self.awaitable(ty),
            },
            (_, 7) => {
                let value = self.value(ty);
                Node::expression(
                    &future,
                    parts![format!("Box::pin(after({polls}, "), value, "))"],
                )
            }
            _ => {
                let value = self.value(ty);
                Node::expression(&future, parts![format!("after({polls}, "), value, ")"])
            }
        }
    }
}
