//! hyper's timer and executor on ours.

use costate::block_on;
use costate::compat::{CostateExecutor, CostateTimer};
use costate::sync::oneshot;
use costate::time::pause;
use hyper::rt::{Executor, Sleep, Timer};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn it_sleeps_by_the_clock_that_is_paused() {
    #[costate::coroutine]
    fn body() {
        pause();
        let timer = CostateTimer::new();
        let begun = timer.now();
        timer.sleep(HOUR).await;
        assert_eq!(timer.now() - begun, HOUR);
        timer.sleep_until(begun + 3 * HOUR).await;
        assert_eq!(timer.now() - begun, 3 * HOUR);
        timer.sleep_until(begun).await;
        assert_eq!(timer.now() - begun, 3 * HOUR);
    }
    block_on(body());
}

#[test]
fn a_sleep_is_reset_where_it_is_and_also_after_it_has_ended() {
    #[costate::coroutine]
    fn body() {
        pause();
        let timer = CostateTimer::new();
        let begun = timer.now();
        let mut sleep = timer.sleep(HOUR);
        let place = std::ptr::from_ref(&*sleep).addr();
        timer.reset(&mut sleep, begun + 2 * HOUR);
        sleep.as_mut().await;
        assert_eq!(timer.now() - begun, 2 * HOUR);
        timer.reset(&mut sleep, begun + 5 * HOUR);
        sleep.as_mut().await;
        assert_eq!(timer.now() - begun, 5 * HOUR);
        assert_eq!(std::ptr::from_ref(&*sleep).addr(), place);
    }
    block_on(body());
}

#[test]
fn a_sleep_of_another_timer_is_replaced() {
    struct Never;
    impl Future for Never {
        type Output = ();
        fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
            Poll::Pending
        }
    }
    impl Sleep for Never {}
    #[costate::coroutine]
    fn body() {
        pause();
        let timer = CostateTimer::new();
        let begun = timer.now();
        let mut sleep: Pin<Box<dyn Sleep>> = Box::pin(Never);
        timer.reset(&mut sleep, begun + HOUR);
        sleep.await;
        assert_eq!(timer.now() - begun, HOUR);
    }
    block_on(body());
}

#[test]
fn what_it_executes_is_a_task_that_nobody_need_hold() {
    #[costate::coroutine]
    fn work(done: oneshot::Sender<u32>) {
        costate::task::yield_now().await;
        let _ = done.send(7);
    }
    #[costate::coroutine]
    fn body() -> u32 {
        let (sender, done) = oneshot::channel();
        CostateExecutor::new().execute(work(sender));
        done.await.expect("it runs to its end")
    }
    assert_eq!(block_on(body()), 7);
}
