//! What stands around a body: how a function can be passed on, and what its arguments can be.

use costate_tests::differential;
use costate_tests::props::*;
use std::fmt::{Debug, Display};

differential! {
    fn a_function_meets_a_bound_over_every_lifetime() -> usize = start();
    #[half::coroutine]
    fn first<'a>(text: &'a str, log: &mut Vec<Noisy>) -> &'a str {
        let view = &text;
        tick(1).await;
        log.push(noisy("logged"));
        tick(1).await;
        &view[..2]
    }
    #[half::coroutine]
    fn call<F>(f: F) -> usize
    where
        F: for<'a, 'b> AsyncFn(&'a str, &'b mut Vec<Noisy>) -> &'a str,
    {
        let (text, mut log) = (String::from("text"), vec![]);
        let long = f(&text, &mut log).await;
        let first = f(long, &mut log).await;
        first.len() + log.len()
    }
    #[half::coroutine]
    fn start() -> usize {
        call(first).await
    }
}

differential! {
    fn a_generic_function_meets_it_too() -> usize = start();
    #[half::coroutine]
    fn longest<T: AsRef<str>>(text: &str, other: T) -> usize {
        tick(1).await;
        text.len().max(other.as_ref().len())
    }
    #[half::coroutine]
    fn call(f: impl AsyncFn(&str, String) -> usize) -> usize {
        let text = String::from("text");
        let a = f(&text, text.clone()).await;
        let b = f("longer", text).await;
        a + b
    }
    #[half::coroutine]
    fn start() -> usize {
        call(longest::<String>).await
    }
}

differential! {
    fn a_method_meets_it_too() -> u32 = start();
    struct Own(u32);
    impl Own {
        #[half::coroutine]
        fn add(&self, n: &u32) -> u32 {
            tick(1).await;
            self.0 + n
        }
    }
    #[half::coroutine]
    fn call(f: impl AsyncFn(&Own, &u32) -> u32) -> u32 {
        let (own, n) = (Own(3), 4);
        f(&own, &n).await
    }
    #[half::coroutine]
    fn start() -> u32 {
        call(Own::add).await
    }
}

differential! {
    fn lifetimes_that_are_collapsed_are_restored() -> usize = start();
    #[half::coroutine]
    fn both<'a, 'b>(a: &'a str, b: &mut Vec<&'b str>, c: &'b str) -> (&'a str, &'b str)
    where
        'a: 'b,
    {
        let kept: Vec<&'b str> = vec![a, c];
        tick(1).await;
        b.push(kept[0]);
        let last: &'b str = kept[1];
        tick(1).await;
        (a, last)
    }
    #[half::coroutine]
    fn start() -> usize {
        let long = String::from("long");
        let kept = {
            let short = String::from("short");
            let mut list = vec![];
            let (a, b) = both(&long, &mut list, &short).await;
            list.push(b);
            if list.len() == 2 { a } else { "" }
        };
        kept.len()
    }
}

differential! {
    fn a_lifetime_in_a_bound_stays_itself() -> usize = start();
    trait Find<'a> {
        fn find(&self, text: &'a str) -> &'a str;
    }
    struct Prefix(usize);
    impl<'a> Find<'a> for Prefix {
        fn find(&self, text: &'a str) -> &'a str {
            &text[..self.0]
        }
    }
    #[half::coroutine]
    fn find<'a, 'b: 'a, F: Find<'a> + Debug>(find: &F, text: &'b str) -> &'a str
    where
        for<'c> &'c F: Debug,
    {
        let text: &'a str = text;
        tick(1).await;
        'b: loop {
            break 'b find.find(text);
        }
    }
    impl Debug for Prefix {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "prefix")
        }
    }
    #[half::coroutine]
    fn start() -> usize {
        let text = String::from("text");
        let prefix = Prefix(3);
        let found = find(&prefix, &text).await;
        found.len()
    }
}

differential! {
    fn a_boxed_call_of_itself_is_awaited() -> u64 = start();
    struct Tree(Noisy, Vec<Tree>);
    #[half::coroutine]
    fn count(tree: &Tree) -> u64 {
        let mut n = 1;
        tree.0.touch();
        for child in &tree.1 {
            let below = Box::pin(count(child)).await;
            tick(1).await;
            n += below;
        }
        n
    }
    #[half::coroutine]
    fn start() -> u64 {
        let tree = Tree(noisy("root"), vec![Tree(noisy("a"), vec![Tree(noisy("b"), vec![])]), Tree(noisy("c"), vec![])]);
        count(&tree).await
    }
}

differential! {
    fn two_functions_await_each_other() -> bool = even(3);
    #[half::coroutine]
    fn even(n: u32) -> bool {
        let held = noisy("even");
        if n == 0 {
            return true;
        }
        tick(1).await;
        Box::pin(odd(n - 1)).await
    }
    #[half::coroutine]
    fn odd(n: u32) -> bool {
        if n == 0 {
            return false;
        }
        Box::pin(even(n - 1)).await
    }
}

differential! {
    fn trait_objects_and_functions_are_arguments() -> String = start();
    #[half::coroutine]
    fn show(plain: &dyn Display, owned: Box<dyn Display + '_>, each: &mut dyn FnMut(&str) -> usize) -> String {
        tick(1).await;
        let text = format!("{plain}{owned}");
        tick(1).await;
        let n = each(&text);
        format!("{text}{n}")
    }
    #[half::coroutine]
    fn apply(f: fn(&str) -> &str, g: impl Fn(&str) -> usize, h: impl for<'a> Fn(&'a str) -> &'a str) -> usize {
        let text = String::from("abcdef");
        let part = f(&text);
        tick(1).await;
        g(h(part))
    }
    #[half::coroutine]
    fn start() -> String {
        let local = 5;
        let mut sum = 0;
        let mut each = |text: &str| {
            sum += text.len();
            sum
        };
        let shown = show(&local, Box::new(&local), &mut each).await;
        let n = apply(|text| &text[1..], |text| text.len(), |text| &text[1..]).await;
        format!("{shown}{n}")
    }
}

differential! {
    fn a_lending_iterator_is_an_argument() -> usize = start();
    trait Lend {
        type Item<'a>: Display
        where
            Self: 'a;
        fn next<'a>(&'a mut self) -> Option<Self::Item<'a>>;
    }
    struct Windows(String, usize);
    impl Lend for Windows {
        type Item<'a> = &'a str;
        fn next<'a>(&'a mut self) -> Option<&'a str> {
            self.1 += 1;
            self.0.get(self.1 - 1..self.1 + 1)
        }
    }
    #[half::coroutine]
    fn total<L: Lend>(mut lend: L) -> usize {
        let mut total = 0;
        while let Some(item) = lend.next() {
            tick(1).await;
            total += item.to_string().len();
        }
        total
    }
    #[half::coroutine]
    fn start() -> usize {
        total(Windows(String::from("abcd"), 0)).await
    }
}

differential! {
    fn references_to_what_has_no_name_are_arguments() -> u32 = start();
    #[half::coroutine]
    fn sum(items: &mut impl Iterator<Item = u32>, by: &(impl Fn(u32) -> u32 + Send), held: &impl Debug) -> u32 {
        let mut sum = 0;
        while let Some(item) = items.next() {
            tick(1).await;
            sum += by(item);
        }
        sum + format!("{held:?}").len() as u32
    }
    #[half::coroutine]
    fn start() -> u32 {
        let factor = 3;
        let by = |n| n * factor;
        let held = noisy("held");
        let mut items = [1, 2, 3].into_iter();
        sum(&mut items, &by, &held).await
    }
}

differential! {
    fn patterns_are_arguments() -> u32 = start();
    #[half::coroutine]
    fn take(
        (a, mut b): (u32, u32),
        [x, .., y]: [u8; 3],
        _: Noisy,
        _kept: Noisy,
        &n: &u32,
        Pair { left, right: _ }: Pair,
    ) -> u32 {
        tick(1).await;
        b += 1;
        left.touch();
        a + b + u32::from(x + y) + n
    }
    struct Pair {
        left: Noisy,
        right: Noisy,
    }
    #[half::coroutine]
    fn start() -> u32 {
        let pair = Pair { left: noisy("left"), right: noisy("right") };
        take((1, 2), [3, 4, 5], noisy("ignored"), noisy("kept"), &6, pair).await
    }
}

differential! {
    fn an_unsafe_function_is_awaited_in_an_unsafe_block() -> u32 = start();
    /// # Safety
    ///
    /// `place` can be read.
    #[half::coroutine]
    unsafe fn read(place: *const u32) -> u32 {
        tick(1).await;
        // SAFETY: the caller says that it can be read.
        unsafe { *place }
    }
    #[half::coroutine]
    fn start() -> u32 {
        let n = 5;
        let place = &raw const n;
        // SAFETY: `n` is held for as long.
        unsafe { read(place).await }
    }
}

differential! {
    fn a_function_that_never_returns_is_awaited() -> u32 = start();
    #[half::coroutine]
    fn serve(who: Noisy) -> ! {
        let mut left = 2;
        loop {
            tick(1).await;
            left -= 1;
            if left == 0 {
                panic!("served");
            }
        }
    }
    #[half::coroutine]
    fn forward(who: Noisy) -> ! {
        let held = noisy("held");
        serve(who).await
    }
    #[half::coroutine]
    fn start() -> u32 {
        let local = noisy("local");
        let n: u32 = if local.name().len() == 5 {
            tick(1).await;
            1
        } else {
            serve(noisy("first")).await
        };
        match n {
            0 => 5,
            _ => forward(noisy("second")).await,
        }
    }
}

differential! {
    fn a_type_without_a_name_is_returned() -> String = start();
    #[half::coroutine]
    fn letters<'a>(text: &'a str, log: &mut Vec<Noisy>) -> impl Iterator<Item = char> {
        tick(1).await;
        log.push(noisy("logged"));
        text.chars()
    }
    #[half::coroutine]
    fn show<T: Debug>(item: T) -> impl Display {
        tick(1).await;
        format!("{item:?}")
    }
    #[half::coroutine]
    fn parse(text: &str) -> Result<impl Fn(u32) -> u32, Box<dyn std::error::Error>> {
        if text.is_empty() {
            return Err("empty".into());
        }
        tick(1).await;
        let n: u32 = text.parse()?;
        Ok(move |m: u32| n + m)
    }
    struct Own(Noisy);
    impl Own {
        #[half::coroutine]
        fn name(&self) -> (impl Display, usize) {
            tick(1).await;
            (self.0.name(), 1)
        }
    }
    #[half::coroutine]
    fn start() -> String {
        let mut log = vec![];
        let text = String::from("abc");
        let letters = letters(&text, &mut log).await;
        let shown = show(letters.collect::<String>()).await;
        let own = Own(noisy("own"));
        let (name, n) = own.name().await;
        let add = parse("40").await;
        let sum = add.map_or(0, |add| add(2));
        let failed = parse("x").await;
        format!("{shown}{name}{n}{sum}{}", failed.is_err())
    }
}
