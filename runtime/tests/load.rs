//! A steady connection has its turn, whatever others do beside it: come and go, or don't read what is sent to them.

use costate::net::{TcpListener, TcpStream};
use costate::task::{TaskGroup, yield_now};
use costate::{Runtime, spawn};
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

const TRIPS: usize = 100;
const OTHERS: usize = 16;

/// What the others have done so far.
type Count = Arc<AtomicUsize>;

#[costate::coroutine]
fn echoes(mut stream: TcpStream) -> io::Result<()> {
    let mut buf = [0; 8];
    loop {
        stream.read_exact(&mut buf).await?;
        stream.write_all(&buf).await?;
    }
}

#[costate::coroutine]
fn accepts(listener: Rc<TcpListener>) -> io::Result<()> {
    let mut clients = TaskGroup::new();
    loop {
        let (stream, _) = listener.accept().await?;
        clients.spawn(echoes(stream));
    }
}

#[costate::coroutine]
fn trip(stream: &mut TcpStream) -> io::Result<()> {
    let mut buf = [7; 8];
    stream.write_all(&buf).await?;
    stream.read_exact(&mut buf).await
}

/// Gives the most that the others did during one of the round trips.
#[costate::coroutine]
fn steady(address: SocketAddr, others: Count) -> io::Result<usize> {
    let mut stream = TcpStream::connect(address).await?;
    // Until the others are under way.
    while others.load(SeqCst) == 0 {
        trip(&mut stream).await?;
    }
    let mut most = 0;
    for _ in 0..TRIPS {
        let before = others.load(SeqCst);
        trip(&mut stream).await?;
        most = most.max(others.load(SeqCst) - before);
    }
    Ok(most)
}

/// Connects, asks once and leaves, again and again.
#[costate::coroutine]
fn visits(address: SocketAddr, done: Count) -> io::Result<()> {
    loop {
        let mut stream = TcpStream::connect(address).await?;
        trip(&mut stream).await?;
        done.fetch_add(1, SeqCst);
    }
}

#[costate::coroutine]
fn beside_a_storm() -> usize {
    let listener = Rc::new(TcpListener::bind("127.0.0.1:0").await.unwrap());
    let address = listener.local_addr().unwrap();
    let _server = costate::spawn_local(accepts(listener));
    let done = Count::default();
    let mut storm = TaskGroup::new();
    for _ in 0..OTHERS {
        storm.spawn(visits(address, Arc::clone(&done)));
    }
    let trips = spawn(steady(address, done));
    trips.await.unwrap()
}

/// Writes without end, whether or not somebody reads.
#[costate::coroutine]
fn floods(mut stream: TcpStream, done: Count) -> io::Result<()> {
    loop {
        stream.write_all(&[7; 4096]).await?;
        done.fetch_add(1, SeqCst);
    }
}

/// Reads a little at each turn, or nothing at all.
#[costate::coroutine]
fn reads(mut stream: TcpStream, number: usize) -> io::Result<()> {
    if number.is_multiple_of(2) {
        std::future::pending::<()>().await;
    }
    let mut buf = [0; 1024];
    loop {
        stream.read_exact(&mut buf).await?;
        yield_now().await;
    }
}

#[costate::coroutine]
fn beside_slow_readers() -> usize {
    let listener = Rc::new(TcpListener::bind("127.0.0.1:0").await.unwrap());
    let address = listener.local_addr().unwrap();
    let done = Count::default();
    let mut floods_and_readers = TaskGroup::new();
    for number in 0..OTHERS {
        let reader = TcpStream::connect(address).await.unwrap();
        let (writer, _) = listener.accept().await.unwrap();
        floods_and_readers.spawn(floods(writer, Arc::clone(&done)));
        floods_and_readers.spawn(reads(reader, number));
    }
    let _server = costate::spawn_local(accepts(listener));
    let trips = spawn(steady(address, done));
    trips.await.unwrap()
}

/// On one thread all take turns, so that there is a limit to what the others do meanwhile.
#[test]
fn a_steady_connection_has_its_turn_in_a_storm_of_connects() {
    let most = costate::block_on(beside_a_storm());
    // A round trip takes a few turns of the driver, and in each a visitor gets ahead by one step.
    assert!(most <= 4 * OTHERS, "{most} visits during one round trip");
    let runtime = Runtime::builder().threads(2).build().unwrap();
    runtime.block_on(beside_a_storm());
}

#[test]
fn a_steady_connection_has_its_turn_beside_slow_readers() {
    let most = costate::block_on(beside_slow_readers());
    // Each of those who write may do so 128 times in a turn: that is its budget.
    assert!(
        most <= 2 * OTHERS * 128,
        "{most} writes during one round trip"
    );
    let runtime = Runtime::builder().threads(2).build().unwrap();
    runtime.block_on(beside_slow_readers());
}
