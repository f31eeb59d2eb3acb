//! The smallest generator.
fn counter(to: u32) -> impl ::costate::Generator<Yield = u32, Return = ()> {
    fn counter_twin(
        to: u32,
        _: impl ::costate::__private::core::marker::Sized,
    ) -> impl ::costate::__private::core::marker::Sized {
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
            /// 0: holds the arguments `to`.
            Unresumed,
            /// 1: `yield_!(n)`, line 5; holds `iterator`.
            Yield,
            /// 2.
            Returned,
            /// 3.
            Panicked,
            /// 4.
            Cancelled,
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
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn places(
                st: *const CounterHeld<To, Iterator>,
            ) -> (__costate::At<u8>, __costate::At<To>, __costate::At<Iterator>) {
                unsafe {
                    let state_base = st.cast::<u8>();
                    (
                        __costate::tag_at(
                            state_base,
                            (&raw const (*st).state).cast::<u8>(),
                        ),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_to,
                        ),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_iterator,
                        ),
                    )
                }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn begin(argument0: To) -> CounterHeld<To, Iterator> {
                let mut begun = __costate::MaybeUninit::uninit();
                unsafe {
                    let st: *mut CounterHeld<To, Iterator> = begun.as_mut_ptr();
                    (*st).state = CounterState::Unresumed;
                    (*st).shared.while_to = __costate::ManuallyDrop::new(
                        __costate::Slot::new(argument0),
                    );
                    begun.assume_init()
                }
            }
        }
        unsafe impl<To, Iterator> __costate::Holds for CounterHeld<To, Iterator> {
            type All = (To, Iterator);
        }
        let state = unsafe { CounterHeld::begin(argument0) };
        unsafe {
            __costate::step(
                state,
                #[cfg_attr(not(debug_assertions), inline(always))]
                move |
                    st: *mut _,
                    task_context: &mut __costate::Context<'_>,
                    _introduce: __costate::Introduce,
                | -> __costate::Step<(), u32> {
                    unsafe {
                        let mut arm = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        use __costate::IsRight as _;
                        let (state_at, to_at, iterator_at) = __costate::twin_1(
                                &counter_twin,
                            )
                            .checked(CounterHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let leaving = state_at
                            .left(state_base, CounterState::Panicked as u8);
                        let stepped: __costate::Step<(), u32>;
                        {
                            let to_guard = to_at.guard(state_base);
                            let to_live = &to_guard;
                            let iterator_guard = iterator_at.guard(state_base);
                            let iterator_live = &iterator_guard;
                            let mut n_room = ::core::mem::MaybeUninit::uninit();
                            let n_ = &state_at.beside(&mut n_room);
                            let n_guard = state_at.guard_beside(*n_);
                            let n_live = &n_guard;
                            let mut again_256 = false;
                            stepped = 'done: loop {
                                'again_256: {
                                    if again_256 {
                                        again_256 = false;
                                        arm = 256;
                                        break 'again_256;
                                    }
                                    if arm == 0 {
                                        let to_ = &to_at.of(state_base);
                                        to_live.here();
                                        iterator_live
                                            .init((__costate::Head)(0..(*(*to_))).iterator());
                                        arm = 256;
                                    }
                                }
                                if arm == 256 {
                                    let iterator_ = &iterator_at.of(state_base);
                                    match ::core::iter::Iterator::next(&mut (*(*iterator_))) {
                                        ::core::option::Option::Some(n) => {
                                            n_live.init(n);
                                            arm = 257;
                                        }
                                        ::core::option::Option::None => {
                                            arm = 258;
                                        }
                                        _ => ::core::hint::unreachable_unchecked(),
                                    }
                                }
                                if arm == 257 {
                                    let ready_value = __costate::Yield::<u32> {
                                        value: (n_live).take(),
                                    }
                                        .value;
                                    leaving
                                        .suspends((iterator_guard,), CounterState::Yield as u8);
                                    return __costate::Step::Yielded(ready_value);
                                }
                                if arm == 1 {
                                    iterator_live.here();
                                    n_live.end();
                                    arm = 256;
                                    again_256 = __costate::back();
                                    continue 'done;
                                }
                                if arm == 258 {
                                    break 'done leaving.completes(());
                                }
                                {
                                    leaving.stays();
                                    __costate::ended("counter", arm, 3)
                                }
                            };
                        }
                        leaving.in_state(CounterState::Returned as u8);
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
                        let (state_at, to_at, iterator_at) = __costate::twin_1(
                                &counter_twin,
                            )
                            .checked(CounterHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let arm = __costate::tag((&raw const (*st).state).cast::<u8>());
                        let dropped = op.dropped(arm);
                        if dropped == 0 {
                            __costate::drop((to_at.live(state_base),));
                            return __costate::None;
                        }
                        let held_0: u32 = match dropped {
                            1 => 1,
                            _ => 0,
                        };
                        let iterator_live = iterator_at
                            .live_if(state_base, held_0 & 1 != 0);
                        match arm {
                            _ => __costate::None,
                        }
                    }
                },
                #[cfg_attr(not(debug_assertions), inline(always))]
                |st: *mut _| -> __costate::Stands {
                    __costate::Stands {
                        tag: unsafe { (&raw mut (*st).state).cast() },
                        suspensions: 1,
                        holding: 1,
                        frames: ::core::concat!(
                            "counter\0", ::core::file!(), "\0n\0", ::core::line!()
                        ),
                    }
                },
            )
        }
    }
    unsafe {
        ::costate::__private::machine_as_written::<
            'static,
            for<'x, 'x_or> fn(
                &'x (),
                &'x_or (),
            ) -> ::costate::__private::Call<'x, (u32,)>,
            _,
            _,
            _,
        >(move || (counter_step, ::costate::__private::core::marker::PhantomData), (to,))
    }
}
