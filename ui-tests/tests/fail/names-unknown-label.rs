//! A label that there isn't.
#[costate::coroutine]
fn answer() {
    'outer: loop {
        std::future::ready(()).await;
        break 'other;
    }
}

fn main() {}
