//! What spawns tasks on a runtime from anywhere.

use super::context::{self, Context, Entered};
use super::shared::Shared;
use super::worker::Whom;
use crate::task::Task;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

/// A reference to a [`Runtime`](crate::Runtime), for any thread. It doesn't keep the runtime from ending.
///
/// ```
/// use costate::{Handle, Runtime};
///
/// let runtime = Runtime::current_thread()?;
/// let handle = runtime.handle().clone();
/// let task = std::thread::spawn(move || handle.spawn(std::future::ready(42))).join().unwrap();
/// assert_eq!(runtime.block_on(task), 42);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
pub struct Handle(pub(super) Arc<Shared>);

impl Handle {
    /// The handle of this thread's runtime.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[must_use]
    pub fn current() -> Self {
        Handle::try_current().expect(super::NO_RUNTIME)
    }

    /// The handle of this thread's runtime, if there is one.
    #[must_use]
    pub fn try_current() -> Option<Self> {
        context::current().map(|context| Handle(context.shared))
    }

    /// Starts a task. Dropping what is returned cancels it. When the runtime has ended it is cancelled at once.
    pub fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.0.spawn(future)
    }

    /// Runs `code` on a thread where it may block: see [`spawn_blocking`](crate::spawn_blocking).
    pub fn spawn_blocking<F, T>(&self, code: F) -> Task<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        self.0.spawn_blocking(code)
    }

    /// Runs `future` on this thread: see [`Runtime::block_on`](crate::Runtime::block_on).
    ///
    /// # Panics
    ///
    /// As for [`Runtime::block_on`](crate::Runtime::block_on).
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(future, Whom::Bound)
    }

    /// Makes this thread one of the runtime's, until what is returned is dropped: one may spawn there, and make sockets and
    /// timers, though not run tasks.
    ///
    /// # Panics
    ///
    /// If this thread runs tasks.
    pub fn enter(&self) -> Enter<'_> {
        context::assert_free();
        Enter {
            _entered: context::enter(Context {
                shared: Arc::clone(&self.0),
                worker: None,
            }),
            life: PhantomData,
        }
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").finish_non_exhaustive()
    }
}

/// See [`Handle::enter`]. Drop several in the reverse order.
#[must_use = "the thread leaves the runtime when it is dropped"]
pub struct Enter<'a> {
    _entered: Entered,
    /// It stays on its thread.
    life: PhantomData<(&'a Handle, *const ())>,
}

impl fmt::Debug for Enter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enter").finish_non_exhaustive()
    }
}
