//! What is timed, once for all runtimes. Each gives the time from within a task, without the start of the runtime.

use crate::peers::Peer;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

pub async fn spawn_batch<P: Peer>(n: usize) -> Duration {
    let begun = Instant::now();
    let tasks: Vec<_> = (0..n).map(|i| P::spawn(async move { i })).collect();
    for task in tasks {
        task.await;
    }
    begun.elapsed()
}

pub async fn spawn_one<P: Peer>(n: usize) -> Duration {
    let begun = Instant::now();
    for i in 0..n {
        P::spawn(async move { i }).await;
    }
    begun.elapsed()
}

/// `n` yields of 100 tasks together.
pub async fn yields<P: Peer>(n: usize) -> Duration {
    let begun = Instant::now();
    let each = n / 100;
    let tasks: Vec<_> = (0..100).map(|_| P::spawn(yields_of::<P>(each))).collect();
    for task in tasks {
        task.await;
    }
    begun.elapsed()
}

async fn yields_of<P: Peer>(n: usize) {
    for _ in 0..n {
        P::yield_now().await;
    }
}

/// There and back, through channels that hold one message.
pub async fn ping_pong<P: Peer>(n: usize) -> Duration {
    let ((there, mut here), (back, mut again)) = (P::channel(1), P::channel(1));
    let other = P::spawn(async move {
        while let Some(value) = P::receive(&mut here).await {
            P::send(&back, value).await;
        }
    });
    let begun = Instant::now();
    for i in 0..n as u64 {
        P::send(&there, i).await;
        assert_eq!(P::receive(&mut again).await, Some(i));
    }
    let time = begun.elapsed();
    drop(there);
    other.await;
    time
}

/// `n` messages of several senders to one receiver.
pub async fn messages<P: Peer, const SENDERS: usize>(n: usize) -> Duration {
    let begun = Instant::now();
    let (sender, mut receiver) = P::channel(128);
    for _ in 0..SENDERS {
        P::detach(sends::<P>(sender.clone(), n / SENDERS));
    }
    drop(sender);
    let mut received = 0;
    while P::receive(&mut receiver).await.is_some() {
        received += 1;
    }
    assert_eq!(received, n / SENDERS * SENDERS);
    begun.elapsed()
}

async fn sends<P: Peer>(sender: P::Sender, n: usize) {
    for i in 0..n as u64 {
        P::send(&sender, i).await;
    }
}

/// `n` locks by eight tasks, one in 16 of which is held over a suspension.
pub async fn mutex<P: Peer>(n: usize) -> Duration {
    let begun = Instant::now();
    let mutex = Arc::new(P::mutex());
    let tasks: Vec<_> = (0..8)
        .map(|_| P::spawn(locks::<P>(Arc::clone(&mutex), n / 8)))
        .collect();
    for task in tasks {
        task.await;
    }
    begun.elapsed()
}

async fn locks<P: Peer>(mutex: Arc<P::Mutex>, n: usize) {
    for i in 0..n {
        P::add(&mutex, i % 16 == 0).await;
    }
}

/// A deadline that is set, and dropped before it comes.
pub async fn timers<P: Peer>(n: usize) -> Duration {
    let begun = Instant::now();
    for _ in 0..n {
        let mut sleep = pin!(P::sleep(Duration::from_secs(3600)));
        poll_fn(|cx| {
            assert!(sleep.as_mut().poll(cx).is_pending());
            Poll::Ready(())
        })
        .await;
    }
    begun.elapsed()
}

/// `n` round trips in all over so many connections; both ends are in this process.
pub async fn echo<P: Peer, const CONNECTIONS: usize>(n: usize) -> Duration {
    let (listener, address) = P::listen().await;
    let server = P::spawn(async move {
        for _ in 0..CONNECTIONS {
            P::detach(serve::<P>(P::accept(&listener).await));
        }
    });
    let mut streams = Vec::new();
    for _ in 0..CONNECTIONS {
        streams.push(P::connect(address).await);
    }
    server.await;
    let begun = Instant::now();
    let trips = |stream| P::spawn(trips::<P>(stream, n / CONNECTIONS));
    let tasks: Vec<_> = streams.into_iter().map(trips).collect();
    for task in tasks {
        task.await;
    }
    begun.elapsed()
}

/// Sends back what comes, until the end.
pub async fn serve<P: Peer>(mut stream: P::Stream) {
    let mut buf = [0; 64];
    while P::read(&mut stream, &mut buf).await && P::write(&mut stream, &buf).await {}
}

async fn trips<P: Peer>(mut stream: P::Stream, n: usize) {
    let mut buf = [7; 64];
    for _ in 0..n {
        assert!(P::write(&mut stream, &buf).await && P::read(&mut stream, &mut buf).await);
    }
}

pub async fn udp<P: Peer>(n: usize) -> Duration {
    let [here, there] = P::udp_pair().await;
    let other = P::spawn(async move {
        let mut buf = [0; 64];
        for _ in 0..n {
            P::receive_datagram(&there, &mut buf).await;
            P::send_datagram(&there, &buf).await;
        }
    });
    let begun = Instant::now();
    let mut buf = [7; 64];
    for _ in 0..n {
        P::send_datagram(&here, &buf).await;
        P::receive_datagram(&here, &mut buf).await;
    }
    other.await;
    begun.elapsed()
}

/// By how much `n` timers, spread over a second, were late: the median and the 99th of a hundred.
pub async fn lateness<P: Peer>(n: usize) -> [Duration; 2] {
    let begun = Instant::now();
    let tasks: Vec<_> = (0..n)
        .map(|i| {
            // No order, and all different.
            let at = i * 7919 % n * 1_000_000 / n;
            P::spawn(late::<P>(
                begun + Duration::from_millis(200) + Duration::from_micros(at as u64),
            ))
        })
        .collect();
    let mut late = Vec::with_capacity(n);
    for task in tasks {
        late.push(task.await);
    }
    late.sort();
    [late[n / 2], late[n * 99 / 100]]
}

async fn late<P: Peer>(deadline: Instant) -> Duration {
    P::sleep(deadline.saturating_duration_since(Instant::now())).await;
    deadline.elapsed()
}
