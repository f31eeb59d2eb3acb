//! A whole run: a program under a schedule.

use super::world::{Counts, Order, Schedule, World};
use super::{Given, Walker, Way};
use crate::laws::tree::{Future, Program};

/// What a run came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Played {
    pub lines: Vec<String>,
    pub counts: Counts,
    /// How many events could have panicked,
    pub events: usize,
    /// of which so many before the last poll, cancellation or drop.
    pub before_last: usize,
    /// How many polls and cancellations it took.
    pub polls: usize,
    pub cancels: usize,
    pub is_ready: bool,
    /// The event that panics.
    pub thrown: Option<String>,
    /// What it leaks is rustc's to say.
    pub leaks: bool,
}

/// Predicts what a program does that is polled and cancelled so many times, or to its end.
#[must_use]
pub fn play(program: &Program, polls: usize, cancels: usize, panic_at: Option<usize>) -> Played {
    let world = World::new(panic_at);
    let schedule = Schedule::new(&world, polls, cancels);
    let mut walker = Walker::new(program, &world, &schedule);
    let future = Future::Call(program.call.clone());
    let mut is_ready = false;
    if let Some(made) = walker.made(&future) {
        let way = match schedule.first() {
            Order::Poll => walker.run(made),
            Order::Cancel => walker.unmade(made, Way::Cancelled),
            Order::Drop => walker.unmade(made, Way::Dropped),
        };
        is_ready = matches!(way, Way::On(_));
        ended(&mut walker, &schedule, way);
    }
    let (before_last, polled) = (schedule.before_last.get(), schedule.polled.get());
    let cancelled = schedule.cancelled.get();
    let events = world.events();
    let thrown = world.panicked_at();
    let (mut lines, counts, leaks) = world.end();
    lines.push("never dropped: 0".to_owned());
    Played {
        lines,
        counts,
        events,
        before_last,
        polls: polled,
        cancels: cancelled,
        is_ready,
        thrown,
        leaks,
    }
}

/// Says how it ended, and what there is of the schedule after it.
fn ended(walker: &mut Walker<'_>, schedule: &Schedule<'_>, way: Way) {
    let world = walker.world;
    match way {
        Way::On(given) | Way::Return(given) => {
            let text = match &given {
                Given::Ok(name) => format!("Ok(Noisy {{ name: {name:?} }})"),
                Given::Err(number) => format!("Err({number})"),
                _ => String::new(),
            };
            world.record(&format!("=> ready: {text}"));
            if walker.drop_value(given, Way::Cancelled) == Way::Cancelled && walker.frame.thrown {
                let event = world.caught();
                world.record(&format!("=> panicked: at {event:?}"));
            }
        }
        Way::Panicked => {
            let event = world.caught();
            world.record(&format!("=> panicked: at {event:?}"));
        }
        Way::Cancelled if walker.frame.thrown => {
            let event = world.caught();
            return world.record(&format!("=> end panicked: at {event:?}"));
        }
        Way::Cancelled => {
            world.record("=> cancelled");
            return world.record("=> drop");
        }
        Way::Dropped => {
            if walker.frame.thrown {
                let event = world.caught();
                world.record(&format!("=> drop panicked: at {event:?}"));
            }
            return;
        }
        Way::Break(..) | Way::Continue(_) | Way::Unwinding => {}
    }
    schedule.rest();
}

#[cfg(test)]
mod tests {
    use super::play;
    use crate::laws::tree::{
        Call, Function, Future, Kind, Number, Output, Program, Statement, Taken, Value,
    };

    /// `let first = ..; defer! { tick(1).await; say("clean"); } let second = ..; tick(1).await; Ok(first)`
    fn program() -> Program {
        let tick = || Statement::Await(Future::Tick(1), Taken::Dropped);
        let clean_up = vec![tick(), Statement::Say("clean".into())];
        let body = vec![
            Statement::Let("first".into()),
            Statement::CleanUp(Kind::Defer, clean_up),
            Statement::Let("second".into()),
            tick(),
        ];
        Program {
            functions: vec![Function {
                values: 0,
                body,
                tail: Some(Output::Value(Value::Made("made".into()))),
            }],
            call: Call {
                function: 0,
                number: Number::Constant(0),
                values: Vec::new(),
            },
        }
    }

    fn events(polls: usize, cancels: usize, panic_at: Option<usize>) -> String {
        let played = play(&program(), polls, cancels, panic_at);
        let is_of_future =
            |line: &&String| !line.starts_with("poll") && !line.ends_with("a future");
        let lines: Vec<_> = played.lines.iter().filter(is_of_future).cloned().collect();
        lines
            .join(", ")
            .replace("wake, => pending", "|")
            .replace(", never dropped: 0", "")
    }

    #[test]
    fn what_is_declared_later_drops_before_clean_up_and_what_is_earlier_after_it() {
        let end = "drop second, |, clean, drop first";
        assert_eq!(
            events(2, 0, None),
            "make first, make second, |, make made, drop second, |, => drop, drop made, drop first"
        );
        assert_eq!(
            events(1, 9, None),
            format!("make first, make second, |, => cancel, {end}, => cancelled, => drop")
                .replace("|, clean", "|, => cancel, clean")
        );
    }

    #[test]
    fn a_value_that_is_kept_is_given_up_when_clean_up_was_cancelled() {
        assert_eq!(
            events(2, 1, None),
            "make first, make second, |, make made, drop second, |, => cancel, clean, drop made, drop first, => cancelled, => drop"
        );
    }

    #[test]
    fn a_panic_in_the_body_runs_no_clean_up() {
        assert_eq!(
            events(1, 0, Some(2)),
            "make first, make second, drop second, drop first, => panicked: at \"make a future\", => drop"
        );
    }
}
