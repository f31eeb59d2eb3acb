//! The smallest generator.
fn counter(to: u32) -> impl ::costate::Generator<Yield = u32, Return = ()> {
    if false {
        ::costate::__private::check(
            (to,),
            move |(to,)| -> () {
                let result: () = if ::costate::__private::cancelled() {
                    ::costate::__private::any()
                } else {
                    for n in 0..to {
                        (::costate::__private::resumed)(
                            match (::costate::__private::yielded)(::costate::__private::Yield::<
                                u32,
                            > {
                                value: n,
                            }) {
                                handed_out => {
                                    if ::costate::__private::cancelled() {
                                        return ::costate::__private::any();
                                    }
                                    handed_out
                                }
                            },
                        );
                    }
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
    fn counter_step<'x>(
        ::costate::__private::Call {
            arguments: (argument0,),
            life,
        }: ::costate::__private::Call<'x, (u32,)>,
    ) -> impl ::costate::__private::Resumable<
        Yield = u32,
        Return = (),
    > + ::costate::__private::Captures<(&'x (),)> {
        use ::costate::__private as __costate;
        #[repr(u8)]
        enum CounterState<To, Iterator> {
            Unresumed { to: __costate::Slot<To> } = 0,
            /// `yield_!(n)`, line 5.
            Yield { iterator: __costate::Slot<Iterator> } = 1,
            Returned = 2,
            Panicked = 3,
            Cancelled = 4,
        }
        unsafe impl<
            To: ::core::marker::Send,
            Iterator: ::core::marker::Send,
        > ::core::marker::Send for CounterState<To, Iterator> {}
        unsafe impl<
            To: ::core::marker::Sync,
            Iterator: ::core::marker::Sync,
        > ::core::marker::Sync for CounterState<To, Iterator> {}
        #[repr(C)]
        struct UnresumedFrame<To> {
            tag: u8,
            to: __costate::Slot<To>,
        }
        #[repr(C)]
        struct YieldFrame<Iterator> {
            tag: u8,
            iterator: __costate::Slot<Iterator>,
        }
        impl<To, Iterator> CounterState<To, Iterator> {
            #[inline(always)]
            unsafe fn places(
                state: *mut CounterState<To, Iterator>,
            ) -> (*mut To, *mut Iterator) {
                let unresumed_frame = state.cast::<UnresumedFrame<To>>();
                let yield_frame = state.cast::<YieldFrame<Iterator>>();
                unsafe {
                    (
                        __costate::Slot::at(&raw mut (*unresumed_frame).to),
                        __costate::Slot::at(&raw mut (*yield_frame).iterator),
                    )
                }
            }
        }
        let state: CounterState<_, _> = CounterState::Unresumed {
            to: __costate::Slot::new(argument0),
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut CounterState<_, _>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Step<(), u32> {
                    unsafe {
                        let (to_, iterator_) = &CounterState::places(st);
                        let (mut context, cancel, report) = op.parts();
                        if report.is_none() {
                            let mut at = u32::from(*st.cast::<u8>());
                            if at > 1 {
                                return __costate::ended("counter", at == 3, cancel);
                            }
                            st.cast::<u8>().write(3);
                            if at == 0 && cancel {
                                __costate::drop((__costate::Live::new(*to_, true),));
                                st.cast::<u8>().write(4);
                                return __costate::Step::Cancelled;
                            }
                            let result: __costate::Step<(), u32>;
                            {
                                let to_live = &__costate::Live::new(*to_, false);
                                let iterator_live = &__costate::Live::new(
                                    *iterator_,
                                    false,
                                );
                                let mut n_room = ::core::mem::MaybeUninit::uninit();
                                let n_ = &n_room.as_mut_ptr();
                                let n_live = &__costate::Live::new(*n_, false);
                                result = 'done: loop {
                                    if at == 0 {
                                        to_live.here();
                                        iterator_live
                                            .init((__costate::Head)(0..(*(*to_))).iterator());
                                        at = 2;
                                    }
                                    if at == 2 {
                                        match ::core::iter::Iterator::next(&mut (*(*iterator_))) {
                                            ::core::option::Option::Some(n) => {
                                                n_live.init(n);
                                                at = 3;
                                            }
                                            ::core::option::Option::None => {
                                                at = 4;
                                            }
                                            _ => ::core::hint::unreachable_unchecked(),
                                        }
                                    }
                                    if at == 3 {
                                        let value = __costate::Yield::<u32> {
                                            value: (n_live).take(),
                                        }
                                            .value;
                                        iterator_live.park();
                                        st.cast::<u8>().write(1);
                                        return __costate::Step::Yielded(value);
                                    }
                                    if at == 1 {
                                        iterator_live.here();
                                        if cancel {
                                            break 'done __costate::Step::Cancelled;
                                        }
                                        ();
                                        n_live.end();
                                        at = 2;
                                    }
                                    if at == 4 {
                                        break 'done __costate::Step::Complete {
                                            0: { () },
                                        };
                                    }
                                };
                            }
                            st.cast::<u8>().write(if cancel { 4 } else { 2 });
                            return result;
                        }
                        if let __costate::Some(report) = report {
                            match u32::from(*st.cast::<u8>()) {
                                1 => {
                                    report(
                                        __costate::Frame::new(
                                            "counter",
                                            "n",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    )
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
        for<'x, 'x_or> fn(&'x (), &'x_or ()) -> ::costate::__private::Call<'x, (u32,)>,
        _,
        _,
    >(counter_step, (to,))
}
