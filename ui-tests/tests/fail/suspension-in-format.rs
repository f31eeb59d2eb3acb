//! Not among the arguments of a macro of the standard library.
#[costate::coroutine]
fn show() {
    println!("{}", std::future::ready(2).await);
}

fn main() {}
