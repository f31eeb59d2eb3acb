//! Type parameters, a named and an elided lifetime, a where clause, attributes that stay.
/// Sends what it is given.
#[inline]
pub(crate) fn send<'a, 'of_parts, S, const N: usize>(
    sink: &'a mut S,
    parts: &'of_parts [[u8; N]],
) -> impl ::costate::Coroutine<
    Output = Result<&'a mut S, Error>,
> + ::costate::__private::Captures<(&'a (), &'of_parts ())>
where
    S: Sink,
{
    fn send_twin<'a, S, const N: usize>(
        sink: &'a mut S,
        parts: &[[u8; N]],
        _: impl ::costate::__private::core::marker::Sized,
    ) -> impl ::costate::__private::core::marker::Sized
    where
        S: Sink,
    {
        if false {
            let _ = (&sink, &parts);
            ::costate::__private::check(
                (),
                move |()| -> Result<&'a mut S, Error> {
                    match (sink, parts) {
                        (sink, parts) => {
                            for part in parts {
                                (::costate::__private::Awaited)(
                                        match ({
                                            ::core::future::IntoFuture::into_future
                                        })(sink.send(part)) {
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
                            }
                            Ok(sink)
                        }
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
    fn send_step<'x, S, const N: usize>(
        ::costate::__private::Call {
            arguments: (argument0, argument1),
            life,
        }: ::costate::__private::Call<'x, (&'x mut S, &'x [[u8; N]])>,
    ) -> impl ::costate::__private::Resumable<
        Yield = ::costate::__private::core::convert::Infallible,
        Return = Result<&'x mut S, Error>,
    > + ::costate::__private::Captures<(&'x (),)>
    where
        S: Sink,
    {
        use ::costate::__private as __costate;
        #[repr(u8)]
        enum SendState {
            /// 0: holds the arguments `sink`, `parts`.
            Unresumed,
            /// 1: `sink.send(part).await`, line 10; holds `sink`, `iterator`.
            Send,
            /// 2: `Send`, whose child is cleaning up.
            CancellingSend,
            /// 3.
            Returned,
            /// 4.
            Panicked,
            /// 5.
            Cancelled,
        }
        struct SendHeld<Sink, Parts, Iterator, SendFuture> {
            state: SendState,
            sink: __costate::Slot<Sink>,
            shared: SendShared<Parts, Iterator, SendFuture>,
        }
        #[repr(C)]
        union SendShared<Parts, Iterator, SendFuture> {
            nothing: (),
            while_parts: __costate::ManuallyDrop<__costate::Slot<Parts>>,
            while_send: __costate::ManuallyDrop<SendSendHeld<Iterator, SendFuture>>,
        }
        struct SendSendHeld<Iterator, SendFuture> {
            iterator: __costate::Slot<Iterator>,
            send_future: __costate::Slot<SendFuture>,
        }
        impl<
            Sink,
            Parts,
            Iterator,
            SendFuture,
        > SendHeld<Sink, Parts, Iterator, SendFuture> {
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn places(
                st: *const SendHeld<Sink, Parts, Iterator, SendFuture>,
            ) -> (
                __costate::At<u8>,
                __costate::At<Sink>,
                __costate::At<Parts>,
                __costate::At<Iterator>,
                __costate::At<SendFuture>,
            ) {
                unsafe {
                    let state_base = st.cast::<u8>();
                    let while_send = __costate::room(&raw const (*st).shared.while_send);
                    (
                        __costate::tag_at(
                            state_base,
                            (&raw const (*st).state).cast::<u8>(),
                        ),
                        __costate::at(state_base, &raw const (*st).sink),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_parts,
                        ),
                        __costate::at(state_base, &raw const (*while_send).iterator),
                        __costate::at(state_base, &raw const (*while_send).send_future),
                    )
                }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn begin(
                argument0: Sink,
                argument1: Parts,
            ) -> SendHeld<Sink, Parts, Iterator, SendFuture> {
                let mut begun = __costate::MaybeUninit::uninit();
                unsafe {
                    let st: *mut SendHeld<Sink, Parts, Iterator, SendFuture> = begun
                        .as_mut_ptr();
                    (*st).state = SendState::Unresumed;
                    (*st).sink = __costate::Slot::new(argument0);
                    (*st).shared.while_parts = __costate::ManuallyDrop::new(
                        __costate::Slot::new(argument1),
                    );
                    begun.assume_init()
                }
            }
        }
        unsafe impl<Sink, Parts, Iterator, SendFuture> __costate::Holds
        for SendHeld<Sink, Parts, Iterator, SendFuture> {
            type All = (Sink, Parts, Iterator, SendFuture);
        }
        let state = unsafe { SendHeld::begin(argument0, argument1) };
        unsafe {
            __costate::step(
                state,
                #[cfg_attr(not(debug_assertions), inline(always))]
                move |
                    st: *mut _,
                    task_context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::Result<
                    __costate::Step<Result<&'x mut S, Error>>,
                    __costate::core::convert::Infallible,
                > {
                    unsafe {
                        let mut arm = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        use __costate::IsRight as _;
                        let (state_at, sink_at, parts_at, iterator_at, send_future_at) = __costate::twin_2(
                                &send_twin::<S, N>,
                            )
                            .checked(SendHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let leaving = state_at
                            .left(state_base, SendState::Panicked as u8);
                        let stepped: __costate::Step<Result<&'x mut S, Error>>;
                        {
                            let sink_guard = sink_at.guard(state_base);
                            let sink_live = &sink_guard;
                            let parts_guard = parts_at.guard(state_base);
                            let parts_live = &parts_guard;
                            let iterator_guard = iterator_at.guard(state_base);
                            let iterator_live = &iterator_guard;
                            let mut part_room = ::core::mem::MaybeUninit::uninit();
                            let part_ = &state_at.beside(&mut part_room);
                            let part_guard = state_at.guard_beside(*part_);
                            let part_live = &part_guard;
                            let mut again_256 = false;
                            stepped = 'done: loop {
                                'again_256: {
                                    if again_256 {
                                        again_256 = false;
                                        arm = 256;
                                        break 'again_256;
                                    }
                                    if arm == 0 {
                                        if introduce.is_asked(state_base) {
                                            leaving.stays();
                                            return __costate::Ok(introduce.answer());
                                        }
                                        sink_live.here();
                                        parts_live.here();
                                        iterator_live
                                            .init((__costate::Head)((parts_live).take()).iterator());
                                        arm = 256;
                                    }
                                }
                                if arm == 256 {
                                    let iterator_ = &iterator_at.of(state_base);
                                    match ::core::iter::Iterator::next(&mut (*(*iterator_))) {
                                        ::core::option::Option::Some(part) => {
                                            part_live.init(part);
                                            arm = 257;
                                        }
                                        ::core::option::Option::None => {
                                            arm = 258;
                                        }
                                        _ => ::core::hint::unreachable_unchecked(),
                                    }
                                }
                                if arm == 257 {
                                    let sink_ = &sink_at.of(state_base);
                                    send_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })((*(*sink_)).send((part_live).take())),
                                        );
                                    leaving.arrives(SendState::Send as u8);
                                    arm = 1;
                                }
                                if arm == 1 {
                                    sink_live.here();
                                    iterator_live.here();
                                    let __costate::Poll::Ready(ready_value) = send_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving.ok_waits((iterator_guard, sink_guard));
                                    };
                                    (match __costate::Try((ready_value).output()).branch() {
                                        __costate::core::ops::ControlFlow::Continue(value) => value,
                                        __costate::core::ops::ControlFlow::Break(residual) => {
                                            break 'done __costate::Step::Complete {
                                                0: __costate::Early::<
                                                    _,
                                                    Result<&'x mut S, Error>,
                                                >::new(residual)
                                                    .result(),
                                            };
                                        }
                                    });
                                    part_live.end();
                                    arm = 256;
                                    again_256 = __costate::back();
                                    continue 'done;
                                }
                                if arm == 258 {
                                    iterator_live.end();
                                    break 'done leaving.completes(Ok((sink_live).take()));
                                }
                                {
                                    leaving.stays();
                                    __costate::ended("send", arm, 4)
                                }
                            };
                        }
                        leaving.in_state(SendState::Returned as u8);
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
                        let (state_at, sink_at, parts_at, iterator_at, send_future_at) = __costate::twin_2(
                                &send_twin::<S, N>,
                            )
                            .checked(SendHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let arm = __costate::tag((&raw const (*st).state).cast::<u8>());
                        let dropped = op.dropped(arm);
                        if dropped == 0 {
                            __costate::drop((
                                sink_at.live(state_base),
                                parts_at.live(state_base),
                            ));
                            return __costate::None;
                        }
                        let held_0: u32 = match dropped {
                            1 | 2 => 3,
                            _ => 0,
                        };
                        let sink_live = sink_at.live_if(state_base, held_0 & 1 != 0);
                        let iterator_live = iterator_at
                            .live_if(state_base, held_0 & 2 != 0);
                        match arm {
                            1 | 2 => send_future_at.settle(state_base, op),
                            _ => __costate::None,
                        }
                    }
                },
                #[cfg_attr(not(debug_assertions), inline(always))]
                |st: *mut _| -> __costate::Stands {
                    __costate::Stands {
                        tag: unsafe { (&raw mut (*st).state).cast() },
                        suspensions: 1,
                        holding: 2,
                        frames: ::core::concat!(
                            "send\0", ::core::file!(), "\0sink.send(part)\0",
                            ::core::line!()
                        ),
                    }
                },
            )
        }
    }
    unsafe {
        ::costate::__private::machine::<
            'a,
            for<'x, 'x_or> fn(
                &'x (),
                &'x_or (),
            ) -> ::costate::__private::Call<'x, (&'x mut S, &'x [[u8; N]])>,
            ::costate::__private::core::convert::Infallible,
            Result<&'a mut S, Error>,
            (&'a (), &'of_parts ()),
            _,
            _,
            _,
        >(
            move || (send_step::<S, N>, ::costate::__private::core::marker::PhantomData),
            (sink, parts),
        )
    }
}
