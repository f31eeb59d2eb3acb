//! A field behind a `&` is not moved, by name or by a method.
struct Named {
    name: String,
    nick: Option<String>,
}

#[costate::coroutine]
fn f(named: &Named) -> String {
    let name = named.name;
    std::future::ready(()).await;
    name + &named.nick.unwrap()
}

fn main() {}
