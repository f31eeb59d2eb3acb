//! ```text
//! #[costate::coroutine]
//! pub fn echo<S: Duplex>(mut stream: S, log: &Log) -> Result<u64, String> {
//!     let mut buf = [0; 16];
//!     let mut total = 0;
//!     loop {
//!         let n = stream.read(&mut buf).await?;
//!         if n == 0 {
//!             break;
//!         }
//!         log.say("");
//!         let part = &buf[..n];
//!         stream.write_all(part).await?;
//!         total += part.len() as u64;
//!     }
//!     Ok(total)
//! }
//! ```

use super::world::{Duplex, Log};
use costate::__private as private;
use private::core::marker::PhantomData;
use private::core::task::Poll;
use private::{Held, Live, Op, Slot, Step, set_tag, tag};

pub fn echo<'of_log, 'frame, S: Duplex + 'frame>(
    stream: S,
    log: &'of_log Log,
) -> impl costate::Coroutine<Output = Result<u64, String>> + private::Captures<(&'of_log (), &'frame ())>
where
    'of_log: 'frame,
{
    if false {
        private::check(
            (stream, log),
            move |(mut stream, log)| -> Result<u64, String> {
                let mut buf = [0; 16];
                let mut total = 0;
                loop {
                    let n = private::awaited(match private::future(stream.read(&mut buf)) {
                        future => {
                            if private::cancelled() {
                                private::child(future).reach();
                                return private::any();
                            }
                            future
                        }
                    })?;
                    if n == 0 {
                        break;
                    }
                    log.say("");
                    let part = &buf[..n];
                    private::awaited(match private::future(stream.write_all(part)) {
                        future => {
                            if private::cancelled() {
                                private::child(future).reach();
                                return private::any();
                            }
                            future
                        }
                    })?;
                    total += part.len() as u64;
                }
                Ok(total)
            },
        );
    }
    private::machine::<'frame, _, _>(echo_step::<S>, (stream, log))
}

#[repr(u8)]
#[allow(dead_code)]
enum EchoState<Stream, Log, Buf, Total, Read, Part, Write> {
    Unresumed {
        stream: Slot<Stream>,
        log: Slot<Log>,
    } = 0,
    /// `stream.read(&mut buf).await`
    Read {
        stream: Slot<Stream>,
        log: Slot<Log>,
        buf: Slot<Buf>,
        total: Slot<Total>,
        awaited: Slot<Read>,
    } = 1,
    /// `stream.write_all(part).await`
    WriteAll {
        stream: Slot<Stream>,
        log: Slot<Log>,
        buf: Slot<Buf>,
        total: Slot<Total>,
        part: Slot<Part>,
        awaited: Slot<Write>,
    } = 2,
    Returned = 3,
    Panicked = 4,
    Cancelled = 5,
}

#[repr(C)]
struct ReadFrame<A, B, C, D, E> {
    tag: u8,
    stream: Slot<A>,
    log: Slot<B>,
    buf: Slot<C>,
    total: Slot<D>,
    awaited: Slot<E>,
}

#[repr(C)]
struct WriteAllFrame<A, B, C, D, F, G> {
    tag: u8,
    stream: Slot<A>,
    log: Slot<B>,
    buf: Slot<C>,
    total: Slot<D>,
    part: Slot<F>,
    awaited: Slot<G>,
}

impl<A, B, C, D, E, F, G> EchoState<A, B, C, D, E, F, G> {
    /// # Safety
    ///
    /// `state` is the address of a state.
    #[allow(clippy::type_complexity, clippy::multiple_unsafe_ops_per_block)]
    unsafe fn places(state: *mut Self) -> (*mut A, *mut B, *mut C, *mut D, *mut E, *mut F, *mut G) {
        let read = state.cast::<ReadFrame<A, B, C, D, E>>();
        let write = state.cast::<WriteAllFrame<A, B, C, D, F, G>>();
        // SAFETY: each frame is the layout of a variant, so all its fields are inside the state.
        unsafe {
            (
                Slot::at(&raw mut (*read).stream),
                Slot::at(&raw mut (*read).log),
                Slot::at(&raw mut (*read).buf),
                Slot::at(&raw mut (*read).total),
                Slot::at(&raw mut (*read).awaited),
                Slot::at(&raw mut (*write).part),
                Slot::at(&raw mut (*write).awaited),
            )
        }
    }
}

#[allow(
    unused_variables,
    dangerous_implicit_autorefs,
    clippy::multiple_unsafe_ops_per_block
)]
fn echo_step<'of_log, 'x, S: Duplex>(
    (argument0, argument1): (S, &'of_log Log),
    life: PhantomData<&'x (S, &'of_log Log)>,
) -> impl FnMut(Op<'_, '_>) -> Step<Result<u64, String>> + private::Captures<(&'of_log (), &'x ())>
{
    let mut state: EchoState<_, _, _, _, _, _, _> = EchoState::Unresumed {
        stream: Slot::new(argument0),
        log: Slot::new(argument1),
    };
    // SAFETY: what the macro vouches for; this is a model of it.
    private::coroutine_step(move |op| unsafe {
        let st = &raw mut state;
        let mut at = tag(st);
        let (stream_, log_, buf_, total_, read_, part_, write_) = &EchoState::places(st);
        let (stream, log, buf, total, part): (Held, Held, Held, Held, Held);
        let (mut trace, mut ended) = (None, false);
        let (cx, cancel) = match op {
            Op::Resume(cx) => (Some(cx), false),
            Op::Cancel(cx) => (Some(cx), true),
            Op::Drop => {
                ended = true;
                (None, false)
            }
            Op::Trace(visit) => {
                trace = Some(visit);
                (None, false)
            }
        };
        if let Some(cx) = cx {
            if at > 2 {
                assert!(cancel, "`echo` resumed after it ended");
                return Step::Cancelled;
            }
            set_tag(st, 4);
            let stream_live = Live::new(*stream_, true);
            let log_live = Live::new(*log_, true);
            let buf_live = Live::new(*buf_, at != 0);
            let total_live = Live::new(*total_, at != 0);
            let part_live = Live::new(*part_, at == 2);
            let read_live = Live::new(*read_, at == 1);
            let write_live = Live::new(*write_, at == 2);
            let result = 'done: loop {
                match at {
                    0 => {
                        if cancel {
                            break 'done Step::Cancelled;
                        }
                        buf_live.init([0; 16]);
                        total_live.init(0);
                        read_live.init(private::core::future::IntoFuture::into_future(
                            (**stream_).read(&mut **buf_),
                        ));
                        at = 1;
                    }
                    1 => {
                        let value = if cancel {
                            private::Child(*read_).cancel(cx).map(|()| None)
                        } else {
                            private::poll(*read_, cx).map(Some)
                        };
                        let Poll::Ready(value) = value else {
                            (read_live.park(), total_live.park(), buf_live.park());
                            (log_live.park(), stream_live.park());
                            set_tag(st, 1);
                            return Step::Pending;
                        };
                        read_live.end();
                        let Some(value) = value else {
                            break 'done Step::Cancelled;
                        };
                        let n = match private::Branch::branch(value) {
                            private::core::ops::ControlFlow::Continue(value) => value,
                            private::core::ops::ControlFlow::Break(residual) => {
                                break 'done Step::Complete(private::FromResidual::from_residual(
                                    residual,
                                ));
                            }
                        };
                        if n == 0 {
                            break 'done Step::Complete(Ok(**total_));
                        }
                        (**log_).say("");
                        part_live.init(&(**buf_)[..n]);
                        write_live.init(private::core::future::IntoFuture::into_future(
                            (**stream_).write_all(**part_),
                        ));
                        at = 2;
                    }
                    2 => {
                        let value = if cancel {
                            private::Child(*write_).cancel(cx).map(|()| None)
                        } else {
                            private::poll(*write_, cx).map(Some)
                        };
                        let Poll::Ready(value) = value else {
                            (write_live.park(), part_live.park(), total_live.park());
                            (buf_live.park(), log_live.park(), stream_live.park());
                            set_tag(st, 2);
                            return Step::Pending;
                        };
                        write_live.end();
                        let Some(value) = value else {
                            break 'done Step::Cancelled;
                        };
                        match private::Branch::branch(value) {
                            private::core::ops::ControlFlow::Continue(value) => value,
                            private::core::ops::ControlFlow::Break(residual) => {
                                break 'done Step::Complete(private::FromResidual::from_residual(
                                    residual,
                                ));
                            }
                        };
                        **total_ += (**part_).len() as u64;
                        part_live.end();
                        read_live.init(private::core::future::IntoFuture::into_future(
                            (**stream_).read(&mut **buf_),
                        ));
                        at = 1;
                    }
                    _ => private::core::hint::unreachable_unchecked(),
                }
            };
            (part_live.end(), total_live.end(), buf_live.end());
            (log_live.end(), stream_live.end());
            set_tag(st, if cancel { 5 } else { 3 });
            return result;
        }
        if ended {
            set_tag(st, 4);
            // In reverse: guards drop newest first. Of an unresumed machine only the arguments are there.
            let _stream = Live::new(*stream_, at <= 2);
            let _log = Live::new(*log_, at <= 2);
            let _buf = Live::new(*buf_, at == 1 || at == 2);
            let _total = Live::new(*total_, at == 1 || at == 2);
            let _part = Live::new(*part_, at == 2);
            let _read = Live::new(*read_, at == 1);
            let _write = Live::new(*write_, at == 2);
        }
        if let Some(visit) = trace {
            match at {
                1 => {
                    visit(costate::Frame::new(
                        "echo",
                        "stream.read(&mut buf)",
                        file!(),
                        7,
                    ));
                    private::Child(*read_).trace(visit);
                }
                2 => {
                    visit(costate::Frame::new(
                        "echo",
                        "stream.write_all(part)",
                        file!(),
                        13,
                    ));
                    private::Child(*write_).trace(visit);
                }
                _ => {}
            }
        }
        Step::Pending
    })
}
