//! What the program says when it can't start.

use std::net::TcpListener;
use std::process::{Command, Output};

fn start(arguments: &[&str]) -> (Option<i32>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cancel-query"));
    let Output { status, stderr, .. } = program.args(arguments).output().expect("it starts");
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

/// It ends with one line that says this.
fn fails(arguments: &[&str], why: &str) {
    let (code, said) = start(arguments);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains(why), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn nobody_listens_where_the_database_should_be() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = silent.local_addr().expect("it is bound");
    drop(silent);
    let database = format!("postgres://me@{address}/mine");
    let arguments = [database.as_str(), "--listen", "127.0.0.1:0"];
    fails(
        &arguments,
        &format!("can't reach {address}: no database listens there"),
    );
}

#[cfg(unix)]
#[test]
fn there_is_no_such_socket() {
    let arguments = ["host=/nowhere user=me", "--listen", "127.0.0.1:0"];
    fails(
        &arguments,
        "can't reach /nowhere/.s.PGSQL.5432: no database has made such a socket",
    );
}

#[test]
fn another_program_listens_there() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = taken.local_addr().expect("it is bound").to_string();
    fails(&["--listen", &address], "another program listens there");
}

#[test]
fn an_address_is_none() {
    fails(&["--listen", "nonsense"], "write it as HOST:PORT");
    fails(&["user=me", "--listen", "127.0.0.1:0"], "names no host");
    let (code, said) = start(&["nonsense"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("\"nonsense\" is no address of a database"),
        "{said}"
    );
    assert!(said.contains("usage: cancel-query"), "{said}");
}
