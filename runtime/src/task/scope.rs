//! Children that borrow.
//!
//! Input: a body that starts children. Output: the body's output, when all children have ended. Invariant: the children are polled in
//! place, by whoever polls the scope: a borrowing task that another thread runs can't be made sound, for its
//! handle may be forgotten.

use crate::future::Branch;
use crate::sync::oneshot;
use crate::{Coroutine, Frame, introduce};
use pin_project_lite::pin_project;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

/// Runs `body`, which may start children that borrow from outside of the scope, and waits for all of them.
///
/// The children run concurrently, not in parallel: all are part of this task, and polled by it in turn.
///
/// ```
/// use costate::task::scope;
/// use std::cell::Cell;
///
/// #[costate::coroutine]
/// fn add(sum: &std::sync::atomic::AtomicU32, n: u32) {
///     costate::task::yield_now().await;
///     sum.fetch_add(n, std::sync::atomic::Ordering::Relaxed);
/// }
///
/// #[costate::coroutine]
/// fn sum() -> u32 {
///     let sum = std::sync::atomic::AtomicU32::new(0);
///     scope(|scope| {
///         scope.spawn(add(&sum, 1));
///         scope.spawn(add(&sum, 2));
///         std::future::ready(())
///     }).await;
///     sum.into_inner()
/// }
///
/// assert_eq!(costate::block_on(sum()), 3);
/// ```
///
/// # Panics
///
/// A panic of a child or of the body is a panic of the scope; the others are dropped where they stand.
///
/// # Cancel safety
///
/// Dropping it drops the body and then the children, in the order in which they were started; cancelling it cancels them, together.
pub fn scope<'env, B, F>(body: B) -> Scoped<'env, F::IntoFuture>
where
    B: FnOnce(Scope<'env>) -> F,
    F: IntoFuture,
{
    let shared = Arc::new(Shared(Mutex::new(State {
        new: Vec::new(),
        waker: None,
        open: true,
    })));
    let scope = Scope {
        shared: Arc::clone(&shared),
    };
    Scoped {
        body: Branch::new(body(scope).into_future()),
        children: Vec::new(),
        close: Close(shared),
        polled: false,
    }
}

/// What children are started with. It may be cloned and given to them.
#[derive(Clone)]
pub struct Scope<'env> {
    shared: Arc<Shared<'env>>,
}

type Child<'env> = Pin<Box<dyn Branchlike + Send + 'env>>;

struct Shared<'env>(Mutex<State<'env>>);

struct State<'env> {
    /// Started, and not yet taken over by the scope.
    new: Vec<Child<'env>>,
    waker: Option<Waker>,
    /// Whether the scope is there.
    open: bool,
}

impl<'env> Shared<'env> {
    fn lock(&self) -> MutexGuard<'_, State<'env>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A branch without its type.
trait Branchlike {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;
    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame));
}

pin_project! {
    struct Spawned<F: Future> {
        #[pin]
        branch: Branch<F>,
        sender: Option<oneshot::Sender<F::Output>>,
    }
}

impl<F: Future> Branchlike for Spawned<F> {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        ready!(this.branch.as_mut().poll(cx));
        if let (Some(output), Some(sender)) = (this.branch.output(), this.sender.take()) {
            // Nobody need wait for it.
            drop(sender.send(output));
        }
        Poll::Ready(())
    }

    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.project().branch.poll_cancel(cx)
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        self.project().branch.trace(visit);
    }
}

impl<'env> Scope<'env> {
    /// Starts a child. It runs whether or not what is returned is awaited.
    ///
    /// After the end of the scope the child is dropped, and never runs.
    pub fn spawn<F>(&self, future: F) -> Spawn<F::Output>
    where
        F: IntoFuture,
        F::IntoFuture: Send + 'env,
        F::Output: Send + 'env,
    {
        let (sender, receiver) = oneshot::channel();
        let child: Child<'env> = Box::pin(Spawned {
            branch: Branch::new(future.into_future()),
            sender: Some(sender),
        });
        let mut state = self.shared.lock();
        let late = if state.open {
            state.new.push(child);
            None
        } else {
            Some(child)
        };
        let waker = state.waker.take();
        drop(state);
        drop(late);
        if let Some(waker) = waker {
            waker.wake();
        }
        Spawn(receiver)
    }
}

impl fmt::Debug for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

/// The output of a child of a [`scope`], as a future. Dropping it leaves the child alone.
///
/// # Panics
///
/// Awaiting it panics if the scope has ended before the child.
///
/// # Cancel safety
///
/// It may be polled and left as often as one likes.
pub struct Spawn<T>(oneshot::Receiver<T>);

impl<T> Future for Spawn<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        match ready!(Pin::new(&mut self.0).poll(cx)) {
            Ok(output) => Poll::Ready(output),
            Err(_) => panic!("the scope of an awaited child has ended"),
        }
    }
}

impl<T> fmt::Debug for Spawn<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spawn").finish_non_exhaustive()
    }
}

pin_project! {
    /// The future of [`scope`].
    #[must_use = "futures do nothing unless they are awaited"]
    pub struct Scoped<'env, F: Future> {
        #[pin]
        body: Branch<F>,
        children: Vec<Child<'env>>,
        close: Close<'env>,
        polled: bool,
    }
}

/// Sees to it that nothing is started any more, and drops what was started last.
struct Close<'env>(Arc<Shared<'env>>);

impl<'env> Close<'env> {
    fn close(&self) -> Vec<Child<'env>> {
        let mut state = self.0.lock();
        state.open = false;
        let (new, waker) = (mem::take(&mut state.new), state.waker.take());
        drop(state);
        drop(waker);
        new
    }
}

impl Drop for Close<'_> {
    fn drop(&mut self) {
        drop(self.close());
    }
}

impl<F: Future> Future for Scoped<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        if !mem::replace(self.as_mut().project().polled, true) {
            introduce::introduce(self.as_mut());
        }
        let mut this = self.project();
        let mut waker = Some(cx.waker().clone());
        loop {
            let body = this.body.as_mut().poll(cx);
            this.children
                .retain_mut(|child| child.as_mut().poll(cx).is_pending());
            let mut state = this.close.0.lock();
            if state.new.is_empty() {
                if body.is_pending() || !this.children.is_empty() {
                    let old = mem::replace(&mut state.waker, waker.take());
                    drop(state);
                    drop(old);
                    return Poll::Pending;
                }
                drop(state);
                let output = this.body.output();
                return Poll::Ready(output.expect("a scope was polled after it was ready"));
            }
            this.children.append(&mut state.new);
        }
    }
}

impl<F: Future> Coroutine for Scoped<'_, F> {
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        // They were never polled, and have nothing to clean up.
        drop(this.close.close());
        let body = this.body.poll_cancel(cx);
        this.children
            .retain_mut(|child| child.as_mut().poll_cancel(cx).is_pending());
        match this.children.is_empty() {
            true => body,
            false => Poll::Pending,
        }
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        let this = self.project();
        this.body.trace(visit);
        for child in this.children {
            child.as_mut().trace(visit);
        }
    }
}

impl<F: Future> fmt::Debug for Scoped<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scoped").finish_non_exhaustive()
    }
}
