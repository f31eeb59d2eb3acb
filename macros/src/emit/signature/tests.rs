//! Whole functions, as emitted around a twin and a body that are words.

use quote::{ToTokens, quote};

use super::{refuse, wrap};
use crate::diagnostics::Diagnostics;
use crate::parse::{Input, Parsed, parse};

fn emitted(
    attribute: &str,
    item: &str,
    emit: impl Fn(&Input) -> proc_macro2::TokenStream,
) -> String {
    let mut diagnostics = Diagnostics::new();
    let attribute = attribute.parse().expect("the attribute is tokens");
    let item = item.parse().expect("the item is tokens");
    let parsed = parse(attribute, item, &mut diagnostics);
    assert_eq!(diagnostics.messages(), Vec::<String>::new());
    let tokens = match parsed {
        Some(Parsed::Function(input)) => emit(&input),
        Some(Parsed::Block(block)) => {
            let methods = block.methods().map(emit).collect();
            block.assemble(methods)
        }
        _ => panic!("neither a function nor a block"),
    };
    readable(&tokens.to_string())
}

/// Without spaces, long paths and the list of lints.
fn readable(tokens: &str) -> String {
    let mut text = tokens
        .replace(' ', "")
        .replace("::costate::__private::", "");
    text = text.replace("core::marker::", "");
    while let Some(start) = text.find("#[allow(dead_code") {
        let end = text[start..].find(']').expect("an attribute ends");
        text.replace_range(start..=start + end, "");
    }
    text
}

#[track_caller]
fn check(attribute: &str, item: &str, expected: &str) {
    let text = emitted(attribute, item, |input| {
        wrap(input, &quote!(TWIN;), &quote!(BODY))
    });
    assert_eq!(text, expected.replace([' ', '\n'], ""));
}

#[test]
fn a_free_function_holds_its_step() {
    check(
        "",
        "pub fn echo<S: Duplex>(mut stream: S, log: &Log) -> R where S: Sized {}",
        "pub fn echo<'of_log, 'frame, S: Duplex + 'frame>(stream: S, log: &'of_log Log)
            -> impl ::costate::Coroutine<Output = R> + Captures<(&'of_log (), &'frame (),)>
            where S: Sized, 'of_log: 'frame
        {
            fn echo_step<'of_log, 'x, S: Duplex>(
                (argument0, argument1,): (S, &'of_log Log,),
                life: PhantomData<&'x (S, &'of_log Log,)>,
            ) -> impl Resumable<Yield = core::convert::Infallible, Return = R> + Captures<(&'of_log (), &'x (),)>
            where S: Sized { BODY }
            TWIN;
            machine::<'frame, _, _>(echo_step::<S>, (stream, log,))
        }",
    );
}

#[test]
fn what_no_argument_shows_is_held_by_a_marker() {
    check(
        "",
        "fn make<'a, T, const N: usize>(list: Vec<T>, _: impl Copy) -> [T; N] {}",
        "fn make<'a, 'frame, T, const N: usize>(list: Vec<T>, argument1: impl Copy + 'frame)
            -> impl ::costate::Coroutine<Output = [T; N]> + Captures<(&'a (), &'frame (),)>
            where 'a: 'frame, T: 'frame
        {
            fn make_step<'a, 'x, T, const N: usize, Implementor0: Copy>(
                (argument0, argument1, _,):
                    (Vec<T>, Implementor0, PhantomData<fn() -> (&'a (), *const T,)>,),
                life: PhantomData<&'x
                    (Vec<T>, Implementor0, PhantomData<fn() -> (&'a (), *const T,)>,)>,
            ) -> impl Resumable<Yield = core::convert::Infallible, Return = [T; N]> + Captures<(&'a (), &'x (),)> { BODY }
            TWIN;
            machine::<'frame, _, _>(make_step::<T, N, _>, (list, argument1, PhantomData,))
        }",
    );
}

#[test]
fn a_method_has_its_step_beside_it() {
    check(
        "yield = u8",
        "#[cfg(a)] pub fn list(&self) {}",
        "#[cfg(a)] pub fn list<'of_self, 'frame>(&'of_self self)
            -> impl ::costate::Generator<Yield = u8, Return = ()>
                + Captures<(&'of_self (), &'frame (), *const Self,)>
            where Self: 'frame, 'of_self: 'frame
        {
            TWIN;
            machine::<'frame, _, _>(Self::list_step_annotate_the_impl, (self,))
        }
        #[cfg(a)] #[doc(hidden)] fn list_step_annotate_the_impl<'of_self, 'x>(
            (argument0,): (&'of_self Self,),
            life: PhantomData<&'x (&'of_self Self,)>,
        ) -> impl Resumable<Yield = u8, Return = ()>
            + Captures<(&'of_self (), &'x (), *const Self,)> { BODY }",
    );
}

#[test]
fn in_the_impl_of_a_trait_self_is_spelled_out() {
    let text = emitted(
        "",
        "impl<T> Get<T> for Own<T> { type Item = T; const C: u8 = 1;
            #[coroutine] fn get(self) -> Self::Item {} }",
        |input| wrap(input, &quote!(TWIN;), &quote!(Self(1) Self::C Self::Item)),
    );
    let expected = "impl<T> Get<T> for Own<T> { type Item = T; const C: u8 = 1;
        fn get<'frame>(self) -> impl ::costate::Coroutine<Output = Self::Item>
            where Self: 'frame, T: 'frame
        {
            fn get_step<'x, T>(
                (argument0, _,): (Own::<T>, PhantomData<fn() -> (*const T,)>,),
                life: PhantomData<&'x (Own::<T>, PhantomData<fn() -> (*const T,)>,)>,
            ) -> impl Resumable<Yield = core::convert::Infallible, Return = <Own::<T> as Get<T> >::Item> + Captures<(&'x (),)> {
                Own::<T>(1) Own::<T>::C <Own::<T> as Get<T> >::Item
            }
            TWIN;
            machine::<'frame, _, _>(get_step::<T>, (self, PhantomData,))
        } }";
    assert_eq!(text, expected.replace([' ', '\n'], ""));
}

#[test]
fn in_a_trait_self_is_a_type_parameter() {
    check(
        "",
        "trait Get<K: Eq> { #[coroutine] fn one(&self, _key: K) -> u8; #[coroutine] fn two(&self) {} }",
        "trait Get<K: Eq> {
            fn one<'of_self, 'frame>(&'of_self self, _key: K) -> impl ::costate::Coroutine<Output = u8>
                where Self: 'frame, K: 'frame, 'of_self: 'frame;
            fn two<'of_self, 'frame>(&'of_self self) -> impl ::costate::Coroutine<Output = ()>
                where Self: 'frame, K: 'frame, 'of_self: 'frame
            {
                fn two_step<'of_self, 'x, This: Get<K> + ?Sized, K: Eq>(
                    (argument0, _,): (&'of_self This, PhantomData<fn() -> (*const K,)>,),
                    life: PhantomData<&'x (&'of_self This, PhantomData<fn() -> (*const K,)>,)>,
                ) -> impl Resumable<Yield = core::convert::Infallible, Return = ()> + Captures<(&'of_self (), &'x (),)> { BODY }
                TWIN;
                machine::<'frame, _, _>(two_step::<Self, K>, (self, PhantomData,))
            }
        }",
    );
}

#[test]
fn a_refused_function_keeps_its_signature() {
    let text = emitted("Send", "pub fn f(_n: u8) -> u8 { 1 }", refuse);
    let expected = "#[allow(unused_variables, unused_mut)]
        pub fn f<'frame>(argument0: u8)
            -> impl ::costate::Coroutine<Output = u8> + Captures<(&'frame (),)> + Send
        { refused::<u8, core::convert::Infallible>() }";
    assert_eq!(text, expected.replace([' ', '\n'], ""));
}

#[test]
fn the_twin_is_the_body_with_calls_for_suspensions() {
    let twin = |input: &Input| crate::emit::twin::twin(input);
    let text = emitted(
        "",
        "fn f(mut self: Box<Self>, &n: &u8) -> u8 { g(n).await? }",
        twin,
    );
    let expected = "if false {
        check((argument1,), move |(&n,)| -> u8 {
            let result: u8 = if cancelled() { any() } else {
                let _ = &self;
                (Awaited)(match ::core::future::IntoFuture::into_future(g(n)) {
                    future => { if cancelled() { child(future).reach(); return any(); } future }
                }).output()?
            };
            result
        });
    }";
    assert_eq!(text, expected.replace([' ', '\n'], ""));
    let text = emitted("yield = u8", "fn f() { yield_!(1); }", twin);
    let expected = "if false {
        check((), move |()| -> () {
            let result: () = if cancelled() { any() } else {
                (resumed)(match (yielded)(Yield::<u8> { value: 1 }) {
                    handed_out => { if cancelled() { return any(); } handed_out }
                });
            };
            result
        });
    }";
    assert_eq!(text, expected.replace([' ', '\n'], ""));
}

#[test]
fn tokens_of_the_user_keep_their_place() {
    let twin = emitted(
        "",
        "fn f() { g(async { h().await }, || i, m!(j)).await }",
        |input| crate::emit::twin::twin(input).to_token_stream(),
    );
    assert!(
        twin.contains("into_future(g(async{h().await},||i,m!(j)))"),
        "{twin}"
    );
}
