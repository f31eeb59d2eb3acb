//! Statements, one after the other.

use super::{Given, Held, ON, Walker, Way};
use crate::laws::tree::{Exit, Future, Output, Repeat, Statement, Taken, Test, Value};

impl<'a> Walker<'a> {
    /// A block without a value.
    pub(super) fn block(&mut self, statements: &'a [Statement]) -> Way {
        self.body(statements, |_| ON)
    }

    /// A block whose value is what `tail` makes.
    pub(super) fn body(
        &mut self,
        statements: &'a [Statement],
        tail: impl FnOnce(&mut Self) -> Way,
    ) -> Way {
        let mut scope = Vec::new();
        let mut way = ON;
        for statement in statements {
            way = self.statement(statement, &mut scope);
            if way != ON {
                break;
            }
        }
        if way == ON {
            way = tail(self);
        }
        self.leave(scope, way)
    }

    fn statement(&mut self, statement: &'a Statement, scope: &mut Vec<Held<'a>>) -> Way {
        match statement {
            Statement::Say(event) => self.says(event),
            Statement::Let(name) => match self.value(&Value::Made(name.clone())) {
                Some(noisy) => self.bind(name, Given::Ok(noisy), scope),
                None => Way::Panicked,
            },
            Statement::Touch(name) => {
                let noisy = self.frame.values.get(name).cloned().unwrap_or_default();
                self.says(&format!("touch {noisy}"))
            }
            Statement::Drop(name) => match self.frame.values.remove(name) {
                Some(noisy) => self.drop_value(Given::Ok(noisy), ON),
                None => ON,
            },
            Statement::Await(future, taken) => self.awaited(future, taken, scope),
            Statement::Count(name, polls, number) => {
                match self.after(*polls, Given::Number(*number)) {
                    Way::On(given) => self.bind(name, given, scope),
                    way => way,
                }
            }
            Statement::Ask(event, test) => match self.says(event) {
                Way::On(_) if self.holds(test) => Way::Return(Given::Err(1)),
                way => way,
            },
            Statement::CleanUp(kind, body) => {
                scope.push(Held::CleanUp(*kind, body));
                ON
            }
            Statement::Block {
                value,
                repeat,
                label,
                body,
            } => self.blocks(value.as_ref(), repeat, label.as_ref(), (body, scope)),
            Statement::If(test, yes, no) => self.branch(test, yes, no),
            Statement::Leave(exit) => self.exit(exit),
            Statement::Select {
                biased,
                branches,
                otherwise,
            } => self.select(*biased, branches, otherwise.as_deref()),
        }
    }

    fn says(&mut self, event: &str) -> Way {
        match self.world.say(event) {
            true => Way::Panicked,
            false => ON,
        }
    }

    fn branch(&mut self, test: &Test, yes: &'a [Statement], no: &'a [Statement]) -> Way {
        match self.holds(test) {
            true => self.block(yes),
            false => self.block(no),
        }
    }

    /// Makes a local.
    pub(super) fn bind(&mut self, name: &str, given: Given, scope: &mut Vec<Held<'a>>) -> Way {
        match given {
            Given::Ok(noisy) => {
                self.frame.values.insert(name.to_owned(), noisy);
                scope.push(Held::Local(name.to_owned()));
            }
            Given::Number(number) | Given::Err(number) => {
                self.frame.numbers.insert(name.to_owned(), number);
            }
            Given::Nothing => {}
        }
        ON
    }

    fn awaited(&mut self, future: &'a Future, taken: &Taken, scope: &mut Vec<Held<'a>>) -> Way {
        match (self.future(future), taken) {
            (Way::On(given), Taken::Dropped | Taken::Ignored) => self.drop_value(given, ON),
            (Way::On(Given::Err(number)), _) => Way::Return(Given::Err(number)),
            (Way::On(given), Taken::Asked) => self.drop_value(given, ON),
            (Way::On(given), Taken::Named(name)) => self.bind(name, given, scope),
            (way, _) => way,
        }
    }

    pub(super) fn output(&mut self, output: &Output) -> Way {
        match output {
            Output::Value(value) => match self.value(value) {
                Some(noisy) => Way::On(Given::Ok(noisy)),
                None => Way::Panicked,
            },
            Output::Error(number) => Way::On(Given::Err(self.number(number))),
        }
    }

    fn exit(&mut self, exit: &Exit) -> Way {
        match exit {
            Exit::Return(output) => match self.output(output) {
                Way::On(given) => Way::Return(given),
                way => way,
            },
            Exit::Break(to, None) => Way::Break(to.clone(), Given::Nothing),
            Exit::Break(to, Some(value)) => match self.value(value) {
                Some(noisy) => Way::Break(to.clone(), Given::Ok(noisy)),
                None => Way::Panicked,
            },
            Exit::Continue(to) => Way::Continue(to.clone()),
        }
    }

    /// A block or loop, perhaps with a value.
    fn blocks(
        &mut self,
        value: Option<&(String, Value)>,
        repeat: &Repeat,
        label: Option<&String>,
        (body, scope): (&'a [Statement], &mut Vec<Held<'a>>),
    ) -> Way {
        let is_loop = !matches!(repeat, Repeat::Once);
        let is_it = |to: &Option<String>| match to {
            Some(to) => Some(to) == label,
            None => is_loop,
        };
        let mut round = 0;
        let end = loop {
            if let Repeat::For(name, count) = repeat {
                if round == *count {
                    break ON;
                }
                self.frame.numbers.insert(name.clone(), round);
            }
            round += 1;
            let way = self.body(body, |walker| match value {
                Some((_, value)) => walker.output(&Output::Value(value.clone())),
                None => ON,
            });
            match way {
                Way::Break(to, given) if is_it(&to) => break Way::On(given),
                Way::Continue(to) if is_it(&to) => {}
                Way::On(given) if !is_loop || value.is_some() => break Way::On(given),
                Way::On(_) => {}
                way => break way,
            }
        };
        match (end, value) {
            (Way::On(given), Some((name, _))) => self.bind(name, given, scope),
            (end, _) => end,
        }
    }
}
