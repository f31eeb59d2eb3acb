//! What the compiler says of a program, as its user reads it.

use serde_json::Value;
use std::fmt;

/// One message: how bad, what, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// Line and column at which each of the places that it is about begins and ends.
    places: Vec<[u64; 4]>,
    level: String,
    code: String,
    words: String,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [line, column, ..] = self.places.first().copied().unwrap_or_default();
        let Self {
            level, code, words, ..
        } = self;
        write!(f, "{level}[{code}] {line}:{column} {words}")
    }
}

/// All of them, in the order of their places.
#[must_use]
pub fn said(messages: &[Value]) -> Vec<Said> {
    let mut all: Vec<Said> = messages.iter().filter_map(one).collect();
    all.sort();
    all
}

fn one(message: &Value) -> Option<Said> {
    let words = message["message"].as_str()?;
    let level = message["level"].as_str()?;
    let is_summary = words.starts_with("aborting due to") || words.ends_with(" emitted");
    if is_summary || !(level == "error" || level == "warning") {
        return None;
    }
    let spans = message["spans"].as_array().into_iter().flatten();
    let primary = spans.filter(|span| span["is_primary"] == true);
    Some(Said {
        places: primary.map(place).collect(),
        level: level.to_owned(),
        code: message["code"]["code"].as_str().unwrap_or("-").to_owned(),
        words: words.to_owned(),
    })
}

fn place(span: &Value) -> [u64; 4] {
    let number = |name: &str| span[name].as_u64().unwrap_or_default();
    ["line_start", "column_start", "line_end", "column_end"].map(number)
}
