//! Futures as one writes them by hand, beside the coroutines that do the same.

use crate::bodies::{Body, Once, Pieces, drive, once, ours};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// As `counted_loop`.
struct CountedLoop {
    next: u32,
    times: u32,
    sum: u32,
    waiting: Option<Once>,
}

impl Future for CountedLoop {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        loop {
            if let Some(once) = &mut self.waiting {
                ready!(Pin::new(once).poll(cx));
                self.waiting = None;
                self.sum += self.next;
                self.next += 1;
            }
            if self.next >= self.times {
                return Poll::Ready(self.sum);
            }
            self.waiting = Some(once());
        }
    }
}

/// As `straight_line`.
enum StraightLine {
    Begin,
    First { a: u32, once: Once },
    Second { a: u32, b: u32, once: Once },
    Third { sum: u32, once: Once },
    Ended,
}

impl Future for StraightLine {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        loop {
            let next = match &mut *self {
                StraightLine::Begin => StraightLine::First { a: 1, once: once() },
                StraightLine::First { a, once: waiting } => {
                    ready!(Pin::new(waiting).poll(cx));
                    let (a, b) = (*a, *a + 1);
                    StraightLine::Second { a, b, once: once() }
                }
                StraightLine::Second {
                    a,
                    b,
                    once: waiting,
                } => {
                    ready!(Pin::new(waiting).poll(cx));
                    let c = *a + *b;
                    let sum = *a + *b + c;
                    StraightLine::Third { sum, once: once() }
                }
                StraightLine::Third { sum, once: waiting } => {
                    ready!(Pin::new(waiting).poll(cx));
                    let sum = *sum;
                    *self = StraightLine::Ended;
                    return Poll::Ready(sum);
                }
                StraightLine::Ended => panic!("polled after its end"),
            };
            *self = next;
        }
    }
}

/// As `echo`: the stream's futures are made anew by each poll, as what borrows from a field can't be kept beside it.
struct Echo {
    stream: Pieces,
    buf: [u8; 1024],
    total: usize,
    n: usize,
    doing: Doing,
}

enum Doing {
    Nothing,
    Reading,
    Writing,
}

impl Future for Echo {
    type Output = io::Result<usize>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        match this.doing {
            Doing::Nothing => {}
            Doing::Reading => {
                this.n = this.stream.read_now(&mut this.buf);
                if this.n == 0 {
                    return Poll::Ready(Ok(this.total + this.stream.written.len()));
                }
                this.doing = Doing::Writing;
                return Poll::Pending;
            }
            Doing::Writing => {
                this.stream.write_now(&this.buf[..this.n]);
                this.total += this.n;
            }
        }
        this.doing = Doing::Reading;
        Poll::Pending
    }
}

pub fn all() -> Vec<Body> {
    fn counted() -> CountedLoop {
        CountedLoop {
            next: 0,
            times: 30,
            sum: 0,
            waiting: None,
        }
    }
    fn echo() -> Echo {
        Echo {
            stream: Pieces::new(),
            buf: [0; 1024],
            total: 0,
            n: 0,
            doing: Doing::Nothing,
        }
    }
    vec![
        Body {
            name: "counted_loop by hand",
            size: (
                size_of_val(&ours::counted_loop(30)),
                size_of_val(&counted()),
            ),
            ours: || drive(ours::counted_loop(30)),
            theirs: || drive(counted()),
        },
        Body {
            name: "straight_line by hand",
            size: (
                size_of_val(&ours::straight_line()),
                size_of::<StraightLine>(),
            ),
            ours: || drive(ours::straight_line()),
            theirs: || drive(StraightLine::Begin),
        },
        Body {
            name: "echo by hand",
            size: (
                size_of_val(&ours::echo(Pieces::new())),
                size_of_val(&echo()),
            ),
            ours: || drive(ours::echo(Pieces::new())),
            theirs: || drive(echo()),
        },
    ]
}
