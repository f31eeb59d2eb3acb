//! `Copy` types that have no closure in them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::time::{Duration, Instant, SystemTime};

/// One of them. Of these rustc always knows it, unlike of `Copy`.
pub trait Plain: Copy {}

macro_rules! plain {
    ($($of:ty),*) => {$(impl Plain for $of {})*};
}

plain!(
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    f32,
    f64,
    bool,
    char,
    ()
);
plain!(Duration, Instant, SystemTime, core::cmp::Ordering);
plain!(
    IpAddr,
    Ipv4Addr,
    Ipv6Addr,
    SocketAddr,
    SocketAddrV4,
    SocketAddrV6
);

impl<T: ?Sized> Plain for &T {}
impl<T: Plain> Plain for Option<T> {}
impl<T: Plain, const N: usize> Plain for [T; N] {}
impl<T: Plain, U: Plain> Plain for (T, U) {}
