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
        dead_code,
        unreachable_code,
        unreachable_patterns,
        unused_assignments,
        unused_braces,
        unused_labels,
        unused_must_use,
        unused_mut,
        unused_parens,
        unused_unsafe,
        unused_variables,
        path_statements,
        dangerous_implicit_autorefs,
        non_camel_case_types,
        clippy::type_complexity,
        clippy::too_many_arguments,
        clippy::too_many_lines,
        clippy::cognitive_complexity,
        clippy::diverging_sub_expression,
        clippy::multiple_unsafe_ops_per_block,
        clippy::no_effect,
        clippy::unnecessary_operation,
        clippy::undocumented_unsafe_blocks
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
        enum EchoState<Stream, Buf, Total, N, ReadFuture, WriteAllFuture> {
            Unresumed { stream: __costate::Slot<Stream> } = 0,
            /// `stream.read(&mut buf).await`, line 7.
            Read {
                stream: __costate::Slot<Stream>,
                buf: __costate::Slot<Buf>,
                total: __costate::Slot<Total>,
                awaited: __costate::Slot<ReadFuture>,
            } = 1,
            /// `stream.write_all(&buf[..n]).await`, line 11.
            WriteAll {
                stream: __costate::Slot<Stream>,
                buf: __costate::Slot<Buf>,
                total: __costate::Slot<Total>,
                n: __costate::Slot<N>,
                awaited: __costate::Slot<WriteAllFuture>,
            } = 2,
            /// `Read`, whose child is cleaning up.
            CancellingRead = 3,
            /// `WriteAll`, whose child is cleaning up.
            CancellingWriteAll = 4,
            Returned = 5,
            Panicked = 6,
            Cancelled = 7,
        }
        unsafe impl<
            Stream: ::core::marker::Send,
            Buf: ::core::marker::Send,
            Total: ::core::marker::Send,
            N: ::core::marker::Send,
            ReadFuture: ::core::marker::Send,
            WriteAllFuture: ::core::marker::Send,
        > ::core::marker::Send
        for EchoState<Stream, Buf, Total, N, ReadFuture, WriteAllFuture> {}
        unsafe impl<
            Stream: ::core::marker::Sync,
            Buf: ::core::marker::Sync,
            Total: ::core::marker::Sync,
            N: ::core::marker::Sync,
            ReadFuture: ::core::marker::Sync,
            WriteAllFuture: ::core::marker::Sync,
        > ::core::marker::Sync
        for EchoState<Stream, Buf, Total, N, ReadFuture, WriteAllFuture> {}
        #[repr(C)]
        struct UnresumedFrame<Stream> {
            tag: u8,
            stream: __costate::Slot<Stream>,
        }
        #[repr(C)]
        struct ReadFrame<Stream, Buf, Total, ReadFuture> {
            tag: u8,
            stream: __costate::Slot<Stream>,
            buf: __costate::Slot<Buf>,
            total: __costate::Slot<Total>,
            awaited: __costate::Slot<ReadFuture>,
        }
        #[repr(C)]
        struct WriteAllFrame<Stream, Buf, Total, N, WriteAllFuture> {
            tag: u8,
            stream: __costate::Slot<Stream>,
            buf: __costate::Slot<Buf>,
            total: __costate::Slot<Total>,
            n: __costate::Slot<N>,
            awaited: __costate::Slot<WriteAllFuture>,
        }
        impl<
            Stream,
            Buf,
            Total,
            N,
            ReadFuture,
            WriteAllFuture,
        > EchoState<Stream, Buf, Total, N, ReadFuture, WriteAllFuture> {
            #[inline(always)]
            unsafe fn places(
                state: *mut EchoState<Stream, Buf, Total, N, ReadFuture, WriteAllFuture>,
            ) -> (
                *mut Stream,
                *mut Buf,
                *mut Total,
                *mut N,
                *mut ReadFuture,
                *mut WriteAllFuture,
            ) {
                const {
                    __costate::one_place([
                        ::core::mem::offset_of!(UnresumedFrame < Stream >, stream),
                        ::core::mem::offset_of!(
                            ReadFrame < Stream, Buf, Total, ReadFuture >, stream
                        ),
                        ::core::mem::offset_of!(
                            WriteAllFrame < Stream, Buf, Total, N, WriteAllFuture >,
                            stream
                        ),
                    ]);
                    __costate::one_place([
                        ::core::mem::offset_of!(
                            ReadFrame < Stream, Buf, Total, ReadFuture >, buf
                        ),
                        ::core::mem::offset_of!(
                            WriteAllFrame < Stream, Buf, Total, N, WriteAllFuture >, buf
                        ),
                    ]);
                    __costate::one_place([
                        ::core::mem::offset_of!(
                            ReadFrame < Stream, Buf, Total, ReadFuture >, total
                        ),
                        ::core::mem::offset_of!(
                            WriteAllFrame < Stream, Buf, Total, N, WriteAllFuture >,
                            total
                        ),
                    ]);
                }
                let unresumed_frame = state.cast::<UnresumedFrame<Stream>>();
                let read_frame = state
                    .cast::<ReadFrame<Stream, Buf, Total, ReadFuture>>();
                let write_all_frame = state
                    .cast::<WriteAllFrame<Stream, Buf, Total, N, WriteAllFuture>>();
                unsafe {
                    (
                        __costate::Slot::at(&raw mut (*unresumed_frame).stream),
                        __costate::Slot::at(&raw mut (*read_frame).buf),
                        __costate::Slot::at(&raw mut (*read_frame).total),
                        __costate::Slot::at(&raw mut (*write_all_frame).n),
                        __costate::Slot::at(&raw mut (*read_frame).awaited),
                        __costate::Slot::at(&raw mut (*write_all_frame).awaited),
                    )
                }
            }
        }
        let state: EchoState<_, _, _, _, _, _> = EchoState::Unresumed {
            stream: __costate::Slot::new(argument0),
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut EchoState<_, _, _, _, _, _>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Step<io::Result<u64>> {
                    unsafe {
                        let (
                            stream_,
                            buf_,
                            total_,
                            n_,
                            read_future_,
                            write_all_future_,
                        ) = &EchoState::places(st);
                        let (mut context, cancel, report) = op.parts();
                        if report.is_none() {
                            let mut at = u32::from(*st.cast::<u8>());
                            at = match at {
                                3 if cancel => 1,
                                4 if cancel => 2,
                                other => other,
                            };
                            if at > 2 {
                                return __costate::ended("echo", at == 6, cancel);
                            }
                            if at == 0 && !cancel && __costate::is_asked(st) {
                                return __costate::Step::Asked;
                            }
                            st.cast::<u8>().write(6);
                            if at == 0 && cancel {
                                __costate::drop((__costate::Live::new(*stream_, true),));
                                st.cast::<u8>().write(7);
                                return __costate::Step::Cancelled;
                            }
                            let result: __costate::Step<io::Result<u64>>;
                            {
                                let stream_live = &__costate::Live::new(*stream_, false);
                                let buf_live = &__costate::Live::new(*buf_, false);
                                let total_live = &__costate::Live::new(*total_, false);
                                let n_live = &__costate::Live::new(*n_, false);
                                result = 'done: loop {
                                    if at == 0 {
                                        stream_live.here();
                                        {
                                            let mut buf = [0; 1024];
                                            buf_live.init(buf);
                                        }
                                        {
                                            let mut total = 0;
                                            total_live.init(total);
                                        }
                                        ::core::ptr::write(
                                            *read_future_,
                                            ::core::future::IntoFuture::into_future(
                                                (*(*stream_)).read(&mut (*(*buf_))),
                                            ),
                                        );
                                        at = 1;
                                    }
                                    if at == 1 {
                                        stream_live.here();
                                        buf_live.here();
                                        total_live.here();
                                        let read_future_live = &__costate::Live::new(
                                            *read_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*read_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*read_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            read_future_live.park();
                                            total_live.park();
                                            buf_live.park();
                                            stream_live.park();
                                            st.cast::<u8>().write(if cancel { 3 } else { 1 });
                                            return __costate::Step::Pending;
                                        };
                                        read_future_live.end();
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
                                            *write_all_future_,
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
                                        let write_all_future_live = &__costate::Live::new(
                                            *write_all_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*write_all_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*write_all_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            write_all_future_live.park();
                                            total_live.park();
                                            buf_live.park();
                                            stream_live.park();
                                            st.cast::<u8>().write(if cancel { 4 } else { 2 });
                                            return __costate::Step::Pending;
                                        };
                                        write_all_future_live.end();
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
                                            *read_future_,
                                            ::core::future::IntoFuture::into_future(
                                                (*(*stream_)).read(&mut (*(*buf_))),
                                            ),
                                        );
                                        at = 1;
                                    }
                                };
                            }
                            st.cast::<u8>().write(if cancel { 7 } else { 5 });
                            return result;
                        }
                        if let __costate::Some(report) = report {
                            match u32::from(*st.cast::<u8>()) {
                                1 | 3 => {
                                    report(
                                        __costate::Frame::new(
                                            "echo",
                                            "stream.read(&mut buf)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*read_future_).trace(report)
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
                                    __costate::Child(*write_all_future_).trace(report)
                                }
                                _ => {}
                            }
                        }
                        __costate::Step::Pending
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
    >(echo_step, (stream,))
}
