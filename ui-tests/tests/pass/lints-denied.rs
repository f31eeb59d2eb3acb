//! Expansions pass under `forbid(unsafe_code)` and `deny` of all that rustc warns of.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unused, unreachable_pub, elided_lifetimes_in_paths)]

/// Sums up.
#[costate::coroutine]
fn sum(numbers: &[u32], _unused: String) -> Result<u32, std::num::TryFromIntError> {
    let mut total = 0;
    for number in numbers {
        let number = std::future::ready(u8::try_from(*number)).await?;
        total += u32::from(number);
    }
    Ok(total)
}

fn main() {
    assert_eq!(costate::block_on(sum(&[1, 2, 3], String::new())), Ok(6));
}
