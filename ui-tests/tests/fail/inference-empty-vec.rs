//! Of a vector that stays empty the element's type is unknown.
#[costate::coroutine]
fn f() {
    let v = Vec::new();
    std::future::ready(()).await;
}

fn main() {}
