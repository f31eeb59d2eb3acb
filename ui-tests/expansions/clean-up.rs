//! Clean-up that awaits, on every way out, and a choice.
#[costate::coroutine]
fn ask(connection: &mut Connection, stop: Stop) -> Result<u32, Error> {
    connection.begin().await?;
    defer! { connection.close().await }
    select! {
        rows = connection.query() => Ok(rows),
        () = stop.wait(), if stop.is_armed() => Err(Error::Stopped),
    }
}
