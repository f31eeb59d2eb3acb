//! One query that is cancelled, for each reason that there is.

use crate::setup::{ACTIVE, By, Running};
use costate_cancel_query::client::Asked;
use costate_cancel_query::jobs::Counts;
use costate_cancel_query::observer::until;
use std::time::{Duration, Instant};

const LONG: Duration = Duration::from_secs(600);
/// Within this time a cancelled query is gone.
const SOON: Duration = Duration::from_millis(200);

/// Nothing of the query is left: its backend is idle, its connection is in the pool, its transaction never was.
fn is_undone(running: &Running, backend: i32) {
    let database = &running.database;
    database.until(&format!(
        "SELECT state = 'idle' AND backend_xid IS NULL FROM pg_stat_activity WHERE pid = {backend}"
    ));
    until("the connection is given back", || {
        let size = running.app.pool.size();
        (size.idle, size.lent) == (1, 0)
    });
    assert_eq!(database.number("SELECT count(*) FROM cancel_query"), 0);
    let locks = format!("SELECT count(*) FROM pg_locks WHERE pid = {backend}");
    assert_eq!(database.number(&locks), 0);
}

/// The next query runs on the same connection, and what it writes stays.
fn is_reusable(running: &Running, backend: i32) {
    let asked = running.ask("GET /query?sleep=0.01&rows=100");
    let answer = asked.answer().expect("it answers");
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, r#"{"says":"the sum is 4662"}"#)
    );
    let report = running.app.report();
    assert_eq!(report["jobs"][0]["backend"], backend, "{report}");
    assert_eq!(
        running.database.number("SELECT count(*) FROM cancel_query"),
        1
    );
}

/// Cancels five queries, and looks how soon each is gone. The median counts: others use the machine too.
fn are_gone_soon(name: &str, by: By, cancel: impl Fn(&Running, Asked)) {
    let Some(mut running) = Running::start(name, by, 1, LONG) else {
        return;
    };
    let mut times = Vec::new();
    let mut backends = Vec::new();
    for _ in 0..5 {
        let (asked, backend) = running.slow_query();
        let begun = Instant::now();
        cancel(&running, asked);
        let active = format!("SELECT count(*) = 0 FROM {ACTIVE}");
        running.database.until(&active);
        times.push(begun.elapsed());
        is_undone(&running, backend);
        backends.push(backend);
    }
    times.sort();
    assert!(times[2] < SOON, "{times:?}");
    backends.dedup();
    assert_eq!(backends.len(), 1, "each has the same connection");
    is_reusable(&running, backends[0]);
    let (finished, cancelled, failed) = (1, 5, 0);
    let expected = Counts {
        finished,
        cancelled,
        failed,
    };
    until("all are counted", || running.app.jobs.counts() == expected);
    running.stop();
}

#[test]
fn a_browser_that_goes_away_takes_its_query_with_it() {
    are_gone_soon("goes_away", By::Unix, |_, asked| drop(asked));
}

#[test]
fn it_does_so_over_tcp() {
    are_gone_soon("over_tcp", By::Tcp, |_, asked| drop(asked));
}

#[test]
fn the_stop_button_ends_the_query_and_its_browser_is_told() {
    are_gone_soon("stop_button", By::Unix, |running, asked| {
        let number = running.app.report()["jobs"][0]["number"].clone();
        let stopped = running.ask(&format!("POST /stop/{number}"));
        assert_eq!(stopped.answer().expect("it answers").status, 200);
        let answer = asked.answer().expect("it answers");
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (409, r#"{"says":"it was stopped"}"#)
        );
        let again = running.ask(&format!("POST /stop/{number}"));
        assert_eq!(again.answer().expect("it answers").status, 404);
    });
}

#[test]
fn a_query_that_has_had_its_time_is_ended_and_its_browser_is_told() {
    let deadline = Duration::from_millis(300);
    let Some(mut running) = Running::start("deadline", By::Unix, 1, deadline) else {
        return;
    };
    let begun = Instant::now();
    let (asked, backend) = running.slow_query();
    let answer = asked.answer().expect("it answers");
    assert_eq!(answer.status, 504);
    assert!(begun.elapsed() >= deadline);
    // Whoever is told that it is late is told when it is undone.
    assert_eq!(
        running
            .database
            .number(&format!("SELECT count(*) FROM {ACTIVE}")),
        0
    );
    is_undone(&running, backend);
    is_reusable(&running, backend);
    running.stop();
}

#[test]
fn a_large_aggregate_is_ended_in_its_midst() {
    let Some(mut running) = Running::start("aggregate", By::Unix, 1, LONG) else {
        return;
    };
    let asked = running.ask("GET /query?rows=1000000000");
    let adds = "SELECT count(*) = 1 FROM pg_stat_activity WHERE state = 'active' \
        AND datname = current_database() AND query LIKE 'SELECT coalesce%'";
    running
        .database
        .until(&adds.replace("state", "pid <> pg_backend_pid() AND state"));
    let backend = running.app.report()["jobs"][0]["backend"].as_i64();
    drop(asked);
    running
        .database
        .until(&format!("SELECT count(*) = 0 FROM {ACTIVE}"));
    is_undone(&running, i32::try_from(backend.unwrap()).unwrap());
    running.stop();
}

#[test]
fn who_leaves_while_waiting_for_a_connection_leaves_the_queue() {
    let Some(mut running) = Running::start("waiting", By::Unix, 1, LONG) else {
        return;
    };
    let (first, backend) = running.slow_query();
    let second = running.ask("GET /query?sleep=600");
    until("the second has come", || running.app.jobs.running() == 2);
    let third = running.ask("GET /query?rows=10");
    until("the third has come", || running.app.jobs.running() == 3);
    drop(second);
    until("one has left", || running.app.jobs.running() == 2);
    drop(first);
    assert_eq!(third.answer().expect("it answers").status, 200);
    running.database.until(&format!(
        "SELECT state = 'idle' FROM pg_stat_activity WHERE pid = {backend}"
    ));
    assert_eq!(running.app.report()["jobs"][0]["backend"], backend);
    running.stop();
}

#[test]
fn a_connection_that_the_server_closes_fails_its_query_and_is_replaced() {
    let Some(mut running) = Running::start("replaced", By::Unix, 1, LONG) else {
        return;
    };
    let (asked, backend) = running.slow_query();
    running
        .database
        .run(&format!("SELECT pg_terminate_backend({backend})"));
    assert_eq!(asked.answer().expect("it answers").status, 502);
    let (asked, other) = running.slow_query();
    assert_ne!(other, backend);
    drop(asked);
    is_undone(&running, other);
    running.stop();
}

#[test]
fn a_server_that_ends_cancels_what_runs_and_says_goodbye() {
    let Some(mut running) = Running::start("ends", By::Unix, 3, LONG) else {
        return;
    };
    let asked: Vec<_> = (0..5)
        .map(|_| running.ask("GET /query?sleep=600"))
        .collect();
    running
        .database
        .until(&format!("SELECT count(*) = 3 FROM {ACTIVE}"));
    until("all have come", || running.app.jobs.running() == 5);
    running.stop();
    let left = "SELECT count(*) = 0 FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    running.database.until(left);
    assert_eq!(
        running.database.number("SELECT count(*) FROM cancel_query"),
        0
    );
    let (finished, cancelled, failed) = (0, 5, 0);
    assert_eq!(
        running.app.jobs.counts(),
        Counts {
            finished,
            cancelled,
            failed
        }
    );
    asked
        .into_iter()
        .for_each(|asked| assert!(asked.answer().is_err()));
}
