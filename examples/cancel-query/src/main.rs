//! A server with a page that starts slow PostgreSQL queries, and stops them when nobody waits for them any more.
//!
//! ```text
//! cargo run --release -p costate-cancel-query -- postgres://me@localhost/mine
//! curl 'http://127.0.0.1:7800/query?sleep=30'      # and Ctrl-C: the query is gone
//! ```
//!
//! Ctrl-C here ends it: what runs is cancelled and rolled back first.

use costate::Runtime;
use costate_cancel_query::options::{self, Options};
use costate_cancel_query::server::Server;
use std::process::ExitCode;
use std::time::Duration;

/// How long a cancelled query has to clean up.
const CLEAN_UP: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(wrong) => {
            eprintln!("{wrong}\n{}", options::usage("cancel-query"));
            return ExitCode::from(2);
        }
    };
    match start(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprintln!("cancel-query: {wrong}");
            ExitCode::FAILURE
        }
    }
}

fn start(options: Options) -> Result<(), String> {
    let runtime = Runtime::builder().clean_up_limit(CLEAN_UP).build();
    let runtime = runtime.map_err(|error| format!("can't start: {error}"))?;
    let ended = runtime.block_on(run(options));
    runtime.shutdown(CLEAN_UP);
    ended
}

#[costate::coroutine]
fn run(options: Options) -> Result<(), String> {
    let server = Server::start(options).await?;
    let address = server.address().map_err(|error| error.to_string())?;
    // Before anyone knows that there is a server to interrupt.
    let ctrl_c = costate::signal::ctrl_c();
    println!("http://{address}/   (Ctrl-C ends it)");

    let (app, stop) = (server.app().clone(), server.stop());
    let serving = costate::spawn(server.serve());
    let interrupted = ctrl_c.await;
    interrupted.map_err(|error| format!("can't wait for Ctrl-C: {error}"))?;

    println!("\nto be cancelled: {}", app.jobs.running());
    stop.cancel();
    serving.await;
    let counts = app.jobs.counts();
    println!(
        "finished: {}, cancelled: {}, failed: {}",
        counts.finished, counts.cancelled, counts.failed
    );
    Ok(())
}
