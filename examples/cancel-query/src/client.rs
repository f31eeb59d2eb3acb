//! A browser as small as can be, which blocks: for tests and measurements.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// A request that was sent. Dropped, it goes away without the answer.
#[derive(Debug)]
pub struct Asked(TcpStream);

/// What a server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}

/// Asks for a page: `GET /`, or whatever it is.
///
/// # Errors
///
/// If the server can't be reached.
pub fn ask(server: SocketAddr, what: &str) -> io::Result<Asked> {
    let mut stream = TcpStream::connect(server)?;
    write!(
        stream,
        "{what} HTTP/1.1\r\nHost: {server}\r\nUser-Agent: test\r\nConnection: close\r\n\r\n"
    )?;
    Ok(Asked(stream))
}

impl Asked {
    /// Waits for the answer.
    ///
    /// # Errors
    ///
    /// If the server goes away, or doesn't speak HTTP.
    pub fn answer(mut self) -> io::Result<Answer> {
        let mut text = String::new();
        self.0.read_to_string(&mut text)?;
        let not_http = || io::Error::new(io::ErrorKind::InvalidData, text.clone());
        let (head, body) = text.split_once("\r\n\r\n").ok_or_else(not_http)?;
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Ok(Answer {
            status: status.ok_or_else(not_http)?,
            body: body.into(),
        })
    }
}
