//! What the impl of a trait may have around it has the copy that rustc checks, too.
#![deny(warnings)]
#![allow(dead_code)]

use std::future::{Future, ready};
use std::pin::Pin;

#[costate::coroutine]
trait Store<'t, K: Clone>
where
    K: 't,
{
    type Found: Default;

    #[costate::coroutine]
    fn take(self, key: K) -> Self::Found
    where
        Self: Sized;

    #[costate::coroutine]
    fn get<J: Clone + 'static>(&self, key: &K, other: J, pair: (u32, u32)) -> u32;

    #[costate::coroutine]
    fn pinned(self: Pin<&mut Self>, names: impl Iterator<Item = String>) -> usize;

    #[costate::coroutine]
    fn any(found: Self::Found) -> bool
    where
        Self::Found: Clone;
}

struct Table<'a, T: ?Sized>(&'a T, u32);

#[costate::coroutine]
impl<'a, 't, T: ?Sized + 't, const N: usize> Store<'t, [&'t T; N]> for Table<'a, T>
where
    T: Send,
{
    type Found = [u32; 3];

    #[costate::coroutine]
    fn take(mut self, key: [&'t T; N]) -> Self::Found {
        ready(key.len()).await;
        self.1 = 2;
        let Self(_, last) = self;
        let found: <Self as Store<'t, [&'t T; N]>>::Found = Self::Found::default();
        [found[0], last, 0]
    }

    #[costate::coroutine]
    fn get<J: Clone + 'static>(&self, key: &[&'t T; N], mut other: J, (x, _): (u32, u32)) -> u32 {
        ready(()).await;
        other = other.clone();
        drop(other);
        x + key.len() as u32
    }

    #[costate::coroutine]
    fn pinned(self: Pin<&mut Self>, names: impl Iterator<Item = String>) -> usize {
        ready(self.1).await;
        names.count()
    }

    #[costate::coroutine]
    fn any(found: Self::Found) -> bool {
        ready(()).await;
        found.contains(&1)
    }
}

/// Of a trait that knows nothing of coroutines.
trait Foreign {
    fn count(&self, of: u32) -> impl Future<Output = u32> + Send;
    fn name<'a>(&'a self, of: &'a str) -> impl Future<Output = &'a str>;
}

#[costate::coroutine]
impl Foreign for u32 {
    fn count(&self, of: u32) -> u32 {
        ready(of).await + self
    }

    fn name<'a>(&'a self, of: &'a str) -> &'a str {
        ready(()).await;
        of
    }
}

fn main() {}
