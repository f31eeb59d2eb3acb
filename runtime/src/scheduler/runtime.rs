//! The runtime as its owner has it, and how it is made.

use super::handle::Handle;
use super::local::Local;
use super::many::{Many, Remote};
use super::pool::{Limits, Pool};
use super::shared::{Kind, One, Shared};
use super::stealing::{ROOM, Stealing};
use super::worker::{Core, Role, Worker};
use super::{CLEAN_UP, GRACE, context};
use crate::driver::Driver;
use crate::shim::threads::{AtomicBool, thread};
use crate::task::{Task, TaskRef};
use std::fmt;
use std::future::Future;
use std::io;
use std::num::NonZeroUsize;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A runtime: threads that run tasks, timers, the watch over sockets, a pool for code that blocks.
///
/// Dropping it ends it as [`shutdown`](Runtime::shutdown) does, with five seconds of grace, or what
/// [`Builder::grace`] says.
///
/// It belongs to the process that made it. A child of `fork` has none of its threads and shares its descriptors: there
/// [`block_on`](Runtime::block_on) panics, what was spawned doesn't go on, and new sockets are errors; dropping what there is changes
/// nothing for the parent.
///
/// ```
/// use costate::Runtime;
///
/// let runtime = Runtime::new()?;
/// let task = runtime.spawn(std::future::ready(20));
/// let sum = runtime.block_on(std::future::poll_fn(|_| std::task::Poll::Ready(22)));
/// assert_eq!(sum + runtime.block_on(task), 42);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Runtime {
    handle: Handle,
}

impl Runtime {
    /// A runtime with a worker thread for each core.
    ///
    /// # Errors
    ///
    /// If the system has no room for its descriptors or threads.
    pub fn new() -> io::Result<Self> {
        Runtime::builder().build()
    }

    /// A runtime without threads of its own: tasks run while somebody is in [`block_on`](Runtime::block_on), on that thread.
    ///
    /// # Errors
    ///
    /// If the system has no room for its descriptors.
    pub fn current_thread() -> io::Result<Self> {
        Runtime::builder().current_thread().build()
    }

    /// How to make a runtime that is set up in another way.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Runs `future` on this thread until it is ready. Tasks go on running afterwards; only those of
    /// [`spawn_local`](crate::spawn_local()) that belong to this thread are cancelled when it returns.
    ///
    /// In a runtime with threads of its own the future runs beside the tasks. In one without, it and the tasks take
    /// turns; a second call from another thread waits until the first has returned.
    ///
    /// # Panics
    ///
    /// If this thread runs tasks already, of this runtime or another; if `future` panics; and in a process that was forked after
    /// the runtime was made.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.handle.block_on(future)
    }

    /// Starts a task. Dropping the handle cancels it.
    pub fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.handle.spawn(future)
    }

    /// Runs `code` on a thread where it may block: see [`spawn_blocking`](crate::spawn_blocking).
    pub fn spawn_blocking<F, T>(&self, code: F) -> Task<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        self.handle.spawn_blocking(code)
    }

    /// What other threads spawn tasks with.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Ends the runtime: cancels all tasks and waits, but no longer than `grace`, until they have cleaned up; then drops those that
    /// are left where they stand. Returns when its threads have ended.
    ///
    /// What is spawned meanwhile, or later through a [`Handle`], is cancelled at once. Code that blocks is waited for as
    /// long, if it has begun; if it hasn't it is dropped. A task that never suspends and code that doesn't return can't be
    /// stopped: their threads are left to themselves. The same is true if it is called from a thread of this
    /// very runtime: then it doesn't wait.
    pub fn shutdown(self, grace: Duration) {
        let deadline = Instant::now() + grace;
        self.handle.0.shutdown(deadline);
        // The drop finds nothing left to do.
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        let grace = self.handle.0.grace;
        self.handle.0.shutdown(Instant::now() + grace);
    }
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runtime").finish_non_exhaustive()
    }
}

/// How a [`Runtime`] is set up.
///
/// ```
/// use costate::Runtime;
///
/// let runtime = Runtime::builder().threads(2).thread_name("worker").build()?;
/// let task = runtime.spawn(std::future::ready(42));
/// assert_eq!(runtime.block_on(task), 42);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `build`"]
pub struct Builder {
    threads: Threads,
    name: String,
    stack: Option<usize>,
    blocking: Limits,
    grace: Duration,
    paused: bool,
    clean_up: Duration,
}

#[derive(Clone, Copy, Debug)]
enum Threads {
    Cores,
    Number(usize),
    None,
}

impl Default for Builder {
    fn default() -> Self {
        Builder {
            threads: Threads::Cores,
            name: "costate".to_owned(),
            stack: None,
            blocking: Limits::default(),
            grace: GRACE,
            paused: false,
            clean_up: CLEAN_UP,
        }
    }
}

impl Builder {
    /// How many worker threads there are. If nothing is said, one for each core.
    ///
    /// # Panics
    ///
    /// If it is zero: for that say [`current_thread`](Builder::current_thread).
    pub fn threads(mut self, number: usize) -> Self {
        assert!(number > 0, "a runtime has at least one thread");
        self.threads = Threads::Number(number);
        self
    }

    /// No threads: the one that calls [`block_on`](Runtime::block_on) runs the tasks.
    pub fn current_thread(mut self) -> Self {
        self.threads = Threads::None;
        self
    }

    /// What its threads are called. A number follows.
    pub fn thread_name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// How large the stacks of the worker threads are, in bytes.
    pub fn thread_stack_size(mut self, bytes: usize) -> Self {
        self.stack = Some(bytes);
        self
    }

    /// How many threads there may be for code that blocks. If nothing is said, 512.
    ///
    /// # Panics
    ///
    /// If it is zero.
    pub fn max_blocking_threads(mut self, number: usize) -> Self {
        assert!(number > 0, "code that blocks needs a thread");
        self.blocking.threads = number;
        self
    }

    /// How long such a thread stays when it has nothing to do. If nothing is said, ten seconds.
    pub fn blocking_keep_alive(mut self, time: Duration) -> Self {
        self.blocking.keep = time;
        self
    }

    /// How long clean-up may take at the end: that of all tasks when the runtime is dropped, that of local ones when
    /// [`block_on`](Runtime::block_on) returns. If nothing is said, five seconds.
    pub fn grace(mut self, time: Duration) -> Self {
        self.grace = time;
        self
    }

    /// Whether the clock is [paused](crate::time::pause) from the beginning, for tests.
    ///
    /// ```
    /// use costate::Runtime;
    /// use costate::time::{Duration, sleep};
    ///
    /// let begun = std::time::Instant::now();
    /// let runtime = Runtime::builder().threads(2).start_paused(true).build()?;
    /// runtime.block_on(sleep(Duration::from_secs(3600)));
    /// assert!(begun.elapsed() < Duration::from_secs(60));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn start_paused(mut self, paused: bool) -> Self {
        self.paused = paused;
        self
    }

    /// How long clean-up after a cancellation may take: that of a task, of what has lost a `race` or `select!`, or is late for a
    /// `timeout`. What takes longer is dropped where it stands, and counted in [`clean_ups`](crate::cancel::clean_ups). If nothing
    /// is said, thirty seconds.
    pub fn clean_up_limit(mut self, time: Duration) -> Self {
        self.clean_up = time;
        self
    }

    /// Makes the runtime.
    ///
    /// # Errors
    ///
    /// If the system has no room for its descriptors or threads.
    pub fn build(&self) -> io::Result<Runtime> {
        let number = match self.threads {
            Threads::None => {
                let shared = self.shared(1, |driver| Kind::One(One::new(driver)))?;
                return Ok(Runtime {
                    handle: Handle(shared),
                });
            }
            Threads::Number(number) => number,
            Threads::Cores => std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
        };
        let queues: Vec<st3::fifo::Worker<TaskRef>> =
            (0..number).map(|_| st3::fifo::Worker::new(ROOM)).collect();
        let shared = self.shared(number, |driver| {
            let remotes = queues.iter().map(|queue| Remote {
                stealer: queue.stealer(),
                local: Local::new(driver),
            });
            Kind::Many(Many::new(remotes.collect()))
        })?;
        // Dropped on the way out if a thread can't be had, which ends those that there are.
        let runtime = Runtime {
            handle: Handle(Arc::clone(&shared)),
        };
        for (index, queue) in queues.into_iter().enumerate() {
            let started = self.start(&shared, index, queue);
            if let Err(error) = started {
                (index..number).for_each(|_| shared.many().worker_is_gone());
                return Err(error);
            }
        }
        Ok(runtime)
    }

    pub(super) fn shared(
        &self,
        workers: usize,
        kind: impl FnOnce(&Arc<Driver>) -> Kind,
    ) -> io::Result<Arc<Shared>> {
        let driver = Arc::new(Driver::new(workers)?);
        if self.paused {
            let paused = driver.pause();
            debug_assert_eq!(paused, Ok(()), "it is new");
        }
        let pool = Pool::new(
            self.blocking.clone(),
            format!("{}-blocking", self.name),
            Some(Arc::clone(&driver)),
        );
        let shared = Arc::new(Shared {
            kind: kind(&driver),
            driver,
            pool,
            grace: self.grace,
            clean_up: self.clean_up,
            ended: AtomicBool::new(false),
        });
        shared.pool.belongs_to(Arc::downgrade(&shared));
        Ok(shared)
    }

    fn start(
        &self,
        shared: &Arc<Shared>,
        index: usize,
        queue: st3::fifo::Worker<TaskRef>,
    ) -> io::Result<()> {
        let mut thread = thread::Builder::new().name(format!("{}-{index}", self.name));
        if let Some(bytes) = self.stack {
            thread = thread.stack_size(bytes);
        }
        let shared = Arc::clone(shared);
        let theirs = Arc::clone(&shared);
        let thread = thread.spawn(move || work(&theirs, index, queue))?;
        shared.many().keep(thread);
        Ok(())
    }
}

/// What a worker thread does.
fn work(shared: &Arc<Shared>, index: usize, queue: st3::fifo::Worker<TaskRef>) {
    let many = shared.many();
    let local = Arc::clone(&many.remotes[index].local);
    let role = Role::OneOf(Stealing::new(index, queue));
    let worker = Rc::new(Worker::new(
        Arc::clone(shared),
        local,
        role,
        Core::default(),
    ));
    let entered = context::enter(context::Context {
        shared: Arc::clone(shared),
        worker: Some(Rc::clone(&worker)),
    });
    worker.run_one_of();
    worker.local.park.leave();
    drop(entered);
    many.worker_is_gone();
}
