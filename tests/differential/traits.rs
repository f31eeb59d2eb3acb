//! The attribute on a whole `impl` or `trait`: traits of others, generic ones, defaults.

use costate_tests::differential;
use costate_tests::props::*;
use std::fmt::Debug;
use std::marker::PhantomData;

/// Traits that know nothing of coroutines.
mod foreign {
    #[allow(async_fn_in_trait)]
    pub trait Read {
        type Error;
        const STEP: usize;
        async fn read(&mut self, buf: &mut [u8]) -> Result<usize, Self::Error>;
        fn count(&self) -> impl Future<Output = usize> + Send;
        async fn twice(&mut self, buf: &mut [u8]) -> Result<usize, Self::Error> {
            let first = self.read(buf).await?;
            let second = self.read(buf).await?;
            Ok(first + second)
        }
    }

    #[allow(async_fn_in_trait)]
    pub trait Handle<Request> {
        type Response;
        async fn handle(&self, request: Request) -> Self::Response;
    }

    #[allow(async_fn_in_trait)]
    pub trait Finish: Sized {
        async fn open(n: u32) -> Self;
        async fn map<T, F: FnOnce(&Self) -> T>(&self, f: F) -> T;
        async fn finish(self) -> u32;
    }
}

differential! {
    fn the_async_methods_of_a_foreign_trait_are_implemented() -> usize = start();
    use super::foreign::Read;
    struct Source(Noisy, usize);
    #[half::coroutine]
    impl Read for Source {
        type Error = ();
        const STEP: usize = 2;
        fn read(&mut self, buf: &mut [u8]) -> Result<usize, Self::Error> {
            let here = &mut buf[..Self::STEP];
            tick(1).await;
            here[0] = 7;
            self.1 += here.len();
            self.0.touch();
            if self.1 > 5 { Err(()) } else { Ok(here.len()) }
        }
        fn count(&self) -> usize {
            tick(1).await;
            self.1
        }
    }
    #[half::coroutine]
    fn all<R: Read>(read: &mut R) -> usize {
        let mut buf = [0; 4];
        let mut n = 0;
        while let Ok(more) = read.twice(&mut buf).await {
            n += more + usize::from(buf[0]);
        }
        let count = read.count().await;
        n + count
    }
    #[half::coroutine]
    fn start() -> usize {
        let mut source = Source(noisy("source"), 0);
        all(&mut source).await
    }
}

differential! {
    fn a_foreign_trait_is_implemented_by_a_generic_type() -> usize = start();
    use super::foreign::Read;
    struct Source<'a, T, const N: usize>(&'a [T], PhantomData<[(); N]>);
    #[half::coroutine]
    impl<'a, T, const N: usize> Read for Source<'a, T, N>
    where
        T: Copy + Into<u8> + Debug + Sync,
    {
        type Error = &'a [T];
        const STEP: usize = N;
        fn read(&mut self, buf: &mut [u8]) -> Result<usize, &'a [T]> {
            let mut n = 0;
            for place in &mut buf[..Self::STEP] {
                let Some((first, rest)) = self.0.split_first() else {
                    return Err(self.0);
                };
                tick(1).await;
                *place = (*first).into();
                self.0 = rest;
                n += 1;
            }
            Ok(n)
        }
        fn count(&self) -> usize {
            tick(1).await;
            self.0.len()
        }
    }
    #[half::coroutine]
    fn start() -> usize {
        let bytes = vec![1_u8, 2, 3, 4, 5];
        let mut source = Source::<_, 2>(&bytes, PhantomData);
        let mut buf = [0; 2];
        let n = source.twice(&mut buf).await;
        let n = n.unwrap_or(100);
        let left = source.count().await;
        let rest = match source.twice(&mut buf).await {
            Ok(_) => 1000,
            Err(rest) => rest.len(),
        };
        n + left + rest + usize::from(buf[1])
    }
}

differential! {
    fn a_foreign_trait_has_type_parameters() -> String = start();
    use super::foreign::Handle;
    struct Server(Noisy);
    #[half::coroutine]
    impl Handle<u32> for Server {
        type Response = String;
        fn handle(&self, request: u32) -> Self::Response {
            tick(1).await;
            self.0.touch();
            request.to_string()
        }
    }
    #[half::coroutine]
    impl<T: Debug> Handle<Vec<T>> for Server {
        type Response = T;
        fn handle(&self, mut request: Vec<T>) -> T {
            let held = noisy("held");
            tick(1).await;
            request.remove(0)
        }
    }
    #[half::coroutine]
    fn start() -> String {
        let server = Server(noisy("server"));
        let a = server.handle(5).await;
        let b = server.handle(vec![noisy("first"), noisy("second")]).await;
        format!("{a}{}", b.name())
    }
}

differential! {
    fn a_foreign_trait_takes_self_by_value_and_types_of_its_own() -> u32 = start();
    use super::foreign::Finish;
    struct Own(u32, Noisy);
    #[half::coroutine]
    impl Finish for Own {
        fn open(n: u32) -> Self {
            let name = noisy("own");
            tick(1).await;
            Own(n, name)
        }
        fn map<T, F: FnOnce(&Self) -> T>(&self, f: F) -> T {
            tick(1).await;
            f(self)
        }
        fn finish(self) -> u32 {
            tick(1).await;
            self.0
        }
    }
    struct Wrap<W>(W);
    #[half::coroutine]
    impl<W: Finish> Finish for Wrap<W> {
        fn open(n: u32) -> Self {
            let inner = W::open(n + 1).await;
            Self(inner)
        }
        fn map<T, F: FnOnce(&Self) -> T>(&self, f: F) -> T {
            tick(1).await;
            f(self)
        }
        fn finish(self) -> u32 {
            let inner = self.0;
            let n = inner.finish().await;
            n + 1
        }
    }
    #[half::coroutine]
    fn start() -> u32 {
        let own = Wrap::<Own>::open(4).await;
        let local = noisy("local");
        let part = own.map(|own| (own.0.0, &local)).await;
        let n = own.finish().await;
        part.1.touch();
        n + part.0
    }
}

differential! {
    fn an_annotated_trait_has_defaults_types_and_lifetimes() -> usize = start();
    #[half::coroutine]
    trait Store<'k, V> {
        type Key: Debug;
        const SIZE: usize;
        #[coroutine]
        fn key(&self, from: &'k str) -> Self::Key;
        #[coroutine]
        fn put(&mut self, key: Self::Key, value: V) -> Option<V>;
        #[coroutine]
        fn put_all(&mut self, from: &'k str, values: Vec<V>) -> usize {
            let mut n = Self::SIZE;
            for value in values {
                let key = self.key(from).await;
                n += format!("{key:?}").len();
                self.put(key, value).await;
            }
            n
        }
    }
    struct Memory<'k, V>(Vec<(&'k str, V)>);
    #[half::coroutine]
    impl<'k, V> Store<'k, V> for Memory<'k, V> {
        type Key = &'k str;
        const SIZE: usize = 10;
        #[coroutine]
        fn key(&self, from: &'k str) -> &'k str {
            tick(1).await;
            &from[..self.0.len() + 1]
        }
        #[coroutine]
        fn put(&mut self, key: Self::Key, value: V) -> Option<V> {
            tick(1).await;
            if self.0.len() > 1 {
                return Some(value);
            }
            self.0.push((key, value));
            None
        }
    }
    #[half::coroutine]
    fn start() -> usize {
        let text = String::from("abcdef");
        let mut memory = Memory(vec![]);
        let n = memory.put_all(&text, vec![noisy("a"), noisy("b"), noisy("c")]).await;
        n + memory.0.len()
    }
}

differential! {
    fn an_annotated_inherent_impl_needs_no_attribute_on_its_methods() -> usize = start();
    struct View<'a, T> {
        items: &'a [T],
        at: usize,
    }
    #[half::coroutine]
    impl<'a, T> View<'a, T> {
        const FIRST: usize = 0;
        fn new(items: &'a [T]) -> Self {
            Self { items, at: Self::FIRST }
        }
        fn next(&mut self) -> Option<&'a T> {
            tick(1).await;
            self.at += 1;
            self.items.get(self.at - 1)
        }
        fn skip(mut self, n: usize) -> Self {
            for _ in 0..n {
                Self::next(&mut self).await;
            }
            self
        }
        fn compare<'b>(&self, other: &'b Self) -> &'b Self {
            tick(1).await;
            if self.at > other.at { other } else { &*other }
        }
    }
    #[half::coroutine]
    fn start() -> usize {
        let items = vec![noisy("a"), noisy("b"), noisy("c")];
        let view = View::new(&items);
        let mut view = view.skip(1).await;
        let next = view.next().await;
        let other = View::new(&items);
        let same = view.compare(&other).await;
        same.at + next.map_or(0, |next| next.name().len())
    }
}
