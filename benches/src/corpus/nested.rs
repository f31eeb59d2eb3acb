//! Calls in calls: each level stores its arguments once, or twice.

use super::corpus;
use super::leaves::*;
use std::io;
use std::time::Duration;

corpus! {
    leaf(bytes: [u8; 256]) -> usize, called with ([0; 256]) {
        sleep(Duration::ZERO).await;
        bytes.len()
    }

    two_deep(bytes: [u8; 256]) -> usize, called with ([0; 256]) {
        leaf(bytes).await
    }

    four_deep(bytes: [u8; 256]) -> usize, called with ([0; 256]) {
        fn_three(bytes).await + 1
    }

    fn_three(bytes: [u8; 256]) -> usize, called with ([0; 256]) {
        let n = two_deep(bytes).await;
        n + 1
    }

    ten_deep(bytes: [u8; 256]) -> usize, called with ([0; 256]) {
        nine_deep(bytes).await
    }

    nine_deep(bytes: [u8; 256]) -> usize, called with ([0; 256]) {
        eight_deep(bytes).await
    }

    eight_deep(bytes: [u8; 256]) -> usize, called with ([0; 256]) {
        seven_deep(bytes).await
    }

    seven_deep(bytes: [u8; 256]) -> usize, called with ([0; 256]) {
        six_deep(bytes).await
    }

    six_deep(bytes: [u8; 256]) -> usize, called with ([0; 256]) {
        five_deep(bytes).await
    }

    five_deep(bytes: [u8; 256]) -> usize, called with ([0; 256]) {
        four_deep(bytes).await
    }

    one_after_the_other(stream: &mut Stream) -> io::Result<u64>, called with (&mut Stream::new()) {
        let first = number(stream).await?;
        let second = number(stream).await?;
        let third = number(stream).await?;
        Ok(first + second + third)
    }

    number(stream: &mut Stream) -> io::Result<u64>, called with (&mut Stream::new()) {
        let mut bytes = [0; 8];
        stream.read(&mut bytes).await?;
        Ok(u64::from_le_bytes(bytes))
    }

    session(mut stream: Stream, user: String) -> io::Result<u64>, called with (Stream::new(), String::new()) {
        log_in(&mut stream, user).await?;
        let sum = one_after_the_other(&mut stream).await?;
        log_out(stream).await?;
        Ok(sum)
    }

    log_in(stream: &mut Stream, user: String) -> io::Result<()>, called with (&mut Stream::new(), String::new()) {
        let text = format!("user {user}\n");
        stream.write_all(text.as_bytes()).await?;
        let answer = number(stream).await?;
        if answer != 0 {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(())
    }

    log_out(mut stream: Stream) -> io::Result<()>, called with (Stream::new()) {
        stream.write_all(b"quit\n").await
    }

    sessions(users: Vec<String>, to: String) -> io::Result<Vec<u64>>, called with (Vec::new(), String::new()) {
        let mut sums = Vec::new();
        for user in users {
            let stream = connect(&to).await?;
            sums.push(session(stream, user).await?);
        }
        Ok(sums)
    }
}
