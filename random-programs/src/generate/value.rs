//! Expressions: a value of a type, made in one of many ways.

use super::{Generator, Suspend};
use crate::parts;
use crate::scope::Access;
use crate::tree::{Node, Part};
use crate::types::{Calls, Type};

impl Generator {
    /// An expression of this type.
    pub(super) fn value(&mut self, ty: &Type) -> Node {
        self.fuel -= 1;
        if self.fuel <= 0 {
            return self.simple(ty);
        }
        let suspend = self.suspend;
        if suspend == Suspend::Statement {
            self.suspend = Suspend::Never;
        }
        let value = match self.below(3) {
            0 => self.particular(ty),
            1 => self.simple(ty),
            _ => self.general(ty),
        };
        self.suspend = suspend;
        value
    }

    /// A place, or the shortest value.
    fn simple(&mut self, ty: &Type) -> Node {
        if let Some(place) = self.place(ty, Access::Move) {
            return Node::expression(ty, parts![place.text]);
        }
        match ty {
            Type::Noisy => Node::expression(ty, parts![format!("noisy({})", self.event("n"))]),
            Type::Num => Node::expression(ty, parts![self.below(5).to_string()]),
            Type::Bool => Node::expression(ty, parts![self.rng.bool().to_string()]),
            Type::Shared => self.shared(),
            Type::Unique => self.unique(),
            Type::Watch => {
                let who = self.shared();
                Node::expression(ty, parts!["watch(", who, ")"])
            }
            _ => ty.least().unwrap_or_else(|| self.shared()),
        }
    }

    /// A borrow of a place, or of a temporary.
    pub(super) fn shared(&mut self) -> Node {
        let of = match self.place(&Type::Noisy, Access::Read) {
            Some(place) => Part::from(place.text),
            None => Part::from(self.value(&Type::Noisy)),
        };
        Node::expression(&Type::Shared, parts!["&", of])
    }

    fn unique(&mut self) -> Node {
        let of = match self.place(&Type::Noisy, Access::Change) {
            Some(place) => Part::from(place.text),
            None => Part::from(self.value(&Type::Noisy)),
        };
        Node::expression(&Type::Unique, parts!["&mut ", of])
    }

    /// What is made of any type in the same way.
    fn general(&mut self, ty: &Type) -> Node {
        let of = |parts| Node::expression(ty, parts);
        match self.below(17) {
            0 | 1 => {
                let event = self.event("given ");
                of(parts![format!("given({event}, "), self.value(ty), ")"])
            }
            2..=4 if !self.moves_parts && !ty.is_copy() => self.particular(ty),
            2 => {
                let other = self.ty(1);
                of(parts!["(", self.value(ty), ", ", self.value(&other), ").0"])
            }
            3 => {
                let other = self.ty(1);
                of(parts!["(", self.value(&other), ", ", self.value(ty), ").1"])
            }
            4 => self.match_value(ty),
            5 => self.if_value(ty),
            6 => self.block_value(ty),
            7 => of(parts!["Some(", self.value(ty), ").unwrap()"]),
            8 if ty.least().is_some() => {
                let option = Type::Option(Box::new(ty.clone()));
                let option = self.value(&option);
                let least = ty.least().into_iter().map(Part::from);
                let mut parts = parts![option, ".unwrap_or_else(|| "];
                parts.extend(least);
                parts.push(Part::from(")"));
                of(parts)
            }
            9 if self.moves_parts || ty.is_copy() => {
                of(parts!["*Box::new(", self.value(ty), ")"]).in_parentheses()
            }
            10 => match self.place(ty, Access::Change) {
                Some(place) if !self.in_closure => of(parts![
                    format!("std::mem::replace(&mut {}, ", place.text),
                    self.value(ty),
                    ")"
                ]),
                _ => self.particular(ty),
            },
            11 => self.called_at_once(ty),
            12 => self.asked(ty),
            13 if self.suspend == Suspend::Anywhere => self.awaited(ty),
            14 => self.received(ty),
            _ => self.called(ty),
        }
    }

    /// `VALUE?`, where the function allows it.
    fn asked(&mut self, ty: &Type) -> Node {
        if self.in_closure || ty.least().is_none() {
            return self.simple(ty);
        }
        let wrapped = match &self.output {
            Type::Option(_) => Type::Option(Box::new(ty.clone())),
            Type::Result(_) => Type::Result(Box::new(ty.clone())),
            _ => return self.simple(ty),
        };
        let value = self.value(&wrapped);
        Node::expression(ty, parts![value, "?"])
    }

    /// A method with an argument, of any receiver, which it consumes or looks at.
    fn received(&mut self, ty: &Type) -> Node {
        let consumes = self.chance(70);
        let access = if consumes { Access::Move } else { Access::Read };
        let place = self.place_where(access, |found| !found.is_copy() && !found.borrows());
        let receiver = match place {
            Some(place) => {
                self.access(&place, access);
                Part::from(place.text)
            }
            None => {
                let of = self.ty(1);
                Part::from(self.value(&of))
            }
        };
        let method = if consumes {
            ".gives_up_for("
        } else {
            ".waits_for("
        };
        Node::expression(ty, parts![receiver, method, self.value(ty), ")"])
    }

    /// A call of some closure that is there.
    fn called(&mut self, ty: &Type) -> Node {
        let is_shared = Type::Closure(Box::new(ty.clone()), Calls::Shared);
        let is_mutable = Type::Closure(Box::new(ty.clone()), Calls::Mutable);
        let is_once = Type::Closure(Box::new(ty.clone()), Calls::Once);
        let place = self
            .place(&is_shared, Access::Read)
            .or_else(|| self.place(&is_mutable, Access::Change))
            .or_else(|| self.place(&is_once, Access::Move));
        match place {
            Some(place) => Node::expression(ty, parts![place.text, "()"]),
            None => self.simple(ty),
        }
    }

    /// What only this type is made by.
    fn particular(&mut self, ty: &Type) -> Node {
        let parts = match ty {
            Type::Num => return self.number(),
            Type::Bool => return self.truth(),
            Type::Str => self.text(),
            Type::Pair => match self.below(3) {
                0 => parts![
                    "Pair { right: ",
                    self.value(&Type::Noisy),
                    ", left: ",
                    self.value(&Type::Noisy),
                    " }"
                ],
                1 => parts![
                    "Pair { left: ",
                    self.value(&Type::Noisy),
                    ", ..",
                    self.value(ty),
                    " }"
                ],
                _ => parts![format!("pair({}, {})", self.event("l"), self.event("r"))],
            },
            Type::Option(of) => match self.place(ty, Access::Change) {
                Some(place) if self.chance(40) => parts![place.text, ".take()"],
                _ => parts!["Some(", self.value(of), ")"],
            },
            Type::Tuple(a, b) => parts!["(", self.value(a), ", ", self.value(b), ")"],
            Type::Boxed(of) => parts!["Box::new(", self.value(of), ")"],
            Type::Array(of) => parts!["[", self.value(of), ", ", self.value(of), "]"],
            Type::Result(of) => match self.chance(25) {
                true => parts![
                    format!("Err::<{of}, Noisy>("),
                    self.value(&Type::Noisy),
                    ")"
                ],
                false => parts![format!("Ok::<{of}, Noisy>("), self.value(of), ")"],
            },
            Type::Future(of) => parts![format!("after({}, ", self.below(3)), self.value(of), ")"],
            _ => return self.simple(ty),
        };
        Node::expression(ty, parts)
    }

    fn number(&mut self) -> Node {
        let ty = Type::Num;
        let parts = match self.below(7) {
            0 => parts!["(", self.value(&ty), " % 9 + ", self.value(&ty), ")"],
            1 => parts!["(", self.value(&Type::Str), ".len() as u32)"],
            2 => parts!["u32::from(", self.value(&Type::Bool), ")"],
            3 => {
                let option = Type::Option(Box::new(ty.clone()));
                parts![self.value(&option), ".unwrap_or(", self.value(&ty), ")"]
            }
            4 => parts![
                "[",
                self.value(&ty),
                ", ",
                self.value(&ty),
                "][",
                format!("{}]", self.below(2))
            ],
            5 => parts!["(", self.value(&ty), " * 2).min(", self.value(&ty), ")"],
            _ => return self.simple(&ty),
        };
        Node::expression(&ty, parts)
    }

    pub(super) fn truth(&mut self) -> Node {
        let ty = Type::Bool;
        let parts = match self.below(8) {
            0 => parts![
                "(",
                self.value(&Type::Num),
                " > ",
                self.value(&Type::Num),
                ")"
            ],
            1 => parts!["(", self.value(&ty), " && ", self.value(&ty), ")"],
            2 => parts!["(", self.value(&ty), " || ", self.value(&ty), ")"],
            3 => parts!["!", self.value(&ty)],
            4 => {
                let of = self.ty(1);
                let option = Type::Option(Box::new(of));
                parts![self.value(&option), ".is_some()"]
            }
            5 => parts!["matches!(", self.value(&Type::Num), ", 1..=5)"],
            6 => parts!["(", self.value(&Type::Str), ".len() > 3)"],
            _ => return self.simple(&ty),
        };
        Node::expression(&ty, parts)
    }

    fn text(&mut self) -> Vec<Part> {
        if self.borrows && self.chance(40) {
            return self.made_text();
        }
        match self.below(5) {
            0 => match self.place(&Type::Noisy, Access::Read) {
                Some(place) => parts![place.text, ".name()"],
                None => parts![self.event("s")],
            },
            1 => parts![self.value(&Type::Noisy), ".name()"],
            2 => parts![self.value(&Type::Noisy), ".into_name()"],
            3 => parts![self.value(&Type::Pair), ".right.name()"],
            _ => parts![self.event("s")],
        }
    }
}

impl Node {
    fn in_parentheses(mut self) -> Self {
        self.parts.insert(0, Part::from("("));
        self.parts.push(Part::from(")"));
        self
    }
}
