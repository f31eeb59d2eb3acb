//! Suspensions among operands: what comes before the last is spilled, what comes after it stays inline.
use std::future::ready;
fn operands(list: Vec<u32>, at: usize) -> impl ::costate::Coroutine<Output = u32> {
    if false {
        ::costate::__private::check(
            (list, at),
            move |(mut list, at)| -> u32 {
                let result: u32 = if ::costate::__private::cancelled() {
                    ::costate::__private::any()
                } else {
                    let sum = u32::max(
                        list[0],
                        (::costate::__private::Awaited)(
                                match ::core::future::IntoFuture::into_future(
                                    ready(list.len() as u32),
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
                            .output(),
                    )
                        + (::costate::__private::Awaited)(
                                match ::core::future::IntoFuture::into_future(ready(1)) {
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
                                match ::core::future::IntoFuture::into_future(ready(sum)) {
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
                                match ::core::future::IntoFuture::into_future(ready(sum)) {
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
        enum OperandsState<
            List,
            At,
            Temporary,
            Max,
            Sum,
            PlaceFirst,
            Place,
            ReadyFuture,
            Ready_2Future,
            Ready_3Future,
            Ready_4Future,
        > {
            Unresumed { list: __costate::Slot<List>, at: __costate::Slot<At> } = 0,
            /// `ready(list.len() as u32).await`, line 7.
            Ready {
                list: __costate::Slot<List>,
                at: __costate::Slot<At>,
                temporary: __costate::Slot<Temporary>,
                awaited: __costate::Slot<ReadyFuture>,
            } = 1,
            /// `ready(1).await`, line 7.
            Ready_2 {
                list: __costate::Slot<List>,
                at: __costate::Slot<At>,
                max: __costate::Slot<Max>,
                awaited: __costate::Slot<Ready_2Future>,
            } = 2,
            /// `ready(sum).await`, line 8.
            Ready_3 {
                list: __costate::Slot<List>,
                at: __costate::Slot<At>,
                sum: __costate::Slot<Sum>,
                awaited: __costate::Slot<Ready_3Future>,
            } = 3,
            /// `ready(sum).await`, line 9.
            Ready_4 {
                list: __costate::Slot<List>,
                at: __costate::Slot<At>,
                sum: __costate::Slot<Sum>,
                place_first: __costate::Slot<PlaceFirst>,
                place: __costate::Slot<Place>,
                awaited: __costate::Slot<Ready_4Future>,
                place_live: u8,
            } = 4,
            /// `Ready`, whose child is cleaning up.
            CancellingReady = 5,
            /// `Ready_2`, whose child is cleaning up.
            CancellingReady_2 = 6,
            /// `Ready_3`, whose child is cleaning up.
            CancellingReady_3 = 7,
            /// `Ready_4`, whose child is cleaning up.
            CancellingReady_4 = 8,
            Returned = 9,
            Panicked = 10,
            Cancelled = 11,
        }
        unsafe impl<
            List: ::core::marker::Send,
            At: ::core::marker::Send,
            Temporary: ::core::marker::Send,
            Max: ::core::marker::Send,
            Sum: ::core::marker::Send,
            PlaceFirst: ::core::marker::Send,
            Place: ::core::marker::Send,
            ReadyFuture: ::core::marker::Send,
            Ready_2Future: ::core::marker::Send,
            Ready_3Future: ::core::marker::Send,
            Ready_4Future: ::core::marker::Send,
        > ::core::marker::Send
        for OperandsState<
            List,
            At,
            Temporary,
            Max,
            Sum,
            PlaceFirst,
            Place,
            ReadyFuture,
            Ready_2Future,
            Ready_3Future,
            Ready_4Future,
        > {}
        unsafe impl<
            List: ::core::marker::Sync,
            At: ::core::marker::Sync,
            Temporary: ::core::marker::Sync,
            Max: ::core::marker::Sync,
            Sum: ::core::marker::Sync,
            PlaceFirst: ::core::marker::Sync,
            Place: ::core::marker::Sync,
            ReadyFuture: ::core::marker::Sync,
            Ready_2Future: ::core::marker::Sync,
            Ready_3Future: ::core::marker::Sync,
            Ready_4Future: ::core::marker::Sync,
        > ::core::marker::Sync
        for OperandsState<
            List,
            At,
            Temporary,
            Max,
            Sum,
            PlaceFirst,
            Place,
            ReadyFuture,
            Ready_2Future,
            Ready_3Future,
            Ready_4Future,
        > {}
        #[repr(C)]
        struct UnresumedFrame<List, At> {
            tag: u8,
            list: __costate::Slot<List>,
            at: __costate::Slot<At>,
        }
        #[repr(C)]
        struct ReadyFrame<List, At, Temporary, ReadyFuture> {
            tag: u8,
            list: __costate::Slot<List>,
            at: __costate::Slot<At>,
            temporary: __costate::Slot<Temporary>,
            awaited: __costate::Slot<ReadyFuture>,
        }
        #[repr(C)]
        struct Ready_2Frame<List, At, Max, Ready_2Future> {
            tag: u8,
            list: __costate::Slot<List>,
            at: __costate::Slot<At>,
            max: __costate::Slot<Max>,
            awaited: __costate::Slot<Ready_2Future>,
        }
        #[repr(C)]
        struct Ready_3Frame<List, At, Sum, Ready_3Future> {
            tag: u8,
            list: __costate::Slot<List>,
            at: __costate::Slot<At>,
            sum: __costate::Slot<Sum>,
            awaited: __costate::Slot<Ready_3Future>,
        }
        #[repr(C)]
        struct Ready_4Frame<List, At, Sum, PlaceFirst, Place, Ready_4Future> {
            tag: u8,
            list: __costate::Slot<List>,
            at: __costate::Slot<At>,
            sum: __costate::Slot<Sum>,
            place_first: __costate::Slot<PlaceFirst>,
            place: __costate::Slot<Place>,
            awaited: __costate::Slot<Ready_4Future>,
            place_live: u8,
        }
        impl<
            List,
            At,
            Temporary,
            Max,
            Sum,
            PlaceFirst,
            Place,
            ReadyFuture,
            Ready_2Future,
            Ready_3Future,
            Ready_4Future,
        > OperandsState<
            List,
            At,
            Temporary,
            Max,
            Sum,
            PlaceFirst,
            Place,
            ReadyFuture,
            Ready_2Future,
            Ready_3Future,
            Ready_4Future,
        > {
            #[inline(always)]
            unsafe fn places(
                state: *mut OperandsState<
                    List,
                    At,
                    Temporary,
                    Max,
                    Sum,
                    PlaceFirst,
                    Place,
                    ReadyFuture,
                    Ready_2Future,
                    Ready_3Future,
                    Ready_4Future,
                >,
            ) -> (
                *mut List,
                *mut At,
                *mut Temporary,
                *mut Max,
                *mut Sum,
                *mut PlaceFirst,
                *mut Place,
                *mut ReadyFuture,
                *mut Ready_2Future,
                *mut Ready_3Future,
                *mut Ready_4Future,
                *mut u8,
            ) {
                const {
                    __costate::one_place([
                        ::core::mem::offset_of!(UnresumedFrame < List, At >, list),
                        ::core::mem::offset_of!(
                            ReadyFrame < List, At, Temporary, ReadyFuture >, list
                        ),
                        ::core::mem::offset_of!(
                            Ready_2Frame < List, At, Max, Ready_2Future >, list
                        ),
                        ::core::mem::offset_of!(
                            Ready_3Frame < List, At, Sum, Ready_3Future >, list
                        ),
                        ::core::mem::offset_of!(
                            Ready_4Frame < List, At, Sum, PlaceFirst, Place,
                            Ready_4Future >, list
                        ),
                    ]);
                    __costate::one_place([
                        ::core::mem::offset_of!(UnresumedFrame < List, At >, at),
                        ::core::mem::offset_of!(
                            ReadyFrame < List, At, Temporary, ReadyFuture >, at
                        ),
                        ::core::mem::offset_of!(
                            Ready_2Frame < List, At, Max, Ready_2Future >, at
                        ),
                        ::core::mem::offset_of!(
                            Ready_3Frame < List, At, Sum, Ready_3Future >, at
                        ),
                        ::core::mem::offset_of!(
                            Ready_4Frame < List, At, Sum, PlaceFirst, Place,
                            Ready_4Future >, at
                        ),
                    ]);
                    __costate::one_place([
                        ::core::mem::offset_of!(
                            Ready_3Frame < List, At, Sum, Ready_3Future >, sum
                        ),
                        ::core::mem::offset_of!(
                            Ready_4Frame < List, At, Sum, PlaceFirst, Place,
                            Ready_4Future >, sum
                        ),
                    ]);
                }
                let unresumed_frame = state.cast::<UnresumedFrame<List, At>>();
                let ready_frame = state
                    .cast::<ReadyFrame<List, At, Temporary, ReadyFuture>>();
                let ready_2_frame = state
                    .cast::<Ready_2Frame<List, At, Max, Ready_2Future>>();
                let ready_3_frame = state
                    .cast::<Ready_3Frame<List, At, Sum, Ready_3Future>>();
                let ready_4_frame = state
                    .cast::<
                        Ready_4Frame<List, At, Sum, PlaceFirst, Place, Ready_4Future>,
                    >();
                unsafe {
                    (
                        __costate::Slot::at(&raw mut (*unresumed_frame).list),
                        __costate::Slot::at(&raw mut (*unresumed_frame).at),
                        __costate::Slot::at(&raw mut (*ready_frame).temporary),
                        __costate::Slot::at(&raw mut (*ready_2_frame).max),
                        __costate::Slot::at(&raw mut (*ready_3_frame).sum),
                        __costate::Slot::at(&raw mut (*ready_4_frame).place_first),
                        __costate::Slot::at(&raw mut (*ready_4_frame).place),
                        __costate::Slot::at(&raw mut (*ready_frame).awaited),
                        __costate::Slot::at(&raw mut (*ready_2_frame).awaited),
                        __costate::Slot::at(&raw mut (*ready_3_frame).awaited),
                        __costate::Slot::at(&raw mut (*ready_4_frame).awaited),
                        &raw mut (*ready_4_frame).place_live,
                    )
                }
            }
        }
        let state: OperandsState<_, _, _, _, _, _, _, _, _, _, _> = OperandsState::Unresumed {
            list: __costate::Slot::new(argument0),
            at: __costate::Slot::new(argument1),
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut OperandsState<_, _, _, _, _, _, _, _, _, _, _>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Step<u32> {
                    unsafe {
                        let (
                            list_,
                            at_,
                            temporary_,
                            max_,
                            sum_,
                            place_first_,
                            place_,
                            ready_future_,
                            ready_2_future_,
                            ready_3_future_,
                            ready_4_future_,
                            place_live_in_ready_4,
                        ) = &OperandsState::places(st);
                        let (mut context, cancel, report) = op.parts();
                        if report.is_none() {
                            let mut at = u32::from(*st.cast::<u8>());
                            at = match at {
                                5 if cancel => 1,
                                6 if cancel => 2,
                                7 if cancel => 3,
                                8 if cancel => 4,
                                other => other,
                            };
                            if at > 4 {
                                return __costate::ended("operands", at == 10, cancel);
                            }
                            if at == 0 && !cancel && __costate::is_asked(st) {
                                return __costate::Step::Asked;
                            }
                            st.cast::<u8>().write(10);
                            if at == 0 && cancel {
                                __costate::drop((
                                    __costate::Live::new(*list_, true),
                                    __costate::Live::new(*at_, true),
                                ));
                                st.cast::<u8>().write(11);
                                return __costate::Step::Cancelled;
                            }
                            let result: __costate::Step<u32>;
                            {
                                let list_live = &__costate::Live::new(*list_, false);
                                let at_live = &__costate::Live::new(*at_, false);
                                let temporary_live = &__costate::Live::new(
                                    *temporary_,
                                    false,
                                );
                                let max_live = &__costate::Live::new(*max_, false);
                                let sum_live = &__costate::Live::new(*sum_, false);
                                let place_first_live = &__costate::Live::new(
                                    *place_first_,
                                    false,
                                );
                                let place_live = &__costate::Live::new(*place_, false);
                                let mut value_room = ::core::mem::MaybeUninit::uninit();
                                let value_ = &value_room.as_mut_ptr();
                                let value_live = &__costate::Live::new(*value_, false);
                                result = 'done: loop {
                                    if at == 0 {
                                        list_live.here();
                                        at_live.here();
                                        temporary_live.init((*(*list_))[0]);
                                        ::core::ptr::write(
                                            *ready_future_,
                                            ::core::future::IntoFuture::into_future(
                                                ready((*(*list_)).len() as u32),
                                            ),
                                        );
                                        at = 1;
                                    }
                                    if at == 1 {
                                        list_live.here();
                                        at_live.here();
                                        temporary_live.here();
                                        let ready_future_live = &__costate::Live::new(
                                            *ready_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*ready_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*ready_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            ready_future_live.park();
                                            temporary_live.park();
                                            at_live.park();
                                            list_live.park();
                                            st.cast::<u8>().write(if cancel { 5 } else { 1 });
                                            return __costate::Step::Pending;
                                        };
                                        ready_future_live.end();
                                        max_live
                                            .init(
                                                u32::max(
                                                    (temporary_live).take(),
                                                    (__costate::Ready)(value).output(),
                                                ),
                                            );
                                        ::core::ptr::write(
                                            *ready_2_future_,
                                            ::core::future::IntoFuture::into_future(ready(1)),
                                        );
                                        at = 2;
                                    }
                                    if at == 2 {
                                        list_live.here();
                                        at_live.here();
                                        max_live.here();
                                        let ready_2_future_live = &__costate::Live::new(
                                            *ready_2_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*ready_2_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*ready_2_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            ready_2_future_live.park();
                                            max_live.park();
                                            at_live.park();
                                            list_live.park();
                                            st.cast::<u8>().write(if cancel { 6 } else { 2 });
                                            return __costate::Step::Pending;
                                        };
                                        ready_2_future_live.end();
                                        {
                                            let sum = (max_live).take()
                                                + (__costate::Ready)(value).output() * 2;
                                            sum_live.init(sum);
                                        }
                                        max_live.end();
                                        temporary_live.end();
                                        ::core::ptr::write(
                                            *ready_3_future_,
                                            ::core::future::IntoFuture::into_future(
                                                ready((sum_live).take()),
                                            ),
                                        );
                                        at = 3;
                                    }
                                    if at == 3 {
                                        list_live.here();
                                        at_live.here();
                                        let ready_3_future_live = &__costate::Live::new(
                                            *ready_3_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*ready_3_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*ready_3_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            ready_3_future_live.park();
                                            at_live.park();
                                            list_live.park();
                                            st.cast::<u8>().write(if cancel { 7 } else { 3 });
                                            return __costate::Step::Pending;
                                        };
                                        ready_3_future_live.end();
                                        (*(*list_)).push((__costate::Ready)(value).output());
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
                                            at = 5;
                                        } else {
                                            at = 6;
                                        }
                                    }
                                    if at == 5 {
                                        place_live.init(&mut (*(*list_))[(*(*at_))]);
                                        at = 6;
                                    }
                                    if at == 6 {
                                        ::core::ptr::write(
                                            *ready_4_future_,
                                            ::core::future::IntoFuture::into_future(
                                                ready((sum_live).take()),
                                            ),
                                        );
                                        place_live_in_ready_4.write(place_live.state());
                                        at = 4;
                                    }
                                    if at == 4 {
                                        list_live.here();
                                        at_live.here();
                                        place_first_live.here();
                                        if place_live_in_ready_4.read() != 0 {
                                            place_live.here();
                                        }
                                        let ready_4_future_live = &__costate::Live::new(
                                            *ready_4_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*ready_4_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*ready_4_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            ready_4_future_live.park();
                                            place_live.park();
                                            place_first_live.park();
                                            at_live.park();
                                            list_live.park();
                                            st.cast::<u8>().write(if cancel { 8 } else { 4 });
                                            return __costate::Step::Pending;
                                        };
                                        ready_4_future_live.end();
                                        value_live.init((__costate::Ready)(value).output());
                                        if (*(*place_first_)) {
                                            at = 8;
                                        } else {
                                            at = 7;
                                        }
                                    }
                                    if at == 7 {
                                        place_live.init(&mut (*(*list_))[(*(*at_))]);
                                        at = 8;
                                    }
                                    if at == 8 {
                                        *(*(*place_)) += (value_live).take();
                                        ();
                                        value_live.end();
                                        place_live.end();
                                        place_first_live.end();
                                        break 'done __costate::Step::Complete {
                                            0: { (sum_live).take() },
                                        };
                                    }
                                };
                            }
                            st.cast::<u8>().write(if cancel { 11 } else { 9 });
                            return result;
                        }
                        if let __costate::Some(report) = report {
                            match u32::from(*st.cast::<u8>()) {
                                1 | 5 => {
                                    report(
                                        __costate::Frame::new(
                                            "operands",
                                            "ready(list.len() as u32)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*ready_future_).trace(report)
                                }
                                2 | 6 => {
                                    report(
                                        __costate::Frame::new(
                                            "operands",
                                            "ready(1)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*ready_2_future_).trace(report)
                                }
                                3 | 7 => {
                                    report(
                                        __costate::Frame::new(
                                            "operands",
                                            "ready(sum)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*ready_3_future_).trace(report)
                                }
                                4 | 8 => {
                                    report(
                                        __costate::Frame::new(
                                            "operands",
                                            "ready(sum)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*ready_4_future_).trace(report)
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
        for<'x, 'x_or> fn(
            &'x (),
            &'x_or (),
        ) -> ::costate::__private::Call<'x, (Vec<u32>, usize)>,
        _,
        _,
    >(operands_step, (list, at))
}
fn main() {}
