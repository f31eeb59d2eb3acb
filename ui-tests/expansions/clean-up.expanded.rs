//! Clean-up that awaits, on every way out, and a choice.
fn ask<'of_connection>(
    connection: &'of_connection mut Connection,
    stop: Stop,
) -> impl ::costate::Coroutine<
    Output = Result<u32, Error>,
> + ::costate::__private::Captures<(&'of_connection (),)> {
    fn ask_twin(
        connection: &mut Connection,
        stop: Stop,
        _: impl ::costate::__private::core::marker::Sized,
    ) -> impl ::costate::__private::core::marker::Sized {
        if false {
            let _ = (&connection,);
            ::costate::__private::check(
                (stop,),
                move |(stop,)| -> Result<u32, Error> {
                    match (connection,) {
                        (connection,) => {
                            {
                                mod select {
                                    pub(super) struct Used;
                                }
                                use select as used;
                                let _ = used::Used;
                            }
                            {
                                mod defer {
                                    pub(super) struct Used;
                                }
                                use defer as used;
                                let _ = used::Used;
                            }
                            (::costate::__private::Awaited)(
                                    match ({
                                        ::core::future::IntoFuture::into_future
                                    })(connection.begin()) {
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
                            let out: Result<u32, Error> = '__costate_done_1: {
                                '__costate_cancelled_1: {
                                    let out: Result<u32, Error> = '_costate_closed_1: {
                                        match {
                                            let chosen = (::costate::__private::Awaited)(
                                                    match ({
                                                        ::core::future::IntoFuture::into_future
                                                    })(
                                                        ::costate::__private::choose(
                                                            "select! { connection.query(), stop.wait() }",
                                                            false,
                                                            ::costate::__private::Candidate::new(
                                                                ::costate::__private::Some(
                                                                    match ::costate::__private::Awaited(
                                                                        ({
                                                                            ::core::future::IntoFuture::into_future
                                                                        })(connection.query()),
                                                                    ) {
                                                                        operand => (operand.known(), operand.future()),
                                                                    },
                                                                ),
                                                                ::costate::__private::Candidate::new(
                                                                    if stop.is_armed() {
                                                                        ::costate::__private::Some(
                                                                            match ::costate::__private::Awaited(
                                                                                ({ ::core::future::IntoFuture::into_future })(stop.wait()),
                                                                            ) {
                                                                                operand => (operand.known(), operand.future()),
                                                                            },
                                                                        )
                                                                    } else {
                                                                        ::costate::__private::core::option::Option::None
                                                                    },
                                                                    ::costate::__private::Nobody,
                                                                ),
                                                            ),
                                                        ),
                                                    ) {
                                                        future => {
                                                            if ::costate::__private::cancelled() {
                                                                ::costate::__private::child(future).reach();
                                                                break '__costate_cancelled_1;
                                                            }
                                                            future
                                                        }
                                                    },
                                                )
                                                .output();
                                            chosen
                                        } {
                                            ::costate::__private::Chosen::This(rows) => Ok(rows),
                                            ::costate::__private::Chosen::Later(
                                                ::costate::__private::Chosen::This(()),
                                            ) => Err(Error::Stopped),
                                            #[allow(unreachable_patterns)]
                                            _ => match ::costate::__private::nobody_left() {}
                                        }
                                    };
                                    #[allow(unreachable_code)] break '__costate_done_1 out;
                                }
                                if ::costate::__private::cancelled() {} else {
                                    {
                                        (::costate::__private::Awaited)(
                                                match ({
                                                    ::core::future::IntoFuture::into_future
                                                })(connection.close()) {
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
                                }
                                #[allow(unreachable_code)]
                                return ::costate::__private::any();
                            };
                            #[allow(unreachable_code)]
                            {
                                (::costate::__private::Awaited)(
                                        match ({
                                            ::core::future::IntoFuture::into_future
                                        })(connection.close()) {
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
                            #[allow(unreachable_code)]
                            if ::costate::__private::cancelled() {
                                #[allow(unreachable_code)]
                                return ::costate::__private::any();
                            }
                            out
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
    fn ask_step<'x>(
        ::costate::__private::Call {
            arguments: (argument0, argument1),
            life,
        }: ::costate::__private::Call<'x, (&'x mut Connection, Stop)>,
    ) -> impl ::costate::__private::Resumable<
        Yield = ::costate::__private::core::convert::Infallible,
        Return = Result<u32, Error>,
    > + ::costate::__private::Captures<(&'x (),)> {
        use ::costate::__private as __costate;
        #[repr(u8)]
        enum AskState {
            /// 0: holds the arguments `connection`, `stop`.
            Unresumed,
            /// 1: `connection.begin().await`, line 4; holds `connection`, `stop`.
            Begin,
            /// 2: `select! { connection.query(), stop.wait() }`, line 6; holds `connection`, `stop`.
            Select,
            /// 3: `connection.close().await`, line 5; holds `connection`, `stop`, `out`.
            Close,
            /// 4: `connection.close().await`, line 5, after a cancellation; holds `connection`, `stop`.
            Close_2,
            /// 5: no state; see `AfterCleanUp`.
            CleanUp,
            /// 6: `Begin`, whose child is cleaning up.
            CancellingBegin,
            /// 7: `Select`, whose child is cleaning up.
            CancellingSelect,
            /// 8: `Close`, whose child is cleaning up.
            CancellingClose,
            /// 9: `Close_2`, whose child is cleaning up.
            CancellingClose_2,
            /// 10: nothing, as `CleanUp` has no child.
            CancellingCleanUp,
            /// 11: nothing, as no clean-up follows `Begin`.
            AfterBegin,
            /// 12: `Select` is cancelled, and clean-up begins.
            AfterSelect,
            /// 13: nothing, as no clean-up follows `Close`.
            AfterClose,
            /// 14: nothing, as no clean-up follows `Close_2`.
            AfterClose_2,
            /// 15: clean-up begins, after a panic in another.
            AfterCleanUp,
            /// 16.
            Returned,
            /// 17.
            Panicked,
            /// 18.
            Cancelled,
        }
        struct AskHeld<
            Connection,
            Stop,
            Out,
            CloseFuture,
            BeginFuture,
            SelectFuture,
            Close_2Future,
        > {
            state: AskState,
            live: u8,
            connection: __costate::Slot<Connection>,
            stop: __costate::Slot<Stop>,
            shared: AskShared<
                Out,
                CloseFuture,
                BeginFuture,
                SelectFuture,
                Close_2Future,
            >,
        }
        #[repr(C)]
        union AskShared<Out, CloseFuture, BeginFuture, SelectFuture, Close_2Future> {
            nothing: (),
            while_close: __costate::ManuallyDrop<AskCloseHeld<Out, CloseFuture>>,
            while_begin: __costate::ManuallyDrop<__costate::Slot<BeginFuture>>,
            while_select: __costate::ManuallyDrop<__costate::Slot<SelectFuture>>,
            while_close_2: __costate::ManuallyDrop<__costate::Slot<Close_2Future>>,
        }
        struct AskCloseHeld<Out, CloseFuture> {
            out: __costate::Slot<Out>,
            close_future: __costate::Slot<CloseFuture>,
        }
        impl<
            Connection,
            Stop,
            Out,
            CloseFuture,
            BeginFuture,
            SelectFuture,
            Close_2Future,
        > AskHeld<
            Connection,
            Stop,
            Out,
            CloseFuture,
            BeginFuture,
            SelectFuture,
            Close_2Future,
        > {
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn places(
                st: *const AskHeld<
                    Connection,
                    Stop,
                    Out,
                    CloseFuture,
                    BeginFuture,
                    SelectFuture,
                    Close_2Future,
                >,
            ) -> (
                __costate::At<u8>,
                __costate::At<Connection>,
                __costate::At<Stop>,
                __costate::At<Out>,
                __costate::At<CloseFuture>,
                __costate::At<BeginFuture>,
                __costate::At<SelectFuture>,
                __costate::At<Close_2Future>,
            ) {
                unsafe {
                    let state_base = st.cast::<u8>();
                    let while_close = __costate::room(
                        &raw const (*st).shared.while_close,
                    );
                    (
                        __costate::tag_at(
                            state_base,
                            (&raw const (*st).state).cast::<u8>(),
                        ),
                        __costate::at(state_base, &raw const (*st).connection),
                        __costate::at(state_base, &raw const (*st).stop),
                        __costate::at(state_base, &raw const (*while_close).out),
                        __costate::at(
                            state_base,
                            &raw const (*while_close).close_future,
                        ),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_begin,
                        ),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_select,
                        ),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_close_2,
                        ),
                    )
                }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn begin(
                argument0: Connection,
                argument1: Stop,
            ) -> AskHeld<
                Connection,
                Stop,
                Out,
                CloseFuture,
                BeginFuture,
                SelectFuture,
                Close_2Future,
            > {
                let mut begun = __costate::MaybeUninit::uninit();
                unsafe {
                    let st: *mut AskHeld<
                        Connection,
                        Stop,
                        Out,
                        CloseFuture,
                        BeginFuture,
                        SelectFuture,
                        Close_2Future,
                    > = begun.as_mut_ptr();
                    (*st).state = AskState::Unresumed;
                    (*st).live = 0;
                    (*st).connection = __costate::Slot::new(argument0);
                    (*st).stop = __costate::Slot::new(argument1);
                    begun.assume_init()
                }
            }
        }
        unsafe impl<
            Connection,
            Stop,
            Out,
            CloseFuture,
            BeginFuture,
            SelectFuture,
            Close_2Future,
        > __costate::Holds
        for AskHeld<
            Connection,
            Stop,
            Out,
            CloseFuture,
            BeginFuture,
            SelectFuture,
            Close_2Future,
        > {
            type All = (
                Connection,
                Stop,
                Out,
                CloseFuture,
                BeginFuture,
                SelectFuture,
                Close_2Future,
            );
        }
        let state = unsafe { AskHeld::begin(argument0, argument1) };
        unsafe {
            __costate::step_that_cleans_up(
                state,
                #[cfg_attr(not(debug_assertions), inline(always))]
                move |
                    st: *mut _,
                    task_context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::StepThatCleansUp<Result<u32, Error>> {
                    unsafe {
                        let mut arm = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        if arm > 3 && !introduce.cleans_up() {
                            __costate::ended("ask", arm, 17);
                        }
                        use __costate::IsRight as _;
                        let (
                            state_at,
                            connection_at,
                            stop_at,
                            out_at,
                            close_future_at,
                            begin_future_at,
                            select_future_at,
                            close_2_future_at,
                        ) = __costate::twin_2(&ask_twin).checked(AskHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let leaving = &state_at
                            .leaving(state_base, AskState::Panicked as u8);
                        let stepped: __costate::StepThatCleansUp<Result<u32, Error>>;
                        {
                            let connection_guard = connection_at.guard(state_base);
                            let connection_live = &connection_guard;
                            let stop_guard = stop_at.guard(state_base);
                            let stop_live = &stop_guard;
                            let out_guard = out_at.guard(state_base);
                            let out_live = &out_guard;
                            let mut out_2_room = ::core::mem::MaybeUninit::uninit();
                            let out_2_ = &state_at.beside(&mut out_2_room);
                            let out_2_guard = state_at.guard_beside(*out_2_);
                            let out_2_live = &out_2_guard;
                            let mut value_room = ::core::mem::MaybeUninit::uninit();
                            let value_ = &state_at.beside(&mut value_room);
                            let value_guard = state_at.guard_of_parts_beside(*value_);
                            let value_live = &value_guard;
                            let mut rows_room = ::core::mem::MaybeUninit::uninit();
                            let rows_ = &state_at.beside(&mut rows_room);
                            let rows_guard = state_at.guard_beside(*rows_);
                            let rows_live = &rows_guard;
                            let rests = &__costate::Cell::new(0);
                            let _kept = __costate::at_end(move || match rests.get() {
                                15 => {
                                    (*st).live = stop_live.state() << 0;
                                    stop_live.park();
                                    connection_live.park();
                                    leaving.panics_as(AskState::AfterCleanUp as u8);
                                }
                                _ => {}
                            });
                            stepped = 'done: {
                                if arm == 0 {
                                    let connection_ = &connection_at.of(state_base);
                                    if introduce.is_asked(state_base) {
                                        leaving.stays();
                                        return introduce.answer();
                                    }
                                    connection_live.here();
                                    stop_live.here();
                                    begin_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })((*(*connection_)).begin()),
                                        );
                                    arm = 1;
                                }
                                if arm == 1 {
                                    connection_live.here();
                                    stop_live.here();
                                    let __costate::Poll::Ready(ready_value) = begin_future_at
                                        .poll(task_context, state_base) else {
                                        stop_live.park();
                                        connection_live.park();
                                        leaving.in_state(AskState::Begin as u8);
                                        return __costate::Step::Pending;
                                    };
                                    let connection_ = &connection_at.of(state_base);
                                    let stop_ = &stop_at.of(state_base);
                                    (match __costate::Try((ready_value).output()).branch() {
                                        __costate::core::ops::ControlFlow::Continue(value) => value,
                                        __costate::core::ops::ControlFlow::Break(residual) => {
                                            break 'done __costate::Step::Complete {
                                                0: __costate::Early::<_, Result<u32, Error>>::new(residual)
                                                    .result(),
                                            };
                                        }
                                    });
                                    let _: &__costate::Live<Result<u32, Error>> = out_live;
                                    let _: &__costate::Live<Result<u32, Error>> = out_2_live;
                                    select_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })(
                                                ::costate::__private::choose(
                                                    "select! { connection.query(), stop.wait() }",
                                                    false,
                                                    ::costate::__private::Candidate::new(
                                                        ::costate::__private::Some(
                                                            match ::costate::__private::Awaited(
                                                                ({
                                                                    ::core::future::IntoFuture::into_future
                                                                })((*(*connection_)).query()),
                                                            ) {
                                                                operand => (operand.known(), operand.future()),
                                                                _ => ::core::unreachable!(),
                                                            },
                                                        ),
                                                        ::costate::__private::Candidate::new(
                                                            if (*(*stop_)).is_armed() {
                                                                ::costate::__private::Some(
                                                                    match ::costate::__private::Awaited(
                                                                        ({
                                                                            ::core::future::IntoFuture::into_future
                                                                        })(
                                                                            __costate::question::receiver!(stop_ stop_live.wait[] [] ()),
                                                                        ),
                                                                    ) {
                                                                        operand => (operand.known(), operand.future()),
                                                                        _ => ::core::unreachable!(),
                                                                    },
                                                                )
                                                            } else {
                                                                ::costate::__private::core::option::Option::None
                                                            },
                                                            ::costate::__private::Nobody,
                                                        ),
                                                    ),
                                                ),
                                            ),
                                        );
                                    (*st).live = stop_live.state() << 0;
                                    arm = 2;
                                }
                                if arm == 2 {
                                    'arm: {
                                        connection_live.here();
                                        if (*st).live & 1 != 0 {
                                            stop_live.here();
                                        }
                                        let __costate::Poll::Ready(ready_value) = select_future_at
                                            .poll(task_context, state_base) else {
                                            stop_live.park();
                                            connection_live.park();
                                            leaving.in_state(AskState::Select as u8);
                                            return __costate::Step::Pending;
                                        };
                                        {
                                            let chosen = (ready_value).output();
                                            value_live.init(chosen);
                                        }
                                        match (*(*value_)) {
                                            ::costate::__private::Chosen::This(
                                                rows,
                                            ) if {
                                                value_live
                                                    .lose(
                                                        __costate::drops(&rows),
                                                        1,
                                                        |place: *mut _, gone: u64| {
                                                            if gone == 1 {
                                                                match (::core::ptr::read)(place) {
                                                                    ::costate::__private::Chosen::This(__part0) => {
                                                                        __costate::forget((__part0,))
                                                                    }
                                                                    _ => {}
                                                                }
                                                            } else if gone == 0 {
                                                                ::core::ptr::drop_in_place(place);
                                                            }
                                                        },
                                                    );
                                                rows_live.init(::core::ptr::read(&rows));
                                                arm = 256;
                                                break 'arm;
                                            } => __costate::any(),
                                            ::costate::__private::Chosen::Later(
                                                ::costate::__private::Chosen::This(()),
                                            ) => {
                                                arm = 257;
                                            }
                                            _ => {
                                                arm = 258;
                                            }
                                            _ => ::core::hint::unreachable_unchecked(),
                                        }
                                    }
                                }
                                if arm == 12 {
                                    rests.set(15);
                                    connection_live.here();
                                    if (*st).live & 1 != 0 {
                                        stop_live.here();
                                    }
                                    arm = 260;
                                }
                                if arm == 256 {
                                    __costate::Init {
                                        at: out_2_live.room(),
                                        value: { Ok((rows_live).take()) },
                                    }
                                        .fill();
                                    rows_live.end();
                                    arm = 259;
                                }
                                if arm == 257 {
                                    __costate::Init {
                                        at: out_2_live.room(),
                                        value: { Err(Error::Stopped) },
                                    }
                                        .fill();
                                    arm = 259;
                                }
                                if arm == 258 {
                                    __costate::Init {
                                        at: out_2_live.room(),
                                        value: match ::costate::__private::nobody_left() {},
                                    }
                                        .fill();
                                    arm = 259;
                                }
                                if arm == 259 {
                                    let connection_ = &connection_at.of(state_base);
                                    value_live.end();
                                    __costate::Init {
                                        at: out_live.room(),
                                        value: (out_2_live).take(),
                                    }
                                        .fill();
                                    out_2_live.end();
                                    close_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })((*(*connection_)).close()),
                                        );
                                    (*st).live = stop_live.state() << 0;
                                    arm = 3;
                                }
                                if arm == 3 {
                                    connection_live.here();
                                    if (*st).live & 1 != 0 {
                                        stop_live.here();
                                    }
                                    out_live.here();
                                    let __costate::Poll::Ready(ready_value) = close_future_at
                                        .poll(task_context, state_base) else {
                                        out_live.park();
                                        stop_live.park();
                                        connection_live.park();
                                        leaving.in_state(AskState::Close as u8);
                                        return {
                                            rests.set(0);
                                            __costate::Step::CleanUp(__costate::CleanUp::Waits)
                                        };
                                    };
                                    (ready_value).output();
                                    #[allow(unreachable_code)]
                                    if introduce.cleans_up() {
                                        break 'done __costate::Step::CleanUp(
                                            __costate::CleanUp::Ended,
                                        );
                                    }
                                    break 'done leaving.completes((out_live).take());
                                }
                                if arm == 260 {
                                    rests.set(15);
                                    value_live.end();
                                    out_2_live.end();
                                    arm = 261;
                                }
                                if arm == 15 {
                                    rests.set(0);
                                    connection_live.here();
                                    if (*st).live & 1 != 0 {
                                        stop_live.here();
                                    }
                                    arm = 261;
                                }
                                if arm == 261 {
                                    rests.set(0);
                                    if introduce.skips() {
                                        arm = 262;
                                    } else {
                                        arm = 263;
                                    }
                                }
                                if arm == 262 {
                                    arm = 264;
                                }
                                if arm == 263 {
                                    let connection_ = &connection_at.of(state_base);
                                    close_2_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })((*(*connection_)).close()),
                                        );
                                    (*st).live = stop_live.state() << 0;
                                    arm = 4;
                                }
                                if arm == 4 {
                                    connection_live.here();
                                    if (*st).live & 1 != 0 {
                                        stop_live.here();
                                    }
                                    let __costate::Poll::Ready(ready_value) = close_2_future_at
                                        .poll(task_context, state_base) else {
                                        stop_live.park();
                                        connection_live.park();
                                        leaving.in_state(AskState::Close_2 as u8);
                                        return {
                                            rests.set(0);
                                            __costate::Step::CleanUp(__costate::CleanUp::Waits)
                                        };
                                    };
                                    (ready_value).output();
                                    arm = 264;
                                }
                                if arm == 264 {
                                    break 'done __costate::Step::CleanUp(
                                        __costate::CleanUp::Ended,
                                    );
                                }
                                ::core::hint::unreachable_unchecked()
                            };
                        }
                        leaving.in_state(AskState::Returned as u8);
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
                            connection_at,
                            stop_at,
                            out_at,
                            close_future_at,
                            begin_future_at,
                            select_future_at,
                            close_2_future_at,
                        ) = __costate::twin_2(&ask_twin).checked(AskHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let arm = __costate::tag((&raw const (*st).state).cast::<u8>());
                        let dropped = op.dropped(arm);
                        if dropped == 0 {
                            __costate::drop((
                                connection_at.live(state_base),
                                stop_at.live(state_base),
                            ));
                            return __costate::None;
                        }
                        let held_0: u32 = match dropped {
                            1 | 6 => 3,
                            2 | 7 | 4 | 9 | 5 => 1 | u32::from((*st).live & 1 != 0) << 1,
                            3 | 8 => 5 | u32::from((*st).live & 1 != 0) << 1,
                            _ => 0,
                        };
                        let connection_live = connection_at
                            .live_if(state_base, held_0 & 1 != 0);
                        let stop_live = stop_at.live_if(state_base, held_0 & 2 != 0);
                        let out_live = out_at.live_if(state_base, held_0 & 4 != 0);
                        match arm {
                            1 | 6 => begin_future_at.settle(state_base, op),
                            2 | 7 => select_future_at.settle(state_base, op),
                            3 | 8 => close_future_at.settle(state_base, op),
                            4 | 9 => close_2_future_at.settle(state_base, op),
                            _ => __costate::None,
                        }
                    }
                },
                #[cfg_attr(not(debug_assertions), inline(always))]
                |st: *mut _| -> __costate::Stands {
                    __costate::Stands {
                        tag: unsafe { (&raw mut (*st).state).cast() },
                        suspensions: 5,
                        holding: 15,
                        frames: ::core::concat!(
                            "ask\0", ::core::file!(), "\0connection.begin()\0",
                            ::core::line!(),
                            "\0select! { connection.query(), stop.wait() }\0",
                            ::core::line!(), "\0connection.close()\0", ::core::line!(),
                            "\0connection.close()\0", ::core::line!(), "\0\0",
                            ::core::line!()
                        ),
                    }
                },
                || b"\0\x01\x02\x02\x03",
            )
        }
    }
    unsafe {
        ::costate::__private::machine::<
            'static,
            for<'x, 'x_or> fn(
                &'x (),
                &'x_or (),
            ) -> ::costate::__private::Call<'x, (&'x mut Connection, Stop)>,
            ::costate::__private::core::convert::Infallible,
            Result<u32, Error>,
            (&'of_connection (),),
            _,
            _,
            _,
        >(
            move || (ask_step, ::costate::__private::core::marker::PhantomData),
            (connection, stop),
        )
    }
}
