//! `select!`: several walks at once, each on a thread of its own, of which one runs at a time.

use super::future::Made;
use super::world::{Order, Orders, World};
use super::{Given, ON, Walker, Way};
use crate::laws::tree::{Branch, Pattern, Program, Statement};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Scope;

/// What a walk says to whoever gives it orders.
enum Answer {
    Pending,
    /// It has panicked, and is there yet.
    Panicked,
    /// How it has ended, and whether a panic is on its way out of it.
    Ended(Way, bool),
}

/// Where a walk gets its orders.
pub(super) struct Line {
    orders: Receiver<Order>,
    answers: Sender<Answer>,
}

impl Line {
    fn first(&self) -> Order {
        self.orders.recv().unwrap_or(Order::Drop)
    }

    /// It has panicked, and is there until it is dropped.
    fn stay(&self) {
        let _ = self.answers.send(Answer::Panicked);
        self.first();
    }
}

impl Orders for Line {
    fn next(&self) -> Order {
        let _ = self.answers.send(Answer::Pending);
        self.first()
    }
}

/// A walk that has not ended.
struct Running {
    orders: Sender<Order>,
    answers: Receiver<Answer>,
}

impl Running {
    fn start<'scope, 'a: 'scope>(
        scope: &'scope Scope<'scope, '_>,
        (program, world): (&'a Program, &'a World),
        made: Made<'a>,
    ) -> Self {
        let (orders, line_orders) = channel();
        let (line_answers, answers) = channel();
        let line = Line {
            orders: line_orders,
            answers: line_answers,
        };
        scope.spawn(move || {
            let mut walker = Walker::new(program, world, &line);
            let way = match line.first() {
                Order::Poll => walker.run_branch(made, &line),
                Order::Cancel => walker.unmade(made, Way::Cancelled),
                Order::Drop => walker.unmade(made, Way::Dropped),
            };
            let _ = line.answers.send(Answer::Ended(way, walker.frame.thrown));
        });
        Self { orders, answers }
    }

    fn order(&self, order: Order) -> Answer {
        let _ = self.orders.send(order);
        self.answers
            .recv()
            .expect("a walk answers until it has ended")
    }
}

/// What has come of the branches.
enum Chosen {
    Branch(usize, Given),
    Nobody,
    Left(Way),
}

type Branches = [Option<Running>];

impl<'a> Walker<'a> {
    /// What is no coroutine is there until it is dropped, also where it panics.
    fn run_branch(&mut self, made: Made<'a>, line: &Line) -> Way {
        match made {
            Made::Tick(polls, given) => {
                let way = self.tick(polls, given);
                if way == Way::Panicked {
                    line.stay();
                }
                self.futures_drop(way)
            }
            Made::Race(all) => self.race(all, Some(line)),
            made @ Made::Call { .. } => self.run(made),
        }
    }

    pub(super) fn select(
        &mut self,
        biased: bool,
        branches: &'a [Branch],
        otherwise: Option<&'a [Statement]>,
    ) -> Way {
        let Some(made) = self.operands(branches) else {
            return Way::Panicked;
        };
        let patterns: Vec<_> = branches.iter().map(|branch| &branch.pattern).collect();
        match self.chosen(biased, &patterns, made, None) {
            Chosen::Left(way) => way,
            Chosen::Nobody => self.block(otherwise.unwrap_or_default()),
            Chosen::Branch(at, given) => {
                let mut scope = Vec::new();
                let name = match &branches[at].pattern {
                    Pattern::Ok(name) | Pattern::Number(name) => name.clone(),
                    // It stays where it is until the whole `select!` is left.
                    _ => format!("the output of {:p}", &raw const branches[at]),
                };
                self.bind(&name, given, &mut scope);
                let way = self.block(&branches[at].body);
                self.leave(scope, way)
            }
        }
    }

    /// `race()`: the first output, whatever it is. As a branch it is no part of what unwinds.
    pub(super) fn race(&mut self, all: Vec<Made<'a>>, branch: Option<&Line>) -> Way {
        let patterns = vec![&Pattern::Wild; all.len()];
        let all = all.into_iter().map(Some).collect();
        match self.chosen(true, &patterns, all, branch) {
            Chosen::Branch(_, given) => Way::On(given),
            Chosen::Nobody => ON,
            Chosen::Left(way) => way,
        }
    }

    fn chosen(
        &mut self,
        biased: bool,
        patterns: &[&Pattern],
        made: Vec<Option<Made<'a>>>,
        branch: Option<&Line>,
    ) -> Chosen {
        let (program, world) = (self.program, self.world);
        std::thread::scope(|scope| {
            let start = |made| Running::start(scope, (program, world), made);
            let made = made.into_iter().map(|made| made.map(start));
            let mut running = made.collect::<Vec<_>>();
            let chosen = self.choose(biased, patterns, &mut running);
            if let (Chosen::Left(Way::Panicked), Some(line)) = (&chosen, branch) {
                line.stay();
            }
            match chosen {
                Chosen::Left(way) => Chosen::Left(self.drop_all(&mut running, way)),
                chosen => chosen,
            }
        })
    }

    /// What is awaited, unless making it panics.
    fn operands(&mut self, branches: &'a [Branch]) -> Option<Vec<Option<Made<'a>>>> {
        let mut all = Vec::new();
        for branch in branches {
            if branch.test.as_ref().is_some_and(|test| !self.holds(test)) {
                all.push(None);
                continue;
            }
            match self.made(&branch.future) {
                Some(made) => all.push(Some(made)),
                None => {
                    for made in all.into_iter().rev().flatten() {
                        self.unmade(made, Way::Panicked);
                    }
                    return None;
                }
            }
        }
        Some(all)
    }

    fn choose(&mut self, biased: bool, patterns: &[&Pattern], running: &mut Branches) -> Chosen {
        loop {
            let first = match biased {
                true => 0,
                false => self.world.next_turn() % patterns.len(),
            };
            let mut waits = false;
            for at in (first..patterns.len()).chain(0..first) {
                match self.poll_branch(patterns[at], &mut running[at]) {
                    None => waits |= running[at].is_some(),
                    Some(Way::On(given)) => return self.drain(at, given, running),
                    Some(way) => return Chosen::Left(way),
                }
            }
            if !waits {
                return Chosen::Nobody;
            }
            match self.pend() {
                None => {}
                Some(Way::Cancelled) => {
                    let ended = self.cancel_all(running);
                    return Chosen::Left(self.cancelled(ended, running));
                }
                Some(way) => return Chosen::Left(self.drop_all(running, way)),
            }
        }
    }

    /// An output that matches, or a panic.
    fn poll_branch(&mut self, pattern: &Pattern, running: &mut Option<Running>) -> Option<Way> {
        let answer = running.as_ref()?.order(Order::Poll);
        let way = match answer {
            Answer::Pending => return None,
            Answer::Panicked => return Some(Way::Panicked),
            Answer::Ended(way, _) => way,
        };
        *running = None;
        let matches = |given: &Given| match pattern {
            Pattern::Literal(literal) => *given == Given::Number(*literal),
            Pattern::Ok(_) => matches!(given, Given::Ok(_)),
            Pattern::Err => matches!(given, Given::Err(_)),
            Pattern::Wild | Pattern::Unit | Pattern::Number(_) => true,
        };
        match way {
            Way::On(given) if !matches(&given) => {
                let way = self.drop_value(given, ON);
                (way != ON).then_some(way)
            }
            way => Some(way),
        }
    }

    /// Cancels the losers, then goes on with what has won.
    fn drain(&mut self, at: usize, given: Given, running: &mut Branches) -> Chosen {
        while !self.cancel_all(running) {
            match self.pend() {
                None => {}
                Some(Way::Cancelled) => {
                    let ended = self.cancel_all(running);
                    self.drop_value(given, Way::Cancelled);
                    return Chosen::Left(self.cancelled(ended, running));
                }
                Some(way) => {
                    let way = self.drop_all(running, way);
                    return Chosen::Left(self.drop_value(given, way));
                }
            }
        }
        Chosen::Branch(at, given)
    }

    /// Goes on until all have ended.
    fn cancelled(&mut self, mut ended: bool, running: &mut Branches) -> Way {
        while !ended {
            if let Some(way) = self.pend() {
                return self.drop_all(running, way);
            }
            ended = self.cancel_all(running);
        }
        if self.frame.cleans_up {
            self.contain();
        }
        Way::Cancelled
    }

    /// Lets each go on with its cancellation; whether all have ended.
    fn cancel_all(&mut self, running: &mut Branches) -> bool {
        let mut ended = true;
        for branch in running {
            match branch.as_ref().map(|branch| branch.order(Order::Cancel)) {
                Some(Answer::Pending | Answer::Panicked) => ended = false,
                Some(Answer::Ended(_, thrown)) => {
                    *branch = None;
                    if thrown {
                        self.world.contained();
                    }
                }
                None => {}
            }
        }
        ended
    }

    fn drop_all(&mut self, running: &mut Branches, way: Way) -> Way {
        for branch in running {
            if let Some(branch) = branch.take()
                && let Answer::Ended(_, true) = branch.order(Order::Drop)
            {
                self.frame.thrown = true;
            }
        }
        way
    }
}
