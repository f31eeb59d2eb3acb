//! A clock that is paused: what it says is exact, on any number of threads, and sockets and blocking code go before it.

use costate::net::UnixStream;
use costate::sync::{Notify, mpsc, oneshot};
use costate::task::yield_now;
use costate::time::{
    Duration, Instant, MissedTick, advance, interval, interval_at, pause, resume, sleep,
    sleep_until, timeout, timeout_at,
};
use costate::{Runtime, Task, spawn, spawn_blocking, spawn_local};
use std::future::{Future, pending, poll_fn, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::thread;

const fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

const HOUR: Duration = Duration::from_secs(3600);

/// Runs it without threads, with one and with several, several times: what happens doesn't depend on the threads.
fn each_kind<F: Future<Output = T>, T: PartialEq + std::fmt::Debug>(
    make: impl Fn() -> F,
    expected: &T,
) {
    for threads in [0, 1, 2, 4] {
        for _ in 0..10 {
            let builder = Runtime::builder().start_paused(true);
            let builder = match threads {
                0 => builder.current_thread(),
                n => builder.threads(n),
            };
            let runtime = builder.build().unwrap();
            assert_eq!(runtime.block_on(make()), *expected, "{threads} threads");
        }
    }
}

#[costate::test(paused)]
fn time_stands_until_there_is_nothing_else_to_do() {
    let start = Instant::now();
    for _ in 0..1000 {
        yield_now().await;
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
    sleep(HOUR).await;
    assert_eq!(start.elapsed(), HOUR);
    sleep(Duration::from_nanos(1)).await;
    assert_eq!(start.elapsed(), HOUR + Duration::from_nanos(1));
}

#[costate::test(paused, threads = 3)]
fn sleeps_on_several_workers_end_at_their_moment() {
    let start = Instant::now();
    let tasks: Vec<Task<Duration>> = (0..300)
        .map(|n| spawn(naps(start, Duration::from_micros(n * 7919 % 1009))))
        .collect();
    for (n, task) in (0..300u64).zip(tasks) {
        let took = task.await;
        assert_eq!(took, 10 * Duration::from_micros(n * 7919 % 1009));
    }
}

#[costate::coroutine]
fn naps(start: Instant, each: Duration) -> Duration {
    for _ in 0..10 {
        sleep(each).await;
    }
    start.elapsed()
}

/// Says its number when its time has come.
#[costate::coroutine]
fn says(n: u64, at: Duration, said: Arc<Mutex<Vec<u64>>>) {
    sleep(at).await;
    said.lock().unwrap().push(n);
}

#[test]
fn sleeps_end_in_the_order_of_their_deadlines() {
    #[costate::coroutine]
    fn all() -> Vec<u64> {
        let said = Arc::default();
        let order = [9u64, 3, 6, 1, 8, 2, 7, 4, 5, 0];
        let tasks: Vec<_> = order
            .iter()
            .map(|n| spawn(says(*n, Duration::from_nanos(n * 50), Arc::clone(&said))))
            .collect();
        for task in tasks {
            task.await;
        }
        let said = said.lock().unwrap();
        said.clone()
    }
    each_kind(all, &(0..10).collect());
}

#[test]
fn sleeps_with_one_deadline_end_in_the_order_in_which_they_began() {
    #[costate::coroutine]
    fn all() -> Vec<u64> {
        let said = Arc::default();
        let tasks: Vec<_> = (0..50)
            .map(|n| spawn_local(says(n, HOUR, Arc::clone(&said))))
            .collect();
        for task in tasks {
            task.await;
        }
        let said = said.lock().unwrap();
        said.clone()
    }
    each_kind(all, &(0..50).collect());
}

#[test]
fn intervals_tick_at_their_moments_beside_each_other() {
    #[costate::coroutine]
    fn ticks(start: Instant, period: u64, to: mpsc::Sender<(u64, u64)>) {
        let mut ticks = interval_at(start + ms(period), ms(period));
        for _ in 0..30 / period {
            ticks.tick().await;
            let at = start.elapsed().as_millis() as u64;
            to.send((at, period)).await.unwrap();
        }
    }
    #[costate::coroutine]
    fn all() -> Vec<(u64, u64)> {
        let (to, mut from) = mpsc::channel(1);
        let start = Instant::now();
        let tasks = [2, 3, 5].map(|period| spawn(ticks(start, period, to.clone())));
        drop(to);
        let mut seen = Vec::new();
        while let Some(tick) = from.recv().await {
            seen.push(tick);
        }
        for task in tasks {
            task.await;
        }
        // Those of one moment come in any order.
        seen.sort_unstable();
        seen
    }
    let mut expected = Vec::new();
    for period in [2, 3, 5] {
        expected.extend((1..=30 / period).map(|n| (n * period, period)));
    }
    expected.sort_unstable();
    each_kind(all, &expected);
}

#[costate::test(paused)]
fn missed_ticks_burst_or_delay_or_are_skipped() {
    let cases = [
        (MissedTick::Burst, [35, 35, 35, 40]),
        (MissedTick::Delay, [35, 45, 55, 65]),
        (MissedTick::Skip, [35, 40, 50, 60]),
    ];
    for (missed, expected) in cases {
        let start = Instant::now();
        let mut ticks = interval(ms(10));
        ticks.set_missed_tick(missed);
        ticks.tick().await;
        sleep(ms(35)).await;
        for at in expected {
            ticks.tick().await;
            assert_eq!(start.elapsed(), ms(at), "{missed:?}");
        }
    }
}

#[costate::test(paused, threads = 2)]
fn a_timeout_is_up_at_its_moment_and_not_before() {
    let start = Instant::now();
    timeout(ms(10), sleep(ms(10))).await.unwrap();
    assert_eq!(start.elapsed(), ms(10));
    timeout(ms(10), sleep(ms(11))).await.unwrap_err();
    assert_eq!(start.elapsed(), ms(20));
    let nested = timeout(ms(30), timeout(ms(20), pending::<()>())).await;
    assert!(nested.unwrap().is_err());
    assert_eq!(start.elapsed(), ms(40));
    timeout_at(start, pending::<()>()).await.unwrap_err();
    timeout_at(start, ready(())).await.unwrap();
    assert_eq!(start.elapsed(), ms(40));
}

#[costate::test(paused)]
fn a_timer_that_was_dropped_or_set_anew_does_not_move_the_clock() {
    let start = Instant::now();
    for n in 1..100 {
        let mut nap = pin!(sleep(ms(n)));
        poll_fn(|cx| {
            assert!(nap.as_mut().poll(cx).is_pending());
            Poll::Ready(())
        })
        .await;
        nap.reset(start + HOUR * 2);
        timeout(ms(n), pending::<()>()).await.unwrap_err();
    }
    assert_eq!(start.elapsed(), ms(99 * 100 / 2));
    sleep_until(start + HOUR).await;
    assert_eq!(start.elapsed(), HOUR);
}

#[costate::test(paused)]
fn the_clock_is_advanced_by_hand() {
    let start = Instant::now();
    let said = Arc::default();
    let tasks: Vec<_> = [3, 1, 2, 7]
        .map(|n| spawn(says(n, ms(n), Arc::clone(&said))))
        .into();
    yield_now().await;
    advance(ms(2)).await;
    assert_eq!(*said.lock().unwrap(), [1, 2]);
    assert_eq!(start.elapsed(), ms(2));
    advance(ms(4)).await;
    assert_eq!(*said.lock().unwrap(), [1, 2, 3]);
    assert_eq!(start.elapsed(), ms(6));
    drop(tasks);
    advance(Duration::ZERO).await;
    assert_eq!(start.elapsed(), ms(6));
}

#[costate::test(paused, threads = 2)]
fn the_clock_is_advanced_by_hand_with_workers() {
    let start = Instant::now();
    let tasks: Vec<_> = (0..20).map(|n| spawn(naps(start, ms(n)))).collect();
    // It makes no difference whether it goes on by itself meanwhile: nobody is early.
    advance(ms(55)).await;
    for (n, task) in (0..20).zip(tasks) {
        assert!(task.await >= ms(10 * n));
    }
}

#[costate::test]
fn the_clock_goes_on_where_it_stood() {
    let start = Instant::now();
    pause();
    sleep(HOUR).await;
    resume();
    assert!(start.elapsed() >= HOUR);
    sleep(ms(2)).await;
    let later = start.elapsed();
    assert!(later >= HOUR + ms(2) && later < 2 * HOUR);
    // Ahead of the system's by the hour.
    let ahead = Instant::now().into_std();
    assert!(ahead > std::time::Instant::now() + HOUR / 2);
    pause();
    let paused = Instant::now();
    assert!(paused.into_std() >= ahead);
    sleep(HOUR).await;
    assert_eq!(paused.elapsed(), HOUR);
}

#[costate::test(threads = 2)]
fn pausing_wakes_a_driver_that_waits_for_a_timer() {
    let long = spawn(sleep(HOUR));
    // Wherever the driver sleeps by now, or not yet.
    for _ in 0..3 {
        sleep(Duration::from_micros(200)).await;
    }
    pause();
    long.await;
}

fn message(code: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(code)).unwrap_err();
    match payload.downcast::<&'static str>() {
        Ok(message) => (*message).to_owned(),
        Err(payload) => *payload.downcast::<String>().unwrap(),
    }
}

#[test]
fn what_makes_no_sense_panics() {
    #[costate::coroutine]
    fn inside() {
        assert!(message(resume).contains("not paused"));
        pause();
        assert!(message(pause).contains("paused already"));
    }
    costate::block_on(inside());
    assert!(message(|| costate::block_on(advance(ms(1)))).contains("not paused"));
    assert!(message(pause).contains("no costate runtime"));
    assert!(message(resume).contains("no costate runtime"));
    #[costate::coroutine]
    fn too_far() {
        pause();
        advance(Duration::MAX).await;
    }
    assert!(message(|| costate::block_on(too_far())).contains("can't tell"));
}

#[test]
fn runtimes_beside_each_other_have_clocks_of_their_own() {
    let paused = Runtime::builder()
        .current_thread()
        .start_paused(true)
        .build()
        .unwrap();
    let runs = Runtime::current_thread().unwrap();
    let begun = std::time::Instant::now();
    paused.block_on(sleep(HOUR));
    #[costate::coroutine]
    fn now() -> Instant {
        Instant::now()
    }
    let ahead = paused.block_on(now());
    let real = runs.block_on(now());
    assert!(ahead.into_std() >= begun + HOUR);
    assert!(real.into_std() < begun + HOUR);
    assert!(Instant::now() < ahead);
}

/// Sends back what it gets.
#[costate::coroutine]
fn echo(mut stream: UnixStream) {
    let mut buf = [0; 64];
    loop {
        let n = stream.read(&mut buf).await.unwrap();
        if n == 0 {
            return;
        }
        stream.write_all(&buf[..n]).await.unwrap();
    }
}

#[test]
fn sockets_that_are_ready_go_before_time() {
    #[costate::coroutine]
    fn all() -> Duration {
        let start = Instant::now();
        let (mut here, there) = UnixStream::pair().unwrap();
        let other = spawn(echo(there));
        let mut buf = [0; 5];
        for _ in 0..50 {
            timeout(Duration::from_nanos(1), here.write_all(b"hello"))
                .await
                .unwrap()
                .unwrap();
            let read = timeout(Duration::from_nanos(1), here.read_exact(&mut buf)).await;
            read.unwrap().unwrap();
        }
        drop(here);
        other.await;
        start.elapsed()
    }
    each_kind(all, &Duration::ZERO);
}

#[test]
fn a_socket_that_is_silent_lets_time_go_on() {
    #[costate::coroutine]
    fn answers_late(mut stream: UnixStream) {
        sleep(ms(30)).await;
        stream.write_all(b"x").await.unwrap();
        // Held, so that its end is no event.
        pending::<()>().await;
    }
    #[costate::coroutine]
    fn all() -> Vec<(Duration, bool)> {
        let start = Instant::now();
        let (mut here, there) = UnixStream::pair().unwrap();
        let _late = spawn(answers_late(there));
        let mut seen = Vec::new();
        for _ in 0..3 {
            let mut buf = [0];
            let read = timeout(ms(20), here.read(&mut buf)).await;
            seen.push((start.elapsed(), read.is_ok()));
        }
        seen
    }
    each_kind(all, &vec![(ms(20), false), (ms(30), true), (ms(50), false)]);
}

#[test]
fn time_waits_for_blocking_code() {
    #[costate::coroutine]
    fn all() -> Duration {
        let start = Instant::now();
        let (to, from) = std::sync::mpsc::channel();
        let _ticks = spawn(poll_often());
        let blocks = spawn_blocking(move || {
            thread::yield_now();
            to.send(()).unwrap();
            spawn_blocking(move || from.recv().unwrap())
        });
        let inner = timeout(Duration::from_nanos(1), blocks).await.unwrap();
        timeout(Duration::from_nanos(1), inner).await.unwrap();
        let elapsed = start.elapsed();
        // And goes on after it.
        sleep(ms(1)).await;
        assert_eq!(start.elapsed(), ms(1));
        elapsed
    }
    #[costate::coroutine]
    fn poll_often() {
        loop {
            sleep(HOUR).await;
        }
    }
    each_kind(all, &Duration::ZERO);
}

#[test]
fn time_goes_on_when_blocking_code_was_cancelled_before_it_began() {
    let runtime = Runtime::builder()
        .current_thread()
        .start_paused(true)
        .max_blocking_threads(1)
        .build()
        .unwrap();
    #[costate::coroutine]
    fn all() {
        let (end, ends) = std::sync::mpsc::channel::<()>();
        let first = spawn_blocking(move || ends.recv());
        drop(spawn_blocking(|| unreachable!("it was cancelled")));
        end.send(()).unwrap();
        first.await.unwrap();
        sleep(HOUR).await;
    }
    runtime.block_on(all());
}

#[test]
fn tasks_that_wake_each_other_on_several_workers_go_before_time() {
    #[costate::coroutine]
    fn passes_on(from: Arc<Notify>, to: Arc<Notify>) {
        for _ in 0..20 {
            from.notified().await;
            to.notify_one();
        }
    }
    #[costate::coroutine]
    fn all() -> Duration {
        let start = Instant::now();
        let bells: Vec<Arc<Notify>> = (0..=8).map(|_| Arc::default()).collect();
        let tasks: Vec<_> = bells
            .windows(2)
            .map(|pair| spawn(passes_on(Arc::clone(&pair[0]), Arc::clone(&pair[1]))))
            .collect();
        for _ in 0..20 {
            bells[0].notify_one();
            let last = bells[8].notified();
            timeout(Duration::from_nanos(1), last).await.unwrap();
        }
        for task in tasks {
            task.await;
        }
        start.elapsed()
    }
    each_kind(all, &Duration::ZERO);
}

#[test]
fn a_thread_of_the_users_wakes_while_time_stands() {
    #[costate::coroutine]
    fn all() -> u32 {
        // Without timers there is nothing to jump to, so nobody is too late.
        let (sender, receiver) = oneshot::channel();
        let thread = thread::spawn(move || sender.send(7).unwrap());
        let got = receiver.await.unwrap();
        thread.join().unwrap();
        got
    }
    each_kind(all, &7);
}

#[test]
fn a_runtime_ends_though_its_clock_is_paused() {
    #[costate::coroutine]
    fn all() {
        for _ in 0..10 {
            spawn(sleep(HOUR)).detach();
            spawn(pending::<()>()).detach();
        }
        yield_now().await;
    }
    each_kind(all, &());
}

#[test]
fn a_sleep_goes_to_another_runtime() {
    let make = || {
        let builder = Runtime::builder().start_paused(true);
        builder.current_thread().build().unwrap()
    };
    let (first, second) = (make(), make());
    let mut nap = first.block_on(poll_fn(|_| Poll::Ready(sleep(HOUR))));
    first.block_on(poll_fn(|cx| {
        assert!(Pin::new(&mut nap).poll(cx).is_pending());
        Poll::Ready(())
    }));
    second.block_on(&mut nap);
    assert!(second.block_on(poll_fn(|_| Poll::Ready(nap.is_elapsed()))));
}
