//! How the end of a child is heard of.
//!
//! Input: a child. Output: its exit status, once it has ended; then nothing is left of it (it was reaped). Invariant: nothing that happens
//! after somebody has begun to wait is missed.

use crate::io::{After, Registered};
use crate::reactor::{Direction, Ready};
use crate::signal::Signal;
use signal_hook::consts::SIGCHLD;
use std::io;
use std::os::fd::OwnedFd;
use std::process::{Child, ExitStatus};
use std::task::{Context, Poll, ready};

/// A child that was started here, and what tells of its end.
pub(super) struct Running {
    pub(super) child: Child,
    told: Told,
}

enum Told {
    /// By a descriptor that can be read when it has ended.
    Pidfd(Registered<OwnedFd>),
    /// By a signal, as for any child.
    Signal(Signal),
}

impl Running {
    /// # Errors
    ///
    /// With the child, if there is nothing that could tell.
    pub(super) fn new(child: Child) -> Result<Self, (io::Error, Child)> {
        match Told::of(&child) {
            Ok(told) => Ok(Running { child, told }),
            Err(error) => Err((error, child)),
        }
    }

    pub(super) fn poll_wait(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<ExitStatus>> {
        let child = &mut self.child;
        match &mut self.told {
            Told::Pidfd(pidfd) => {
                pidfd.poll_only(Direction::Read, cx, |_| match child.try_wait()? {
                    Some(status) => Ok((status, After::MoreMayCome)),
                    None => Err(io::ErrorKind::WouldBlock.into()),
                })
            }
            Told::Signal(signal) => loop {
                if let Some(status) = child.try_wait()? {
                    return Poll::Ready(Ok(status));
                }
                // One that came since is there to be read.
                ready!(signal.poll(cx))?;
            },
        }
    }
}

impl Told {
    fn of(child: &Child) -> io::Result<Self> {
        match pidfd(child)? {
            Some(pidfd) => Ok(Told::Pidfd(Registered::new(pidfd, Ready::BOTH)?)),
            None => Ok(Told::Signal(Signal::new(SIGCHLD)?)),
        }
    }
}

/// `None`: the system has no such thing, or hides it.
#[cfg(all(any(target_os = "linux", target_os = "android"), not(costate_portable)))]
fn pidfd(child: &Child) -> io::Result<Option<OwnedFd>> {
    use rustix::io::Errno;
    use rustix::process::{Pid, PidfdFlags, pidfd_open};
    // Nobody has waited for the child, so it is there, and the number its own.
    match pidfd_open(Pid::from_child(child), PidfdFlags::empty()) {
        Ok(pidfd) => Ok(Some(pidfd)),
        Err(error @ (Errno::MFILE | Errno::NFILE | Errno::NOMEM)) => Err(error.into()),
        Err(_) => Ok(None),
    }
}

#[cfg(not(all(any(target_os = "linux", target_os = "android"), not(costate_portable))))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
fn pidfd(_: &Child) -> io::Result<Option<OwnedFd>> {
    Ok(None)
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use std::future::poll_fn;
    use std::process::{Command, Stdio};

    fn cat() -> Running {
        let mut command = Command::new("cat");
        let child = command.stdin(Stdio::piped()).spawn().expect("it starts");
        let told = Told::Signal(Signal::new(SIGCHLD).expect("there is room"));
        Running { child, told }
    }

    /// What the other systems do, also on Linux.
    #[test]
    fn a_signal_tells_of_the_end_too() {
        let mut all = Vec::new();
        let statuses = crate::block_on(poll_fn(|cx| {
            if all.is_empty() {
                all.extend([cat(), cat(), cat()]);
                for running in &mut all {
                    assert!(running.poll_wait(cx).is_pending(), "it reads its input");
                    drop(running.child.stdin.take());
                }
            }
            let mut statuses = Vec::new();
            for running in &mut all {
                statuses.push(ready!(running.poll_wait(cx)));
            }
            Poll::Ready(statuses)
        }));
        for status in statuses {
            assert!(status.expect("it is our child").success());
        }
    }
}
