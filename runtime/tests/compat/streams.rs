//! What goes through the adaptor: parts of reads, several buffers, the end of a direction.

use costate::block_on;
use costate::compat::CostateIo;
use costate::io::{AsyncRead, AsyncWrite};
use costate::net::{TcpListener, TcpStream, UnixStream};
use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A stream that says that it has read and written more than there is.
struct Boasts;

impl AsyncRead for Boasts {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(buf.len() + 1))
    }
}

impl AsyncWrite for Boasts {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(buf.len()))
    }
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

fn pair() -> io::Result<(CostateIo<UnixStream>, CostateIo<UnixStream>)> {
    let (one, two) = UnixStream::pair()?;
    Ok((CostateIo::new(one), CostateIo::new(two)))
}

/// Reads once by hyper's trait, into a buffer of this size that has some bytes already.
#[costate::coroutine]
fn read_by_hyper<T: AsyncRead + Unpin>(
    io: &mut CostateIo<T>,
    before: &[u8],
    room: usize,
) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; room];
    let mut buf = hyper::rt::ReadBuf::new(&mut bytes);
    buf.unfilled().put_slice(before);
    poll_fn(|cx| hyper::rt::Read::poll_read(Pin::new(&mut *io), cx, buf.unfilled())).await?;
    Ok(buf.filled().to_vec())
}

#[test]
fn a_read_takes_what_there_is_room_for_and_leaves_the_rest() {
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let (mut one, mut two) = pair()?;
        one.write_all(b"hello, world").await?;
        let mut bytes = [b'-'; 8];
        let mut buf = tokio::io::ReadBuf::new(&mut bytes);
        buf.put_slice(b"> ");
        poll_fn(|cx| tokio::io::AsyncRead::poll_read(Pin::new(&mut two), cx, &mut buf)).await?;
        assert_eq!(buf.filled(), b"> hello,");
        let read = read_by_hyper(&mut two, b"> ", 5).await?;
        assert_eq!(read, b">  wo");
        let read = read_by_hyper(&mut two, b"", 64).await?;
        assert_eq!(read, b"rld");
        Ok(())
    }
    block_on(body()).unwrap();
}

#[test]
fn shutting_down_ends_one_direction_and_the_other_sees_the_end() {
    #[costate::coroutine]
    fn over<S: AsyncRead + AsyncWrite + Unpin>(one: S, two: S) -> io::Result<()> {
        let (mut one, mut two) = (CostateIo::new(one), CostateIo::new(two));
        one.write_all(b"question").await?;
        poll_fn(|cx| hyper::rt::Write::poll_shutdown(Pin::new(&mut one), cx)).await?;
        let mut question = Vec::new();
        two.read_to_end(&mut question).await?;
        assert_eq!(question, b"question");
        // It goes on saying so, to both.
        let read = read_by_hyper(&mut two, b"", 8).await?;
        assert_eq!(read, b"");
        let read = two.read(&mut [0; 8]).await?;
        assert_eq!(read, 0);
        two.write_all(b"answer").await?;
        two.shutdown().await?;
        let mut answer = String::new();
        one.read_to_string(&mut answer).await?;
        assert_eq!(answer, "answer");
        Ok(())
    }
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let (one, two) = UnixStream::pair()?;
        over(one, two).await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let one = TcpStream::connect(listener.local_addr()?).await?;
        let (two, _) = listener.accept().await?;
        over(one, two).await
    }
    block_on(body()).unwrap();
}

#[test]
fn several_buffers_are_written_at_once() {
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let (mut one, mut two) = pair()?;
        let parts = [
            IoSlice::new(b"HTTP/1.1 "),
            IoSlice::new(b""),
            IoSlice::new(b"200 OK"),
        ];
        let n = one.write_vectored(&parts).await?;
        assert_eq!(n, 15);
        poll_fn(|cx| hyper::rt::Write::poll_write_vectored(Pin::new(&mut one), cx, &parts)).await?;
        let mut bytes = [0; 64];
        let n = two.read(&mut bytes).await?;
        assert_eq!(&bytes[..n], b"HTTP/1.1 200 OKHTTP/1.1 200 OK");
        Ok(())
    }
    block_on(body()).unwrap();
}

#[test]
fn a_write_that_finds_no_room_waits_for_it_and_goes_on_where_it_stood() {
    const MUCH: usize = 4 << 20;
    #[costate::coroutine]
    fn send(mut to: CostateIo<UnixStream>, bytes: Vec<u8>) -> io::Result<()> {
        let half = bytes.len() / 2;
        let mut rest = [IoSlice::new(&bytes[..half]), IoSlice::new(&bytes[half..])];
        let mut rest = &mut rest[..];
        while !rest.is_empty() {
            let n = to.write_vectored(rest).await?;
            IoSlice::advance_slices(&mut rest, n);
        }
        to.flush().await?;
        to.shutdown().await
    }
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let (one, mut two) = pair()?;
        let bytes: Vec<u8> = (0..MUCH).map(|n| (n % 251) as u8).collect();
        let sending = costate::spawn(send(one, bytes.clone()));
        let mut received = Vec::new();
        two.read_to_end(&mut received).await?;
        sending.await?;
        assert!(received == bytes, "what arrives is not what was sent");
        Ok(())
    }
    block_on(body()).unwrap();
}

#[test]
fn sockets_and_their_halves_say_that_they_write_several_buffers_well_and_others_do_not() {
    fn says<T: AsyncWrite>(io: T) -> bool {
        let io = CostateIo::new(io);
        let (tokio, hyper) = (
            tokio::io::AsyncWrite::is_write_vectored(&io),
            hyper::rt::Write::is_write_vectored(&io),
        );
        assert_eq!(tokio, hyper);
        tokio
    }
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let (mut one, two) = UnixStream::pair()?;
        assert!(says(one.split().1));
        assert!(says(one));
        assert!(says(two.into_split().1));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let mut one = TcpStream::connect(listener.local_addr()?).await?;
        let (two, _) = listener.accept().await?;
        assert!(says(one.split().1));
        assert!(says(one));
        assert!(says(two.into_split().1));
        assert!(!says(Boasts));
        Ok(())
    }
    block_on(body()).unwrap();
}

#[test]
#[should_panic(expected = "read more than it had room for")]
fn hyper_is_never_told_of_bytes_that_nobody_wrote() {
    let mut room = [std::mem::MaybeUninit::uninit(); 4];
    let mut buf = hyper::rt::ReadBuf::uninit(&mut room);
    let mut cx = Context::from_waker(Waker::noop());
    let io = pin!(CostateIo::new(Boasts));
    let _ = hyper::rt::Read::poll_read(io, &mut cx, buf.unfilled());
}

#[test]
#[should_panic]
fn tokio_is_never_told_of_bytes_that_nobody_wrote() {
    let mut room = [std::mem::MaybeUninit::uninit(); 4];
    let mut buf = tokio::io::ReadBuf::uninit(&mut room);
    let mut cx = Context::from_waker(Waker::noop());
    let io = pin!(CostateIo::new(Boasts));
    let _ = tokio::io::AsyncRead::poll_read(io, &mut cx, &mut buf);
}

#[test]
fn the_stream_is_there_again_after_it_was_wrapped() {
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let (one, two) = UnixStream::pair()?;
        let mut wrapped = CostateIo::new(one);
        assert!(wrapped.inner().take_error()?.is_none());
        wrapped.inner_mut().write_all(b"by ").await?;
        wrapped.into_inner().write_all(b"itself").await?;
        let mut text = String::new();
        CostateIo::new(two).read_to_string(&mut text).await?;
        assert_eq!(text, "by itself");
        Ok(())
    }
    block_on(body()).unwrap();
}
