//! Temporaries of statements that suspend: those that live to the end of the statement, and those
//! that a `let` extends.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::sync::{Mutex, MutexGuard};

#[derive(Debug)]
struct Wrap<'a>(&'a Noisy);

#[derive(Debug)]
struct Named<'a> {
    who: &'a Noisy,
    n: u32,
}

differential! {
    fn a_reference_extends_what_is_awaited() -> &'static str {
        let first = noisy("first");
        let who = &after(1, noisy("awaited")).await;
        let last = noisy("last");
        tick(1).await;
        who.name()
    }
}

differential! {
    fn a_constructor_extends_its_arguments() -> u32 {
        let wrap = Wrap(&after(1, noisy("wrapped")).await);
        let named = Named { who: &after(1, noisy("named")).await, n: after(1, 1).await };
        let some = Some(&after(1, noisy("some")).await);
        tick(1).await;
        wrap.0.touch();
        named.who.touch();
        some.map_or(0, |who| who.name().len() as u32) + named.n
    }
}

differential! {
    fn several_extended_temporaries_drop_in_reverse() -> usize {
        let (a, b) = (&after(1, noisy("a")).await, &after(1, noisy("b")).await);
        let list = [&noisy("c"), &after(1, noisy("d")).await, &noisy("e")];
        tick(1).await;
        a.name().len() + b.name().len() + list.len()
    }
}

differential! {
    fn a_field_and_an_element_are_extended_whole() -> usize {
        let right = &after(1, pair("left", "right")).await.right;
        let part = &after(1, [noisy("x"), noisy("y")]).await[1..];
        let inner = &(*after(1, Box::new(noisy("boxed"))).await);
        tick(1).await;
        right.name().len() + part.len() + inner.name().len()
    }
}

differential! {
    fn what_is_not_extended_ends_with_the_let() -> usize {
        fn pick<'a>(a: &'a Noisy, _: &Noisy) -> Noisy {
            say("pick");
            noisy("picked")
        }
        let kept = &pick(&noisy("argument"), &after(1, noisy("awaited")).await);
        say("after the let");
        tick(1).await;
        kept.name().len()
    }
}

differential! {
    fn a_mutable_temporary_is_extended() -> Vec<u32> {
        let list = &mut after(1, vec![1]).await;
        list.push(after(1, 2).await);
        tick(1).await;
        list.clone()
    }
}

differential! {
    fn branches_extend_their_tails() -> usize {
        let mut total = 0;
        for flag in [true, false] {
            let other = noisy("other");
            let who = if after(1, flag).await { &after(1, noisy("then")).await } else { &other };
            let last = noisy("last");
            tick(1).await;
            total += who.name().len();
        }
        let chosen = match after(1, 2).await {
            1 => &after(1, noisy("one")).await,
            2 => { let inner = noisy("inner"); tick(1).await; &after(1, noisy("two")).await }
            _ => &noisy("many"),
        };
        tick(1).await;
        total + chosen.name().len()
    }
}

differential! {
    fn branches_without_suspensions_extend_their_tails() -> usize {
        let flag = after(1, true).await;
        let other = noisy("other");
        let who = if flag { &noisy("then") } else { &other };
        let block = { let inner = noisy("inner"); &noisy("block") };
        tick(1).await;
        who.name().len() + block.name().len()
    }
}

differential! {
    fn patterns_by_reference_extend() -> usize {
        let ref who = after(1, noisy("by ref")).await;
        let Pair { ref left, .. } = after(1, pair("left", "right")).await;
        tick(1).await;
        let _ = &after(1, noisy("wildcard")).await;
        let _ = after(1, noisy("gone")).await;
        tick(1).await;
        who.name().len() + left.name().len()
    }
}

differential! {
    fn an_extended_temporary_in_a_loop_ends_with_its_turn() -> usize {
        let mut total = 0;
        for n in 0..3 {
            let who = &after(1, noisy("turn")).await;
            if n == 1 {
                continue;
            }
            tick(1).await;
            total += who.name().len();
        }
        total
    }
}

differential! {
    fn a_statement_keeps_its_temporaries() -> usize {
        fn both(a: &Noisy, b: &Noisy) -> usize {
            say("both");
            a.name().len() + b.name().len()
        }
        let _ = both(&noisy("a"), &after(1, noisy("b")).await) + after(1, both(&noisy("c"), &noisy("d"))).await;
        say("after the statement");
        tick(1).await;
        let n = both(&after(1, noisy("e")).await, &noisy("f"));
        say("after the let");
        tick(1).await;
        n
    }
}

/// A lock that says when it is taken, and given back.
struct Lock(Mutex<Vec<u32>>);

struct Guard<'a>(MutexGuard<'a, Vec<u32>>, Noisy);

impl Lock {
    fn lock(&self) -> Tick<Guard<'_>> {
        say("lock");
        after(
            1,
            Guard(self.0.try_lock().expect("locked twice"), noisy("guard")),
        )
    }
}

impl std::ops::Deref for Guard<'_> {
    type Target = Vec<u32>;
    fn deref(&self) -> &Vec<u32> {
        &self.0
    }
}

impl std::ops::DerefMut for Guard<'_> {
    fn deref_mut(&mut self) -> &mut Vec<u32> {
        &mut self.0
    }
}

fn lock() -> Lock {
    Lock(Mutex::new(vec![1, 2, 3]))
}

differential! {
    fn a_guard_lives_to_the_end_of_its_statement() -> (Option<u32>, usize) {
        let lock = lock();
        let first = lock.lock().await.get(0).copied();
        say("unlocked");
        tick(1).await;
        let n = lock.lock().await.len() + after(1, 1).await;
        say("unlocked again");
        lock.lock().await.push(after(1, 4).await);
        let last = lock.lock().await[2] + after(1, 1).await;
        (first, n + last as usize)
    }
}

differential! {
    fn a_guard_in_a_scrutinee_lives_through_the_match() -> u32 {
        let lock = lock();
        let n = match lock.lock().await.get(after(1, 1).await) {
            Some(n) => { tick(1).await; *n }
            None => 0,
        };
        say("unlocked");
        tick(1).await;
        match lock.lock().await.iter().find(|n| **n > 2) {
            Some(n) => after(1, *n).await + n,
            None => n,
        }
    }
}

differential! {
    fn a_guard_in_a_condition_ends_before_the_body() -> u32 {
        let lock = lock();
        if lock.lock().await.len() == 3 {
            say("body");
            lock.lock().await.clear();
        }
        while lock.lock().await.len() < after(1, 2).await {
            lock.lock().await.push(1);
        }
        if let Some(n) = lock.lock().await.pop() {
            say("locked still");
            tick(1).await;
        } else {
            say("never");
        }
        if let Some(9) = lock.lock().await.pop() { say("never"); } else { say("unlocked"); lock.lock().await.push(7); }
        lock.lock().await.len() as u32
    }
}

differential! {
    fn a_match_among_operands_keeps_its_guard() -> usize {
        let lock = lock();
        let n = usize::max(match lock.lock().await.first() { Some(n) => *n as usize, None => 9 }, after(1, 2).await);
        say("unlocked");
        n + usize::min(if let Some(n) = lock.lock().await.last() { *n as usize } else { 0 }, after(1, 2).await)
    }
}

differential! {
    fn operands_that_do_not_suspend_keep_the_temporaries_of_their_scrutinee() -> usize {
        let made = || Some(noisy("scrutinee"));
        let n = usize::max(match made() { Some(ref who) => who.name().len(), None => 9 }, after(1, 2).await);
        say("after");
        n + usize::min(if let Some(who) = &made() { who.name().len() } else { 0 }, after(1, 2).await)
    }
}

differential! {
    fn a_loop_keeps_the_temporaries_of_its_head() -> u32 {
        let lock = lock();
        let mut total = 0;
        for n in lock.lock().await.iter().skip(after(1, 1).await) {
            tick(1).await;
            total += n;
        }
        say("unlocked");
        for n in lock.lock().await.drain(after(1, 1).await..) {
            total += n;
        }
        total + lock.lock().await.len() as u32
    }
}

differential! {
    fn a_let_else_ends_its_temporaries_before_it_leaves() -> u32 {
        let lock = lock();
        loop {
            let Some(n) = lock.lock().await.pop().filter(|n| *n > 1) else {
                say("else");
                break lock.lock().await.len() as u32;
            };
            tick(n).await;
        }
    }
}

differential! {
    fn a_let_else_without_a_suspension_in_it() -> u32 {
        let lock = lock();
        let Some(n) = lock.lock().await.get(after(1, 7).await).copied() else {
            say("else");
            return lock.0.try_lock().map_or(0, |list| list.len() as u32);
        };
        tick(1).await;
        n
    }
}

differential! {
    fn blocks_and_arms_end_their_temporaries() -> usize {
        fn size(n: &Noisy) -> usize {
            say("size");
            n.name().len()
        }
        let total = size(&noisy("outer")) + { size(&after(1, noisy("in a block")).await) }
            + match after(1, 1).await { 1 => size(&noisy("in an arm")), _ => 0 }
            + after(1, 1).await;
        say("after");
        tick(1).await;
        total
    }
}

differential! {
    fn a_tail_ends_its_temporaries() -> usize {
        let local = noisy("local");
        watch(&local).look();
        usize::max(local.name().len(), after(1, 1).await)
    }
}

differential! {
    fn a_value_moved_out_of_a_temporary_leaves_the_rest() -> usize {
        let n = (after(1, pair("a", "b")).await.left, after(1, noisy("c")).await);
        say("after");
        tick(1).await;
        n.0.name().len() + after(1, pair("d", "e")).await.right.name().len()
    }
}
