//! The laws of cancellation as an interpreter, as simple and slow as it can be.
//!
//! A coroutine is an ordinary walk over its statements. Where it is pending it asks for the next order; a cancellation or a drop
//! there is one more way to leave scopes, and leaving a scope (`Walker::leave`) is where the laws are:
//!
//! - what a scope holds goes in reverse order, locals and clean-up alike, so what was not reached is not run;
//! - `on_cancel!` runs on the way out by cancellation, `defer!` on any, and neither by a panic of the body;
//! - clean-up is shielded: a cancellation in it takes effect at its end;
//! - where nobody can wait, clean-up that awaits is skipped, and what was begun is abandoned; both are counted;
//! - a panic on the way out by cancellation is contained where the next clean-up begins;
//! - one in clean-up on another way goes on when the `defer!`s further out have run, if none of these was cancelled.
//!
//! What a `select!` awaits at once are walks on threads of their own, of which one runs at a time.

mod body;
mod future;
mod play;
mod select;
mod world;

pub use play::{Played, play};
pub use world::Counts;

use super::tree::{Function, Kind, Number, Program, Statement, Test, Value, suspends};
use std::collections::HashMap;
use world::{Order, Orders, World};

/// What a value that says when it is dropped is called.
type Noisy = String;

/// An output.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    Nothing,
    Number(u32),
    Ok(Noisy),
    Err(u32),
}

/// How control goes on.
#[derive(Clone, Debug, PartialEq)]
enum Way {
    /// To what follows.
    On(Given),
    Return(Given),
    Break(Option<String>, Given),
    Continue(Option<String>),
    Cancelled,
    Dropped,
    Panicked,
    /// As clean-up has panicked.
    Unwinding,
}

const ON: Way = Way::On(Given::Nothing);

impl Way {
    /// What a panic can do no more than report.
    fn is_out(&self) -> bool {
        matches!(self, Self::Cancelled | Self::Dropped)
    }

    fn carried(self) -> Given {
        match self {
            Self::On(given) | Self::Return(given) | Self::Break(_, given) => given,
            _ => Given::Nothing,
        }
    }
}

/// What a scope holds.
enum Held<'a> {
    Local(String),
    CleanUp(Kind, &'a [Statement]),
}

/// A function that runs.
#[derive(Default)]
struct Frame {
    numbers: HashMap<String, u32>,
    /// The values that are there, by their locals.
    values: HashMap<String, Noisy>,
    cleans_up: bool,
    /// A panic on the way out is not contained yet.
    thrown: bool,
}

struct Walker<'a> {
    program: &'a Program,
    world: &'a World,
    orders: &'a dyn Orders,
    frame: Frame,
    /// How many clean-ups and shields it runs in.
    shields: u32,
    /// Whether a cancellation was asked for.
    asked: bool,
}

impl<'a> Walker<'a> {
    fn new(program: &'a Program, world: &'a World, orders: &'a dyn Orders) -> Self {
        Self {
            program,
            world,
            orders,
            frame: Frame::default(),
            shields: 0,
            asked: false,
        }
    }

    /// It is pending. How it is left here, unless it goes on.
    fn pend(&mut self) -> Option<Way> {
        match self.orders.next() {
            Order::Drop => Some(Way::Dropped),
            Order::Cancel if !self.asked => {
                self.asked = true;
                (self.shields == 0).then_some(Way::Cancelled)
            }
            Order::Poll | Order::Cancel => None,
        }
    }

    /// The end of something shielded: what was asked for meanwhile takes effect.
    fn unshielded(&mut self) -> bool {
        self.shields -= 1;
        self.asked && self.shields == 0
    }

    /// Drops a value while control goes this way.
    fn drop_value(&mut self, value: Given, way: Way) -> Way {
        match value {
            Given::Ok(noisy) if self.world.say(&format!("drop {noisy}")) => self.thrown(way),
            _ => way,
        }
    }

    /// A panic comes while control goes this way.
    fn thrown(&mut self, way: Way) -> Way {
        if way.is_out() {
            self.frame.thrown = true;
            return way;
        }
        let carried = way.carried();
        if matches!(carried, Given::Ok(_)) {
            self.world.perhaps_leaks();
        }
        self.drop_value(carried, Way::Panicked)
    }

    /// A panic that comes no further.
    fn contain(&mut self) {
        if std::mem::take(&mut self.frame.thrown) {
            self.world.contained();
        }
    }

    /// Leaves a scope.
    fn leave(&mut self, mut scope: Vec<Held<'a>>, mut way: Way) -> Way {
        while let Some(held) = scope.pop() {
            way = match held {
                Held::Local(name) => match self.frame.values.remove(&name) {
                    Some(noisy) => self.drop_value(Given::Ok(noisy), way),
                    None => way,
                },
                Held::CleanUp(kind, body) => self.clean_up(kind, body, way),
            };
        }
        way
    }

    fn clean_up(&mut self, kind: Kind, body: &'a [Statement], way: Way) -> Way {
        if way == Way::Panicked || (kind == Kind::OnCancel && !way.is_out()) {
            return way;
        }
        self.contain();
        let waits = suspends(body);
        if !waits {
            return match self.block(body) {
                Way::Panicked => self.panicked(way),
                _ => way,
            };
        }
        if way == Way::Dropped {
            self.world.count(|counts| counts.skipped += 1);
            return way;
        }
        self.shields += 1;
        let end = self.block(body);
        let cancelled = self.unshielded() && !way.is_out();
        match end {
            Way::Dropped => {
                self.world.count(|counts| counts.abandoned += 1);
                self.frame.thrown |= way == Way::Unwinding;
                self.drop_value(way.carried(), Way::Dropped)
            }
            Way::Panicked => self.panicked(way),
            _ if cancelled => {
                self.frame.thrown |= way == Way::Unwinding;
                self.drop_value(way.carried(), Way::Cancelled)
            }
            _ => way,
        }
    }

    /// Clean-up has panicked that ran on this way.
    fn panicked(&mut self, way: Way) -> Way {
        let is_cancelled = self.asked && self.shields == 0;
        let out = match way.is_out() {
            true => way.clone(),
            false if is_cancelled => Way::Cancelled,
            false => Way::Unwinding,
        };
        self.frame.thrown |= out != Way::Unwinding;
        self.drop_value(way.carried(), out)
    }

    /// Runs a function.
    fn function(&mut self, function: &'a Function, number: u32, values: Vec<Noisy>) -> Way {
        let mut scope = Vec::new();
        let mut frame = Frame {
            cleans_up: function.cleans_up(),
            ..Frame::default()
        };
        frame.numbers.insert("n".to_owned(), number);
        for (index, noisy) in values.into_iter().enumerate() {
            let name = format!("a{index}");
            frame.values.insert(name.clone(), noisy);
            scope.push(Held::Local(name));
        }
        let outer = std::mem::replace(&mut self.frame, frame);
        let way = match self.body(&function.body, |walker| match &function.tail {
            Some(output) => walker.output(output),
            None => ON,
        }) {
            Way::Return(given) => Way::On(given),
            way => way,
        };
        let way = match self.leave(scope, way) {
            Way::Unwinding => Way::Panicked,
            way => way,
        };
        if self.frame.cleans_up {
            self.contain();
        }
        let thrown = std::mem::replace(&mut self.frame, outer).thrown;
        self.frame.thrown |= thrown;
        // The child is cancelled by itself; it is dropped along with what is held.
        if way == Way::Cancelled && self.frame.cleans_up {
            self.contain();
        }
        way
    }

    fn number(&self, number: &Number) -> u32 {
        match number {
            Number::Constant(number) => *number,
            Number::Local(name) => self.frame.numbers.get(name).copied().unwrap_or_default(),
        }
    }

    fn holds(&self, test: &Test) -> bool {
        self.number(&test.number) == test.equals
    }

    /// A value, unless making it panics.
    fn value(&mut self, value: &Value) -> Option<Noisy> {
        match value {
            Value::Made(name) => (!self.world.say(&format!("make {name}"))).then(|| name.clone()),
            Value::Local(name) => Some(self.frame.values.remove(name).unwrap_or_default()),
        }
    }
}
