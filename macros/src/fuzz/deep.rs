//! What is nested deeply: neither the stack nor the time may run out.

use super::check;
use proc_macro2::TokenStream;

/// Deeper than anyone writes, and than tools that generate code do.
const DEPTH: usize = 40;

/// The stack that rustc gives its main thread.
const STACK: usize = 8 << 20;

fn nested(before: &str, inner: &str, after: &str) -> TokenStream {
    let (before, after) = (before.repeat(DEPTH), after.repeat(DEPTH));
    let text = format!("fn f(x: X) {{ let y = 1; {before}{inner}{after} }}");
    text.parse().expect("the nest is tokens")
}

#[test]
fn deep_nests_are_expanded_or_refused() {
    let run = || {
        for (before, inner, after) in NESTS {
            check(&TokenStream::new(), &nested(before, inner, after));
        }
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run);
    let joined = thread.expect("a thread can be started").join();
    if let Err(payload) = joined {
        std::panic::resume_unwind(payload);
    }
}

#[test]
fn deep_patterns_are_expanded_or_refused() {
    let (open, close) = ("Some(".repeat(DEPTH), ")".repeat(DEPTH));
    let text =
        format!("fn f({open}x{close}: X) {{ let {open}y{close} = x.await else {{ return }}; y }}");
    check(&TokenStream::new(), &text.parse().expect("tokens"));
}

#[test]
fn long_statements_are_expanded_or_refused() {
    for link in [
        ".f(y)",
        ".f(y.await)",
        ".x",
        "[y]",
        "?",
        " + y",
        " as X",
        "(y)",
    ] {
        let chain = link.repeat(DEPTH);
        let text = format!("fn f(x: X, y: Y) {{ x.await; x{chain}; y.await; }}");
        check(&TokenStream::new(), &text.parse().expect("tokens"));
    }
}

/// What goes round, what is inside, and what closes it.
const NESTS: &[(&str, &str, &str)] = &[
    ("(", "x.await", ")"),
    ("{", "x.await;", "}"),
    ("{ let x = x;", "x.await;", "}"),
    ("f(", "x.await", ")"),
    ("f(y.await, ", "x", ")"),
    ("[", "x.await", "]"),
    ("if y { ", "x.await", "}"),
    ("if y.await { ", "x.await", "} else { y }"),
    ("if ", "x.await", " { y }"),
    ("match x { _ => ", "x.await", " }"),
    ("match y.await { y if y => y, _ => ", "x.await", " }"),
    ("match ", "x.await", " { y => y }"),
    ("loop { ", "x.await", " }"),
    ("while x { ", "x.await", " }"),
    ("for x in x { ", "x.await", " }"),
    ("'a: { ", "x.await", " }"),
    ("|| ", "y(x)", ""),
    ("move |y| { ", "y(x)", "}"),
    ("async { ", "x.await", "}"),
    ("unsafe { ", "x.await", "}"),
    ("- ", "x.await", ""),
    ("& ", "x.await", ""),
    ("", "x", ".await"),
    ("", "x", ".await?"),
    ("", "x", ".f(y)"),
    ("", "x", ".f(y).await"),
    ("", "x", ".f(y.await)"),
    ("", "x", " + y.await"),
    ("", "x.await", " && y.await"),
    ("", "x", "[y.await]"),
    ("return ", "x.await", ""),
    ("m!(", "x", ")"),
    ("println!(\"{}\", ", "x", ")"),
    ("let y = { ", "x.await", " };"),
    ("let (y, z) = (x.await, { ", "x", " });"),
    ("let Some(y) = x else { ", "x.await;", " };"),
    ("fn f() { ", "x.await", " }"),
    ("{ macro_rules! m { () => { x } } ", "x.await", " }"),
];
