//! A `let` that takes a unit struct apart by its name alone, which is taken for a binding.

struct Unit;

#[costate::coroutine]
fn drops() {
    let Unit = std::future::ready(Unit).await;
}

fn main() {
    drop(drops());
}
