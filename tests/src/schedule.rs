//! Schedules: what is done to a future, and how its two halves are compared under it.
//!
//! Input: two functions that make the same future, one a machine and one an `async fn`. Each
//! schedule is played to both from a clean log; the transcripts (every event, what every poll
//! answered, what every panic carried, what was never dropped) must be equal line by line.

use crate::log::{self, Injected};
use costate::Coroutine;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::any::Any;
use std::cell::Cell;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Once;
use std::task::{Context, Poll};

/// A case that isn't ready after so many polls is taken to hang.
const MANY: usize = 200;

/// One thing done to a future. At the end of a schedule the future is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Poll it, whatever it answered before.
    Poll,
    /// Let the event that comes after so many others panic, wherever it happens.
    PanicAfter(usize),
}

/// Compares both halves under every schedule of this kind: polled any number of times, also once
/// too often, then dropped, with no panic or with one at any of the events.
///
/// Then the machine alone is cancelled after any number of polls: what it drops, and in which
/// order, must be what the `async fn` drops when it is dropped there.
///
/// # Panics
///
/// If a transcript differs, with both.
pub fn compare_every<T, M, N>(machine: &impl Fn() -> M, native: &impl Fn() -> N)
where
    T: Debug,
    M: Coroutine<Output = T>,
    N: Future<Output = T>,
{
    let polls = polls_to_the_end(native);
    for count in 0..=polls + 1 {
        let plain = vec![Act::Poll; count];
        compare(machine, native, &plain);
        compare_cancelled(machine, native, &plain);
        let whole = play(native, &plain);
        // What comes before the last act was made to panic in an earlier round.
        for skip in whole.before_last_act..whole.events {
            let panicking = [&[Act::PanicAfter(skip)], &*plain].concat();
            compare(machine, native, &panicking);
            compare_cancelled(machine, native, &panicking);
            if skip < whole.before_end {
                compare(machine, native, &[&*panicking, &[Act::Poll]].concat());
            }
        }
    }
}

/// Compares both halves under random schedules, of which several panics and many polls after the
/// end are a part. The seed is fixed; a difference is shrunk to the shortest schedule that shows it.
///
/// # Panics
///
/// If a transcript differs, with both.
pub fn compare_random<T, M, N>(machine: &impl Fn() -> M, native: &impl Fn() -> N)
where
    T: Debug,
    M: Coroutine<Output = T>,
    N: Future<Output = T>,
{
    let act = prop_oneof![4 => Just(Act::Poll), 1 => (0_usize..12).prop_map(Act::PanicAfter)];
    let config = Config {
        cases: 64,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let run = TestRunner::new_with_rng(config, rng).run(
        &proptest::collection::vec(act, 0..16),
        |schedule| {
            compare(machine, native, &schedule);
            Ok(())
        },
    );
    if let Err(difference) = run {
        panic!("{difference}");
    }
}

/// What there was to see of one run.
struct Transcript {
    /// Events and answers, in order.
    lines: Vec<String>,
    /// How many events could have panicked,
    events: usize,
    /// of which so many before the last act of the schedule,
    before_last_act: usize,
    /// and so many before the future was dropped or cancelled.
    before_end: usize,
}

fn compare<T, M, N>(machine: &impl Fn() -> M, native: &impl Fn() -> N, schedule: &[Act])
where
    T: Debug,
    M: Future<Output = T>,
    N: Future<Output = T>,
{
    let of_machine = play(machine, schedule).lines;
    let of_native = play(native, schedule).lines;
    assert_same(schedule, "then dropped", &of_machine, &of_native);
}

/// Cancels the machine where the native half is dropped. How a panic of the clean-up is reported
/// is not `async fn`'s to say: only the events count here.
fn compare_cancelled<T, M, N>(machine: &impl Fn() -> M, native: &impl Fn() -> N, schedule: &[Act])
where
    T: Debug,
    M: Coroutine<Output = T>,
    N: Future<Output = T>,
{
    let of_machine = play_and_end(machine, schedule, cancel).lines;
    let of_native = play(native, schedule).lines;
    let answers = |line: &String| !line.starts_with("=>");
    assert_same(
        schedule,
        "then cancelled",
        &of_machine.into_iter().filter(answers).collect::<Vec<_>>(),
        &of_native.into_iter().filter(answers).collect::<Vec<_>>(),
    );
}

fn assert_same(schedule: &[Act], end: &str, machine: &[String], native: &[String]) {
    assert!(
        machine == native,
        "under {schedule:?}, {end}\n--- machine:\n{}\n--- async fn:\n{}",
        machine.join("\n"),
        native.join("\n"),
    );
}

fn polls_to_the_end<N: Future<Output: Debug>>(native: &impl Fn() -> N) -> usize {
    (1..MANY)
        .find(|&count| {
            let lines = play(native, &vec![Act::Poll; count]).lines;
            lines
                .iter()
                .any(|line| line.starts_with("=> ready") || line.starts_with("=> panicked"))
        })
        .expect("a case has to end")
}

fn play<F: Future<Output: Debug>>(make: &impl Fn() -> F, schedule: &[Act]) -> Transcript {
    play_and_end(make, schedule, |_| {})
}

/// Plays a schedule, then `end`, then drops the future.
fn play_and_end<F: Future<Output: Debug>>(
    make: &impl Fn() -> F,
    schedule: &[Act],
    end: impl FnOnce(Pin<&mut F>),
) -> Transcript {
    log::reset();
    let mut stage = Stage::default();
    let (before, rest) =
        schedule.split_at(schedule.iter().take_while(|act| **act != Act::Poll).count());
    before.iter().for_each(|act| stage.prepare(*act));
    let (mut before_last_act, mut before_end) = (0, 0);
    if let Some(mut future) = stage.attempt("make", || Box::pin(make())) {
        for act in rest {
            before_last_act = stage.events;
            match act {
                Act::Poll => stage.poll(future.as_mut()),
                act => stage.prepare(*act),
            }
        }
        before_end = stage.events;
        stage.attempt("end", || end(future.as_mut()));
        stage.attempt("drop", || drop(future));
    }
    stage.collect();
    stage.lines.push(format!("never dropped: {}", log::alive()));
    Transcript {
        lines: stage.lines,
        events: stage.events,
        before_last_act,
        before_end,
    }
}

#[derive(Default)]
struct Stage {
    lines: Vec<String>,
    events: usize,
    /// It was ready or panicked: to poll it again panics, with words that are each half's own.
    over: bool,
}

impl Stage {
    fn prepare(&mut self, act: Act) {
        if let Act::PanicAfter(skip) = act {
            log::panic_after(skip);
        }
    }

    fn poll<F: Future<Output: Debug>>(&mut self, future: Pin<&mut F>) {
        let waker = log::waker();
        let was_over = self.over;
        let answer = catch_quietly(|| {
            // The output is dropped in here, since its drop may panic too.
            match future.poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(output) => {
                    log::record(format_args!("=> ready: {output:?}"));
                    true
                }
                Poll::Pending => {
                    log::record("=> pending");
                    false
                }
            }
        });
        self.collect();
        match answer {
            Ok(ended) => self.over |= ended,
            Err(_) if was_over => self.lines.push("=> refused".to_owned()),
            Err(payload) => {
                self.over = true;
                self.lines
                    .push(format!("=> panicked: {}", words(&*payload)));
            }
        }
    }

    fn attempt<R>(&mut self, what: &str, act: impl FnOnce() -> R) -> Option<R> {
        let result = catch_quietly(act);
        self.collect();
        result
            .map_err(|payload| {
                self.lines
                    .push(format!("=> {what} panicked: {}", words(&*payload)))
            })
            .ok()
    }

    fn collect(&mut self) {
        let events = log::take();
        let own = |line: &&String| *line != "wake" && !line.starts_with("=>");
        self.events += events.iter().filter(own).count();
        self.lines.extend(events);
    }
}

/// Cancels a machine to the end.
fn cancel<M: Coroutine>(mut machine: Pin<&mut M>) {
    let waker = log::waker();
    let done = (0..MANY).any(|_| {
        machine
            .as_mut()
            .poll_cancel(&mut Context::from_waker(&waker))
            .is_ready()
    });
    if !done {
        log::record("A CANCELLED MACHINE HAS TO END");
    }
}

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Catches a panic without a word: thousands of them are a part of the schedules.
fn catch_quietly<R>(act: impl FnOnce() -> R) -> std::thread::Result<R> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !IS_QUIET.get() {
                hook(info);
            }
        }));
    });
    IS_QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(act));
    IS_QUIET.set(false);
    result
}

fn words(payload: &(dyn Any + Send)) -> String {
    if let Some(Injected(event)) = payload.downcast_ref() {
        return format!("at {event:?}");
    }
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("something that is not text")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Act, compare, play, polls_to_the_end};
    use crate::props::{noisy, tick};

    async fn in_order() {
        let first = noisy("first");
        let second = noisy("second");
        tick(1).await;
        drop((first, second));
    }

    async fn out_of_order() {
        let second = noisy("first");
        let first = noisy("second");
        tick(1).await;
        drop((first, second));
    }

    #[test]
    fn a_future_agrees_with_itself() {
        for polls in 0..4 {
            compare(&in_order, &in_order, &vec![Act::Poll; polls]);
        }
    }

    #[test]
    #[should_panic(expected = "--- async fn:")]
    fn another_order_of_drops_is_a_difference() {
        compare(&in_order, &out_of_order, &[Act::Poll, Act::Poll]);
    }

    #[test]
    #[should_panic(expected = "never dropped: 1")]
    fn a_value_that_is_never_dropped_is_a_difference() {
        let leaks = || async {
            std::mem::forget(noisy("first"));
            tick(1).await;
        };
        let keeps = || async {
            let _held = noisy("first");
            tick(1).await;
        };
        compare(&leaks, &keeps, &[Act::Poll]);
    }

    #[test]
    fn a_panic_is_thrown_at_the_event_that_was_asked_for() {
        let transcript = play(&in_order, &[Act::PanicAfter(1), Act::Poll, Act::Poll]).lines;
        let panicked = transcript
            .iter()
            .position(|line| line == "=> panicked: at \"make second\"");
        assert!(
            panicked.is_some_and(|at| transcript[at + 1] == "=> refused"),
            "{transcript:?}"
        );
    }

    #[test]
    fn a_transcript_says_what_happened_in_which_order() {
        let transcript = play(&in_order, &[Act::Poll, Act::Poll]).lines;
        let expected = "make first|make second|make a future|poll, 1 left|wake|=> pending|\
            poll, 0 left|drop a future|drop first|drop second|=> ready: ()|never dropped: 0";
        assert_eq!(transcript.join("|"), expected);
        assert_eq!(polls_to_the_end(&in_order), 2);
    }
}
