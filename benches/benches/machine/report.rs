//! What was measured, as tables, as JSON lines, and compared with what was measured another time.

use serde_json::{Value, json};
use std::fmt::Write as _;
use std::process::ExitCode;
use std::{fs, io};

/// One comparison.
#[derive(Clone, Debug)]
pub struct Row {
    pub table: &'static str,
    pub name: String,
    pub unit: &'static str,
    pub ours: f64,
    pub theirs: f64,
    /// Ours by theirs; of times, the median of pairs.
    pub ratio: f64,
    /// The quartiles of the ratios.
    pub spread: Option<(f64, f64)>,
}

impl Row {
    pub fn new(
        table: &'static str,
        name: impl Into<String>,
        unit: &'static str,
        ours: f64,
        theirs: f64,
    ) -> Self {
        Row {
            table,
            name: name.into(),
            unit,
            ours,
            theirs,
            ratio: ours / theirs,
            spread: None,
        }
    }

    fn line(&self) -> String {
        let mut line = format!("{:<34}", self.name);
        if self.ours.is_finite() {
            let _ = write!(line, "{:>12}{:>12}", number(self.ours), number(self.theirs));
        } else {
            let _ = write!(line, "{:>24}", "");
        }
        let _ = write!(line, "{:>9.3}  {}", self.ratio, self.unit);
        if let Some((low, high)) = self.spread {
            let _ = write!(line, ", quartiles {low:.3} to {high:.3}");
        }
        line
    }

    fn json(&self) -> Value {
        json!({
            "table": self.table, "name": self.name, "unit": self.unit,
            "ours": self.ours, "theirs": self.theirs, "ratio": self.ratio,
        })
    }
}

fn number(value: f64) -> String {
    match value {
        _ if value >= 1000.0 || value.fract() == 0.0 => format!("{value:.0}"),
        _ => format!("{value:.2}"),
    }
}

/// All rows, printed as they come.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    pub fn table(&mut self, title: &str, rows: impl IntoIterator<Item = Row>) {
        println!("\n{title:<34}{:>12}{:>12}{:>9}", "costate", "peer", "ratio");
        rows.into_iter().for_each(|row| self.add(row));
    }

    pub fn add(&mut self, row: Row) {
        println!("{}", row.line());
        self.rows.push(row);
    }

    pub fn write(&self, file: &str) -> io::Result<()> {
        let lines = self.rows.iter().map(|row| format!("{}\n", row.json()));
        fs::write(file, lines.collect::<String>())
    }
}

/// Prints the rows of two files of JSON lines that differ by more than noise: a hundredth for what is counted, a twentieth
/// for times.
pub fn compare(old: &str, new: &str) -> ExitCode {
    let (old, new) = match (read(old), read(new)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(error), _) | (_, Err(error)) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    println!(
        "{:<14}{:<34}{:>9}{:>9}{:>9}",
        "table", "name", "old", "new", "change"
    );
    for row in &new {
        let key = |row: &Value| ["table", "name", "unit"].map(|part| row[part].clone());
        let Some(before) = old.iter().find(|other| key(other) == key(row)) else {
            println!(
                "{:<14}{:<34} is new",
                text(&row["table"]),
                text(&row["name"])
            );
            continue;
        };
        let ratio = |row: &Value| row["ratio"].as_f64().unwrap_or(f64::NAN);
        let (was, is) = (ratio(before), ratio(row));
        let counted = matches!(
            row["unit"].as_str(),
            Some("bytes" | "instructions" | "instructions a poll")
        );
        if (is / was - 1.0).abs() > if counted { 0.01 } else { 0.05 } {
            let (table, name) = (text(&row["table"]), text(&row["name"]));
            let change = 100.0 * (is / was - 1.0);
            println!("{table:<14}{name:<34}{was:>9.3}{is:>9.3}{change:>+8.1}%");
        }
    }
    ExitCode::SUCCESS
}

fn read(file: &str) -> Result<Vec<Value>, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let lines = text.lines().map(serde_json::from_str);
    lines
        .collect::<Result<_, _>>()
        .map_err(|error| format!("{file}: {error}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}
