//! Four uploads: one that comes to its end, and three that don't. And the same as a server.

use costate::net::{TcpListener, TcpStream};
use costate_examples::upload::{self, Progress, Store};
use rustix::io::Errno;
use rustix::process::{WaitId, WaitIdOptions, waitid};
use std::error::Error;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Of what a client announces it sends half, and that is more than a pipe holds.
const HALF: u64 = 300_000;
/// Who takes longer is sent away.
const LIMIT: Duration = Duration::from_millis(200);
const LONG: Duration = Duration::from_secs(600);

/// A server that runs.
struct Server {
    task: costate::Task<io::Result<()>>,
    address: SocketAddr,
    store: Arc<Store>,
}

#[costate::coroutine]
fn start(folder: &Path, limit: Duration) -> io::Result<Server> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let store = Arc::new(Store {
        folder: folder.to_owned(),
        limit,
        progress: Progress::default(),
    });
    let serving = upload::serve(Arc::clone(&store), listener);
    Ok(Server {
        task: costate::spawn(serving),
        address,
        store,
    })
}

/// Shows what is left of uploads.
#[costate::coroutine]
pub fn show() -> Outcome<()> {
    let folder = std::env::temp_dir().join(format!("costate-upload-{}", std::process::id()));
    fs::create_dir(&folder)?;
    defer! { let _ = fs::remove_dir_all(&folder); }

    println!("1. An upload that comes to its end");
    let server = start(&folder, LONG).await?;
    let mut client = TcpStream::connect(server.address).await?;
    send(&mut client, "whole", HALF).await?;
    println!("   the server says: {}", answer(&mut client).await?);

    println!("\n2. The client goes away in the middle");
    let mut client = TcpStream::connect(server.address).await?;
    send(&mut client, "gone", 2 * HALF).await?;
    in_the_middle(&server, 2).await?;
    drop(client);
    until_given_back(&folder).await?;

    println!("\n3. The server is stopped in the middle: its task is cancelled");
    let mut client = TcpStream::connect(server.address).await?;
    send(&mut client, "stopped", 2 * HALF).await?;
    in_the_middle(&server, 3).await?;
    server.task.cancel_and_join().await;
    println!("   the client was told: {}", answer(&mut client).await?);
    given_back(&folder)?;

    println!("\n4. The client is too slow");
    let server = start(&folder, LIMIT).await?;
    let mut client = TcpStream::connect(server.address).await?;
    send(&mut client, "slow", 2 * HALF).await?;
    in_the_middle(&server, 1).await?;
    println!("   the client was told: {}", answer(&mut client).await?);
    given_back(&folder)?;
    server.task.cancel_and_join().await;
    Ok(())
}

/// Announces an upload and sends [`HALF`] bytes.
#[costate::coroutine]
fn send(client: &mut TcpStream, name: &str, announced: u64) -> io::Result<()> {
    let line = format!("{name} {announced}\n");
    client.write_all(line.as_bytes()).await?;
    let mut left = HALF;
    while left > 0 {
        let block = [b'x'; 1000];
        client.write_all(&block).await?;
        left -= block.len() as u64;
    }
    Ok(())
}

#[costate::coroutine]
fn answer(client: &mut TcpStream) -> io::Result<String> {
    let mut line = Vec::new();
    let mut byte = [0];
    while client.read(&mut byte).await? == 1 && byte != *b"\n" {
        line.extend(byte);
    }
    Ok(String::from_utf8_lossy(&line).into_owned())
}

/// Waits until the server has got what the uploads so far have sent, and looks.
#[costate::coroutine]
fn in_the_middle(server: &Server, uploads: u64) -> Outcome<()> {
    server.store.progress.at_least(uploads * HALF).await;
    println!("   half of it has come: {}", listed(&server.store.folder)?);
    Ok(())
}

fn listed(folder: &Path) -> io::Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    // It looks, and waits for none.
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let children = match waitid(WaitId::All, look) {
        Err(Errno::CHILD) => "no child",
        _ => "gzip runs",
    };
    Ok(format!("{}; {children}", names.join(", ")))
}

const LEFT: &str = "whole.gz; no child";

fn given_back(folder: &Path) -> Outcome<()> {
    let left = listed(folder)?;
    println!("   what is left: {left}");
    match left == LEFT {
        true => Ok(()),
        false => Err("something is left of it".into()),
    }
}

#[costate::coroutine]
fn until_given_back(folder: &Path) -> Outcome<()> {
    while listed(folder)? != LEFT {
        costate::time::sleep(Duration::from_millis(2)).await;
    }
    given_back(folder)
}

/// Serves until Ctrl-C, and has given back what was under way then.
#[costate::coroutine]
pub fn serve(address: &str, folder: &str) -> Outcome<()> {
    let listener = TcpListener::bind(address).await?;
    let ctrl_c = costate::signal::ctrl_c();
    println!(
        "uploads to {folder}, at {}; Ctrl-C ends it",
        listener.local_addr()?
    );
    let store = Store {
        folder: folder.into(),
        limit: LONG,
        progress: Progress::default(),
    };
    let serving = upload::serve(Arc::new(store), listener);
    select! {
        ended = serving => ended?,
        interrupted = ctrl_c => interrupted?,
    }
    println!("given back: {}", listed(Path::new(folder))?);
    Ok(())
}
