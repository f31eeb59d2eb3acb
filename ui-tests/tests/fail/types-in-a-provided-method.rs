//! Mistakes in the methods that a trait provides are said once, too, and of `Self`.
use std::future::ready;

#[costate::coroutine]
trait Store<K: Clone = u32> {
    type Value: Clone;

    fn value(&self, key: K) -> Self::Value;

    #[costate::coroutine]
    fn get(&self, key: K) -> u32 {
        let mut found = ready(1).await;
        found = "none";
        let value = self.value(key.clone());
        ready(()).await;
        value.show() + found
    }

    #[costate::coroutine(Send)]
    fn twice<T: Clone + Send>(&self, value: T, other: impl Clone + Send) -> (T, T)
    where
        Self: Sized + Sync,
    {
        let first = if ready(true).await { value.clone() } else { 0 };
        ready(()).await;
        (first, other)
    }
}

fn main() {}
