//! Why is a machine as large as it is? `cargo run -p costate-examples --bin sizes` says it of a small server's coroutine;
//! with `-- --svg` it draws it, which is the picture in `docs/sizes.md`.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A connection. (The size of a real one depends on the system; the picture is to be the same everywhere.)
pub struct Connection {
    _descriptor: u64,
}

/// A read from one.
pub struct Read<'a> {
    _from: &'a mut Connection,
    into: &'a mut [u8],
}

impl Connection {
    fn read<'a>(&'a mut self, into: &'a mut [u8]) -> Read<'a> {
        Read { _from: self, into }
    }
}

impl Future for Read<'_> {
    type Output = io::Result<usize>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(self.into.len()))
    }
}

#[costate::coroutine(sizes)]
fn read_line(connection: &mut Connection, most: usize) -> io::Result<String> {
    let mut line = String::new();
    let mut byte = [0];
    while line.len() < most {
        connection.read(&mut byte).await?;
        if byte[0] == b'\n' {
            break;
        }
        line.push(char::from(byte[0]));
    }
    Ok(line)
}

#[costate::coroutine(sizes)]
fn serve(mut connection: Connection) -> io::Result<u32> {
    let mut answered = 0;
    loop {
        let line = read_line(&mut connection, 80).await?;
        if line.is_empty() {
            return Ok(answered);
        }
        let mut body = [0; 256];
        connection.read(&mut body).await?;
        answered += 1;
    }
}

/// Both ways to look at it.
pub fn report() -> costate::SizeReport {
    costate::size_report!(serve)
}

fn main() {
    if std::env::args().any(|argument| argument == "--svg") {
        print!("{}", report().to_svg());
    } else {
        print!("{}", report());
    }
}
