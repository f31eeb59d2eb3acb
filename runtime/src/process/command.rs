//! What is to be started, and how.

use super::child::Child;
use super::finish::Finish;
use super::reap::OnDrop;
use crate::Coroutine;
use crate::scheduler;
use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{self, ExitStatus, Output, Stdio};

/// What is to be started, and how, as [`std::process::Command`].
///
/// ```
/// use costate::process::{Command, Stdio};
///
/// #[costate::coroutine]
/// fn counts(text: &str) -> std::io::Result<String> {
///     let mut child = Command::new("wc")
///         .arg("-c")
///         .env("LC_ALL", "C")
///         .stdin(Stdio::piped())
///         .stdout(Stdio::piped())
///         .spawn()?;
///     let mut stdin = child.stdin.take().expect("it was asked for");
///     stdin.write_all(text.as_bytes()).await?;
///     drop(stdin);
///     let output = child.wait_with_output().await?;
///     Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
/// }
///
/// assert_eq!(costate::block_on(counts("four"))?, "4");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// Starting takes no more time than the system's call, in which the thread waits.
#[derive(Debug)]
pub struct Command {
    std: process::Command,
    on_drop: OnDrop,
    /// Which of the streams somebody has said something of.
    said: Said,
}

#[derive(Debug, Default)]
struct Said {
    stdin: bool,
    stdout: bool,
    stderr: bool,
}

impl Command {
    /// To start `program`, which is looked for in `PATH` if it is a mere name.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        process::Command::new(program).into()
    }

    /// Adds an argument.
    pub fn arg(&mut self, argument: impl AsRef<OsStr>) -> &mut Self {
        self.std.arg(argument);
        self
    }

    /// Adds arguments.
    pub fn args(&mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> &mut Self {
        self.std.args(arguments);
        self
    }

    /// Sets a variable of its environment. Of those of which nothing is said it has ours.
    pub fn env(&mut self, key: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> &mut Self {
        self.std.env(key, value);
        self
    }

    /// Sets variables of its environment.
    pub fn envs(
        &mut self,
        variables: impl IntoIterator<Item = (impl AsRef<OsStr>, impl AsRef<OsStr>)>,
    ) -> &mut Self {
        self.std.envs(variables);
        self
    }

    /// Removes a variable of its environment.
    pub fn env_remove(&mut self, key: impl AsRef<OsStr>) -> &mut Self {
        self.std.env_remove(key);
        self
    }

    /// Removes all variables of its environment.
    pub fn env_clear(&mut self) -> &mut Self {
        self.std.env_clear();
        self
    }

    /// Where it works. If nothing is said, where we do.
    pub fn current_dir(&mut self, path: impl AsRef<Path>) -> &mut Self {
        self.std.current_dir(path);
        self
    }

    /// What it reads: if nothing is said what we read, and nothing for [`output`](Command::output).
    pub fn stdin(&mut self, stdio: impl Into<Stdio>) -> &mut Self {
        self.std.stdin(stdio);
        self.said.stdin = true;
        self
    }

    /// Where it writes to: if nothing is said where we do, and a pipe for [`output`](Command::output).
    pub fn stdout(&mut self, stdio: impl Into<Stdio>) -> &mut Self {
        self.std.stdout(stdio);
        self.said.stdout = true;
        self
    }

    /// Where it reports errors: if nothing is said where we do, and a pipe for [`output`](Command::output).
    pub fn stderr(&mut self, stdio: impl Into<Stdio>) -> &mut Self {
        self.std.stderr(stdio);
        self.said.stderr = true;
        self
    }

    /// Whether it is killed when the [`Child`] is dropped, or its owner cancelled. If nothing is said, it is.
    ///
    /// ```
    /// # #[costate::coroutine]
    /// # fn example() -> std::io::Result<()> {
    /// use costate::process::Command;
    ///
    /// let child = Command::new("true").kill_on_drop(false).spawn()?;
    /// drop(child); // as `child.detach()`
    /// # Ok(())
    /// # }
    /// # costate::block_on(example()).unwrap();
    /// ```
    pub fn kill_on_drop(&mut self, kill: bool) -> &mut Self {
        self.on_drop = match kill {
            true => OnDrop::Kill,
            false => OnDrop::LetRun,
        };
        self
    }

    /// The standard library's, for what isn't said here: the traits of `std::os`, for instance.
    pub fn as_std_mut(&mut self) -> &mut process::Command {
        &mut self.std
    }

    /// As [`as_std_mut`](Command::as_std_mut), to look at.
    #[must_use]
    pub fn as_std(&self) -> &process::Command {
        &self.std
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// If there is no such program, it can't be started, no descriptors or processes are left, or there is no costate runtime on
    /// this thread.
    pub fn spawn(&mut self) -> io::Result<Child> {
        if scheduler::driver().is_none() {
            return Err(io::Error::other(
                "there is no costate runtime on this thread to watch the child",
            ));
        }
        Child::new(self.std.spawn()?, self.on_drop)
    }

    /// Starts it, and waits until it has ended. Pipes to it are closed.
    ///
    /// # Errors
    ///
    /// As for [`spawn`](Command::spawn) and [`Child::wait`]. That it fails itself is no error, but its status.
    ///
    /// # Cancel safety
    ///
    /// It is started by the call, not by the first poll. Cancelling the future kills it and waits until it is gone; dropping the future kills
    /// it too.
    pub fn status(&mut self) -> impl Coroutine<Output = io::Result<ExitStatus>> + Send + use<> {
        let child = self.spawn().map(|mut child| {
            (child.stdin, child.stdout, child.stderr) = (None, None, None);
            child
        });
        Finish::new(child, |output| output.status)
    }

    /// Starts it, and waits until it has ended. Gives what it wrote.
    ///
    /// # Errors
    ///
    /// As for [`status`](Command::status), and what reading reports.
    ///
    /// # Cancel safety
    ///
    /// As for [`status`](Command::status). What was read is lost.
    pub fn output(&mut self) -> impl Coroutine<Output = io::Result<Output>> + Send + use<> {
        if !self.said.stdin {
            self.stdin(Stdio::null());
        }
        if !self.said.stdout {
            self.stdout(Stdio::piped());
        }
        if !self.said.stderr {
            self.stderr(Stdio::piped());
        }
        let child = self.spawn().map(|mut child| {
            child.stdin = None;
            child
        });
        Finish::new(child, |output| output)
    }
}

/// What it says of the streams isn't known: [`output`](Command::output) says something else.
impl From<process::Command> for Command {
    fn from(std: process::Command) -> Self {
        Command {
            std,
            on_drop: OnDrop::Kill,
            said: Said::default(),
        }
    }
}
