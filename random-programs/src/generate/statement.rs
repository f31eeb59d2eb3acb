//! Statements.

use super::{Generator, Suspend};
use crate::parts;
use crate::scope::{Access, State};
use crate::tree::Node;
use crate::types::Type;

impl Generator {
    pub(super) fn statement(&mut self) -> Node {
        if self.depth > 3 {
            return self.small_statement();
        }
        match self.below(20) {
            0..3 => self.let_pattern(),
            3 | 4 => self.branch_statement(),
            5 if self.suspend != Suspend::Never => self.loop_statement(),
            6 => self.jump(),
            7 => self.let_else(),
            8 => {
                let block = self.block_value(&Type::Unit);
                Node::statement(parts![block, ";"])
            }
            _ => self.small_statement(),
        }
    }

    fn small_statement(&mut self) -> Node {
        if self.defers && !self.in_closure && self.chance(20) {
            let event = self.event("drop a guard ");
            return Node::statement(parts![format!("defer! {{ say({event}); }}")]);
        }
        if self.borrows && self.chance(15) {
            return self.let_made();
        }
        match self.below(20) {
            0..3 => self.let_local(),
            3..6 if self.suspend != Suspend::Never => self.suspension(),
            6..9 => self.assignment(),
            9 => self.closure(),
            10 | 11 => self.let_borrow(),
            12 => self.let_later(),
            13 | 14 => self.ending(),
            15 => self.let_pattern(),
            _ => self.use_of_place(),
        }
    }

    fn suspension(&mut self) -> Node {
        let ty = self.ty(1);
        match self.below(4) {
            0 => Node::statement(parts![self.awaited(&ty), ";"]),
            1 => Node::statement(parts!["let _ = ", self.awaited(&ty), ";"]),
            2 if self.suspend == Suspend::Anywhere => {
                Node::statement(parts!["_ = ", self.awaited(&ty), ";"])
            }
            _ => Node::statement(parts![format!("tick({}).await;", self.below(3))]),
        }
    }

    fn let_local(&mut self) -> Node {
        let mut ty = self.ty(2);
        if self.chance(10) {
            ty = Type::Future(Box::new(ty));
        }
        let name = self.name();
        let mutable = self.chance(60);
        let value = self.top(&ty);
        self.scope.declare(&name, ty.clone(), mutable, None);
        let word = if mutable { "mut " } else { "" };
        match self.chance(30) {
            true => Node::statement(parts![format!("let {word}{name}: {ty} = "), value, ";"]),
            false => Node::statement(parts![format!("let {word}{name} = "), value, ";"]),
        }
    }

    fn let_pattern(&mut self) -> Node {
        let ty = self.ty(2);
        if self.moves_parts
            && self.chance(40)
            && let Some(place) = self.place_where(Access::Move, |found| !found.fields().is_empty())
        {
            let pattern = self.pattern(&place.ty, false);
            if pattern.moves {
                self.left(place.index, &place.path);
                self.scope.locals[place.index].state = State::Gone;
            }
            self.declare(&pattern, Some(place.index));
            return Node::statement(parts![format!("let {} = {};", pattern.text, place.text)]);
        }
        let value = self.top(&ty);
        let pattern = self.pattern(&ty, false);
        self.declare(&pattern, None);
        Node::statement(parts![format!("let {} = ", pattern.text), value, ";"])
    }

    fn let_else(&mut self) -> Node {
        let ty = Type::Option(Box::new(self.ty(1)));
        let value = self.top(&ty);
        let pattern = self.pattern(&ty, true);
        if self.in_closure {
            return Node::statement(parts!["drop(", value, ");"]);
        }
        let before = self.scope.clone();
        let count = self.below(2);
        let floor = std::mem::take(&mut self.floor);
        let body = self.body_after(Vec::new(), count, None, |g| vec![g.returned()]);
        self.floor = floor;
        self.scope = before;
        self.diverged = false;
        self.declare(&pattern, None);
        let text = format!("let {} = ", pattern.text);
        let value = match self.chance(50) {
            true => parts![text, value, " else ", body, ";"],
            false => parts![text, "(", value, ") else ", body, ";"],
        };
        Node::statement(value)
    }

    /// References that live on.
    fn let_borrow(&mut self) -> Node {
        let name = self.name();
        let (ty, access) = match self.below(4) {
            0 => (Type::Unique, Access::Change),
            1 => (Type::Watch, Access::Read),
            _ => (Type::Shared, Access::Read),
        };
        let place = self.place(&Type::Noisy, access);
        let lender = place.as_ref().map(|place| place.index);
        let text = match (&ty, place) {
            (Type::Unique, Some(place)) => parts![format!("&mut {}", place.text)],
            (Type::Watch, Some(place)) => parts![format!("watch(&{})", place.text)],
            (_, Some(place)) => parts![format!("&{}", place.text)],
            // A temporary whose life is extended.
            (Type::Unique, None) => parts!["&mut ", self.value(&Type::Noisy)],
            _ => {
                let pair = self.value(&Type::Pair);
                self.scope.declare(&name, Type::Shared, false, None);
                return Node::statement(parts![format!("let {name} = &"), pair, ".left;"]);
            }
        };
        self.scope.declare(&name, ty, false, lender);
        let mut parts = parts![format!("let {name} = ")];
        parts.extend(text);
        parts.push(";".into());
        Node::statement(parts)
    }

    /// `let x; if .. { x = .. } else { x = .. }`
    fn let_later(&mut self) -> Node {
        let ty = self.ty(1);
        let name = self.name();
        let first = self.top(&ty);
        let condition = self.truth();
        let second = self.value(&ty);
        let index = self.scope.declare(&name, ty.clone(), false, None);
        if self.chance(30) {
            self.scope.locals[index].state = State::Empty;
            return Node::statement(parts![format!("let {name}: {ty};")]);
        }
        let give = |value: Node| vec![Node::statement(parts![format!("{name} = "), value, ";"])];
        Node::statement(parts![
            format!("let {name}: {ty}; if "),
            condition,
            " ",
            give(first),
            " else ",
            give(second),
        ])
    }

    fn assignment(&mut self) -> Node {
        let locals = self.scope.locals.len();
        for _ in 0..locals.min(8) {
            let index = self.rng.usize(0..locals);
            let local = self.scope.locals[index].clone();
            let is_first = local.state == State::Empty && index >= self.floor;
            let fits = (local.mutable || is_first) && !local.ty.borrows();
            if self.in_closure
                || !fits
                || !self.scope.allows(
                    index,
                    if is_first {
                        Access::Read
                    } else {
                        Access::Change
                    },
                )
            {
                continue;
            }
            let value = self.top(&local.ty);
            self.scope.accessed(index, Access::Move);
            self.scope.locals[index].state = State::Full;
            return Node::statement(parts![format!("{} = ", local.name), value, ";"]);
        }
        let ty = self.ty(1);
        match self.place(&ty, Access::Change) {
            Some(place) if !self.in_closure => {
                let value = self.top(&ty);
                Node::statement(parts![format!("{} = ", place.text), value, ";"])
            }
            _ => self.use_of_place(),
        }
    }

    /// A statement after which something is gone.
    fn ending(&mut self) -> Node {
        let ty = match self.below(3) {
            0 => self.ty(2),
            _ => Type::Noisy,
        };
        let value = self.value(&ty);
        match self.below(3) {
            0 => Node::statement(parts!["_ = ", value, ";"]),
            1 => Node::statement(parts!["drop(", value, ");"]),
            _ => Node::statement(parts!["let _ = ", value, ";"]),
        }
    }

    fn use_of_place(&mut self) -> Node {
        let event = self.event("renamed ");
        if self.chance(20)
            && !self.in_closure
            && let Some(place) = self.place(&Type::Noisy, Access::Change)
        {
            return Node::statement(parts![format!("{}.rename({event});", place.text)]);
        }
        if self.chance(15)
            && let Some(place) = self.place(&Type::Num, Access::Read)
        {
            let text = &place.text;
            return match text.chars().all(char::is_alphanumeric) {
                true => Node::statement(parts![format!("say(format!(\"number {{{text}}}\"));")]),
                false => Node::statement(parts![format!("say(format!(\"number {{}}\", {text}));")]),
            };
        }
        if let Some(place) = self.place(&Type::Noisy, Access::Read) {
            return Node::statement(parts![format!("{}.touch();", place.text)]);
        }
        Node::statement(parts!["drop(", self.value(&Type::Noisy), ");"])
    }

    fn branch_statement(&mut self) -> Node {
        let branch = match self.rng.bool() {
            true => self.if_value(&Type::Unit),
            false => self.match_value(&Type::Unit),
        };
        let end = if self.chance(20) { ";" } else { "" };
        Node::statement(parts![branch, end])
    }

    pub(super) fn returned(&mut self) -> Node {
        self.fuel = 3;
        let output = self.output.clone();
        let value = self.top(&output);
        self.diverged = true;
        Node::statement(parts!["return ", value, ";"])
    }

    fn jump(&mut self) -> Node {
        let event = self.event("panic ");
        if self.in_closure || self.loops.is_empty() {
            return match self.chance(10) {
                true => Node::statement(parts![
                    "if ",
                    self.truth(),
                    " ",
                    vec![Node::statement(parts![format!("panic!({event});")])]
                ]),
                false => self.small_statement(),
            };
        }
        let target = self.rng.usize(0..self.loops.len());
        let (label, value) = (
            self.loops[target].label.clone(),
            self.loops[target].value.clone(),
        );
        let label = label.unwrap_or_default();
        let (is_loop, start) = (self.loops[target].is_loop, self.loops[target].start.clone());
        let unchanged = start
            .locals
            .iter()
            .zip(&self.scope.locals)
            .all(|(a, b)| a.state == b.state);
        let condition = self.truth();
        let jump = match value {
            _ if is_loop && unchanged && self.rng.bool() => parts![format!("continue {label};")],
            Some(ty) => {
                let value = self.value(&ty);
                parts![format!("break {label} "), value, ";"]
            }
            None => parts![format!("break {label};")],
        };
        let now = self.scope.clone();
        self.exit(target, now);
        Node::statement(parts!["if ", condition, " ", vec![Node::statement(jump)]])
    }
}
