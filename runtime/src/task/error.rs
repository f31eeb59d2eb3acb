//! Why a task gave no output.

use super::raw::Failure;
use std::any::Any;
use std::error::Error;
use std::fmt;
use std::sync::Mutex;

/// The error of [`Task::join`](super::Task::join): the task was cancelled, or it panicked.
pub struct TaskError(Reason);

enum Reason {
    Cancelled,
    /// The lock makes the error `Sync`, whatever the payload is.
    Panicked(String, Mutex<Box<dyn Any + Send>>),
}

impl TaskError {
    pub(super) fn new(failure: Failure) -> Self {
        TaskError(match failure {
            Failure::Cancelled => Reason::Cancelled,
            Failure::Panicked(payload) => {
                let text = payload
                    .downcast_ref::<&str>()
                    .map(|text| (*text).to_owned())
                    .or_else(|| payload.downcast_ref::<String>().cloned());
                let text = text.unwrap_or_else(|| "(not a text)".to_owned());
                Reason::Panicked(text, Mutex::new(payload))
            }
        })
    }

    /// Whether the task was cancelled before it had an output.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self.0, Reason::Cancelled)
    }

    /// Whether the task panicked.
    #[must_use]
    pub fn is_panic(&self) -> bool {
        matches!(self.0, Reason::Panicked(..))
    }

    /// What the task panicked with, for [`resume_unwind`](std::panic::resume_unwind).
    ///
    /// # Errors
    ///
    /// Gives the error back if the task was cancelled.
    pub fn into_panic(self) -> Result<Box<dyn Any + Send>, Self> {
        match self.0 {
            Reason::Panicked(_, payload) => Ok(payload
                .into_inner()
                .unwrap_or_else(|poisoned| poisoned.into_inner())),
            Reason::Cancelled => Err(self),
        }
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Cancelled => f.write_str("the task was cancelled"),
            Reason::Panicked(text, _) => write!(f, "the task panicked: {text}"),
        }
    }
}

impl fmt::Debug for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Cancelled => f.write_str("Cancelled"),
            Reason::Panicked(text, _) => f.debug_tuple("Panicked").field(text).finish(),
        }
    }
}

impl Error for TaskError {}
