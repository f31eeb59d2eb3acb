//! The least that there is: no arguments, no locals, one suspension.
fn pause() -> impl ::costate::Coroutine<Output = ()> {
    fn pause_twin(
        _: impl ::costate::__private::core::marker::Sized,
    ) -> impl ::costate::__private::core::marker::Sized {
        if false {
            ::costate::__private::check(
                (),
                move |()| -> () {
                    let result: () = if ::costate::__private::cancelled() {
                        ::costate::__private::any()
                    } else {
                        (::costate::__private::Awaited)(
                                match ({
                                    ::core::future::IntoFuture::into_future
                                })(tick()) {
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
            /// 0.
            Unresumed,
            /// 1: `tick().await`, line 4.
            Tick,
            /// 2: `Tick`, whose child is cleaning up.
            CancellingTick,
            /// 3.
            Returned,
            /// 4.
            Panicked,
            /// 5.
            Cancelled,
        }
        struct PauseHeld<TickFuture> {
            state: PauseState,
            tick_future: __costate::Slot<TickFuture>,
        }
        impl<TickFuture> PauseHeld<TickFuture> {
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn places(
                st: *const PauseHeld<TickFuture>,
            ) -> (__costate::At<u8>, __costate::At<TickFuture>) {
                unsafe {
                    let state_base = st.cast::<u8>();
                    (
                        __costate::tag_at(
                            state_base,
                            (&raw const (*st).state).cast::<u8>(),
                        ),
                        __costate::at(state_base, &raw const (*st).tick_future),
                    )
                }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn begin() -> PauseHeld<TickFuture> {
                let mut begun = __costate::MaybeUninit::uninit();
                unsafe {
                    let st: *mut PauseHeld<TickFuture> = begun.as_mut_ptr();
                    (*st).state = PauseState::Unresumed;
                    begun.assume_init()
                }
            }
        }
        unsafe impl<TickFuture> __costate::Holds for PauseHeld<TickFuture> {
            type All = (TickFuture,);
        }
        let state = unsafe { PauseHeld::begin() };
        unsafe {
            __costate::step(
                state,
                #[cfg_attr(not(debug_assertions), inline(always))]
                move |
                    st: *mut _,
                    task_context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::Step<()> {
                    unsafe {
                        let mut arm = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        use __costate::IsRight as _;
                        let (state_at, tick_future_at) = __costate::twin_0(&pause_twin)
                            .checked(PauseHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let leaving = state_at
                            .left(state_base, PauseState::Panicked as u8);
                        let stepped: __costate::Step<()>;
                        {
                            stepped = 'done: {
                                if arm == 0 {
                                    if introduce.is_asked(state_base) {
                                        leaving.stays();
                                        return introduce.answer();
                                    }
                                    tick_future_at
                                        .put(
                                            state_base,
                                            ({ ::core::future::IntoFuture::into_future })(tick()),
                                        );
                                    leaving.arrives(PauseState::Tick as u8);
                                    arm = 1;
                                }
                                if arm == 1 {
                                    let __costate::Poll::Ready(ready_value) = tick_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving.waits(());
                                    };
                                    (ready_value).output();
                                    break 'done leaving.completes(());
                                }
                                {
                                    leaving.stays();
                                    __costate::ended("pause", arm, 4)
                                }
                            };
                        }
                        leaving.in_state(PauseState::Returned as u8);
                        stepped
                    }
                },
                #[cfg_attr(not(debug_assertions), inline(always))]
                move |
                    st: *mut _,
                    op: __costate::Op,
                | -> __costate::Option<__costate::Known> {
                    unsafe {
                        use __costate::IsRight as _;
                        let (state_at, tick_future_at) = __costate::twin_0(&pause_twin)
                            .checked(PauseHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let arm = __costate::tag((&raw const (*st).state).cast::<u8>());
                        let dropped = op.dropped(arm);
                        match arm {
                            1 | 2 => tick_future_at.settle(state_base, op),
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
                            "pause\0", ::core::file!(), "\0tick()\0", ::core::line!()
                        ),
                    }
                },
            )
        }
    }
    unsafe {
        ::costate::__private::machine_as_written::<
            'static,
            for<'x, 'x_or> fn(&'x (), &'x_or ()) -> ::costate::__private::Call<'x, ()>,
            _,
            _,
            _,
        >(move || (pause_step, ::costate::__private::core::marker::PhantomData), ())
    }
}
