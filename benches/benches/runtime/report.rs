//! What was measured, as tables and as JSON lines.

use serde_json::{Value, json};
use std::{fs, io};

/// Whom the numbers of a row belong to, in this order.
pub const PEERS: [&str; 3] = ["costate", "tokio", "smol"];

/// Medians and quartiles of one series.
#[derive(Clone, Copy, Debug)]
pub struct Series {
    pub low: f64,
    pub median: f64,
    pub high: f64,
}

impl Series {
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let part = |part: f64| {
            let at = (values.len().saturating_sub(1) as f64 * part).round() as usize;
            values.get(at).copied().unwrap_or(f64::NAN)
        };
        Series {
            low: part(0.25),
            median: part(0.5),
            high: part(0.75),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Row {
    table: &'static str,
    name: String,
    unit: &'static str,
    series: [Series; 3],
}

impl Row {
    pub fn new(
        table: &'static str,
        name: impl Into<String>,
        unit: &'static str,
        values: [Vec<f64>; 3],
    ) -> Self {
        Row {
            table,
            name: name.into(),
            unit,
            series: values.map(Series::of),
        }
    }

    /// Ours by the better of the others.
    fn ratio(&self) -> f64 {
        let [ours, others @ ..] = self.series.map(|series| series.median);
        ours / others.into_iter().fold(f64::INFINITY, f64::min)
    }

    fn line(&self) -> String {
        let mut line = format!("{:<36}", self.name);
        for series in self.series {
            line += &format!("{:>10}", number(series.median));
        }
        line += &format!("{:>8.2}  {}", self.ratio(), self.unit);
        let spread = |series: Series| format!("{}-{}", number(series.low), number(series.high));
        line + &format!(", quartiles {}", self.series.map(spread).join(" "))
    }

    fn json(&self) -> Value {
        let mut row = json!({
            "table": self.table, "name": self.name, "unit": self.unit, "ratio": self.ratio(),
        });
        for (peer, series) in PEERS.into_iter().zip(self.series) {
            row[peer] = series.median.into();
            row[format!("{peer} quartiles")] = json!([series.low, series.high]);
        }
        row
    }
}

fn number(value: f64) -> String {
    match value {
        _ if value >= 100.0 || value.fract() == 0.0 => format!("{value:.0}"),
        _ => format!("{value:.1}"),
    }
}

/// All rows, printed as they come.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    pub fn title(&mut self, title: &str) {
        let [ours, tokio, smol] = PEERS;
        println!("\n{title:<36}{ours:>10}{tokio:>10}{smol:>10}{:>8}", "ratio");
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
