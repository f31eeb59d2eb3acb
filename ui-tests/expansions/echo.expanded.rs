//! The README's: a held buffer, borrows from it, `?` after each suspension.
pub fn echo(stream: TcpStream) -> impl ::costate::Coroutine<Output = io::Result<u64>> {
    fn echo_twin(
        stream: TcpStream,
        _: impl ::costate::__private::core::marker::Sized,
    ) -> impl ::costate::__private::core::marker::Sized {
        if false {
            ::costate::__private::check(
                (stream,),
                move |(mut stream,)| -> io::Result<u64> {
                    let mut buf = [0; 1024];
                    let mut total = 0;
                    loop {
                        let n = (::costate::__private::Awaited)(
                                match ({
                                    ::core::future::IntoFuture::into_future
                                })(stream.read(&mut buf)) {
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
                            return Ok(total);
                        }
                        (::costate::__private::Awaited)(
                                match ({
                                    ::core::future::IntoFuture::into_future
                                })(stream.write_all(&buf[..n])) {
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
                },
            );
        }
        ::costate::__private::Checked::made()
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
            /// 0: holds the arguments `stream`.
            Unresumed,
            /// 1: `stream.read(&mut buf).await`, line 7; holds `stream`, `buf`, `total`.
            Read,
            /// 2: `stream.write_all(&buf[..n]).await`, line 11; holds `stream`, `buf`, `total`, `n`.
            WriteAll,
            /// 3: `Read`, whose child is cleaning up.
            CancellingRead,
            /// 4: `WriteAll`, whose child is cleaning up.
            CancellingWriteAll,
            /// 5.
            Returned,
            /// 6.
            Panicked,
            /// 7.
            Cancelled,
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
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn places(
                st: *const EchoHeld<Stream, Buf, Total, N, WriteAllFuture, ReadFuture>,
            ) -> (
                __costate::At<u8>,
                __costate::At<Stream>,
                __costate::At<Buf>,
                __costate::At<Total>,
                __costate::At<N>,
                __costate::At<WriteAllFuture>,
                __costate::At<ReadFuture>,
            ) {
                unsafe {
                    let state_base = st.cast::<u8>();
                    let while_write_all = __costate::room(
                        &raw const (*st).shared.while_write_all,
                    );
                    (
                        __costate::tag_at(
                            state_base,
                            (&raw const (*st).state).cast::<u8>(),
                        ),
                        __costate::at(state_base, &raw const (*st).stream),
                        __costate::at(state_base, &raw const (*st).buf),
                        __costate::at(state_base, &raw const (*st).total),
                        __costate::at(state_base, &raw const (*while_write_all).n),
                        __costate::at(
                            state_base,
                            &raw const (*while_write_all).write_all_future,
                        ),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_read,
                        ),
                    )
                }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn begin(
                argument0: Stream,
            ) -> EchoHeld<Stream, Buf, Total, N, WriteAllFuture, ReadFuture> {
                let mut begun = __costate::MaybeUninit::uninit();
                unsafe {
                    let st: *mut EchoHeld<
                        Stream,
                        Buf,
                        Total,
                        N,
                        WriteAllFuture,
                        ReadFuture,
                    > = begun.as_mut_ptr();
                    (*st).state = EchoState::Unresumed;
                    (*st).stream = __costate::Slot::new(argument0);
                    begun.assume_init()
                }
            }
        }
        unsafe impl<Stream, Buf, Total, N, WriteAllFuture, ReadFuture> __costate::Holds
        for EchoHeld<Stream, Buf, Total, N, WriteAllFuture, ReadFuture> {
            type All = (Stream, Buf, Total, N, WriteAllFuture, ReadFuture);
        }
        let state = unsafe { EchoHeld::begin(argument0) };
        unsafe {
            __costate::step(
                state,
                #[cfg_attr(not(debug_assertions), inline(always))]
                move |
                    st: *mut _,
                    task_context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::Result<
                    __costate::Step<io::Result<u64>>,
                    __costate::core::convert::Infallible,
                > {
                    unsafe {
                        let mut arm = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        use __costate::IsRight as _;
                        let (
                            state_at,
                            stream_at,
                            buf_at,
                            total_at,
                            n_at,
                            write_all_future_at,
                            read_future_at,
                        ) = __costate::twin_1(&echo_twin).checked(EchoHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let leaving = state_at
                            .left(state_base, EchoState::Panicked as u8);
                        let stepped: __costate::Step<io::Result<u64>>;
                        {
                            let stream_guard = stream_at.guard(state_base);
                            let stream_live = &stream_guard;
                            let buf_guard = buf_at.guard(state_base);
                            let buf_live = &buf_guard;
                            let total_guard = total_at.guard(state_base);
                            let total_live = &total_guard;
                            let n_guard = n_at.guard(state_base);
                            let n_live = &n_guard;
                            let mut again_1 = false;
                            stepped = 'done: loop {
                                'again_1: {
                                    if again_1 {
                                        again_1 = false;
                                        arm = 1;
                                        break 'again_1;
                                    }
                                    if arm == 0 {
                                        let stream_ = &stream_at.of(state_base);
                                        let buf_ = &buf_at.of(state_base);
                                        if introduce.is_asked(state_base) {
                                            leaving.stays();
                                            return __costate::Ok(introduce.answer());
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
                                        read_future_at
                                            .put(
                                                state_base,
                                                ({
                                                    ::core::future::IntoFuture::into_future
                                                })((*(*stream_)).read(&mut (*(*buf_)))),
                                            );
                                        leaving.arrives(EchoState::Read as u8);
                                        arm = 1;
                                    }
                                }
                                if arm == 1 {
                                    stream_live.here();
                                    buf_live.here();
                                    total_live.here();
                                    let __costate::Poll::Ready(ready_value) = read_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving
                                            .ok_waits((total_guard, buf_guard, stream_guard));
                                    };
                                    let stream_ = &stream_at.of(state_base);
                                    let buf_ = &buf_at.of(state_base);
                                    let n_ = &n_at.of(state_base);
                                    {
                                        let n = (match __costate::Try((ready_value).output())
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
                                        (break 'done leaving.completes(Ok((total_live).take())));
                                    }
                                    write_all_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })((*(*stream_)).write_all(&(*(*buf_))[..(n_live).take()])),
                                        );
                                    leaving.arrives(EchoState::WriteAll as u8);
                                    arm = 2;
                                }
                                if arm == 2 {
                                    stream_live.here();
                                    buf_live.here();
                                    total_live.here();
                                    let __costate::Poll::Ready(ready_value) = write_all_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving
                                            .ok_waits((total_guard, buf_guard, stream_guard));
                                    };
                                    let stream_ = &stream_at.of(state_base);
                                    let buf_ = &buf_at.of(state_base);
                                    let total_ = &total_at.of(state_base);
                                    (match __costate::Try((ready_value).output()).branch() {
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
                                    read_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })((*(*stream_)).read(&mut (*(*buf_)))),
                                        );
                                    leaving.arrives(EchoState::Read as u8);
                                    arm = 1;
                                    again_1 = true;
                                    continue 'done;
                                }
                                {
                                    leaving.stays();
                                    __costate::ended("echo", arm, 6)
                                }
                            };
                        }
                        leaving.in_state(EchoState::Returned as u8);
                        __costate::Ok(stepped)
                    }
                },
                #[cfg_attr(not(debug_assertions), inline(always))]
                move |
                    st: *mut _,
                    op: __costate::Op,
                | -> __costate::Option<__costate::Known> {
                    unsafe {
                        use __costate::IsRight as _;
                        let (
                            state_at,
                            stream_at,
                            buf_at,
                            total_at,
                            n_at,
                            write_all_future_at,
                            read_future_at,
                        ) = __costate::twin_1(&echo_twin).checked(EchoHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let arm = __costate::tag((&raw const (*st).state).cast::<u8>());
                        let dropped = op.dropped(arm);
                        if dropped == 0 {
                            __costate::drop((stream_at.live(state_base),));
                            return __costate::None;
                        }
                        let held_0: u32 = match dropped {
                            1 | 3 | 2 | 4 => 7,
                            _ => 0,
                        };
                        let stream_live = stream_at.live_if(state_base, held_0 & 1 != 0);
                        let buf_live = buf_at.live_if(state_base, held_0 & 2 != 0);
                        let total_live = total_at.live_if(state_base, held_0 & 4 != 0);
                        match arm {
                            1 | 3 => read_future_at.settle(state_base, op),
                            2 | 4 => write_all_future_at.settle(state_base, op),
                            _ => __costate::None,
                        }
                    }
                },
                #[cfg_attr(not(debug_assertions), inline(always))]
                |st: *mut _| -> __costate::Stands {
                    __costate::Stands {
                        tag: unsafe { (&raw mut (*st).state).cast() },
                        suspensions: 2,
                        holding: 4,
                        frames: ::core::concat!(
                            "echo\0", ::core::file!(), "\0stream.read(&mut buf)\0",
                            ::core::line!(), "\0stream.write_all(&buf[..n])\0",
                            ::core::line!()
                        ),
                    }
                },
            )
        }
    }
    unsafe {
        ::costate::__private::machine_as_written::<
            'static,
            for<'x, 'x_or> fn(
                &'x (),
                &'x_or (),
            ) -> ::costate::__private::Call<'x, (TcpStream,)>,
            _,
            _,
            _,
        >(
            move || (echo_step, ::costate::__private::core::marker::PhantomData),
            (stream,),
        )
    }
}
