//! `move` closures and blocks that capture fields of a held local.

use costate_tests::differential;
use costate_tests::props::*;
use std::rc::Rc;
struct Config {
    name: Noisy,
    scale: usize,
    text: &'static str,
}

fn config() -> Config {
    Config {
        name: noisy("c"),
        scale: 3,
        text: "text",
    }
}

differential! {
    fn a_move_closure_copies_fields() -> usize {
        let c = config();
        tick(1).await;
        let f = move |x: usize| x * c.scale + c.text.len();
        tick(1).await;
        let n = f(3);
        c.name.touch();
        tick(1).await;
        n + c.scale
    }
}

differential! {
    fn a_move_closure_changes_its_copies() -> usize {
        let mut c = (noisy("c"), 3usize, 4usize);
        tick(1).await;
        let mut f = move || { c.2 += 1; c.1 += c.2; c.1 };
        tick(1).await;
        let n = f() + f();
        c.0.touch();
        n + c.1
    }
}

differential! {
    fn an_async_block_copies_fields() -> usize {
        let c = config();
        tick(1).await;
        let f = async move { tick(1).await; c.scale + c.text.len() };
        tick(1).await;
        c.name.touch();
        f.await
    }
}

differential! {
    fn a_move_closure_captures_a_pointer() -> usize {
        let c = Box::new(config());
        let d = Rc::new(config());
        let e = d.clone();
        tick(1).await;
        let f = move |x: usize| x * c.scale + d.scale;
        let g = move || e.name.touch();
        tick(1).await;
        g();
        f(3)
    }
}

differential! {
    fn pointers_and_fields_in_branches_and_loops() -> usize {
        let b = Box::new(config());
        let c = config();
        let mut n = 0;
        for k in 0..2 {
            let f = move || c.scale + k;
            tick(1).await;
            n += f();
        }
        if n > 2 {
            let g = move || b.scale;
            tick(1).await;
            n += g();
        }
        tick(1).await;
        n + c.name.name().len()
    }
}

differential! {
    fn a_guard_is_captured_whole_if_it_needs_no_drop() -> usize {
        let c = config();
        let r = &c;
        let t = (r, 4usize);
        tick(1).await;
        let f = move || r.scale + t.1 + t.0.scale;
        tick(1).await;
        let n = f();
        let d = c;
        tick(1).await;
        let g = move || { d.name.touch(); d };
        tick(1).await;
        g().scale + n
    }
}

differential! {
    fn a_move_closure_takes_fields() -> usize {
        let p = pair("l", "r");
        tick(1).await;
        let c = move || { p.left.touch(); p.left.name().len() };
        tick(1).await;
        let n = c();
        p.right.touch();
        tick(1).await;
        drop(c);
        tick(1).await;
        n
    }
}

differential! {
    fn a_block_takes_fields() -> usize {
        let p = pair("l", "r");
        let mut q = (noisy("0"), noisy("1"), 4usize);
        tick(1).await;
        let f = async move { p.left.touch(); tick(1).await; q.1.rename("one"); q.2 + p.left.name().len() };
        tick(1).await;
        let n = f.await;
        q.1 = noisy("again");
        tick(1).await;
        n
    }
}

differential! {
    fn fields_are_taken_on_a_branch() -> usize {
        let p = pair("l", "r");
        let b = Box::new(pair("bl", "br"));
        let mut f: Option<Box<dyn FnOnce() -> usize>> = None;
        let mut n = 0;
        if after(1, true).await {
            let g = move || { p.left.touch(); p.left.name().len() };
            tick(1).await;
            n += g();
        } else {
            n += p.right.name().len();
        }
        if n == 1 {
            f = Some(Box::new(move || b.left.name().len()));
        }
        tick(1).await;
        n + f.map_or(0, |f| f())
    }
}

differential! {
    fn a_shared_pointer_is_taken_whole() -> usize {
        let b = Rc::new(pair("l", "r"));

        tick(1).await;
        let f = move || { b.left.touch(); b.right.name().len() };
        tick(1).await;
        f()
    }
}

differential! {
    fn a_field_is_moved_elsewhere_and_captured() -> u32 = start((noisy("arg 0"), 1), noisy("arg"));
    #[half::coroutine]
    fn start(v: (Noisy, u32), other: Noisy) -> u32 {
        if given("if", false) {
            return v.1;
        }
        tick(1).await;
        drop(other);
        (move || v.1)()
    }
}
