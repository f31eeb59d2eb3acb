//! What the corpus awaits: the sizes are those of the futures that people await most.

use std::future::Future;
use std::io;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

macro_rules! leaf {
    ($name:ident<$life:lifetime> { $($field:ident: $ty:ty),* } -> $output:ty, $value:expr) => {
        pub struct $name<$life> {
            $(#[allow(dead_code, reason = "here for its size")] $field: $ty,)*
            suspended: bool,
        }

        impl<$life> Future for $name<$life> {
            type Output = $output;

            fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<$output> {
                let this = self.get_mut();
                if !std::mem::replace(&mut this.suspended, true) {
                    return Poll::Pending;
                }
                Poll::Ready($value)
            }
        }
    };
}

leaf!(Read<'a> { stream: &'a mut Stream, buf: &'a mut [u8] } -> io::Result<usize>, Ok(0));
leaf!(WriteAll<'a> { stream: &'a mut Stream, buf: &'a [u8] } -> io::Result<()>, Ok(()));
leaf!(Accept<'a> { listener: &'a Listener } -> io::Result<Stream>, Ok(Stream::new()));
leaf!(Connect<'a> { to: &'a str, tried: u32 } -> io::Result<Stream>, Ok(Stream::new()));
leaf!(Sleep<'a> { until: (u64, u32), timer: Option<(u64, &'a ())> } -> (), ());
leaf!(Receive<'a> { from: &'a Receiver, waiting: Option<u64> } -> Option<Message>, None);
leaf!(Send<'a> { to: &'a Sender, message: Option<Message> } -> Result<(), Closed>, Ok(()));

/// As large as a socket with its registration.
pub struct Stream {
    _descriptor: i32,
    _registration: Box<u64>,
}

impl Stream {
    pub fn new() -> Self {
        Stream {
            _descriptor: 3,
            _registration: Box::new(0),
        }
    }

    pub fn read<'a>(&'a mut self, buf: &'a mut [u8]) -> Read<'a> {
        Read {
            stream: self,
            buf,
            suspended: false,
        }
    }

    pub fn write_all<'a>(&'a mut self, buf: &'a [u8]) -> WriteAll<'a> {
        WriteAll {
            stream: self,
            buf,
            suspended: false,
        }
    }
}

pub struct Listener;

impl Listener {
    pub fn accept(&self) -> Accept<'_> {
        Accept {
            listener: self,
            suspended: false,
        }
    }
}

pub fn connect(to: &str) -> Connect<'_> {
    Connect {
        to,
        tried: 0,
        suspended: false,
    }
}

pub fn sleep(time: Duration) -> Sleep<'static> {
    Sleep {
        until: (time.as_secs(), time.subsec_nanos()),
        timer: None,
        suspended: false,
    }
}

#[derive(Debug)]
pub struct Closed;

pub struct Message {
    pub key: u64,
    pub body: Vec<u8>,
}

impl Message {
    pub fn new(key: u64) -> Self {
        Message {
            key,
            body: Vec::new(),
        }
    }
}

pub struct Receiver;

impl Receiver {
    pub fn recv(&self) -> Receive<'_> {
        Receive {
            from: self,
            waiting: None,
            suspended: false,
        }
    }
}

pub struct Sender;

impl Sender {
    pub fn send(&self, message: Message) -> Send<'_> {
        Send {
            to: self,
            message: Some(message),
            suspended: false,
        }
    }
}

/// A lock whose guard gives back.
pub struct Lock<T>(std::cell::UnsafeCell<T>);

pub struct Locking<'a, T> {
    lock: &'a Lock<T>,
    listener: Option<Box<u64>>,
    suspended: bool,
}

pub struct Guard<'a, T>(&'a Lock<T>, Pin<Box<T>>);

impl<T: Default> Lock<T> {
    pub fn new(value: T) -> Self {
        Lock(std::cell::UnsafeCell::new(value))
    }

    pub fn lock(&self) -> Locking<'_, T> {
        Locking {
            lock: self,
            listener: None,
            suspended: false,
        }
    }
}

impl<'a, T: Default> Future for Locking<'a, T> {
    type Output = Guard<'a, T>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Guard<'a, T>> {
        let this = self.get_mut();
        this.listener = None;
        if !std::mem::replace(&mut this.suspended, true) {
            return Poll::Pending;
        }
        Poll::Ready(Guard(this.lock, Box::pin(T::default())))
    }
}

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.1
    }
}

impl<T: Unpin> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.1
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        let _ = self.0.0.get();
    }
}
