//! Sockets and other descriptors that the reactor watches.
//!
//! Input: anything pollable that doesn't block. Output: operations that wait until they don't. Invariant: it is
//! deregistered before it is closed.

use crate::reactor::source::{Place, Seen};
use crate::reactor::{Direction, Pollable, Reactor, Ready, Source};
use crate::scheduler::context;
use std::future::Future;
use std::io;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// Whether an operation that succeeded has shown that the next one would block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    MoreMayCome,
    /// It did less than it was asked to: a short read or write.
    Drained,
}

impl After {
    /// What `done` of `asked` bytes tell. No bytes at all are an end, not a shortage.
    pub(crate) fn transfer(done: usize, asked: usize) -> Self {
        if 0 < done && done < asked {
            After::Drained
        } else {
            After::MoreMayCome
        }
    }
}

/// Something pollable, registered for as long as it lives.
pub struct Registered<T: Pollable> {
    io: T,
    source: Arc<Source>,
    reactor: Arc<Reactor>,
}

impl<T: Pollable> Registered<T> {
    /// Registers `io`, which must not block, with the current runtime.
    ///
    /// # Errors
    ///
    /// If there is no runtime on this thread, or the system has no room for more.
    pub(crate) fn new(io: T, ready: Ready) -> io::Result<Self> {
        let driver = crate::scheduler::driver().ok_or_else(|| {
            io::Error::other("there is no costate runtime on this thread to watch the socket")
        })?;
        let reactor = Arc::clone(&driver.reactor);
        let source = reactor.register(&io, ready)?;
        Ok(Registered {
            io,
            source,
            reactor,
        })
    }

    pub(crate) fn get(&self) -> &T {
        &self.io
    }

    /// Watches it no more.
    pub(crate) fn into_inner(self) -> T {
        self.reactor.deregister(&self.io, &self.source);
        let this = ManuallyDrop::new(self);
        // SAFETY: each is moved out once: the struct around them isn't dropped.
        let (io, source, reactor) = unsafe {
            (
                std::ptr::read(&raw const this.io),
                std::ptr::read(&raw const this.source),
                std::ptr::read(&raw const this.reactor),
            )
        };
        drop((source, reactor));
        io
    }

    /// Calls `operation` until it doesn't block, for a caller that has the direction to itself.
    pub(crate) fn poll_only<R>(
        &self,
        direction: Direction,
        cx: &Context<'_>,
        operation: impl FnMut(&T) -> io::Result<(R, After)>,
    ) -> Poll<io::Result<R>> {
        self.poll(
            direction,
            cx,
            |cx| self.source.poll_only(direction, cx),
            operation,
        )
    }

    /// As [`Registered::poll_only`], for a caller that is one of several.
    pub(crate) fn shared<R, O>(&self, direction: Direction, operation: O) -> Shared<'_, T, O>
    where
        O: FnMut(&T) -> io::Result<R> + Unpin,
    {
        Shared {
            registered: self,
            direction,
            operation,
            place: Place::default(),
        }
    }

    fn poll<R>(
        &self,
        direction: Direction,
        cx: &Context<'_>,
        mut wait: impl FnMut(&Context<'_>) -> Poll<Seen>,
        mut operation: impl FnMut(&T) -> io::Result<(R, After)>,
    ) -> Poll<io::Result<R>> {
        ready!(context::poll_budget(cx));
        loop {
            let Poll::Ready(seen) = wait(cx) else {
                self.reactor.rearm(&self.io, &self.source)?;
                return Poll::Pending;
            };
            if seen.ready().contains(Ready::SHUTDOWN) {
                return Poll::Ready(Err(io::Error::other("the socket's runtime has ended")));
            }
            match operation(&self.io) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.source.clear(direction, seen);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Err(error)),
                Ok((value, after)) => {
                    self.succeeded(direction, seen, after);
                    return Poll::Ready(Ok(value));
                }
            }
        }
    }

    /// Saves the call that would say "would block", where the end of a stream is reported apart.
    fn succeeded(&self, direction: Direction, seen: Seen, after: After) {
        context::spend();
        let known = cfg!(all(
            any(target_os = "linux", target_os = "android"),
            not(costate_portable)
        ));
        let ended = direction == Direction::Read && seen.ready().contains(Ready::READ_CLOSED);
        if after == After::Drained && known && !ended {
            self.source.clear(direction, seen);
        }
    }
}

impl<T: Pollable> Drop for Registered<T> {
    fn drop(&mut self) {
        self.reactor.deregister(&self.io, &self.source);
    }
}

/// The future of an operation that several may wait for at once.
pub(crate) struct Shared<'a, T: Pollable, O> {
    registered: &'a Registered<T>,
    direction: Direction,
    operation: O,
    place: Place,
}

impl<T: Pollable, R, O: FnMut(&T) -> io::Result<R> + Unpin> Future for Shared<'_, T, O> {
    type Output = io::Result<R>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Shared {
            registered,
            direction,
            operation,
            place,
        } = self.get_mut();
        registered.poll(
            *direction,
            cx,
            |cx| registered.source.poll_shared(*direction, place, cx),
            |io| operation(io).map(|value| (value, After::MoreMayCome)),
        )
    }
}

impl<T: Pollable, O> Drop for Shared<'_, T, O> {
    fn drop(&mut self) {
        self.registered
            .source
            .leave(self.direction, &mut self.place);
    }
}
