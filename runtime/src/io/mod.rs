//! Reading and writing in general: any descriptor, and what comes from one stream and goes to another.
//!
//! Streams here are those of the traits [`AsyncRead`] and [`AsyncWrite`] of `futures_io`, which the sockets of [`net`](crate::net)
//! have, so the adaptors of `futures-lite` and `futures-util` (`BufReader`, `lines`, ..) work on them.

#[cfg(unix)]
mod any;
mod copy;
pub(crate) mod registered;

#[cfg(unix)]
pub use self::any::Async;
pub use self::copy::{CopyBidirectional, Copying, copy, copy_bidirectional};
pub(crate) use self::registered::{After, Registered};
pub use futures_io::{AsyncBufRead, AsyncRead, AsyncSeek, AsyncWrite};
