//! Many requests, half of which go away at any moment.

use crate::setup::{By, Running};
use costate_cancel_query::client::ask;
use costate_cancel_query::observer::until;
use std::fs;
use std::net::SocketAddr;
use std::thread;
use std::time::Duration;

const BROWSERS: u64 = 20;
const EACH: u64 = 25;
const CONNECTIONS: usize = 8;
const LONG: Duration = Duration::from_secs(600);

/// How many descriptors this process has open; none where nobody tells.
fn descriptors() -> usize {
    fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

/// Asks again and again, and goes away from half of it, sooner or later. Gives how often it was answered.
fn browse(server: SocketAddr, seed: u64) -> u64 {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut answered = 0;
    for _ in 0..EACH {
        let (milliseconds, rows) = (random.u32(10..80), random.u32(1..20_000));
        let sleep = f64::from(milliseconds) / 1e3;
        let asked = ask(server, &format!("GET /query?sleep={sleep}&rows={rows}"));
        let asked = asked.expect("the server is there");
        if random.bool() {
            // The moment is what this is about: it waits for nothing.
            thread::sleep(Duration::from_micros(random.u64(0..60_000)));
            continue;
        }
        let answer = asked.answer().expect("it answers");
        assert_eq!(answer.status, 200, "{}", answer.body);
        answered += 1;
    }
    answered
}

fn browse_all(server: SocketAddr) -> u64 {
    thread::scope(|scope| {
        let browsers: Vec<_> = (0..BROWSERS)
            .map(|seed| scope.spawn(move || browse(server, seed)))
            .collect();
        let answered = browsers.into_iter().map(|browser| browser.join());
        answered
            .map(|answered| answered.expect("no browser fails"))
            .sum()
    })
}

/// All of the server's backends are there, and none has anything to do or to give back.
fn nothing_is_left(running: &Running) {
    let database = &running.database;
    let others = "datname = current_database() AND pid <> pg_backend_pid()";
    let idle = "state = 'idle' AND backend_xid IS NULL AND backend_xmin IS NULL";
    database.until(&format!(
        "SELECT count(*) FILTER (WHERE {idle}) = {CONNECTIONS} AND count(*) = {CONNECTIONS} \
         FROM pg_stat_activity WHERE {others}"
    ));
    let locks = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE";
    assert_eq!(database.number(&format!("{locks} {others}")), 0);
    let size = running.app.pool.size();
    assert_eq!((size.idle, size.lent), (CONNECTIONS, 0));
}

#[test]
fn of_500_requests_half_cancelled_at_random_nothing_is_left() {
    let Some(mut running) = Running::start("many", By::Unix, CONNECTIONS, LONG) else {
        return;
    };
    let before = descriptors();
    // As many at once as there are connections, so that all are open. One is already.
    let all: Vec<_> = (0..CONNECTIONS)
        .map(|_| running.ask("GET /query?sleep=0.3"))
        .collect();
    for asked in all {
        assert_eq!(asked.answer().expect("it answers").status, 200);
    }
    let expected = before + CONNECTIONS - 1;
    let are_back = || descriptors() == if before == 0 { 0 } else { expected };
    until("only the pool's descriptors are open", are_back);

    let answered = browse_all(running.address);
    until("all have ended", || running.app.jobs.running() == 0);
    until("all descriptors are given back", are_back);
    nothing_is_left(&running);
    let (counts, all) = (
        running.app.jobs.counts(),
        BROWSERS * EACH + CONNECTIONS as u64,
    );
    assert_eq!(counts.failed, 0);
    // Who leaves at once has not asked for anything.
    let begun = counts.finished + counts.cancelled;
    assert!(begun <= all && begun > all - 100, "{counts:?}");
    assert!(counts.cancelled > 100, "{counts:?}");
    // Who was answered has its row. Who has left may have one, if that was while it was committed.
    let rows = running.database.number("SELECT count(*) FROM cancel_query");
    let answered = (answered + CONNECTIONS as u64).cast_signed();
    assert!(
        rows >= answered && rows <= begun.cast_signed() - 100,
        "{rows} rows, {counts:?}"
    );
    running.stop();
}
