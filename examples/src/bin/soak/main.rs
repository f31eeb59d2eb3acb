//! Does anything leak or hang when tasks are spawned, cancelled, late, panic and lose their connections for a long time?
//!
//! ```text
//! cargo run --release -p costate-examples --bin soak -- --seconds 600 --seed 7
//! ```
//!
//! Waves of random work run on a runtime that is made anew every few waves, without threads or with several. After each
//! wave nothing of it may be there any more: no task's guard, no descriptor; after each runtime no thread, and after the first
//! runtimes no more memory. A wave that doesn't end within a minute is reported with its seed. Which work there is
//! follows from the seed; how its threads meet doesn't.

mod account;
mod sockets;
mod work;

use account::{Account, Watch};
use costate::{Runtime, spawn};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[global_allocator]
static COUNTED: account::Counted = account::Counted;

/// Pieces of work that a wave begins with.
const PIECES: usize = 300;
/// Runtimes after which memory is looked at for the first time.
const WARM: usize = 6;

struct Options {
    seconds: u64,
    seed: u64,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        seconds: 20,
        seed: 1,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(option) = arguments.next() {
        let value = arguments.next().and_then(|value| value.parse().ok());
        let value = value.ok_or_else(|| format!("{option} needs a number"))?;
        match option.as_str() {
            "--seconds" => options.seconds = value,
            "--seed" => options.seed = value,
            _ => return Err(format!("{option} is neither --seconds nor --seed")),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    match options().and_then(|options| soak(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn soak(options: &Options) -> Result<(), String> {
    work::keep_panics_quiet();
    let until = Instant::now() + Duration::from_secs(options.seconds);
    let watch = Watch::start();
    let (mut runtimes, mut waves, mut memory) = (0, 0, None);
    let before = Account::take();
    while Instant::now() < until || runtimes < 2 * WARM {
        let mut random = fastrand::Rng::with_seed(options.seed.wrapping_add(runtimes as u64));
        let runtime = runtime(&mut random).map_err(|error| error.to_string())?;
        for wave in 0..random.usize(2..8) {
            watch.begin(format!(
                "runtime {runtimes} of seed {}, wave {wave}",
                options.seed
            ));
            let seed = random.u64(..);
            let first = runtime.block_on(runtime.spawn(all(seed)));
            first.map_err(|leak| format!("runtime {runtimes}, wave {wave}: {leak}"))?;
            waves += 1;
        }
        // What is cancelled by the end of the runtime leaves nothing either.
        runtime.block_on(runtime.spawn(work::begin(random.u64(..), PIECES)));
        watch.begin(format!(
            "the end of runtime {runtimes} of seed {}",
            options.seed
        ));
        drop(runtime);
        runtimes += 1;
        let now = Account::take();
        now.check(&before)
            .map_err(|leak| format!("after runtime {runtimes}: {leak}"))?;
        if runtimes == WARM {
            memory = Some(now.bytes);
        }
        if let Some(memory) = memory.filter(|memory| now.bytes > memory + account::SLACK) {
            let more = now.bytes - memory;
            return Err(format!(
                "after runtime {runtimes}: {more} bytes more than after {WARM}"
            ));
        }
    }
    let (pieces, bytes) = (work::count(), Account::take().bytes);
    println!(
        "{runtimes} runtimes, {waves} waves, {pieces} pieces of work; {bytes} bytes are in use"
    );
    println!("nothing leaked, nothing hung");
    Ok(())
}

fn runtime(random: &mut fastrand::Rng) -> std::io::Result<Runtime> {
    let builder = Runtime::builder().max_blocking_threads(random.usize(1..6));
    let builder = match random.usize(..4) {
        0 => builder.current_thread(),
        n => builder.threads(n),
    };
    builder.grace(Duration::from_secs(30)).build()
}

/// A wave. Says what is still there when it is over.
#[costate::coroutine]
fn all(seed: u64) -> Result<(), String> {
    let descriptors = account::descriptors();
    let server = sockets::Server::start().await;
    let server = Arc::new(server.map_err(|error| error.to_string())?);
    let task = spawn(work::pieces(Arc::clone(&server), seed, PIECES));
    let panicked = task.join().await;
    server.stop().await;
    drop(server);
    panicked.map_err(|error| error.to_string())?;
    // Detached tasks end by themselves, and so does what a blocking thread holds.
    let end = Instant::now() + Duration::from_secs(50);
    while work::living() > 0 || account::descriptors() > descriptors {
        if Instant::now() > end {
            let (living, now) = (work::living(), account::descriptors());
            return Err(format!(
                "{living} guards live; {descriptors} descriptors became {now}"
            ));
        }
        costate::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}
