//! A method: its step is a sibling.
impl Store {
    pub fn get<'of_self>(
        &'of_self mut self,
        key: u32,
    ) -> impl ::costate::Coroutine<
        Output = Option<&'of_self Value>,
    > + ::costate::__private::Captures<(*const Self, &'of_self ())> {
        if false {
            ::costate::__private::check(
                (key,),
                move |(key,)| -> Option<&'of_self Value> {
                    let result: Option<&'_ Value> = if ::costate::__private::cancelled() {
                        ::costate::__private::any()
                    } else {
                        if let Some(found) = (::costate::__private::Awaited)(
                                match ::core::future::IntoFuture::into_future(
                                    self.lookup(key),
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
                            .output()
                        {
                            return ::costate::__private::Output::<
                                Option<&'of_self Value>,
                            > {
                                value: Some(found),
                            }
                                .value;
                        }
                        (::costate::__private::Awaited)(
                                match ::core::future::IntoFuture::into_future(
                                    self.load(key),
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
                            .output()
                    };
                    result
                },
            );
        }
        unsafe {
            ::costate::__private::machine::<
                'of_self,
                for<'x, 'x_or> fn(
                    &'x (),
                    &'x_or (),
                ) -> ::costate::__private::Call<'x, (&'x mut Self, u32)>,
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
    fn get_step_annotate_the_impl<'x>(
        ::costate::__private::Call {
            arguments: (argument0, argument1),
            life,
        }: ::costate::__private::Call<'x, (&'x mut Self, u32)>,
    ) -> impl ::costate::__private::Resumable<
        Yield = ::costate::__private::core::convert::Infallible,
        Return = Option<&'x Value>,
    > + ::costate::__private::Captures<(*const Self, &'x ())> {
        use ::costate::__private as __costate;
        #[repr(u8)]
        enum GetState {
            /// holds the arguments `this`, `key`.
            Unresumed = 0,
            /// `self.lookup(key).await`, line 5; holds `this`, `key`.
            Lookup = 1,
            /// `self.load(key).await`, line 8; holds `this`.
            Load = 2,
            /// `Lookup`, whose child is cleaning up.
            CancellingLookup = 3,
            /// `Load`, whose child is cleaning up.
            CancellingLoad = 4,
            Returned = 5,
            Panicked = 6,
            Cancelled = 7,
        }
        struct GetHeld<This, Key, LookupFuture, LoadFuture> {
            state: GetState,
            live: [u8; 1],
            this: __costate::Slot<This>,
            shared: GetShared<Key, LookupFuture, LoadFuture>,
        }
        #[repr(C)]
        union GetShared<Key, LookupFuture, LoadFuture> {
            nothing: (),
            while_lookup: __costate::ManuallyDrop<GetLookupHeld<Key, LookupFuture>>,
            while_load: __costate::ManuallyDrop<__costate::Slot<LoadFuture>>,
        }
        struct GetLookupHeld<Key, LookupFuture> {
            key: __costate::Slot<Key>,
            lookup_future: __costate::Slot<LookupFuture>,
        }
        impl<
            This,
            Key,
            LookupFuture,
            LoadFuture,
        > GetHeld<This, Key, LookupFuture, LoadFuture> {
            #[inline(always)]
            const fn places(
                _: *mut GetHeld<This, Key, LookupFuture, LoadFuture>,
            ) -> (
                __costate::At<GetState>,
                __costate::At<This>,
                __costate::At<Key>,
                __costate::At<LookupFuture>,
                __costate::At<LoadFuture>,
            ) {
                (
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            GetHeld < This, Key, LookupFuture, LoadFuture >, state
                        ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            GetHeld < This, Key, LookupFuture, LoadFuture >, this
                        ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            GetHeld < This, Key, LookupFuture, LoadFuture >, shared
                        )
                            + ::core::mem::offset_of!(
                                GetLookupHeld < Key, LookupFuture >, key
                            ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            GetHeld < This, Key, LookupFuture, LoadFuture >, shared
                        )
                            + ::core::mem::offset_of!(
                                GetLookupHeld < Key, LookupFuture >, lookup_future
                            ),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(
                            GetHeld < This, Key, LookupFuture, LoadFuture >, shared
                        ),
                    ),
                )
            }
        }
        unsafe impl<
            This: ::core::marker::Send,
            Key: ::core::marker::Send,
            LookupFuture: ::core::marker::Send,
            LoadFuture: ::core::marker::Send,
        > ::core::marker::Send for GetHeld<This, Key, LookupFuture, LoadFuture> {}
        unsafe impl<
            This: ::core::marker::Sync,
            Key: ::core::marker::Sync,
            LookupFuture: ::core::marker::Sync,
            LoadFuture: ::core::marker::Sync,
        > ::core::marker::Sync for GetHeld<This, Key, LookupFuture, LoadFuture> {}
        let state: GetHeld<_, _, _, _> = GetHeld {
            state: GetState::Unresumed,
            live: [0; 1],
            this: __costate::Slot::new(argument0),
            shared: GetShared {
                while_lookup: __costate::ManuallyDrop::new(GetLookupHeld {
                    key: __costate::Slot::new(argument1),
                    lookup_future: __costate::Slot::empty(),
                }),
            },
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut GetHeld<_, _, _, _>,
                    context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::Step<Option<&'x Value>> {
                    unsafe {
                        let (
                            state_at,
                            this_at,
                            key_at,
                            lookup_future_at,
                            load_future_at,
                        ) = GetHeld::places(st);
                        let mut at = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        if at > 2 {
                            __costate::ended("get", at == 6);
                        }
                        let unwinding = __costate::Unwinding::<
                            u8,
                        >::new(st, state_at.cast(), 6);
                        let result: __costate::Step<Option<&'x Value>>;
                        {
                            let this_live = &__costate::Live::in_state(st, this_at);
                            let key_live = &__costate::Live::in_state(st, key_at);
                            result = 'done: {
                                if at == 0 {
                                    let this_ = &this_at.of(st);
                                    if introduce.is_asked(st) {
                                        __costate::forget(unwinding);
                                        return introduce.answer();
                                    }
                                    this_live.here();
                                    key_live.here();
                                    ::core::ptr::write(
                                        lookup_future_at.of(st),
                                        ::core::future::IntoFuture::into_future(
                                            (*(*this_)).lookup((key_live).take()),
                                        ),
                                    );
                                    at = 1;
                                }
                                if at == 1 {
                                    this_live.here();
                                    let __costate::Poll::Ready(value) = (&__costate::Awaited(
                                        lookup_future_at.of(st),
                                    ))
                                        .poll(context, st, lookup_future_at) else {
                                        this_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = GetState::Lookup;
                                        return __costate::Step::Pending;
                                    };
                                    let this_ = &this_at.of(st);
                                    if let Some(found) = (__costate::Ready)(value).output() {
                                        (break 'done __costate::Step::Complete {
                                            0: Some(found),
                                        });
                                    }
                                    ::core::ptr::write(
                                        load_future_at.of(st),
                                        ::core::future::IntoFuture::into_future(
                                            (*(*this_)).load((key_live).take()),
                                        ),
                                    );
                                    (*st).live[0] = this_live.state() << 0;
                                    at = 2;
                                }
                                if at == 2 {
                                    if (*st).live[0] & 1 != 0 {
                                        this_live.here();
                                    }
                                    let __costate::Poll::Ready(value) = (&__costate::Awaited(
                                        load_future_at.of(st),
                                    ))
                                        .poll(context, st, load_future_at) else {
                                        this_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = GetState::Load;
                                        return __costate::Step::Pending;
                                    };
                                    break 'done __costate::Step::Complete {
                                        0: { (__costate::Ready)(value).output() },
                                    };
                                }
                                ::core::hint::unreachable_unchecked()
                            };
                        }
                        __costate::forget(unwinding);
                        (*st).state = GetState::Returned;
                        result
                    }
                },
                #[inline(always)]
                move |
                    st: *mut GetHeld<_, _, _, _>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Poll<()> {
                    unsafe {
                        let (
                            state_at,
                            this_at,
                            key_at,
                            lookup_future_at,
                            load_future_at,
                        ) = GetHeld::places(st);
                        let (mut context, report) = op.parts();
                        let at = __costate::tag((&raw const (*st).state).cast::<u8>());
                        if let __costate::Some(report) = report {
                            match at {
                                1 | 3 => {
                                    report(
                                        __costate::Frame::new(
                                            "get",
                                            "self.lookup(key)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(lookup_future_at.of(st)).trace(report)
                                }
                                2 | 4 => {
                                    report(
                                        __costate::Frame::new(
                                            "get",
                                            "self.load(key)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(load_future_at.of(st)).trace(report)
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
                                    __costate::Live::new(this_at.of(st), true),
                                    __costate::Live::new(key_at.of(st), true),
                                ))
                            }
                            1 | 3 => {
                                let this_ = &this_at.of(st);
                                let this_live = &__costate::Live::new(*this_, false);
                                this_live.here();
                                let lookup_future_ = &lookup_future_at.of(st);
                                let lookup_future_live = &__costate::Live::new(
                                    *lookup_future_,
                                    true,
                                );
                                if let __costate::Some(context) = &mut context {
                                    if __costate::Poll::is_pending(
                                        &__costate::Child(*lookup_future_).cancel(context),
                                    ) {
                                        lookup_future_live.park();
                                        this_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = GetState::CancellingLookup;
                                        return __costate::Poll::Pending;
                                    }
                                }
                            }
                            2 | 4 => {
                                let this_ = &this_at.of(st);
                                let this_live = &__costate::Live::new(*this_, false);
                                if (*st).live[0] & 1 != 0 {
                                    this_live.here();
                                }
                                let load_future_ = &load_future_at.of(st);
                                let load_future_live = &__costate::Live::new(
                                    *load_future_,
                                    true,
                                );
                                if let __costate::Some(context) = &mut context {
                                    if __costate::Poll::is_pending(
                                        &__costate::Child(*load_future_).cancel(context),
                                    ) {
                                        load_future_live.park();
                                        this_live.park();
                                        __costate::forget(unwinding);
                                        (*st).state = GetState::CancellingLoad;
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
                            (*st).state = GetState::Cancelled;
                        }
                        __costate::Poll::Ready(())
                    }
                },
            )
        }
    }
}
