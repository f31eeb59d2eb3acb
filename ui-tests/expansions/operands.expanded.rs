//! Suspensions among operands: what comes before the last is spilled, what comes after it stays inline.
use std::future::ready;
fn operands(list: Vec<u32>, at: usize) -> impl ::costate::Coroutine<Output = u32> {
    fn operands_twin(
        list: Vec<u32>,
        at: usize,
        _: impl ::costate::__private::core::marker::Sized,
    ) -> impl ::costate::__private::core::marker::Sized {
        if false {
            ::costate::__private::check(
                (list, at),
                move |(mut list, at)| -> u32 {
                    let sum = u32::max(
                        list[0],
                        (::costate::__private::Awaited)(
                                match ({
                                    ::core::future::IntoFuture::into_future
                                })(ready(list.len() as u32)) {
                                    future => {
                                        if ::costate::__private::cancelled() {
                                            ::costate::__private::child(future).reach();
                                            return ::costate::__private::any();
                                        }
                                        future
                                    }
                                },
                            )
                            .output(),
                    )
                        + (::costate::__private::Awaited)(
                                match ({
                                    ::core::future::IntoFuture::into_future
                                })(ready(1)) {
                                    future => {
                                        if ::costate::__private::cancelled() {
                                            ::costate::__private::child(future).reach();
                                            return ::costate::__private::any();
                                        }
                                        future
                                    }
                                },
                            )
                            .output() * 2;
                    list.push(
                        (::costate::__private::Awaited)(
                                match ({
                                    ::core::future::IntoFuture::into_future
                                })(ready(sum)) {
                                    future => {
                                        if ::costate::__private::cancelled() {
                                            ::costate::__private::child(future).reach();
                                            return ::costate::__private::any();
                                        }
                                        future
                                    }
                                },
                            )
                            .output(),
                    );
                    list[at]
                        += (::costate::__private::Awaited)(
                                match ({
                                    ::core::future::IntoFuture::into_future
                                })(ready(sum)) {
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
                    sum
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
    fn operands_step<'x>(
        ::costate::__private::Call {
            arguments: (argument0, argument1),
            life,
        }: ::costate::__private::Call<'x, (Vec<u32>, usize)>,
    ) -> impl ::costate::__private::Resumable<
        Yield = ::costate::__private::core::convert::Infallible,
        Return = u32,
    > + ::costate::__private::Captures<(&'x (),)> {
        use ::costate::__private as __costate;
        #[repr(u8)]
        enum OperandsState {
            /// 0: holds the arguments `list`, `at`.
            Unresumed,
            /// 1: `ready(list.len() as u32).await`, line 7; holds `list`, `at`, `temporary`.
            Ready,
            /// 2: `ready(1).await`, line 7; holds `list`, `at`, `max`.
            Ready_2,
            /// 3: `ready(sum).await`, line 8; holds `list`, `at`, `sum`.
            Ready_3,
            /// 4: `ready(sum).await`, line 9; holds `list`, `at`, `sum`, `place_first`, `place`.
            Ready_4,
            /// 5: `Ready`, whose child is cleaning up.
            CancellingReady,
            /// 6: `Ready_2`, whose child is cleaning up.
            CancellingReady_2,
            /// 7: `Ready_3`, whose child is cleaning up.
            CancellingReady_3,
            /// 8: `Ready_4`, whose child is cleaning up.
            CancellingReady_4,
            /// 9.
            Returned,
            /// 10.
            Panicked,
            /// 11.
            Cancelled,
        }
        struct OperandsHeld<
            List,
            At,
            Sum,
            PlaceFirst,
            Place,
            Ready_3Future,
            Ready_4Future,
            Temporary,
            ReadyFuture,
            Max,
            Ready_2Future,
        > {
            state: OperandsState,
            live: u8,
            list: __costate::Slot<List>,
            at: __costate::Slot<At>,
            shared: OperandsShared<
                Sum,
                PlaceFirst,
                Place,
                Ready_3Future,
                Ready_4Future,
                Temporary,
                ReadyFuture,
                Max,
                Ready_2Future,
            >,
        }
        #[repr(C)]
        union OperandsShared<
            Sum,
            PlaceFirst,
            Place,
            Ready_3Future,
            Ready_4Future,
            Temporary,
            ReadyFuture,
            Max,
            Ready_2Future,
        > {
            nothing: (),
            while_sum: __costate::ManuallyDrop<
                OperandsSumHeld<Sum, PlaceFirst, Place, Ready_3Future, Ready_4Future>,
            >,
            while_ready: __costate::ManuallyDrop<
                OperandsReadyHeld<Temporary, ReadyFuture>,
            >,
            while_ready_2: __costate::ManuallyDrop<
                OperandsReady_2Held<Max, Ready_2Future>,
            >,
        }
        struct OperandsSumHeld<Sum, PlaceFirst, Place, Ready_3Future, Ready_4Future> {
            sum: __costate::Slot<Sum>,
            place_first: __costate::Slot<PlaceFirst>,
            place: __costate::Slot<Place>,
            shared: OperandsSumShared<Ready_3Future, Ready_4Future>,
        }
        #[repr(C)]
        union OperandsSumShared<Ready_3Future, Ready_4Future> {
            nothing: (),
            while_ready_3: __costate::ManuallyDrop<__costate::Slot<Ready_3Future>>,
            while_ready_4: __costate::ManuallyDrop<__costate::Slot<Ready_4Future>>,
        }
        struct OperandsReadyHeld<Temporary, ReadyFuture> {
            temporary: __costate::Slot<Temporary>,
            ready_future: __costate::Slot<ReadyFuture>,
        }
        struct OperandsReady_2Held<Max, Ready_2Future> {
            max: __costate::Slot<Max>,
            ready_2_future: __costate::Slot<Ready_2Future>,
        }
        impl<
            List,
            At,
            Sum,
            PlaceFirst,
            Place,
            Ready_3Future,
            Ready_4Future,
            Temporary,
            ReadyFuture,
            Max,
            Ready_2Future,
        > OperandsHeld<
            List,
            At,
            Sum,
            PlaceFirst,
            Place,
            Ready_3Future,
            Ready_4Future,
            Temporary,
            ReadyFuture,
            Max,
            Ready_2Future,
        > {
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn places(
                st: *const OperandsHeld<
                    List,
                    At,
                    Sum,
                    PlaceFirst,
                    Place,
                    Ready_3Future,
                    Ready_4Future,
                    Temporary,
                    ReadyFuture,
                    Max,
                    Ready_2Future,
                >,
            ) -> (
                __costate::At<u8>,
                __costate::At<List>,
                __costate::At<At>,
                __costate::At<Sum>,
                __costate::At<PlaceFirst>,
                __costate::At<Place>,
                __costate::At<Ready_3Future>,
                __costate::At<Ready_4Future>,
                __costate::At<Temporary>,
                __costate::At<ReadyFuture>,
                __costate::At<Max>,
                __costate::At<Ready_2Future>,
            ) {
                unsafe {
                    let state_base = st.cast::<u8>();
                    let while_sum = __costate::room(&raw const (*st).shared.while_sum);
                    let while_ready = __costate::room(
                        &raw const (*st).shared.while_ready,
                    );
                    let while_ready_2 = __costate::room(
                        &raw const (*st).shared.while_ready_2,
                    );
                    (
                        __costate::tag_at(
                            state_base,
                            (&raw const (*st).state).cast::<u8>(),
                        ),
                        __costate::at(state_base, &raw const (*st).list),
                        __costate::at(state_base, &raw const (*st).at),
                        __costate::at(state_base, &raw const (*while_sum).sum),
                        __costate::at(state_base, &raw const (*while_sum).place_first),
                        __costate::at(state_base, &raw const (*while_sum).place),
                        __costate::shared_at(
                            state_base,
                            &raw const (*while_sum).shared.while_ready_3,
                        ),
                        __costate::shared_at(
                            state_base,
                            &raw const (*while_sum).shared.while_ready_4,
                        ),
                        __costate::at(state_base, &raw const (*while_ready).temporary),
                        __costate::at(
                            state_base,
                            &raw const (*while_ready).ready_future,
                        ),
                        __costate::at(state_base, &raw const (*while_ready_2).max),
                        __costate::at(
                            state_base,
                            &raw const (*while_ready_2).ready_2_future,
                        ),
                    )
                }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn begin(
                argument0: List,
                argument1: At,
            ) -> OperandsHeld<
                List,
                At,
                Sum,
                PlaceFirst,
                Place,
                Ready_3Future,
                Ready_4Future,
                Temporary,
                ReadyFuture,
                Max,
                Ready_2Future,
            > {
                let mut begun = __costate::MaybeUninit::uninit();
                unsafe {
                    let st: *mut OperandsHeld<
                        List,
                        At,
                        Sum,
                        PlaceFirst,
                        Place,
                        Ready_3Future,
                        Ready_4Future,
                        Temporary,
                        ReadyFuture,
                        Max,
                        Ready_2Future,
                    > = begun.as_mut_ptr();
                    (*st).state = OperandsState::Unresumed;
                    (*st).live = 0;
                    (*st).list = __costate::Slot::new(argument0);
                    (*st).at = __costate::Slot::new(argument1);
                    begun.assume_init()
                }
            }
        }
        unsafe impl<
            List,
            At,
            Sum,
            PlaceFirst,
            Place,
            Ready_3Future,
            Ready_4Future,
            Temporary,
            ReadyFuture,
            Max,
            Ready_2Future,
        > __costate::Holds
        for OperandsHeld<
            List,
            At,
            Sum,
            PlaceFirst,
            Place,
            Ready_3Future,
            Ready_4Future,
            Temporary,
            ReadyFuture,
            Max,
            Ready_2Future,
        > {
            type All = (
                List,
                At,
                Sum,
                PlaceFirst,
                Place,
                Ready_3Future,
                Ready_4Future,
                Temporary,
                ReadyFuture,
                Max,
                Ready_2Future,
            );
        }
        let state = unsafe { OperandsHeld::begin(argument0, argument1) };
        unsafe {
            __costate::step(
                state,
                #[cfg_attr(not(debug_assertions), inline(always))]
                move |
                    st: *mut _,
                    task_context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::Step<u32> {
                    unsafe {
                        let mut arm = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        use __costate::IsRight as _;
                        let (
                            state_at,
                            list_at,
                            at_at,
                            sum_at,
                            place_first_at,
                            place_at,
                            ready_3_future_at,
                            ready_4_future_at,
                            temporary_at,
                            ready_future_at,
                            max_at,
                            ready_2_future_at,
                        ) = __costate::twin_2(&operands_twin)
                            .checked(OperandsHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let leaving = state_at
                            .left(state_base, OperandsState::Panicked as u8);
                        let stepped: __costate::Step<u32>;
                        {
                            let list_guard = list_at.guard(state_base);
                            let list_live = &list_guard;
                            let at_guard = at_at.guard(state_base);
                            let at_live = &at_guard;
                            let sum_guard = sum_at.guard(state_base);
                            let sum_live = &sum_guard;
                            let temporary_guard = temporary_at.guard(state_base);
                            let temporary_live = &temporary_guard;
                            let max_guard = max_at.guard(state_base);
                            let max_live = &max_guard;
                            let place_first_guard = place_first_at.guard(state_base);
                            let place_first_live = &place_first_guard;
                            let place_guard = place_at.guard(state_base);
                            let place_live = &place_guard;
                            let mut value_room = ::core::mem::MaybeUninit::uninit();
                            let value_ = &state_at.beside(&mut value_room);
                            let value_guard = state_at.guard_beside(*value_);
                            let value_live = &value_guard;
                            stepped = 'done: {
                                if arm == 0 {
                                    let list_ = &list_at.of(state_base);
                                    if introduce.is_asked(state_base) {
                                        leaving.stays();
                                        return introduce.answer();
                                    }
                                    list_live.here();
                                    at_live.here();
                                    temporary_live.init((*(*list_))[0]);
                                    ready_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })(ready((*(*list_)).len() as u32)),
                                        );
                                    leaving.arrives(OperandsState::Ready as u8);
                                    arm = 1;
                                }
                                if arm == 1 {
                                    list_live.here();
                                    at_live.here();
                                    temporary_live.here();
                                    let __costate::Poll::Ready(ready_value) = ready_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving
                                            .waits((temporary_guard, at_guard, list_guard));
                                    };
                                    max_live
                                        .init(
                                            u32::max((temporary_live).take(), (ready_value).output()),
                                        );
                                    ready_2_future_at
                                        .put(
                                            state_base,
                                            ({ ::core::future::IntoFuture::into_future })(ready(1)),
                                        );
                                    leaving.arrives(OperandsState::Ready_2 as u8);
                                    arm = 2;
                                }
                                if arm == 2 {
                                    list_live.here();
                                    at_live.here();
                                    max_live.here();
                                    let __costate::Poll::Ready(ready_value) = ready_2_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving.waits((max_guard, at_guard, list_guard));
                                    };
                                    {
                                        let sum = (max_live).take() + (ready_value).output() * 2;
                                        sum_live.init(sum);
                                    }
                                    max_live.end();
                                    temporary_live.end();
                                    ready_3_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })(ready((sum_live).take())),
                                        );
                                    leaving.arrives(OperandsState::Ready_3 as u8);
                                    arm = 3;
                                }
                                if arm == 3 {
                                    list_live.here();
                                    at_live.here();
                                    let __costate::Poll::Ready(ready_value) = ready_3_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving.waits((at_guard, list_guard));
                                    };
                                    let list_ = &list_at.of(state_base);
                                    let place_first_ = &place_first_at.of(state_base);
                                    let place_ = &place_at.of(state_base);
                                    (*(*list_)).push((ready_value).output());
                                    place_first_live
                                        .init('order: {
                                            *{
                                                break 'order true;
                                                __costate::operand::target(*place_)
                                            }
                                                += {
                                                    break 'order false;
                                                    ::core::ptr::read(*value_)
                                                };
                                            ::core::unreachable!()
                                        });
                                    if (*(*place_first_)) {
                                        arm = 256;
                                    } else {
                                        arm = 257;
                                    }
                                }
                                if arm == 256 {
                                    let list_ = &list_at.of(state_base);
                                    let at_ = &at_at.of(state_base);
                                    __costate::Init {
                                        at: place_live.room(),
                                        value: &mut (*(*list_))[(*(*at_))],
                                    }
                                        .fill();
                                    arm = 257;
                                }
                                if arm == 257 {
                                    ready_4_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })(ready((sum_live).take())),
                                        );
                                    (*st).live = place_live.state() << 0;
                                    leaving.arrives(OperandsState::Ready_4 as u8);
                                    arm = 4;
                                }
                                if arm == 4 {
                                    list_live.here();
                                    at_live.here();
                                    place_first_live.here();
                                    if (*st).live & 1 != 0 {
                                        place_live.here();
                                    }
                                    let __costate::Poll::Ready(ready_value) = ready_4_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving
                                            .waits((
                                                place_guard,
                                                place_first_guard,
                                                at_guard,
                                                list_guard,
                                            ));
                                    };
                                    let place_first_ = &place_first_at.of(state_base);
                                    value_live.init((ready_value).output());
                                    if (*(*place_first_)) {
                                        arm = 259;
                                    } else {
                                        arm = 258;
                                    }
                                }
                                if arm == 258 {
                                    let list_ = &list_at.of(state_base);
                                    let at_ = &at_at.of(state_base);
                                    __costate::Init {
                                        at: place_live.room(),
                                        value: &mut (*(*list_))[(*(*at_))],
                                    }
                                        .fill();
                                    arm = 259;
                                }
                                if arm == 259 {
                                    let place_ = &place_at.of(state_base);
                                    *(*(*place_)) += (value_live).take();
                                    value_live.end();
                                    place_live.end();
                                    place_first_live.end();
                                    break 'done leaving.completes((sum_live).take());
                                }
                                match arm {
                                    10 => {
                                        leaving.stays();
                                        __costate::panicked("operands")
                                    }
                                    5 | 6 | 7 | 8 | 9 | 11 => {
                                        leaving.stays();
                                        __costate::ended("operands", arm, 10)
                                    }
                                    _ => ::core::hint::unreachable_unchecked(),
                                }
                            };
                        }
                        leaving.in_state(OperandsState::Returned as u8);
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
                            list_at,
                            at_at,
                            sum_at,
                            place_first_at,
                            place_at,
                            ready_3_future_at,
                            ready_4_future_at,
                            temporary_at,
                            ready_future_at,
                            max_at,
                            ready_2_future_at,
                        ) = __costate::twin_2(&operands_twin)
                            .checked(OperandsHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let arm = __costate::tag((&raw const (*st).state).cast::<u8>());
                        let dropped = op.dropped(arm);
                        if dropped == 0 {
                            __costate::drop((
                                list_at.live(state_base),
                                at_at.live(state_base),
                            ));
                            return __costate::None;
                        }
                        let held_0: u32 = match dropped {
                            1 | 5 => 7,
                            2 | 6 => 11,
                            3 | 7 => 3,
                            4 | 8 => 19 | u32::from((*st).live & 1 != 0) << 5,
                            _ => 0,
                        };
                        let list_live = list_at.live_if(state_base, held_0 & 1 != 0);
                        let at_live = at_at.live_if(state_base, held_0 & 2 != 0);
                        let temporary_live = temporary_at
                            .live_if(state_base, held_0 & 4 != 0);
                        let max_live = max_at.live_if(state_base, held_0 & 8 != 0);
                        let place_first_live = place_first_at
                            .live_if(state_base, held_0 & 16 != 0);
                        let place_live = place_at.live_if(state_base, held_0 & 32 != 0);
                        match arm {
                            1 | 5 => ready_future_at.settle(state_base, op),
                            2 | 6 => ready_2_future_at.settle(state_base, op),
                            3 | 7 => ready_3_future_at.settle(state_base, op),
                            4 | 8 => ready_4_future_at.settle(state_base, op),
                            _ => __costate::None,
                        }
                    }
                },
                #[cfg_attr(not(debug_assertions), inline(always))]
                |st: *mut _| -> __costate::Stands {
                    __costate::Stands {
                        tag: unsafe { (&raw mut (*st).state).cast() },
                        suspensions: 4,
                        holding: 8,
                        frames: ::core::concat!(
                            "operands\0", ::core::file!(),
                            "\0ready(list.len() as u32)\0", ::core::line!(),
                            "\0ready(1)\0", ::core::line!(), "\0ready(sum)\0",
                            ::core::line!(), "\0ready(sum)\0", ::core::line!()
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
            ) -> ::costate::__private::Call<'x, (Vec<u32>, usize)>,
            _,
            _,
            _,
        >(
            move || (operands_step, ::costate::__private::core::marker::PhantomData),
            (list, at),
        )
    }
}
fn main() {}
