//! TCP against peers of the standard library, which know nothing of the runtime.

use costate::net::{OwnedWriteHalf, TcpListener, TcpStream, lookup_host};
use costate::time::timeout;
use costate::{block_on, spawn_local};
use futures::FutureExt;
use futures::future::{join_all, lazy, poll_fn};
use std::future::Future;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{self, Shutdown, SocketAddr};
use std::pin::pin;
use std::sync::mpsc;
use std::task::{Context, Poll, ready};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A listener for the rest of the test.
fn bind() -> (&'static TcpListener, SocketAddr) {
    let bound = TcpListener::bind("127.0.0.1:0")
        .now_or_never()
        .expect("there is no look-up");
    let listener = Box::leak(Box::new(bound.expect("a port is free")));
    (listener, listener.local_addr().unwrap())
}

/// A peer of the standard library on a thread: it connects to `address` and does `talk`.
fn client<T: Send + 'static>(
    address: SocketAddr,
    talk: impl FnOnce(net::TcpStream) -> T + Send + 'static,
) -> JoinHandle<T> {
    thread::spawn(move || talk(net::TcpStream::connect(address).expect("somebody listens")))
}

/// Runs `serve` with a stream whose other end does `talk`.
fn serve<T: Send + 'static, F: Future>(
    talk: impl FnOnce(net::TcpStream) -> T + Send + 'static,
    serve: impl FnOnce(TcpStream) -> F,
) -> (F::Output, T) {
    let start = lazy(|_| {
        let (listener, address) = bind();
        (listener.accept(), client(address, talk))
    });
    let (served, peer) = block_on(start.then(|(accepting, peer)| {
        let serving = accepting.then(|accepted| serve(accepted.unwrap().0));
        serving.map(|served| (served, peer))
    }));
    (served, peer.join().unwrap())
}

/// Polls a future that loses nothing when it is dropped, as those of single reads and writes.
fn once<F: Future>(cx: &mut Context<'_>, future: F) -> Poll<F::Output> {
    pin!(future).poll(cx)
}

/// Sends back what comes in, to the end. Gives the number of bytes.
fn echo(mut stream: TcpStream) -> impl Future<Output = io::Result<usize>> {
    let (mut buf, mut unsent, mut total) = (vec![0; 1000], 0..0, 0);
    poll_fn(move |cx| {
        loop {
            while !unsent.is_empty() {
                unsent.start += ready!(once(cx, stream.write(&buf[unsent.clone()])))?;
            }
            match ready!(once(cx, stream.read(&mut buf)))? {
                0 => return Poll::Ready(Ok(total)),
                n => (unsent, total) = (0..n, total + n),
            }
        }
    })
}

#[test]
fn what_is_written_comes_back_to_the_last_byte() {
    let sent: Vec<u8> = (0..300_000u32)
        .map(|n| (n.wrapping_mul(n) >> 7) as u8)
        .collect();
    let expected = sent.clone();
    let (echoed, back) = serve(
        move |mut peer| {
            let mut writer = peer.try_clone().unwrap();
            let writing = thread::spawn(move || {
                writer.write_all(&sent).unwrap();
                writer.shutdown(Shutdown::Write).unwrap();
            });
            let mut back = Vec::new();
            peer.read_to_end(&mut back).unwrap();
            writing.join().unwrap();
            back
        },
        echo,
    );
    assert_eq!(echoed.unwrap(), 300_000);
    assert!(back == expected);
}

#[test]
fn the_end_that_comes_with_the_last_bytes_is_seen() {
    // One event tells of both; a short read must not use it up.
    for _ in 0..50 {
        let (end, ()) = serve(
            |mut peer| peer.write_all(b"bye").unwrap(),
            |mut stream| {
                let mut total = 0;
                poll_fn(move |cx| {
                    loop {
                        match ready!(once(cx, stream.read(&mut [0; 100]))).unwrap() {
                            0 => return Poll::Ready(total),
                            n => total += n,
                        }
                    }
                })
            },
        );
        assert_eq!(end, 3);
    }
}

#[test]
fn an_end_that_comes_while_nobody_waits_is_not_lost() {
    let (to, from) = mpsc::channel();
    let (ended, end) = mpsc::channel();
    let talk = move |mut peer: net::TcpStream| {
        peer.write_all(b"x").unwrap();
        from.recv().unwrap();
        drop(peer);
        ended.send(()).unwrap();
    };
    serve(talk, |mut stream| {
        poll_fn(move |cx| {
            while ready!(once(cx, stream.read(&mut [0; 100]))).unwrap() > 0 {
                // The socket is drained now, and known to be.
                to.send(()).unwrap();
                end.recv().unwrap();
            }
            Poll::Ready(())
        })
    });
}

#[test]
fn a_reset_is_an_error() {
    let reset = |peer: net::TcpStream| {
        socket2::SockRef::from(&peer)
            .set_linger(Some(Duration::ZERO))
            .unwrap();
    };
    let (echoed, ()) = serve(reset, echo);
    assert_eq!(echoed.unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[test]
fn a_writer_waits_for_room_and_goes_on() {
    const BLOCK: usize = 1 << 16;
    const BLOCKS: usize = 200;
    let (waited, received) = serve(
        |mut peer| {
            let mut all = Vec::new();
            peer.read_to_end(&mut all).unwrap();
            all.len()
        },
        |mut stream| {
            let (block, mut left, mut waited) = (vec![7; BLOCK], BLOCK * BLOCKS, 0);
            poll_fn(move |cx| {
                while left > 0 {
                    let piece = &block[..left.min(BLOCK)];
                    match once(cx, stream.write(piece)) {
                        Poll::Ready(n) => left -= n.unwrap(),
                        Poll::Pending => {
                            waited += 1;
                            return Poll::Pending;
                        }
                    }
                }
                Poll::Ready(waited)
            })
        },
    );
    assert!(waited > 0, "twelve megabytes don't fit in a socket");
    assert_eq!(received, BLOCK * BLOCKS);
}

#[test]
fn read_exact_and_write_all_do_all_or_report_an_error() {
    #[costate::coroutine]
    fn answer(mut stream: TcpStream) -> io::Result<([u8; 5], ErrorKind)> {
        let (mut from, mut to) = stream.split();
        let mut first = [0; 5];
        from.read_exact(&mut first).await?;
        let rest = from.read_exact(&mut [0; 10]).await;
        to.write_all(&vec![7; 1 << 20]).await?;
        Ok((first, rest.unwrap_err().kind()))
    }
    let talk = |mut peer: net::TcpStream| {
        let mut all = Vec::new();
        peer.write_all(b"he").unwrap();
        peer.write_all(b"llo, wor").unwrap();
        peer.shutdown(Shutdown::Write).unwrap();
        peer.read_to_end(&mut all).unwrap();
        all.len()
    };
    let (heard, received) = serve(talk, answer);
    assert_eq!(heard.unwrap(), (*b"hello", ErrorKind::UnexpectedEof));
    assert_eq!(received, 1 << 20);
}

#[test]
fn dropping_the_owned_sending_half_ends_that_direction() {
    let (heard, all) = serve(
        |mut peer| {
            let mut all = String::new();
            peer.read_to_string(&mut all).unwrap();
            peer.write_all(b"heard").unwrap();
            all
        },
        |stream| {
            let (mut read, write) = stream.into_split();
            let saying = say(write, b"that is all");
            saying.then(move |()| {
                let mut buf = [0; 100];
                poll_fn(move |cx| {
                    let n = ready!(once(cx, read.read(&mut buf))).unwrap();
                    Poll::Ready(String::from_utf8_lossy(&buf[..n]).into_owned())
                })
            })
        },
    );
    assert_eq!((heard.as_str(), all.as_str()), ("heard", "that is all"));
}

/// Writes `words`, which fit, and drops the half.
fn say(mut half: OwnedWriteHalf, words: &'static [u8]) -> impl Future<Output = ()> {
    poll_fn(move |cx| {
        let n = ready!(once(cx, half.write(words))).unwrap();
        assert_eq!(n, words.len());
        Poll::Ready(())
    })
}

#[test]
fn halves_become_one_again_only_with_their_own() {
    serve(
        |mut peer| assert_eq!(peer.read(&mut [0; 1]).unwrap(), 0),
        |stream| {
            lazy(|_| {
                let (listener, address) = bind();
                let other = net::TcpStream::connect(address).unwrap();
                let other = TcpStream::from_std(other).unwrap();
                let ((read, write), (read2, write2)) = (stream.into_split(), other.into_split());
                let error = read.reunite(write2).unwrap_err();
                let (read, write2) = (error.0, error.1);
                assert!(read.reunite(write).unwrap().peer_addr().is_ok());
                let local = read2.reunite(write2).unwrap().peer_addr().unwrap();
                assert_eq!(local, listener.local_addr().unwrap());
            })
        },
    );
}

#[test]
fn a_refused_connection_and_an_address_in_use_are_errors() {
    block_on(lazy(|_| {
        let (_, address) = bind();
        let again = TcpListener::bind(address).now_or_never().unwrap();
        assert_eq!(again.unwrap_err().kind(), ErrorKind::AddrInUse);
    }));
    let free = net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let refused = block_on(TcpStream::connect(free)).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    // The next address is tried.
    let (stream, ()) = {
        let listener = net::TcpListener::bind("127.0.0.1:0").unwrap();
        let addresses = [free, listener.local_addr().unwrap()];
        (block_on(TcpStream::connect(&addresses[..])), drop(listener))
    };
    assert!(stream.is_ok());
}

#[test]
fn names_are_looked_up_and_nonsense_is_an_invalid_input() {
    let found = block_on(lookup_host(("localhost", 80))).unwrap();
    assert!(
        found
            .into_iter()
            .all(|address| address.ip().is_loopback() && address.port() == 80)
    );
    let error = block_on(TcpListener::bind("nonsense")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let error = block_on(TcpStream::connect(&[][..])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

#[test]
fn each_connection_goes_to_one_of_those_who_accept() {
    const MANY: usize = 20;
    let (listener, address, accepts) = block_on(
        lazy(|_| {
            let (listener, address) = bind();
            let accepts = (0..MANY)
                .map(|_| spawn_local(listener.accept()))
                .collect::<Vec<_>>();
            (listener, address, accepts)
        })
        .then(|(listener, address, mut accepts)| {
            // One who gave up loses no connection for the others.
            drop(accepts.pop());
            let clients = (1..MANY)
                .map(|_| client(address, |_| ()))
                .collect::<Vec<_>>();
            join_all(accepts).map(move |accepted| {
                clients
                    .into_iter()
                    .for_each(|client| client.join().unwrap());
                let peers = accepted.into_iter().map(|accepted| accepted.unwrap().1);
                let distinct: std::collections::HashSet<_> = peers.collect();
                (listener, address, distinct)
            })
        }),
    );
    assert_eq!(accepts.len(), MANY - 1);
    assert_eq!(listener.local_addr().unwrap(), address);
}

#[test]
fn a_socket_outlives_its_runtime_with_an_error() {
    let (listener, _) = block_on(lazy(|_| bind()));
    let error = block_on(timeout(Duration::from_secs(3600), listener.accept())).unwrap();
    assert!(error.unwrap_err().to_string().contains("runtime has ended"));
    let error = TcpListener::bind("127.0.0.1:0")
        .now_or_never()
        .unwrap()
        .unwrap_err();
    assert!(error.to_string().contains("no costate runtime"));
}
