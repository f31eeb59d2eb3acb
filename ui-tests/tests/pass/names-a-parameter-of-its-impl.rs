//! An associated function that names a parameter of its impl, and neither `self` nor `Self`, knows that it is one.
#![forbid(unsafe_code)]
#![deny(warnings)]

use std::future::ready;
use std::sync::Arc;

struct Cache<'a, K, V, const N: usize = 3>(Arc<K>, &'a V);

impl<'a, K: Clone + 'a, V: Default, const N: usize> Cache<'a, K, V, N> {
    #[costate::coroutine]
    fn key(of: &Arc<K>) -> K {
        ready(1).await;
        let kept = K::clone(of);
        ready(2).await;
        kept
    }

    #[costate::coroutine]
    pub(crate) fn value(of: &'a V) -> (&'a V, V) {
        ready(()).await;
        (of, V::default())
    }

    /// In its body alone.
    #[costate::coroutine]
    fn number() -> usize {
        ready(()).await;
        N + ready(N).await
    }

    #[costate::coroutine]
    fn sum(mut of: [u32; N], and: impl Iterator<Item = u32>) -> u32 {
        let mut sum = 0;
        for (at, more) in and.enumerate() {
            of[at] += more;
            sum += ready(of[at]).await;
        }
        sum
    }

    #[costate::coroutine]
    fn both<'b: 'a, T: Into<K>>(key: T, value: &'b V) -> (K, &'a V) {
        ready(()).await;
        (key.into(), value)
    }
}

struct Plain;

impl Plain {
    #[costate::coroutine]
    fn name() -> &'static str {
        // A function inside of it is none of the impl's.
        #[costate::coroutine]
        fn inner<K>(of: K) -> K {
            ready(of).await
        }
        inner("plain").await
    }
}

macro_rules! make {
    ($name:ident, $K:ident) => {
        struct $name<$K>($K);

        impl<$K: Default> $name<$K> {
            #[costate::coroutine]
            fn make(of: Option<$K>) -> $K {
                ready(of.unwrap_or_default()).await
            }
        }
    };
}

make!(Made, Item);

type Own = Cache<'static, String, u32>;

fn main() {
    let own: Own = Cache(Arc::new("x".into()), &4);
    assert_eq!(costate::block_on(Own::key(&own.0)), "x");
    assert_eq!(costate::block_on(Own::value(own.1)), (&4, 0));
    assert_eq!(costate::block_on(Own::number()), 6);
    assert_eq!(costate::block_on(Own::sum([1, 2, 3], [1, 1].into_iter())), 5);
    assert_eq!(costate::block_on(Own::both("k", &7)), ("k".to_owned(), &7));
    assert_eq!(costate::block_on(Plain::name()), "plain");
    assert_eq!(costate::block_on(Made::make(Some(Made(3).0))), 3);
}
