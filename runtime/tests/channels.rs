//! Channels: order, ends, what is lost and what isn't.

use costate::sync::{broadcast, mpsc, oneshot, watch};
use costate::{block_on, spawn};
use futures::future::{join, join_all, lazy};
use futures::{FutureExt, Stream};
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::thread;

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn a_oneshot_gives_its_value_or_says_that_none_will_come() {
    let (sender, mut receiver) = oneshot::channel();
    assert_eq!(receiver.try_recv(), Err(oneshot::TryRecvError::Empty));
    assert!(poll(Pin::new(&mut receiver)).is_pending());
    sender.send(1).unwrap();
    assert_eq!(poll(Pin::new(&mut receiver)), Poll::Ready(Ok(1)));
    assert_eq!(receiver.try_recv(), Err(oneshot::TryRecvError::Closed));

    let (sender, receiver) = oneshot::channel::<u32>();
    drop(sender);
    assert!(block_on(receiver).is_err());

    let (mut sender, mut receiver) = oneshot::channel();
    assert!(poll(pin!(sender.closed())).is_pending());
    receiver.close();
    assert_eq!(sender.closed().now_or_never(), Some(()));
    assert_eq!(sender.send(1), Err(1));
}

#[test]
fn what_a_dropped_receiver_did_not_take_is_dropped() {
    let value = Arc::new(());
    let (sender, receiver) = oneshot::channel();
    sender.send(Arc::clone(&value)).unwrap();
    drop(receiver);
    let (sender, receiver) = mpsc::channel(2);
    sender.try_send(Arc::clone(&value)).unwrap();
    drop(receiver);
    assert!(sender.is_closed());
    let (sender, receiver) = broadcast::channel(2);
    let slow = sender.subscribe();
    sender.send(Arc::clone(&value)).unwrap();
    drop(receiver);
    assert_eq!((Arc::strong_count(&value), slow.len()), (2, 1));
    drop(slow);
    assert_eq!(Arc::strong_count(&value), 1);
}

#[test]
fn values_of_many_senders_come_in_the_order_of_each() {
    #[costate::coroutine]
    fn send(to: mpsc::Sender<(usize, usize)>, who: usize) {
        for n in 0..100 {
            let sent = to.send((who, n)).await;
            sent.unwrap();
        }
    }
    #[costate::coroutine]
    fn receive() -> [usize; 8] {
        let (to, mut from) = mpsc::channel(3);
        for who in 0..8 {
            spawn(send(to.clone(), who)).detach();
        }
        drop(to);
        let mut next = [0; 8];
        while let Some((who, n)) = from.recv().await {
            assert_eq!(n, next[who]);
            next[who] += 1;
        }
        next
    }
    assert_eq!(block_on(receive()), [100; 8]);
}

#[test]
fn a_sender_that_leaves_sends_nothing_and_its_room_goes_to_the_next() {
    let (sender, mut receiver) = mpsc::channel(1);
    sender.try_send(0).unwrap();
    assert_eq!(sender.try_send(9), Err(mpsc::TrySendError::Full(9)));
    assert_eq!((sender.capacity(), sender.max_capacity()), (0, 1));
    let (mut first, mut second) = (Box::pin(sender.send(1)), Box::pin(sender.send(2)));
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    assert_eq!(receiver.try_recv(), Ok(0));
    drop(first);
    assert_eq!(poll(second.as_mut()), Poll::Ready(Ok(())));
    assert_eq!(receiver.try_recv(), Ok(2));
    drop(second);
    receiver.close();
    assert_eq!(sender.try_send(3), Err(mpsc::TrySendError::Closed(3)));
    assert_eq!(receiver.try_recv(), Err(mpsc::TryRecvError::Disconnected));
}

#[test]
fn threads_send_and_receive_by_blocking() {
    let (sender, mut receiver) = mpsc::channel(1);
    let (back, mut answers) = mpsc::channel(1);
    let other = thread::spawn(move || {
        while let Some(n) = receiver.blocking_recv() {
            back.blocking_send(n + 1).unwrap();
        }
    });
    let ask = |n| sender.send(n).map(Result::unwrap);
    assert_eq!(block_on(join(ask(1), answers.recv())).1, Some(2));
    drop(sender);
    other.join().unwrap();
    assert_eq!(block_on(answers.recv()), None);
}

#[test]
fn every_receiver_gets_every_value_and_is_told_what_it_missed() {
    let (sender, mut quick) = broadcast::channel(2);
    let mut slow = sender.subscribe();
    for n in 0..3 {
        assert_eq!(sender.send(n), Ok(2));
        assert_eq!(quick.try_recv(), Ok(n));
    }
    assert_eq!(slow.try_recv(), Err(broadcast::TryRecvError::Lagged(1)));
    assert_eq!(slow.recv().now_or_never(), Some(Ok(1)));
    let mut late = slow.resubscribe();
    assert!(late.is_empty());
    sender.send(3).unwrap();
    drop(sender);
    let rest: Vec<u32> = std::iter::from_fn(|| slow.try_recv().ok()).collect();
    assert_eq!(rest, [2, 3]);
    assert_eq!(late.try_recv(), Ok(3));
    assert_eq!(
        late.recv().now_or_never(),
        Some(Err(broadcast::RecvError::Closed))
    );
}

#[test]
fn a_value_is_kept_until_the_last_receiver_has_it() {
    let (sender, mut one) = broadcast::channel(8);
    let mut two = sender.subscribe();
    let value = Arc::new(());
    sender.send(Arc::clone(&value)).unwrap();
    drop(one.try_recv().unwrap());
    assert_eq!(Arc::strong_count(&value), 2);
    drop(two.try_recv().unwrap());
    assert_eq!((Arc::strong_count(&value), sender.len()), (1, 0));
    drop((one, two));
    assert!(sender.send(value).is_err());
}

#[test]
fn waiting_receivers_are_woken_by_a_value() {
    let (sender, receiver) = broadcast::channel(4);
    #[costate::coroutine]
    fn receive(mut receiver: broadcast::Receiver<u32>) -> Result<u32, broadcast::RecvError> {
        receiver.recv().await
    }
    let all = lazy(|_| join_all((0..3).map(|_| spawn(receive(receiver.resubscribe())))));
    let sent = costate::task::yield_now().map(|()| sender.send(7).unwrap());
    let (received, sent) = block_on(join(all.flatten(), sent));
    assert_eq!((received, sent), (vec![Ok(7); 3], 4));
}

#[test]
fn a_watch_shows_the_newest_value_and_whether_it_was_seen() {
    let (mut sender, mut receiver) = watch::channel(0);
    assert_eq!(receiver.has_changed(), Ok(false));
    assert!(poll(pin!(receiver.changed())).is_pending());
    let before = sender.send_replace(1);
    assert_eq!((*before, *receiver.borrow()), (0, 1));
    assert_eq!(receiver.has_changed(), Ok(true));
    let mut fresh = sender.subscribe();
    assert_eq!(fresh.has_changed(), Ok(false));
    assert_eq!(receiver.changed().now_or_never(), Some(Ok(())));
    sender.send_modify(|value| *value += 1);
    let wanted = receiver.wait_for(|value| *value == 2).now_or_never();
    assert_eq!(*wanted.unwrap().unwrap(), 2);
    drop(sender);
    assert_eq!(fresh.changed().now_or_never(), Some(Ok(())));
    assert!(fresh.changed().now_or_never().unwrap().is_err());
    assert_eq!(*fresh.borrow(), 2);
}

#[test]
fn a_watch_without_receivers_says_so() {
    let (sender, receiver) = watch::channel(0);
    let clone = receiver.clone();
    assert_eq!(sender.receiver_count(), 2);
    assert!(poll(pin!(sender.closed())).is_pending());
    drop((receiver, clone));
    assert_eq!(sender.closed().now_or_never(), Some(()));
    assert!(sender.send(1).is_err());
}

#[test]
fn room_goes_to_the_sender_that_has_waited_longest() {
    let (sender, mut receiver) = mpsc::channel(1);
    sender.try_send(0).unwrap();
    let mut sends: Vec<_> = (1..4).map(|n| Box::pin(sender.send(n))).collect();
    for send in &mut sends {
        assert!(poll(send.as_mut()).is_pending());
    }
    assert_eq!(receiver.try_recv(), Ok(0));
    // It is the first one's, though that hasn't noticed; nobody passes it.
    assert_eq!(sender.capacity(), 0);
    assert_eq!(sender.try_send(9), Err(mpsc::TrySendError::Full(9)));
    assert!(poll(sends[1].as_mut()).is_pending());
    // It gives up, and the second has it.
    drop(sends.remove(0));
    assert_eq!(poll(sends[0].as_mut()), Poll::Ready(Ok(())));
    assert_eq!(receiver.try_recv(), Ok(2));
    // One that waits and wasn't granted anything gives nothing on.
    let mut last = Box::pin(sender.send(4));
    assert!(poll(last.as_mut()).is_pending());
    drop(last);
    receiver.close();
    assert!(matches!(
        poll(sends[1].as_mut()),
        Poll::Ready(Err(mpsc::SendError(3)))
    ));
    assert_eq!(receiver.try_recv(), Err(mpsc::TryRecvError::Disconnected));
}

#[test]
fn a_receiver_is_a_stream_of_its_values() {
    let (to, from) = mpsc::channel(2);
    let mut cx = Context::from_waker(Waker::noop());
    let mut from = pin!(from);
    assert!(from.as_mut().poll_next(&mut cx).is_pending());
    to.try_send(1).unwrap();
    assert_eq!(from.as_mut().poll_next(&mut cx), Poll::Ready(Some(1)));
    to.try_send(2).unwrap();
    drop(to);
    assert_eq!(from.poll_recv(&mut cx), Poll::Ready(Some(2)));
    assert_eq!(from.poll_next(&mut cx), Poll::Ready(None));
}

#[test]
fn a_receiver_that_stops_waiting_leaves_no_waker() {
    let (sender, mut receiver) = mpsc::channel::<u32>(1);
    let held = Arc::new(());
    struct Holds(#[allow(dead_code, reason = "it is counted")] Arc<()>);
    impl std::task::Wake for Holds {
        fn wake(self: Arc<Self>) {}
    }
    let waker = Waker::from(Arc::new(Holds(Arc::clone(&held))));
    let mut waits = Box::pin(receiver.recv());
    let polled = waits.as_mut().poll(&mut Context::from_waker(&waker));
    assert!(polled.is_pending());
    drop((waits, waker));
    assert_eq!(Arc::strong_count(&held), 1);
    drop(sender);
    assert_eq!(block_on(receiver.recv()), None);
}
