//! Retries, waits and fallbacks.

use super::corpus;
use super::leaves::*;
use std::io;
use std::time::Duration;

corpus! {
    retry(to: &str, times: u32) -> io::Result<Stream>, called with ("", 3) {
        let mut wait = Duration::from_millis(10);
        let mut last = None;
        for _ in 0..times {
            match connect(to).await {
                Ok(stream) => return Ok(stream),
                Err(error) => last = Some(error),
            }
            sleep(wait).await;
            wait = (wait * 2).min(Duration::from_secs(1));
        }
        Err(last.unwrap_or_else(|| io::ErrorKind::TimedOut.into()))
    }

    first_of(addresses: Vec<String>) -> io::Result<(String, Stream)>, called with (Vec::new()) {
        for address in addresses {
            if let Ok(stream) = connect(&address).await {
                return Ok((address, stream));
            }
        }
        Err(io::ErrorKind::AddrNotAvailable.into())
    }

    with_fallback(first: String, second: String) -> io::Result<Stream>, called with (String::new(), String::new()) {
        match connect(&first).await {
            Ok(stream) => Ok(stream),
            Err(_) => connect(&second).await,
        }
    }

    ask_again(mut stream: Stream, question: Vec<u8>) -> io::Result<Vec<u8>>, called with (Stream::new(), Vec::new()) {
        let mut answer = vec![0; 64];
        for pause in [1, 2, 4, 8] {
            stream.write_all(&question).await?;
            let n = stream.read(&mut answer).await?;
            if n > 0 {
                answer.truncate(n);
                return Ok(answer);
            }
            sleep(Duration::from_millis(pause)).await;
        }
        Err(io::ErrorKind::TimedOut.into())
    }

    reconnect(to: String, message: Vec<u8>) -> u32, called with (String::new(), Vec::new()) {
        let mut lost = 0;
        'connected: loop {
            let Ok(mut stream) = connect(&to).await else {
                lost += 1;
                if lost > 10 {
                    return lost;
                }
                sleep(Duration::from_secs(1)).await;
                continue;
            };
            loop {
                if stream.write_all(&message).await.is_err() {
                    continue 'connected;
                }
                sleep(Duration::from_secs(30)).await;
            }
        }
    }

    wait_until(flag: &Lock<bool>, mut tries: u32) -> bool, called with (&Lock::new(false), 3) {
        while tries > 0 {
            if *flag.lock().await {
                return true;
            }
            sleep(Duration::from_millis(1)).await;
            tries -= 1;
        }
        false
    }

    paced(items: Vec<u64>, pace: Duration) -> u64, called with (Vec::new(), Duration::ZERO) {
        let mut sum = 0;
        for item in items {
            sleep(pace).await;
            sum += item;
        }
        sum
    }

    two_sleeps() -> (), called with () {
        sleep(Duration::from_secs(1)).await;
        sleep(Duration::from_secs(2)).await;
    }

    pass_through(stream: &mut Stream) -> io::Result<()>, called with (&mut Stream::new()) {
        stream.write_all(b"hello").await
    }

    pass_on(to: Sender, message: Message) -> Result<(), Closed>, called with (Sender, Message::new(1)) {
        to.send(message).await
    }
}
