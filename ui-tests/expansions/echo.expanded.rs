//! The README's: a held buffer, borrows from it, `?` after each suspension.
pub fn echo(stream: TcpStream) -> impl ::costate::Coroutine<Output = io::Result<u64>> {
    if false {
        ::costate::__private::check(
            (stream,),
            move |(mut stream,)| -> io::Result<u64> {
                let result: io::Result<u64> = if ::costate::__private::cancelled() {
                    ::costate::__private::any()
                } else {
                    let mut buf = [0; 1024];
                    let mut total = 0;
                    loop {
                        let n = (::costate::__private::Awaited)(
                                match ::core::future::IntoFuture::into_future(
                                    stream.read(&mut buf),
                                ) {
                                    future => {
                                        if ::costate::__private::cancelled() {
                                            ::costate::__private::child(future).reach();
                                            return ::costate::__private::any();
                                        }
                                        future
                                    }
                                },
                            )
                            .output()?;
                        if n == 0 {
                            return ::costate::__private::Output::<io::Result<u64>> {
                                value: Ok(total),
                            }
                                .value;
                        }
                        (::costate::__private::Awaited)(
                                match ::core::future::IntoFuture::into_future(
                                    stream.write_all(&buf[..n]),
                                ) {
                                    future => {
                                        if ::costate::__private::cancelled() {
                                            ::costate::__private::child(future).reach();
                                            return ::costate::__private::any();
                                        }
                                        future
                                    }
                                },
                            )
                            .output()?;
                        total += n as u64;
                    }
                };
                result
            },
        );
    }
    #[allow(
        unreachable_code,
        unused_assignments,
        unused_braces,
        unused_must_use,
        unused_mut,
        unused_parens,
        unused_unsafe,
        unused_variables,
        dangerous_implicit_autorefs
    )]
    fn echo_step<'x>(
        ::costate::__private::Call {
            arguments: (argument0,),
            life,
        }: ::costate::__private::Call<'x, (TcpStream,)>,
    ) -> impl ::costate::__private::Resumable<
        Yield = ::costate::__private::core::convert::Infallible,
        Return = io::Result<u64>,
    > + ::costate::__private::Captures<(&'x (),)> {
        use ::costate::__private as __costate;
        #[repr(u8)]
        enum EchoState {
            /// holds the arguments `stream`.
            Unresumed = 0,
            /// `stream.read(&mut buf).await`, line 7; holds `stream`, `buf`, `total`.
            Read = 1,
            /// `stream.write_all(&buf[..n]).await`, line 11; holds `stream`, `buf`, `total`, `n`.
            WriteAll = 2,
            /// `Read`, whose child is cleaning up.
            CancellingRead = 3,
            /// `WriteAll`, whose child is cleaning up.
            CancellingWriteAll = 4,
            Returned = 5,
            Panicked = 6,
            Cancelled = 7,
        }
        struct EchoHeld<Stream, Buf, Total, N, WriteAllFuture, ReadFuture> {
            state: EchoState,
            stream: __costate::Slot<Stream>,
            buf: __costate::Slot<Buf>,
            total: __costate::Slot<Total>,
            shared: EchoShared<N, WriteAllFuture, ReadFuture>,
        }
        #[repr(C)]
        union EchoShared<N, WriteAllFuture, ReadFuture> {
            nothing: (),
            while_write_all: __costate::ManuallyDrop<
                EchoWriteAllHeld<N, WriteAllFuture>,
            >,
            while_read: __costate::ManuallyDrop<__costate::Slot<ReadFuture>>,
        }
        struct EchoWriteAllHeld<N, WriteAllFuture> {
            n: __costate::Slot<N>,
            write_all_future: __costate::Slot<WriteAllFuture>,
        }
        impl<
            Stream,
            Buf,
            Total,
            N,
            WriteAllFuture,
            ReadFuture,
        > EchoHeld<Stream, Buf, Total, N, WriteAllFuture, ReadFuture> {
            #[inline(always)]
            const fn places(
                _: *mut EchoHeld<Stream, Buf, Total, N, WriteAllFuture, ReadFuture>,
            ) -> (
                __costate::At<EchoState>,
                __costate::At<Stream>,
                __costate::At<Buf>,
                __costate::At<Total>,
                __costate::At<N>,
                __costate::At<WriteAllFuture>,
                __costate::At<ReadFuture>,
            ) {
                (
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            EchoHeld < Stream, Buf, Total, N, WriteAllFuture, ReadFuture
                            >, state
                        ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            EchoHeld < Stream, Buf, Total, N, WriteAllFuture, ReadFuture
                            >, stream
                        ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            EchoHeld < Stream, Buf, Total, N, WriteAllFuture, ReadFuture
                            >, buf
                        ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            EchoHeld < Stream, Buf, Total, N, WriteAllFuture, ReadFuture
                            >, total
                        ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            EchoHeld < Stream, Buf, Total, N, WriteAllFuture, ReadFuture
                            >, shared
                        )
                            + ::core::mem::offset_of!(
                                EchoWriteAllHeld < N, WriteAllFuture >, n
                            ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            EchoHeld < Stream, Buf, Total, N, WriteAllFuture, ReadFuture
                            >, shared
                        )
                            + ::core::mem::offset_of!(
                                EchoWriteAllHeld < N, WriteAllFuture >, write_all_future
                            ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            EchoHeld < Stream, Buf, Total, N, WriteAllFuture, ReadFuture
                            >, shared
                        ),
                    ),
                )
            }
        }
        unsafe impl<
            Stream: ::core::marker::Send,
            Buf: ::core::marker::Send,
            Total: ::core::marker::Send,
            N: ::core::marker::Send,
            WriteAllFuture: ::core::marker::Send,
            ReadFuture: ::core::marker::Send,
        > ::core::marker::Send
        for EchoHeld<Stream, Buf, Total, N, WriteAllFuture, ReadFuture> {}
        unsafe impl<
            Stream: ::core::marker::Sync,
            Buf: ::core::marker::Sync,
            Total: ::core::marker::Sync,
            N: ::core::marker::Sync,
            WriteAllFuture: ::core::marker::Sync,
            ReadFuture: ::core::marker::Sync,
        > ::core::marker::Sync
        for EchoHeld<Stream, Buf, Total, N, WriteAllFuture, ReadFuture> {}
        let state: EchoHeld<_, _, _, _, _, _> = EchoHeld {
            state: EchoState::Unresumed,
            stream: __costate::Slot::new(argument0),
            buf: __costate::Slot::empty(),
            total: __costate::Slot::empty(),
            shared: EchoShared { nothing: () },
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut EchoHeld<_, _, _, _, _, _>,
                    context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::Step<io::Result<u64>> {
                    unsafe {
                        let (
                            state_at,
                            stream_at,
                            buf_at,
                            total_at,
                            n_at,
                            write_all_future_at,
                            read_future_at,
                        ) = EchoHeld::places(st);
                        let mut at = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        if at > 2 {
                            __costate::ended("echo", at == 6);
                        }
                        let unwinding = __costate::Unwinding::<
                            u8,
                        >::new(st, state_at.cast(), 6);
                        let result: __costate::Step<io::Result<u64>>;
                        {
                            let stream_live = &__costate::Live::in_state(st, stream_at);
                            let buf_live = &__costate::Live::in_state(st, buf_at);
                            let total_live = &__costate::Live::in_state(st, total_at);
                            let n_live = &__costate::Live::in_state(st, n_at);
                            let mut again_1 = false;
                            result = 'done: loop {
                                'again_1: {
                                    if again_1 {
                                        again_1 = false;
                                        at = 1;
                                        break 'again_1;
                                    }
                                    if at == 0 {
                                        let stream_ = &stream_at.of(st);
                                        let buf_ = &buf_at.of(st);
                                        if introduce.is_asked(st) {
                                            __costate::forget(unwinding);
                                            return introduce.answer();
                                        }
                                        stream_live.here();
                                        {
                                            *buf_live.elements() = [__costate::MaybeUninit::new(
                                                0,
                                            ); 1024];
                                            buf_live.here()
                                        };
                                        {
                                            let mut total = 0;
                                            total_live.init(total);
                                        }
                                        ::core::ptr::write(
                                            read_future_at.of(st),
                                            ::core::future::IntoFuture::into_future(
                                                (*(*stream_)).read(&mut (*(*buf_))),
                                            ),
                                        );
                                        at = 1;
                                    }
                                }
                                if at == 1 {
                                    stream_live.here();
                                    buf_live.here();
                                    total_live.here();
                                    let __costate::Poll::Ready(value) = (&__costate::Awaited(
                                        read_future_at.of(st),
                                    ))
                                        .poll(context, st, read_future_at) else {
                                        total_live.park();
                                        buf_live.park();
                                        stream_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = EchoState::Read;
                                        return __costate::Step::Pending;
                                    };
                                    let stream_ = &stream_at.of(st);
                                    let buf_ = &buf_at.of(st);
                                    let n_ = &n_at.of(st);
                                    {
                                        let n = (match __costate::Try(
                                                (__costate::Ready)(value).output(),
                                            )
                                            .branch()
                                        {
                                            __costate::core::ops::ControlFlow::Continue(value) => value,
                                            __costate::core::ops::ControlFlow::Break(residual) => {
                                                break 'done __costate::Step::Complete {
                                                    0: __costate::Early::<_, io::Result<u64>>::new(residual)
                                                        .result(),
                                                };
                                            }
                                        });
                                        n_live.init(n);
                                    }
                                    if (*(*n_)) == 0 {
                                        (break 'done __costate::Step::Complete {
                                            0: Ok((total_live).take()),
                                        });
                                    }
                                    ::core::ptr::write(
                                        write_all_future_at.of(st),
                                        ::core::future::IntoFuture::into_future(
                                            (*(*stream_)).write_all(&(*(*buf_))[..(n_live).take()]),
                                        ),
                                    );
                                    at = 2;
                                }
                                if at == 2 {
                                    stream_live.here();
                                    buf_live.here();
                                    total_live.here();
                                    let __costate::Poll::Ready(value) = (&__costate::Awaited(
                                        write_all_future_at.of(st),
                                    ))
                                        .poll(context, st, write_all_future_at) else {
                                        total_live.park();
                                        buf_live.park();
                                        stream_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = EchoState::WriteAll;
                                        return __costate::Step::Pending;
                                    };
                                    let stream_ = &stream_at.of(st);
                                    let buf_ = &buf_at.of(st);
                                    let total_ = &total_at.of(st);
                                    (match __costate::Try((__costate::Ready)(value).output())
                                        .branch()
                                    {
                                        __costate::core::ops::ControlFlow::Continue(value) => value,
                                        __costate::core::ops::ControlFlow::Break(residual) => {
                                            break 'done __costate::Step::Complete {
                                                0: __costate::Early::<_, io::Result<u64>>::new(residual)
                                                    .result(),
                                            };
                                        }
                                    });
                                    (*(*total_)) += (n_live).take() as u64;
                                    n_live.end();
                                    ::core::ptr::write(
                                        read_future_at.of(st),
                                        ::core::future::IntoFuture::into_future(
                                            (*(*stream_)).read(&mut (*(*buf_))),
                                        ),
                                    );
                                    at = 1;
                                    again_1 = true;
                                    continue 'done;
                                }
                                ::core::hint::unreachable_unchecked()
                            };
                        }
                        __costate::forget(unwinding);
                        (*st).state = EchoState::Returned;
                        result
                    }
                },
                #[inline(always)]
                move |
                    st: *mut EchoHeld<_, _, _, _, _, _>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Poll<()> {
                    unsafe {
                        let (
                            state_at,
                            stream_at,
                            buf_at,
                            total_at,
                            n_at,
                            write_all_future_at,
                            read_future_at,
                        ) = EchoHeld::places(st);
                        let (mut context, report) = op.parts();
                        let at = __costate::tag((&raw const (*st).state).cast::<u8>());
                        if let __costate::Some(report) = report {
                            match at {
                                1 | 3 => {
                                    report(
                                        __costate::Frame::new(
                                            "echo",
                                            "stream.read(&mut buf)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(read_future_at.of(st)).trace(report)
                                }
                                2 | 4 => {
                                    report(
                                        __costate::Frame::new(
                                            "echo",
                                            "stream.write_all(&buf[..n])",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(write_all_future_at.of(st)).trace(report)
                                }
                                _ => {}
                            }
                            return __costate::Poll::Pending;
                        }
                        let unwinding = __costate::Unwinding::<
                            u8,
                        >::new(st, state_at.cast(), 6);
                        match at {
                            0 => {
                                __costate::drop((
                                    __costate::Live::new(stream_at.of(st), true),
                                ))
                            }
                            1 | 3 => {
                                let stream_ = &stream_at.of(st);
                                let stream_live = &__costate::Live::new(*stream_, false);
                                stream_live.here();
                                let buf_ = &buf_at.of(st);
                                let buf_live = &__costate::Live::new(*buf_, false);
                                buf_live.here();
                                let total_ = &total_at.of(st);
                                let total_live = &__costate::Live::new(*total_, false);
                                total_live.here();
                                let read_future_ = &read_future_at.of(st);
                                let read_future_live = &__costate::Live::new(
                                    *read_future_,
                                    true,
                                );
                                if let __costate::Some(context) = &mut context {
                                    if __costate::Poll::is_pending(
                                        &__costate::Child(*read_future_).cancel(context),
                                    ) {
                                        read_future_live.park();
                                        total_live.park();
                                        buf_live.park();
                                        stream_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = EchoState::CancellingRead;
                                        return __costate::Poll::Pending;
                                    }
                                }
                            }
                            2 | 4 => {
                                let stream_ = &stream_at.of(st);
                                let stream_live = &__costate::Live::new(*stream_, false);
                                stream_live.here();
                                let buf_ = &buf_at.of(st);
                                let buf_live = &__costate::Live::new(*buf_, false);
                                buf_live.here();
                                let total_ = &total_at.of(st);
                                let total_live = &__costate::Live::new(*total_, false);
                                total_live.here();
                                let write_all_future_ = &write_all_future_at.of(st);
                                let write_all_future_live = &__costate::Live::new(
                                    *write_all_future_,
                                    true,
                                );
                                if let __costate::Some(context) = &mut context {
                                    if __costate::Poll::is_pending(
                                        &__costate::Child(*write_all_future_).cancel(context),
                                    ) {
                                        write_all_future_live.park();
                                        total_live.park();
                                        buf_live.park();
                                        stream_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = EchoState::CancellingWriteAll;
                                        return __costate::Poll::Pending;
                                    }
                                }
                            }
                            _ => {
                                __costate::forget(unwinding);
                                return __costate::Poll::Ready(());
                            }
                        }
                        __costate::forget(unwinding);
                        if context.is_some() {
                            (*st).state = EchoState::Cancelled;
                        }
                        __costate::Poll::Ready(())
                    }
                },
            )
        }
    }
    ::costate::__private::machine_as_written::<
        'static,
        for<'x, 'x_or> fn(
            &'x (),
            &'x_or (),
        ) -> ::costate::__private::Call<'x, (TcpStream,)>,
        _,
        _,
        _,
    >(move || (echo_step, ::costate::__private::core::marker::PhantomData), (stream,))
}
