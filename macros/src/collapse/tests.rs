//! Which lifetimes become one, and how long a machine is stored. (Sources are strings: no `.await` is compiled here.)

use quote::ToTokens;

use super::{Collapsed, Frame, collapse};
use crate::diagnostics::Diagnostics;
use crate::parse::{Parsed, parse};

fn collapsed(item: &str) -> Collapsed {
    let mut diagnostics = Diagnostics::new();
    let item = item.parse().expect("the item is tokens");
    let parsed = parse(proc_macro2::TokenStream::new(), item, &mut diagnostics);
    assert_eq!(diagnostics.messages(), Vec::<String>::new());
    match parsed {
        Some(Parsed::Function(input)) => collapse(&input),
        Some(Parsed::Block(block)) => {
            let first = block.methods().next().expect("a method with a body");
            collapse(first)
        }
        _ => panic!("neither a function nor a block"),
    }
}

#[track_caller]
fn check_frame(item: &str, expected: &str) {
    let frame = match collapsed(item).frame {
        Frame::Known(lifetime) => lifetime.to_string(),
        Frame::Declared(lifetime) => format!("declared {lifetime}"),
        Frame::Boxed => "boxed".to_owned(),
    };
    assert_eq!(frame, expected, "{item}");
}

#[test]
fn without_types_in_sight_the_frame_is_static() {
    check_frame("fn f<'a>(a: &'a u8, b: &mut u8) {}", "'static");
    check_frame("fn f<const N: usize>(a: [&u8; N]) {}", "'static");
    check_frame("impl S<'_> { #[coroutine] fn f(self) {} }", "'static");
    check_frame("impl T for S<'_> { #[coroutine] fn f(self) {} }", "'static");
}

#[test]
fn the_frame_is_a_lifetime_that_all_types_outlive() {
    check_frame("fn f<A>(a: u8, b: &[(A, &str)]) {}", "'of_b");
    check_frame("fn f<'a, A>(a: &'a A, b: &A) {}", "'a");
    check_frame("fn f(&self, key: &str) {}", "'of_self");
    check_frame("fn f(self: Pin<&mut Self>) {}", "'of_self");
    check_frame("fn f<'a, A: 'a>(&'a self, a: A) {}", "'a");
    check_frame(
        "impl<A> T for S<A> { #[coroutine] fn f(&self) {} }",
        "'of_self",
    );
    check_frame("trait T { #[coroutine] fn f(&self) {} }", "'of_self");
}

#[test]
fn of_types_nothing_is_asked() {
    check_frame("fn f<A>(a: A, b: &u8) {}", "'static");
    check_frame("fn f<'frame, A, B>(a: &'frame A, b: &B) {}", "'static");
    check_frame("fn f(a: impl Copy) {}", "'static");
    check_frame("fn f(self) {}", "'static");
    check_frame("fn f(self: Alias<&Self>) {}", "'static");
    check_frame("impl<A> S<A> { #[coroutine] fn f(self) {} }", "'static");
    check_frame(
        "impl<A> T for S<A> { #[coroutine] fn f(self) {} }",
        "'static",
    );
    check_frame(
        "impl<A> T<A> for S { #[coroutine] fn f(&self) {} }",
        "'static",
    );
    check_frame(
        "impl T for S { #[coroutine] fn f<A>(&self, a: A) {} }",
        "'static",
    );
    check_frame("trait T { #[coroutine] fn f(self) {} }", "'static");
}

#[test]
fn where_none_is_known_one_is_declared_or_the_machine_boxed() {
    check_frame("fn f<'a, 'b, A: T<'a> + U<'b>>(a: A) {}", "declared 'frame");
    check_frame("trait T<'a> { #[coroutine] fn f(&self) {} }", "boxed");
}

#[test]
fn a_lifetime_in_a_bound_stays_itself() {
    let is_rigid = |item| {
        let collapsed = collapsed(item);
        let rigid = collapsed.rigid.iter().map(ToString::to_string);
        rigid.collect::<Vec<_>>()
    };
    assert_eq!(
        is_rigid("fn f<'a, 'b: 'a, 'c, A: T<'a>>(a: A, b: &'b A, c: &'c A) where 'b: 'c {}"),
        ["'a", "'b"]
    );
    assert_eq!(
        is_rigid("fn f<'a, 'b>(b: &'b u8) where &'a u8: T, 'a: 'b {}"),
        ["'a"]
    );
    assert_eq!(is_rigid("fn f(a: impl T<&u8>, b: &u8) {}"), ["'of_a"]);
}

#[test]
fn lifetimes_are_replaced_and_labels_are_not() {
    let collapsed = collapsed(
        "fn f<'a, 'b: 'a>(a: &'a u8, b: S<'b>) -> &'a u8 {
            'a: loop { let c: &'b u8 = g::<&'a u8>(|d: &'b u8| d); break 'a m!('a: loop { break 'a; } &'b) }
        }",
    );
    let packed = |tokens: &dyn ToTokens| {
        let tokens = tokens.to_token_stream().to_string();
        tokens.replace(char::is_whitespace, "")
    };
    assert_eq!(packed(&collapsed.input.sig), "fnf(a:&'xu8,b:S<'x>)->&'xu8");
    assert_eq!(
        packed(&collapsed.input.block),
        "{'a:loop{letc:&'xu8=g::<&'xu8>(|d:&'xu8|d);break'am!('a:loop{break'a;}&'x)}}"
    );
}
