//! Schedules: what is done to a future, and how its two halves are compared under it.
//!
//! Input: two functions that make the same future, one a machine and one an `async fn`. Each
//! schedule is played to both from a clean log; the transcripts (every event, what every poll
//! answered, what every panic carried, what was never dropped) must be equal line by line.

use crate::log;
use crate::run::{
    Act, Half, Make, Transcript, compares, injects_panics, play, play_and_end, prints_sizes,
};
use costate::Coroutine;
use costate::cancel::clean_ups;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::fmt::Debug;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A case that isn't ready after so many polls is taken to hang.
const MANY: usize = 200;

/// The half that is a machine: it can be asked to give up.
trait MachineHalf: Half {
    fn poll_to_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;
}

impl<M: Coroutine<Output: Debug>> MachineHalf for M {
    fn poll_to_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.poll_cancel(cx)
    }
}

/// Both halves of a case, without their types.
struct Halves<'a> {
    machine: &'a Make<'a, dyn MachineHalf + 'a>,
    native: &'a Make<'a, dyn Half + 'a>,
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
    of_no_type(machine, native, |halves| halves.compare_every());
}

/// As [`compare_every`], of a machine whose `defer!` is a guard in the `async fn`. That a panic comes when they are
/// dropped is left out: of the machine's clean-up all that is left runs then, of the guards none.
///
/// # Panics
///
/// If a transcript differs, with both.
pub fn compare_with_clean_up<T, M, N>(machine: &impl Fn() -> M, native: &impl Fn() -> N)
where
    T: Debug,
    M: Coroutine<Output = T>,
    N: Future<Output = T>,
{
    of_no_type(machine, native, |halves| halves.compare_with_clean_up());
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
    of_no_type(machine, native, |halves| halves.compare_random());
}

/// What is done with them is compiled once.
fn of_no_type<M, N>(machine: &impl Fn() -> M, native: &impl Fn() -> N, compare: fn(&Halves<'_>))
where
    M: Coroutine<Output: Debug>,
    N: Future<Output: Debug>,
{
    if prints_sizes() {
        let test = std::thread::current();
        let name = test.name().unwrap_or_default();
        eprintln!("sizes {name} {} {}", size_of::<M>(), size_of::<N>());
        return;
    }
    compare(&Halves {
        machine: &|| Box::pin(machine()),
        native: &|| Box::pin(native()),
    });
}

impl Halves<'_> {
    /// Compares both without a panic after every number of polls, also once too often; then `with_panics` does with
    /// that schedule, of which it gets what the machine did.
    fn after_each_poll(&self, with_panics: impl Fn(&[Act], &Transcript)) {
        let polls = polls_to_the_end(self.machine);
        for count in 0..=polls + 1 {
            let plain = vec![Act::Poll; count];
            with_panics(&plain, &self.compare_dropped_and_cancelled(&plain));
        }
    }

    fn compare_every(&self) {
        self.after_each_poll(|plain, whole| {
            if !injects_panics() {
                return;
            }
            // What comes before the last act was made to panic in an earlier round.
            for skip in whole.before_last_act..whole.events {
                let panicking = [&[Act::PanicAfter(skip)], plain].concat();
                self.compare_dropped_and_cancelled(&panicking);
                if skip < whole.before_end {
                    self.compare_dropped(&[&*panicking, &[Act::Poll]].concat());
                }
            }
        });
    }

    fn compare_with_clean_up(&self) {
        self.after_each_poll(|plain, whole| {
            for skip in whole.before_last_act..whole.before_end {
                let panicking = [&[Act::PanicAfter(skip)], plain].concat();
                self.compare_dropped(&panicking);
            }
        });
    }

    fn compare_random(&self) {
        let act = prop_oneof![4 => Just(Act::Poll), 1 => (0_usize..12).prop_map(Act::PanicAfter)];
        let config = Config {
            cases: if compares() { 64 } else { 16 },
            failure_persistence: None,
            ..Config::default()
        };
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let run = TestRunner::new_with_rng(config, rng).run(
            &proptest::collection::vec(act, 0..16),
            |schedule| {
                self.compare_dropped(&schedule);
                Ok(())
            },
        );
        if let Err(difference) = run {
            panic!("{difference}");
        }
    }

    fn compare_dropped(&self, schedule: &[Act]) {
        compare(&play(self.machine, schedule), self.native, schedule);
    }

    /// Also cancels the machine where the native half is dropped. How a panic of the clean-up is reported
    /// is not `async fn`'s to say: only the events count there.
    fn compare_dropped_and_cancelled(&self, schedule: &[Act]) -> Transcript {
        let dropped = play(self.machine, schedule);
        let native = compare(&dropped, self.native, schedule);
        let cancelled = play_and_end(self.machine, schedule, cancel);
        if let Some(native) = native {
            let events = |lines: &[String]| -> Vec<String> {
                let events = lines.iter().filter(|line| !line.starts_with("=>"));
                events.cloned().collect()
            };
            let panicked = native.iter().any(|line| a_drop_panicked(line));
            let (cancelled, native) = (events(&cancelled.lines), events(&native));
            assert_same(schedule, "then cancelled", &cancelled, &native, panicked);
        }
        dropped
    }
}

/// What the native half did under the schedule, which is what the machine did. Nothing, if nothing is to be compared.
fn compare(
    machine: &Transcript,
    native: &Make<dyn Half + '_>,
    schedule: &[Act],
) -> Option<Vec<String>> {
    if !compares() {
        return None;
    }
    let native = play(native, schedule).lines;
    let panicked = native.iter().any(|line| a_drop_panicked(line));
    assert_same(schedule, "then dropped", &machine.lines, &native, panicked);
    Some(native)
}

/// Polls a machine so many times, then asks it so many times to give up, unless it has before, then drops it; with a panic at
/// the event of that number. The lines say what it was asked, and at the end what became of clean-up that did not run to its end.
pub fn play_cancelled<M>(
    machine: &impl Fn() -> M,
    polls: usize,
    cancels: usize,
    panic_at: Option<usize>,
) -> Vec<String>
where
    M: Coroutine<Output: Debug>,
{
    let panic = panic_at.map(Act::PanicAfter).into_iter();
    let schedule: Vec<_> = panic.chain(vec![Act::Poll; polls]).collect();
    let before = clean_ups();
    let end = |mut machine: Pin<&mut (dyn MachineHalf + '_)>| {
        let waker = log::waker();
        for _ in 0..cancels {
            log::record("=> cancel");
            let mut cx = Context::from_waker(&waker);
            if machine.as_mut().poll_to_cancel(&mut cx).is_ready() {
                log::record("=> cancelled");
                break;
            }
            log::record("=> pending");
        }
        log::record("=> drop");
    };
    let machine: &Make<dyn MachineHalf> = &|| Box::pin(machine());
    let mut lines = play_and_end(machine, &schedule, end).lines;
    let after = clean_ups();
    lines.push(format!(
        "skipped {}, abandoned {}, panicked {}",
        after.skipped - before.skipped,
        after.abandoned - before.abandoned,
        after.panicked - before.panicked
    ));
    lines
}

/// Whether a transcript says here that a drop panicked.
fn a_drop_panicked(line: &str) -> bool {
    ["drop", "unwatch"]
        .iter()
        .any(|event| line.contains(&format!("panicked: at \"{event}")))
}

fn assert_same(schedule: &[Act], end: &str, machine: &[String], native: &[String], panicked: bool) {
    assert!(
        machine == native || (panicked && mends_a_leak(machine, native)),
        "under {schedule:?}, {end}\n--- machine:\n{}\n--- async fn:\n{}",
        machine.join("\n"),
        native.join("\n"),
    );
}

/// Whether the machine dropped all that the `async fn` did, in the same order, and also what that
/// leaked: rustc forgets a result that is already made when a local's drop panics after it
/// (rust-lang/rust#47949). Not to copy this is no difference.
fn mends_a_leak(machine: &[String], native: &[String]) -> bool {
    let (Some((machine_left, machine)), Some((native_left, native))) =
        (machine.split_last(), native.split_last())
    else {
        return false;
    };
    let mut expected = native.iter().peekable();
    let only_drops_more = machine
        .iter()
        .all(|line| expected.next_if_eq(&line).is_some() || line.starts_with("drop "));
    only_drops_more && expected.next().is_none() && machine_left != native_left
}

fn polls_to_the_end<H: Half + ?Sized>(make: &Make<'_, H>) -> usize {
    (1..MANY)
        .find(|&count| {
            let lines = play(make, &vec![Act::Poll; count]).lines;
            lines
                .iter()
                .any(|line| line.starts_with("=> ready") || line.starts_with("=> panicked"))
        })
        .expect("a case has to end")
}

/// Cancels a machine to the end.
fn cancel<H: MachineHalf + ?Sized>(mut machine: Pin<&mut H>) {
    let waker = log::waker();
    let done = (0..MANY).any(|_| {
        machine
            .as_mut()
            .poll_to_cancel(&mut Context::from_waker(&waker))
            .is_ready()
    });
    if !done {
        log::record("A CANCELLED MACHINE HAS TO END");
    }
}

#[cfg(test)]
mod tests {
    use super::{mends_a_leak, polls_to_the_end};
    use crate::props::{noisy, tick};
    use crate::run::{Act, Half, Make, play};
    use std::pin::Pin;

    type Future<'a> = Make<'a, dyn Half + 'a>;

    fn compare(one: &Future<'_>, other: &Future<'_>, schedule: &[Act]) {
        super::compare(&play(one, schedule), other, schedule);
    }

    async fn in_order() {
        let first = noisy("first");
        let second = noisy("second");
        tick(1).await;
        drop((first, second));
    }

    fn in_order_made() -> Pin<Box<dyn Half>> {
        Box::pin(in_order())
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
            compare(&in_order_made, &in_order_made, &vec![Act::Poll; polls]);
        }
    }

    #[test]
    #[should_panic(expected = "--- async fn:")]
    fn another_order_of_drops_is_a_difference() {
        compare(
            &in_order_made,
            &|| Box::pin(out_of_order()),
            &[Act::Poll, Act::Poll],
        );
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
        compare(&|| Box::pin(leaks()), &|| Box::pin(keeps()), &[Act::Poll]);
    }

    #[test]
    fn to_drop_what_rustc_leaks_is_no_difference() {
        let lines = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
        let leaks = lines("drop a|=> panicked: at \"drop a\"|drop b|never dropped: 1");
        let drops = lines("drop a|drop out|=> panicked: at \"drop a\"|drop b|never dropped: 0");
        let reorders = lines("drop b|drop out|=> panicked: at \"drop a\"|drop a|never dropped: 0");
        assert!(mends_a_leak(&drops, &leaks));
        assert!(!mends_a_leak(&leaks, &drops));
        assert!(!mends_a_leak(&reorders, &leaks));
    }

    #[test]
    fn a_panic_is_thrown_at_the_event_that_was_asked_for() {
        let transcript = play(&in_order_made, &[Act::PanicAfter(1), Act::Poll, Act::Poll]).lines;
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
        let transcript = play(&in_order_made, &[Act::Poll, Act::Poll]).lines;
        let expected = "make first|make second|make a future|poll, 1 left|wake|=> pending|\
            poll, 0 left|drop a future|drop first|drop second|=> ready: ()|never dropped: 0";
        assert_eq!(transcript.join("|"), expected);
        assert_eq!(polls_to_the_end(&in_order_made), 2);
    }
}
