//! What the machines by hand are tried on.

use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

/// What happened, a letter each.
#[derive(Default)]
pub struct Log(Mutex<String>);

impl Log {
    pub fn say(&self, what: &str) {
        self.0.lock().unwrap().push_str(what);
    }

    pub fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// Something to read from and to write to.
pub trait Duplex {
    fn read<'a>(&'a mut self, buf: &'a mut [u8]) -> Transfer<'a>;
    fn write_all<'a>(&'a mut self, buf: &'a [u8]) -> Transfer<'a>;
}

/// Gives packets of these sizes, and takes all. A size of 99 is a panic.
pub struct Pipe<'l> {
    log: &'l Log,
    sizes: Vec<u8>,
    next: usize,
}

impl<'l> Pipe<'l> {
    pub fn new(log: &'l Log, sizes: &[u8]) -> Self {
        Pipe {
            log,
            sizes: sizes.to_vec(),
            next: 0,
        }
    }
}

impl Drop for Pipe<'_> {
    fn drop(&mut self) {
        self.log.say("P");
    }
}

impl Duplex for Pipe<'_> {
    fn read<'a>(&'a mut self, buf: &'a mut [u8]) -> Transfer<'a> {
        let size = self.sizes.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        Transfer {
            log: self.log,
            name: "r",
            size,
            target: Some(buf),
            was_polled: false,
        }
    }

    fn write_all<'a>(&'a mut self, buf: &'a [u8]) -> Transfer<'a> {
        assert!(buf.iter().all(|byte| usize::from(*byte) == buf.len()));
        Transfer {
            log: self.log,
            name: "w",
            size: 0,
            target: None,
            was_polled: false,
        }
    }
}

/// Pending once.
pub struct Transfer<'a> {
    log: &'a Log,
    name: &'static str,
    size: u8,
    target: Option<&'a mut [u8]>,
    was_polled: bool,
}

impl Future for Transfer<'_> {
    type Output = Result<usize, String>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        self.log.say(self.name);
        if !std::mem::replace(&mut self.was_polled, true) {
            return Poll::Pending;
        }
        self.log.say(".");
        assert_ne!(self.size, 99, "as the test asked for");
        let size = usize::from(self.size);
        let byte = self.size;
        if let Some(target) = &mut self.target {
            target[..size].fill(byte);
        }
        Poll::Ready(Ok(size))
    }
}

/// Pending once.
#[derive(Default)]
pub struct Tick(bool);

impl Future for Tick {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}
