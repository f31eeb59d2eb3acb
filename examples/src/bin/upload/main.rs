//! Uploads that are cancelled: nothing half-done is left, neither file nor lock nor process.
//!
//! ```text
//! cargo run --release -p costate-examples --bin upload                        # shows it
//! cargo run --release -p costate-examples --bin upload -- 127.0.0.1:7778 DIR  # a server; Ctrl-C ends it
//! ```
//!
//! An upload is a line `NAME LENGTH` and so many bytes; the server answers with a line. What it keeps is `DIR/NAME.gz`.

use std::process::ExitCode;

#[cfg(unix)]
mod shown;

#[cfg(unix)]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let ended = match &*arguments {
        [] => costate::block_on(shown::show()),
        [address, folder] => costate::block_on(shown::serve(address, folder)),
        _ => {
            eprintln!("usage: upload [ADDRESS FOLDER]");
            return ExitCode::from(2);
        }
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("upload: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(unix))]
fn main() -> ExitCode {
    eprintln!("upload: there are no child processes on this system so far");
    ExitCode::FAILURE
}
