use std::future::{Ready, ready};

enum Frame {
    Text(String),
    Data { bytes: Vec<u8>, last: bool },
    Close,
}

struct Reader {
    left: Vec<Frame>,
}

impl Reader {
    fn next(&mut self) -> Ready<Option<Frame>> {
        ready(self.left.pop())
    }
}

struct Writer {
    out: Vec<u8>,
}

impl Writer {
    fn write_all(&mut self, bytes: &[u8]) -> Ready<std::io::Result<()>> {
        self.out.extend_from_slice(bytes);
        ready(Ok(()))
    }
    fn flush(&mut self) -> Ready<std::io::Result<()>> {
        ready(Ok(()))
    }
}

// subject
async fn relay(reader: &mut Reader, writer: &mut Writer, limit: usize) -> std::io::Result<usize> {
    let mut sent = 0;
    while let Some(frame) = reader.next().await {
        let length = match frame {
            Frame::Text(text) => {
                writer.write_all(text.as_bytes()).await?;
                text.len()
            }
            Frame::Data { bytes, last } => {
                writer.write_all(&bytes).await?;
                if last {
                    writer.flush().await?;
                }
                bytes.len()
            }
            Frame::Close => break,
        };
        sent += length;
        if sent > limit {
            return Err(std::io::Error::other("too much"));
        }
    }
    writer.flush().await?;
    Ok(sent)
}

fn main() {}
