//! Borrows of what is made where it is borrowed: which of these temporaries live on, and how long.

use super::{Generator, Suspend};
use crate::parts;
use crate::tree::{Node, Part};
use crate::types::Type;

impl Generator {
    /// A place of a [`Type::Noisy`] in something new.
    fn made_place(&mut self) -> Vec<Part> {
        self.fuel -= 1;
        let noisy = Type::Noisy;
        let of = |g: &mut Self| g.value(&Type::Noisy);
        match self.below(11) {
            0 | 1 => parts!["vec![", of(self), ", ", of(self), "][", self.index(), "]"],
            2 => parts!["[", of(self), ", ", of(self), "][", self.index(), "]"],
            3 => {
                let other = self.ty(1);
                parts!["(", of(self), ", ", self.value(&other), ").0"]
            }
            4 => {
                let other = self.ty(1);
                parts!["(", self.value(&other), ", ", of(self), ").1"]
            }
            5 => parts![self.value(&Type::Pair), ".left"],
            6 => parts!["(*Box::new(", of(self), "))"],
            7 => parts![
                "vec![",
                self.value(&Type::Pair),
                "][",
                self.index(),
                "].right"
            ],
            8 => {
                let other = self.ty(1);
                let (first, second) = (of(self), self.value(&other));
                parts!["(vec![", first, "], ", second, ").0[", self.index(), "]"]
            }
            9 => parts![self.block_value(&noisy)],
            _ => parts![of(self)],
        }
    }

    /// The first index of anything.
    fn index(&mut self) -> Node {
        let ty = Type::Num;
        let parts = match self.below(4) {
            0 | 1 if self.suspend == Suspend::Anywhere => {
                parts![format!("after({}, 0).await", self.below(3))]
            }
            2 => parts![format!("given({}, 0)", self.event("index "))],
            3 => parts!["(", self.value(&ty), ").min(0) as usize"],
            _ => parts!["0"],
        };
        // Nothing of another type stands for it.
        Node::expression(&Type::Future(Box::new(ty)), parts)
    }

    fn made(&mut self, before: &str, ty: &Type) -> Node {
        let mut parts = parts![before];
        parts.extend(self.made_place());
        Node::expression(ty, parts)
    }

    /// `let x = &vec![..][0];` and its kind.
    pub(super) fn let_made(&mut self) -> Node {
        let name = self.name();
        let (ty, node) = match self.below(8) {
            0 => (Type::Unique, self.bound(&name, "&mut ")),
            1 => (Type::Shared, self.referring(&format!("let ref {name} = "))),
            2 => (
                Type::Unique,
                self.referring(&format!("let ref mut {name} = ")),
            ),
            3 => {
                let other = self.ty(1);
                let first = self.made("&", &Type::Shared);
                let second = self.value(&other);
                let head = format!("let ({name}, _) = (");
                (
                    Type::Shared,
                    Node::statement(parts![head, first, ", ", second, ");"]),
                )
            }
            4 => {
                let condition = self.truth();
                let (first, second) =
                    (self.made("&", &Type::Shared), self.made("&", &Type::Shared));
                let branches = parts![
                    format!("let {name} = if "),
                    condition,
                    " { ",
                    first,
                    " } else { ",
                    second,
                    " };"
                ];
                (Type::Shared, Node::statement(branches))
            }
            5 => {
                let value = self.made("&", &Type::Shared);
                let head = format!("let {name} = Some(");
                let option = Type::Option(Box::new(Type::Shared));
                (option, Node::statement(parts![head, value, ");"]))
            }
            _ => (Type::Shared, self.bound(&name, "&")),
        };
        self.scope.declare(&name, ty, false, None);
        node
    }

    fn bound(&mut self, name: &str, reference: &str) -> Node {
        let value = self.made(reference, &Type::Shared);
        Node::statement(parts![format!("let {name} = "), value, ";"])
    }

    fn referring(&mut self, head: &str) -> Node {
        let place = self.made("", &Type::Noisy);
        Node::statement(parts![head, place, ";"])
    }

    /// A name by way of what ends with the statement.
    pub(super) fn made_text(&mut self) -> Vec<Part> {
        let first = self.made_place();
        let mut parts = Vec::new();
        match self.below(5) {
            0 => {
                parts.extend(first);
                parts.push(Part::from(".name()"));
            }
            1 => {
                parts.push(Part::from("(&"));
                parts.extend(first);
                let other = self.ty(1);
                parts.extend(parts![", ", self.value(&other), ").0.name()"]);
            }
            2 => {
                parts.push(Part::from("[&"));
                parts.extend(first);
                let other = self.made("&", &Type::Shared);
                parts.extend(parts![", ", other, "][", self.index(), "].name()"]);
            }
            3 => {
                parts.push(Part::from("(watch(&"));
                parts.extend(first);
                let other = self.value(&Type::Str);
                parts.extend(parts!["), ", other, ").1"]);
            }
            _ => {
                parts.push(Part::from("match watch(&"));
                parts.extend(first);
                let other = self.value(&Type::Str);
                parts.extend(parts![") { w => { w.look(); ", other, " } }"]);
            }
        }
        parts
    }
}
