//! A child that is awaited to its end, by the one who owns it.
//!
//! Input: a child. Output: how it has ended, and what it wrote. Invariant: cancelled before, it is killed and gone.

use super::child::Child;
use super::reap::Dying;
use crate::behind::Leaving;
use crate::introduce::introduce;
use crate::{Coroutine, Frame};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::process::Output;
use std::task::{Context, Poll, ready};

pub(super) struct Finish<T> {
    stage: Stage,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    give: fn(Output) -> T,
}

enum Stage {
    New(io::Result<Child>),
    Waiting(Child),
    /// It was cancelled, and the child killed.
    Dying(Dying),
    Ended,
}

impl<T> Finish<T> {
    pub(super) fn new(child: io::Result<Child>, give: fn(Output) -> T) -> Self {
        Finish {
            stage: Stage::New(child),
            stdout: Vec::new(),
            stderr: Vec::new(),
            give,
        }
    }

    fn start(mut self: Pin<&mut Self>) -> io::Result<()> {
        if let Stage::New(_) = self.stage {
            introduce(self.as_mut());
            if let Stage::New(child) = std::mem::replace(&mut self.stage, Stage::Ended) {
                self.stage = Stage::Waiting(child?);
            }
        }
        Ok(())
    }

    fn poll_finish(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Output>> {
        let Stage::Waiting(child) = &mut self.stage else {
            panic!("a child was awaited after it had ended");
        };
        let stdout = child.stdout.as_mut();
        let stdout = stdout.map(|pipe| pipe.poll_to_end(cx, &mut self.stdout));
        let stderr = child.stderr.as_mut();
        let stderr = stderr.map(|pipe| pipe.poll_to_end(cx, &mut self.stderr));
        for ended in [stdout, stderr].into_iter().flatten() {
            ready!(ended)?;
        }
        let status = ready!(child.poll_wait(cx))?;
        Poll::Ready(Ok(Output {
            status,
            stdout: std::mem::take(&mut self.stdout),
            stderr: std::mem::take(&mut self.stderr),
        }))
    }
}

impl<T> Future for Finish<T> {
    type Output = io::Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        self.as_mut().start()?;
        let output = ready!(self.poll_finish(cx));
        self.stage = Stage::Ended;
        Poll::Ready(output.map(self.give))
    }
}

impl<T> Coroutine for Finish<T> {
    fn poll_cancel(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Ended) {
            Stage::New(Ok(child)) | Stage::Waiting(child) => match child.leave() {
                Some(running) => Stage::Dying(Dying::new(running)),
                None => Stage::Ended,
            },
            stage => stage,
        };
        if let Stage::Dying(child) = &mut self.stage {
            ready!(child.poll_gone(cx));
        }
        self.stage = Stage::Ended;
        Poll::Ready(())
    }

    fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
}
