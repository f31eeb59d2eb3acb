//! The least that there is: no arguments, no locals, one suspension.
fn pause() -> impl ::costate::Coroutine<Output = ()> {
    if false {
        ::costate::__private::check(
            (),
            move |()| -> () {
                let result: () = if ::costate::__private::cancelled() {
                    ::costate::__private::any()
                } else {
                    (::costate::__private::Awaited)(
                            match ::core::future::IntoFuture::into_future(tick()) {
                                future => {
                                    if ::costate::__private::cancelled() {
                                        ::costate::__private::child(future).reach();
                                        return ::costate::__private::any();
                                    }
                                    future
                                }
                            },
                        )
                        .output();
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
    fn pause_step<'x>(
        ::costate::__private::Call {
            arguments: (),
            life,
        }: ::costate::__private::Call<'x, ()>,
    ) -> impl ::costate::__private::Resumable<
        Yield = ::costate::__private::core::convert::Infallible,
        Return = (),
    > + ::costate::__private::Captures<(&'x (),)> {
        use ::costate::__private as __costate;
        #[repr(u8)]
        enum PauseState {
            Unresumed = 0,
            /// `tick().await`, line 4.
            Tick = 1,
            /// `Tick`, whose child is cleaning up.
            CancellingTick = 2,
            Returned = 3,
            Panicked = 4,
            Cancelled = 5,
        }
        struct PauseHeld<TickFuture> {
            state: PauseState,
            tick_future: __costate::Slot<TickFuture>,
        }
        impl<TickFuture> PauseHeld<TickFuture> {
            #[inline(always)]
            const fn places(
                _: *mut PauseHeld<TickFuture>,
            ) -> (__costate::At<PauseState>, __costate::At<TickFuture>) {
                (
                    __costate::At::new(
                        ::core::mem::offset_of!(PauseHeld < TickFuture >, state),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(PauseHeld < TickFuture >, tick_future),
                    ),
                )
            }
        }
        unsafe impl<TickFuture: ::core::marker::Send> ::core::marker::Send
        for PauseHeld<TickFuture> {}
        unsafe impl<TickFuture: ::core::marker::Sync> ::core::marker::Sync
        for PauseHeld<TickFuture> {}
        let state: PauseHeld<_> = PauseHeld {
            state: PauseState::Unresumed,
            tick_future: __costate::Slot::empty(),
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut PauseHeld<_>,
                    context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::Step<()> {
                    unsafe {
                        let (state_at, tick_future_at) = PauseHeld::places(st);
                        let mut at = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        if at > 1 {
                            __costate::ended("pause", at == 4);
                        }
                        let unwinding = __costate::Unwinding::<
                            u8,
                        >::new(st, state_at.cast(), 4);
                        let result: __costate::Step<()>;
                        {
                            result = 'done: {
                                if at == 0 {
                                    if introduce.is_asked(st) {
                                        __costate::forget(unwinding);
                                        return introduce.answer();
                                    }
                                    ::core::ptr::write(
                                        tick_future_at.of(st),
                                        ::core::future::IntoFuture::into_future(tick()),
                                    );
                                    at = 1;
                                }
                                if at == 1 {
                                    let __costate::Poll::Ready(value) = (&__costate::Awaited(
                                        tick_future_at.of(st),
                                    ))
                                        .poll(context, st, tick_future_at) else {
                                        __costate::forget(unwinding);
                                        (*st).state = PauseState::Tick;
                                        return __costate::Step::Pending;
                                    };
                                    (__costate::Ready)(value).output();
                                    break 'done __costate::Step::Complete {
                                        0: { () },
                                    };
                                }
                                ::core::hint::unreachable_unchecked()
                            };
                        }
                        __costate::forget(unwinding);
                        (*st).state = PauseState::Returned;
                        result
                    }
                },
                #[inline(always)]
                move |
                    st: *mut PauseHeld<_>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Poll<()> {
                    unsafe {
                        let (state_at, tick_future_at) = PauseHeld::places(st);
                        let (mut context, report) = op.parts();
                        let at = __costate::tag((&raw const (*st).state).cast::<u8>());
                        if let __costate::Some(report) = report {
                            match at {
                                1 | 2 => {
                                    report(
                                        __costate::Frame::new(
                                            "pause",
                                            "tick()",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(tick_future_at.of(st)).trace(report)
                                }
                                _ => {}
                            }
                            return __costate::Poll::Pending;
                        }
                        let unwinding = __costate::Unwinding::<
                            u8,
                        >::new(st, state_at.cast(), 4);
                        match at {
                            0 => __costate::drop(()),
                            1 | 2 => {
                                let tick_future_ = &tick_future_at.of(st);
                                let tick_future_live = &__costate::Live::new(
                                    *tick_future_,
                                    true,
                                );
                                if let __costate::Some(context) = &mut context {
                                    if __costate::Poll::is_pending(
                                        &__costate::Child(*tick_future_).cancel(context),
                                    ) {
                                        tick_future_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = PauseState::CancellingTick;
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
                            (*st).state = PauseState::Cancelled;
                        }
                        __costate::Poll::Ready(())
                    }
                },
            )
        }
    }
    ::costate::__private::machine_as_written::<
        'static,
        for<'x, 'x_or> fn(&'x (), &'x_or ()) -> ::costate::__private::Call<'x, ()>,
        _,
        _,
        _,
    >(move || (pause_step, ::costate::__private::core::marker::PhantomData), ())
}
