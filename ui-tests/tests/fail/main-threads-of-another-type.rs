//! The number of threads is a `usize`.
#[costate::main(threads = "two")]
fn main() {
    std::future::ready(()).await;
}
