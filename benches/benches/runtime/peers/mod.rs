//! What the three runtimes are asked to do, in the same words. Bodies are `async fn`s for all, so that it is the runtimes that are
//! compared.

mod costate;
mod smol;
mod tokio;

pub use self::costate::Costate;
pub use self::smol::Smol;
pub use self::tokio::Tokio;

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

/// The network's part of a peer: all three name its types and methods alike.
macro_rules! network {
    () => {
        async fn listen() -> (TcpListener, SocketAddr) {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            (listener, address)
        }

        async fn accept(listener: &TcpListener) -> TcpStream {
            let (stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            stream
        }

        async fn connect(address: SocketAddr) -> TcpStream {
            let stream = TcpStream::connect(address).await.unwrap();
            stream.set_nodelay(true).unwrap();
            stream
        }

        async fn read(stream: &mut TcpStream, buf: &mut [u8]) -> bool {
            stream.read_exact(buf).await.is_ok()
        }

        async fn write(stream: &mut TcpStream, buf: &[u8]) -> bool {
            stream.write_all(buf).await.is_ok()
        }

        async fn udp_pair() -> [UdpSocket; 2] {
            let a = UdpSocket::bind("127.0.0.1:0").await.unwrap();
            let b = UdpSocket::bind("127.0.0.1:0").await.unwrap();
            a.connect(b.local_addr().unwrap()).await.unwrap();
            b.connect(a.local_addr().unwrap()).await.unwrap();
            [a, b]
        }

        async fn send_datagram(socket: &UdpSocket, buf: &[u8]) {
            socket.send(buf).await.unwrap();
        }

        async fn receive_datagram(socket: &UdpSocket, buf: &mut [u8]) {
            socket.recv(buf).await.unwrap();
        }
    };
}
use network;

/// A runtime, with what belongs to it.
pub trait Peer: 'static {
    /// It was made for a number of workers: 1 is a runtime without threads of its own where there is such a thing.
    type Runtime;
    type Sender: Clone + Send + Sync + 'static;
    type Receiver: Send + 'static;
    type Mutex: Send + Sync + 'static;
    type Listener: Send + Sync + 'static;
    type Stream: Send + 'static;
    type Udp: Send + Sync + 'static;

    fn runtime(workers: usize) -> Self::Runtime;
    /// Runs `future` as a task.
    fn run<T: Send + 'static>(
        runtime: &Self::Runtime,
        future: impl Future<Output = T> + Send + 'static,
    ) -> T;

    /// A task that is awaited.
    fn spawn<T: Send + 'static>(
        future: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = T> + Send + Unpin + 'static;
    /// A task that nobody waits for.
    fn detach(future: impl Future<Output = ()> + Send + 'static);
    fn yield_now() -> impl Future<Output = ()> + Send;
    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send;

    fn channel(capacity: usize) -> (Self::Sender, Self::Receiver);
    fn send(sender: &Self::Sender, value: u64) -> impl Future<Output = ()> + Send;
    /// `None` when all senders are gone.
    fn receive(receiver: &mut Self::Receiver) -> impl Future<Output = Option<u64>> + Send;

    fn mutex() -> Self::Mutex;
    /// Adds one, and yields before it unlocks if it is told to.
    fn add(mutex: &Self::Mutex, yields: bool) -> impl Future<Output = ()> + Send;

    fn listen() -> impl Future<Output = (Self::Listener, SocketAddr)> + Send;
    /// A connection with `TCP_NODELAY`.
    fn accept(listener: &Self::Listener) -> impl Future<Output = Self::Stream> + Send;
    /// As for `accept`.
    fn connect(address: SocketAddr) -> impl Future<Output = Self::Stream> + Send;
    /// `false` at the end of the stream.
    fn read(stream: &mut Self::Stream, buf: &mut [u8]) -> impl Future<Output = bool> + Send;
    /// `false` when nobody reads any more.
    fn write(stream: &mut Self::Stream, buf: &[u8]) -> impl Future<Output = bool> + Send;

    /// Two sockets that are connected to each other.
    fn udp_pair() -> impl Future<Output = [Self::Udp; 2]> + Send;
    fn send_datagram(socket: &Self::Udp, buf: &[u8]) -> impl Future<Output = ()> + Send;
    fn receive_datagram(socket: &Self::Udp, buf: &mut [u8]) -> impl Future<Output = ()> + Send;
}
