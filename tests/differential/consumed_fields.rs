//! Closures that are not `move` and consume fields of held locals.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

differential! {
    fn a_closure_consumes_a_field_of_an_argument() -> Noisy = start((noisy("arg"), 1));
    #[half::coroutine]
    fn start(mut v: (Noisy, u32)) -> Noisy {
        match v.0 {
            _ => {
                let f = || v.0;
                tick(1).await;
            }
        }
        tick(1).await;
        v.0 = noisy("again");
        let g = || v.0;
        tick(v.1).await;
        g()
    }
}

differential! {
    fn what_is_left_of_a_pair_drops_with_it() -> Noisy {
        let p = pair("l", "r");
        let other = noisy("other");
        tick(1).await;
        let f = || p.right;
        tick(1).await;
        p.left.touch();
        tick(1).await;
        let right = f();
        tick(1).await;
        right
    }
}

differential! {
    fn a_closure_consumes_one_field_and_changes_another() -> u32 {
        let mut p = (pair("l", "r"), 4u32, noisy("n"));
        tick(1).await;
        let f = || {
            p.1 += 1;
            p.0.left.rename("renamed");
            p.2.touch();
            drop(p.0.right);
            p.1
        };
        tick(1).await;
        let n = f();
        tick(1).await;
        p.0.left.touch();
        n + p.1
    }
}

differential! {
    fn a_copied_field_stays() -> u32 {
        let mut p = (noisy("n"), 4u32);
        tick(1).await;
        let f = || given("f", p.1);
        tick(1).await;
        let n = f() + f();
        p.1 += 1;
        tick(n).await;
        p.0.touch();
        p.1
    }
}

differential! {
    fn a_field_is_consumed_on_one_way() -> u32 {
        let p = pair("l", "r");
        tick(1).await;
        for k in 0..2 {
            if after(1, k == 1).await {
                let f = || {
                    drop(tick(0));
                    p.left
                };
                drop(f());
                tick(1).await;
                break;
            }
        }
        let q = pair("a", "b");
        let take = after(1, true).await;
        let f = || if take { q.left } else { noisy("else") };
        tick(1).await;
        say(f().name());
        tick(1).await;
        3
    }
}

differential! {
    fn a_closure_in_a_closure_consumes_a_field() -> &'static str {
        let p = (pair("l", "r"), noisy("n"));
        tick(1).await;
        let f = || {
            let g = || p.0.right.touch();
            g();
            let h = || p.0;
            h().left.name()
        };
        tick(1).await;
        let name = f();
        tick(1).await;
        p.1.touch();
        name
    }
}

differential! {
    fn a_reborrowed_field_is_consumed() -> () {
        let mut n = noisy("n");
        let p = (&mut n, noisy("m"));
        tick(1).await;
        let f = || drop((p.0, p.1));
        tick(1).await;
        f();
        tick(1).await;
        n.touch();
    }
}

differential! {
    fn a_closure_that_is_not_called_drops_fields_in_their_order() -> () {
        let p = pair("l", "r");
        let q = (noisy("0"), noisy("1"), noisy("2"));
        tick(1).await;
        let f = || { drop(q.2); drop(p.left); drop(q.0); drop(p.right); };
        tick(1).await;
        if after(1, false).await { f() }
        tick(1).await;
    }
}
differential! {
    fn so_does_a_move_closure() -> () {
        let p = pair("l", "r");
        let q = (noisy("0"), noisy("1"), noisy("2"));
        tick(1).await;
        let f = move || { drop(q.2); drop(p.left); drop(q.0); drop(p.right); };
        tick(1).await;
        if after(1, false).await { f() }
        tick(1).await;
    }
}
differential! {
    fn and_whole_locals_in_the_order_of_mention() -> () {
        let p = noisy("p");
        let q = noisy("q");
        tick(1).await;
        let f = || { drop(q); drop(p); };
        tick(1).await;
        if after(1, false).await { f() }
        tick(1).await;
    }
}
