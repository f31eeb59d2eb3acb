//! A match whose arms suspend, a guard held to the end of its scope, a labelled break.
fn route<'of_lock>(
    requests: Vec<Request>,
    lock: &'of_lock Lock,
) -> impl ::costate::Coroutine<
    Output = usize,
> + ::costate::__private::Captures<(&'of_lock (),)> {
    fn route_twin(
        requests: Vec<Request>,
        lock: &Lock,
        _: impl ::costate::__private::core::marker::Sized,
    ) -> impl ::costate::__private::core::marker::Sized {
        if false {
            let _ = (&lock,);
            ::costate::__private::check(
                (requests,),
                move |(requests,)| -> usize {
                    match (lock,) {
                        (lock,) => {
                            let mut served = 0;
                            'all: for request in requests {
                                let _guard = (::costate::__private::Awaited)(
                                        match ({
                                            ::core::future::IntoFuture::into_future
                                        })(lock.lock()) {
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
                                                match ({
                                                    ::core::future::IntoFuture::into_future
                                                })(get(&name)) {
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
                                                match ({
                                                    ::core::future::IntoFuture::into_future
                                                })(put(name, body)) {
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
        enum RouteState {
            /// 0: holds the arguments `requests`, `lock`.
            Unresumed,
            /// 1: `lock.lock().await`, line 6; holds `lock`, `served`, `iterator`, `request`.
            Lock,
            /// 2: `get(&name).await`, line 8; holds `lock`, `served`, `iterator`, `request`, `_guard`, `name`.
            Get,
            /// 3: `put(name, body).await`, line 10; holds `lock`, `served`, `iterator`, `request`, `_guard`, `body`.
            Put,
            /// 4: `Lock`, whose child is cleaning up.
            CancellingLock,
            /// 5: `Get`, whose child is cleaning up.
            CancellingGet,
            /// 6: `Put`, whose child is cleaning up.
            CancellingPut,
            /// 7.
            Returned,
            /// 8.
            Panicked,
            /// 9.
            Cancelled,
        }
        struct RouteHeld<
            Lock_2,
            Served,
            Requests,
            Request,
            Iterator,
            Guard,
            Name,
            GetFuture,
            Body,
            PutFuture,
            LockFuture,
        > {
            state: RouteState,
            live: u8,
            lock: __costate::Slot<Lock_2>,
            served: __costate::Slot<Served>,
            shared: RouteShared<
                Requests,
                Request,
                Iterator,
                Guard,
                Name,
                GetFuture,
                Body,
                PutFuture,
                LockFuture,
            >,
        }
        #[repr(C)]
        union RouteShared<
            Requests,
            Request,
            Iterator,
            Guard,
            Name,
            GetFuture,
            Body,
            PutFuture,
            LockFuture,
        > {
            nothing: (),
            while_requests: __costate::ManuallyDrop<__costate::Slot<Requests>>,
            while_request: __costate::ManuallyDrop<
                RouteRequestHeld<
                    Request,
                    Iterator,
                    Guard,
                    Name,
                    GetFuture,
                    Body,
                    PutFuture,
                    LockFuture,
                >,
            >,
        }
        struct RouteRequestHeld<
            Request,
            Iterator,
            Guard,
            Name,
            GetFuture,
            Body,
            PutFuture,
            LockFuture,
        > {
            request: __costate::Slot<Request>,
            iterator: __costate::Slot<Iterator>,
            shared: RouteRequestShared<
                Guard,
                Name,
                GetFuture,
                Body,
                PutFuture,
                LockFuture,
            >,
        }
        #[repr(C)]
        union RouteRequestShared<Guard, Name, GetFuture, Body, PutFuture, LockFuture> {
            nothing: (),
            while_guard: __costate::ManuallyDrop<
                RouteGuardHeld<Guard, Name, GetFuture, Body, PutFuture>,
            >,
            while_lock: __costate::ManuallyDrop<__costate::Slot<LockFuture>>,
        }
        struct RouteGuardHeld<Guard, Name, GetFuture, Body, PutFuture> {
            _guard: __costate::Slot<Guard>,
            shared: RouteGuardShared<Name, GetFuture, Body, PutFuture>,
        }
        #[repr(C)]
        union RouteGuardShared<Name, GetFuture, Body, PutFuture> {
            nothing: (),
            while_get: __costate::ManuallyDrop<RouteGetHeld<Name, GetFuture>>,
            while_put: __costate::ManuallyDrop<RoutePutHeld<Body, PutFuture>>,
        }
        struct RouteGetHeld<Name, GetFuture> {
            name: __costate::Slot<Name>,
            get_future: __costate::Slot<GetFuture>,
        }
        struct RoutePutHeld<Body, PutFuture> {
            body: __costate::Slot<Body>,
            put_future: __costate::Slot<PutFuture>,
        }
        impl<
            Lock_2,
            Served,
            Requests,
            Request,
            Iterator,
            Guard,
            Name,
            GetFuture,
            Body,
            PutFuture,
            LockFuture,
        > RouteHeld<
            Lock_2,
            Served,
            Requests,
            Request,
            Iterator,
            Guard,
            Name,
            GetFuture,
            Body,
            PutFuture,
            LockFuture,
        > {
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn places(
                st: *const RouteHeld<
                    Lock_2,
                    Served,
                    Requests,
                    Request,
                    Iterator,
                    Guard,
                    Name,
                    GetFuture,
                    Body,
                    PutFuture,
                    LockFuture,
                >,
            ) -> (
                __costate::At<u8>,
                __costate::At<Lock_2>,
                __costate::At<Served>,
                __costate::At<Requests>,
                __costate::At<Request>,
                __costate::At<Iterator>,
                __costate::At<Guard>,
                __costate::At<Name>,
                __costate::At<GetFuture>,
                __costate::At<Body>,
                __costate::At<PutFuture>,
                __costate::At<LockFuture>,
            ) {
                unsafe {
                    let state_base = st.cast::<u8>();
                    let while_request = __costate::room(
                        &raw const (*st).shared.while_request,
                    );
                    let while_guard = __costate::room(
                        &raw const (*while_request).shared.while_guard,
                    );
                    let while_get = __costate::room(
                        &raw const (*while_guard).shared.while_get,
                    );
                    let while_put = __costate::room(
                        &raw const (*while_guard).shared.while_put,
                    );
                    (
                        __costate::tag_at(
                            state_base,
                            (&raw const (*st).state).cast::<u8>(),
                        ),
                        __costate::at(state_base, &raw const (*st).lock),
                        __costate::at(state_base, &raw const (*st).served),
                        __costate::shared_at(
                            state_base,
                            &raw const (*st).shared.while_requests,
                        ),
                        __costate::at(state_base, &raw const (*while_request).request),
                        __costate::at(state_base, &raw const (*while_request).iterator),
                        __costate::at(state_base, &raw const (*while_guard)._guard),
                        __costate::at(state_base, &raw const (*while_get).name),
                        __costate::at(state_base, &raw const (*while_get).get_future),
                        __costate::at(state_base, &raw const (*while_put).body),
                        __costate::at(state_base, &raw const (*while_put).put_future),
                        __costate::shared_at(
                            state_base,
                            &raw const (*while_request).shared.while_lock,
                        ),
                    )
                }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn begin(
                argument0: Requests,
                argument1: Lock_2,
            ) -> RouteHeld<
                Lock_2,
                Served,
                Requests,
                Request,
                Iterator,
                Guard,
                Name,
                GetFuture,
                Body,
                PutFuture,
                LockFuture,
            > {
                let mut begun = __costate::MaybeUninit::uninit();
                unsafe {
                    let st: *mut RouteHeld<
                        Lock_2,
                        Served,
                        Requests,
                        Request,
                        Iterator,
                        Guard,
                        Name,
                        GetFuture,
                        Body,
                        PutFuture,
                        LockFuture,
                    > = begun.as_mut_ptr();
                    (*st).state = RouteState::Unresumed;
                    (*st).live = 0;
                    (*st).lock = __costate::Slot::new(argument1);
                    (*st).shared.while_requests = __costate::ManuallyDrop::new(
                        __costate::Slot::new(argument0),
                    );
                    begun.assume_init()
                }
            }
        }
        unsafe impl<
            Lock_2,
            Served,
            Requests,
            Request,
            Iterator,
            Guard,
            Name,
            GetFuture,
            Body,
            PutFuture,
            LockFuture,
        > __costate::Holds
        for RouteHeld<
            Lock_2,
            Served,
            Requests,
            Request,
            Iterator,
            Guard,
            Name,
            GetFuture,
            Body,
            PutFuture,
            LockFuture,
        > {
            type All = (
                Lock_2,
                Served,
                Requests,
                Request,
                Iterator,
                Guard,
                Name,
                GetFuture,
                Body,
                PutFuture,
                LockFuture,
            );
        }
        let state = unsafe { RouteHeld::begin(argument0, argument1) };
        let request_rest = __costate::Told::OPEN;
        unsafe {
            __costate::step(
                state,
                #[cfg_attr(not(debug_assertions), inline(always))]
                move |
                    st: *mut _,
                    task_context: &mut __costate::Context<'_>,
                    introduce: __costate::Introduce,
                | -> __costate::Step<usize> {
                    unsafe {
                        let mut arm = __costate::tag(
                            (&raw const (*st).state).cast::<u8>(),
                        );
                        use __costate::IsRight as _;
                        let (
                            state_at,
                            lock_at,
                            served_at,
                            requests_at,
                            request_at,
                            iterator_at,
                            _guard_at,
                            name_at,
                            get_future_at,
                            body_at,
                            put_future_at,
                            lock_future_at,
                        ) = __costate::twin_2(&route_twin)
                            .checked(RouteHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let leaving = state_at
                            .left(state_base, RouteState::Panicked as u8);
                        let stepped: __costate::Step<usize>;
                        {
                            let requests_guard = requests_at.guard(state_base);
                            let requests_live = &requests_guard;
                            let lock_guard = lock_at.guard(state_base);
                            let lock_live = &lock_guard;
                            let served_guard = served_at.guard(state_base);
                            let served_live = &served_guard;
                            let iterator_guard = iterator_at.guard(state_base);
                            let iterator_live = &iterator_guard;
                            let request_guard = request_at.guard_of_parts(state_base);
                            let request_live = &request_guard;
                            let _guard_guard = _guard_at.guard(state_base);
                            let _guard_live = &_guard_guard;
                            let name_guard = name_at.guard(state_base);
                            let name_live = &name_guard;
                            let mut name_2_room = ::core::mem::MaybeUninit::uninit();
                            let name_2_ = &state_at.beside(&mut name_2_room);
                            let name_2_guard = state_at.guard_beside(*name_2_);
                            let name_2_live = &name_2_guard;
                            let body_guard = body_at.guard(state_base);
                            let body_live = &body_guard;
                            let mut again_256 = false;
                            stepped = 'done: loop {
                                'again_256: {
                                    if again_256 {
                                        again_256 = false;
                                        arm = 256;
                                        break 'again_256;
                                    }
                                    if arm == 0 {
                                        if introduce.is_asked(state_base) {
                                            leaving.stays();
                                            return introduce.answer();
                                        }
                                        requests_live.here();
                                        lock_live.here();
                                        {
                                            let mut served = 0;
                                            served_live.init(served);
                                        }
                                        iterator_live
                                            .init((__costate::Head)((requests_live).take()).iterator());
                                        arm = 256;
                                    }
                                }
                                if arm == 256 {
                                    let iterator_ = &iterator_at.of(state_base);
                                    match ::core::iter::Iterator::next(&mut (*(*iterator_))) {
                                        ::core::option::Option::Some(request) => {
                                            request_live.init(request);
                                            arm = 257;
                                        }
                                        ::core::option::Option::None => {
                                            arm = 263;
                                        }
                                        _ => ::core::hint::unreachable_unchecked(),
                                    }
                                }
                                if arm == 257 {
                                    let lock_ = &lock_at.of(state_base);
                                    lock_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })((*(*lock_)).lock()),
                                        );
                                    leaving.arrives(RouteState::Lock as u8);
                                    arm = 1;
                                }
                                if arm == 1 {
                                    'arm: {
                                        lock_live.here();
                                        served_live.here();
                                        iterator_live.here();
                                        request_live.here();
                                        let __costate::Poll::Ready(ready_value) = lock_future_at
                                            .poll(task_context, state_base) else {
                                            return leaving
                                                .waits((
                                                    request_guard,
                                                    iterator_guard,
                                                    served_guard,
                                                    lock_guard,
                                                ));
                                        };
                                        let request_ = &request_at.of(state_base);
                                        {
                                            let _guard = (ready_value).output();
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
                                                        |place: *mut _, gone: u64| {
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
                                                arm = 258;
                                                break 'arm;
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
                                                            |place: *mut _, gone: u64| {
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
                                                    arm = 259;
                                                    break 'arm;
                                                } => __costate::any(),
                                            Request::Put { .. } => {
                                                arm = 260;
                                            }
                                            Request::Quit => {
                                                arm = 262;
                                            }
                                            _ => ::core::hint::unreachable_unchecked(),
                                        }
                                    }
                                }
                                if arm == 258 {
                                    let name_ = &name_at.of(state_base);
                                    get_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })(get(&(*(*name_)))),
                                        );
                                    request_live
                                        .store(
                                            (&raw mut (*st).live).cast::<u8>().add(0).cast::<u8>(),
                                        );
                                    leaving.arrives(RouteState::Get as u8);
                                    arm = 2;
                                }
                                if arm == 2 {
                                    request_rest
                                        .tell(
                                            request_live,
                                            |place: *mut _, gone: u64| {
                                                if gone == 1 {
                                                    match (::core::ptr::read)(place) {
                                                        Request::Get(__part0) => __costate::forget((__part0,)),
                                                        _ => {}
                                                    }
                                                } else if gone == 2 {
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
                                    lock_live.here();
                                    served_live.here();
                                    iterator_live.here();
                                    request_live
                                        .take_up(
                                            (&raw mut (*st).live).cast::<u8>().add(0).cast::<u8>(),
                                            request_rest.code(),
                                        );
                                    _guard_live.here();
                                    name_live.here();
                                    let __costate::Poll::Ready(ready_value) = get_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving
                                            .waits((
                                                name_guard,
                                                _guard_guard,
                                                request_guard,
                                                iterator_guard,
                                                served_guard,
                                                lock_guard,
                                            ));
                                    };
                                    (ready_value).output();
                                    name_live.end();
                                    arm = 261;
                                }
                                if arm == 259 {
                                    put_future_at
                                        .put(
                                            state_base,
                                            ({
                                                ::core::future::IntoFuture::into_future
                                            })(put((name_2_live).take(), (body_live).take())),
                                        );
                                    request_live
                                        .store(
                                            (&raw mut (*st).live).cast::<u8>().add(0).cast::<u8>(),
                                        );
                                    leaving.arrives(RouteState::Put as u8);
                                    arm = 3;
                                }
                                if arm == 3 {
                                    lock_live.here();
                                    served_live.here();
                                    iterator_live.here();
                                    request_live
                                        .take_up(
                                            (&raw mut (*st).live).cast::<u8>().add(0).cast::<u8>(),
                                            request_rest.code(),
                                        );
                                    _guard_live.here();
                                    let __costate::Poll::Ready(ready_value) = put_future_at
                                        .poll(task_context, state_base) else {
                                        return leaving
                                            .waits((
                                                _guard_guard,
                                                request_guard,
                                                iterator_guard,
                                                served_guard,
                                                lock_guard,
                                            ));
                                    };
                                    (ready_value).output();
                                    body_live.end();
                                    name_2_live.end();
                                    arm = 261;
                                }
                                if arm == 260 {
                                    {};
                                    arm = 261;
                                }
                                if arm == 261 {
                                    let served_ = &served_at.of(state_base);
                                    (*(*served_)) += 1;
                                    _guard_live.end();
                                    request_live.end();
                                    arm = 256;
                                    again_256 = __costate::back();
                                    continue 'done;
                                }
                                if arm == 262 {
                                    _guard_live.end();
                                    request_live.end();
                                    arm = 263;
                                }
                                if arm == 263 {
                                    iterator_live.end();
                                    break 'done leaving.completes((served_live).take());
                                }
                                match arm {
                                    8 => {
                                        leaving.stays();
                                        __costate::panicked("route")
                                    }
                                    4 | 5 | 6 | 7 | 9 => {
                                        leaving.stays();
                                        __costate::ended("route", arm, 8)
                                    }
                                    _ => ::core::hint::unreachable_unchecked(),
                                }
                            };
                        }
                        leaving.in_state(RouteState::Returned as u8);
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
                            lock_at,
                            served_at,
                            requests_at,
                            request_at,
                            iterator_at,
                            _guard_at,
                            name_at,
                            get_future_at,
                            body_at,
                            put_future_at,
                            lock_future_at,
                        ) = __costate::twin_2(&route_twin)
                            .checked(RouteHeld::places)(st);
                        let state_base = st.cast::<u8>();
                        let arm = __costate::tag((&raw const (*st).state).cast::<u8>());
                        let dropped = op.dropped(arm);
                        if dropped == 0 {
                            __costate::drop((
                                requests_at.live(state_base),
                                lock_at.live(state_base),
                            ));
                            return __costate::None;
                        }
                        let held_0: u32 = match dropped {
                            1 | 4 => 7,
                            2 | 5 => 31,
                            3 | 6 => 15,
                            _ => 0,
                        };
                        let lock_live = lock_at.live_if(state_base, held_0 & 1 != 0);
                        let served_live = served_at.live_if(state_base, held_0 & 2 != 0);
                        let iterator_live = iterator_at
                            .live_if(state_base, held_0 & 4 != 0);
                        let request_ = &request_at.of(state_base);
                        let request_live = __costate::LiveParts::new(*request_, false);
                        match dropped {
                            1 | 4 => {
                                request_live.here();
                            }
                            2 | 5 => {
                                request_live
                                    .take_up(
                                        (&raw mut (*st).live).cast::<u8>().add(0).cast::<u8>(),
                                        request_rest.code(),
                                    );
                            }
                            3 | 6 => {
                                request_live
                                    .take_up(
                                        (&raw mut (*st).live).cast::<u8>().add(0).cast::<u8>(),
                                        request_rest.code(),
                                    );
                            }
                            _ => {}
                        }
                        let _guard_live = _guard_at.live_if(state_base, held_0 & 8 != 0);
                        let name_live = name_at.live_if(state_base, held_0 & 16 != 0);
                        match arm {
                            1 | 4 => lock_future_at.settle(state_base, op),
                            2 | 5 => get_future_at.settle(state_base, op),
                            3 | 6 => put_future_at.settle(state_base, op),
                            _ => __costate::None,
                        }
                    }
                },
                #[cfg_attr(not(debug_assertions), inline(always))]
                |st: *mut _| -> __costate::Stands {
                    __costate::Stands {
                        tag: unsafe { (&raw mut (*st).state).cast() },
                        suspensions: 3,
                        holding: 6,
                        frames: ::core::concat!(
                            "route\0", ::core::file!(), "\0lock.lock()\0",
                            ::core::line!(), "\0get(&name)\0", ::core::line!(),
                            "\0put(name, body)\0", ::core::line!()
                        ),
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
            _,
        >(
            move || (route_step, ::costate::__private::core::marker::PhantomData),
            (requests, lock),
        )
    }
}
