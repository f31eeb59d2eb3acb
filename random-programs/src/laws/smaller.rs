//! What could stand for a program, to find the smallest that has the same trouble.

use super::tree::{Call, Future, Number, Program, Repeat, Statement, Taken};
use crate::shrink::Smaller;

impl Smaller for Program {
    const AT_ONCE: usize = 600;

    fn size(&self) -> usize {
        let functions = self.functions.iter();
        let sizes = functions.map(|function| 1 + size(&function.body) + function.values);
        sizes.sum()
    }

    fn smaller(&self) -> Vec<Self> {
        let mut all = Vec::new();
        let mut with = |change: &dyn Fn(&mut Self)| {
            let mut program = self.clone();
            change(&mut program);
            all.push(program);
        };
        let called = |program: &Self, function| {
            let text = format!("f{function}(");
            program.to_string().matches(&text).count() > 1
        };
        let last = self.functions.len() - 1;
        if last > 0 && !called(self, last) {
            with(&|program| drop(program.functions.pop()));
        }
        for (index, function) in self.functions.iter().enumerate() {
            with(&|program| program.functions[index].body.clear());
            for body in bodies(&function.body) {
                with(&|program| program.functions[index].body.clone_from(&body));
            }
        }
        for number in 0..3 {
            with(&|program| program.call.number = Number::Constant(number));
        }
        all.retain(|program| program.to_string() != self.to_string());
        all
    }
}

fn size(body: &[Statement]) -> usize {
    body.iter().map(of_statement).sum()
}

fn of_statement(statement: &Statement) -> usize {
    let own = match statement {
        Statement::Await(Future::Tick(polls), _) => 1 + *polls as usize,
        Statement::Await(Future::Call(_), Taken::Dropped) => 4,
        Statement::Await(..) => 5,
        Statement::Count(_, polls, _) => 3 + *polls as usize,
        Statement::Select {
            biased, branches, ..
        } => 3 + 3 * branches.len() + usize::from(!biased),
        Statement::Block {
            value,
            repeat,
            label,
            ..
        } => {
            let rounds = match repeat {
                Repeat::Once => 0,
                Repeat::Loop => 1,
                Repeat::For(_, count) => 1 + *count as usize,
            };
            2 + rounds + usize::from(value.is_some()) + usize::from(label.is_some())
        }
        Statement::CleanUp(..) | Statement::If(..) => 2,
        _ => 1,
    };
    own + statement
        .bodies()
        .into_iter()
        .map(|body| size(body))
        .sum::<usize>()
}

/// What could stand for a body.
fn bodies(body: &[Statement]) -> Vec<Vec<Statement>> {
    let mut all = Vec::new();
    let with = |at: usize, new: &[Statement]| [&body[..at], new, &body[at + 1..]].concat();
    if body.len() > 3 {
        let (first, second) = body.split_at(body.len() / 2);
        all.extend([first.to_vec(), second.to_vec()]);
    }
    for (at, statement) in body.iter().enumerate() {
        all.push(with(at, &[]));
        for inner in statement.bodies() {
            all.push(with(at, inner));
        }
        for new in statements(statement) {
            all.push(with(at, &[new]));
        }
    }
    all
}

/// What could stand for a statement.
fn statements(statement: &Statement) -> Vec<Statement> {
    let mut all = simpler(statement);
    for (at, body) in statement.bodies().into_iter().enumerate() {
        for new in bodies(body) {
            let mut changed = statement.clone();
            *changed.bodies_mut()[at] = new;
            all.push(changed);
        }
    }
    all
}

fn simpler(statement: &Statement) -> Vec<Statement> {
    let mut all = Vec::new();
    match statement {
        Statement::Await(future, taken) => {
            let futures = match future {
                Future::Tick(polls) | Future::After(polls, _) => {
                    (0..*polls).map(Future::Tick).collect()
                }
                Future::Boxed(Call { .. }) | Future::Call(_) => vec![Future::Tick(1)],
                Future::Race(a, b) => vec![Future::Call(a.clone()), Future::Call(b.clone())],
                Future::Shield(call) => vec![Future::Tick(1), Future::Call(call.clone())],
            };
            all.extend(
                futures
                    .into_iter()
                    .map(|f| Statement::Await(f, Taken::Dropped)),
            );
            if !matches!(taken, Taken::Dropped) {
                all.push(Statement::Await(future.clone(), Taken::Dropped));
            }
        }
        Statement::Count(..) => all.push(Statement::Await(Future::Tick(1), Taken::Dropped)),
        Statement::Block {
            value,
            repeat: Repeat::For(name, count),
            label,
            body,
        } if *count > 1 => all.push(Statement::Block {
            value: value.clone(),
            repeat: Repeat::For(name.clone(), count - 1),
            label: label.clone(),
            body: body.clone(),
        }),
        Statement::Select {
            biased,
            branches,
            otherwise,
        } => {
            let with = |biased, branches| Statement::Select {
                biased,
                branches,
                otherwise: otherwise.clone(),
            };
            all.push(with(true, branches.clone()));
            for at in 0..branches.len() {
                let mut fewer = branches.clone();
                fewer.remove(at);
                if !fewer.is_empty() {
                    all.push(with(*biased, fewer));
                }
                let mut simple = branches.clone();
                simple[at].test = None;
                all.push(with(*biased, simple));
            }
        }
        _ => {}
    }
    all
}
