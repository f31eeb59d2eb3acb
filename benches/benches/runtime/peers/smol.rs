use super::{Peer, network};
use smol::channel::{Receiver, Sender, bounded};
use smol::io::{AsyncReadExt, AsyncWriteExt};
use smol::lock::Mutex;
use smol::net::{TcpListener, TcpStream, UdpSocket};
use smol::{Executor, Timer, block_on, future};
use std::cell::Cell;
use std::net::SocketAddr;
use std::time::Duration;

pub struct Smol;

/// An executor, and how many threads run it. It lives as long as the process.
pub struct Threads {
    executor: &'static Executor<'static>,
    workers: usize,
}

thread_local! {
    static EXECUTOR: Cell<Option<&'static Executor<'static>>> = const { Cell::new(None) };
}

/// Of this thread.
fn executor() -> &'static Executor<'static> {
    EXECUTOR.get().expect("a worker has one")
}

impl Peer for Smol {
    type Runtime = Threads;
    type Sender = Sender<u64>;
    type Receiver = Receiver<u64>;
    type Mutex = Mutex<u64>;
    type Listener = TcpListener;
    type Stream = TcpStream;
    type Udp = UdpSocket;

    fn runtime(workers: usize) -> Threads {
        let executor: &'static _ = Box::leak(Box::new(Executor::new()));
        if workers > 1 {
            for _ in 0..workers {
                std::thread::spawn(move || {
                    EXECUTOR.set(Some(executor));
                    block_on(executor.run(future::pending::<()>()));
                });
            }
        }
        Threads { executor, workers }
    }

    fn run<T: Send + 'static>(
        runtime: &Threads,
        future: impl Future<Output = T> + Send + 'static,
    ) -> T {
        let task = runtime.executor.spawn(future);
        match runtime.workers {
            1 => {
                EXECUTOR.set(Some(runtime.executor));
                block_on(runtime.executor.run(task))
            }
            _ => block_on(task),
        }
    }

    fn spawn<T: Send + 'static>(
        future: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = T> + Send + Unpin + 'static {
        executor().spawn(future)
    }

    fn detach(future: impl Future<Output = ()> + Send + 'static) {
        executor().spawn(future).detach();
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        future::yield_now()
    }

    async fn sleep(duration: Duration) {
        Timer::after(duration).await;
    }

    fn channel(capacity: usize) -> (Self::Sender, Self::Receiver) {
        bounded(capacity)
    }

    async fn send(sender: &Self::Sender, value: u64) {
        sender.send(value).await.expect("the receiver is there");
    }

    async fn receive(receiver: &mut Self::Receiver) -> Option<u64> {
        receiver.recv().await.ok()
    }

    fn mutex() -> Self::Mutex {
        Mutex::new(0)
    }

    async fn add(mutex: &Self::Mutex, yields: bool) {
        let mut value = mutex.lock().await;
        *value += 1;
        if yields {
            future::yield_now().await;
        }
    }

    network!();
}
