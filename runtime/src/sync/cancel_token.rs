//! A wish to end that many can hear.

use super::monitor::{Monitor, Place};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};

/// Tells tasks that they should end. It is one wish with many holders: clones are the same token.
///
/// It asks and doesn't force: whoever waits for [`cancelled`](CancelToken::cancelled) ends by itself. (To end a task from the outside drop its
/// [`Task`](crate::Task).) A [child](CancelToken::child_token) is cancelled with its parent, and not the other way round.
///
/// ```
/// use costate::sync::CancelToken;
///
/// #[costate::coroutine]
/// fn serve(stop: CancelToken) -> &'static str {
///     stop.cancelled().await;
///     "stopped"
/// }
///
/// #[costate::coroutine]
/// fn example() -> &'static str {
///     let stop = CancelToken::new();
///     let server = costate::spawn(serve(stop.child_token()));
///     stop.cancel();
///     server.await
/// }
///
/// assert_eq!(costate::block_on(example()), "stopped");
/// ```
#[derive(Clone)]
pub struct CancelToken(Arc<Shared>);

type Shared = Monitor<State>;

#[derive(Default)]
struct State {
    cancelled: bool,
    children: Vec<Weak<Shared>>,
    /// At how many children those that are gone are looked for.
    full: usize,
}

impl CancelToken {
    /// A token that nobody has cancelled.
    #[must_use]
    pub fn new() -> Self {
        CancelToken(Arc::new(Monitor::new(State::default())))
    }

    /// A token that is cancelled with this one, or before.
    #[must_use]
    pub fn child_token(&self) -> Self {
        let child = CancelToken::new();
        let orphan = self.0.change(|state, _| {
            if state.cancelled {
                return true;
            }
            if state.children.len() >= state.full {
                state.children.retain(|child| child.strong_count() > 0);
                state.full = (2 * state.children.len()).max(8);
            }
            state.children.push(Arc::downgrade(&child.0));
            false
        });
        if orphan {
            child.cancel();
        }
        child
    }

    /// Cancels this token and its children, and wakes all who wait for that. Again it does nothing.
    pub fn cancel(&self) {
        let mut left = vec![Arc::clone(&self.0)];
        while let Some(token) = left.pop() {
            let children = token.change(|state, waiters| {
                state.cancelled = true;
                waiters.wake_all();
                std::mem::take(&mut state.children)
            });
            left.extend(children.iter().filter_map(Weak::upgrade));
        }
    }

    /// Whether it has been cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.look(|state| state.cancelled)
    }

    /// Waits until it is cancelled.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time.
    pub fn cancelled(&self) -> Cancelled<'_> {
        Cancelled {
            token: self,
            place: Place::default(),
        }
    }

    /// Cancels the token when the guard is dropped.
    #[must_use = "the token is cancelled when the guard is dropped"]
    pub fn drop_guard(self) -> DropGuard {
        DropGuard(Some(self))
    }
}

impl Default for CancelToken {
    fn default() -> Self {
        CancelToken::new()
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelToken")
            .field("is_cancelled", &self.is_cancelled())
            .finish()
    }
}

/// The future of [`CancelToken::cancelled`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct Cancelled<'a> {
    token: &'a CancelToken,
    place: Place,
}

impl Future for Cancelled<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Cancelled { token, place } = self.get_mut();
        token
            .0
            .poll(place, cx, |state, _| state.cancelled.then_some(()))
    }
}

impl Drop for Cancelled<'_> {
    fn drop(&mut self) {
        self.token.0.leave(&mut self.place, |_, _, _| {});
    }
}

impl fmt::Debug for Cancelled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cancelled").field(self.token).finish()
    }
}

/// Cancels its token when it is dropped: see [`CancelToken::drop_guard`].
#[derive(Debug)]
pub struct DropGuard(Option<CancelToken>);

impl DropGuard {
    /// Gives the token back, which isn't cancelled then.
    ///
    /// # Panics
    ///
    /// Never: a guard has its token until it is dropped.
    #[must_use]
    pub fn disarm(mut self) -> CancelToken {
        self.0.take().expect("it is there until the drop")
    }
}

impl Drop for DropGuard {
    fn drop(&mut self) {
        if let Some(token) = self.0.take() {
            token.cancel();
        }
    }
}
