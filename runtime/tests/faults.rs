//! What goes wrong outside, and what a task does to the others. Each of these is in the guide, with what happens then.

use costate::net::{TcpListener, TcpStream};
use costate::sync::mpsc;
use costate::task::yield_now;
use costate::time::{Duration, interval, sleep, timeout};
use costate::{Runtime, block_on, spawn, spawn_local};
use std::future::{Future, poll_fn};
use std::io::ErrorKind;
use std::net::Shutdown;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll, Wake, Waker};

#[costate::coroutine]
fn connected() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let here = TcpStream::connect(listener.local_addr().unwrap()).await;
    let (there, _) = listener.accept().await.unwrap();
    (here.unwrap(), there)
}

#[test]
fn one_direction_may_end_and_the_other_go_on() {
    #[costate::coroutine]
    fn body() {
        let (mut here, mut there) = connected().await;
        here.write_all(b"the last").await.unwrap();
        here.shutdown(Shutdown::Write).unwrap();
        let mut all = [0; 8];
        there.read_exact(&mut all).await.unwrap();
        // The end is there, and stays.
        for _ in 0..2 {
            assert_eq!(there.read(&mut all).await.unwrap(), 0);
        }
        let failed = here.write(b"x").await.unwrap_err();
        assert_eq!(failed.kind(), ErrorKind::BrokenPipe);
        there.write_all(b"answered").await.unwrap();
        here.read_exact(&mut all).await.unwrap();
        assert_eq!(&all, b"answered");
    }
    block_on(body());
}

#[test]
fn a_reset_ends_those_who_read_and_those_who_wait_to_write() {
    #[costate::coroutine]
    fn floods(mut stream: TcpStream) -> ErrorKind {
        loop {
            if let Err(error) = stream.write_all(&[7; 65536]).await {
                return error.kind();
            }
        }
    }
    #[costate::coroutine]
    fn body() {
        let (here, there) = connected().await;
        let writes = spawn_local(floods(here));
        // It fills the pipe meanwhile, and waits.
        let _full = timeout(Duration::from_millis(5), std::future::pending::<()>()).await;
        assert!(!writes.is_finished());
        there.set_linger(Some(Duration::ZERO)).unwrap();
        drop(there);
        let kind = writes.await;
        assert!(
            matches!(kind, ErrorKind::ConnectionReset | ErrorKind::BrokenPipe),
            "{kind:?}"
        );
    }
    block_on(body());
}

/// Panics when it is woken.
#[derive(Default)]
struct Bad(AtomicUsize);

impl Wake for Bad {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
        panic!("in a waker");
    }
}

#[test]
fn a_waker_that_panics_stops_no_timer_socket_or_channel() {
    #[costate::coroutine]
    fn body(bad: Arc<Bad>) {
        let waker = Waker::from(Arc::clone(&bad));
        let mut cx = Context::from_waker(&waker);
        let mut nap = Box::pin(sleep(Duration::from_millis(1)));
        assert!(nap.as_mut().poll(&mut cx).is_pending());
        let (mut here, mut there) = connected().await;
        let mut buf = [0];
        let mut read = Box::pin(there.read(&mut buf));
        let (to, mut from) = mpsc::channel(1);
        let mut receives = Box::pin(from.recv());
        // Polled here once for all three, with a waker that isn't this task's.
        poll_fn(|_| {
            assert!(read.as_mut().poll(&mut cx).is_pending());
            assert!(receives.as_mut().poll(&mut cx).is_pending());
            Poll::Ready(())
        })
        .await;
        to.send(1).await.unwrap();
        here.write_all(b"x").await.unwrap();
        let mut ticks = interval(Duration::from_millis(1));
        while bad.0.load(SeqCst) < 3 {
            ticks.tick().await;
        }
        nap.await;
        assert_eq!(read.await.unwrap(), 1);
        assert_eq!(receives.await, Some(1));
    }
    let bad = Arc::<Bad>::default();
    block_on(body(Arc::clone(&bad)));
    assert_eq!(bad.0.load(SeqCst), 3);
}

#[test]
fn a_task_that_never_yields_stops_no_timer_of_its_worker() {
    /// Ends the block.
    struct Ends(std::sync::mpsc::Sender<()>);
    impl Wake for Ends {
        fn wake(self: Arc<Self>) {
            self.0.send(()).unwrap();
        }
    }
    let runtime = Runtime::builder().threads(2).build().unwrap();
    let blocks = runtime.spawn(poll_fn(|_| {
        let (end, ends) = std::sync::mpsc::channel();
        let waker = Waker::from(Arc::new(Ends(end)));
        // Its timer is this worker's, which doesn't come back before it was woken.
        let mut nap = sleep(Duration::from_millis(1));
        let polled = Pin::new(&mut nap).poll(&mut Context::from_waker(&waker));
        assert!(polled.is_pending());
        ends.recv().unwrap();
        Poll::Ready(())
    }));
    runtime.block_on(blocks);
}

#[test]
fn a_task_that_never_suspends_leaves_sockets_and_timers_to_another_worker() {
    use std::sync::mpsc::{Receiver, Sender};
    #[costate::coroutine]
    fn blocks(mut stream: TcpStream, begun: Sender<()>, told: Receiver<()>) {
        begun.send(()).unwrap();
        stream.read_exact(&mut [0]).await.unwrap();
        // It was found by the worker that waited for sockets, if that was quick enough, and keeps it.
        begun.send(()).unwrap();
        told.recv().unwrap();
    }
    #[costate::coroutine]
    fn tells(mut stream: TcpStream, tell: Sender<()>) {
        tell.send(()).unwrap();
        stream.read_exact(&mut [0]).await.unwrap();
        sleep(Duration::from_millis(1)).await;
        tell.send(()).unwrap();
    }
    let runtime = Runtime::builder().threads(2).build().unwrap();
    for _ in 0..20 {
        let (tell, told) = std::sync::mpsc::channel();
        let (begin, begun) = std::sync::mpsc::channel();
        let (mut to_one, one) = runtime.block_on(connected());
        let (mut to_two, two) = runtime.block_on(connected());
        let tells = runtime.spawn(tells(two, tell));
        told.recv().unwrap();
        let blocks = runtime.spawn(blocks(one, begin, told));
        begun.recv().unwrap();
        runtime.block_on(to_one.write_all(b"x")).unwrap();
        begun.recv().unwrap();
        runtime.block_on(to_two.write_all(b"x")).unwrap();
        runtime.block_on(blocks);
        runtime.block_on(tells);
    }
}

#[test]
fn a_task_that_is_always_ready_lets_sockets_and_timers_have_their_turn() {
    #[costate::coroutine]
    fn spins() {
        loop {
            yield_now().await;
        }
    }
    #[costate::coroutine]
    fn body() {
        let _spins = spawn(spins());
        let (mut here, mut there) = connected().await;
        let mut buf = [0; 3];
        for _ in 0..10 {
            sleep(Duration::from_micros(10)).await;
            here.write_all(b"abc").await.unwrap();
            there.read_exact(&mut buf).await.unwrap();
        }
    }
    block_on(body());
    let runtime = Runtime::builder().threads(1).build().unwrap();
    runtime.block_on(runtime.spawn(body()));
}
