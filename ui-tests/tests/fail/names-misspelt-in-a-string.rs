//! A name that is not there, in a string, and similar to a local's.
async fn read(n: u32) -> u32 {
    n
}

#[costate::coroutine]
fn show(number: u32) -> u32 {
    let found = read(number).await;
    println!("{numbre} {fond}");
    read(found).await + number
}

fn main() {
    drop(show(1));
}
