//! Not a whole module either.
#[costate::coroutine]
mod answers {
    pub fn answer() -> u32 {
        42
    }
}

fn main() {}
