//! Events that tests make up, for schedules that are chosen by a model checker: no system call blocks, and no time passes.

use super::{Heard, Ready};
use crate::shim::threads::{Condvar, Mutex, MutexGuard};
use std::io;
use std::mem;
use std::os::fd::AsFd;
use std::sync::PoisonError;
use std::time::Duration;

/// What can be registered.
pub trait Pollable: AsFd {}
impl<T: AsFd> Pollable for T {}

#[derive(Default)]
pub(super) struct Selector {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    events: Vec<(usize, Ready)>,
    interrupted: bool,
}

#[derive(Default)]
pub(crate) struct Events(Vec<(usize, Ready)>);

impl Selector {
    pub(super) const REARMS: bool = false;

    #[allow(clippy::unnecessary_wraps, reason = "the real ones may fail")]
    pub(super) fn new() -> io::Result<Self> {
        Ok(Selector::default())
    }

    #[allow(clippy::unnecessary_wraps, clippy::unused_self, reason = "as above")]
    pub(super) fn add(&self, _: &impl Pollable, _: usize) -> io::Result<()> {
        Ok(())
    }

    #[allow(clippy::unnecessary_wraps, clippy::unused_self, reason = "as above")]
    pub(super) fn remove(&self, _: &impl Pollable) -> io::Result<()> {
        Ok(())
    }

    #[allow(clippy::unnecessary_wraps, clippy::unused_self, reason = "as above")]
    pub(super) fn rearm(&self, _: &impl Pollable, _: usize, _: Ready) -> io::Result<()> {
        Ok(())
    }

    /// Waits for an event or an interrupt, however long `timeout` is unless it is nothing.
    #[allow(clippy::unnecessary_wraps, reason = "as above")]
    pub(super) fn wait(&self, timeout: Option<Duration>, events: &mut Events) -> io::Result<Heard> {
        let mut state = self.lock();
        while state.events.is_empty() && !state.interrupted && timeout != Some(Duration::ZERO) {
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let interrupted = mem::take(&mut state.interrupted);
        events.0 = mem::take(&mut state.events);
        Ok(Heard::of(events.0.len() + usize::from(interrupted)))
    }

    pub(super) fn interrupt(&self) {
        self.lock().interrupted = true;
        self.changed.notify_one();
    }

    /// Makes an event.
    pub(super) fn report(&self, key: usize, ready: Ready) {
        self.lock().events.push((key, ready));
        self.changed.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keys of what is ready, and how.
pub(super) fn iter(events: &Events) -> impl Iterator<Item = (usize, Ready)> {
    events.0.iter().copied()
}
