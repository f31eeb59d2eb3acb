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
                    let result: Option<&'of_self Value> = if ::costate::__private::cancelled() {
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
            >(Self::get_step_annotate_the_impl, (self, key))
        }
    }
    #[doc(hidden)]
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
        enum GetState<This, Key, LookupFuture, LoadFuture> {
            Unresumed { this: __costate::Slot<This>, key: __costate::Slot<Key> } = 0,
            /// `self.lookup(key).await`, line 5.
            Lookup {
                this: __costate::Slot<This>,
                key: __costate::Slot<Key>,
                awaited: __costate::Slot<LookupFuture>,
            } = 1,
            /// `self.load(key).await`, line 8.
            Load {
                this: __costate::Slot<This>,
                awaited: __costate::Slot<LoadFuture>,
                this_live: u8,
            } = 2,
            /// `Lookup`, whose child is cleaning up.
            CancellingLookup = 3,
            /// `Load`, whose child is cleaning up.
            CancellingLoad = 4,
            Returned = 5,
            Panicked = 6,
            Cancelled = 7,
        }
        unsafe impl<
            This: ::core::marker::Send,
            Key: ::core::marker::Send,
            LookupFuture: ::core::marker::Send,
            LoadFuture: ::core::marker::Send,
        > ::core::marker::Send for GetState<This, Key, LookupFuture, LoadFuture> {}
        unsafe impl<
            This: ::core::marker::Sync,
            Key: ::core::marker::Sync,
            LookupFuture: ::core::marker::Sync,
            LoadFuture: ::core::marker::Sync,
        > ::core::marker::Sync for GetState<This, Key, LookupFuture, LoadFuture> {}
        #[repr(C)]
        struct UnresumedFrame<This, Key> {
            tag: u8,
            this: __costate::Slot<This>,
            key: __costate::Slot<Key>,
        }
        #[repr(C)]
        struct LookupFrame<This, Key, LookupFuture> {
            tag: u8,
            this: __costate::Slot<This>,
            key: __costate::Slot<Key>,
            awaited: __costate::Slot<LookupFuture>,
        }
        #[repr(C)]
        struct LoadFrame<This, LoadFuture> {
            tag: u8,
            this: __costate::Slot<This>,
            awaited: __costate::Slot<LoadFuture>,
            this_live: u8,
        }
        impl<
            This,
            Key,
            LookupFuture,
            LoadFuture,
        > GetState<This, Key, LookupFuture, LoadFuture> {
            #[inline(always)]
            unsafe fn places(
                state: *mut GetState<This, Key, LookupFuture, LoadFuture>,
            ) -> (*mut This, *mut Key, *mut LookupFuture, *mut LoadFuture, *mut u8) {
                const {
                    __costate::one_place([
                        ::core::mem::offset_of!(UnresumedFrame < This, Key >, this),
                        ::core::mem::offset_of!(
                            LookupFrame < This, Key, LookupFuture >, this
                        ),
                        ::core::mem::offset_of!(LoadFrame < This, LoadFuture >, this),
                    ]);
                    __costate::one_place([
                        ::core::mem::offset_of!(UnresumedFrame < This, Key >, key),
                        ::core::mem::offset_of!(
                            LookupFrame < This, Key, LookupFuture >, key
                        ),
                    ]);
                }
                let unresumed_frame = state.cast::<UnresumedFrame<This, Key>>();
                let lookup_frame = state.cast::<LookupFrame<This, Key, LookupFuture>>();
                let load_frame = state.cast::<LoadFrame<This, LoadFuture>>();
                unsafe {
                    (
                        __costate::Slot::at(&raw mut (*unresumed_frame).this),
                        __costate::Slot::at(&raw mut (*unresumed_frame).key),
                        __costate::Slot::at(&raw mut (*lookup_frame).awaited),
                        __costate::Slot::at(&raw mut (*load_frame).awaited),
                        &raw mut (*load_frame).this_live,
                    )
                }
            }
        }
        let state: GetState<_, _, _, _> = GetState::Unresumed {
            this: __costate::Slot::new(argument0),
            key: __costate::Slot::new(argument1),
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut GetState<_, _, _, _>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Step<Option<&'x Value>> {
                    unsafe {
                        let (
                            this_,
                            key_,
                            lookup_future_,
                            load_future_,
                            this_live_in_load,
                        ) = &GetState::places(st);
                        let (mut context, cancel, report) = op.parts();
                        if report.is_none() {
                            let mut at = u32::from(*st.cast::<u8>());
                            at = match at {
                                3 if cancel => 1,
                                4 if cancel => 2,
                                other => other,
                            };
                            if at > 2 {
                                return __costate::ended("get", at == 6, cancel);
                            }
                            if at == 0 && !cancel && __costate::is_asked(st) {
                                return __costate::Step::Asked;
                            }
                            st.cast::<u8>().write(6);
                            if at == 0 && cancel {
                                __costate::drop((
                                    __costate::Live::new(*this_, true),
                                    __costate::Live::new(*key_, true),
                                ));
                                st.cast::<u8>().write(7);
                                return __costate::Step::Cancelled;
                            }
                            let result: __costate::Step<Option<&'x Value>>;
                            {
                                let this_live = &__costate::Live::new(*this_, false);
                                let key_live = &__costate::Live::new(*key_, false);
                                result = 'done: loop {
                                    if at == 0 {
                                        this_live.here();
                                        key_live.here();
                                        ::core::ptr::write(
                                            *lookup_future_,
                                            ::core::future::IntoFuture::into_future(
                                                (*(*this_)).lookup((key_live).take()),
                                            ),
                                        );
                                        at = 1;
                                    }
                                    if at == 1 {
                                        this_live.here();
                                        let lookup_future_live = &__costate::Live::new(
                                            *lookup_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*lookup_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*lookup_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            lookup_future_live.park();
                                            this_live.park();
                                            st.cast::<u8>().write(if cancel { 3 } else { 1 });
                                            return __costate::Step::Pending;
                                        };
                                        lookup_future_live.end();
                                        if let Some(found) = (__costate::Ready)(value).output() {
                                            (break 'done __costate::Step::Complete {
                                                0: Some(found),
                                            });
                                        }
                                        ::core::ptr::write(
                                            *load_future_,
                                            ::core::future::IntoFuture::into_future(
                                                (*(*this_)).load((key_live).take()),
                                            ),
                                        );
                                        this_live_in_load.write(this_live.state());
                                        at = 2;
                                    }
                                    if at == 2 {
                                        if this_live_in_load.read() != 0 {
                                            this_live.here();
                                        }
                                        let load_future_live = &__costate::Live::new(
                                            *load_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*load_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*load_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            load_future_live.park();
                                            this_live.park();
                                            st.cast::<u8>().write(if cancel { 4 } else { 2 });
                                            return __costate::Step::Pending;
                                        };
                                        load_future_live.end();
                                        break 'done __costate::Step::Complete {
                                            0: { (__costate::Ready)(value).output() },
                                        };
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
                                            "get",
                                            "self.lookup(key)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*lookup_future_).trace(report)
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
                                    __costate::Child(*load_future_).trace(report)
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
}
