//! What is our own of this module, under every interleaving: `RUSTFLAGS="--cfg loom" cargo test -p costate --release --lib loom`.

use super::{Barrier, CancelToken, Notify, broadcast, mpsc, oneshot, watch};
use loom::future::block_on;
use loom::thread;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn model(check: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(check);
}

#[test]
fn loom_a_notification_is_seen_by_one_who_begins_to_wait() {
    model(|| {
        let notify = Arc::new(Notify::new());
        let other = Arc::clone(&notify);
        let waits = thread::spawn(move || block_on(other.notified()));
        notify.notify_one();
        waits.join().unwrap();
    });
}

#[test]
fn loom_a_notification_granted_to_one_who_leaves_goes_to_the_next() {
    model(|| {
        let notify = Arc::new(Notify::new());
        let (gives_up, gives) = (Arc::clone(&notify), Arc::clone(&notify));
        let first = thread::spawn(move || {
            let mut waits = pin!(gives_up.notified());
            // Whether it noticed.
            poll_once(waits.as_mut()).is_ready()
        });
        let second = thread::spawn(move || gives.notify_one());
        if !first.join().unwrap() {
            block_on(notify.notified());
        }
        second.join().unwrap();
    });
}

#[test]
fn loom_a_value_is_received_or_given_back() {
    model(|| {
        let (sender, receiver) = oneshot::channel();
        let sends = thread::spawn(move || sender.send(1));
        let received = block_on(receiver);
        assert_eq!((sends.join().unwrap(), received), (Ok(()), Ok(1)));

        let (sender, receiver) = oneshot::channel::<u32>();
        let gone = thread::spawn(move || drop(sender));
        assert!(block_on(receiver).is_err());
        gone.join().unwrap();
    });
}

#[test]
fn loom_a_barrier_lets_both_go_and_one_lead() {
    model(|| {
        let barrier = Arc::new(Barrier::new(2));
        let other = Arc::clone(&barrier);
        let waits = thread::spawn(move || block_on(other.wait()).is_leader());
        let here = block_on(barrier.wait()).is_leader();
        assert_ne!(here, waits.join().unwrap());
    });
}

#[test]
fn loom_a_child_hears_of_a_cancel_whenever_it_was_made() {
    model(|| {
        let token = CancelToken::new();
        let other = token.clone();
        let cancels = thread::spawn(move || other.cancel());
        block_on(token.child_token().cancelled());
        cancels.join().unwrap();
    });
}

#[test]
fn loom_the_last_value_of_a_watch_is_seen() {
    model(|| {
        let (sender, mut receiver) = watch::channel(0);
        let sends = thread::spawn(move || sender.send(1));
        assert!(block_on(receiver.changed()).is_ok());
        assert_eq!(*receiver.borrow(), 1);
        sends.join().unwrap().unwrap();
    });
}

#[test]
fn loom_a_broadcast_reaches_each_receiver_and_tells_of_its_end() {
    model(|| {
        let (sender, mut here) = broadcast::channel(1);
        let mut there = sender.subscribe();
        let sends = thread::spawn(move || sender.send(7).map(drop));
        let receives = thread::spawn(move || block_on(there.recv()));
        assert_eq!(block_on(here.recv()), Ok(7));
        assert_eq!(receives.join().unwrap(), Ok(7));
        sends.join().unwrap().unwrap();
        assert!(block_on(here.recv()).is_err());
    });
}

#[test]
fn loom_values_are_received_though_there_is_room_for_one() {
    model(|| {
        let (sender, mut receiver) = mpsc::channel(1);
        let sends = thread::spawn(move || {
            for n in 0..2 {
                block_on(sender.send(n)).unwrap();
            }
        });
        assert_eq!(block_on(receiver.recv()), Some(0));
        assert_eq!(block_on(receiver.recv()), Some(1));
        assert_eq!(block_on(receiver.recv()), None);
        sends.join().unwrap();
    });
}

#[test]
fn loom_room_granted_to_a_sender_that_leaves_goes_to_the_next() {
    model(|| {
        let (sender, mut receiver) = mpsc::channel(1);
        sender.try_send(0).unwrap();
        let other = sender.clone();
        let gives_up = thread::spawn(move || {
            let mut send = pin!(other.send(1));
            // Whether it was sent, at once or by the room that it was granted.
            poll_once(send.as_mut()).is_ready() || poll_once(send.as_mut()).is_ready()
        });
        let sends = thread::spawn(move || block_on(sender.send(2)));
        assert_eq!(block_on(receiver.recv()), Some(0));
        let mut rest = Vec::new();
        while let Some(value) = block_on(receiver.recv()) {
            rest.push(value);
        }
        rest.sort_unstable();
        assert_eq!(sends.join().unwrap(), Ok(()));
        let sent = gives_up.join().unwrap();
        assert_eq!(rest, if sent { vec![1, 2] } else { vec![2] });
    });
}

#[test]
fn loom_a_sender_that_waits_hears_that_the_receiver_is_gone() {
    model(|| {
        let (sender, receiver) = mpsc::channel(1);
        let held = std::sync::Arc::new(());
        assert!(sender.try_send(Arc::clone(&held)).is_ok());
        let sends = thread::spawn({
            let held = Arc::clone(&held);
            move || block_on(sender.send(held)).is_err()
        });
        drop(receiver);
        assert!(sends.join().unwrap());
        assert_eq!(Arc::strong_count(&held), 1);
    });
}
