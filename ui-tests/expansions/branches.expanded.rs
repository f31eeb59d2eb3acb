//! A match whose arms suspend, a guard held to the end of its scope, a labelled break.
fn route<'of_lock>(
    requests: Vec<Request>,
    lock: &'of_lock Lock,
) -> impl ::costate::Coroutine<
    Output = usize,
> + ::costate::__private::Captures<(&'of_lock (),)> {
    if false {
        ::costate::__private::check(
            (requests, lock),
            move |(requests, lock)| -> usize {
                let result: usize = if ::costate::__private::cancelled() {
                    ::costate::__private::any()
                } else {
                    let mut served = 0;
                    'all: for request in requests {
                        let _guard = (::costate::__private::Awaited)(
                                match ::core::future::IntoFuture::into_future(lock.lock()) {
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
                        match request {
                            Request::Get(name) => {
                                (::costate::__private::Awaited)(
                                        match ::core::future::IntoFuture::into_future(get(&name)) {
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
                            }
                            Request::Put { name, body } if !body.is_empty() => {
                                (::costate::__private::Awaited)(
                                        match ::core::future::IntoFuture::into_future(
                                            put(name, body),
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
                                    .output();
                            }
                            Request::Put { .. } => {}
                            Request::Quit => break 'all,
                        }
                        served += 1;
                    }
                    served
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
    fn route_step<'x>(
        ::costate::__private::Call {
            arguments: (argument0, argument1),
            life,
        }: ::costate::__private::Call<'x, (Vec<Request>, &'x Lock)>,
    ) -> impl ::costate::__private::Resumable<
        Yield = ::costate::__private::core::convert::Infallible,
        Return = usize,
    > + ::costate::__private::Captures<(&'x (),)> {
        use ::costate::__private as __costate;
        #[repr(u8)]
        enum RouteState<
            Requests,
            Lock_2,
            Served,
            Iterator,
            Request,
            Guard,
            Name,
            Body,
            LockFuture,
            GetFuture,
            PutFuture,
        > {
            Unresumed {
                requests: __costate::Slot<Requests>,
                lock: __costate::Slot<Lock_2>,
            } = 0,
            /// `lock.lock().await`, line 6.
            Lock {
                requests: __costate::Slot<Requests>,
                lock: __costate::Slot<Lock_2>,
                served: __costate::Slot<Served>,
                iterator: __costate::Slot<Iterator>,
                request: __costate::Slot<Request>,
                awaited: __costate::Slot<LockFuture>,
            } = 1,
            /// `get(&name).await`, line 8.
            Get {
                requests: __costate::Slot<Requests>,
                lock: __costate::Slot<Lock_2>,
                served: __costate::Slot<Served>,
                iterator: __costate::Slot<Iterator>,
                request: __costate::Slot<Request>,
                _guard: __costate::Slot<Guard>,
                name: __costate::Slot<Name>,
                awaited: __costate::Slot<GetFuture>,
            } = 2,
            /// `put(name, body).await`, line 10.
            Put {
                requests: __costate::Slot<Requests>,
                lock: __costate::Slot<Lock_2>,
                served: __costate::Slot<Served>,
                iterator: __costate::Slot<Iterator>,
                request: __costate::Slot<Request>,
                _guard: __costate::Slot<Guard>,
                name: __costate::Slot<Name>,
                body: __costate::Slot<Body>,
                awaited: __costate::Slot<PutFuture>,
            } = 3,
            /// `Lock`, whose child is cleaning up.
            CancellingLock = 4,
            /// `Get`, whose child is cleaning up.
            CancellingGet = 5,
            /// `Put`, whose child is cleaning up.
            CancellingPut = 6,
            Returned = 7,
            Panicked = 8,
            Cancelled = 9,
        }
        unsafe impl<
            Requests: ::core::marker::Send,
            Lock_2: ::core::marker::Send,
            Served: ::core::marker::Send,
            Iterator: ::core::marker::Send,
            Request: ::core::marker::Send,
            Guard: ::core::marker::Send,
            Name: ::core::marker::Send,
            Body: ::core::marker::Send,
            LockFuture: ::core::marker::Send,
            GetFuture: ::core::marker::Send,
            PutFuture: ::core::marker::Send,
        > ::core::marker::Send
        for RouteState<
            Requests,
            Lock_2,
            Served,
            Iterator,
            Request,
            Guard,
            Name,
            Body,
            LockFuture,
            GetFuture,
            PutFuture,
        > {}
        unsafe impl<
            Requests: ::core::marker::Sync,
            Lock_2: ::core::marker::Sync,
            Served: ::core::marker::Sync,
            Iterator: ::core::marker::Sync,
            Request: ::core::marker::Sync,
            Guard: ::core::marker::Sync,
            Name: ::core::marker::Sync,
            Body: ::core::marker::Sync,
            LockFuture: ::core::marker::Sync,
            GetFuture: ::core::marker::Sync,
            PutFuture: ::core::marker::Sync,
        > ::core::marker::Sync
        for RouteState<
            Requests,
            Lock_2,
            Served,
            Iterator,
            Request,
            Guard,
            Name,
            Body,
            LockFuture,
            GetFuture,
            PutFuture,
        > {}
        #[repr(C)]
        struct UnresumedFrame<Requests, Lock_2> {
            tag: u8,
            requests: __costate::Slot<Requests>,
            lock: __costate::Slot<Lock_2>,
        }
        #[repr(C)]
        struct LockFrame<Requests, Lock_2, Served, Iterator, Request, LockFuture> {
            tag: u8,
            requests: __costate::Slot<Requests>,
            lock: __costate::Slot<Lock_2>,
            served: __costate::Slot<Served>,
            iterator: __costate::Slot<Iterator>,
            request: __costate::Slot<Request>,
            awaited: __costate::Slot<LockFuture>,
        }
        #[repr(C)]
        struct GetFrame<
            Requests,
            Lock_2,
            Served,
            Iterator,
            Request,
            Guard,
            Name,
            GetFuture,
        > {
            tag: u8,
            requests: __costate::Slot<Requests>,
            lock: __costate::Slot<Lock_2>,
            served: __costate::Slot<Served>,
            iterator: __costate::Slot<Iterator>,
            request: __costate::Slot<Request>,
            _guard: __costate::Slot<Guard>,
            name: __costate::Slot<Name>,
            awaited: __costate::Slot<GetFuture>,
        }
        #[repr(C)]
        struct PutFrame<
            Requests,
            Lock_2,
            Served,
            Iterator,
            Request,
            Guard,
            Name,
            Body,
            PutFuture,
        > {
            tag: u8,
            requests: __costate::Slot<Requests>,
            lock: __costate::Slot<Lock_2>,
            served: __costate::Slot<Served>,
            iterator: __costate::Slot<Iterator>,
            request: __costate::Slot<Request>,
            _guard: __costate::Slot<Guard>,
            name: __costate::Slot<Name>,
            body: __costate::Slot<Body>,
            awaited: __costate::Slot<PutFuture>,
        }
        impl<
            Requests,
            Lock_2,
            Served,
            Iterator,
            Request,
            Guard,
            Name,
            Body,
            LockFuture,
            GetFuture,
            PutFuture,
        > RouteState<
            Requests,
            Lock_2,
            Served,
            Iterator,
            Request,
            Guard,
            Name,
            Body,
            LockFuture,
            GetFuture,
            PutFuture,
        > {
            #[inline(always)]
            unsafe fn places(
                state: *mut RouteState<
                    Requests,
                    Lock_2,
                    Served,
                    Iterator,
                    Request,
                    Guard,
                    Name,
                    Body,
                    LockFuture,
                    GetFuture,
                    PutFuture,
                >,
            ) -> (
                *mut Requests,
                *mut Lock_2,
                *mut Served,
                *mut Iterator,
                *mut Request,
                *mut Guard,
                *mut Name,
                *mut Body,
                *mut LockFuture,
                *mut GetFuture,
                *mut PutFuture,
            ) {
                const {
                    __costate::one_place([
                        ::core::mem::offset_of!(
                            UnresumedFrame < Requests, Lock_2 >, requests
                        ),
                        ::core::mem::offset_of!(
                            LockFrame < Requests, Lock_2, Served, Iterator, Request,
                            LockFuture >, requests
                        ),
                        ::core::mem::offset_of!(
                            GetFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, GetFuture >, requests
                        ),
                        ::core::mem::offset_of!(
                            PutFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, Body, PutFuture >, requests
                        ),
                    ]);
                    __costate::one_place([
                        ::core::mem::offset_of!(
                            UnresumedFrame < Requests, Lock_2 >, lock
                        ),
                        ::core::mem::offset_of!(
                            LockFrame < Requests, Lock_2, Served, Iterator, Request,
                            LockFuture >, lock
                        ),
                        ::core::mem::offset_of!(
                            GetFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, GetFuture >, lock
                        ),
                        ::core::mem::offset_of!(
                            PutFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, Body, PutFuture >, lock
                        ),
                    ]);
                    __costate::one_place([
                        ::core::mem::offset_of!(
                            LockFrame < Requests, Lock_2, Served, Iterator, Request,
                            LockFuture >, served
                        ),
                        ::core::mem::offset_of!(
                            GetFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, GetFuture >, served
                        ),
                        ::core::mem::offset_of!(
                            PutFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, Body, PutFuture >, served
                        ),
                    ]);
                    __costate::one_place([
                        ::core::mem::offset_of!(
                            LockFrame < Requests, Lock_2, Served, Iterator, Request,
                            LockFuture >, iterator
                        ),
                        ::core::mem::offset_of!(
                            GetFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, GetFuture >, iterator
                        ),
                        ::core::mem::offset_of!(
                            PutFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, Body, PutFuture >, iterator
                        ),
                    ]);
                    __costate::one_place([
                        ::core::mem::offset_of!(
                            LockFrame < Requests, Lock_2, Served, Iterator, Request,
                            LockFuture >, request
                        ),
                        ::core::mem::offset_of!(
                            GetFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, GetFuture >, request
                        ),
                        ::core::mem::offset_of!(
                            PutFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, Body, PutFuture >, request
                        ),
                    ]);
                    __costate::one_place([
                        ::core::mem::offset_of!(
                            GetFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, GetFuture >, _guard
                        ),
                        ::core::mem::offset_of!(
                            PutFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, Body, PutFuture >, _guard
                        ),
                    ]);
                    __costate::one_place([
                        ::core::mem::offset_of!(
                            GetFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, GetFuture >, name
                        ),
                        ::core::mem::offset_of!(
                            PutFrame < Requests, Lock_2, Served, Iterator, Request,
                            Guard, Name, Body, PutFuture >, name
                        ),
                    ]);
                }
                let unresumed_frame = state.cast::<UnresumedFrame<Requests, Lock_2>>();
                let lock_frame = state
                    .cast::<
                        LockFrame<
                            Requests,
                            Lock_2,
                            Served,
                            Iterator,
                            Request,
                            LockFuture,
                        >,
                    >();
                let get_frame = state
                    .cast::<
                        GetFrame<
                            Requests,
                            Lock_2,
                            Served,
                            Iterator,
                            Request,
                            Guard,
                            Name,
                            GetFuture,
                        >,
                    >();
                let put_frame = state
                    .cast::<
                        PutFrame<
                            Requests,
                            Lock_2,
                            Served,
                            Iterator,
                            Request,
                            Guard,
                            Name,
                            Body,
                            PutFuture,
                        >,
                    >();
                unsafe {
                    (
                        __costate::Slot::at(&raw mut (*unresumed_frame).requests),
                        __costate::Slot::at(&raw mut (*unresumed_frame).lock),
                        __costate::Slot::at(&raw mut (*lock_frame).served),
                        __costate::Slot::at(&raw mut (*lock_frame).iterator),
                        __costate::Slot::at(&raw mut (*lock_frame).request),
                        __costate::Slot::at(&raw mut (*get_frame)._guard),
                        __costate::Slot::at(&raw mut (*get_frame).name),
                        __costate::Slot::at(&raw mut (*put_frame).body),
                        __costate::Slot::at(&raw mut (*lock_frame).awaited),
                        __costate::Slot::at(&raw mut (*get_frame).awaited),
                        __costate::Slot::at(&raw mut (*put_frame).awaited),
                    )
                }
            }
        }
        let state: RouteState<_, _, _, _, _, _, _, _, _, _, _> = RouteState::Unresumed {
            requests: __costate::Slot::new(argument0),
            lock: __costate::Slot::new(argument1),
        };
        unsafe {
            __costate::step(
                state,
                #[inline(always)]
                move |
                    st: *mut RouteState<_, _, _, _, _, _, _, _, _, _, _>,
                    op: __costate::Op<'_, '_>,
                | -> __costate::Step<usize> {
                    unsafe {
                        let (
                            requests_,
                            lock_,
                            served_,
                            iterator_,
                            request_,
                            _guard_,
                            name_,
                            body_,
                            lock_future_,
                            get_future_,
                            put_future_,
                        ) = &RouteState::places(st);
                        let (mut context, cancel, report) = op.parts();
                        if report.is_none() {
                            let mut at = u32::from(*st.cast::<u8>());
                            at = match at {
                                4 if cancel => 1,
                                5 if cancel => 2,
                                6 if cancel => 3,
                                other => other,
                            };
                            if at > 3 {
                                return __costate::ended("route", at == 8, cancel);
                            }
                            if at == 0 && !cancel && __costate::is_asked(st) {
                                return __costate::Step::Asked;
                            }
                            st.cast::<u8>().write(8);
                            if at == 0 && cancel {
                                __costate::drop((
                                    __costate::Live::new(*requests_, true),
                                    __costate::Live::new(*lock_, true),
                                ));
                                st.cast::<u8>().write(9);
                                return __costate::Step::Cancelled;
                            }
                            let result: __costate::Step<usize>;
                            {
                                let requests_live = &__costate::Live::new(
                                    *requests_,
                                    false,
                                );
                                let lock_live = &__costate::Live::new(*lock_, false);
                                let served_live = &__costate::Live::new(*served_, false);
                                let iterator_live = &__costate::Live::new(
                                    *iterator_,
                                    false,
                                );
                                let request_live = &__costate::LiveParts::new(
                                    *request_,
                                    false,
                                );
                                let _guard_live = &__costate::Live::new(*_guard_, false);
                                let name_live = &__costate::Live::new(*name_, false);
                                let mut name_2_room = ::core::mem::MaybeUninit::uninit();
                                let name_2_ = &name_2_room.as_mut_ptr();
                                let name_2_live = &__costate::Live::new(*name_2_, false);
                                let body_live = &__costate::Live::new(*body_, false);
                                result = 'done: loop {
                                    if at == 0 {
                                        requests_live.here();
                                        lock_live.here();
                                        {
                                            let mut served = 0;
                                            served_live.init(served);
                                        }
                                        iterator_live
                                            .init((__costate::Head)((requests_live).take()).iterator());
                                        at = 4;
                                    }
                                    if at == 4 {
                                        match ::core::iter::Iterator::next(&mut (*(*iterator_))) {
                                            ::core::option::Option::Some(request) => {
                                                request_live.init(request);
                                                at = 5;
                                            }
                                            ::core::option::Option::None => {
                                                at = 11;
                                            }
                                            _ => ::core::hint::unreachable_unchecked(),
                                        }
                                    }
                                    if at == 5 {
                                        ::core::ptr::write(
                                            *lock_future_,
                                            ::core::future::IntoFuture::into_future((*(*lock_)).lock()),
                                        );
                                        at = 1;
                                    }
                                    if at == 1 {
                                        lock_live.here();
                                        served_live.here();
                                        iterator_live.here();
                                        request_live.here();
                                        let lock_future_live = &__costate::Live::new(
                                            *lock_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*lock_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*lock_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            lock_future_live.park();
                                            request_live.park();
                                            iterator_live.park();
                                            served_live.park();
                                            lock_live.park();
                                            st.cast::<u8>().write(if cancel { 4 } else { 1 });
                                            return __costate::Step::Pending;
                                        };
                                        lock_future_live.end();
                                        {
                                            let _guard = (__costate::Ready)(value).output();
                                            _guard_live.init(_guard);
                                        }
                                        match (*(*request_)) {
                                            Request::Get(
                                                name,
                                            ) if {
                                                request_live
                                                    .lose(
                                                        __costate::drops(&name),
                                                        1,
                                                        |place, gone| {
                                                            if gone == 1 {
                                                                match (::core::ptr::read)(place) {
                                                                    Request::Get(__part0) => __costate::forget((__part0,)),
                                                                    _ => {}
                                                                }
                                                            } else if gone == 0 {
                                                                ::core::ptr::drop_in_place(place);
                                                            }
                                                        },
                                                    );
                                                name_live.init(::core::ptr::read(&name));
                                                at = 6;
                                                continue 'done;
                                            } => __costate::any(),
                                            Request::Put {
                                                name,
                                                body,
                                            } if (!body.is_empty())
                                                && {
                                                    request_live
                                                        .lose(
                                                            __costate::drops(&name) | __costate::drops(&body),
                                                            2,
                                                            |place, gone| {
                                                                if gone == 2 {
                                                                    match (::core::ptr::read)(place) {
                                                                        Request::Put { name: __part0, body: __part1, .. } => {
                                                                            __costate::forget((__part0, __part1))
                                                                        }
                                                                        _ => {}
                                                                    }
                                                                } else if gone == 0 {
                                                                    ::core::ptr::drop_in_place(place);
                                                                }
                                                            },
                                                        );
                                                    name_2_live.init(::core::ptr::read(&name));
                                                    body_live.init(::core::ptr::read(&body));
                                                    at = 7;
                                                    continue 'done;
                                                } => __costate::any(),
                                            Request::Put { .. } => {
                                                at = 8;
                                            }
                                            Request::Quit => {
                                                at = 10;
                                            }
                                            _ => ::core::hint::unreachable_unchecked(),
                                        }
                                    }
                                    if at == 6 {
                                        ::core::ptr::write(
                                            *get_future_,
                                            ::core::future::IntoFuture::into_future(get(&(*(*name_)))),
                                        );
                                        at = 2;
                                    }
                                    if at == 2 {
                                        lock_live.here();
                                        served_live.here();
                                        iterator_live.here();
                                        request_live.here();
                                        request_live
                                            .lose(
                                                __costate::drops_at(*name_),
                                                1,
                                                |place, gone| {
                                                    if gone == 1 {
                                                        match (::core::ptr::read)(place) {
                                                            Request::Get(__part0) => __costate::forget((__part0,)),
                                                            _ => {}
                                                        }
                                                    } else if gone == 0 {
                                                        ::core::ptr::drop_in_place(place);
                                                    }
                                                },
                                            );
                                        _guard_live.here();
                                        name_live.here();
                                        let get_future_live = &__costate::Live::new(
                                            *get_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*get_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*get_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            get_future_live.park();
                                            name_live.park();
                                            _guard_live.park();
                                            request_live.park();
                                            iterator_live.park();
                                            served_live.park();
                                            lock_live.park();
                                            st.cast::<u8>().write(if cancel { 5 } else { 2 });
                                            return __costate::Step::Pending;
                                        };
                                        get_future_live.end();
                                        (__costate::Ready)(value).output();
                                        name_live.end();
                                        at = 9;
                                    }
                                    if at == 7 {
                                        ::core::ptr::write(
                                            *put_future_,
                                            ::core::future::IntoFuture::into_future(
                                                put((name_2_live).take(), (body_live).take()),
                                            ),
                                        );
                                        at = 3;
                                    }
                                    if at == 3 {
                                        lock_live.here();
                                        served_live.here();
                                        iterator_live.here();
                                        request_live.here();
                                        request_live
                                            .lose(
                                                __costate::drops_at(*name_2_) | __costate::drops_at(*body_),
                                                2,
                                                |place, gone| {
                                                    if gone == 2 {
                                                        match (::core::ptr::read)(place) {
                                                            Request::Put { name: __part0, body: __part1, .. } => {
                                                                __costate::forget((__part0, __part1))
                                                            }
                                                            _ => {}
                                                        }
                                                    } else if gone == 0 {
                                                        ::core::ptr::drop_in_place(place);
                                                    }
                                                },
                                            );
                                        _guard_live.here();
                                        let put_future_live = &__costate::Live::new(
                                            *put_future_,
                                            true,
                                        );
                                        let __costate::Some(context) = &mut context else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let polled = if !cancel {
                                            (&__costate::Awaited(*put_future_)).poll(context)
                                        } else if __costate::Poll::is_pending(
                                            &__costate::Child(*put_future_).cancel(context),
                                        ) {
                                            __costate::Poll::Pending
                                        } else {
                                            break 'done __costate::Step::Cancelled;
                                        };
                                        let __costate::Poll::Ready(value) = polled else {
                                            put_future_live.park();
                                            _guard_live.park();
                                            request_live.park();
                                            iterator_live.park();
                                            served_live.park();
                                            lock_live.park();
                                            st.cast::<u8>().write(if cancel { 6 } else { 3 });
                                            return __costate::Step::Pending;
                                        };
                                        put_future_live.end();
                                        (__costate::Ready)(value).output();
                                        body_live.end();
                                        name_2_live.end();
                                        at = 9;
                                    }
                                    if at == 8 {
                                        {};
                                        at = 9;
                                    }
                                    if at == 9 {
                                        (*(*served_)) += 1;
                                        _guard_live.end();
                                        request_live.end();
                                        at = 4;
                                    }
                                    if at == 10 {
                                        _guard_live.end();
                                        request_live.end();
                                        at = 11;
                                    }
                                    if at == 11 {
                                        iterator_live.end();
                                        break 'done __costate::Step::Complete {
                                            0: { (served_live).take() },
                                        };
                                    }
                                };
                            }
                            st.cast::<u8>().write(if cancel { 9 } else { 7 });
                            return result;
                        }
                        if let __costate::Some(report) = report {
                            match u32::from(*st.cast::<u8>()) {
                                1 | 4 => {
                                    report(
                                        __costate::Frame::new(
                                            "route",
                                            "lock.lock()",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*lock_future_).trace(report)
                                }
                                2 | 5 => {
                                    report(
                                        __costate::Frame::new(
                                            "route",
                                            "get(&name)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*get_future_).trace(report)
                                }
                                3 | 6 => {
                                    report(
                                        __costate::Frame::new(
                                            "route",
                                            "put(name, body)",
                                            ::core::file!(),
                                            ::core::line!(),
                                        ),
                                    );
                                    __costate::Child(*put_future_).trace(report)
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
            'static,
            for<'x, 'x_or> fn(
                &'x (),
                &'x_or (),
            ) -> ::costate::__private::Call<'x, (Vec<Request>, &'x Lock)>,
            ::costate::__private::core::convert::Infallible,
            usize,
            (&'of_lock (),),
            _,
            _,
        >(route_step, (requests, lock))
    }
}
