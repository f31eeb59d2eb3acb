//! Places that can be named, and patterns that make new ones.

use super::Generator;
use crate::scope::{Access, State};
use crate::types::Type;

/// A place: a local, or a part of one.
pub(super) struct Place {
    pub text: String,
    pub ty: Type,
    pub index: usize,
    pub path: Vec<&'static str>,
}

/// A pattern and what it binds.
pub(super) struct Pattern {
    pub text: String,
    pub bindings: Vec<(String, Type, bool)>,
    pub moves: bool,
}

impl Pattern {
    /// `_`
    pub(super) fn wild() -> Self {
        Self {
            text: "_".to_owned(),
            bindings: Vec::new(),
            moves: false,
        }
    }
}

impl Generator {
    /// Some place of this type to which this can be done, and that it is done.
    pub(super) fn place(&mut self, ty: &Type, access: Access) -> Option<Place> {
        let place = self.place_where(access, |found| found == ty)?;
        self.access(&place, access);
        Some(place)
    }

    pub(super) fn access(&mut self, place: &Place, access: Access) {
        if access == Access::Move && !place.ty.is_copy() {
            return self.left(place.index, &place.path.clone());
        }
        self.scope.accessed(place.index, access);
    }

    pub(super) fn place_where(
        &mut self,
        access: Access,
        wanted: impl Fn(&Type) -> bool,
    ) -> Option<Place> {
        let mut places = Vec::new();
        for index in 0..self.scope.locals.len() {
            let local = &self.scope.locals[index];
            let whole = Place {
                text: local.name.clone(),
                ty: local.ty.clone(),
                index,
                path: Vec::new(),
            };
            self.collect(whole, access, &mut places);
        }
        places.retain(|place: &Place| wanted(&place.ty) && self.is_open(place, access));
        let picked = self.rng.usize(0..places.len().max(1));
        (picked < places.len()).then(|| places.swap_remove(picked))
    }

    fn collect(&self, place: Place, access: Access, places: &mut Vec<Place>) {
        let part = |text: String, ty: &Type, field: &'static str| Place {
            text,
            ty: ty.clone(),
            index: place.index,
            path: [&*place.path, &[field]].concat(),
        };
        let mut parts = Vec::new();
        for (field, ty) in place.ty.fields() {
            parts.push(part(format!("{}{field}", place.text), &ty, field));
        }
        match &place.ty {
            Type::Boxed(of) => parts.push(part(format!("(*{})", place.text), of, "*")),
            Type::Array(of) if access != Access::Move || of.is_copy() => {
                parts.push(part(format!("{}[1]", place.text), of, "[]"));
            }
            Type::Unique | Type::Shared if access == Access::Read => {
                parts.push(part(format!("(*{})", place.text), &Type::Noisy, "&"));
            }
            Type::Unique if access == Access::Change => {
                parts.push(part(format!("(*{})", place.text), &Type::Noisy, "&"));
            }
            _ => {}
        }
        if place.path.len() < 3 {
            for part in parts {
                self.collect(part, access, places);
            }
        }
        places.push(place);
    }

    fn is_open(&self, place: &Place, access: Access) -> bool {
        let local = &self.scope.locals[place.index];
        let is_there = match (&local.state, place.path.first()) {
            (State::Full, _) => true,
            (State::Without(gone), Some(first)) => gone != first,
            _ => false,
        };
        let moves = access == Access::Move && !place.ty.is_copy();
        let access = match moves {
            false if access == Access::Move => Access::Read,
            _ => access,
        };
        let through_reference = place.path.contains(&"&");
        let allowed = match through_reference {
            true => !moves && self.scope.allows(place.index, Access::Read),
            false => self.scope.allows(place.index, access),
        };
        let is_whole = place.path.is_empty() || self.moves_parts;
        is_there && allowed && (!moves || (is_whole && self.may_move(place.index)))
    }

    /// A pattern for values of this type.
    pub(super) fn pattern(&mut self, ty: &Type, refutable: bool) -> Pattern {
        let mut pattern = Pattern::wild();
        pattern.text = self.subpattern(ty, refutable, 0, &mut pattern);
        pattern
    }

    fn subpattern(&mut self, ty: &Type, refutable: bool, depth: u32, all: &mut Pattern) -> String {
        if self.chance(15) {
            return "_".to_owned();
        }
        let deeper = depth < 3 && self.chance(75);
        match ty {
            Type::Pair if deeper => {
                let left = self.subpattern(&Type::Noisy, refutable, depth + 1, all);
                match self.below(3) {
                    0 => format!("Pair {{ left: {left}, .. }}"),
                    1 => format!("Pair {{ right: {left}, left: _ }}"),
                    _ => {
                        let right = self.subpattern(&Type::Noisy, refutable, depth + 1, all);
                        format!("Pair {{ left: {left}, right: {right} }}")
                    }
                }
            }
            Type::Tuple(a, b) if deeper => {
                let a = self.subpattern(a, refutable, depth + 1, all);
                if self.chance(20) {
                    return format!("({a}, ..)");
                }
                let b = self.subpattern(b, refutable, depth + 1, all);
                format!("({a}, {b})")
            }
            Type::Option(of) if refutable && self.chance(80) => match self.below(4) {
                0 => "None".to_owned(),
                _ => format!("Some({})", self.subpattern(of, refutable, depth + 1, all)),
            },
            Type::Result(of) if refutable && self.chance(80) => match self.below(3) {
                0 => format!(
                    "Err({})",
                    self.subpattern(&Type::Noisy, true, depth + 1, all)
                ),
                _ => format!("Ok({})", self.subpattern(of, refutable, depth + 1, all)),
            },
            Type::Bool if refutable && self.chance(50) => self.rng.bool().to_string(),
            Type::Num if refutable && self.chance(50) => {
                let literals = ["0 | 3", "1..=9", "2", "7"];
                literals[self.rng.usize(0..literals.len())].to_owned()
            }
            _ => self.binding(ty, all),
        }
    }

    fn binding(&mut self, ty: &Type, all: &mut Pattern) -> String {
        let mut name = self.name();
        while all.bindings.iter().any(|(other, ..)| *other == name) {
            self.names += 1;
            name = format!("v{}", self.names);
        }
        if *ty == Type::Noisy && self.chance(25) && self.depth > 0 {
            let (word, ty) = match self.rng.bool() {
                true => ("ref", Type::Shared),
                false => ("ref mut", Type::Unique),
            };
            // `ref mut` needs a place that may be changed, which only the caller knows.
            if word == "ref" || self.chance(30) {
                all.bindings.push((name.clone(), ty, false));
                return format!("{word} {name}");
            }
        }
        let mutable = self.rng.bool();
        all.bindings.push((name.clone(), ty.clone(), mutable));
        all.moves |= !ty.is_copy();
        let prefix = if mutable { "mut " } else { "" };
        match self.below(12) {
            0 if ty.is_copy() => format!("{prefix}{name} @ _"),
            _ => format!("{prefix}{name}"),
        }
    }

    pub(super) fn declare(&mut self, pattern: &Pattern, lender: Option<usize>) {
        for (name, ty, mutable) in &pattern.bindings {
            self.scope.declare(name, ty.clone(), *mutable, lender);
        }
    }
}
