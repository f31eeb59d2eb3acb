//! What an argument borrows is handed to what lives longer: said where it is handed on.
#[costate::coroutine]
fn f(names: &mut Vec<&'static str>, others: &mut Vec<&str>, name: &str) {
    std::future::ready(()).await;
    names.push(name);
    others.push(name);
}

fn main() {}
