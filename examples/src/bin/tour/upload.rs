//! An upload that is given up: its task is dropped in mid-transfer, and everything it held goes.

use crate::Outcome;
use costate::net::TcpStream;
use costate_examples::pattern::Pattern;
use costate_examples::process::with_commas;
use costate_examples::server::Served;
use costate_examples::watch::{Diary, Watched};
use std::fs::{self, File};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

const BLOCK: usize = 32 * 1024;
/// It would send this much if nobody dropped it: more than anyone waits for.
const WHOLE: u64 = 1 << 40;
const DROP_AFTER: u64 = 4 * 1024 * 1024;
const LIMIT: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(2);

/// A file that says "an upload is under way"; it goes with whoever holds this.
#[derive(Debug)]
struct LockFile(PathBuf);

impl LockFile {
    fn create(path: &Path) -> io::Result<Self> {
        File::create(path)?;
        Ok(LockFile(path.to_owned()))
    }
}

impl Drop for LockFile {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            eprintln!("can't remove {}: {error}", self.0.display());
        }
    }
}

/// What was seen of the upload that was dropped.
#[derive(Debug)]
pub struct Dropped {
    diary: Diary,
    sent: u64,
}

impl Dropped {
    pub fn print_ending(&self) {
        println!(
            "   dropped after {} bytes of {}:",
            with_commas(self.sent),
            with_commas(WHOLE)
        );
        println!("   the lock file is gone, the socket closed, the server's side ended");
    }

    pub fn print_states(&self) {
        for (number, standing) in self.diary.pages().iter().enumerate() {
            print!("   state {}\n{standing}", number + 1);
        }
    }
}

/// Starts an upload, drops its task in the middle, and waits until its lock file is gone.
///
/// # Errors
///
/// When the upload never got going, or its clean-up didn't happen in time.
#[costate::coroutine]
pub fn dropped_in_the_middle(address: SocketAddr, served: &Served) -> Outcome<Dropped> {
    let path = std::env::temp_dir().join(format!("costate-tour-{}.lock", std::process::id()));
    let (diary, sent) = (Diary::default(), Arc::new(AtomicU64::new(0)));
    let uploading = upload(address, path.clone(), Arc::clone(&sent));
    let task = costate::spawn(Watched::new(uploading, diary.clone()));

    let started = costate::time::timeout(LIMIT, at_least(&sent, DROP_AFTER)).await;
    started.map_err(|_| "the upload doesn't get on")?;
    println!(
        "   lock file {}",
        if path.exists() { "there" } else { "missing" }
    );
    println!(
        "   connections open at the server: {}",
        served.open.load(Relaxed)
    );
    drop(task);

    let gone = costate::time::timeout(LIMIT, until_gone(&path)).await;
    gone.map_err(|_| "the dropped task left its lock file behind")?;
    Ok(Dropped {
        diary,
        sent: sent.load(Relaxed),
    })
}

/// Sends blocks and reads them back, holding a lock file all the while.
#[costate::coroutine]
fn upload(address: SocketAddr, lock: PathBuf, sent: Arc<AtomicU64>) -> io::Result<()> {
    let _lock = LockFile::create(&lock)?;
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut pattern = Pattern::new(0);
    let mut block = vec![0; BLOCK];
    while pattern.position() < WHOLE {
        pattern.fill(&mut block);
        stream.write_all(&block).await?;
        stream.read_exact(&mut block).await?;
        sent.store(pattern.position(), Relaxed);
    }
    Ok(())
}

#[costate::coroutine]
fn at_least(counter: &AtomicU64, enough: u64) {
    while counter.load(Relaxed) < enough {
        costate::time::sleep(LOOK).await;
    }
}

#[costate::coroutine]
fn until_gone(path: &Path) {
    while path.exists() {
        costate::time::sleep(LOOK).await;
    }
}
