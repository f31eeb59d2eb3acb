//! A function that never returns says so by a type that has a name.
#[costate::coroutine]
fn serve() -> ! {
    loop {
        std::future::ready(()).await;
    }
}

fn main() {}
