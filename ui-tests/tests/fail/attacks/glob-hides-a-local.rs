//! In a block that imports by `*`, a local's name may be an import's: what rustc would take, the machine can't know.
mod shapes {
    pub fn area() -> u32 {
        3
    }
}

#[costate::coroutine]
fn measure(area: u32) -> u32 {
    std::future::ready(()).await;
    {
        use shapes::*;
        area()
    }
}

fn main() {}
