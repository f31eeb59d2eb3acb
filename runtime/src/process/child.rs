//! A child: a program that was started.

use super::exit::Running;
use super::finish::Finish;
use super::pipe::{ChildStderr, ChildStdin, ChildStdout};
use super::reap::{self, Hold, OnDrop};
use crate::Coroutine;
use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::process::{self, ExitStatus, Output};
use std::task::{Context, Poll, ready};

/// A program that was started by a [`Command`](super::Command). **Dropping it kills it**, unless
/// [`kill_on_drop(false)`](super::Command::kill_on_drop) was said.
///
/// ```
/// use costate::process::Command;
/// use costate::time::{Duration, sleep};
///
/// #[costate::coroutine]
/// fn for_a_moment() -> std::io::Result<()> {
///     let mut child = Command::new("sleep").arg("1000").spawn()?;
///     select! {
///         status = child.wait() => println!("it has ended: {}", status?),
///         () = sleep(Duration::from_millis(1)) => child.kill().await?,
///     }
///     Ok(())
/// }
///
/// costate::block_on(for_a_moment())?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Cancel safety
///
/// Whoever drops it waits for nothing: the child was sent `SIGKILL` when the drop returns, and a thread in the background waits for it, so
/// that it doesn't stay a zombie. If the coroutine or future that holds it is *cancelled* (its task is, or it has lost a `select!` or `race`,
/// or was late for a `timeout`), then that isn't over before the child is gone.
pub struct Child {
    /// What it reads, if that is a pipe. Take it to write there and to wait for the child at the same time.
    pub stdin: Option<ChildStdin>,
    /// What it writes, if that goes to a pipe.
    pub stdout: Option<ChildStdout>,
    /// What it reports, if that goes to a pipe.
    pub stderr: Option<ChildStderr>,
    /// `None` only while it is dropped, or given to somebody else.
    running: Option<Running>,
    on_drop: OnDrop,
}

impl Child {
    /// Takes over a child that has just been started. If that fails, it is killed.
    pub(super) fn new(mut child: process::Child, on_drop: OnDrop) -> io::Result<Self> {
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let running = Running::new(child).map_err(|(error, mut child)| {
            // Ready soon: it has just been started, and is killed.
            let _ = child.kill();
            let _ = child.wait();
            error
        })?;
        // Whole from here on, so that an error kills it.
        let mut child = Child {
            stdin: None,
            stdout: None,
            stderr: None,
            running: Some(running),
            on_drop: OnDrop::Kill,
        };
        child.stdin = stdin.map(ChildStdin::from_std).transpose()?;
        child.stdout = stdout.map(ChildStdout::from_std).transpose()?;
        child.stderr = stderr.map(ChildStderr::from_std).transpose()?;
        child.on_drop = on_drop;
        Ok(child)
    }

    fn running(&mut self) -> &mut Running {
        self.running.as_mut().expect("it is there until the drop")
    }

    /// The number that the system has given it. When it has been waited for the number may be another's.
    #[must_use]
    pub fn id(&self) -> u32 {
        let running = self.running.as_ref();
        running.expect("it is there until the drop").child.id()
    }

    /// Closes its standard input, if that is here, and waits until it has ended.
    ///
    /// # Errors
    ///
    /// Whatever the system reports (`ECHILD`, if somebody else has waited for it), and if the runtime has ended on which it was started.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time, which gives up waiting, and be called again, also when it has ended. Where it loses a `select!` the
    /// child runs on.
    pub fn wait(&mut self) -> impl Future<Output = io::Result<ExitStatus>> + Send + use<'_> {
        drop(self.stdin.take());
        poll_fn(move |cx| self.poll_wait(cx))
    }

    pub(super) fn poll_wait(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<ExitStatus>> {
        self.running().poll_wait(cx)
    }

    /// Whether it has ended, and how. Doesn't wait.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        self.running().child.try_wait()
    }

    /// Closes its standard input, and waits until it has ended; gives what it wrote meanwhile to those of its outputs that are here.
    ///
    /// # Errors
    ///
    /// As for [`wait`](Child::wait), and what reading reports.
    ///
    /// # Cancel safety
    ///
    /// It owns the child. Cancelling it kills the child and waits until it is gone; dropping it drops the child. What was read is lost.
    pub fn wait_with_output(
        mut self,
    ) -> impl Coroutine<Output = io::Result<Output>> + Send + use<> {
        drop(self.stdin.take());
        Finish::new(Ok(self), |output| output)
    }

    /// Kills it, and waits until it is gone. No error if it has ended before.
    ///
    /// # Errors
    ///
    /// Whatever the system reports (it may have become another user's), and as for [`wait`](Child::wait).
    ///
    /// # Cancel safety
    ///
    /// It is killed by the call, not by the first poll. Dropping the future gives up waiting.
    pub fn kill(&mut self) -> impl Future<Output = io::Result<()>> + Send + use<'_> {
        let mut killed = self.start_kill();
        let mut hold = Hold::new();
        poll_fn(move |cx| {
            std::mem::replace(&mut killed, Ok(()))?;
            let gone = ready!(self.poll_wait(cx));
            drop(hold.take());
            Poll::Ready(gone.map(drop))
        })
    }

    /// Kills it, by `SIGKILL`, and doesn't wait. No error if it has ended before.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn start_kill(&mut self) -> io::Result<()> {
        self.running().child.kill()
    }

    /// Lets it run on by itself. As long as this thread's runtime runs, the system is told when nobody needs its exit status any more.
    pub fn detach(mut self) {
        self.on_drop = OnDrop::LetRun;
    }

    /// What is to be waited for when it is killed on the way out. `None`: it was said that it runs on.
    pub(super) fn leave(mut self) -> Option<Running> {
        match self.on_drop {
            OnDrop::Kill => self.running.take(),
            OnDrop::LetRun => None,
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            reap::leave(running, self.on_drop);
        }
    }
}

impl fmt::Debug for Child {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Child")
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}
