//! A block imports a macro of the name of one of the standard library's that moves what it is given.

mod borrowing {
    macro_rules! borrowed {
        ($value:expr) => {
            drop(&$value)
        };
    }
    pub(crate) use borrowed as vec;
}

async fn tick() {}

#[costate::coroutine]
fn borrowed(text: String) -> String {
    {
        use borrowing::vec;
        tick().await;
        vec![text];
        tick().await;
    }
    text
}

fn main() {}
