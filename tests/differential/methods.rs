//! Methods by every receiver, associated functions, and methods of annotated traits.

use costate_tests::differential;
use costate_tests::props::*;
use std::pin::Pin;
use std::sync::Arc;

struct Counter {
    name: Noisy,
    count: u32,
}

fn counter() -> Counter {
    Counter {
        name: noisy("counter"),
        count: 0,
    }
}

differential! {
    fn self_by_value_is_held_like_an_argument() -> &'static str = start(counter(), noisy("argument"));
    struct Own(Counter);
    impl Own {
        #[half::coroutine]
        fn take(self, argument: Noisy) -> &'static str {
            let local = noisy("local");
            tick(1).await;
            self.0.name.name()
        }
    }
    #[half::coroutine]
    fn start(counter: Counter, argument: Noisy) -> &'static str {
        Own(counter).take(argument).await
    }
}

differential! {
    fn mut_self_is_changed() -> u32 = start();
    struct Own(u32, Noisy);
    impl Own {
        #[half::coroutine]
        fn grow(mut self, by: u32) -> Self {
            self.0 += by;
            tick(1).await;
            self.0 += by;
            self
        }
    }
    #[half::coroutine]
    fn start() -> u32 {
        let own = Own(1, noisy("own"));
        let own = own.grow(2).await;
        let own = own.grow(10).await;
        own.0
    }
}

differential! {
    fn shared_and_unique_self_are_borrowed() -> u32 = start();
    struct Own {
        items: Vec<u32>,
        sum: u32,
    }
    impl Own {
        #[half::coroutine]
        fn total(&self) -> u32 {
            let mut total = 0;
            for item in &self.items {
                tick(1).await;
                total += item;
            }
            total
        }
        #[half::coroutine]
        fn add(&mut self, item: u32) -> &mut u32 {
            tick(1).await;
            self.items.push(item);
            self.sum = after(1, self.sum + item).await;
            &mut self.sum
        }
        #[half::coroutine]
        fn count_each(&mut self) {
            for item in &self.items {
                self.sum += 1;
                tick(*item % 2).await;
            }
        }
    }
    #[half::coroutine]
    fn start() -> u32 {
        let mut own = Own { items: vec![1, 2], sum: 0 };
        let sum = own.add(5).await;
        *sum += 100;
        own.count_each().await;
        let total = own.total().await;
        total + own.sum
    }
}

differential! {
    fn a_pinned_receiver_is_used_across_suspensions() -> u32 = start();
    struct Own {
        count: u32,
    }
    impl Own {
        #[half::coroutine]
        fn bump(mut self: Pin<&mut Self>, by: u32) -> u32 {
            self.count += by;
            tick(1).await;
            self.count += by;
            self.count
        }
    }
    #[half::coroutine]
    fn start() -> u32 {
        let mut own = Own { count: 1 };
        let first = Pin::new(&mut own).bump(1).await;
        let second = Pin::new(&mut own).bump(10).await;
        first + second
    }
}

differential! {
    fn a_shared_pointer_is_a_receiver() -> usize = start();
    struct Own(Noisy);
    impl Own {
        #[half::coroutine]
        fn watch(self: Arc<Self>) -> usize {
            let n = Arc::strong_count(&self);
            tick(1).await;
            self.0.touch();
            n
        }
        #[half::coroutine]
        fn boxed(self: Box<Self>) -> &'static str {
            tick(1).await;
            self.0.name()
        }
    }
    #[half::coroutine]
    fn start() -> usize {
        let own = Arc::new(Own(noisy("shared")));
        let n = own.clone().watch().await;
        let word = Box::new(Own(noisy("boxed"))).boxed().await;
        n + word.len()
    }
}

differential! {
    fn an_associated_function_makes_a_value() -> u32 = start();
    struct Own(u32);
    impl Own {
        const STEP: u32 = 3;
        #[half::coroutine]
        fn open(name: Noisy) -> Result<Self, ()> {
            let n = after(1, Self::STEP).await;
            Ok(Self(n))
        }
    }
    #[half::coroutine]
    fn start() -> u32 {
        let Ok(own) = Own::open(noisy("name")).await else {
            return 0;
        };
        own.0
    }
}

differential! {
    fn methods_of_generic_types_see_the_parameters_of_the_impl() -> usize = start();
    struct Stack<'a, T, const N: usize> {
        items: Vec<T>,
        log: &'a str,
    }
    impl<'a, T: Clone, const N: usize> Stack<'a, T, N> {
        #[half::coroutine]
        fn push(&mut self, item: T) -> bool {
            if self.items.len() == N {
                tick(1).await;
                return false;
            }
            let copy = item.clone();
            tick(1).await;
            self.items.push(copy);
            true
        }
        #[half::coroutine]
        fn log<U>(&self, with: U) -> (&'a str, U) {
            tick(1).await;
            (self.log, with)
        }
    }
    #[half::coroutine]
    fn start() -> usize {
        let text = String::from("log");
        let mut stack = Stack::<String, 2> { items: vec![], log: &text };
        let mut pushed = 0;
        for word in ["a", "b", "c"] {
            if stack.push(word.to_owned()).await {
                pushed += 1;
            }
        }
        let (log, n) = stack.log(10).await;
        drop(stack);
        pushed + log.len() + n
    }
}

differential! {
    fn methods_await_methods_of_the_same_value() -> u32 = start();
    struct Own {
        depth: u32,
    }
    impl Own {
        #[half::coroutine]
        fn outer(&mut self) -> u32 {
            self.inner(1).await;
            self.inner(2).await;
            self.depth
        }
        #[half::coroutine]
        fn inner(&mut self, by: u32) {
            let held = noisy("inner");
            tick(by).await;
            self.depth += by;
        }
    }
    #[half::coroutine]
    fn start() -> u32 {
        let mut own = Own { depth: 0 };
        own.outer().await
    }
}

differential! {
    fn the_attribute_stands_on_the_whole_impl() -> u32 = start();
    struct Own<T>(T);
    #[half::coroutine]
    impl<T: Copy + Into<u32>> Own<T> {
        #[coroutine]
        fn get(&self) -> u32 {
            tick(1).await;
            self.0.into()
        }
        fn plain(&self) -> u32 {
            self.0.into()
        }
    }
    #[half::coroutine]
    fn start() -> u32 {
        let own = Own(7_u8);
        let n = own.get().await;
        n + own.plain()
    }
}

differential! {
    fn an_annotated_trait_is_implemented_and_awaited() -> u32 = start();
    #[half::coroutine]
    trait Store {
        #[coroutine]
        fn get(&self, key: &str) -> Option<u32>;
        #[coroutine]
        fn put(&mut self, key: String, value: u32);
        fn len(&self) -> usize;
    }
    struct Memory(Vec<(String, u32)>);
    #[half::coroutine]
    impl Store for Memory {
        #[coroutine]
        fn get(&self, key: &str) -> Option<u32> {
            for (name, value) in &self.0 {
                tick(1).await;
                if name == key {
                    return Some(*value);
                }
            }
            None
        }
        #[coroutine]
        fn put(&mut self, key: String, value: u32) {
            tick(1).await;
            self.0.push((key, value));
        }
        fn len(&self) -> usize {
            self.0.len()
        }
    }
    #[half::coroutine]
    fn twice<S: Store>(store: &mut S, key: &str) -> u32 {
        let n = store.get(key).await;
        store.put(key.to_owned(), n.unwrap_or(1) * 2).await;
        let m = store.get("other").await;
        n.unwrap_or(0) + m.unwrap_or(50)
    }
    #[half::coroutine]
    fn start() -> u32 {
        let mut store = Memory(vec![("a".to_owned(), 1), ("b".to_owned(), 2)]);
        let n = twice(&mut store, "b").await;
        let m = twice(&mut store, "c").await;
        n + m + store.len() as u32
    }
}

differential! {
    fn a_trait_of_a_type_parameter_is_awaited_by_value() -> &'static str = start();
    #[half::coroutine]
    trait Finish<T> {
        #[coroutine]
        fn finish(self, with: T) -> &'static str;
    }
    #[half::coroutine]
    impl<T> Finish<T> for Noisy {
        #[coroutine]
        fn finish(self, with: T) -> &'static str {
            let held = noisy("held");
            tick(1).await;
            self.name()
        }
    }
    #[half::coroutine]
    fn start() -> &'static str {
        let value = noisy("value");
        tick(1).await;
        value.finish(noisy("with")).await
    }
}

differential! {
    fn a_trait_gives_a_method_with_a_body() -> u32 = start();
    #[half::coroutine]
    trait Measure {
        fn size(&self) -> u32;
        #[coroutine]
        fn doubled(&self) -> u32 {
            let held = noisy("held");
            tick(1).await;
            self.size() * 2
        }
    }
    struct Small;
    #[half::coroutine]
    impl Measure for Small {
        fn size(&self) -> u32 {
            4
        }
    }
    struct Large;
    #[half::coroutine]
    impl Measure for Large {
        fn size(&self) -> u32 {
            100
        }
        #[coroutine]
        fn doubled(&self) -> u32 {
            tick(2).await;
            201
        }
    }
    #[half::coroutine]
    fn start() -> u32 {
        let a = Small.doubled().await;
        let b = Large.doubled().await;
        a + b
    }
}

differential! {
    fn an_associated_function_names_parameters_of_its_impl_alone() -> u32 = start();
    struct Own<K>(K);
    impl<K: Into<u32> + Clone> Own<K> {
        #[half::coroutine]
        fn first(of: &K, guard: Noisy) -> u32 {
            let local = noisy("local");
            let kept = K::clone(of);
            tick(1).await;
            let number: u32 = kept.into();
            tick(number).await;
            number
        }
    }
    #[half::coroutine]
    fn start() -> u32 {
        Own::<u8>::first(&2, noisy("argument")).await + Own::<u16>::first(&1, noisy("again")).await
    }
}
