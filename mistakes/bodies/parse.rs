use std::future::{Ready, ready};
use std::num::ParseIntError;

#[derive(Debug)]
enum Wrong {
    Number(ParseIntError),
    Missing(&'static str),
}

impl From<ParseIntError> for Wrong {
    fn from(error: ParseIntError) -> Self {
        Wrong::Number(error)
    }
}

#[derive(Debug, PartialEq, Default)]
struct Config {
    port: u16,
    hosts: Vec<String>,
    depth: Option<u8>,
}

fn read(key: &'static str) -> Ready<Option<String>> {
    ready(Some(key.to_owned()))
}

// subject
async fn configure(strict: bool) -> Result<Config, Wrong> {
    let text = read("port").await.ok_or(Wrong::Missing("port"))?;
    let port = text.trim().parse()?;
    let depth = match read("depth").await {
        Some(text) if strict => Some(text.parse::<u8>()?),
        Some(text) => text.parse().ok(),
        None => None,
    };
    let mut config = Config { port, depth, ..Config::default() };
    for key in ["first", "second"] {
        if let Some(host) = read(key).await {
            config.hosts.push(host);
        } else if strict {
            return Err(Wrong::Missing(key));
        }
    }
    let (low, high) = (config.port & 0xff, config.port >> 8);
    let sum: u32 = [low, high].iter().map(|&part| u32::from(part)).sum();
    if sum == 0 && config.hosts.is_empty() {
        return Err(Wrong::Missing("anything"));
    }
    Ok(config)
}

fn main() {}
