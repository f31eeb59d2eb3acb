//! Methods that take `self` by value, of names that mostly take a reference.

use costate_tests::differential;
use costate_tests::props::*;
use std::collections::hash_map::{Entry, HashMap};
use std::io::BufRead;

differential! {
    fn an_entry_of_a_map_is_consumed_behind_a_suspension() -> usize {
        let mut map = HashMap::new();
        for key in [1, 2, 1] {
            match map.entry(key) {
                Entry::Vacant(entry) => { tick(1).await; entry.insert(noisy("value")); }
                Entry::Occupied(entry) => { tick(1).await; entry.remove().touch(); }
            }
        }
        map.len()
    }
}

differential! {
    fn a_reader_becomes_its_lines() -> usize {
        let reader = std::io::BufReader::new(&b"a\nb"[..]);
        tick(1).await;
        let mut length = 0;
        for line in reader.lines() {
            length += after(1, line.unwrap()).await.len();
        }
        length
    }
}

differential! {
    fn an_iterator_is_compared() -> (bool, std::cmp::Ordering, bool) {
        let (left, right) = ([1, 2].into_iter(), [1, 3].into_iter());
        let text = String::from("text");
        tick(1).await;
        let equal = left.clone().eq([1, 2]);
        (equal, left.cmp(right), text.eq("text"))
    }
}

struct Builder(Vec<Noisy>);

impl Builder {
    fn push(mut self, part: impl Into<Noisy>) -> Builder {
        self.0.push(part.into());
        self
    }

    fn insert(mut self, at: usize, part: Noisy) -> Self {
        self.0.insert(at, part);
        self
    }

    fn extend(mut self, parts: impl IntoIterator<Item = Noisy>) -> Self {
        self.0.extend(parts);
        self
    }

    fn load(self) -> Vec<Noisy> {
        self.0
    }
}

differential! {
    fn a_builder_takes_itself() -> usize {
        let builder = Builder(vec![noisy("first")]);
        tick(1).await;
        let builder = builder.push(noisy("pushed"));
        tick(1).await;
        let builder = builder.insert(0, after(1, noisy("inserted")).await);
        tick(1).await;
        let builder = builder.extend([noisy("extended")]);
        tick(1).await;
        let parts = builder.load();
        tick(1).await;
        parts.len()
    }
}

differential! {
    fn what_is_pushed_decides_about_the_type() -> usize {
        let mut list = Vec::new();
        tick(1).await;
        list.push(None);
        let mut map = HashMap::new();
        tick(1).await;
        map.insert("key", Default::default());
        tick(1).await;
        let found: &mut Vec<Option<u8>> = map.get_mut("key").unwrap();
        found.extend(list);
        tick(1).await;
        let text = String::from("12");
        tick(1).await;
        let number: usize = text.parse().unwrap();
        number + map.remove("key").unwrap().len()
    }
}

differential! {
    fn a_pinned_reference_gives_what_it_pins() -> usize {
        let mut who = noisy("who");
        let pinned = std::pin::Pin::new(&mut who);
        tick(1).await;
        pinned.get_mut().rename("renamed");
        tick(1).await;
        who.name().len()
    }
}

differential! {
    fn what_a_collection_is_filled_with_is_coerced() -> usize {
        type Call = Box<dyn Fn(u8) -> u8>;
        let mut list = Vec::<(Call, Option<u8>)>::new();
        let mut map = std::collections::BTreeMap::<u8, (Call, Option<u8>)>::new();
        let (mut open, mut texts) = (vec![None], vec![Some(String::new())]);
        tick(1).await;
        list.push((Box::new(|n| n + 1), None));
        map.insert(3, (Box::new(|n| n + 1), None));
        open.push(Some("a".into()));
        texts.extend([Some("b".into()), None]);
        let first: &Option<String> = &open[0];
        first.iter().count()
    }
}

struct Letters(Noisy);

impl Letters {
    fn v(self) -> usize {
        self.0.name().len()
    }
    fn r(self) -> Noisy {
        self.0
    }
    fn m(self, by: impl FnOnce(Noisy) -> usize) -> usize {
        by(self.0)
    }
    fn n(&self) -> usize {
        self.0.name().len()
    }
    fn whom(self) -> &'static str {
        self.0.into_name()
    }
    fn inside(self: Box<Self>) -> Noisy {
        self.0
    }
    fn known<R>(self, by: impl FnOnce(Noisy) -> R) -> R {
        by(self.0)
    }
    fn result<R>(self, by: impl FnOnce(Noisy) -> R) -> R {
        by(self.0)
    }
    fn settle<T: Default>(self) -> T {
        T::default()
    }
}

differential! {
    fn a_method_has_the_name_of_one_of_those_that_ask() -> usize {
        let letters = ["a", "b", "c", "d", "e", "f", "g"].map(|name| Letters(noisy(name)));
        let [a, b, c, d, e, f, g] = letters;
        let boxed = Box::new(Letters(noisy("boxed")));
        tick(1).await;
        let mut sum = a.n() + a.v();
        tick(1).await;
        let b = b.r();
        tick(1).await;
        sum += c.m(|c| c.name().len()) + d.whom().len();
        tick(1).await;
        let e = e.known(|e| e);
        let f = f.result(|f| f);
        tick(1).await;
        sum += g.settle::<usize>();
        let boxed = boxed.inside();
        tick(1).await;
        sum + b.name().len() + e.name().len() + f.name().len() + boxed.name().len()
    }
}
