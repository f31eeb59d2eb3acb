//! Drivers: they keep what is large, and go through states.

use super::corpus;
use super::leaves::*;
use std::io;
use std::time::Duration;

/// What an upload is made from.
pub struct Job {
    pub name: String,
    pub parts: Vec<Vec<u8>>,
}

impl Job {
    pub fn new() -> Self {
        Job {
            name: String::new(),
            parts: Vec::new(),
        }
    }
}

corpus! {
    large_argument(argument: [u8; 8192]) -> usize, called with ([0; 8192]) {
        sleep(Duration::ZERO).await;
        argument.len()
    }

    large_arguments(first: [u8; 2048], second: [u64; 128]) -> u64, called with ([0; 2048], [0; 128]) {
        sleep(Duration::ZERO).await;
        let sum = first.iter().map(|n| u64::from(*n)).sum::<u64>();
        sleep(Duration::ZERO).await;
        sum + second.iter().sum::<u64>()
    }

    buffers_in_turn(stream: &mut Stream) -> io::Result<usize>, called with (&mut Stream::new()) {
        let mut total = 0;
        {
            let mut head = [0; 512];
            total += stream.read(&mut head).await?;
        }
        {
            let mut body = [0; 1024];
            total += stream.read(&mut body).await?;
        }
        {
            let mut trailer = [0; 256];
            total += stream.read(&mut trailer).await?;
        }
        Ok(total)
    }

    buffers_by_kind(stream: &mut Stream, kind: u8) -> io::Result<usize>, called with (&mut Stream::new(), 1) {
        match kind {
            0 => {
                let mut short = [0; 64];
                stream.read(&mut short).await
            }
            1 => {
                let mut long = [0; 2048];
                let n = stream.read(&mut long).await?;
                stream.write_all(&long[..n]).await?;
                Ok(n)
            }
            _ => {
                sleep(Duration::from_secs(1)).await;
                Ok(0)
            }
        }
    }

    upload(job: Job, to: String) -> io::Result<(String, u64)>, called with (Job::new(), String::new()) {
        let mut stream = connect(&to).await?;
        let mut sent = 0;
        for part in &job.parts {
            stream.write_all(part).await?;
            sent += part.len() as u64;
        }
        Ok((job.name, sent))
    }

    upload_taken_apart(job: Job, to: String) -> io::Result<u64>, called with (Job::new(), String::new()) {
        let Job { name, parts } = job;
        let mut stream = connect(&to).await?;
        stream.write_all(name.as_bytes()).await?;
        let mut sent = 0;
        for part in parts {
            stream.write_all(&part).await?;
            sent += part.len() as u64;
        }
        Ok(sent)
    }

    sample(every: Duration, times: usize) -> [u64; 32], called with (Duration::ZERO, 3) {
        let mut histogram = [0; 32];
        for n in 0..times {
            sleep(every).await;
            histogram[n % 32] += 1;
        }
        histogram
    }

    blink(mut times: u8) -> u8, called with (3) {
        let mut on = false;
        while times > 0 {
            on = !on;
            sleep(Duration::from_millis(500)).await;
            times -= 1;
        }
        u8::from(on)
    }

    debounce(from: &Receiver, quiet: Duration) -> Option<Message>, called with (&Receiver, Duration::ZERO) {
        let mut last = None;
        loop {
            let message = from.recv().await?;
            let same = last.replace(message.key) == Some(message.key);
            sleep(quiet).await;
            if same {
                return Some(message);
            }
        }
    }

    calibrate(stream: &mut Stream, table: [u16; 64]) -> io::Result<[u16; 64]>, called with (&mut Stream::new(), [0; 64]) {
        let mut measured = [0; 64];
        for (at, wanted) in table.iter().enumerate() {
            let mut answer = [0; 2];
            stream.write_all(&wanted.to_le_bytes()).await?;
            stream.read(&mut answer).await?;
            measured[at] = u16::from_le_bytes(answer);
        }
        Ok(measured)
    }

    update_firmware(stream: &mut Stream, image: Vec<u8>) -> io::Result<u32>, called with (&mut Stream::new(), Vec::new()) {
        let mut checksum = 0u32;
        let mut acknowledged = [0; 1];
        for page in image.chunks(256) {
            for byte in page {
                checksum = checksum.rotate_left(1) ^ u32::from(*byte);
            }
            let mut tries = 0;
            loop {
                stream.write_all(page).await?;
                stream.read(&mut acknowledged).await?;
                if acknowledged[0] == 6 {
                    break;
                }
                tries += 1;
                if tries == 3 {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                sleep(Duration::from_millis(10)).await;
            }
        }
        stream.write_all(&checksum.to_le_bytes()).await?;
        Ok(checksum)
    }
}
