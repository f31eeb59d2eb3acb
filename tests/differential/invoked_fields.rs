//! Closures that are not `move` and call what may consume a field of a held local; and fields that operators move.

use costate_tests::differential;
use costate_tests::props::*;

struct Cfg {
    name: String,
    port: u16,
    n: Noisy,
}
fn cfg() -> Cfg {
    Cfg {
        name: "n".into(),
        port: 3,
        n: noisy("n"),
    }
}
differential! {
    fn a_closure_calls_what_consumes_a_field() -> usize {
    let x = (noisy("x"), noisy("y"));
    tick(1).await;
    let f = || x.0.into_name().len();
    tick(1).await;
    let n = f();
    x.1.touch();
    tick(1).await;
    n
    }
}
differential! {
    fn a_closure_calls_what_borrows_a_field() -> usize {
    let mut x = (noisy("x"), noisy("y"), noisy("z"));
    tick(1).await;
    let f = || x.0.name().len();
    tick(1).await;
    let n = f() + f();
    tick(1).await;
    let mut g = || { x.1.rename("renamed"); x.2.into_name() };
    tick(1).await;
    let t = g().len();
    tick(1).await;
    tick(u32::try_from(t).unwrap()).await;
    x.1.touch();
    n
    }
}
differential! {
    fn text_is_concatenated_to_a_field() -> String {
    let c = cfg();
    tick(1).await;
    let d = c.name + &"y".to_string();
    tick(1).await;
    c.n.touch();
    let e = cfg();
    tick(1).await;
    let mut e = e.name + "z";
    tick(u32::from(c.port)).await;
    e.push_str(&d);
    e
    }
}
differential! {
    fn a_box_is_taken_apart() -> String {
    let c = Box::new(cfg());
    tick(1).await;
    let d = *c;
    tick(1).await;
    d.name + "x"
    }
}
differential! {
    fn a_field_of_options() -> usize {
    let x = (Some(noisy("x")), vec![noisy("y")]);
    tick(1).await;
    let f = || x.0.unwrap().name().len() + x.1.len();
    tick(1).await;
    f()
    }
}
