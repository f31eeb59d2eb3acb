//! A held local whose method may take it by value: rustc is asked.
fn page<'of_address>(
    address: &'of_address str,
) -> impl ::costate::Coroutine<
    Output = Result<String, Error>,
> + ::costate::__private::Captures<(&'of_address (),)> {
    fn page_twin(
        address: &str,
        _: impl ::costate::__private::core::marker::Sized,
    ) -> impl ::costate::__private::core::marker::Sized {
        if false {
            let _ = (&address,);
            ::costate::__private::check(
                (),
                move |()| -> Result<String, Error> {
                    match (address,) {
                        (address,) => {
                            let response = (::costate::__private::Awaited)(
                                    match ({
                                        ::core::future::IntoFuture::into_future
                                    })(get(address)) {
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
                                    match ({
                                        ::core::future::IntoFuture::into_future
                                    })(response.text()) {
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
            /// 0: holds the arguments `address`.
            Unresumed,
            /// 1: `get(address).await`, line 4.
            Get,
            /// 2: `response.text().await`, line 5; holds `response`.
            Text,
            /// 3: `Get`, whose child is cleaning up.
            CancellingGet,
            /// 4: `Text`, whose child is cleaning up.
            CancellingText,
            /// 5.
            Returned,
            /// 6.
            Panicked,
            /// 7.
            Cancelled,
        }
        struct PageHeld<Address, ResponseKept, TextFuture, GetFuture> {
            state: PageState,
            shared: PageShared<Address, ResponseKept, TextFuture, GetFuture>,
        }
        #[repr(C)]
        union PageShared<Address, ResponseKept, TextFuture, GetFuture> {
            nothing: (),
            while_address: __costate::ManuallyDrop<__costate::Slot<Address>>,
            while_text: __costate::ManuallyDrop<PageTextHeld<ResponseKept, TextFuture>>,
            while_get: __costate::ManuallyDrop<__costate::Slot<GetFuture>>,
        }
        struct PageTextHeld<ResponseKept, TextFuture> {
            response_kept: __costate::Slot<ResponseKept>,
            text_future: __costate::Slot<TextFuture>,
        }
        impl<
            Address,
            ResponseKept,
            TextFuture,
            GetFuture,
        > PageHeld<Address, ResponseKept, TextFuture, GetFuture> {
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn places(
                st: *const PageHeld<Address, ResponseKept, TextFuture, GetFuture>,
            ) -> (
                __costate::At<u8>,
                __costate::At<Address>,
                __costate::At<ResponseKept>,
                __costate::At<TextFuture>,
                __costate::At<GetFuture>,
            ) {
                unsafe {
                    let state_base = st.cast::<u8>();
                    let while_text = __costate::room(&raw const (*st).shared.while_text);
                    (
                        __costate::tag_at(
                            state_base,
                            (&raw const (*st).state).cast::<u8>(),
                        ),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_address,
                        ),
                        __costate::at(
                            state_base,
                            &raw const (*while_text).response_kept,
                        ),
                        __costate::at(state_base, &raw const (*while_text).text_future),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_get,
                        ),
                    )
                }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn begin(
                argument0: Address,
            ) -> PageHeld<Address, ResponseKept, TextFuture, GetFuture> {
                let mut begun = __costate::MaybeUninit::uninit();
                unsafe {
                    let st: *mut PageHeld<
                        Address,
                        ResponseKept,
                        TextFuture,
                        GetFuture,
                    > = begun.as_mut_ptr();
                    (*st).state = PageState::Unresumed;
                    (*st).shared.while_address = __costate::ManuallyDrop::new(
                        __costate::Slot::new(argument0),
                    );
                    begun.assume_init()
                }
            }
        }
        unsafe impl<Address, ResponseKept, TextFuture, GetFuture> __costate::Holds
        for PageHeld<Address, ResponseKept, TextFuture, GetFuture> {
            type All = (Address, ResponseKept, TextFuture, GetFuture);
        }
        let state = unsafe { PageHeld::begin(argument0) };
        unsafe {
            __costate::step(
                state,
                #[cfg_attr(not(debug_assertions), inline(always))]
                move |
                    st: *mut _,
                    task_context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::Result<
                    __costate::Step<Result<String, Error>>,
                    __costate::core::convert::Infallible,
                > {
                    unsafe {
                        let mut arm = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        use __costate::IsRight as _;
                        let (
                            state_at,
                            address_at,
                            response_kept_at,
                            text_future_at,
                            get_future_at,
                        ) = __costate::twin_1(&page_twin).checked(PageHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let leaving = state_at
                            .left(state_base, PageState::Panicked as u8);
                        let stepped: __costate::Step<Result<String, Error>>;
                        {
                            let address_guard = address_at.guard(state_base);
                            let address_live = &address_guard;
                            let asked_1 = __costate::question::Gate::OPEN;
                            let mut response_base_room = ::core::mem::MaybeUninit::uninit();
                            let (response_base, response_at) = response_kept_at
                                .lodge(
                                    state_base,
                                    response_base_room.as_mut_ptr(),
                                    asked_1,
                                );
                            let response_guard = response_at.guard(response_base);
                            let response_live = &response_guard;
                            stepped = 'done: {
                                if arm == 0 {
                                    if introduce.is_asked(state_base) {
                                        leaving.stays();
                                        return __costate::Ok(introduce.answer());
                                    }
                                    address_live.here();
                                    get_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })(get((address_live).take())),
                                        );
                                    leaving.arrives(PageState::Get as u8);
                                    arm = 1;
                                }
                                if arm == 1 {
                                    let __costate::Poll::Ready(ready_value) = get_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving.ok_waits(());
                                    };
                                    let response_ = &response_at.of(response_base);
                                    {
                                        let response = (match __costate::Try((ready_value).output())
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
                                    text_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })(
                                                __costate::question::receiver!(
                                                    response_ response_live[asked_1].text[] [] ()
                                                ),
                                            ),
                                        );
                                    leaving.arrives(PageState::Text as u8);
                                    arm = 2;
                                }
                                if arm == 2 {
                                    if !asked_1.consumes() {
                                        response_live.here();
                                    }
                                    let __costate::Poll::Ready(ready_value) = text_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving.ok_waits((response_guard,));
                                    };
                                    {
                                        let text = (match __costate::Try((ready_value).output())
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
                                        break 'done leaving.completes(Ok(text));
                                    }
                                }
                                {
                                    leaving.stays();
                                    __costate::ended("page", arm, 6)
                                }
                            };
                        }
                        leaving.in_state(PageState::Returned as u8);
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
                            address_at,
                            response_kept_at,
                            text_future_at,
                            get_future_at,
                        ) = __costate::twin_1(&page_twin).checked(PageHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let arm = __costate::tag((&raw const (*st).state).cast::<u8>());
                        let dropped = op.dropped(arm);
                        if dropped == 0 {
                            __costate::drop((address_at.live(state_base),));
                            return __costate::None;
                        }
                        let held_0: u32 = match dropped {
                            2 | 4 => 1,
                            _ => 0,
                        };
                        let response_kept_at_live = response_kept_at
                            .live_if(state_base, held_0 & 1 != 0);
                        match arm {
                            1 | 3 => get_future_at.settle(state_base, op),
                            2 | 4 => text_future_at.settle(state_base, op),
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
                            "page\0", ::core::file!(), "\0get(address)\0",
                            ::core::line!(), "\0response.text()\0", ::core::line!()
                        ),
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
