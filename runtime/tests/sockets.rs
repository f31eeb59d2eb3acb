//! UDP, Unix sockets, sockets that are set up by hand, other descriptors, and what is copied from one to another.

use costate::io::{Async, copy, copy_bidirectional};
use costate::net::{TcpListener, TcpSocket, TcpStream, UdpSocket};
use costate::{block_on, spawn};
use std::io::{self, ErrorKind, IoSlice, IoSliceMut};
use std::time::Duration;

#[test]
fn udp_sends_receives_peeks_and_connects() {
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let one = UdpSocket::bind("127.0.0.1:0").await?;
        let two = UdpSocket::bind("127.0.0.1:0").await?;
        one.connect(two.local_addr()?).await?;
        assert_eq!(one.peer_addr()?, two.local_addr()?);
        let mut buf = [0; 8];
        one.send(b"first").await?;
        let (peeked, from) = two.peek_from(&mut buf).await?;
        assert_eq!((peeked, from), (5, one.local_addr()?));
        let n = two.recv(&mut buf).await?;
        assert_eq!(&buf[..n], b"first");
        two.send_to(b"second", from).await?;
        let peeked = one.peek(&mut buf).await?;
        assert_eq!(peeked, 6);
        let n = one.recv(&mut buf).await?;
        assert_eq!(&buf[..n], b"second");
        two.set_ttl(7)?;
        assert_eq!(two.ttl()?, 7);
        two.set_broadcast(true)?;
        assert!(two.broadcast()? && two.take_error()?.is_none());
        Ok(())
    }
    block_on(body()).unwrap();
}

#[test]
fn several_tasks_receive_by_one_socket() {
    #[costate::coroutine]
    fn receive(socket: std::sync::Arc<UdpSocket>) -> io::Result<u8> {
        let mut byte = [0];
        socket.recv(&mut byte).await?;
        Ok(byte[0])
    }
    #[costate::coroutine]
    fn body() -> io::Result<u8> {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        let address = socket.local_addr()?;
        let socket = std::sync::Arc::new(socket);
        let one = spawn(receive(std::sync::Arc::clone(&socket)));
        let two = spawn(receive(socket));
        costate::task::yield_now().await;
        let sender = UdpSocket::bind("127.0.0.1:0").await?;
        sender.send_to(&[1], address).await?;
        sender.send_to(&[2], address).await?;
        let one = one.await?;
        let two = two.await?;
        Ok(one + two)
    }
    assert_eq!(block_on(body()).unwrap(), 3);
}

#[test]
fn a_socket_is_set_up_before_it_listens_or_connects() {
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.set_nodelay(true)?;
        socket.set_keepalive(Some(Duration::from_secs(60)))?;
        socket.set_recv_buffer_size(64 * 1024)?;
        assert!(socket.reuseaddr()? && socket.nodelay()? && socket.recv_buffer_size()? > 0);
        socket.bind("127.0.0.1:0".parse().unwrap())?;
        let address = socket.local_addr()?;
        let listener = socket.listen(8)?;
        let socket = TcpSocket::new_v4()?;
        socket.bind("127.0.0.1:0".parse().unwrap())?;
        let own = socket.local_addr()?;
        let client = socket.connect(address).await?;
        let (server, peer) = listener.accept().await?;
        assert_eq!((peer, client.peer_addr()?), (own, server.local_addr()?));
        client.set_linger(Some(Duration::from_secs(1)))?;
        assert_eq!(client.linger()?, Some(Duration::from_secs(1)));
        client.set_keepalive(None)?;
        client.set_ttl(9)?;
        assert_eq!(client.ttl()?, 9);
        Ok(())
    }
    block_on(body()).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn two_listeners_share_a_port_and_a_taken_one_is_refused() {
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let one = TcpSocket::new_v4()?;
        one.set_reuseport(true)?;
        one.bind("127.0.0.1:0".parse().unwrap())?;
        let address = one.local_addr()?;
        let _one = one.listen(8)?;
        let two = TcpSocket::new_v4()?;
        two.set_reuseport(true)?;
        assert!(two.reuseport()?);
        two.bind(address)?;
        let _two = two.listen(8)?;
        let three = TcpSocket::new_v4()?;
        assert_eq!(
            three.bind(address).unwrap_err().kind(),
            ErrorKind::AddrInUse
        );
        Ok(())
    }
    block_on(body()).unwrap();
}

#[test]
fn connecting_tries_several_addresses_within_a_time() {
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let closed = TcpListener::bind("127.0.0.1:0").await?;
        let nobody = closed.local_addr()?;
        drop(closed);
        let addresses = [nobody, listener.local_addr()?];
        let time = Duration::from_secs(60);
        let stream = TcpStream::connect_timeout(&addresses[..], time).await?;
        assert_eq!(stream.peer_addr()?, addresses[1]);
        let refused = TcpStream::connect_timeout(nobody, time).await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::ConnectionRefused);
        Ok(())
    }
    block_on(body()).unwrap();
}

#[cfg(unix)]
#[test]
fn unix_streams_connect_split_and_end() {
    use costate::net::{UnixListener, UnixStream};
    #[costate::coroutine]
    fn echo(mut stream: UnixStream) -> io::Result<u64> {
        let (mut from, mut to) = stream.split();
        copy(&mut from, &mut to).await
    }
    #[costate::coroutine]
    fn body(path: std::path::PathBuf) -> io::Result<()> {
        let listener = UnixListener::bind(&path)?;
        let mut client = UnixStream::connect(&path).await?;
        let mut incoming = listener.incoming();
        let (server, _) = incoming.accept().await?;
        let echoes = spawn(echo(server));
        client.write_all(b"hello").await?;
        let mut buf = [0; 5];
        let peeked = client.peek(&mut buf).await?;
        assert!(peeked > 0);
        client.read_exact(&mut buf).await?;
        assert_eq!(&buf, b"hello");
        let (mut from, mut to) = client.into_split();
        to.write_all(b"more").await?;
        drop(to);
        let n = from.read_exact(&mut buf[..4]).await;
        n?;
        let end = from.read(&mut buf).await?;
        assert_eq!((&buf[..4], end), (&b"more"[..], 0));
        let copied = echoes.await?;
        assert_eq!(copied, 9);
        let nobody = UnixStream::connect(path.with_extension("none")).await;
        assert_eq!(nobody.unwrap_err().kind(), ErrorKind::NotFound);
        Ok(())
    }
    let path = std::env::temp_dir().join(format!("costate-{}.sock", std::process::id()));
    let done = block_on(body(path.clone()));
    std::fs::remove_file(path).unwrap();
    done.unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_listener_is_waited_for() {
    use costate::net::{UnixListener, UnixStream};
    use socket2::{Domain, SockAddr, Socket, Type};
    #[costate::coroutine]
    fn drain(listener: UnixListener) -> io::Result<usize> {
        for _ in 0..20 {
            costate::task::yield_now().await;
        }
        let mut streams = Vec::new();
        while streams.len() < 8 {
            let (stream, _) = listener.accept().await?;
            streams.push(stream);
        }
        Ok(streams.len())
    }
    #[costate::coroutine]
    fn body(path: std::path::PathBuf) -> io::Result<usize> {
        let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
        socket.bind(&SockAddr::unix(&path)?)?;
        socket.listen(1)?;
        let accepts = spawn(drain(UnixListener::from_std(socket.into())?));
        let mut streams = Vec::new();
        while streams.len() < 8 {
            let stream = UnixStream::connect(&path).await?;
            streams.push(stream);
        }
        accepts.await
    }
    let path = std::env::temp_dir().join(format!("costate-full-{}.sock", std::process::id()));
    let done = block_on(body(path.clone()));
    std::fs::remove_file(path).unwrap();
    assert_eq!(done.unwrap(), 8);
}

#[cfg(unix)]
#[test]
fn unix_datagrams_keep_their_bounds_and_senders_wait() {
    use costate::net::UnixDatagram;
    #[costate::coroutine]
    fn send(to: UnixDatagram) -> io::Result<()> {
        for n in 0..1000_u32 {
            to.send(&n.to_ne_bytes()).await?;
        }
        Ok(())
    }
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let (one, two) = UnixDatagram::pair()?;
        let sends = spawn(send(one));
        let mut buf = [0; 16];
        for n in 0..1000_u32 {
            let got = two.recv(&mut buf).await?;
            assert_eq!(&buf[..got], n.to_ne_bytes());
        }
        sends.await
    }
    block_on(body()).unwrap();
}

#[cfg(unix)]
#[test]
fn any_descriptor_is_waited_for_and_given_back() {
    use futures::AsyncReadExt as _;
    use std::io::{Read, Write};
    use std::os::unix::net::UnixStream;
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let (mut one, two) = UnixStream::pair()?;
        let mut two = Async::new(two)?;
        two.writable().await?;
        one.write_all(b"ab")?;
        two.readable().await?;
        let mut byte = [0];
        let n = two.read_with(|mut two| two.read(&mut byte)).await?;
        assert_eq!((n, byte), (1, *b"a"));
        two.readable().await?;
        let n = two.read(&mut byte).await?;
        assert_eq!((n, byte), (1, *b"b"));
        // What was noted of the edge is out of date by now.
        let waits = costate::time::timeout(Duration::ZERO, two.readable()).await;
        assert!(waits.is_err());
        let mut two = two.into_inner();
        one.write_all(b"c")?;
        two.read_exact(&mut byte)?;
        let file = Async::new(std::fs::File::open(std::env::current_exe()?)?);
        assert!(file.is_err());
        Ok(())
    }
    block_on(body()).unwrap();
}

#[test]
fn what_comes_from_one_end_goes_to_the_other_both_ways() {
    #[costate::coroutine]
    fn pair(listener: &TcpListener) -> io::Result<(TcpStream, TcpStream)> {
        let near = TcpStream::connect(listener.local_addr()?).await?;
        let (far, _) = listener.accept().await?;
        Ok((near, far))
    }
    #[costate::coroutine]
    fn proxy(mut a: TcpStream, mut b: TcpStream) -> io::Result<(u64, u64)> {
        copy_bidirectional(&mut a, &mut b).await
    }
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        use futures::AsyncReadExt;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (mut client, a) = pair(&listener).await?;
        let (b, mut server) = pair(&listener).await?;
        let proxies = spawn(proxy(a, b));
        client.write_all(&vec![1; 100_000]).await?;
        client.shutdown(costate::net::Shutdown::Write)?;
        let mut got = Vec::new();
        server.read_to_end(&mut got).await?;
        server.write_all(b"bye").await?;
        server.shutdown(costate::net::Shutdown::Write)?;
        let mut back = Vec::new();
        client.read_to_end(&mut back).await?;
        assert_eq!((got.len(), back.as_slice()), (100_000, &b"bye"[..]));
        let counts = proxies.await?;
        assert_eq!(counts, (100_000, 3));
        Ok(())
    }
    block_on(body()).unwrap();
}

#[test]
fn one_call_writes_from_several_buffers_and_reads_into_several() {
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let mut one = TcpStream::connect(listener.local_addr()?).await?;
        let (mut two, _) = listener.accept().await?;
        let parts = [IoSlice::new(b"ab"), IoSlice::new(b""), IoSlice::new(b"cde")];
        let written = one.write_vectored(&parts).await?;
        assert_eq!(written, 5);
        let (mut first, mut rest) = ([0; 3], [0; 8]);
        let read = {
            let mut bufs = [IoSliceMut::new(&mut first), IoSliceMut::new(&mut rest)];
            two.read_vectored(&mut bufs).await?
        };
        assert_eq!((read, &first, &rest[..2]), (5, b"abc", &b"de"[..]));
        Ok(())
    }
    block_on(body()).unwrap();
}
