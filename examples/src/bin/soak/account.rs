//! What a process has: memory, descriptors, threads. And whether it goes on at all.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;
use std::{fs, process, thread};

/// How many bytes may be kept for another time: thread-locals, buffers of the standard library.
pub const SLACK: usize = 64 * 1024;
/// How long one step may take.
const LONGEST: Duration = Duration::from_secs(60);

/// The system's allocator, which counts.
pub struct Counted;

static BYTES: AtomicUsize = AtomicUsize::new(0);

// SAFETY: all is the system's.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        BYTES.fetch_add(layout.size(), Relaxed);
        // SAFETY: the caller keeps to the same contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        BYTES.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller keeps to the same contract.
        unsafe { System.dealloc(place, layout) }
    }
}

/// What there is at one moment, when no runtime is.
#[derive(Debug)]
pub struct Account {
    pub bytes: usize,
    descriptors: usize,
    threads: usize,
}

impl Account {
    pub fn take() -> Self {
        Account {
            bytes: BYTES.load(Relaxed),
            descriptors: descriptors(),
            threads: entries("/proc/self/task"),
        }
    }

    /// Nothing but memory may be more than `before`.
    pub fn check(&self, before: &Account) -> Result<(), String> {
        let living = crate::work::living();
        if living > 0 || self.descriptors > before.descriptors || self.threads > before.threads {
            return Err(format!("{living} guards live; {before:?} became {self:?}"));
        }
        Ok(())
    }
}

/// How many there are, or 0 where nobody can tell.
pub fn descriptors() -> usize {
    entries("/proc/self/fd")
}

fn entries(folder: &str) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

/// Ends the process when one step takes too long.
pub struct Watch(Sender<String>);

impl Watch {
    pub fn start() -> Self {
        let (begin, begun) = channel::<String>();
        thread::spawn(move || {
            let mut step = String::from("the start");
            loop {
                match begun.recv_timeout(LONGEST) {
                    Ok(next) => step = next,
                    Err(RecvTimeoutError::Timeout) => {
                        eprintln!("{step} hangs");
                        process::abort();
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Watch(begin)
    }

    pub fn begin(&self, step: String) {
        // It is there as long as this is.
        let _ = self.0.send(step);
    }
}
