//! Servers: they accept, read, answer and count.

use super::corpus;
use super::leaves::*;
use std::collections::HashMap;
use std::io;
use std::time::Duration;

type Table = HashMap<String, Vec<u8>>;

corpus! {
    echo(mut stream: Stream) -> io::Result<u64>, called with (Stream::new()) {
        let mut buf = [0; 1024];
        let mut total = 0;
        loop {
            let n = stream.read(&mut buf).await?;
            if n == 0 {
                return Ok(total);
            }
            stream.write_all(&buf[..n]).await?;
            total += n as u64;
        }
    }

    echo_borrowed(stream: &mut Stream, buf: &mut [u8]) -> io::Result<u64>, called with (&mut Stream::new(), &mut [0; 8]) {
        let mut total = 0;
        loop {
            let n = stream.read(buf).await?;
            if n == 0 {
                return Ok(total);
            }
            stream.write_all(&buf[..n]).await?;
            total += n as u64;
        }
    }

    serve(listener: Listener, table: &Lock<Table>) -> io::Result<()>, called with (Listener, &Lock::new(Table::new())) {
        loop {
            let mut stream = listener.accept().await?;
            let mut head = [0; 64];
            let n = stream.read(&mut head).await?;
            let key = String::from_utf8_lossy(&head[..n]).into_owned();
            let value = table.lock().await.get(&key).cloned();
            match value {
                Some(value) => stream.write_all(&value).await?,
                None => stream.write_all(b"not found").await?,
            }
        }
    }

    accept_with_backoff(listener: &Listener) -> io::Result<Stream>, called with (&Listener) {
        let mut wait = Duration::from_millis(5);
        loop {
            match listener.accept().await {
                Ok(stream) => return Ok(stream),
                Err(error) if error.kind() == io::ErrorKind::OutOfMemory => {
                    sleep(wait).await;
                    wait *= 2;
                }
                Err(error) => return Err(error),
            }
        }
    }

    accept_many(listener: &Listener, most: usize) -> io::Result<Vec<Stream>>, called with (&Listener, 3) {
        let mut streams = Vec::with_capacity(most);
        while streams.len() < most {
            streams.push(listener.accept().await?);
        }
        Ok(streams)
    }

    put(table: &Lock<Table>, key: String, value: Vec<u8>) -> Option<Vec<u8>>, called with (&Lock::new(Table::new()), String::new(), Vec::new()) {
        let mut table = table.lock().await;
        table.insert(key, value)
    }

    get_or_fetch(table: &Lock<Table>, key: String) -> io::Result<Vec<u8>>, called with (&Lock::new(Table::new()), String::new()) {
        if let Some(found) = table.lock().await.get(&key) {
            return Ok(found.clone());
        }
        let mut stream = connect(&key).await?;
        let mut buf = vec![0; 4096];
        let n = stream.read(&mut buf).await?;
        buf.truncate(n);
        table.lock().await.insert(key, buf.clone());
        Ok(buf)
    }

    proxy(mut client: Stream, to: String) -> io::Result<()>, called with (Stream::new(), String::new()) {
        let mut server = connect(&to).await?;
        let mut request = [0; 512];
        let mut answer = [0; 512];
        loop {
            let n = client.read(&mut request).await?;
            if n == 0 {
                break;
            }
            server.write_all(&request[..n]).await?;
            let n = server.read(&mut answer).await?;
            client.write_all(&answer[..n]).await?;
        }
        Ok(())
    }

    greeting(mut stream: Stream, name: String) -> io::Result<()>, called with (Stream::new(), String::new()) {
        let text = format!("hello {name}");
        stream.write_all(text.as_bytes()).await?;
        stream.write_all(b"\r\n").await
    }

    keep_alive(mut stream: Stream, every: Duration) -> io::Result<()>, called with (Stream::new(), Duration::ZERO) {
        loop {
            sleep(every).await;
            stream.write_all(b"ping").await?;
            let mut answer = [0; 4];
            if stream.read(&mut answer).await? != 4 || &answer != b"pong" {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
        }
    }

    count_requests(listener: &Listener, requests: &Lock<u64>) -> io::Result<u64>, called with (&Listener, &Lock::new(0)) {
        let mut last = 0;
        for _ in 0..100 {
            let stream = listener.accept().await?;
            let mut count = requests.lock().await;
            *count += 1;
            last = *count;
            drop(count);
            drop(stream);
        }
        Ok(last)
    }

    shut_down(streams: Vec<Stream>, grace: Duration) -> usize, called with (Vec::new(), Duration::ZERO) {
        let mut failed = 0;
        for mut stream in streams {
            if stream.write_all(b"bye").await.is_err() {
                failed += 1;
            }
            sleep(grace).await;
        }
        failed
    }
}
