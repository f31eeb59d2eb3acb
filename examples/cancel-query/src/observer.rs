//! Who looks at the database from outside, and waits until things are so: for tests and measurements, which fail by a panic.

use crate::database::{Connection, Database};
use costate::Runtime;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tokio_postgres::{Config, SimpleQueryMessage};

/// How long anything is waited for before it has failed.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(2);

/// A connection of its own, for code that blocks.
#[derive(Debug)]
pub struct Observer {
    connection: Connection,
    runtime: Runtime,
}

impl Observer {
    /// # Panics
    ///
    /// If the database can't be reached.
    pub fn new(config: Config) -> Self {
        let runtime = Runtime::current_thread().expect("there is room for it");
        let database = Arc::new(Database::new(config).expect("it is an address"));
        let connection = runtime.block_on(database.connect());
        Observer {
            connection: connection.expect("the database is there"),
            runtime,
        }
    }

    /// The rows of a statement, their columns parted by commas.
    ///
    /// # Panics
    ///
    /// If it fails.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        let answer = self.connection.client().simple_query(sql);
        let answer = self
            .runtime
            .block_on(answer)
            .expect("the statement is right");
        let row = |message: SimpleQueryMessage| match message {
            SimpleQueryMessage::Row(row) => {
                let column = |at| row.get(at).unwrap_or("null").to_owned();
                let columns: Vec<_> = (0..row.len()).map(column).collect();
                Some(columns.join(", "))
            }
            _ => None,
        };
        answer.into_iter().filter_map(row).collect()
    }

    /// # Panics
    ///
    /// If the statement fails.
    pub fn run(&self, sql: &str) {
        drop(self.rows(sql));
    }

    /// # Panics
    ///
    /// If the statement fails, or gives something else.
    pub fn number(&self, sql: &str) -> i64 {
        let rows = self.rows(sql);
        let number = rows.first().and_then(|row| row.parse().ok());
        number.unwrap_or_else(|| panic!("{sql} gives {rows:?}"))
    }

    /// Looks until the statement says so. Gives how long that took.
    ///
    /// # Panics
    ///
    /// If it takes half a minute.
    pub fn until(&self, sql: &str) -> Duration {
        self.within(PATIENCE, sql)
    }

    /// The same, for what may take long.
    ///
    /// # Panics
    ///
    /// If it takes an hour.
    pub fn until_at_last(&self, sql: &str) -> Duration {
        self.within(60 * 60 * Duration::from_secs(1), sql)
    }

    fn within(&self, patience: Duration, sql: &str) -> Duration {
        let begun = Instant::now();
        loop {
            let rows = self.rows(sql);
            if rows == ["t"] {
                return begun.elapsed();
            }
            if begun.elapsed() > patience {
                let all = self.rows("SELECT pid, datname, state, query FROM pg_stat_activity");
                panic!("{sql} gives {rows:?}, of\n{}", all.join("\n"));
            }
            thread::sleep(LOOK);
        }
    }
}

/// Looks until it is so.
///
/// # Panics
///
/// If it takes half a minute.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "it never comes that {what}");
        thread::sleep(LOOK);
    }
}
