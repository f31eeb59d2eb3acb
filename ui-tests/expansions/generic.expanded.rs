//! Type parameters, a named and an elided lifetime, a where clause, attributes that stay.
/// Sends what it is given.
#[inline]
pub(crate) fn send<'a, 'of_parts, S, const N: usize>(
    sink: &'a mut S,
    parts: &'of_parts [[u8; N]],
) -> impl ::costate::Coroutine<
    Output = Result<&'a mut S, Error>,
> + ::costate::__private::Captures<(&'a (), &'of_parts ())>
where
    S: Sink,
{
    if false {
        ::costate::__private::check(
            (sink, parts),
            move |(sink, parts)| -> Result<&'a mut S, Error> {
                let result: Result<&'a mut S, Error> = if ::costate::__private::cancelled() {
                    ::costate::__private::any()
                } else {
                    for part in parts {
                        (::costate::__private::Awaited)(
                                match ::core::future::IntoFuture::into_future(
                                    sink.send(part),
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
                    }
                    Ok(sink)
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
    fn send_step<'x, S, const N: usize>(
        ::costate::__private::Call {
            arguments: (argument0, argument1),
            life,
        }: ::costate::__private::Call<'x, (&'x mut S, &'x [[u8; N]])>,
    ) -> impl ::costate::__private::Resumable<
        Yield = ::costate::__private::core::convert::Infallible,
        Return = Result<&'x mut S, Error>,
    > + ::costate::__private::Captures<(&'x (),)>
    where
        S: Sink,
    {
        use ::costate::__private as __costate;
        #[repr(u8)]
        enum SendState<Sink, Parts, Iterator, SendFuture> {
            Unresumed { sink: __costate::Slot<Sink>, parts: __costate::Slot<Parts> } = 0,
            /// `sink.send(part).await`, line 10.
            Send {
                sink: __costate::Slot<Sink>,
                iterator: __costate::Slot<Iterator>,
                awaited: __costate::Slot<SendFuture>,
            } = 1,
            /// `Send`, whose child is cleaning up.
            CancellingSend = 2,
            Returned = 3,
            Panicked = 4,
            Cancelled = 5,
        }
        unsafe impl<
            Sink: ::core::marker::Send,
            Parts: ::core::marker::Send,
            Iterator: ::core::marker::Send,
            SendFuture: ::core::marker::Send,
        > ::core::marker::Send for SendState<Sink, Parts, Iterator, SendFuture> {}
        unsafe impl<
            Sink: ::core::marker::Sync,
            Parts: ::core::marker::Sync,
            Iterator: ::core::marker::Sync,
            SendFuture: ::core::marker::Sync,
        > ::core::marker::Sync for SendState<Sink, Parts, Iterator, SendFuture> {}
        #[repr(C)]
        struct UnresumedFrame<Sink, Parts> {
            tag: u8,
            sink: __costate::Slot<Sink>,
            parts: __costate::Slot<Parts>,
        }
        #[repr(C)]
        struct SendFrame<Sink, Iterator, SendFuture> {
            tag: u8,
            sink: __costate::Slot<Sink>,
            iterator: __costate::Slot<Iterator>,
            awaited: __costate::Slot<SendFuture>,
        }
        impl<
            Sink,
            Parts,
            Iterator,
            SendFuture,
        > SendState<Sink, Parts, Iterator, SendFuture> {
            #[inline(always)]
            unsafe fn places(
                state: *mut SendState<Sink, Parts, Iterator, SendFuture>,
            ) -> (*mut Sink, *mut Parts, *mut Iterator, *mut SendFuture) {
                const {
                    __costate::one_place([
                        ::core::mem::offset_of!(UnresumedFrame < Sink, Parts >, sink),
                        ::core::mem::offset_of!(
                            SendFrame < Sink, Iterator, SendFuture >, sink
                        ),
                    ]);
                }
                let unresumed_frame = state.cast::<UnresumedFrame<Sink, Parts>>();
                let send_frame = state.cast::<SendFrame<Sink, Iterator, SendFuture>>();
                unsafe {
                    (
                        __costate::Slot::at(&raw mut (*unresumed_frame).sink),
                        __costate::Slot::at(&raw mut (*unresumed_frame).parts),
                        __costate::Slot::at(&raw mut (*send_frame).iterator),
                        __costate::Slot::at(&raw mut (*send_frame).awaited),
                    )
                }
            }
        }
        let state: SendState<_, _, _, _> = SendState::Unresumed {
            sink: __costate::Slot::new(argument0),
            parts: __costate::Slot::new(argument1),
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut SendState<_, _, _, _>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Step<Result<&'x mut S, Error>> {
                    unsafe {
                        let (sink_, parts_, iterator_, send_future_) = &SendState::places(
                            st,
                        );
                        let (mut context, cancel, report) = op.parts();
                        if report.is_none() {
                            let mut at = u32::from(*st.cast::<u8>());
                            at = match at {
                                2 if cancel => 1,
                                other => other,
                            };
                            if at > 1 {
                                return __costate::ended("send", at == 4, cancel);
                            }
                            if at == 0 && !cancel && __costate::is_asked(st) {
                                return __costate::Step::Asked;
                            }
                            st.cast::<u8>().write(4);
                            if at == 0 && cancel {
                                __costate::drop((
                                    __costate::Live::new(*sink_, true),
                                    __costate::Live::new(*parts_, true),
                                ));
                                st.cast::<u8>().write(5);
                                return __costate::Step::Cancelled;
                            }
                            let result: __costate::Step<Result<&'x mut S, Error>>;
                            {
                                let sink_live = &__costate::Live::new(*sink_, false);
                                let parts_live = &__costate::Live::new(*parts_, false);
                                let iterator_live = &__costate::Live::new(
                                    *iterator_,
                                    false,
                                );
                                let mut part_room = ::core::mem::MaybeUninit::uninit();
                                let part_ = &part_room.as_mut_ptr();
                                let part_live = &__costate::Live::new(*part_, false);
                                result = 'done: loop {
                                    if at == 0 {
                                        sink_live.here();
                                        parts_live.here();
                                        iterator_live
                                            .init((__costate::Head)((parts_live).take()).iterator());
                                        at = 2;
                                    }
                                    if at == 2 {
                                        match ::core::iter::Iterator::next(&mut (*(*iterator_))) {
                                            ::core::option::Option::Some(part) => {
                                                part_live.init(part);
                                                at = 3;
                                            }
                                            ::core::option::Option::None => {
                                                at = 4;
                                            }
                                            _ => ::core::hint::unreachable_unchecked(),
                                        }
                                    }
                                    if at == 3 {
                                        ::core::ptr::write(
                                            *send_future_,
                                            ::core::future::IntoFuture::into_future(
                                                (*(*sink_)).send((part_live).take()),
                                            ),
                                        );
                                        at = 1;
                                    }
                                    if at == 1 {
                                        sink_live.here();
                                        iterator_live.here();
                                        let send_future_live = &__costate::Live::new(
                                            *send_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*send_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*send_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            send_future_live.park();
                                            iterator_live.park();
                                            sink_live.park();
                                            st.cast::<u8>().write(if cancel { 2 } else { 1 });
                                            return __costate::Step::Pending;
                                        };
                                        send_future_live.end();
                                        (match __costate::Try((__costate::Ready)(value).output())
                                            .branch()
                                        {
                                            __costate::core::ops::ControlFlow::Continue(value) => value,
                                            __costate::core::ops::ControlFlow::Break(residual) => {
                                                break 'done __costate::Step::Complete {
                                                    0: __costate::Early::<
                                                        _,
                                                        Result<&'x mut S, Error>,
                                                    >::new(residual)
                                                        .result(),
                                                };
                                            }
                                        });
                                        part_live.end();
                                        at = 2;
                                    }
                                    if at == 4 {
                                        iterator_live.end();
                                        break 'done __costate::Step::Complete {
                                            0: { Ok((sink_live).take()) },
                                        };
                                    }
                                };
                            }
                            st.cast::<u8>().write(if cancel { 5 } else { 3 });
                            return result;
                        }
                        if let __costate::Some(report) = report {
                            match u32::from(*st.cast::<u8>()) {
                                1 | 2 => {
                                    report(
                                        __costate::Frame::new(
                                            "send",
                                            "sink.send(part)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*send_future_).trace(report)
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
    unsafe {
        ::costate::__private::machine::<
            'a,
            for<'x, 'x_or> fn(
                &'x (),
                &'x_or (),
            ) -> ::costate::__private::Call<'x, (&'x mut S, &'x [[u8; N]])>,
            ::costate::__private::core::convert::Infallible,
            Result<&'a mut S, Error>,
            (&'a (), &'of_parts ()),
            _,
            _,
        >(send_step::<S, N>, (sink, parts))
    }
}
