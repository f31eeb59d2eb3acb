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
        enum CounterState {
            /// holds the arguments `to`.
            Unresumed = 0,
            /// `yield_!(n)`, line 5; holds `iterator`.
            Yield = 1,
            Returned = 2,
            Panicked = 3,
            Cancelled = 4,
        }
        struct CounterHeld<To, Iterator> {
            state: CounterState,
            shared: CounterShared<To, Iterator>,
        }
        #[repr(C)]
        union CounterShared<To, Iterator> {
            nothing: (),
            while_to: __costate::ManuallyDrop<__costate::Slot<To>>,
            while_iterator: __costate::ManuallyDrop<__costate::Slot<Iterator>>,
        }
        impl<To, Iterator> CounterHeld<To, Iterator> {
            #[inline(always)]
            const fn places(
                _: *mut CounterHeld<To, Iterator>,
            ) -> (
                __costate::At<CounterState>,
                __costate::At<To>,
                __costate::At<Iterator>,
            ) {
                (
                    __costate::At::new(
                        ::core::mem::offset_of!(CounterHeld < To, Iterator >, state),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(CounterHeld < To, Iterator >, shared),
                    ),
                    __costate::At::new(
                        ::core::mem::offset_of!(CounterHeld < To, Iterator >, shared),
                    ),
                )
            }
        }
        unsafe impl<
            To: ::core::marker::Send,
            Iterator: ::core::marker::Send,
        > ::core::marker::Send for CounterHeld<To, Iterator> {}
        unsafe impl<
            To: ::core::marker::Sync,
            Iterator: ::core::marker::Sync,
        > ::core::marker::Sync for CounterHeld<To, Iterator> {}
        let state: CounterHeld<_, _> = CounterHeld {
            state: CounterState::Unresumed,
            shared: CounterShared {
                while_to: __costate::ManuallyDrop::new(__costate::Slot::new(argument0)),
            },
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut CounterHeld<_, _>,
                    context: &mut __costate::Context<'_>,
                    _introduce: __costate::Introduce,
                | -> __costate::Step<(), u32> {
                    unsafe {
                        let (state_at, to_at, iterator_at) = CounterHeld::places(st);
                        let mut at = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        if at > 1 {
                            __costate::ended("counter", at == 3);
                        }
                        let unwinding = __costate::Unwinding::<
                            u8,
                        >::new(st, state_at.cast(), 3);
                        let result: __costate::Step<(), u32>;
                        {
                            let to_live = &__costate::Live::in_state(st, to_at);
                            let iterator_live = &__costate::Live::in_state(
                                st,
                                iterator_at,
                            );
                            let mut n_room = ::core::mem::MaybeUninit::uninit();
                            let n_ = &n_room.as_mut_ptr();
                            let n_live = &__costate::Live::new(*n_, false);
                            let mut again_2 = false;
                            result = 'done: loop {
                                'again_2: {
                                    if again_2 {
                                        again_2 = false;
                                        at = 2;
                                        break 'again_2;
                                    }
                                    if at == 0 {
                                        let to_ = &to_at.of(st);
                                        to_live.here();
                                        iterator_live
                                            .init((__costate::Head)(0..(*(*to_))).iterator());
                                        at = 2;
                                    }
                                }
                                if at == 2 {
                                    let iterator_ = &iterator_at.of(st);
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
                                    __costate::forget(unwinding);
                                    (*st).state = CounterState::Yield;
                                    return __costate::Step::Yielded(value);
                                }
                                if at == 1 {
                                    iterator_live.here();
                                    n_live.end();
                                    at = 2;
                                    again_2 = true;
                                    continue 'done;
                                }
                                if at == 4 {
                                    break 'done __costate::Step::Complete {
                                        0: { () },
                                    };
                                }
                                ::core::hint::unreachable_unchecked()
                            };
                        }
                        __costate::forget(unwinding);
                        (*st).state = CounterState::Returned;
                        result
                    }
                },
                #[inline(always)]
                move |
                    st: *mut CounterHeld<_, _>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Poll<()> {
                    unsafe {
                        let (state_at, to_at, iterator_at) = CounterHeld::places(st);
                        let (mut context, report) = op.parts();
                        let at = __costate::tag((&raw const (*st).state).cast::<u8>());
                        if let __costate::Some(report) = report {
                            match at {
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
                            return __costate::Poll::Pending;
                        }
                        let unwinding = __costate::Unwinding::<
                            u8,
                        >::new(st, state_at.cast(), 3);
                        match at {
                            0 => {
                                __costate::drop((__costate::Live::new(to_at.of(st), true),))
                            }
                            1 => {
                                let iterator_ = &iterator_at.of(st);
                                let iterator_live = &__costate::Live::new(
                                    *iterator_,
                                    false,
                                );
                                iterator_live.here();
                            }
                            _ => {
                                __costate::forget(unwinding);
                                return __costate::Poll::Ready(());
                            }
                        }
                        __costate::forget(unwinding);
                        if context.is_some() {
                            (*st).state = CounterState::Cancelled;
                        }
                        __costate::Poll::Ready(())
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
        _,
    >(move || (counter_step, ::costate::__private::core::marker::PhantomData), (to,))
}
