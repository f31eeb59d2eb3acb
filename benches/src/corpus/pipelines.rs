//! Pipelines: they receive, work and send on.

use super::corpus;
use super::leaves::*;
use std::collections::BTreeMap;

corpus! {
    forward(from: Receiver, to: Sender) -> Result<u64, Closed>, called with (Receiver, Sender) {
        let mut count = 0;
        while let Some(message) = from.recv().await {
            to.send(message).await?;
            count += 1;
        }
        Ok(count)
    }

    filter(from: Receiver, to: Sender, least: u64) -> Result<(), Closed>, called with (Receiver, Sender, 1) {
        while let Some(message) = from.recv().await {
            if message.key >= least {
                to.send(message).await?;
            }
        }
        Ok(())
    }

    split(from: Receiver, even: Sender, odd: Sender) -> Result<(), Closed>, called with (Receiver, Sender, Sender) {
        while let Some(message) = from.recv().await {
            if message.key % 2 == 0 {
                even.send(message).await?;
            } else {
                odd.send(message).await?;
            }
        }
        Ok(())
    }

    batch(from: Receiver, to: Sender, most: usize) -> Result<(), Closed>, called with (Receiver, Sender, 8) {
        let mut batch = Message::new(0);
        while let Some(message) = from.recv().await {
            batch.body.extend(message.body);
            if batch.body.len() >= most {
                let full = std::mem::replace(&mut batch, Message::new(0));
                to.send(full).await?;
            }
        }
        to.send(batch).await
    }

    fan_out(from: Receiver, to: Vec<Sender>) -> Result<(), Closed>, called with (Receiver, Vec::new()) {
        while let Some(message) = from.recv().await {
            for one in &to {
                let mut copy = Message::new(message.key);
                copy.body.clone_from(&message.body);
                one.send(copy).await?;
            }
        }
        Ok(())
    }

    tally(from: Receiver) -> BTreeMap<u64, usize>, called with (Receiver) {
        let mut tally = BTreeMap::new();
        while let Some(message) = from.recv().await {
            *tally.entry(message.key).or_default() += message.body.len();
        }
        tally
    }

    merge(left: Receiver, right: Receiver, to: Sender) -> Result<u64, Closed>, called with (Receiver, Receiver, Sender) {
        let mut sent = 0;
        loop {
            let (a, b) = (left.recv().await, right.recv().await);
            let (Some(a), Some(b)) = (a, b) else {
                return Ok(sent);
            };
            let (first, second) = if a.key <= b.key { (a, b) } else { (b, a) };
            to.send(first).await?;
            to.send(second).await?;
            sent += 2;
        }
    }

    actor(inbox: Receiver, state: &Lock<u64>, outbox: Sender) -> Result<(), Closed>, called with (Receiver, &Lock::new(0), Sender) {
        while let Some(message) = inbox.recv().await {
            match message.key {
                0 => *state.lock().await = 0,
                1 => *state.lock().await += 1,
                key => {
                    let now = *state.lock().await;
                    let mut answer = Message::new(key);
                    answer.body.extend(now.to_le_bytes());
                    outbox.send(answer).await?;
                }
            }
        }
        Ok(())
    }

    drain(from: &Receiver) -> Vec<Message>, called with (&Receiver) {
        let mut all = Vec::new();
        while let Some(message) = from.recv().await {
            all.push(message);
        }
        all
    }

    stages(from: Receiver, to: Sender) -> Result<(), Closed>, called with (Receiver, Sender) {
        let Some(message) = from.recv().await else {
            return Ok(());
        };
        let upper: Vec<u8> = message.body.iter().map(u8::to_ascii_uppercase).collect();
        let Some(second) = from.recv().await else {
            return Ok(());
        };
        let joined = [upper, second.body].concat();
        let mut result = Message::new(message.key + second.key);
        result.body = joined;
        to.send(result).await
    }

    dedup(from: Receiver, to: Sender) -> Result<u64, Closed>, called with (Receiver, Sender) {
        let mut last = None;
        let mut dropped = 0;
        while let Some(message) = from.recv().await {
            if last == Some(message.key) {
                dropped += 1;
                continue;
            }
            last = Some(message.key);
            to.send(message).await?;
        }
        Ok(dropped)
    }
}
