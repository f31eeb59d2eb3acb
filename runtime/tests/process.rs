//! Programs that are started: what they are told and say, how they end, and that nothing is left of those that nobody waits for. On one worker
//! and on several. Who waits, waits for what a program writes or for the end of it, and never for a time.
#![cfg(unix)]

use costate::future::{Join, race};
use costate::net::UnixStream;
use costate::process::{Child, ChildStdout, Command, Stdio};
use costate::task::yield_now;
use costate::time::{Duration, timeout};
use costate::{Runtime, Task, spawn};
use rustix::io::Errno;
use rustix::process::{Pid, WaitOptions, waitpid};
use std::future::{Future, pending};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::process::ExitStatusExt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs it on the thread itself, on one worker and on two, with the system's clock and with one that is paused.
fn on_each<F: Future<Output = io::Result<()>> + Send + 'static>(test: impl Fn() -> F) {
    for paused in [false, true] {
        for threads in [0, 1, 2] {
            let builder = Runtime::builder().start_paused(paused);
            let builder = match threads {
                0 => builder.current_thread(),
                threads => builder.threads(threads),
            };
            let runtime = builder.build().unwrap();
            runtime.block_on(runtime.spawn(test())).unwrap();
        }
    }
}

fn sh(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]).stdin(Stdio::null());
    command
}

/// It copies what it is told, and ends only when nothing more comes.
fn cat() -> Command {
    let mut command = Command::new("cat");
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// Whether it has ended, and nobody need wait for it any more.
fn is_gone(id: u32) -> bool {
    let pid = Pid::from_raw(id.try_into().unwrap());
    // Were it there, this would say so, and leave it there if it runs.
    matches!(waitpid(pid, WaitOptions::NOHANG), Err(Errno::CHILD))
}

/// In the background somebody waits for it.
#[costate::coroutine(Send)]
fn until_it_is_gone(id: u32) {
    let system = std::path::PathBuf::from(format!("/proc/{id}"));
    while system.exists() {
        yield_now().await;
    }
    assert!(is_gone(id));
}

#[test]
fn a_program_ends_with_a_status() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        assert!(sh("exit 0").status().await?.success());
        let mut child = sh("exit 7").spawn()?;
        let id = child.id();
        assert_eq!(child.wait().await?.code(), Some(7));
        // Asked again it says the same.
        assert_eq!(child.wait().await?.code(), Some(7));
        assert_eq!(child.try_wait()?.unwrap().code(), Some(7));
        assert!(is_gone(id));
        child.kill().await?;
        let status = sh("kill -TERM $$").status().await?;
        assert_eq!(status.signal(), Some(15));
        Ok(())
    }
    on_each(test);
}

#[test]
fn a_program_is_told_arguments_variables_and_where_it_is() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        let mut command = sh(r#"echo "$0 $A $B ${C-none} $(pwd)""#);
        let output = command
            .arg("zero")
            .envs([("A", "a"), ("C", "c")])
            .env("B", "b")
            .env_remove("C")
            .current_dir("/")
            .output()
            .await?;
        assert_eq!(output.stdout, b"zero a b none /\n");
        let output = sh("echo ${HOME-none}").env_clear().output().await?;
        assert_eq!(output.stdout, b"none\n");
        Ok(())
    }
    on_each(test);
}

#[test]
fn a_large_output_and_a_large_error_come_whole() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        let script = "head -c 1000000 /dev/zero & head -c 700000 /dev/zero >&2; wait; exit 3";
        let output = sh(script).output().await?;
        assert_eq!(output.status.code(), Some(3));
        let lengths = (output.stdout.len(), output.stderr.len());
        assert_eq!(lengths, (1_000_000, 700_000));
        Ok(())
    }
    on_each(test);
}

#[costate::coroutine]
fn tell(child: &mut Child, text: Vec<u8>) -> io::Result<()> {
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&text).await
}

#[costate::coroutine]
fn hear(mut stdout: ChildStdout) -> io::Result<Vec<u8>> {
    let mut heard = Vec::new();
    stdout.read_to_end(&mut heard).await?;
    Ok(heard)
}

#[test]
fn what_is_written_to_a_program_arrives() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        let text: Vec<u8> = (0..=255).cycle().take(500_000).collect();
        let mut child = cat().spawn()?;
        let stdout = child.stdout.take().unwrap();
        let (told, heard) = (tell(&mut child, text.clone()), hear(stdout)).join().await;
        told?;
        assert!(heard? == text);
        assert!(child.wait().await?.success());

        // `wait` closes what it reads, or it would wait for ever.
        let mut child = cat().spawn()?;
        assert!(child.wait().await?.success());
        // Nobody reads any more.
        let mut child = Command::new("true").stdin(Stdio::piped()).spawn()?;
        let mut stdin = child.stdin.take().unwrap();
        assert!(child.wait().await?.success());
        // More than a pipe has room for: a child of another test may have this end too, for a moment.
        let broken = stdin.write_all(&vec![0; 1 << 20]).await.unwrap_err();
        assert_eq!(broken.kind(), io::ErrorKind::BrokenPipe);
        Ok(())
    }
    on_each(test);
}

#[test]
fn one_program_reads_what_another_writes() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        let mut first = sh("echo hello").stdout(Stdio::piped()).spawn()?;
        let between = Stdio::try_from(first.stdout.take().unwrap())?;
        let output = Command::new("tr").args(["l", "r"]).stdin(between).output();
        assert_eq!(output.await?.stdout, b"herro\n");
        assert!(first.wait().await?.success());

        let mut last = cat().spawn()?;
        let to_it = Stdio::try_from(last.stdin.take().unwrap())?;
        assert!(sh("echo hello").stdout(to_it).status().await?.success());
        let mut text = String::new();
        last.stdout
            .take()
            .unwrap()
            .read_to_string(&mut text)
            .await?;
        assert_eq!(text, "hello\n");
        Ok(())
    }
    on_each(test);
}

#[test]
fn a_program_is_killed() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        let mut child = cat().spawn()?;
        assert_eq!(child.try_wait()?, None);
        child.kill().await?;
        assert!(is_gone(child.id()));
        assert_eq!(child.wait().await?.signal(), Some(9));
        let mut child = cat().spawn()?;
        child.start_kill()?;
        assert_eq!(child.wait().await?.signal(), Some(9));
        Ok(())
    }
    on_each(test);
}

#[test]
fn who_gives_up_waiting_may_wait_again() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        let mut child = cat().spawn()?;
        let stdin = child.stdin.take();
        for _ in 0..3 {
            select! {
                _ = child.wait() => panic!("it waits for its input"),
                () = yield_now() => {}
            }
        }
        assert_eq!(child.try_wait()?, None);
        drop(stdin);
        assert!(child.wait().await?.success());
        Ok(())
    }
    on_each(test);
}

/// The ways in which a coroutine waits for a program.
#[derive(Clone, Copy, Debug)]
enum Way {
    Wait,
    Elsewhere,
    Status,
    Output,
    WithOutput,
    Defer,
}

const WAYS: [Way; 6] = [
    Way::Wait,
    Way::Elsewhere,
    Way::Status,
    Way::Output,
    Way::WithOutput,
    Way::Defer,
];

/// A program that says its number and never ends, and our end of what it reads.
fn endless() -> io::Result<(Command, UnixStream)> {
    let (here, there) = std::os::unix::net::UnixStream::pair()?;
    let mut command = sh("echo $$ >&0; exec cat >/dev/null 2>&1");
    command.stdin(OwnedFd::from(there));
    Ok((command, UnixStream::from_std(here)?))
}

/// Waits until the program runs.
#[costate::coroutine]
fn number(stream: &mut UnixStream) -> io::Result<u32> {
    let mut number = 0;
    loop {
        let mut digit = [0];
        stream.read_exact(&mut digit).await?;
        match digit {
            [b'\n'] => return Ok(number),
            [digit] => number = number * 10 + u32::from(digit - b'0'),
        }
    }
}

#[costate::coroutine(Send)]
fn waits(way: Way, mut command: Command) -> io::Result<()> {
    match way {
        Way::Wait => {
            let mut child = command.spawn()?;
            child.wait().await?;
        }
        Way::Elsewhere => {
            let _child = command.spawn()?;
            pending::<()>().await;
        }
        Way::Defer => {
            let mut child = command.spawn()?;
            defer! { let _ = child.kill().await; }
            pending::<()>().await;
        }
        Way::Status => _ = command.status().await?,
        Way::Output => _ = command.output().await?,
        Way::WithOutput => _ = command.spawn()?.wait_with_output().await?,
    }
    Ok(())
}

fn start(way: Way) -> io::Result<(Task<io::Result<()>>, UnixStream)> {
    let (command, stream) = endless()?;
    Ok((spawn(waits(way, command)), stream))
}

#[test]
fn a_cancelled_task_has_killed_its_child_and_waited_for_it() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        for way in WAYS {
            let (task, mut stream) = start(way)?;
            let id = number(&mut stream).await?;
            assert!(task.cancel_and_join().await.is_none());
            assert!(is_gone(id), "{way:?}");
        }
        Ok(())
    }
    on_each(test);
}

/// A future that knows nothing of cancellation, and holds a child.
struct Plain(#[allow(dead_code, reason = "it is dropped")] Child);

impl Future for Plain {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
}

#[costate::coroutine(Send)]
fn holds(_child: Child) {
    pending().await
}

#[test]
fn a_plain_future_and_one_that_never_ran_have_their_child_waited_for_too() {
    #[costate::coroutine]
    fn plain(stream: &mut UnixStream, mut command: Command) -> io::Result<(Plain, u32)> {
        let child = command.spawn()?;
        let id = number(stream).await?;
        Ok((Plain(child), id))
    }
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        for wait in [false, true] {
            let (command, mut stream) = endless()?;
            let (future, id) = plain(&mut stream, command).await?;
            let task = spawn(future);
            if wait {
                yield_now().await;
            }
            assert!(task.cancel_and_join().await.is_none());
            assert!(is_gone(id));
        }
        let (command, mut stream) = endless()?;
        let (future, id) = plain(&mut stream, command).await?;
        assert!(timeout(Duration::ZERO, future).await.is_err());
        assert!(is_gone(id));

        let (mut command, mut stream) = endless()?;
        let child = command.spawn()?;
        drop(command);
        let id = number(&mut stream).await?;
        let task = spawn(holds(child));
        assert!(task.cancel_and_join().await.is_none());
        assert!(is_gone(id));
        Ok(())
    }
    on_each(test);
}

#[test]
fn a_loser_and_one_who_is_late_have_killed_their_child_and_waited_for_it() {
    #[costate::coroutine]
    fn when_it_runs(mut stream: UnixStream, id: &mut u32) -> io::Result<()> {
        *id = number(&mut stream).await?;
        Ok(())
    }
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        for way in WAYS {
            let (command, stream) = endless()?;
            let mut id = 0;
            race(waits(way, command), when_it_runs(stream, &mut id)).await?;
            assert!(is_gone(id), "{way:?}");

            let (command, mut stream) = endless()?;
            let id = select! {
                _ = waits(way, command) => return Err(io::Error::other("it never ends")),
                id = number(&mut stream) => {
                    let id = id?;
                    assert!(is_gone(id), "{way:?}");
                    id
                }
            };
            assert!(is_gone(id), "{way:?}");
        }
        Ok(())
    }
    on_each(test);
}

#[test]
fn a_handle_that_is_dropped_kills_the_child_and_leaves_nothing() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        let (mut command, mut stream) = endless()?;
        let child = command.spawn()?;
        drop(command);
        let id = number(&mut stream).await?;
        assert_eq!(child.id(), id);
        drop(child);
        // It is gone without anybody's doing.
        assert_eq!(stream.read(&mut [0]).await.unwrap_or(0), 0);
        until_it_is_gone(id).await;
        for way in WAYS {
            let (task, mut stream) = start(way)?;
            let id = number(&mut stream).await?;
            drop(task);
            until_it_is_gone(id).await;
        }
        Ok(())
    }
    on_each(test);
}

#[test]
fn the_end_of_the_runtime_kills_what_is_left() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<Vec<u32>> {
        let mut ids = Vec::new();
        for way in WAYS {
            let (task, mut stream) = start(way)?;
            ids.push(number(&mut stream).await?);
            task.detach();
        }
        Ok(ids)
    }
    for threads in [1, 2] {
        let runtime = Runtime::builder().threads(threads).build().unwrap();
        let ids = runtime.block_on(test()).unwrap();
        runtime.shutdown(Duration::from_secs(60));
        assert!(ids.into_iter().all(is_gone));
    }
}

#[test]
fn a_child_that_is_let_go_runs_on() {
    #[costate::coroutine]
    fn runs_on(mut child: Child, detaches: bool) -> io::Result<()> {
        let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let id = child.id();
        if detaches {
            child.detach();
        }
        stdin.write_all(b"still here").await?;
        drop(stdin);
        let mut text = String::new();
        stdout.read_to_string(&mut text).await?;
        assert_eq!(text, "still here");
        until_it_is_gone(id).await;
        Ok(())
    }
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        let child = cat().spawn()?;
        runs_on(child, true).await?;
        let mut child = cat().kill_on_drop(false).spawn()?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let id = child.id();
        drop(child);
        drop(stdin);
        assert_eq!(stdout.unwrap().read(&mut [0]).await?, 0);
        until_it_is_gone(id).await;

        // Nor is it killed by a cancellation.
        let (mut command, mut stream) = endless()?;
        command.kill_on_drop(false);
        let task = spawn(waits(Way::Status, command));
        let id = number(&mut stream).await?;
        task.cancel_and_join().await;
        assert!(!is_gone(id));
        drop(stream);
        until_it_is_gone(id).await;
        Ok(())
    }
    on_each(test);
}

#[test]
fn many_programs_run_at_once() {
    #[costate::coroutine(Send)]
    fn one(n: usize) -> io::Result<()> {
        let output = sh(&format!("echo {n}")).output().await?;
        assert_eq!(output.stdout, format!("{n}\n").into_bytes());
        Ok(())
    }
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        let all: Vec<_> = (0..40).map(|n| spawn(one(n))).collect();
        for task in all {
            task.await?;
        }
        let mut begun = Vec::new();
        for _ in 0..20 {
            begun.push(start(Way::Output)?);
        }
        for (task, mut stream) in begun {
            let id = number(&mut stream).await?;
            assert!(task.cancel_and_join().await.is_none());
            assert!(is_gone(id));
        }
        Ok(())
    }
    on_each(test);
}

#[test]
fn what_cannot_be_started_is_an_error() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        let missing = || Command::new("/nowhere/to/be/found");
        let all = [
            missing().spawn().map(drop),
            missing().status().await.map(drop),
            missing().output().await.map(drop),
        ];
        for result in all {
            assert_eq!(result.unwrap_err().kind(), io::ErrorKind::NotFound);
        }
        Ok(())
    }
    on_each(test);
    let outside = Command::new("true").spawn().unwrap_err();
    assert!(outside.to_string().contains("no costate runtime"));
}

#[test]
fn a_timeout_kills_a_program_that_is_late() {
    #[costate::coroutine(Send)]
    fn test() -> io::Result<()> {
        let (mut command, _stream) = endless()?;
        let late = timeout(Duration::from_millis(1), command.status()).await;
        assert!(late.is_err());
        let mut child = cat().spawn()?;
        let _stdin = child.stdin.take();
        let late = timeout(Duration::from_millis(1), child.wait()).await;
        assert!(late.is_err());
        // That was lent to it, and so lives.
        assert_eq!(child.try_wait()?, None);
        Ok(())
    }
    on_each(test);
}
