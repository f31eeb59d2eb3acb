//! A field that is private elsewhere.
mod m {
    #[derive(Default)]
    struct P {
        a: u32,
    }
}
#[costate::coroutine]
fn f(p: m::P) -> u32 {
    std::future::ready(()).await;
    p.a
}

fn main() {}
