//! Every combination of how a task ends, how it cleans up, when it is given up, and how; on each kind of runtime.
//!
//! What is said of each: the body and its output are dropped once, it isn't polled after it was asked to clean up, nothing is
//! left of the task, and whoever joins it is told what happened.

use costate::task::TaskError;
use costate::{Coroutine, Frame, Runtime, Task};
use std::future::{Future, poll_fn};
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    AtOnce,
    Later,
    PanicsAtOnce,
    PanicsLater,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum CleanUp {
    None,
    Takes,
    Panics,
    NeverEnds,
}

/// When it is given up.
#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    Spawned,
    Suspended,
    Ended,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    Join,
    Await,
    Drop,
    Detach,
    CancelAndJoin,
    CancelThenDrop,
    /// The runtime goes first.
    RuntimeEnds,
}

#[derive(Clone, Copy, Debug)]
struct Case {
    end: End,
    clean_up: CleanUp,
    drop_panics: bool,
    when: When,
    how: How,
}

/// What happened.
#[derive(Default)]
struct Log {
    polls: AtomicUsize,
    cancels: AtomicUsize,
    drops: AtomicUsize,
    outputs: AtomicUsize,
    open: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl Log {
    /// What waits for it may end.
    fn open(&self) {
        self.open.store(true, SeqCst);
        if let Some(waker) = self.waker.lock().unwrap().take() {
            waker.wake();
        }
    }
}

struct Output(Arc<Log>);

impl Drop for Output {
    fn drop(&mut self) {
        self.0.outputs.fetch_add(1, SeqCst);
    }
}

/// What the body waits for.
struct Leaf(Arc<Log>, Case);

impl Leaf {
    fn end(&self) -> Poll<()> {
        match self.1.end {
            End::PanicsAtOnce | End::PanicsLater => panic::panic_any(ON_PURPOSE),
            _ => Poll::Ready(()),
        }
    }
}

impl Future for Leaf {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Leaf(log, case) = &*self;
        assert_eq!(log.cancels.load(SeqCst), 0, "it is polled after its cancel");
        *log.waker.lock().unwrap() = Some(cx.waker().clone());
        log.polls.fetch_add(1, SeqCst);
        match case.end {
            End::AtOnce | End::PanicsAtOnce => self.end(),
            End::Later | End::PanicsLater if log.open.load(SeqCst) => self.end(),
            _ => Poll::Pending,
        }
    }
}

impl Coroutine for Leaf {
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Leaf(log, case) = &*self;
        let before = log.cancels.fetch_add(1, SeqCst);
        match case.clean_up {
            CleanUp::None => Poll::Ready(()),
            CleanUp::Takes if before < 2 => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            CleanUp::Takes => Poll::Ready(()),
            CleanUp::Panics => panic::panic_any(ON_PURPOSE),
            CleanUp::NeverEnds => Poll::Pending,
        }
    }

    fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
}

/// Held by the body.
struct Held(Arc<Log>, bool);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.drops.fetch_add(1, SeqCst);
        if self.1 && !std::thread::panicking() {
            panic::panic_any(ON_PURPOSE);
        }
    }
}

#[costate::coroutine]
fn body(log: Arc<Log>, case: Case) -> Output {
    let _held = Held(Arc::clone(&log), case.drop_panics);
    Leaf(Arc::clone(&log), case).await;
    Output(log)
}

const ON_PURPOSE: &str = "on purpose";

#[derive(Debug, PartialEq)]
enum Told {
    Output,
    Nothing,
    Panic,
    Cancelled,
}

fn told(joined: Result<Output, TaskError>) -> Told {
    match joined {
        Ok(_) => Told::Output,
        Err(error) if error.is_panic() => Told::Panic,
        Err(_) => Told::Cancelled,
    }
}

/// Runs tasks until it is so.
fn until(runtime: &Runtime, is_so: impl Fn() -> bool) {
    runtime.block_on(poll_fn(|cx| {
        if is_so() {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }));
}

/// Gives the task up, and says what was told of it.
fn give_up(runtime: &Runtime, log: &Log, task: Task<Output>, how: How) -> Told {
    match how {
        How::Join => {
            log.open();
            told(runtime.block_on(task.join()))
        }
        How::Await => {
            log.open();
            let awaited = catch_unwind(AssertUnwindSafe(|| runtime.block_on(task)));
            awaited.map_or(Told::Panic, |_| Told::Output)
        }
        How::Drop => {
            drop(task);
            Told::Nothing
        }
        How::Detach | How::RuntimeEnds => {
            task.detach();
            Told::Nothing
        }
        How::CancelAndJoin => {
            let joins = AssertUnwindSafe(|| runtime.block_on(task.cancel_and_join()));
            match catch_unwind(joins) {
                Ok(Some(_)) => Told::Output,
                Ok(None) => Told::Cancelled,
                Err(_) => Told::Panic,
            }
        }
        How::CancelThenDrop => {
            task.cancel();
            drop(task);
            Told::Nothing
        }
    }
}

fn check(case: Case, runtime: Runtime) {
    let log = Arc::<Log>::default();
    let task = runtime.spawn(body(Arc::clone(&log), case));
    match case.when {
        When::Spawned => {}
        When::Suspended => until(&runtime, || log.polls.load(SeqCst) > 0),
        When::Ended => {
            log.open();
            until(&runtime, || task.is_finished());
        }
    }
    let told = give_up(&runtime, &log, task, case.how);
    log.open();
    let panics = matches!(case.end, End::PanicsAtOnce | End::PanicsLater) || case.drop_panics;
    let expected: &[Told] = match case.how {
        How::Join | How::Await if panics => &[Told::Panic],
        How::Join | How::Await => &[Told::Output],
        How::CancelAndJoin if case.when == When::Ended && panics => &[Told::Panic],
        How::CancelAndJoin if case.when == When::Ended => &[Told::Output],
        // Another thread may be faster, or the clean-up's panic is what is reported.
        How::CancelAndJoin => &[Told::Cancelled, Told::Output, Told::Panic],
        _ => &[Told::Nothing],
    };
    assert!(expected.contains(&told), "{told:?}");
    let grace = match case.clean_up {
        CleanUp::NeverEnds => Duration::ZERO,
        _ => Duration::from_secs(3600),
    };
    runtime.shutdown(grace);
    log.waker.lock().unwrap().take();
    // A task that was cancelled before it began has held nothing.
    let began = log.polls.load(SeqCst) > 0;
    assert_eq!(log.drops.load(SeqCst), usize::from(began));
    assert!(log.outputs.load(SeqCst) <= usize::from(began));
    assert_eq!(Arc::strong_count(&log), 1, "something of the task is left");
}

/// What can't be: waiting for the end of what never ends.
fn is_endless(case: Case) -> bool {
    let never = case.end == End::Never;
    let cleans_forever = case.clean_up == CleanUp::NeverEnds;
    never && (case.when == When::Ended || matches!(case.how, How::Join | How::Await))
        || cleans_forever && case.how == How::CancelAndJoin
}

fn each_case(mut check: impl FnMut(Case)) -> usize {
    use End::{AtOnce, Later, Never, PanicsAtOnce, PanicsLater};
    use How::{Await, CancelAndJoin, CancelThenDrop, Detach, Drop, Join, RuntimeEnds};
    let mut cases = 0;
    for end in [AtOnce, Later, PanicsAtOnce, PanicsLater, Never] {
        for clean_up in [
            CleanUp::None,
            CleanUp::Takes,
            CleanUp::Panics,
            CleanUp::NeverEnds,
        ] {
            for (drop_panics, when) in [
                (false, When::Spawned),
                (false, When::Suspended),
                (false, When::Ended),
                (true, When::Suspended),
                (true, When::Ended),
            ] {
                for how in [
                    Join,
                    Await,
                    Drop,
                    Detach,
                    CancelAndJoin,
                    CancelThenDrop,
                    RuntimeEnds,
                ] {
                    let case = Case {
                        end,
                        clean_up,
                        drop_panics,
                        when,
                        how,
                    };
                    if !is_endless(case) {
                        check(case);
                        cases += 1;
                    }
                }
            }
        }
    }
    cases
}

#[test]
fn every_combination_drops_all_once_and_tells_what_happened() {
    let tells = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if info.payload().downcast_ref() != Some(&ON_PURPOSE) {
            tells(info);
        }
    }));
    for threads in [0, 1, 2] {
        let cases = each_case(|case| {
            let builder = Runtime::builder();
            let builder = match threads {
                0 => builder.current_thread(),
                n => builder.threads(n),
            };
            let runtime = builder.build().unwrap();
            let checked = catch_unwind(AssertUnwindSafe(|| check(case, runtime)));
            assert!(checked.is_ok(), "{case:?} with {threads} threads");
        });
        assert!(cases > 500);
    }
}
