//! `move` closures that mention fields of what has a drop of its own: such a field can't leave it, so the whole is captured,
//! unless the field is `Copy`.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::ops::Deref;
use std::sync::Mutex;

struct Own {
    who: Noisy,
    number: u32,
}

impl Drop for Own {
    fn drop(&mut self) {
        say("drop it all");
    }
}

fn own(name: &'static str) -> Own {
    Own {
        who: noisy(name),
        number: 3,
    }
}

struct Behind {
    name: Noisy,
    id: usize,
}

/// Has fields, and derefs to some.
struct Before {
    who: Noisy,
    behind: Behind,
}

impl Deref for Before {
    type Target = Behind;

    fn deref(&self) -> &Behind {
        &self.behind
    }
}

impl Drop for Before {
    fn drop(&mut self) {
        say("drop it all");
    }
}

fn before() -> Before {
    let (name, id) = (noisy("behind"), 1);
    Before {
        who: noisy("before"),
        behind: Behind { name, id },
    }
}

differential! {
    fn a_field_captures_the_whole() -> usize {
        let own = own("own");
        tick(1).await;
        let length = move || own.who.name().len();
        let other = noisy("other");
        tick(1).await;
        length()
    }
}

differential! {
    fn a_copy_of_a_field_leaves_the_whole() -> u32 {
        let own = own("own");
        tick(1).await;
        let next = move || own.number + 1;
        let other = noisy("other");
        tick(1).await;
        let next = next();
        own.who.touch();
        tick(1).await;
        next
    }
}

differential! {
    fn both_are_in_the_whole() -> u32 {
        let own = own("own");
        let both = move || { own.who.touch(); own.number };
        tick(1).await;
        let number = both();
        drop(both);
        tick(1).await;
        number
    }
}

differential! {
    fn an_async_block_captures_the_whole() -> u32 {
        let own = own("own");
        tick(1).await;
        let block = async move { own.who.touch(); after(1, own.number).await };
        let other = noisy("other");
        tick(1).await;
        block.await
    }
}

differential! {
    fn a_field_of_its_own_or_behind_it() -> usize {
        let (mine, theirs) = (before(), before());
        tick(1).await;
        let mine = move || mine.who.name().len();
        let theirs = move || theirs.name.name().len();
        let other = noisy("other");
        tick(1).await;
        mine() + theirs()
    }
}

differential! {
    fn a_lock_is_captured_by_what_it_guards() -> usize {
        let (name, id) = (noisy("name"), 1);
        let lock = Mutex::new(Behind { name, id });
        let guard = lock.lock().unwrap();
        tick(1).await;
        let length = move || guard.name.name().len();
        tick(1).await;
        let length = length();
        length + lock.try_lock().map_or(0, |guard| guard.id)
    }
}
