use super::Peer;
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

    async fn write(stream: &mut TcpStream, buf: &[u8]) {
        stream.write_all(buf).await.unwrap();
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
}
