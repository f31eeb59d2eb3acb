//! What parses to what, and what is refused. (Sources are strings: no `.await` is compiled here.)

use quote::ToTokens;

use super::{Home, Input, Parsed, parse};
use crate::diagnostics::Diagnostics;

fn parsed(attribute: &str, item: &str) -> (Option<Parsed>, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let attribute = attribute.parse().expect("the attribute is tokens");
    let item = item.parse().expect("the item is tokens");
    let parsed = parse(attribute, item, &mut diagnostics);
    (parsed, diagnostics.messages())
}

#[track_caller]
fn function(attribute: &str, item: &str) -> Input {
    let (parsed, errors) = parsed(attribute, item);
    assert_eq!(errors, Vec::<String>::new());
    match parsed {
        Some(Parsed::Function(input)) => *input,
        _ => panic!("not a function"),
    }
}

fn packed(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}

#[track_caller]
fn check_signature(written: &str, named: &str) {
    let input = function("", &format!("{written} {{}}"));
    assert_eq!(packed(&input.sig), named.replace(' ', ""));
}

#[test]
fn elided_lifetimes_are_named_after_their_argument() {
    check_signature(
        "fn f<'a, T>(log: &Log, (x, _): (&'a T, Cow<'_, str>), pair: &mut (&u8, u8))",
        "fn f<'a, 'of_log, 'of_argument1, 'of_pair, 'of_pair_2, T>(log: &'of_log Log, \
         (x, _): (&'a T, Cow<'of_argument1, str>), pair: &'of_pair mut (&'of_pair_2 u8, u8))",
    );
}

#[test]
fn lifetimes_that_are_bound_where_they_stand_stay() {
    check_signature(
        "fn f(f: fn(&str) -> &str, g: Box<dyn Fn(&u8) -> &u8>)",
        "fn f(f: fn(&str) -> &str, g: Box<dyn Fn(&u8) -> &u8>)",
    );
}

#[test]
fn the_output_borrows_from_self_or_else_from_the_only_lifetime() {
    check_signature(
        "fn f(&self, key: &str) -> Option<&u8>",
        "fn f<'of_self, 'of_key>(&'of_self self, key: &'of_key str) -> Option<&'of_self u8>",
    );
    check_signature(
        "fn f(self: Pin<&mut Self>, key: &str) -> &u8",
        "fn f<'of_self, 'of_key>(self: Pin<&'of_self mut Self>, key: &'of_key str) -> &'of_self u8",
    );
    check_signature(
        "fn f<'a>(x: &'a str, n: u8) -> Chars<'_>",
        "fn f<'a>(x: &'a str, n: u8) -> Chars<'a>",
    );
    // rustc reports it.
    check_signature(
        "fn f(x: &str, y: &str) -> &str",
        "fn f<'of_x, 'of_y>(x: &'of_x str, y: &'of_y str) -> &str",
    );
}

#[test]
fn names_of_lifetimes_do_not_meet() {
    check_signature(
        "fn f<'of_x>(x: &str, y: &'of_x str)",
        "fn f<'of_x, 'of_x_2>(x: &'of_x_2 str, y: &'of_x str)",
    );
}

#[test]
fn self_outside_of_items_makes_a_method() {
    let is_free = |item| matches!(function("", item).home, Home::Free);
    assert!(is_free(
        "fn f() { struct S; impl S { fn new() -> Self { S } } }"
    ));
    assert!(!is_free("fn f() { Self::g() }"));
    assert!(!is_free("fn f() { println!(\"{}\", Self::C) }"));
    assert!(!is_free("fn f(&self) {}"));
}

#[test]
fn arguments_are_patterns_and_types() {
    let input = function("", "fn f(mut self: Arc<Self>, &n: &u8, _x: u8) {}");
    let arguments = input.arguments();
    let text: Vec<String> = arguments
        .iter()
        .map(|argument| {
            let (pattern, ty) = (packed(&argument.pattern), packed(&argument.ty));
            format!("{pattern}:{ty}")
        })
        .collect();
    assert_eq!(text, ["mutself:Arc<Self>", "&n:&'of_argument1u8", "_x:u8"]);
    assert!(arguments[0].is_receiver() && !arguments[1].is_receiver());
    assert!(arguments[1].name().is_none() && arguments[2].name().is_none());
}

#[test]
fn items_leave_the_body_only_if_one_is_an_impl() {
    let input = function(
        "",
        "fn f() { use a::B; struct S; macro_rules! m { () => {} } g() }",
    );
    assert_eq!((input.items.len(), input.block.stmts.len()), (0, 4));
    let input = function(
        "",
        "fn f() { struct S; macro_rules! m { () => {} } impl S {} g() }",
    );
    assert_eq!((input.items.len(), input.block.stmts.len()), (2, 2));
}

#[test]
fn inner_attributes_become_outer_ones() {
    let input = function("", "#[inline] fn f() { #![allow(dead_code)] }");
    let attrs: Vec<String> = input.attrs.iter().map(packed).collect();
    assert_eq!(attrs, ["#[inline]", "#[allow(dead_code)]"]);
}

#[test]
fn options_are_read() {
    let options = function(
        "yield = &'static str, boxed, Send, crate = a::b,",
        "fn f() {}",
    )
    .options;
    assert_eq!(options.yields.map(packed).as_deref(), Some("&'staticstr"));
    assert!(options.send && options.boxed);
    assert_eq!(packed(options.crate_path), "a::b");
}

#[test]
fn what_cannot_be_a_coroutine_is_refused() {
    let cases = [
        ("", "async fn f() {}", "remove `async`"),
        ("", "const fn f() {}", "remove `const`"),
        ("", "extern \"C\" fn f() {}", "remove `extern`"),
        ("", "fn f();", "needs a body"),
        ("", "struct S;", "put the attribute on one"),
        ("", "trait T { fn f(); }", "no method of this `trait`"),
        ("fast", "fn f() {}", "there is no option `fast`"),
        ("Send, Send", "fn f() {}", "given twice"),
        ("yield = &u8", "fn f() {}", "has to have a name"),
        ("yield = Chars<'_>", "fn f() {}", "has to have a name"),
        ("", "fn f() { yield_!(1); }", "has to be declared"),
        ("yield = u8", "fn f() { g().await; }", "by `yield_!` only"),
        ("", "fn f() { m!(g().await); }", "tokens of `m!`"),
        (
            "yield = u8",
            "fn f() { m!({ yield_!(1) }); }",
            "tokens of `m!`",
        ),
    ];
    for (attribute, item, message) in cases {
        let (_, errors) = parsed(attribute, item);
        let [error] = &errors[..] else {
            panic!("{item}: {errors:?}");
        };
        assert!(error.contains(message), "{item}: {error}");
    }
}

#[test]
fn suspensions_of_async_blocks_are_the_users_own() {
    function(
        "",
        "fn f() { m!(async { g().await }); async move { g().await }; }",
    );
    function(
        "yield = u8",
        "fn f() { let x = async { g().await }; yield_!(1); }",
    );
}

#[test]
fn all_errors_are_reported_at_once() {
    let (parsed, errors) = parsed("fast", "async fn f() { yield_!(1); }");
    assert_eq!(errors.len(), 3);
    let Some(Parsed::Function(input)) = parsed else {
        panic!("not a function");
    };
    assert_eq!(packed(&input.sig), "fnf()");
}

#[test]
fn cfgs_inside_are_decided_by_rustc_first() {
    let source =
        "fn f(#[cfg(a)] x: u8) { #[cfg(b)] let y = 1; match z { #[cfg(a)] 0 => 1, _ => 2 } }";
    let (first, _) = parsed("Send,", source);
    let Some(Parsed::Again(again)) = first else {
        panic!("not to be emitted again");
    };
    let expected = format!(
        "#[cfg_attr(a, doc = \"costate: cfg 0 holds\")] #[cfg_attr(b, doc = \"costate: cfg 1 holds\")] \
         #[::costate::coroutine(__cfg_decided, Send,)] {source}"
    );
    assert_eq!(packed(again), expected.replace(' ', ""));

    let decided = format!("#[doc = \"costate: cfg 1 holds\"] {source}");
    let input = function("__cfg_decided, Send,", &decided);
    assert!(input.attrs.is_empty());
    assert_eq!(packed(&input.sig), "fnf()");
    assert_eq!(packed(&input.block), "{lety=1;matchz{_=>2}}");
}

#[test]
fn marked_methods_are_coroutines_or_else_those_that_suspend() {
    let methods = |item| match parsed("", item).0 {
        Some(Parsed::Block(block)) => {
            let names = block.methods().map(|input| input.name().to_string());
            names.collect::<Vec<_>>()
        }
        _ => panic!("not a block"),
    };
    assert_eq!(methods("impl S { fn a() { g().await } fn b() {} }"), ["a"]);
    assert_eq!(
        methods("impl S { fn a() { g().await } #[coroutine] fn b() {} }"),
        ["b"]
    );
    assert_eq!(methods("impl T for S { fn a() {} }"), [""; 0]);
    assert_eq!(methods("trait T { fn a() { g().await } fn b(); }"), ["a"]);
}
