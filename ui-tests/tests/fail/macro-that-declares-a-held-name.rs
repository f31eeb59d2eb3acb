//! A procedural macro that declares the name of a held local anew, though it is not given it.

use costate_tests_native::declare_x;

async fn tick() {}

#[costate::coroutine]
fn twice(x: String) {
    tick().await;
    drop(x);
    declare_x!();
    drop([x, x]);
    tick().await;
}

#[costate::coroutine]
fn within(x: String) {
    tick().await;
    let free = || {
        declare_x!();
        drop([x, x]);
    };
    free();
    tick().await;
}

fn main() {
    costate::block_on(twice(String::new()));
    costate::block_on(within(String::new()));
}
