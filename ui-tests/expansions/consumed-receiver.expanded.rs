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
        enum PageState {
            /// holds the arguments `address`.
            Unresumed = 0,
            /// `get(address).await`, line 4.
            Get = 1,
            /// `response.text().await`, line 5; holds `response`.
            Text = 2,
            /// `Get`, whose child is cleaning up.
            CancellingGet = 3,
            /// `Text`, whose child is cleaning up.
            CancellingText = 4,
            Returned = 5,
            Panicked = 6,
            Cancelled = 7,
        }
        struct PageHeld<Address, Response, TextFuture, GetFuture> {
            state: PageState,
            live: [u8; 1],
            shared: PageShared<Address, Response, TextFuture, GetFuture>,
        }
        #[repr(C)]
        union PageShared<Address, Response, TextFuture, GetFuture> {
            nothing: (),
            while_address: __costate::ManuallyDrop<__costate::Slot<Address>>,
            while_text: __costate::ManuallyDrop<PageTextHeld<Response, TextFuture>>,
            while_get: __costate::ManuallyDrop<__costate::Slot<GetFuture>>,
        }
        struct PageTextHeld<Response, TextFuture> {
            response: __costate::Slot<Response>,
            text_future: __costate::Slot<TextFuture>,
        }
        impl<
            Address,
            Response,
            TextFuture,
            GetFuture,
        > PageHeld<Address, Response, TextFuture, GetFuture> {
            #[inline(always)]
            const fn places(
                _: *mut PageHeld<Address, Response, TextFuture, GetFuture>,
            ) -> (
                __costate::At<PageState>,
                __costate::At<Address>,
                __costate::At<Response>,
                __costate::At<TextFuture>,
                __costate::At<GetFuture>,
            ) {
                (
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            PageHeld < Address, Response, TextFuture, GetFuture >, state
                        ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            PageHeld < Address, Response, TextFuture, GetFuture >, shared
                        ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            PageHeld < Address, Response, TextFuture, GetFuture >, shared
                        )
                            + ::core::mem::offset_of!(
                                PageTextHeld < Response, TextFuture >, response
                            ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            PageHeld < Address, Response, TextFuture, GetFuture >, shared
                        )
                            + ::core::mem::offset_of!(
                                PageTextHeld < Response, TextFuture >, text_future
                            ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            PageHeld < Address, Response, TextFuture, GetFuture >, shared
                        ),
                    ),
                )
            }
        }
        unsafe impl<
            Address: ::core::marker::Send,
            Response: ::core::marker::Send,
            TextFuture: ::core::marker::Send,
            GetFuture: ::core::marker::Send,
        > ::core::marker::Send for PageHeld<Address, Response, TextFuture, GetFuture> {}
        unsafe impl<
            Address: ::core::marker::Sync,
            Response: ::core::marker::Sync,
            TextFuture: ::core::marker::Sync,
            GetFuture: ::core::marker::Sync,
        > ::core::marker::Sync for PageHeld<Address, Response, TextFuture, GetFuture> {}
        let state: PageHeld<_, _, _, _> = PageHeld {
            state: PageState::Unresumed,
            live: [0; 1],
            shared: PageShared {
                while_address: __costate::ManuallyDrop::new(
                    __costate::Slot::new(argument0),
                ),
            },
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut PageHeld<_, _, _, _>,
                    context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::Step<Result<String, Error>> {
                    unsafe {
                        let (
                            state_at,
                            address_at,
                            response_at,
                            text_future_at,
                            get_future_at,
                        ) = PageHeld::places(st);
                        let mut at = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        if at > 2 {
                            __costate::ended("page", at == 6);
                        }
                        let unwinding = __costate::Unwinding::<
                            u8,
                        >::new(st, state_at.cast(), 6);
                        let result: __costate::Step<Result<String, Error>>;
                        {
                            let address_live = &__costate::Live::in_state(
                                st,
                                address_at,
                            );
                            let response_live = &__costate::Live::in_state(
                                st,
                                response_at,
                            );
                            result = 'done: {
                                if at == 0 {
                                    if introduce.is_asked(st) {
                                        __costate::forget(unwinding);
                                        return introduce.answer();
                                    }
                                    address_live.here();
                                    ::core::ptr::write(
                                        get_future_at.of(st),
                                        ::core::future::IntoFuture::into_future(
                                            get((address_live).take()),
                                        ),
                                    );
                                    at = 1;
                                }
                                if at == 1 {
                                    let __costate::Poll::Ready(value) = (&__costate::Awaited(
                                        get_future_at.of(st),
                                    ))
                                        .poll(context, st, get_future_at) else {
                                        __costate::forget(unwinding);
                                        (*st).state = PageState::Get;
                                        return __costate::Step::Pending;
                                    };
                                    let response_ = &response_at.of(st);
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
                                        text_future_at.of(st),
                                        ::core::future::IntoFuture::into_future(
                                            __costate::question::receiver!(
                                                response_ response_live.text[] [] ()
                                            ),
                                        ),
                                    );
                                    (*st).live[0] = response_live.state() << 0;
                                    at = 2;
                                }
                                if at == 2 {
                                    if (*st).live[0] & 1 != 0 {
                                        response_live.here();
                                    }
                                    let __costate::Poll::Ready(value) = (&__costate::Awaited(
                                        text_future_at.of(st),
                                    ))
                                        .poll(context, st, text_future_at) else {
                                        response_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = PageState::Text;
                                        return __costate::Step::Pending;
                                    };
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
                                ::core::hint::unreachable_unchecked()
                            };
                        }
                        __costate::forget(unwinding);
                        (*st).state = PageState::Returned;
                        result
                    }
                },
                #[inline(always)]
                move |
                    st: *mut PageHeld<_, _, _, _>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Poll<()> {
                    unsafe {
                        let (
                            state_at,
                            address_at,
                            response_at,
                            text_future_at,
                            get_future_at,
                        ) = PageHeld::places(st);
                        let (mut context, report) = op.parts();
                        let at = __costate::tag((&raw const (*st).state).cast::<u8>());
                        if let __costate::Some(report) = report {
                            match at {
                                1 | 3 => {
                                    report(
                                        __costate::Frame::new(
                                            "page",
                                            "get(address)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(get_future_at.of(st)).trace(report)
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
                                    __costate::Child(text_future_at.of(st)).trace(report)
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
                                    __costate::Live::new(address_at.of(st), true),
                                ))
                            }
                            1 | 3 => {
                                let get_future_ = &get_future_at.of(st);
                                let get_future_live = &__costate::Live::new(
                                    *get_future_,
                                    true,
                                );
                                if let __costate::Some(context) = &mut context {
                                    if __costate::Poll::is_pending(
                                        &__costate::Child(*get_future_).cancel(context),
                                    ) {
                                        get_future_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = PageState::CancellingGet;
                                        return __costate::Poll::Pending;
                                    }
                                }
                            }
                            2 | 4 => {
                                let response_ = &response_at.of(st);
                                let response_live = &__costate::Live::new(
                                    *response_,
                                    false,
                                );
                                if (*st).live[0] & 1 != 0 {
                                    response_live.here();
                                }
                                let text_future_ = &text_future_at.of(st);
                                let text_future_live = &__costate::Live::new(
                                    *text_future_,
                                    true,
                                );
                                if let __costate::Some(context) = &mut context {
                                    if __costate::Poll::is_pending(
                                        &__costate::Child(*text_future_).cancel(context),
                                    ) {
                                        text_future_live.park();
                                        response_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = PageState::CancellingText;
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
                            (*st).state = PageState::Cancelled;
                        }
                        __costate::Poll::Ready(())
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
            _,
        >(
            move || (page_step, ::costate::__private::core::marker::PhantomData),
            (address,),
        )
    }
}
