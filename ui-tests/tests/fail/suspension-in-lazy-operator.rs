//! Not beside `&&`.
#[costate::coroutine]
fn both() -> bool {
    if std::future::ready(true).await && std::future::ready(true).await {
        return true;
    }
    false
}

fn main() {}
