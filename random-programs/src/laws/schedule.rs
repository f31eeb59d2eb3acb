//! Under which schedules a program is run: all, or so many of them.

use super::reference::{Played, play};
use super::tree::Program;

/// So many polls, then so many calls of `poll_cancel`, then a drop; and at which event there is a panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub polls: usize,
    pub cancels: usize,
    pub panic_at: Option<usize>,
}

/// A program that takes more polls is too long.
const MANY: usize = 60;

/// So many runs a program, at most.
const RUNS: usize = 500;

/// What a program should do under each schedule; none if it is too long.
#[must_use]
pub fn predicted(program: &Program, panics: bool) -> Option<Vec<(Schedule, Played)>> {
    let whole = play(program, MANY, 0, None);
    if !whole.is_ready {
        return None;
    }
    let mut all = Vec::new();
    for polls in 0..=whole.polls {
        let cancels = play(program, polls, MANY, None).cancels;
        for cancels in 0..=cancels {
            let schedule = Schedule {
                polls,
                cancels,
                panic_at: None,
            };
            let played = play(program, polls, cancels, None);
            if panics {
                let events = played.before_last.max(made(program))..played.events;
                all.extend(events.map(|event| Schedule {
                    panic_at: Some(event),
                    ..schedule
                }));
            } else {
                all.push(schedule);
            }
        }
    }
    let played = |schedule: Schedule| {
        let Schedule {
            polls,
            cancels,
            panic_at,
        } = schedule;
        (schedule, play(program, polls, cancels, panic_at))
    };
    let step = all.len().div_ceil(RUNS).max(1);
    Some(all.into_iter().step_by(step).map(played).collect())
}

/// How many events there are before the first poll.
fn made(program: &Program) -> usize {
    program.call.values.len()
}
