//! A process that forks while its runtime is in use. In a process of its own, since the child has one thread only.
#![cfg(target_os = "linux")]

use costate::Runtime;
use costate::future::join;
use costate::net::UnixStream;
use costate::time::{Duration, sleep, timeout};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// No test forks while another is in the middle of something.
static ALONE: Mutex<()> = Mutex::new(());

/// Runs `code` in a child. Gives whether it said `true`.
fn in_child(code: impl FnOnce() -> bool) -> bool {
    // SAFETY: the child calls what is given and exits, without unwinding into what belongs to the parent.
    match unsafe { libc::fork() } {
        -1 => panic!("there is room for a process"),
        0 => {
            let said = catch_unwind(AssertUnwindSafe(code)).unwrap_or(false);
            // SAFETY: it ends the process.
            unsafe { libc::_exit(if said { 0 } else { 1 }) }
        }
        child => {
            let mut status = 0;
            // SAFETY: `status` is a place for it.
            let waited = unsafe { libc::waitpid(child, &mut status, 0) };
            assert_eq!(waited, child);
            status == 0
        }
    }
}

#[costate::coroutine]
fn hears(mut there: UnixStream) -> [u8; 2] {
    let mut buf = [0; 2];
    there.read_exact(&mut buf).await.unwrap();
    buf
}

#[costate::coroutine]
fn says_later(mut here: UnixStream) {
    sleep(Duration::from_millis(1)).await;
    here.write_all(b"hi").await.unwrap();
}

/// What comes, for which there is a wait.
#[costate::coroutine]
fn exchange(here: UnixStream, there: UnixStream) -> [u8; 2] {
    let both = join(hears(there), says_later(here));
    let limited = timeout(Duration::from_secs(10), both).await;
    limited.expect("it is still watched").0
}

#[costate::coroutine]
fn pair() -> (UnixStream, UnixStream) {
    UnixStream::pair().unwrap()
}

#[test]
fn what_a_child_drops_is_still_the_parents() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for builder in [
        Runtime::builder().current_thread(),
        Runtime::builder().threads(2),
    ] {
        let runtime = builder.build().unwrap();
        let (here, there) = runtime.block_on(pair());
        let (mut here, mut there) = (Some(here), Some(there));
        let mut runtime = Some(runtime);
        assert!(in_child(|| {
            drop((here.take(), there.take()));
            // No thread is waited for that isn't there.
            drop(runtime.take());
            true
        }));
        let runtime = runtime.unwrap();
        // Both are still watched.
        let said = runtime.block_on(exchange(here.unwrap(), there.unwrap()));
        assert_eq!(&said, b"hi");
    }
}

#[test]
fn a_child_has_to_make_a_runtime_of_its_own() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = Runtime::current_thread().unwrap();
    let (here, there) = runtime.block_on(pair());
    assert!(in_child(|| {
        std::panic::set_hook(Box::new(|_| {}));
        let old = catch_unwind(AssertUnwindSafe(|| runtime.block_on(pair())));
        let refused = old.is_err();
        let entered = runtime.handle().enter();
        let registered = UnixStream::pair().is_ok();
        drop(entered);
        let new = Runtime::current_thread().unwrap();
        let (here, there) = new.block_on(pair());
        refused && !registered && new.block_on(exchange(here, there)) == *b"hi"
    }));
    assert_eq!(&runtime.block_on(exchange(here, there)), b"hi");
}

#[test]
fn a_program_that_is_started_inherits_nothing() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = Runtime::builder().threads(2).build().unwrap();
    let _open = runtime.block_on(pair());
    let mine = fs::read_dir("/proc/self/fd").unwrap();
    let mine = mine.filter_map(|entry| fs::read_link(entry.unwrap().path()).ok());
    let mine: Vec<_> = mine
        .map(|link| link.to_string_lossy().into_owned())
        .collect();
    assert!(mine.iter().any(|link| link.contains("eventpoll")));
    let listed = Command::new("ls").args(["-l", "/proc/self/fd"]).output();
    let listed = String::from_utf8(listed.unwrap().stdout).unwrap();
    for theirs in ["eventpoll", "eventfd", "socket:"] {
        assert!(!listed.contains(theirs), "{listed}");
    }
}
