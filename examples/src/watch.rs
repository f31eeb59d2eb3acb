//! A coroutine that keeps a diary: where it stood each time it suspended.

use costate::{Coroutine, Frame};
use std::fmt;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

/// The frames of one suspension, from the outermost coroutine to the innermost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing(pub Vec<Frame>);

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, frame) in self.0.iter().enumerate() {
            let file = Path::new(frame.file)
                .file_name()
                .unwrap_or_default()
                .to_string_lossy();
            let what = format!(
                "{:depth$}{} awaits `{}`",
                "", frame.coroutine, frame.awaiting
            );
            writeln!(f, "    {what:<56} {file}:{}", frame.line)?;
        }
        Ok(())
    }
}

/// Each different [`Standing`] that was seen, in order of first appearance.
#[derive(Clone, Debug, Default)]
pub struct Diary(Arc<Mutex<Vec<Standing>>>);

impl Diary {
    pub fn pages(&self) -> Vec<Standing> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn note(&self, standing: Standing) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !pages.contains(&standing) {
            pages.push(standing);
        }
    }
}

/// Runs a coroutine and notes in a [`Diary`] where it stands whenever it suspends.
#[derive(Debug)]
pub struct Watched<C> {
    coroutine: Pin<Box<C>>,
    diary: Diary,
}

impl<C: Coroutine> Watched<C> {
    pub fn new(coroutine: C, diary: Diary) -> Self {
        Watched {
            coroutine: Box::pin(coroutine),
            diary,
        }
    }
}

impl<C: Coroutine> Future for Watched<C> {
    type Output = C::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<C::Output> {
        let output = self.coroutine.as_mut().poll(cx);
        if output.is_pending() {
            let mut frames = Vec::new();
            self.coroutine
                .as_mut()
                .trace(&mut |frame| frames.push(frame));
            self.diary.note(Standing(frames));
        }
        output
    }
}

impl<C: Coroutine> Coroutine for Watched<C> {
    fn poll_cancel(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.coroutine.as_mut().poll_cancel(cx)
    }

    fn trace(mut self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        self.coroutine.as_mut().trace(visit);
    }
}
