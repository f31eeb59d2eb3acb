//! Type parameters, a named and an elided lifetime, a where clause, attributes that stay.
/// Sends what it is given.
#[inline]
#[costate::coroutine]
pub(crate) fn send<'a, S, const N: usize>(sink: &'a mut S, parts: &[[u8; N]]) -> Result<&'a mut S, Error>
where
    S: Sink,
{
    for part in parts {
        sink.send(part).await?;
    }
    Ok(sink)
}
