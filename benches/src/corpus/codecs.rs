//! Codecs: they read and write what is longer than one read.

use super::corpus;
use super::leaves::*;
use std::io;

corpus! {
    read_exact(stream: &mut Stream, buf: &mut [u8]) -> io::Result<()>, called with (&mut Stream::new(), &mut [0; 8]) {
        let mut filled = 0;
        while filled < buf.len() {
            match stream.read(&mut buf[filled..]).await? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                n => filled += n,
            }
        }
        Ok(())
    }

    read_to_end(stream: &mut Stream) -> io::Result<Vec<u8>>, called with (&mut Stream::new()) {
        let mut all = Vec::new();
        let mut piece = [0; 256];
        loop {
            let n = stream.read(&mut piece).await?;
            if n == 0 {
                return Ok(all);
            }
            all.extend_from_slice(&piece[..n]);
        }
    }

    read_line(stream: &mut Stream, line: &mut String) -> io::Result<usize>, called with (&mut Stream::new(), &mut String::new()) {
        let before = line.len();
        let mut byte = [0];
        loop {
            if stream.read(&mut byte).await? == 0 || byte[0] == b'\n' {
                return Ok(line.len() - before);
            }
            line.push(char::from(byte[0]));
        }
    }

    read_u32(stream: &mut Stream) -> io::Result<u32>, called with (&mut Stream::new()) {
        let mut bytes = [0; 4];
        stream.read(&mut bytes).await?;
        Ok(u32::from_be_bytes(bytes))
    }

    read_frame(stream: &mut Stream) -> io::Result<Vec<u8>>, called with (&mut Stream::new()) {
        let mut head = [0; 4];
        stream.read(&mut head).await?;
        let length = u32::from_be_bytes(head) as usize;
        if length > 1 << 20 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut body = vec![0; length];
        let mut filled = 0;
        while filled < length {
            filled += stream.read(&mut body[filled..]).await?;
        }
        Ok(body)
    }

    write_frame(stream: &mut Stream, body: Vec<u8>) -> io::Result<()>, called with (&mut Stream::new(), Vec::new()) {
        let head = (body.len() as u32).to_be_bytes();
        stream.write_all(&head).await?;
        stream.write_all(&body).await
    }

    write_frames(stream: &mut Stream, bodies: &[Vec<u8>]) -> io::Result<usize>, called with (&mut Stream::new(), &[]) {
        let mut written = 0;
        for body in bodies {
            let head = (body.len() as u32).to_be_bytes();
            stream.write_all(&head).await?;
            stream.write_all(body).await?;
            written += head.len() + body.len();
        }
        Ok(written)
    }

    chunked(mut stream: Stream, chunks: Vec<Vec<u8>>) -> io::Result<Stream>, called with (Stream::new(), Vec::new()) {
        for chunk in chunks {
            let size = format!("{:x}\r\n", chunk.len());
            stream.write_all(size.as_bytes()).await?;
            stream.write_all(&chunk).await?;
            stream.write_all(b"\r\n").await?;
        }
        stream.write_all(b"0\r\n\r\n").await?;
        Ok(stream)
    }

    request(stream: &mut Stream, path: &str) -> io::Result<(u16, Vec<u8>)>, called with (&mut Stream::new(), "") {
        let head = format!("GET {path} HTTP/1.1\r\n\r\n");
        stream.write_all(head.as_bytes()).await?;
        let mut answer = vec![0; 8192];
        let n = stream.read(&mut answer).await?;
        answer.truncate(n);
        let status = answer.get(9..12).and_then(|s| std::str::from_utf8(s).ok());
        let status = status.and_then(|s| s.parse().ok());
        Ok((status.ok_or(io::ErrorKind::InvalidData)?, answer))
    }

    handshake(mut stream: Stream, version: u8) -> Result<Stream, (Stream, u8)>, called with (Stream::new(), 5) {
        let mut offered = [0; 2];
        if stream.write_all(&[version]).await.is_err() {
            return Err((stream, 0));
        }
        match stream.read(&mut offered).await {
            Ok(2) if offered[0] == version => Ok(stream),
            _ => Err((stream, offered[0])),
        }
    }

    skip(stream: &mut Stream, mut bytes: usize) -> io::Result<()>, called with (&mut Stream::new(), 1) {
        let mut into = [0; 4096];
        while bytes > 0 {
            let most = bytes.min(into.len());
            bytes -= stream.read(&mut into[..most]).await?;
        }
        Ok(())
    }

    copy(from: &mut Stream, to: &mut Stream) -> io::Result<u64>, called with (&mut Stream::new(), &mut Stream::new()) {
        let mut buf = vec![0; 8192];
        let mut copied = 0;
        loop {
            let n = from.read(&mut buf).await?;
            if n == 0 {
                break;
            }
            to.write_all(&buf[..n]).await?;
            copied += n as u64;
        }
        Ok(copied)
    }
}
