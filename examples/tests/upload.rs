//! An upload that is cancelled, at every point, by everybody who can: nothing is left of it. There is no wait for that: when the
//! cancellation is over, the file, the lock and the process are gone.
#![cfg(unix)]

use costate::net::{TcpListener, TcpStream};
use costate::task::yield_now;
use costate::time::pause;
use costate::{Runtime, Task};
use costate_examples::upload::{Progress, Store, serve, serve_one};
use rustix::io::Errno;
use rustix::process::{WaitId, WaitIdOptions, waitid};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The whole process is asked whether it has children.
static ALONE: Mutex<()> = Mutex::new(());

/// More than a pipe and the buffers of a socket need hold.
const HALF: usize = 200_000;
const LONG: Duration = Duration::from_secs(3600);

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Relaxed);
        let name = format!("costate-upload-test-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Folder(path)
    }

    fn store(&self) -> Arc<Store> {
        Arc::new(Store {
            folder: self.0.clone(),
            limit: LONG,
            progress: Progress::default(),
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

fn has_children() -> bool {
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    !matches!(waitid(WaitId::All, look), Err(Errno::CHILD))
}

#[track_caller]
fn assert_given_back(folder: &Path, left: &[&str]) {
    assert_eq!(names(folder), left);
    assert!(!has_children());
}

#[track_caller]
fn assert_under_way(folder: &Path) {
    assert_eq!(names(folder), ["name.lock", "name.part"]);
    assert!(has_children());
}

/// Runs it on the thread itself, on one worker and on two.
fn on_each(test: impl Fn(&Runtime, &Folder)) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for threads in [0, 1, 2] {
        let builder = Runtime::builder();
        let builder = match threads {
            0 => builder.current_thread(),
            threads => builder.threads(threads),
        };
        test(&builder.build().unwrap(), &Folder::new());
    }
}

#[costate::coroutine(Send)]
fn pair() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let client = TcpStream::connect(listener.local_addr()?).await?;
    let (server, _) = listener.accept().await?;
    Ok((client, server))
}

/// Announces two halves, and sends so many.
#[costate::coroutine(Send)]
fn send(client: &mut TcpStream, halves: usize) -> io::Result<()> {
    let line = format!("name {}\n", 2 * HALF);
    client.write_all(line.as_bytes()).await?;
    client.write_all(&vec![b'x'; halves * HALF]).await
}

/// Reads to the end, which a reset may be.
#[costate::coroutine(Send)]
fn answer(client: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut buf = [0; 64];
    while let Ok(n @ 1..) = client.read(&mut buf).await {
        text.extend_from_slice(&buf[..n]);
    }
    String::from_utf8(text).unwrap()
}

#[costate::coroutine]
fn turns(turns: u32) {
    for _ in 0..turns {
        yield_now().await;
    }
}

/// Cancels it after so many turns. Whether it was ready before.
#[costate::coroutine]
fn cancelled_after(number: u32, store: Arc<Store>) -> io::Result<bool> {
    let folder = store.folder.clone();
    let (client, server) = pair().await?;
    let sends = costate::spawn(send_whole(client));
    let was_ready = select! {
        stored = serve_one(store, server) => {
            stored?;
            true
        }
        () = turns(number) => false,
    };
    let left: &[&str] = if was_ready { &["name.gz"] } else { &[] };
    assert_given_back(&folder, left);
    let _ = sends.join().await;
    Ok(was_ready)
}

#[costate::coroutine(Send)]
fn send_whole(mut client: TcpStream) -> String {
    // It may be cut off.
    let _ = send(&mut client, 2).await;
    answer(&mut client).await
}

#[test]
fn an_upload_that_is_cancelled_at_any_point_leaves_nothing() {
    on_each(|runtime, folder| {
        let mut number = 0;
        while !runtime
            .block_on(cancelled_after(number, folder.store()))
            .unwrap()
        {
            // Further apart where it takes long: many turns pass while `gzip` works.
            number += 1 + number / 8;
        }
    });
}

/// Half of it has come, and the client waits.
#[costate::coroutine(Send)]
fn half(store: Arc<Store>) -> io::Result<(Task<io::Result<()>>, TcpStream)> {
    let (mut client, server) = pair().await?;
    let task = costate::spawn(serve_one(Arc::clone(&store), server));
    send(&mut client, 1).await?;
    store.progress.at_least(HALF as u64).await;
    assert_under_way(&store.folder);
    Ok((task, client))
}

#[test]
fn one_who_cancels_the_task_and_joins_finds_nothing() {
    #[costate::coroutine(Send)]
    fn test(store: Arc<Store>) -> io::Result<()> {
        let folder = store.folder.clone();
        let (task, mut client) = half(store).await?;
        assert!(task.cancel_and_join().await.is_none());
        assert_given_back(&folder, &[]);
        assert_eq!(answer(&mut client).await, "cancelled\n");
        Ok(())
    }
    on_each(|runtime, folder| runtime.block_on(test(folder.store())).unwrap());
}

#[test]
fn one_who_drops_the_task_leaves_nothing() {
    #[costate::coroutine(Send)]
    fn test(store: Arc<Store>) -> io::Result<()> {
        let folder = store.folder.clone();
        let (task, mut client) = half(store).await?;
        drop(task);
        // The end of the connection comes last, with the task's locals.
        assert_eq!(answer(&mut client).await, "cancelled\n");
        assert_given_back(&folder, &[]);
        Ok(())
    }
    on_each(|runtime, folder| runtime.block_on(test(folder.store())).unwrap());
}

#[test]
fn a_client_that_goes_away_leaves_nothing() {
    #[costate::coroutine(Send)]
    fn test(store: Arc<Store>) -> io::Result<()> {
        let folder = store.folder.clone();
        let (task, client) = half(store).await?;
        drop(client);
        assert!(task.await.is_err());
        assert_given_back(&folder, &[]);
        Ok(())
    }
    on_each(|runtime, folder| runtime.block_on(test(folder.store())).unwrap());
}

#[test]
fn a_client_that_is_too_slow_leaves_nothing() {
    #[costate::coroutine(Send)]
    fn test(store: Arc<Store>) -> io::Result<()> {
        let folder = store.folder.clone();
        let (task, mut client) = half(store).await?;
        // It sends no more, and nobody has anything to do: the clock goes on to the limit.
        pause();
        assert_eq!(answer(&mut client).await, "too slow\n");
        assert_given_back(&folder, &[]);
        assert_eq!(task.await.unwrap_err().kind(), io::ErrorKind::TimedOut);
        Ok(())
    }
    on_each(|runtime, folder| runtime.block_on(test(folder.store())).unwrap());
}

#[test]
fn a_second_upload_of_the_name_changes_nothing_for_the_first() {
    #[costate::coroutine(Send)]
    fn test(store: Arc<Store>) -> io::Result<()> {
        let folder = store.folder.clone();
        let (task, mut client) = half(Arc::clone(&store)).await?;
        let (mut late, server) = pair().await?;
        let second = costate::spawn(serve_one(store, server));
        send(&mut late, 0).await?;
        assert_eq!(
            second.await.unwrap_err().kind(),
            io::ErrorKind::AlreadyExists
        );
        assert_under_way(&folder);
        client.write_all(&vec![b'x'; HALF]).await?;
        assert_eq!(answer(&mut client).await, "stored\n");
        task.await?;
        assert_given_back(&folder, &["name.gz"]);
        Ok(())
    }
    on_each(|runtime, folder| runtime.block_on(test(folder.store())).unwrap());
}

#[test]
fn a_server_that_is_stopped_leaves_nothing_of_what_was_under_way() {
    #[costate::coroutine(Send)]
    fn test(store: Arc<Store>) -> io::Result<()> {
        let folder = store.folder.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let server = costate::spawn(serve(Arc::clone(&store), listener));
        let mut client = TcpStream::connect(address).await?;
        send(&mut client, 1).await?;
        store.progress.at_least(HALF as u64).await;
        assert_under_way(&folder);
        server.cancel_and_join().await;
        assert_given_back(&folder, &[]);
        assert_eq!(answer(&mut client).await, "cancelled\n");
        Ok(())
    }
    on_each(|runtime, folder| runtime.block_on(test(folder.store())).unwrap());
}

#[test]
fn the_end_of_the_runtime_leaves_nothing() {
    #[costate::coroutine(Send)]
    fn test(store: Arc<Store>) -> io::Result<TcpStream> {
        let (task, client) = half(store).await?;
        task.detach();
        Ok(client)
    }
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for threads in [1, 2] {
        let folder = Folder::new();
        let runtime = Runtime::builder().threads(threads).build().unwrap();
        let client = runtime.block_on(test(folder.store())).unwrap();
        runtime.shutdown(Duration::from_secs(60));
        assert_given_back(&folder.0, &[]);
        drop(client);
    }
}
