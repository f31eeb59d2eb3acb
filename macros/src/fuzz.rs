//! The macro is fed whatever tokens: an expansion or a diagnostic comes out, never a panic, soon.
//!
//! Real bodies, those of the differential tests, are broken at random: tokens are left out, put
//! in, doubled and exchanged. The seed is fixed; `COSTATE_FUZZ=100000` runs that many instead.

mod deep;
mod mutate;

use crate::pipeline;
use mutate::{Random, mutate};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

/// So many broken functions, unless the environment says otherwise.
const COUNT: usize = 600;

/// Far more than the second that an expansion may take: other tests run beside this one, and the
/// macro is not optimised. What grows exponentially takes longer still.
const LONGEST: Duration = Duration::from_secs(60);

/// Expands a function; says what went wrong, if anything did.
fn expand(attribute: &TokenStream, item: &TokenStream) -> Result<(), String> {
    let begun = Instant::now();
    let (a, i) = (attribute.clone(), item.clone());
    let expansion = catch_unwind(|| pipeline::expand(a, i)).map_err(|payload| {
        let words = payload.downcast_ref::<String>().cloned();
        let words = words.or_else(|| payload.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        format!("panicked: {}", words.unwrap_or_default())
    })?;
    if begun.elapsed() > LONGEST {
        return Err(format!("took {:?}", begun.elapsed()));
    }
    // What isn't an item to begin with is given back as it is.
    if syn::parse2::<syn::File>(item.clone()).is_ok() {
        let parsed = syn::parse2::<syn::File>(quote!(impl X { #expansion }));
        let parsed = parsed.or_else(|_| syn::parse2::<syn::File>(expansion.clone()));
        parsed.map_err(|error| format!("expands to what isn't Rust: {error}\n{expansion}"))?;
    }
    Ok(())
}

#[track_caller]
fn check(attribute: &TokenStream, item: &TokenStream) {
    if let Err(words) = expand(attribute, item) {
        panic!("#[coroutine({attribute})] {item}\n{words}");
    }
}

/// The functions of the differential tests.
fn functions() -> Vec<TokenStream> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/differential");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the differential tests are beside the macro")
        .map(|entry| entry.expect("a folder can be read").path())
        .collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).expect("a test is text");
        let tokens: TokenStream = text.parse().expect("a test is tokens");
        collect(tokens, &mut found);
    }
    assert!(found.len() > 100, "only {} functions found", found.len());
    found
}

/// From each `fn` to the braces after it.
fn collect(tokens: TokenStream, found: &mut Vec<TokenStream>) {
    let mut function: Option<Vec<TokenTree>> = None;
    for token in tokens {
        if let TokenTree::Ident(word) = &token
            && word == "fn"
        {
            function = Some(Vec::new());
        }
        if let Some(tokens) = &mut function {
            tokens.push(token.clone());
        }
        if let TokenTree::Group(group) = &token {
            match (group.delimiter(), &mut function) {
                (Delimiter::Brace, Some(tokens)) => {
                    found.push(tokens.drain(..).collect());
                    function = None;
                }
                (_, None) => collect(group.stream(), found),
                _ => {}
            }
        }
    }
}

fn count() -> usize {
    let asked = std::env::var("COSTATE_FUZZ").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(COUNT)
}

#[test]
fn broken_functions_are_expanded_or_refused() {
    let functions = functions();
    let mut random = Random::new(0x5eed);
    let attributes = [
        "",
        "yield = u32",
        "yield = &str",
        "crate = a::b",
        "Send",
        "boxed",
        "= 3",
    ];
    let quietly = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut wrong = Vec::new();
    for _ in 0..count() {
        let mut item = random.pick(&functions).clone();
        for _ in 0..=random.below(3) {
            item = mutate(item, random.pick(&functions), &mut random);
        }
        let attribute = match random.below(4) {
            0 => random.pick(&attributes).parse().expect("tokens"),
            _ => TokenStream::new(),
        };
        if let Err(words) = expand(&attribute, &item) {
            wrong.push(format!("#[coroutine({attribute})] {item}\n{words}\n"));
        }
    }
    std::panic::set_hook(quietly);
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        count(),
        wrong.join("\n")
    );
}

#[test]
fn odd_items_are_expanded_or_refused() {
    for item in ITEMS {
        // What isn't even tokens, rustc doesn't hand out.
        let Ok(item) = item.parse() else { continue };
        check(&TokenStream::new(), &item);
        check(&quote!(yield = u8), &item);
    }
}

/// What is hardly a coroutine.
const ITEMS: &[&str] = &[
    "",
    ";",
    "fn",
    "fn f",
    "fn f()",
    "fn f() {}",
    "fn f();",
    "fn f() -> {}",
    "fn r#match() { r#type().await }",
    "fn r#await() {}",
    "fn f(self) {}",
    "fn f(&mut self, _: u8, (): ()) { self.x.await; }",
    "fn f(..) {}",
    "fn f<const N: usize>() -> [u8; N] { [0; N] }",
    "fn f<'a: 'b, 'b, T: ?Sized + 'a>(t: &'a T) where T: 'b, for<'c> &'c T: Copy { t.await }",
    "fn f(x: impl Fn(&u8) -> &u8) { x(&1).await }",
    "#[coroutine] fn f() {}",
    "#[cfg(a)] #[doc = \"b\"] pub(in a::b) fn f() {}",
    "fn f() { #![inner] }",
    "struct S;",
    "enum E {}",
    "trait T {}",
    "trait T { fn f(); }",
    "trait T { fn f() { x.await } const C: u8 = 1; type A; m!(); }",
    "impl S {}",
    "impl T for S { fn f() { x.await } }",
    "impl<T> T for fn(T) { #[coroutine] fn f(self: &mut Self) {} }",
    "mod m { fn f() {} }",
    "use a::*;",
    "macro_rules! m { () => {} }",
    "m! { fn f() {} }",
    "static S: u8 = { x.await };",
    "extern \"C\" { fn f(); }",
    "unsafe extern \"C\" fn f() {}",
    "const fn f() {}",
    "async fn f() {}",
    "gen fn f() {}",
    "fn f() { .await }",
    "fn f() { x.await.await?.await.y.0.await[z.await].await }",
    "fn f() { let x = |y| y.await; async { z.await }; }",
    "fn f() { loop { break loop { continue 'a } } }",
    "fn f() { 'a: { break 'a x.await } }",
    "fn f() { 'a: { x.await; break 'a > usize = f(); } }",
    "fn f() { 'a: { x.await; if y { break 'a + 1; } } loop { x.await; continue .. z; } }",
    "fn f() { break; continue; return }",
    "fn f() { yield_!() }",
    "fn f() { yield_!(yield_!(1)); a::yield_! { 2 }; }",
    "fn f() { let (a, a) = x.await; a }",
    "fn f() { let a | a = x.await; }",
    "fn f() { m!(x.await); m!{y.await} m![let a = ]; }",
    "fn f() { println!(\"{x} {y:?} {} {:>w$}\", x.await, w = 3); }",
    "fn f() { println!(\"{\"); println!(\"{x\", 1); println!(); format!(1) }",
    "fn f() { if let A(x) = y.await && z.await {} }",
    "fn f() { match x.await {} match y {} }",
    "fn f() { while let _ = x.await {} for _ in x.await {} }",
    "fn f() { let _ = _; _ = x.await; (_, a) = x.await; S { b, .. } = x.await; }",
    "fn f() { x.await = y.await; x.await += y.await; *x.await = 1; }",
    "fn f() { let x else { x.await }; let Some(y) = z else { return w.await }; }",
    "fn f() { #[cfg(a)] let x = y.await; #[cfg(b)] { x } }",
    "fn f() { const { x.await }; unsafe { y.await }; try { z.await } }",
    "fn f() { &raw const x.await; &raw mut y; }",
    "fn f() { x.await as u8; x.await..y.await; ..; x..=; [a.await; b.await] }",
];
