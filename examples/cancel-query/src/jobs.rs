//! What runs, and how it ended, for everybody to see.
//!
//! Input: what requests tell of themselves. Output: a report, and word that there is a newer one. Invariant: a job has ended when its
//! [`Job`] is gone.

use costate::sync::{CancelToken, watch};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// How many that have ended are remembered.
const REMEMBERED: usize = 12;

/// All jobs of a server.
#[derive(Debug)]
pub struct Jobs {
    state: Mutex<State>,
    /// The number of changes.
    changes: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct State {
    /// Those that run, and the last that have ended. The oldest first.
    entries: VecDeque<Entry>,
    begun: i64,
    running: usize,
    counts: Counts,
}

/// How many have ended, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub finished: u64,
    /// Before their end, whatever the reason.
    pub cancelled: u64,
    pub failed: u64,
}

#[derive(Debug)]
struct Entry {
    number: i64,
    who: String,
    what: String,
    begun: Instant,
    backend: Option<i32>,
    stage: Stage,
    stop: CancelToken,
    /// Since when it cleans up.
    cleans_up: Option<Instant>,
}

#[derive(Debug)]
enum Stage {
    /// For a connection.
    Waits,
    Runs,
    CleansUp,
    Ended {
        how: Ending,
        at: Instant,
    },
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    Finished(i64),
    /// By the page's button.
    Stopped,
    /// The browser went away.
    Left,
    /// The deadline passed.
    Late,
    /// The server was shut down.
    ShutDown,
    Failed(String),
}

impl Ending {
    fn name(&self) -> &'static str {
        match self {
            Ending::Finished(_) => "finished",
            Ending::Stopped => "stopped",
            Ending::Left => "left",
            Ending::Late => "late",
            Ending::ShutDown => "shut down",
            Ending::Failed(_) => "failed",
        }
    }

    fn detail(&self) -> Value {
        match self {
            Ending::Finished(sum) => json!(sum),
            Ending::Failed(why) => json!(why),
            _ => Value::Null,
        }
    }
}

/// A job that has not ended.
#[derive(Debug)]
pub struct Job {
    jobs: Arc<Jobs>,
    number: i64,
    stop: CancelToken,
}

impl Default for Jobs {
    fn default() -> Self {
        Jobs {
            state: Mutex::default(),
            changes: watch::channel(0).0,
        }
    }
}

impl Jobs {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changed(&self) {
        let newer = *self.changes.borrow() + 1;
        self.changes.send_replace(newer);
    }

    /// Who is told of every change.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// A new job: who wants it, and what it is.
    pub fn begin(self: &Arc<Self>, who: &str, what: String) -> Job {
        let stop = CancelToken::new();
        let mut state = self.lock();
        state.begun += 1;
        state.running += 1;
        let number = state.begun;
        state.entries.push_back(Entry {
            number,
            who: who.into(),
            what,
            begun: Instant::now(),
            backend: None,
            stage: Stage::Waits,
            stop: stop.clone(),
            cleans_up: None,
        });
        drop(state);
        self.changed();
        Job {
            jobs: Arc::clone(self),
            number,
            stop,
        }
    }

    /// Asks a job to end. Tells whether there is one of that number that hasn't.
    pub fn stop(&self, number: i64) -> bool {
        let state = self.lock();
        let mut running = state.entries.iter().filter(|entry| !entry.has_ended());
        let stop = running.find(|entry| entry.number == number);
        let stop = stop.map(|entry| entry.stop.clone());
        drop(state);
        if let Some(stop) = &stop {
            stop.cancel();
        }
        stop.is_some()
    }

    /// How many haven't ended.
    pub fn running(&self) -> usize {
        self.lock().running
    }

    pub fn counts(&self) -> Counts {
        self.lock().counts
    }

    /// Waits until all have ended, their clean-up included.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time.
    #[costate::coroutine]
    pub fn until_all_have_ended(&self) {
        let mut changes = self.watch();
        while self.running() > 0 {
            // It fails if there are no changes any more, and they are ours.
            let _ = changes.changed().await;
        }
    }

    /// All of it, the newest first.
    pub fn report(&self) -> Value {
        let state = self.lock();
        let jobs: Vec<_> = state.entries.iter().rev().map(Entry::report).collect();
        let Counts {
            finished,
            cancelled,
            failed,
        } = state.counts;
        json!({
            "jobs": jobs,
            "running": state.running,
            "finished": finished,
            "cancelled": cancelled,
            "failed": failed,
        })
    }
}

impl State {
    /// Forgets the oldest that have ended.
    fn forget(&mut self) {
        let ended = self.entries.len() - self.running;
        for _ in REMEMBERED..ended {
            if let Some(oldest) = self.entries.iter().position(Entry::has_ended) {
                self.entries.remove(oldest);
            }
        }
    }
}

impl Entry {
    fn has_ended(&self) -> bool {
        matches!(self.stage, Stage::Ended { .. })
    }

    fn report(&self) -> Value {
        let (stage, detail, end) = match &self.stage {
            Stage::Waits => ("waits", Value::Null, Instant::now()),
            Stage::Runs => ("runs", Value::Null, Instant::now()),
            Stage::CleansUp => ("cleans up", Value::Null, Instant::now()),
            Stage::Ended { how, at } => (how.name(), how.detail(), *at),
        };
        let milliseconds = |since: Instant| end.duration_since(since).as_secs_f64() * 1e3;
        json!({
            "number": self.number,
            "who": self.who,
            "what": self.what,
            "stage": stage,
            "ended": self.has_ended(),
            "detail": detail,
            "backend": self.backend,
            "milliseconds": milliseconds(self.begun),
            "clean_up": self.cleans_up.map(milliseconds),
        })
    }
}

impl Job {
    pub fn number(&self) -> i64 {
        self.number
    }

    /// Ready when somebody asks it to end.
    pub fn stopped(&self) -> &CancelToken {
        &self.stop
    }

    /// It has a connection, to this process of the database.
    pub fn runs(&self, backend: i32) {
        self.change(|entry| {
            entry.backend = Some(backend);
            entry.stage = Stage::Runs;
        });
    }

    /// It was cancelled.
    pub fn cleans_up(&self) {
        self.change(|entry| {
            entry.stage = Stage::CleansUp;
            entry.cleans_up = Some(Instant::now());
        });
    }

    /// It has ended. What comes later changes nothing.
    pub fn end(&self, how: Ending) {
        let mut state = self.jobs.lock();
        let State {
            entries, counts, ..
        } = &mut *state;
        let entry = entries.iter_mut().rev();
        let mut entry = entry.filter(|entry| entry.number == self.number && !entry.has_ended());
        let Some(entry) = entry.next() else { return };
        let count = match how {
            Ending::Finished(_) => &mut counts.finished,
            Ending::Failed(_) => &mut counts.failed,
            _ => &mut counts.cancelled,
        };
        *count += 1;
        let at = Instant::now();
        entry.stage = Stage::Ended { how, at };
        state.running -= 1;
        state.forget();
        drop(state);
        self.jobs.changed();
    }

    fn change(&self, change: impl FnOnce(&mut Entry)) {
        let mut state = self.jobs.lock();
        let mut entries = state.entries.iter_mut().rev();
        if let Some(entry) = entries.find(|entry| entry.number == self.number) {
            change(entry);
        }
        drop(state);
        self.jobs.changed();
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.end(Ending::Failed("it ended without saying how".into()));
    }
}
