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
