//! One run: a future driven by a schedule, and everything that there was to see of it.
//!
//! Input: a function that makes a future, and what to do to it. Output: a [`Transcript`]. Each run
//! begins with a clean log; panics of the future are caught and written down.

use crate::log::{self, Injected};
use std::any::Any;
use std::cell::Cell;
use std::fmt::Debug;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{LazyLock, Once};
use std::task::{Context, Poll};

/// One thing done to a future. At the end of a schedule the future is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Poll it, whatever it answered before.
    Poll,
    /// Let the event that comes after so many others panic, wherever it happens.
    PanicAfter(usize),
}

/// Whether schedules make events panic. Not where leaks are looked for, by `COSTATE_TESTS_PANICS=none`: rustc
/// forgets a value that is on its way when a drop panics (rust-lang/rust#47949), in ordinary functions too, as
/// in `fn f() -> Box<u64> { match P.name() { _ => Box::new(7) } }`. What is lost of the log's own values by a
/// panic, the transcripts compare.
pub fn injects_panics() -> bool {
    static INJECTS: LazyLock<bool> = LazyLock::new(|| wanted("COSTATE_TESTS_PANICS"));
    *INJECTS
}

/// Whether machines are compared with their `async fn`s. Not where a tool watches what the machines alone do, at fifty times
/// the time, by `COSTATE_TESTS_NATIVE=none`; there a quarter of the random schedules has to do.
pub fn compares() -> bool {
    static COMPARES: LazyLock<bool> = LazyLock::new(|| wanted("COSTATE_TESTS_NATIVE"));
    *COMPARES
}

/// Whether nothing is to be compared but how many bytes the halves have, which goes to standard error: by
/// `COSTATE_TESTS_SIZES`, to find shapes whose machine is larger than the `async fn`.
pub fn prints_sizes() -> bool {
    static PRINTS: LazyLock<bool> =
        LazyLock::new(|| std::env::var_os("COSTATE_TESTS_SIZES").is_some());
    *PRINTS
}

fn wanted(variable: &str) -> bool {
    std::env::var_os(variable).is_none_or(|value| value != "none")
}

/// What there was to see of one run.
pub struct Transcript {
    /// Events and answers, in order.
    pub lines: Vec<String>,
    /// How many events could have panicked,
    pub events: usize,
    /// of which so many before the last act of the schedule,
    pub before_last_act: usize,
    /// and so many before the future was dropped or cancelled.
    pub before_end: usize,
}

/// A future as what plays it knows it: without its type, so that the playing is compiled once, and not once for each of
/// a thousand cases.
pub trait Half {
    /// Polls it and records its answer. An output is dropped in here, since its drop may panic too.
    fn poll_and_record(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;
}

impl<F: Future<Output: Debug>> Half for F {
    fn poll_and_record(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match self.poll(cx) {
            Poll::Ready(output) => {
                log::record(format_args!("=> ready: {output:?}"));
                Poll::Ready(())
            }
            Poll::Pending => {
                log::record("=> pending");
                Poll::Pending
            }
        }
    }
}

/// Makes the same half anew for each run.
pub type Make<'a, H> = dyn Fn() -> Pin<Box<H>> + 'a;

/// Plays a schedule, then drops the future.
pub fn play<H: Half + ?Sized>(make: &Make<'_, H>, schedule: &[Act]) -> Transcript {
    play_and_end(make, schedule, |_| {})
}

/// Plays a schedule, then `end`, then drops the future.
pub fn play_and_end<H: Half + ?Sized>(
    make: &Make<'_, H>,
    schedule: &[Act],
    end: impl FnOnce(Pin<&mut H>),
) -> Transcript {
    log::reset();
    let mut stage = Stage::default();
    let (before, rest) =
        schedule.split_at(schedule.iter().take_while(|act| **act != Act::Poll).count());
    before.iter().for_each(|act| stage.prepare(*act));
    let (mut before_last_act, mut before_end) = (0, 0);
    if let Some(mut future) = stage.attempt("make", make) {
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
        if let Act::PanicAfter(skip) = act
            && injects_panics()
        {
            log::panic_after(skip);
        }
    }

    fn poll<H: Half + ?Sized>(&mut self, future: Pin<&mut H>) {
        let waker = log::waker();
        let was_over = self.over;
        let answer = catch_quietly(|| {
            future
                .poll_and_record(&mut Context::from_waker(&waker))
                .is_ready()
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
