//! Other programs, started and waited for.
//!
//! A [`Command`] says what to start, as that of the standard library does, and a [`Child`] is what was started. **A child belongs to
//! its handle: when that is dropped it is killed**, and waited for in the background, so that nothing is left of it. The
//! same holds when what owns it is cancelled; then the cancellation isn't over before the child is gone.
//!
//! ```
//! use costate::process::Command;
//!
//! #[costate::coroutine]
//! fn greeting() -> std::io::Result<String> {
//!     let output = Command::new("echo").arg("hello").output().await?;
//!     assert!(output.status.success());
//!     Ok(String::from_utf8_lossy(&output.stdout).into_owned())
//! }
//!
//! assert_eq!(costate::block_on(greeting())?, "hello\n");
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! What it is told and what it says goes through pipes:
//!
//! ```
//! use costate::process::{Command, Stdio};
//! use costate::time::{Duration, timeout};
//!
//! #[costate::coroutine]
//! fn sorted(lines: &str) -> std::io::Result<String> {
//!     let mut child = Command::new("sort").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
//!     let mut stdin = child.stdin.take().expect("it was asked for");
//!     stdin.write_all(lines.as_bytes()).await?;
//!     drop(stdin); // the end of what there is to sort
//!     // Whoever gives this up, or comes too late, has killed `sort` by then.
//!     let output = timeout(Duration::from_secs(60), child.wait_with_output()).await??;
//!     Ok(String::from_utf8_lossy(&output.stdout).into_owned())
//! }
//!
//! assert_eq!(costate::block_on(sorted("b\na\n"))?, "a\nb\n");
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # How it is waited for
//!
//! On Linux by a descriptor of the child (pidfd), for which the reactor waits as for a socket. Where there is none, each `SIGCHLD` has
//! those look who wait; the handler for it leaves others in place. Nobody else may wait for the children of this process: neither
//! `waitpid(-1, ..)` nor an ignored `SIGCHLD` gets along with this.
//!
//! A killed child that stays (one whose system call can't be interrupted) holds a cancellation up until the limit of
//! [clean-up](crate::cancel), and a thread in the background. What the child has started itself is not killed; for that, start it in a
//! process group of its own.

mod child;
mod command;
mod exit;
mod finish;
mod pipe;
mod reap;

pub use self::child::Child;
pub use self::command::Command;
pub use self::pipe::{ChildStderr, ChildStdin, ChildStdout};
pub use std::process::{ExitStatus, Output, Stdio};
