//! Random programs: a seed in, a function out that type- and borrow-checks with good odds.
//!
//! Everything that a program does is said through the props of `costate-tests`. What is generated
//! depends on the seed and the [`Form`] alone.

mod borrow;
mod closure;
mod control;
pub mod extending;
mod place;
mod statement;
mod value;
mod wait;

use crate::parts;
use crate::scope::{Scope, State};
use crate::tree::{Node, Part};
use crate::types::Type;

/// What programs may contain.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Suspensions in any expression, not only at the level of a statement.
    pub anywhere: bool,
    /// Moves of parts: of fields, out of boxes, by patterns.
    pub parts: bool,
    /// Borrows of elements and parts of what is made where it is borrowed.
    pub borrows: bool,
    /// Clean-up at the end of scopes, which waits for nothing.
    pub defers: bool,
    /// How long they are, about, in statements.
    pub length: u32,
}

/// A function and the arguments it is called with.
#[derive(Clone, Debug)]
pub struct Program {
    pub function: Node,
    pub arguments: String,
    pub output: Type,
    /// Whether it was made with clean-up.
    pub cleans_up: bool,
}

/// Where a suspension may stand.
#[derive(Clone, Copy, PartialEq)]
enum Suspend {
    Never,
    Statement,
    Anywhere,
}

struct Loop {
    label: Option<String>,
    /// What `break` has to bring along.
    value: Option<Type>,
    is_loop: bool,
    /// The locals that were there before it,
    start: Scope,
    /// and what was left of them where it was left.
    exits: Vec<Scope>,
    /// No local older than that may be moved for good in it.
    floor: usize,
}

/// One of several ways on.
type Way<'a> = Box<dyn FnOnce(&mut Generator) -> Vec<Part> + 'a>;

struct Generator {
    rng: fastrand::Rng,
    scope: Scope,
    suspend: Suspend,
    moves_parts: bool,
    borrows: bool,
    defers: bool,
    output: Type,
    loops: Vec<Loop>,
    floor: usize,
    /// In a closure nothing of the function's is left or moved.
    in_closure: bool,
    diverged: bool,
    fuel: i32,
    names: u32,
    /// How deep in bodies.
    depth: u32,
}

/// The program of a seed.
#[must_use]
pub fn program(seed: u64, form: Form) -> Program {
    let mut generator = Generator {
        rng: fastrand::Rng::with_seed(seed),
        scope: Scope::default(),
        suspend: match form.anywhere {
            true => Suspend::Anywhere,
            false => Suspend::Statement,
        },
        moves_parts: form.parts,
        borrows: form.borrows,
        defers: form.defers,
        output: Type::Unit,
        loops: Vec::new(),
        floor: 0,
        in_closure: false,
        diverged: false,
        fuel: 0,
        names: 0,
        depth: 0,
    };
    generator.program(form.length)
}

impl Generator {
    fn program(&mut self, length: u32) -> Program {
        self.output = match self.below(6) {
            0 => Type::Unit,
            1 => Type::Num,
            2 => Type::Noisy,
            3 => Type::Option(Box::new(Type::Num)),
            4 => Type::Result(Box::new(Type::Str)),
            _ => Type::Str,
        };
        let (parameters, arguments) = self.arguments();
        let output = self.output.clone();
        let count = length / 2 + self.below(length);
        let body = self.body(count, Some(&output));
        let head = format!("fn start({parameters}) -> {output} ");
        Program {
            function: Node::statement(parts![head, body]),
            arguments,
            output,
            cleans_up: self.defers,
        }
    }

    fn arguments(&mut self) -> (String, String) {
        let (mut parameters, mut arguments) = (String::new(), String::new());
        for _ in 0..self.below(3) {
            let (ty, value) = match self.below(4) {
                0 => (Type::Pair, "pair(\"arg l\", \"arg r\")"),
                1 => (
                    Type::Tuple(Box::new(Type::Noisy), Box::new(Type::Num)),
                    "(noisy(\"arg 0\"), 1)",
                ),
                2 => (Type::Num, "3"),
                _ => (Type::Noisy, "noisy(\"arg\")"),
            };
            let known = self.scope.locals.len();
            let pattern = self.pattern(&ty, false);
            let is_twice = |(name, ..): &(String, Type, bool)| {
                self.scope.locals[..known]
                    .iter()
                    .any(|local| local.name == *name)
            };
            if pattern.bindings.iter().any(is_twice) {
                continue;
            }
            parameters.push_str(&format!("{}: {ty}, ", pattern.text));
            arguments.push_str(&format!("{value}, "));
            self.declare(&pattern, None);
        }
        (parameters, arguments)
    }

    fn below(&mut self, end: u32) -> u32 {
        self.rng.u32(0..end.max(1))
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    fn event(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("\"{prefix}{}\"", self.names)
    }

    /// A name for a new local, often one that is there already.
    fn name(&mut self) -> String {
        let locals = self.scope.locals.len();
        if locals > 0 && self.chance(20) {
            let index = self.rng.usize(0..locals);
            return self.scope.locals[index].name.clone();
        }
        self.names += 1;
        format!("v{}", self.names)
    }

    /// A type that a local may have.
    fn ty(&mut self, depth: u32) -> Type {
        if depth == 0 {
            return [Type::Num, Type::Bool, Type::Str, Type::Noisy][self.rng.usize(0..4)].clone();
        }
        let mut of = || Box::new(self.ty(depth - 1));
        match of().as_ref() {
            Type::Bool if depth > 1 => Type::Boxed(of()),
            Type::Num => Type::Option(of()),
            Type::Str => Type::Tuple(of(), of()),
            _ => match self.below(9) {
                0 => Type::Pair,
                1 => Type::Array(Box::new(self.ty(depth - 1))),
                2 => Type::Num,
                3 => Type::Bool,
                4 => Type::Str,
                5 => Type::Boxed(Box::new(Type::Noisy)),
                6 => Type::Result(Box::new(self.ty(depth - 1))),
                _ => Type::Noisy,
            },
        }
    }

    /// Statements, then a value of this type if control gets there.
    fn body(&mut self, count: u32, tail: Option<&Type>) -> Vec<Node> {
        self.body_after(Vec::new(), count, tail, |_| Vec::new())
    }

    fn body_after(
        &mut self,
        mut nodes: Vec<Node>,
        count: u32,
        tail: Option<&Type>,
        end: impl FnOnce(&mut Self) -> Vec<Node>,
    ) -> Vec<Node> {
        let outer = self.scope.locals.len();
        self.depth += 1;
        for _ in 0..count {
            if self.diverged {
                break;
            }
            self.fuel = 4;
            nodes.push(self.statement());
        }
        if !self.diverged {
            nodes.extend(end(self));
        }
        if let Some(ty) = tail
            && !self.diverged
        {
            self.fuel = 4;
            nodes.push(self.top(ty));
        }
        self.depth -= 1;
        self.scope.locals.truncate(outer);
        nodes
    }

    /// Ways of which one is gone: each starts from here, and afterwards is what all agree on.
    fn ways(&mut self, ways: Vec<Way<'_>>) -> Vec<Part> {
        let before = self.scope.clone();
        let (mut parts, mut ends) = (Vec::new(), Vec::new());
        for way in ways {
            self.scope = before.clone();
            self.diverged = false;
            parts.extend(way(self));
            self.scope.locals.truncate(before.locals.len());
            if !self.diverged {
                ends.push(self.scope.clone());
            }
        }
        self.diverged = ends.is_empty();
        self.scope = before;
        self.scope.join(&ends);
        parts
    }

    fn is_refillable(&self, index: usize) -> bool {
        let local = &self.scope.locals[index];
        local.mutable && local.ty.least().is_some() && self.scope.is_visible(index)
    }

    fn may_move(&self, index: usize) -> bool {
        !self.in_closure && (index >= self.floor || self.is_refillable(index))
    }

    fn left(&mut self, index: usize, path: &[&'static str]) {
        self.scope.accessed(index, crate::scope::Access::Move);
        let local = &mut self.scope.locals[index];
        local.state = match (path, &local.state) {
            ([field], State::Full) => State::Without(field),
            _ => State::Gone,
        };
    }
}
