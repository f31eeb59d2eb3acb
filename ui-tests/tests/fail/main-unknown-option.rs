//! What `#[costate::main]` and `#[costate::test]` may be told.
#[costate::main(flavor = "current_thread")]
fn main() {
    std::future::ready(()).await;
}

#[costate::test(threads = 1, threads = 2)]
fn twice() {}

#[costate::test(paused, paused)]
fn paused_twice() {}

#[costate::main(paused)]
fn paused_program() {}
