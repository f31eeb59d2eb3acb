use std::collections::HashMap;
use std::future::{Ready, ready};

fn line(index: usize) -> Ready<Option<String>> {
    ready((index < 3).then(|| format!("word {index}")))
}

fn report(counts: &HashMap<String, u32>) -> Ready<u32> {
    ready(counts.values().sum())
}

// subject
async fn count(mut index: usize) -> (u32, Vec<String>) {
    let mut counts = HashMap::new();
    let mut words = Vec::new();
    while let Some(text) = line(index).await {
        for word in text.split_whitespace() {
            *counts.entry(word.to_owned()).or_insert(0) += 1;
            words.push(word.to_uppercase());
        }
        index += 1;
    }
    let total = report(&counts).await;
    words.sort();
    let longest = words.iter().map(|word| word.len()).max().unwrap_or(0);
    println!("{total} words, the longest of {longest}");
    (total, words)
}

fn main() {}
