//! What was waited for or held is given back.

use super::*;
use costate::net::UnixStream;
use costate::sync::{Mutex, Semaphore, mpsc, oneshot};
use costate::time::{Duration, sleep};
use costate::{Coroutine, spawn, spawn_blocking};
use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Wake, Waker};

#[costate::coroutine(Send)]
fn adds(lock: Arc<Mutex<u32>>, permits: Arc<Semaphore>, begun: Signal) {
    let _permit = permits.acquire().await;
    begun.notify_one();
    *lock.lock().await += 1;
}

#[test]
fn a_waiter_for_a_lock_or_a_permit_gives_up_its_place() {
    #[costate::coroutine(Send)]
    fn test() {
        let (lock, permits) = (Arc::new(Mutex::new(0)), Arc::new(Semaphore::new(1)));
        let begun = Signal::default();
        let guard = lock.lock().await;
        // The first has the permit and waits for the lock, the second waits for the permit.
        let first = spawn(adds(lock.clone(), permits.clone(), begun.clone()));
        begun.notified().await;
        let second = spawn(adds(lock.clone(), permits.clone(), begun.clone()));
        turns(3).await;
        assert_eq!(second.cancel_and_join().await, None);
        assert_eq!(first.cancel_and_join().await, None);
        let _permit = permits.acquire().await;
        drop(guard);
        assert_eq!(*lock.lock().await, 0);
    }
    on_each_paused(test);
}

#[test]
fn what_was_granted_and_not_taken_goes_to_the_next() {
    #[costate::coroutine(Send)]
    fn test() {
        for _ in 0..50 {
            let (lock, permits) = (Arc::new(Mutex::new(0)), Arc::new(Semaphore::new(2)));
            let begun = Signal::default();
            let guard = lock.lock().await;
            let first = spawn(adds(lock.clone(), permits.clone(), begun.clone()));
            begun.notified().await;
            let second = spawn(adds(lock.clone(), permits.clone(), begun.clone()));
            begun.notified().await;
            turns(2).await;
            // Granted to the first, which is cancelled before it has taken it, or thereafter.
            drop(guard);
            first.cancel();
            second.await;
            let taken = u32::from(first.cancel_and_join().await.is_some());
            assert_eq!(*lock.lock().await, 1 + taken);
        }
    }
    on_each_paused(test);
}

#[test]
fn recv_loses_no_message() {
    type Shared = Arc<Mutex<mpsc::Receiver<u32>>>;
    #[costate::coroutine(Send)]
    fn takes(receiver: Shared, got: Arc<AtomicU32>, begun: Signal) {
        let mut receiver = receiver.lock().await;
        begun.notify_one();
        while let Some(message) = receiver.recv().await {
            got.fetch_add(message, Ordering::SeqCst);
        }
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (sender, receiver) = mpsc::channel(8);
        let (receiver, got) = (
            Shared::new(Mutex::new(receiver)),
            Arc::new(AtomicU32::new(0)),
        );
        let begun = Signal::default();
        for n in 1..=100 {
            let task = spawn(takes(receiver.clone(), got.clone(), begun.clone()));
            begun.notified().await;
            sender.send(n).await.expect("it is received");
            // Woken, and perhaps not yet run.
            assert_eq!(task.cancel_and_join().await, None);
            while let Ok(message) = receiver.lock().await.try_recv() {
                got.fetch_add(message, Ordering::SeqCst);
            }
        }
        assert_eq!(got.load(Ordering::SeqCst), 5050);
    }
    on_each_paused(test);
}

#[test]
fn send_keeps_or_returns_its_value() {
    #[costate::coroutine(Send)]
    fn sends(sender: mpsc::Sender<Said>, value: Said, begun: Signal) {
        begun.notify_one();
        let _ = sender.send(value).await;
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let (sender, mut receiver) = mpsc::channel(1);
        let first = sender.try_send(Said(log.clone(), "first"));
        assert!(first.is_ok());
        let value = Said(log.clone(), "second");
        let task = spawn(sends(sender.clone(), value, begun.clone()));
        begun.notified().await;
        turns(2).await;
        assert_eq!(said(&log), [""; 0]);
        // It keeps it to the end.
        assert_eq!(task.cancel_and_join().await, None);
        assert_eq!(said(&log), ["second"]);
        drop(receiver.recv().await);
        assert!(receiver.try_recv().is_err());
        drop(receiver);
        let refused = sender.send(Said(log.clone(), "third")).await;
        assert_eq!(said(&log), ["first"]);
        // It is in there.
        drop(refused);
        assert_eq!(said(&log), ["third"]);
    }
    on_each_paused(test);
}

struct Counted;

impl Wake for Counted {
    fn wake(self: Arc<Self>) {}
}

#[test]
fn a_timer_is_deregistered() {
    #[costate::coroutine(Send)]
    fn naps() {
        sleep(Duration::from_secs(3600)).await;
    }
    #[costate::coroutine(Send)]
    fn test() {
        let counted = Arc::new(Counted);
        {
            let waker = Waker::from(counted.clone());
            let mut cx = Context::from_waker(&waker);
            let mut naps = pin!(naps());
            assert!(naps.as_mut().poll(&mut cx).is_pending());
            // The timer's.
            assert_eq!(Arc::strong_count(&counted), 3);
            assert!(naps.as_mut().poll_cancel(&mut cx).is_ready());
            assert_eq!(Arc::strong_count(&counted), 2);
        }
        assert_eq!(Arc::strong_count(&counted), 1);
    }
    on_each_paused(test);
}

#[test]
fn a_descriptor_is_deregistered_before_it_is_closed() {
    #[costate::coroutine(Send)]
    fn reads(mut stream: UnixStream, begun: Signal) {
        begun.notify_one();
        let _ = stream.read(&mut [0]).await;
    }
    #[costate::coroutine(Send)]
    fn test() {
        let begun = Signal::default();
        for _ in 0..50 {
            let (here, mut there) = UnixStream::pair().expect("there is room");
            let task = spawn(reads(here, begun.clone()));
            begun.notified().await;
            assert_eq!(task.cancel_and_join().await, None);
            // It is closed by now.
            assert_eq!(there.read(&mut [0]).await.expect("that is an end"), 0);
            drop(there);
            // These have the same numbers, and hear of nothing that was meant for those.
            let (mut here, mut there) = UnixStream::pair().expect("there is room");
            here.write_all(b"x").await.expect("there is room");
            let mut buf = [0; 2];
            assert_eq!(there.read(&mut buf).await.expect("it is there"), 1);
        }
    }
    on_each_paused(test);
}

#[cfg(unix)]
#[test]
fn a_child_is_killed_and_reaped() {
    use costate::process::{Child, Command, Stdio};

    #[costate::coroutine(Send)]
    fn waits(mut child: Child, begun: Signal) {
        let _stdin = child.stdin.take();
        begun.notify_one();
        let _ = child.wait().await;
    }
    #[costate::coroutine(Send)]
    fn test() {
        let begun = Signal::default();
        let mut command = Command::new("cat");
        command.stdin(Stdio::piped()).stdout(Stdio::null());
        let child = command.spawn().expect("it is installed");
        let system = std::path::PathBuf::from(format!("/proc/{}", child.id()));
        assert!(system.exists() || !std::path::Path::new("/proc/self").exists());
        let task = spawn(waits(child, begun.clone()));
        begun.notified().await;
        turns(2).await;
        assert_eq!(task.cancel_and_join().await, None);
        // A zombie would still be there.
        assert!(!system.exists());
    }
    on_each_paused(test);
}

#[test]
fn a_blocking_job_is_dropped_if_it_has_not_started_and_else_joined() {
    #[costate::coroutine(Send)]
    fn test() {
        let log = Log::default();
        let (let_go, waits) = std::sync::mpsc::channel::<()>();
        let (begins, begun) = oneshot::channel();
        let started = spawn_blocking(move || {
            begins.send(()).expect("it is received");
            waits.recv().expect("it is sent");
            7
        });
        begun.await.expect("it is sent");
        // There is one thread.
        let held = Said(log.clone(), "dropped");
        let queued = spawn_blocking(move || {
            let held = held;
            say(&held.0, "ran");
        });
        queued.cancel();
        started.cancel();
        turns(3).await;
        assert!(!started.is_finished());
        let_go.send(()).expect("it waits for that");
        assert_eq!(started.cancel_and_join().await, Some(7));
        assert_eq!(queued.cancel_and_join().await, None);
        assert_eq!(said(&log), ["dropped"]);
    }
    for threads in [0, 1, 2] {
        let builder = Runtime::builder().max_blocking_threads(1);
        let builder = match threads {
            0 => builder.current_thread(),
            threads => builder.threads(threads),
        };
        let runtime = builder.build().expect("a runtime can be made");
        runtime.block_on(runtime.spawn(test()));
    }
}
