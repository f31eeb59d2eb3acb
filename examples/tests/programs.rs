//! The programs as a user starts them: what they print, how they end.
#![cfg(unix)]

use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, ChildStderr, ChildStdout, Command, Output, Stdio};

/// A running `echo`, and the rest of what it prints.
struct Echo {
    process: Child,
    address: String,
    stdout: BufReader<ChildStdout>,
    stderr: ChildStderr,
}

impl Echo {
    /// Starts it on a free port, allowed to open so many descriptors.
    fn start(descriptors: u32) -> Self {
        let mut process = Command::new("sh")
            .args([
                "-c",
                &format!("ulimit -n {descriptors}; exec \"$0\" 127.0.0.1:0"),
            ])
            .arg(env!("CARGO_BIN_EXE_echo"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a shell starts");
        let mut stdout = BufReader::new(process.stdout.take().expect("it is piped"));
        let stderr = process.stderr.take().expect("it is piped");
        let mut line = String::new();
        stdout
            .read_line(&mut line)
            .expect("it says where it listens");
        let address = line
            .strip_prefix("echoing on ")
            .and_then(|rest| rest.split(',').next());
        let address = address
            .unwrap_or_else(|| panic!("not the line expected: {line}"))
            .to_owned();
        Echo {
            process,
            address,
            stdout,
            stderr,
        }
    }

    fn load(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_load"))
            .args([
                &self.address,
                "--seconds",
                "1",
                "--pid",
                &self.process.id().to_string(),
            ])
            .args(arguments)
            .output()
            .expect("load starts")
    }

    /// What Ctrl-C does. Gives what was printed since the start, and on the error stream.
    fn interrupt(mut self) -> (String, String) {
        let pid = Pid::from_child(&self.process);
        kill_process(pid, Signal::INT).expect("it still runs");
        let (mut printed, mut errors) = (String::new(), String::new());
        self.stdout
            .read_to_string(&mut printed)
            .expect("it prints UTF-8");
        self.stderr
            .read_to_string(&mut errors)
            .expect("it prints UTF-8");
        let status = self.process.wait().expect("it ends");
        assert!(status.success(), "{status}: {printed}{errors}");
        (printed, errors)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn echo_gives_every_byte_back_and_ends_gracefully_on_ctrl_c() {
    let echo = Echo::start(1024);
    let load = echo.load(&["--connections", "100"]);
    assert!(
        load.status.success(),
        "{}{}",
        text(&load.stdout),
        text(&load.stderr)
    );
    assert!(
        text(&load.stdout).contains("whole         100:"),
        "{}",
        text(&load.stdout)
    );
    let (printed, errors) = echo.interrupt();
    assert!(printed.contains("served 100 connections"), "{printed}");
    assert!(
        printed.contains("0 broke off, 0 could not be accepted"),
        "{printed}"
    );
    assert_eq!(errors, "");
}

#[test]
fn echo_sheds_when_out_of_descriptors_and_goes_on() {
    let echo = Echo::start(64);
    let crowded = echo.load(&["--connections", "100", "--allow-shed"]);
    assert!(
        crowded.status.success(),
        "{}{}",
        text(&crowded.stdout),
        text(&crowded.stderr)
    );
    let afterwards = echo.load(&["--connections", "20"]);
    assert!(
        afterwards.status.success(),
        "{}{}",
        text(&afterwards.stdout),
        text(&afterwards.stderr)
    );
    let (_, errors) = echo.interrupt();
    assert!(errors.contains("can't accept"), "{errors}");
}

#[test]
fn echo_says_that_an_address_is_in_use() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = taken.local_addr().expect("it is bound").to_string();
    let echo = Command::new(env!("CARGO_BIN_EXE_echo"))
        .arg(&address)
        .output()
        .expect("it starts");
    assert_eq!(echo.status.code(), Some(1));
    let said = text(&echo.stderr);
    assert!(
        said.contains(&address) && said.contains("another program listens there"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn echo_says_what_an_address_looks_like() {
    let echo = Command::new(env!("CARGO_BIN_EXE_echo"))
        .arg("nonsense")
        .output()
        .expect("it starts");
    assert_eq!(echo.status.code(), Some(1));
    let said = text(&echo.stderr);
    assert!(
        said.contains("nonsense") && said.contains("HOST:PORT"),
        "{said}"
    );
}

#[test]
fn load_fails_when_nobody_answers() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = silent.local_addr().expect("it is bound").to_string();
    drop(silent);
    let load = Command::new(env!("CARGO_BIN_EXE_load"))
        .args([&address, "--connections", "3", "--seconds", "1"])
        .output()
        .expect("load starts");
    assert_eq!(load.status.code(), Some(1));
    assert!(
        text(&load.stdout).contains("never served  3"),
        "{}",
        text(&load.stdout)
    );
}

#[test]
fn tour_keeps_all_its_promises() {
    let tour = Command::new(env!("CARGO_BIN_EXE_tour"))
        .output()
        .expect("it starts");
    assert!(
        tour.status.success(),
        "{}{}",
        text(&tour.stdout),
        text(&tour.stderr)
    );
    let printed = text(&tour.stdout);
    for promise in [
        "all right after",
        "the lock file is gone",
        "upload awaits `stream.",
        "Measured",
    ] {
        assert!(
            printed.contains(promise),
            "`{promise}` is missing in\n{printed}"
        );
    }
}

#[test]
fn upload_leaves_nothing_half_done() {
    let upload = Command::new(env!("CARGO_BIN_EXE_upload"))
        .output()
        .expect("it starts");
    let printed = text(&upload.stdout);
    assert!(upload.status.success(), "{printed}{}", text(&upload.stderr));
    let left = printed.matches("what is left: whole.gz; no child");
    assert_eq!(left.count(), 3, "{printed}");
}

#[test]
fn counter_counts() {
    let counter = Command::new(env!("CARGO_BIN_EXE_counter"))
        .output()
        .expect("it starts");
    let printed = text(&counter.stdout);
    assert!(printed.contains("done after 5 numbers"), "{printed}");
    assert!(printed.contains("[2, 4, 6, 8, 10]"), "{printed}");
    assert!(printed.contains("`yield_!(number)`"), "{printed}");
}
