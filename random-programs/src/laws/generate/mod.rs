//! A program of a seed: legal by construction, so that what rustc says of one is a mistake of the macro's or ours.

mod control;

use super::tree::{Call, Function, Future, Number, Output, Program, Statement, Taken, Test, Value};

/// The program of a seed, whose functions have so many statements, about.
#[must_use]
pub fn program(seed: u64, length: u32) -> Program {
    let mut generator = Generator {
        rng: fastrand::Rng::with_seed(seed),
        functions: Vec::new(),
        own: 0,
        names: 0,
        locals: Vec::new(),
        exits: Vec::new(),
        blocks: 0,
        cleaning: false,
        left: 0,
    };
    let count = 1 + generator.rng.usize(1..5);
    for own in 0..count {
        let values = generator.rng.usize(0..3);
        generator.functions.push(values);
        generator.own = own;
    }
    // Each may call those after it, so these are shorter.
    let bodies: Vec<_> = (0..count)
        .map(|own| generator.function(own, length.saturating_sub(own as u32).max(3)))
        .collect();
    let values = (0..generator.functions[0]).map(|index| Value::Made(format!("arg{index}")));
    Program {
        call: Call {
            function: 0,
            number: Number::Constant(generator.rng.u32(0..3)),
            values: values.collect(),
        },
        functions: bodies,
    }
}

/// What control can be sent to.
struct Target {
    label: Option<String>,
    is_loop: bool,
    /// It ends by itself.
    is_for: bool,
    has_value: bool,
}

struct Local {
    name: String,
    is_value: bool,
    /// The block that it is declared in.
    block: u32,
    /// How many targets are around it that are loops.
    loops: usize,
    /// Clean-up is about it, so that it has to be there.
    cleaned: bool,
    gone: bool,
}

struct Generator {
    rng: fastrand::Rng,
    /// How many values each takes.
    functions: Vec<usize>,
    own: usize,
    names: u32,
    locals: Vec<Local>,
    exits: Vec<Target>,
    blocks: u32,
    cleaning: bool,
    /// How many statements there may be yet.
    left: i32,
}

impl Generator {
    fn function(&mut self, own: usize, length: u32) -> Function {
        self.own = own;
        self.locals.clear();
        self.local("n", false);
        let values = self.functions[own];
        (0..values).for_each(|index| self.local(&format!("a{index}"), true));
        self.left = length as i32 * 2;
        let count = length / 2 + self.rng.u32(0..length);
        let mut body = self.body(count, 0);
        let tail = match body.last() {
            Some(Statement::Leave(_)) => None,
            _ => Some(self.output()),
        };
        // A machine has a suspension, as a rule.
        if body.is_empty() {
            body.push(Statement::Await(Future::Tick(1), Taken::Dropped));
        }
        Function { values, body, tail }
    }

    fn below(&mut self, end: u32) -> u32 {
        self.rng.u32(0..end)
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    fn name(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    fn local(&mut self, name: &str, is_value: bool) {
        self.locals.push(Local {
            name: name.to_owned(),
            is_value,
            block: self.blocks,
            loops: self.loops(),
            cleaned: false,
            gone: false,
        });
    }

    fn loops(&self) -> usize {
        self.exits.iter().filter(|target| target.is_loop).count()
    }

    fn output(&mut self) -> Output {
        match self.below(4) {
            0 => Output::Error(self.number()),
            _ => Output::Value(self.value()),
        }
    }

    fn number(&mut self) -> Number {
        let numbers = self.locals.iter().filter(|local| !local.is_value);
        let numbers: Vec<_> = numbers.map(|local| local.name.clone()).collect();
        match self.rng.choice(&numbers) {
            Some(name) if self.rng.u32(0..3) > 0 => Number::Local(name.clone()),
            _ => Number::Constant(self.rng.u32(0..3)),
        }
    }

    fn test(&mut self) -> Test {
        Test {
            number: self.number(),
            equals: self.below(3),
        }
    }

    /// A value that may be looked at.
    fn seen(&mut self) -> Option<usize> {
        let seen =
            |(index, local): (usize, &Local)| (local.is_value && !local.gone).then_some(index);
        let seen: Vec<_> = self.locals.iter().enumerate().filter_map(seen).collect();
        self.rng.choice(&seen).copied()
    }

    /// A value that may be moved, which is gone then.
    fn moved(&mut self) -> Option<String> {
        let index = self.seen()?;
        let loops = self.loops();
        let (blocks, cleaning) = (self.blocks, self.cleaning);
        let local = &mut self.locals[index];
        let in_reach = local.loops == loops && (!cleaning || local.block == blocks);
        if local.cleaned || !in_reach {
            return None;
        }
        local.gone = true;
        Some(local.name.clone())
    }

    fn value(&mut self) -> Value {
        if self.chance(30)
            && let Some(name) = self.moved()
        {
            return Value::Local(name);
        }
        Value::Made(self.name("x"))
    }

    fn call(&mut self) -> Option<Call> {
        let later = self.own + 1..self.functions.len();
        if later.is_empty() {
            return None;
        }
        let function = self.rng.usize(later);
        let number = self.number();
        let values = (0..self.functions[function])
            .map(|_| self.value())
            .collect();
        Some(Call {
            function,
            number,
            values,
        })
    }

    /// Something whose output is a `Result`.
    fn asked(&mut self) -> Option<Future> {
        let call = self.call()?;
        Some(match self.below(8) {
            0 => Future::Boxed(call),
            1 => Future::Shield(call),
            2 => match self.call() {
                Some(other) => Future::Race(call, other),
                None => Future::Call(call),
            },
            _ => Future::Call(call),
        })
    }

    /// Statements in braces.
    fn body(&mut self, count: u32, depth: u32) -> Vec<Statement> {
        let outer = (self.locals.len(), self.blocks);
        self.names += 1;
        self.blocks = self.names;
        let mut body = Vec::new();
        for _ in 0..count {
            if self.left <= 0 {
                break;
            }
            self.left -= 1;
            let statement = self.statement(depth);
            let leaves = matches!(statement, Statement::Leave(_));
            body.push(statement);
            if leaves {
                break;
            }
        }
        self.locals.truncate(outer.0);
        self.blocks = outer.1;
        body
    }

    fn inner(&mut self, depth: u32) -> Vec<Statement> {
        let count = 1 + self.below(3);
        self.body(count, depth + 1)
    }

    fn statement(&mut self, depth: u32) -> Statement {
        match self.below(30) {
            0..5 if !self.cleaning => self.clean_up(depth),
            5..9 if depth < 3 => self.block(depth),
            9..11 if depth < 3 => self.branch(depth),
            11..14 if depth < 3 => self.select(depth),
            14..16 if depth > 0 || self.cleaning => self.exit(),
            16..19 => Statement::Await(Future::Tick(self.below(3)), Taken::Dropped),
            19..24 => self.awaited(),
            24..27 => {
                let name = self.name("v");
                self.local(&name, true);
                Statement::Let(name)
            }
            _ => self.small(),
        }
    }

    fn small(&mut self) -> Statement {
        match self.below(6) {
            0 => match self.moved() {
                Some(name) => Statement::Drop(name),
                None => Statement::Say(self.name("e")),
            },
            1 | 2 => match self.seen() {
                Some(index) => {
                    self.locals[index].cleaned |= self.cleaning;
                    Statement::Touch(self.locals[index].name.clone())
                }
                None => Statement::Say(self.name("e")),
            },
            3 if !self.cleaning => Statement::Ask(self.name("ask "), self.test()),
            4 => {
                let (name, polls) = (self.name("k"), self.below(3));
                self.local(&name, false);
                Statement::Count(name, polls, self.below(3))
            }
            _ => Statement::Say(self.name("e")),
        }
    }

    fn awaited(&mut self) -> Statement {
        let Some(future) = self.asked() else {
            return Statement::Await(Future::Tick(self.below(3)), Taken::Ignored);
        };
        let taken = match self.below(4) {
            0 => Taken::Dropped,
            1 => Taken::Ignored,
            _ if self.cleaning => Taken::Dropped,
            2 => Taken::Asked,
            _ => {
                let name = self.name("v");
                self.local(&name, true);
                Taken::Named(name)
            }
        };
        Statement::Await(future, taken)
    }
}
