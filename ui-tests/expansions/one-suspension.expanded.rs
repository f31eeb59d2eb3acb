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
        enum PauseState<TickFuture> {
            Unresumed {} = 0,
            /// `tick().await`, line 4.
            Tick { awaited: __costate::Slot<TickFuture> } = 1,
            /// `Tick`, whose child is cleaning up.
            CancellingTick = 2,
            Returned = 3,
            Panicked = 4,
            Cancelled = 5,
        }
        unsafe impl<TickFuture: ::core::marker::Send> ::core::marker::Send
        for PauseState<TickFuture> {}
        unsafe impl<TickFuture: ::core::marker::Sync> ::core::marker::Sync
        for PauseState<TickFuture> {}
        #[repr(C)]
        struct TickFrame<TickFuture> {
            tag: u8,
            awaited: __costate::Slot<TickFuture>,
        }
        impl<TickFuture> PauseState<TickFuture> {
            #[inline(always)]
            unsafe fn places(state: *mut PauseState<TickFuture>) -> (*mut TickFuture,) {
                let tick_frame = state.cast::<TickFrame<TickFuture>>();
                unsafe { (__costate::Slot::at(&raw mut (*tick_frame).awaited),) }
            }
        }
        let state: PauseState<_> = PauseState::Unresumed {};
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut PauseState<_>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Step<()> {
                    unsafe {
                        let (tick_future_,) = &PauseState::places(st);
                        let (mut context, cancel, report) = op.parts();
                        if report.is_none() {
                            let mut at = u32::from(*st.cast::<u8>());
                            at = match at {
                                2 if cancel => 1,
                                other => other,
                            };
                            if at > 1 {
                                return __costate::ended("pause", at == 4, cancel);
                            }
                            if at == 0 && !cancel && __costate::is_asked(st) {
                                return __costate::Step::Asked;
                            }
                            st.cast::<u8>().write(4);
                            if at == 0 && cancel {
                                __costate::drop(());
                                st.cast::<u8>().write(5);
                                return __costate::Step::Cancelled;
                            }
                            let result: __costate::Step<()>;
                            {
                                result = 'done: loop {
                                    if at == 0 {
                                        ::core::ptr::write(
                                            *tick_future_,
                                            ::core::future::IntoFuture::into_future(tick()),
                                        );
                                        at = 1;
                                    }
                                    if at == 1 {
                                        let tick_future_live = &__costate::Live::new(
                                            *tick_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*tick_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*tick_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            tick_future_live.park();
                                            st.cast::<u8>().write(if cancel { 2 } else { 1 });
                                            return __costate::Step::Pending;
                                        };
                                        tick_future_live.end();
                                        (__costate::Ready)(value).output();
                                        break 'done __costate::Step::Complete {
                                            0: { () },
                                        };
                                    }
                                };
                            }
                            st.cast::<u8>().write(if cancel { 5 } else { 3 });
                            return result;
                        }
                        if let __costate::Some(report) = report {
                            match u32::from(*st.cast::<u8>()) {
                                1 | 2 => {
                                    report(
                                        __costate::Frame::new(
                                            "pause",
                                            "tick()",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*tick_future_).trace(report)
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
        for<'x, 'x_or> fn(&'x (), &'x_or ()) -> ::costate::__private::Call<'x, ()>,
        _,
        _,
    >(pause_step, ())
}
