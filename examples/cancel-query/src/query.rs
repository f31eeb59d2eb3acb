//! The work of a request: a transaction of slow statements, and what becomes of it when nobody waits for it any more.

use crate::database::{Connection, Error};
use crate::jobs::Job;
use crate::pool::Pool;
use costate::shield;

/// Where the transaction writes something, so that one sees whether it was rolled back.
pub const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS cancel_query (job bigint, at timestamptz DEFAULT now())";

pub const WRITE: &str = "INSERT INTO cancel_query (job) VALUES ($1)";
pub const SLEEP: &str = "SELECT pg_sleep($1)";
pub const ADD_UP: &str =
    "SELECT coalesce(sum(n % 97), 0)::bigint FROM generate_series(1, $1::bigint) AS n";

/// How slow it is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work {
    /// For how many seconds the database sleeps.
    pub sleep: f64,
    /// How many numbers it adds up then. Ten million take a few seconds.
    pub rows: i64,
}

/// Runs a query for a job, on a connection of the pool. Gives the sum.
///
/// # Errors
///
/// If the database can't be reached, or whatever it reports. The transaction is rolled back then.
///
/// # Cancel safety
///
/// Cancelled, it interrupts what the database is at, rolls the transaction back, and gives the connection back to the pool. Dropped, it
/// closes the connection.
#[costate::coroutine]
pub fn run(pool: &Pool, job: &Job, work: Work) -> Result<i64, Error> {
    let connection = pool.lend().await?;
    defer! { pool.give_back(connection) }
    job.runs(connection.backend());
    transaction(&connection, job, work).await
}

#[costate::coroutine]
fn transaction(connection: &Connection, job: &Job, work: Work) -> Result<i64, Error> {
    let sum = {
        on_cancel! {
            job.cleans_up();
            let interrupted = connection.interrupt().await;
            if interrupted.is_ok() {
                // If it can't, the connection isn't idle, and the pool doesn't keep it.
                let _ = connection.roll_back().await;
            }
        }
        connection.begin().await?;
        statements(connection, job, work).await
    };
    // From here on it is decided: who cancels has to wait for it.
    shield(end(connection, sum)).await
}

#[costate::coroutine]
fn end(connection: &Connection, sum: Result<i64, Error>) -> Result<i64, Error> {
    if sum.is_ok() {
        connection.commit().await?;
    } else {
        connection.roll_back().await?;
    }
    sum
}

#[costate::coroutine]
fn statements(connection: &Connection, job: &Job, work: Work) -> Result<i64, Error> {
    let client = connection.client();
    client.execute(WRITE, &[&job.number()]).await?;
    client.execute(SLEEP, &[&work.sleep]).await?;
    let sum = client.query_one(ADD_UP, &[&work.rows]).await?;
    Ok(sum.get(0))
}
