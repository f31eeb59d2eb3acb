//! Events of the reactor: none is lost, whoever has the driver.

use super::{each_kind, some_workers};
use crate::reactor::{Direction, Reactor, Ready, Source};
use crate::task::yield_now;
use crate::time::{Duration, sleep};
use crate::{spawn, spawn_local};
use shuttle::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use shuttle::thread;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

/// A pipe for bytes that are all alike.
#[derive(Clone)]
struct Pipe {
    reactor: Arc<Reactor>,
    source: Arc<Source>,
    filled: Arc<AtomicUsize>,
}

impl Pipe {
    fn new(reactor: &Arc<Reactor>) -> Self {
        // Any descriptor: the simulation doesn't look at it.
        let source = reactor.register(&std::io::stdin(), Ready::NONE);
        Pipe {
            reactor: Arc::clone(reactor),
            source: source.unwrap(),
            filled: Arc::default(),
        }
    }

    fn write(&self) {
        self.filled.fetch_add(1, SeqCst);
        self.reactor.report(&self.source, Ready::READ);
    }

    /// Reads all there is: at least one.
    fn poll_read(&self, cx: &Context<'_>) -> Poll<usize> {
        loop {
            let Poll::Ready(seen) = self.source.poll_only(Direction::Read, cx) else {
                return Poll::Pending;
            };
            match self.filled.swap(0, SeqCst) {
                0 => self.source.clear(Direction::Read, seen),
                some => return Poll::Ready(some),
            }
        }
    }
}

#[costate::coroutine]
fn reads(pipe: Pipe, all: usize) {
    let mut read = 0;
    while read < all {
        read += poll_fn(|cx| pipe.poll_read(cx)).await;
        yield_now().await;
    }
    assert_eq!(read, all);
}

#[test]
fn what_is_ready_wakes_its_reader_whoever_has_the_driver() {
    #[costate::coroutine]
    fn body(pipes: [Pipe; 2]) {
        let [one, two] = pipes;
        let shared = spawn(reads(one, 3));
        let local = spawn_local(reads(two, 3));
        shared.await;
        local.await;
    }
    each_kind(|runtime| {
        let reactor = &runtime.handle().0.driver.reactor;
        let pipes = [Pipe::new(reactor), Pipe::new(reactor)];
        let writers = pipes
            .clone()
            .map(|pipe| thread::spawn(move || (0..3).for_each(|_| pipe.write())));
        runtime.block_on(body(pipes));
        writers
            .into_iter()
            .for_each(|writer| writer.join().unwrap());
    });
}

/// A writer that is a task of the runtime: what it wrote comes before the clock goes on.
#[test]
fn what_is_ready_goes_before_a_jump_in_time() {
    #[costate::coroutine]
    fn writes(pipe: Pipe) {
        sleep(Duration::from_secs(1)).await;
        pipe.write();
    }
    #[costate::coroutine]
    fn body(pipe: Pipe) {
        let late = spawn(sleep(Duration::from_secs(2)));
        let reads = spawn(reads(pipe.clone(), 1));
        spawn(writes(pipe)).await;
        reads.await;
        assert!(!late.is_finished());
    }
    some_workers(|runtime| {
        let pipe = Pipe::new(&runtime.handle().0.driver.reactor);
        runtime.block_on(body(pipe));
    });
}
