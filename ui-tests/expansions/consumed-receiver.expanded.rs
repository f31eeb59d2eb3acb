//! A held local whose method may take it by value: rustc is asked.
fn page<'of_address>(
    address: &'of_address str,
) -> impl ::costate::Coroutine<
    Output = Result<String, Error>,
> + ::costate::__private::Captures<(&'of_address (),)> {
    if false {
        ::costate::__private::check(
            (address,),
            move |(address,)| -> Result<String, Error> {
                let result: Result<String, Error> = if ::costate::__private::cancelled() {
                    ::costate::__private::any()
                } else {
                    let response = (::costate::__private::Awaited)(
                            match ::core::future::IntoFuture::into_future(get(address)) {
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
                    let text = (::costate::__private::Awaited)(
                            match ::core::future::IntoFuture::into_future(
                                response.text(),
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
                    Ok(text)
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
    fn page_step<'x>(
        ::costate::__private::Call {
            arguments: (argument0,),
            life,
        }: ::costate::__private::Call<'x, (&'x str,)>,
    ) -> impl ::costate::__private::Resumable<
        Yield = ::costate::__private::core::convert::Infallible,
        Return = Result<String, Error>,
    > + ::costate::__private::Captures<(&'x (),)> {
        use ::costate::__private as __costate;
        #[repr(u8)]
        enum PageState<Address, Response, GetFuture, TextFuture> {
            Unresumed { address: __costate::Slot<Address> } = 0,
            /// `get(address).await`, line 4.
            Get { awaited: __costate::Slot<GetFuture> } = 1,
            /// `response.text().await`, line 5.
            Text {
                response: __costate::Slot<Response>,
                awaited: __costate::Slot<TextFuture>,
                response_live: u8,
            } = 2,
            /// `Get`, whose child is cleaning up.
            CancellingGet = 3,
            /// `Text`, whose child is cleaning up.
            CancellingText = 4,
            Returned = 5,
            Panicked = 6,
            Cancelled = 7,
        }
        unsafe impl<
            Address: ::core::marker::Send,
            Response: ::core::marker::Send,
            GetFuture: ::core::marker::Send,
            TextFuture: ::core::marker::Send,
        > ::core::marker::Send for PageState<Address, Response, GetFuture, TextFuture> {}
        unsafe impl<
            Address: ::core::marker::Sync,
            Response: ::core::marker::Sync,
            GetFuture: ::core::marker::Sync,
            TextFuture: ::core::marker::Sync,
        > ::core::marker::Sync for PageState<Address, Response, GetFuture, TextFuture> {}
        #[repr(C)]
        struct UnresumedFrame<Address> {
            tag: u8,
            address: __costate::Slot<Address>,
        }
        #[repr(C)]
        struct GetFrame<GetFuture> {
            tag: u8,
            awaited: __costate::Slot<GetFuture>,
        }
        #[repr(C)]
        struct TextFrame<Response, TextFuture> {
            tag: u8,
            response: __costate::Slot<Response>,
            awaited: __costate::Slot<TextFuture>,
            response_live: u8,
        }
        impl<
            Address,
            Response,
            GetFuture,
            TextFuture,
        > PageState<Address, Response, GetFuture, TextFuture> {
            #[inline(always)]
            unsafe fn places(
                state: *mut PageState<Address, Response, GetFuture, TextFuture>,
            ) -> (
                *mut Address,
                *mut Response,
                *mut GetFuture,
                *mut TextFuture,
                *mut u8,
            ) {
                let unresumed_frame = state.cast::<UnresumedFrame<Address>>();
                let get_frame = state.cast::<GetFrame<GetFuture>>();
                let text_frame = state.cast::<TextFrame<Response, TextFuture>>();
                unsafe {
                    (
                        __costate::Slot::at(&raw mut (*unresumed_frame).address),
                        __costate::Slot::at(&raw mut (*text_frame).response),
                        __costate::Slot::at(&raw mut (*get_frame).awaited),
                        __costate::Slot::at(&raw mut (*text_frame).awaited),
                        &raw mut (*text_frame).response_live,
                    )
                }
            }
        }
        let state: PageState<_, _, _, _> = PageState::Unresumed {
            address: __costate::Slot::new(argument0),
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut PageState<_, _, _, _>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Step<Result<String, Error>> {
                    unsafe {
                        let (
                            address_,
                            response_,
                            get_future_,
                            text_future_,
                            response_live_in_text,
                        ) = &PageState::places(st);
                        let (mut context, cancel, report) = op.parts();
                        if report.is_none() {
                            let mut at = u32::from(*st.cast::<u8>());
                            at = match at {
                                3 if cancel => 1,
                                4 if cancel => 2,
                                other => other,
                            };
                            if at > 2 {
                                return __costate::ended("page", at == 6, cancel);
                            }
                            if at == 0 && !cancel && __costate::is_asked(st) {
                                return __costate::Step::Asked;
                            }
                            st.cast::<u8>().write(6);
                            if at == 0 && cancel {
                                __costate::drop((__costate::Live::new(*address_, true),));
                                st.cast::<u8>().write(7);
                                return __costate::Step::Cancelled;
                            }
                            let result: __costate::Step<Result<String, Error>>;
                            {
                                let address_live = &__costate::Live::new(*address_, false);
                                let response_live = &__costate::Live::new(
                                    *response_,
                                    false,
                                );
                                result = 'done: loop {
                                    if at == 0 {
                                        address_live.here();
                                        ::core::ptr::write(
                                            *get_future_,
                                            ::core::future::IntoFuture::into_future(
                                                get((address_live).take()),
                                            ),
                                        );
                                        at = 1;
                                    }
                                    if at == 1 {
                                        let get_future_live = &__costate::Live::new(
                                            *get_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*get_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*get_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            get_future_live.park();
                                            st.cast::<u8>().write(if cancel { 3 } else { 1 });
                                            return __costate::Step::Pending;
                                        };
                                        get_future_live.end();
                                        {
                                            let response = (match __costate::Try(
                                                    (__costate::Ready)(value).output(),
                                                )
                                                .branch()
                                            {
                                                __costate::core::ops::ControlFlow::Continue(value) => value,
                                                __costate::core::ops::ControlFlow::Break(residual) => {
                                                    break 'done __costate::Step::Complete {
                                                        0: __costate::Early::<
                                                            _,
                                                            Result<String, Error>,
                                                        >::new(residual)
                                                            .result(),
                                                    };
                                                }
                                            });
                                            response_live.init(response);
                                        }
                                        ::core::ptr::write(
                                            *text_future_,
                                            ::core::future::IntoFuture::into_future(
                                                __costate::question::receiver!(
                                                    response_ response_live.text[] [] ()
                                                ),
                                            ),
                                        );
                                        response_live_in_text.write(response_live.state());
                                        at = 2;
                                    }
                                    if at == 2 {
                                        if response_live_in_text.read() != 0 {
                                            response_live.here();
                                        }
                                        let text_future_live = &__costate::Live::new(
                                            *text_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*text_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*text_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            text_future_live.park();
                                            response_live.park();
                                            st.cast::<u8>().write(if cancel { 4 } else { 2 });
                                            return __costate::Step::Pending;
                                        };
                                        text_future_live.end();
                                        {
                                            let text = (match __costate::Try(
                                                    (__costate::Ready)(value).output(),
                                                )
                                                .branch()
                                            {
                                                __costate::core::ops::ControlFlow::Continue(value) => value,
                                                __costate::core::ops::ControlFlow::Break(residual) => {
                                                    break 'done __costate::Step::Complete {
                                                        0: __costate::Early::<
                                                            _,
                                                            Result<String, Error>,
                                                        >::new(residual)
                                                            .result(),
                                                    };
                                                }
                                            });
                                            break 'done __costate::Step::Complete {
                                                0: { Ok(text) },
                                            };
                                        }
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
                                            "page",
                                            "get(address)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*get_future_).trace(report)
                                }
                                2 | 4 => {
                                    report(
                                        __costate::Frame::new(
                                            "page",
                                            "response.text()",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*text_future_).trace(report)
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
    unsafe {
        ::costate::__private::machine::<
            'static,
            for<'x, 'x_or> fn(
                &'x (),
                &'x_or (),
            ) -> ::costate::__private::Call<'x, (&'x str,)>,
            ::costate::__private::core::convert::Infallible,
            Result<String, Error>,
            (&'of_address (),),
            _,
            _,
        >(page_step, (address,))
    }
}
