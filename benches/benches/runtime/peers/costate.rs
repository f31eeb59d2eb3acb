use super::{Peer, network};
use costate::net::{TcpListener, TcpStream, UdpSocket};
use costate::sync::{Mutex, mpsc};
use costate::{Runtime, task, time};
use std::net::SocketAddr;
use std::time::Duration;

pub struct Costate;

impl Peer for Costate {
    type Runtime = Runtime;
    type Sender = mpsc::Sender<u64>;
    type Receiver = mpsc::Receiver<u64>;
    type Mutex = Mutex<u64>;
    type Listener = TcpListener;
    type Stream = TcpStream;
    type Udp = UdpSocket;

    fn runtime(workers: usize) -> Runtime {
        let builder = Runtime::builder();
        let builder = match workers {
            1 => builder.current_thread(),
            n => builder.threads(n),
        };
        builder.build().expect("there is room for a runtime")
    }

    fn run<T: Send + 'static>(
        runtime: &Runtime,
        future: impl Future<Output = T> + Send + 'static,
    ) -> T {
        runtime.block_on(runtime.spawn(future))
    }

    fn spawn<T: Send + 'static>(
        future: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = T> + Send + Unpin + 'static {
        costate::spawn(future)
    }

    fn detach(future: impl Future<Output = ()> + Send + 'static) {
        costate::spawn(future).detach();
    }

    fn yield_now() -> impl Future<Output = ()> + Send {
        task::yield_now()
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send {
        time::sleep(duration)
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
