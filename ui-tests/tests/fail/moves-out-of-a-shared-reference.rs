//! A field behind a `&` is not moved, by name or by a method.
struct Nick(String);

impl Nick {
    fn into_name(self) -> String {
        self.0
    }
}

struct Named {
    name: String,
    nick: Nick,
}

#[costate::coroutine]
fn f(named: &Named) -> String {
    let name = named.name;
    std::future::ready(()).await;
    name + &named.nick.into_name()
}

fn main() {}
