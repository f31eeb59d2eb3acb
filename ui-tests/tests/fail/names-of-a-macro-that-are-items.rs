//! A macro's own word that means an item, and is spelled like the local of its caller.

fn held() {}

macro_rules! generate {
    ($local:ident) => {
        #[costate::coroutine]
        fn calls() {
            let $local = String::new();
            std::future::ready(()).await;
            drop(held);
            drop($local);
        }
    };
}

generate!(held);

fn main() {
    drop(calls());
}
