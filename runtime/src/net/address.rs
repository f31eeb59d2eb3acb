//! From what people write as an address to socket addresses.
//!
//! Input: addresses, or the name of a host. Output: socket addresses. Invariant: only names are looked up, and on a thread where that
//! may block; an address in figures costs nothing.

use crate::Task;
use crate::scheduler::pool;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

/// What can stand for an address: [`SocketAddr`] and its kin, slices of them, `(host, port)`, and texts like
/// `"127.0.0.1:7777"`, `"[::1]:7777"` or `"example.org:80"`.
///
/// As [`std::net::ToSocketAddrs`], but the look-up of a name doesn't block. It can't be implemented
/// outside of this crate.
pub trait ToSocketAddrs: sealed::Sealed {}
impl<T: sealed::Sealed + ?Sized> ToSocketAddrs for T {}

mod sealed {
    pub trait Sealed {
        fn addresses(&self) -> super::Addresses;
    }
}

/// What is known without asking anybody.
pub enum Addresses {
    Known(Vec<SocketAddr>),
    Name(String),
    NameAndPort(String, u16),
}

impl Addresses {
    fn look_up(self) -> io::Result<Vec<SocketAddr>> {
        use std::net::ToSocketAddrs;
        match self {
            Addresses::Known(addresses) => Ok(addresses),
            Addresses::Name(name) => name.to_socket_addrs().map(Iterator::collect),
            Addresses::NameAndPort(name, port) => (name.as_str(), port)
                .to_socket_addrs()
                .map(Iterator::collect),
        }
    }
}

macro_rules! known {
    ($($ty:ty: $this:ident => $address:expr;)*) => {$(
        impl sealed::Sealed for $ty {
            fn addresses(&self) -> Addresses {
                let $this = self;
                Addresses::Known(vec![SocketAddr::from($address)])
            }
        }
    )*};
}

known! {
    SocketAddr: this => *this;
    SocketAddrV4: this => *this;
    SocketAddrV6: this => *this;
    (IpAddr, u16): this => *this;
    (Ipv4Addr, u16): this => *this;
    (Ipv6Addr, u16): this => *this;
}

impl sealed::Sealed for [SocketAddr] {
    fn addresses(&self) -> Addresses {
        Addresses::Known(self.to_vec())
    }
}

impl sealed::Sealed for str {
    fn addresses(&self) -> Addresses {
        match self.parse() {
            Ok(address) => Addresses::Known(vec![address]),
            Err(_) => Addresses::Name(self.to_owned()),
        }
    }
}

impl sealed::Sealed for String {
    fn addresses(&self) -> Addresses {
        self.as_str().addresses()
    }
}

impl sealed::Sealed for (&str, u16) {
    fn addresses(&self) -> Addresses {
        match self.0.parse::<IpAddr>() {
            Ok(ip) => (ip, self.1).addresses(),
            Err(_) => Addresses::NameAndPort(self.0.to_owned(), self.1),
        }
    }
}

impl sealed::Sealed for (String, u16) {
    fn addresses(&self) -> Addresses {
        (self.0.as_str(), self.1).addresses()
    }
}

impl<T: sealed::Sealed + ?Sized> sealed::Sealed for &T {
    fn addresses(&self) -> Addresses {
        T::addresses(self)
    }
}

/// Looks up the addresses of a host. Names are looked up by the system, on a thread of the runtime that may block.
///
/// ```
/// # #[costate::coroutine]
/// # fn example() -> std::io::Result<()> {
/// let mut addresses = costate::net::lookup_host("127.0.0.1:80").await?;
/// assert_eq!(addresses.next(), Some(([127, 0, 0, 1], 80).into()));
/// # Ok(())
/// # }
/// # costate::block_on(example()).unwrap();
/// ```
///
/// # Errors
///
/// If the text is no address (`InvalidInput`), or the system doesn't know the name.
///
/// # Cancel safety
///
/// It may be dropped at any time; a look-up that has begun goes on and its result is thrown away, one that hasn't is
/// dropped.
pub fn lookup_host<A: ToSocketAddrs>(
    address: A,
) -> impl Future<Output = io::Result<vec::IntoIter<SocketAddr>>> + Send + use<A> {
    Resolve::new(&address)
}

/// A look-up: ready at once, or on another thread.
pub(super) enum Resolve {
    Known(Vec<SocketAddr>),
    LookingUp(Task<io::Result<Vec<SocketAddr>>>),
}

impl Resolve {
    pub(super) fn new(address: &impl ToSocketAddrs) -> Self {
        match address.addresses() {
            Addresses::Known(addresses) => Resolve::Known(addresses),
            name => Resolve::LookingUp(pool::spawn(move || name.look_up())),
        }
    }
}

impl Future for Resolve {
    type Output = io::Result<vec::IntoIter<SocketAddr>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Resolve::Known(addresses) => Poll::Ready(Ok(std::mem::take(addresses).into_iter())),
            Resolve::LookingUp(task) => Pin::new(task)
                .poll(cx)
                .map(|found| found.map(IntoIterator::into_iter)),
        }
    }
}

/// What to report when there was no address to try.
pub(super) fn none() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "there is no address to try")
}
