use super::{Peer, network};
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Mutex, mpsc};
use tokio::task::{self, JoinHandle};

pub struct Tokio;

/// The output of a task that neither panics nor is aborted.
struct Output<T>(JoinHandle<T>);

impl<T> Future for Output<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let joined = Pin::new(&mut self.0).poll(cx);
        joined.map(|output| output.expect("it neither panics nor is aborted"))
    }
}

impl Peer for Tokio {
    type Runtime = Runtime;
    type Sender = mpsc::Sender<u64>;
    type Receiver = mpsc::Receiver<u64>;
    type Mutex = Mutex<u64>;
    type Listener = TcpListener;
    type Stream = TcpStream;
    type Udp = UdpSocket;

    fn runtime(workers: usize) -> Runtime {
        let mut builder = match workers {
            1 => Builder::new_current_thread(),
            _ => Builder::new_multi_thread(),
        };
        let built = builder.worker_threads(workers).enable_all().build();
        built.expect("there is room for a runtime")
    }

    fn run<T: Send + 'static>(
        runtime: &Runtime,
        future: impl Future<Output = T> + Send + 'static,
    ) -> T {
        runtime.block_on(Output(runtime.spawn(future)))
    }

    fn spawn<T: Send + 'static>(
        future: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = T> + Send + Unpin + 'static {
        Output(tokio::spawn(future))
    }

    fn detach(future: impl Future<Output = ()> + Send + 'static) {
        drop(tokio::spawn(future));
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        task::yield_now()
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send {
        tokio::time::sleep(duration)
    }

    fn channel(capacity: usize) -> (Self::Sender, Self::Receiver) {
        mpsc::channel(capacity)
    }

    async fn send(sender: &Self::Sender, value: u64) {
        sender.send(value).await.expect("the receiver is there");
    }

    async fn receive(receiver: &mut Self::Receiver) -> Option<u64> {
        receiver.recv().await
    }

    fn mutex() -> Self::Mutex {
        Mutex::new(0)
    }

    async fn add(mutex: &Self::Mutex, yields: bool) {
        let mut value = mutex.lock().await;
        *value += 1;
        if yields {
            task::yield_now().await;
        }
    }

    network!();
}
