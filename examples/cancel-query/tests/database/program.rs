//! The program as a user starts it, over a database that is there.

use crate::setup::{ACTIVE, cluster};
use costate_cancel_query::client::ask;
use costate_cancel_query::observer::Observer;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Command, Stdio};

#[test]
fn ctrl_c_rolls_back_what_runs_and_says_what_there_was() {
    let Some((cluster, _turn)) = cluster() else {
        return;
    };
    Observer::new(cluster.unix("postgres")).run("CREATE DATABASE program");
    let database = Observer::new(cluster.unix("program"));
    let mut program = Command::new(env!("CARGO_BIN_EXE_cancel-query"));
    program
        .arg(cluster.address("program"))
        .args(["--listen", "127.0.0.1:0"]);
    let mut program = program.stdout(Stdio::piped()).spawn().expect("it starts");
    let mut said = BufReader::new(program.stdout.take().expect("it is piped"));
    let mut line = String::new();
    said.read_line(&mut line).expect("it says where it is");
    let address: SocketAddr = line
        .strip_prefix("http://")
        .and_then(|rest| rest.split('/').next()?.parse().ok())
        .unwrap_or_else(|| panic!("no address in {line:?}"));

    let finished = ask(address, "GET /query?rows=10").expect("it is there");
    assert_eq!(finished.answer().expect("it answers").status, 200);
    let running = ask(address, "GET /query?sleep=600").expect("it is there");
    database.until(&format!("SELECT count(*) = 1 FROM {ACTIVE}"));
    kill_process(Pid::from_child(&program), Signal::INT).expect("it runs");
    let mut rest = String::new();
    said.read_to_string(&mut rest).expect("it is text");
    assert!(program.wait().expect("it ends").success());
    assert_eq!(
        rest,
        "\nto be cancelled: 1\nfinished: 1, cancelled: 1, failed: 0\n"
    );
    assert!(running.answer().is_err());
    assert_eq!(database.number("SELECT count(*) FROM cancel_query"), 1);
    let others = "SELECT count(*) = 0 FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    database.until(others);
}
