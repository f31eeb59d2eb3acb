//! The methods and traits of all that reads or writes, as macros: see [`transfer`](super::transfer).

/// The methods of whatever reads: `$this` has a method `stream` that gives the stream.
macro_rules! reading {
    ($this:ty $(, $S:ident)?) => {
        impl$(<$S: Duplex>)? $this {
            /// Reads what is there into `buf`, or waits until something is. Gives the number of bytes, zero at the
            /// end of the stream.
            ///
            /// # Errors
            ///
            /// Whatever the system reports, and if the socket's runtime has ended.
            ///
            /// # Cancel safety
            ///
            /// It may be dropped at any time; no byte is lost.
            pub fn read<'a>(
                &'a mut self,
                buf: &'a mut [u8],
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a $(, $S)?> {
                transfer::read(self.stream(), buf)
            }

            /// As [`read`](Self::read), into several buffers, one after the other.
            ///
            /// # Errors
            ///
            /// As for [`read`](Self::read).
            ///
            /// # Cancel safety
            ///
            /// As for [`read`](Self::read).
            pub fn read_vectored<'a, 'b>(
                &'a mut self,
                bufs: &'a mut [IoSliceMut<'b>],
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a, 'b $(, $S)?> {
                transfer::read_vectored(self.stream(), bufs)
            }

            /// Reads until `buf` is full.
            ///
            /// # Errors
            ///
            /// `UnexpectedEof` if the stream ends before, and as for [`read`](Self::read). How much was read is not said then.
            ///
            /// # Cancel safety
            ///
            /// Dropped before it is ready, it loses the bytes that it has read.
            pub fn read_exact<'a>(
                &'a mut self,
                buf: &'a mut [u8],
            ) -> impl Coroutine<Output = io::Result<()>> + Send + use<'a $(, $S)?> {
                transfer::read_exact(self.stream(), buf)
            }

            /// As [`read`](Self::read), but the bytes stay to be read.
            ///
            /// # Errors
            ///
            /// As for [`read`](Self::read).
            ///
            /// # Cancel safety
            ///
            /// It may be dropped at any time.
            pub fn peek<'a>(
                &'a mut self,
                buf: &'a mut [u8],
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a $(, $S)?> {
                transfer::peek(self.stream(), buf)
            }
        }

        impl$(<$S: Duplex>)? AsyncRead for $this {
            fn poll_read(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                buf: &mut [u8],
            ) -> Poll<io::Result<usize>> {
                transfer::poll_read(self.stream(), cx, buf)
            }

            fn poll_read_vectored(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                bufs: &mut [IoSliceMut<'_>],
            ) -> Poll<io::Result<usize>> {
                transfer::poll_read_vectored(self.stream(), cx, bufs)
            }
        }
    };
}

/// The methods of whatever writes: `$this` has a method `stream` that gives the stream.
macro_rules! writing {
    ($this:ty $(, $S:ident)?) => {
        impl$(<$S: Duplex>)? $this {
            /// Writes the beginning of `buf`, or waits until there is room for some. Gives the number of bytes.
            ///
            /// # Errors
            ///
            /// Whatever the system reports, and if the socket's runtime has ended.
            ///
            /// # Cancel safety
            ///
            /// It may be dropped at any time; if it wasn't ready, nothing was written.
            pub fn write<'a>(
                &'a mut self,
                buf: &'a [u8],
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a $(, $S)?> {
                transfer::write(self.stream(), buf)
            }

            /// As [`write`](Self::write), from several buffers, one after the other.
            ///
            /// # Errors
            ///
            /// As for [`write`](Self::write).
            ///
            /// # Cancel safety
            ///
            /// As for [`write`](Self::write).
            pub fn write_vectored<'a, 'b>(
                &'a mut self,
                bufs: &'a [IoSlice<'b>],
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a, 'b $(, $S)?> {
                transfer::write_vectored(self.stream(), bufs)
            }

            /// Writes all of `buf`.
            ///
            /// # Errors
            ///
            /// As for [`write`](Self::write). How much was written is not said then.
            ///
            /// # Cancel safety
            ///
            /// Dropped before it is ready, it may have written some of the bytes.
            pub fn write_all<'a>(
                &'a mut self,
                buf: &'a [u8],
            ) -> impl Coroutine<Output = io::Result<()>> + Send + use<'a $(, $S)?> {
                transfer::write_all(self.stream(), buf)
            }
        }

        impl$(<$S: Duplex>)? AsyncWrite for $this {
            fn poll_write(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                buf: &[u8],
            ) -> Poll<io::Result<usize>> {
                transfer::poll_write(self.stream(), cx, buf)
            }

            fn poll_write_vectored(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                bufs: &[IoSlice<'_>],
            ) -> Poll<io::Result<usize>> {
                transfer::poll_write_vectored(self.stream(), cx, bufs)
            }

            fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                // The system has what was written.
                Poll::Ready(Ok(()))
            }

            fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(transfer::finish(self.stream()))
            }
        }
    };
}

pub(super) use {reading, writing};
