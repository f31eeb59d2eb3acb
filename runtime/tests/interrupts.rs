//! A storm of signals, each of which ends a system call early. In a process of its own, whose threads get them all.
#![cfg(unix)]

use costate::net::{TcpListener, TcpStream};
use costate::time::{Duration, Instant, sleep};
use costate::{Runtime, spawn, spawn_blocking};
use rustix::process::{Signal, getpid, kill_process};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;

#[costate::coroutine]
fn echo(listener: TcpListener) {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut buf = [0; 100];
    while stream.read_exact(&mut buf).await.is_ok() {
        stream.write_all(&buf).await.unwrap();
    }
}

#[costate::coroutine]
fn works() -> u32 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = spawn(echo(listener));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut buf = [7; 100];
    for n in 0..100 {
        stream.write_all(&buf).await.unwrap();
        stream.read_exact(&mut buf).await.unwrap();
        let start = Instant::now();
        let nap = Duration::from_micros(n * 10);
        sleep(nap).await;
        assert!(start.elapsed() >= nap);
        let blocks = spawn_blocking(move || {
            thread::sleep(Duration::from_micros(100));
            n
        });
        assert_eq!(blocks.await, n);
    }
    drop(stream);
    server.await;
    100
}

#[test]
fn signals_end_waits_and_nothing_else() {
    let (seen, stop) = (
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let counts = Arc::clone(&seen);
    // SAFETY: the handler adds to a number, which may be done in one.
    unsafe {
        let count = move || _ = counts.fetch_add(1, SeqCst);
        signal_hook::low_level::register(signal_hook::consts::SIGUSR1, count).unwrap();
    }
    let storm = thread::spawn({
        let stop = Arc::clone(&stop);
        move || {
            while !stop.load(SeqCst) {
                kill_process(getpid(), Signal::USR1).unwrap();
                thread::yield_now();
            }
        }
    });
    for builder in [
        Runtime::builder().current_thread(),
        Runtime::builder().threads(2),
    ] {
        let runtime = builder.build().unwrap();
        assert_eq!(runtime.block_on(runtime.spawn(works())), 100);
    }
    stop.store(true, SeqCst);
    storm.join().unwrap();
    assert!(seen.load(SeqCst) > 0);
}
