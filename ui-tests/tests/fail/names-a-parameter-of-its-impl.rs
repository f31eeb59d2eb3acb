//! An associated function that names a parameter of its impl, and neither `self` nor `Self`: the attribute can't see the impl.

use std::sync::Arc;

struct Cache<K>(Arc<K>);

impl<K: Clone> Cache<K> {
    #[costate::coroutine]
    fn first(of: &Arc<K>) -> u32 {
        std::future::ready(1).await
    }
}

fn main() {}
