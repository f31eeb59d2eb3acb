//! A wrong argument of a method that consumes a held local.
struct C;
impl C {
    pub fn go(self, _: u32) {}
}
#[costate::coroutine]
fn f(c: C) {
    std::future::ready("3").await;
    c.go("x");
}

fn main() {}
