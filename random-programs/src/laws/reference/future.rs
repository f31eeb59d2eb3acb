//! What is awaited, one at a time.

use super::{Given, Noisy, Walker, Way};
use crate::laws::tree::{Call, Future};

/// A future that was not polled yet.
pub(super) enum Made<'a> {
    Tick(u32, Given),
    Call {
        call: &'a Call,
        number: u32,
        values: Vec<Noisy>,
        shielded: bool,
    },
    Race(Vec<Made<'a>>),
}

impl<'a> Walker<'a> {
    /// Makes it and awaits it.
    pub(super) fn future(&mut self, future: &'a Future) -> Way {
        match self.made(future) {
            Some(made) => self.run(made),
            None => Way::Panicked,
        }
    }

    /// Makes one that is pending so often, and awaits it.
    pub(super) fn after(&mut self, polls: u32, given: Given) -> Way {
        match self.world.say("make a future") {
            true => Way::Panicked,
            false => self.run(Made::Tick(polls, given)),
        }
    }

    /// A future, unless making it panics.
    pub(super) fn made(&mut self, future: &'a Future) -> Option<Made<'a>> {
        let (polls, given) = match future {
            Future::Tick(polls) => (*polls, Given::Nothing),
            Future::After(polls, number) => (*polls, Given::Number(*number)),
            Future::Call(call) | Future::Boxed(call) => return self.called(call, false),
            Future::Shield(call) => return self.called(call, true),
            Future::Race(a, b) => {
                let first = self.called(a, false)?;
                let Some(second) = self.called(b, false) else {
                    self.unmade(first, Way::Panicked);
                    return None;
                };
                return Some(Made::Race(vec![first, second]));
            }
        };
        let panics = self.world.say("make a future");
        (!panics).then_some(Made::Tick(polls, given))
    }

    fn called(&mut self, call: &'a Call, shielded: bool) -> Option<Made<'a>> {
        let number = self.number(&call.number);
        let mut values = Vec::new();
        for value in &call.values {
            let Some(noisy) = self.value(value) else {
                // What was made before it, newest first.
                while let Some(noisy) = values.pop() {
                    self.drop_value(Given::Ok(noisy), Way::Panicked);
                }
                return None;
            };
            values.push(noisy);
        }
        Some(Made::Call {
            call,
            number,
            values,
            shielded,
        })
    }

    /// Drops what was never polled.
    pub(super) fn unmade(&mut self, made: Made<'_>, way: Way) -> Way {
        match made {
            Made::Tick(..) => self.futures_drop(way),
            Made::Call { call, values, .. } => {
                let drop = |way, noisy| self.drop_value(Given::Ok(noisy), way);
                let way = values.into_iter().fold(way, drop);
                if self.program.functions[call.function].cleans_up() {
                    self.contain();
                }
                way
            }
            Made::Race(all) => all
                .into_iter()
                .fold(way, |way, made| self.unmade(made, way)),
        }
    }

    pub(super) fn run(&mut self, made: Made<'a>) -> Way {
        match made {
            Made::Tick(polls, given) => {
                let way = self.tick(polls, given);
                self.futures_drop(way)
            }
            Made::Race(all) => self.race(all, None),
            Made::Call {
                call,
                number,
                values,
                shielded,
            } => {
                let function = &self.program.functions[call.function];
                if !shielded {
                    return self.function(function, number, values);
                }
                self.shields += 1;
                let way = self.function(function, number, values);
                match (self.unshielded(), way) {
                    (true, Way::On(given)) => self.drop_value(given, Way::Cancelled),
                    (true, Way::Panicked) => {
                        self.frame.thrown = true;
                        if self.frame.cleans_up {
                            self.contain();
                        }
                        Way::Cancelled
                    }
                    (_, way) => way,
                }
            }
        }
    }

    pub(super) fn tick(&mut self, polls: u32, given: Given) -> Way {
        for left in (0..=polls).rev() {
            if self.world.say(&format!("poll, {left} left")) {
                return Way::Panicked;
            }
            if left == 0 {
                break;
            }
            self.world.record("wake");
            if let Some(way) = self.pend() {
                return way;
            }
        }
        Way::On(given)
    }

    pub(super) fn futures_drop(&mut self, way: Way) -> Way {
        match self.world.say("drop a future") {
            true => self.thrown(way),
            false => way,
        }
    }
}
