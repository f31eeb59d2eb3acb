//! For libraries that ask for another runtime's traits: streams, an executor and a timer that have them.
//!
//! | feature | what it gives | for |
//! |---|---|---|
//! | `hyper` | [`CostateIo`] has `hyper::rt::{Read, Write}`; `CostateExecutor`, `CostateTimer` | hyper 1, its servers and clients |
//! | `tokio-io` | [`CostateIo`] has `tokio::io::{AsyncRead, AsyncWrite}` | `tokio-postgres`, `tokio-rustls`, `tokio-util`'s codecs, .. |
//!
//! Both are off by default. Of tokio only the traits are used: no thread and no reactor of its own runs.
//!
//! Such a library's future is none that can be cancelled: whoever gives it up drops it, and with it whatever it awaits. Where something
//! of yours, that cleans up, is awaited inside of it (a handler in a hyper connection), [`spawn`](crate::spawn()) it, and give the
//! library the [`Task`](crate::Task) to await. Its drop cancels the task, whose clean-up the runtime then drives:
//!
//! ```
//! # #[cfg(feature = "hyper")]
//! # fn main() {
//! use costate::compat::CostateIo;
//! use costate::net::UnixStream;
//! use costate::sync::mpsc::{Sender, channel};
//! use hyper::service::service_fn;
//! use hyper::{Request, Response, body::Incoming};
//!
//! #[costate::coroutine]
//! fn handle(ended: Sender<&'static str>) -> hyper::Result<Response<String>> {
//!     on_cancel! {
//!         let _ = ended.send("cancelled and cleaned up").await; // or say so to a database
//!     }
//!     std::future::pending().await
//! }
//!
//! #[costate::coroutine]
//! fn serve(stream: UnixStream, ended: Sender<&'static str>) {
//!     let handler = service_fn(|_: Request<Incoming>| costate::spawn(handle(ended.clone())));
//!     let connection = hyper::server::conn::http1::Builder::new();
//!     let served = connection.serve_connection(CostateIo::new(stream), handler).await;
//!     assert!(served.unwrap_err().is_incomplete_message());
//! }
//!
//! #[costate::coroutine]
//! fn example() -> std::io::Result<&'static str> {
//!     let (mut browser, stream) = UnixStream::pair()?;
//!     let (sender, mut ended) = channel(1);
//!     let serving = costate::spawn(serve(stream, sender));
//!     browser.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await?;
//!     costate::task::yield_now().await;
//!     drop(browser); // it goes away
//!     serving.await;
//!     let ended = ended.recv().await;
//!     Ok(ended.expect("the handler has begun"))
//! }
//!
//! assert_eq!(costate::block_on(example()).unwrap(), "cancelled and cleaned up");
//! # }
//! # #[cfg(not(feature = "hyper"))]
//! # fn main() {}
//! ```

#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "tokio-io")]
mod tokio_io;

#[cfg(feature = "hyper")]
pub use self::hyper::{CostateExecutor, CostateTimer};
#[cfg(unix)]
use crate::net::UnixStream;
use crate::net::{OwnedWriteHalf, TcpStream, WriteHalf};
use pin_project_lite::pin_project;
use std::pin::Pin;

pin_project! {
    /// A stream with the traits of `futures_io`, as the sockets of [`net`](crate::net) and their halves are, that has hyper's and tokio's
    /// too.
    ///
    /// To shut it down is to [close](crate::io::AsyncWrite::poll_close) the stream: of a socket that ends the sending direction. Writing from
    /// several buffers at once is passed on, and of sockets it is said that they do that well.
    ///
    /// ```
    /// # #[cfg(feature = "tokio-io")]
    /// # fn main() {
    /// use costate::compat::CostateIo;
    /// use costate::net::UnixStream;
    /// use tokio::io::{AsyncReadExt, AsyncWriteExt};
    ///
    /// #[costate::coroutine]
    /// fn example() -> std::io::Result<String> {
    ///     let (one, two) = UnixStream::pair()?;
    ///     let (mut one, mut two) = (CostateIo::new(one), CostateIo::new(two));
    ///     one.write_all(b"hello").await?;
    ///     one.shutdown().await?;
    ///     let mut text = String::new();
    ///     two.read_to_string(&mut text).await?;
    ///     Ok(text)
    /// }
    ///
    /// assert_eq!(costate::block_on(example()).unwrap(), "hello");
    /// # }
    /// # #[cfg(not(feature = "tokio-io"))]
    /// # fn main() {}
    /// ```
    ///
    /// # Cancel safety
    ///
    /// What polls it may be dropped at any time: what wasn't ready has read and written nothing.
    #[derive(Clone, Debug, Default)]
    pub struct CostateIo<T> {
        #[pin]
        inner: T,
    }
}

impl<T> CostateIo<T> {
    /// Wraps a stream.
    pub const fn new(inner: T) -> Self {
        CostateIo { inner }
    }

    /// The stream itself.
    pub const fn inner(&self) -> &T {
        &self.inner
    }

    /// The stream itself.
    pub const fn inner_mut(&mut self) -> &mut T {
        &mut self.inner
    }

    /// Unwraps the stream.
    pub fn into_inner(self) -> T {
        self.inner
    }

    fn pinned(self: Pin<&mut Self>) -> Pin<&mut T> {
        self.project().inner
    }
}

/// Whether streams of this type write several buffers by one system call: our own sockets do, and no trait of `futures_io` tells.
fn writes_vectored<T>() -> bool {
    let this = typeid::of::<T>();
    let tcp = [
        typeid::of::<TcpStream>(),
        typeid::of::<WriteHalf<'_>>(),
        typeid::of::<OwnedWriteHalf>(),
    ];
    #[cfg(unix)]
    let unix = [
        typeid::of::<UnixStream>(),
        typeid::of::<WriteHalf<'_, UnixStream>>(),
        typeid::of::<OwnedWriteHalf<UnixStream>>(),
    ];
    #[cfg(not(unix))]
    let unix = [];
    tcp.contains(&this) || unix.contains(&this)
}
