//! A method: its step is a sibling.
impl Store {
    pub fn get<'of_self>(
        &'of_self mut self,
        key: u32,
    ) -> impl ::costate::Coroutine<
        Output = Option<&'of_self Value>,
    > + ::costate::__private::Captures<(*const Self, &'of_self ())> {
        unsafe {
            ::costate::__private::machine::<
                'of_self,
                for<'x_, 'x__or> fn(
                    &'x_ (),
                    &'x__or (),
                ) -> ::costate::__private::Call<'x_, (&'x_ mut Self, u32)>,
                ::costate::__private::core::convert::Infallible,
                Option<&'of_self Value>,
                (&'of_self (),),
                _,
                _,
                _,
            >(
                move || (
                    Self::get_step_annotate_the_impl,
                    ::costate::__private::core::marker::PhantomData,
                ),
                (self, key),
            )
        }
    }
    #[doc(hidden)]
    fn get_twin_annotate_the_impl<'of_self>(
        &'of_self mut self,
        key: u32,
        _: impl ::costate::__private::core::marker::Sized,
    ) -> impl ::costate::__private::core::marker::Sized {
        if false {
            let _ = (&self,);
            ::costate::__private::check(
                (key,),
                move |(key,)| -> Option<&'of_self Value> {
                    if let Some(found) = (::costate::__private::Awaited)(
                            match ({
                                ::core::future::IntoFuture::into_future
                            })(self.lookup(key)) {
                                future => {
                                    if ::costate::__private::cancelled() {
                                        ::costate::__private::child(future).reach();
                                        return ::costate::__private::any();
                                    }
                                    future
                                }
                            },
                        )
                        .output()
                    {
                        return Some(found);
                    }
                    (::costate::__private::Awaited)(
                            match ({
                                ::core::future::IntoFuture::into_future
                            })(self.load(key)) {
                                future => {
                                    if ::costate::__private::cancelled() {
                                        ::costate::__private::child(future).reach();
                                        return ::costate::__private::any();
                                    }
                                    future
                                }
                            },
                        )
                        .output()
                },
            );
        }
        ::costate::__private::Checked::made()
    }
    #[doc(hidden)]
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
    fn get_step_annotate_the_impl<'x_>(
        ::costate::__private::Call {
            arguments: (argument0, argument1),
            life,
        }: ::costate::__private::Call<'x_, (&'x_ mut Self, u32)>,
    ) -> impl ::costate::__private::Resumable<
        Yield = ::costate::__private::core::convert::Infallible,
        Return = Option<&'x_ Value>,
    > + ::costate::__private::Captures<(*const Self, &'x_ ())> {
        use ::costate::__private as __costate;
        #[repr(u8)]
        enum GetState {
            /// 0: holds the arguments `this`, `key`.
            Unresumed,
            /// 1: `self.lookup(key).await`, line 5; holds `this`, `key`.
            Lookup,
            /// 2: `self.load(key).await`, line 8; holds `this`.
            Load,
            /// 3: `Lookup`, whose child is cleaning up.
            CancellingLookup,
            /// 4: `Load`, whose child is cleaning up.
            CancellingLoad,
            /// 5.
            Returned,
            /// 6.
            Panicked,
            /// 7.
            Cancelled,
        }
        struct GetHeld<This, Key, LookupFuture, LoadFuture> {
            state: GetState,
            this: __costate::Slot<This>,
            key: __costate::Slot<Key>,
            shared: GetShared<LookupFuture, LoadFuture>,
        }
        #[repr(C)]
        union GetShared<LookupFuture, LoadFuture> {
            nothing: (),
            while_lookup: __costate::ManuallyDrop<__costate::Slot<LookupFuture>>,
            while_load: __costate::ManuallyDrop<__costate::Slot<LoadFuture>>,
        }
        impl<
            This,
            Key,
            LookupFuture,
            LoadFuture,
        > GetHeld<This, Key, LookupFuture, LoadFuture> {
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn places(
                st: *const GetHeld<This, Key, LookupFuture, LoadFuture>,
            ) -> (
                __costate::At<u8>,
                __costate::At<This>,
                __costate::At<Key>,
                __costate::At<LookupFuture>,
                __costate::At<LoadFuture>,
            ) {
                unsafe {
                    let state_base = st.cast::<u8>();
                    (
                        __costate::tag_at(
                            state_base,
                            (&raw const (*st).state).cast::<u8>(),
                        ),
                        __costate::at(state_base, &raw const (*st).this),
                        __costate::at(state_base, &raw const (*st).key),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_lookup,
                        ),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_load,
                        ),
                    )
                }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn begin(
                argument0: This,
                argument1: Key,
            ) -> GetHeld<This, Key, LookupFuture, LoadFuture> {
                let mut begun = __costate::MaybeUninit::uninit();
                unsafe {
                    let st: *mut GetHeld<This, Key, LookupFuture, LoadFuture> = begun
                        .as_mut_ptr();
                    (*st).state = GetState::Unresumed;
                    (*st).this = __costate::Slot::new(argument0);
                    (*st).key = __costate::Slot::new(argument1);
                    begun.assume_init()
                }
            }
        }
        unsafe impl<This, Key, LookupFuture, LoadFuture> __costate::Holds
        for GetHeld<This, Key, LookupFuture, LoadFuture> {
            type All = (This, Key, LookupFuture, LoadFuture);
        }
        let state = unsafe { GetHeld::begin(argument0, argument1) };
        unsafe {
            __costate::step(
                state,
                #[cfg_attr(not(debug_assertions), inline(always))]
                move |
                    st: *mut _,
                    task_context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::Step<Option<&'x_ Value>> {
                    unsafe {
                        let mut arm = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        use __costate::IsRight as _;
                        let (
                            state_at,
                            this_at,
                            key_at,
                            lookup_future_at,
                            load_future_at,
                        ) = __costate::twin_2(&Self::get_twin_annotate_the_impl)
                            .checked(GetHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let leaving = state_at
                            .left(state_base, GetState::Panicked as u8);
                        let stepped: __costate::Step<Option<&'x_ Value>>;
                        {
                            let this_guard = this_at.guard(state_base);
                            let this_live = &this_guard;
                            let key_guard = key_at.guard(state_base);
                            let key_live = &key_guard;
                            stepped = 'done: {
                                if arm == 0 {
                                    let this_ = &this_at.of(state_base);
                                    if introduce.is_asked(state_base) {
                                        leaving.stays();
                                        return introduce.answer();
                                    }
                                    this_live.here();
                                    key_live.here();
                                    lookup_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })((*(*this_)).lookup((key_live).take())),
                                        );
                                    leaving.arrives(GetState::Lookup as u8);
                                    arm = 1;
                                }
                                if arm == 1 {
                                    this_live.here();
                                    let __costate::Poll::Ready(ready_value) = lookup_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving.waits((this_guard,));
                                    };
                                    let this_ = &this_at.of(state_base);
                                    if let Some(found) = (ready_value).output() {
                                        (break 'done leaving.completes(Some(found)));
                                    }
                                    load_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })((*(*this_)).load((key_live).take())),
                                        );
                                    leaving.arrives(GetState::Load as u8);
                                    arm = 2;
                                }
                                if arm == 2 {
                                    this_live.here();
                                    let __costate::Poll::Ready(ready_value) = load_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving.waits((this_guard,));
                                    };
                                    break 'done leaving.completes((ready_value).output());
                                }
                                {
                                    leaving.stays();
                                    __costate::ended("get", arm, 6)
                                }
                            };
                        }
                        leaving.in_state(GetState::Returned as u8);
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
                        let (
                            state_at,
                            this_at,
                            key_at,
                            lookup_future_at,
                            load_future_at,
                        ) = __costate::twin_2(&Self::get_twin_annotate_the_impl)
                            .checked(GetHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let arm = __costate::tag((&raw const (*st).state).cast::<u8>());
                        let dropped = op.dropped(arm);
                        if dropped == 0 {
                            __costate::drop((
                                this_at.live(state_base),
                                key_at.live(state_base),
                            ));
                            return __costate::None;
                        }
                        let held_0: u32 = match dropped {
                            1 | 3 | 2 | 4 => 1,
                            _ => 0,
                        };
                        let this_live = this_at.live_if(state_base, held_0 & 1 != 0);
                        match arm {
                            1 | 3 => lookup_future_at.settle(state_base, op),
                            2 | 4 => load_future_at.settle(state_base, op),
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
                            "get\0", ::core::file!(), "\0self.lookup(key)\0",
                            ::core::line!(), "\0self.load(key)\0", ::core::line!()
                        ),
                    }
                },
            )
        }
    }
}
