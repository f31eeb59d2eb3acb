//! Whole functions, as emitted around a twin and a body that are words.

use quote::{ToTokens, quote};

use super::{refuse, wrap};
use crate::collapse::collapse;
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
    while let Some(start) = text.find("#[allow(unreachable_code,") {
        let end = text[start..].find(']').expect("an attribute ends");
        text.replace_range(start..=start + end, "");
    }
    text
}

/// With a word for the family of the arguments, which repeats them.
#[track_caller]
fn check(attribute: &str, item: &str, expected: &str) {
    let text = emitted(attribute, item, |input| {
        let collapsed = collapse(input);
        let body = quote!(BODY Self(1) Self::C Self::Item);
        wrap(input, &collapsed, &quote!(TWIN;), &body)
    });
    let text = text.replace("BODYSelf(1)Self::CSelf::Item", "BODY");
    assert_eq!(text, expected.replace([' ', '\n'], ""));
}

#[test]
fn a_function_without_type_parameters_keeps_its_lifetimes_late_bound() {
    check(
        "",
        "fn first<'a>(a: &'a str, log: &mut Log) -> &'a str {}",
        "fn first<'a, 'of_log>(a: &'a str, log: &'of_log mut Log)
            -> impl ::costate::Coroutine<Output = &'a str> + Captures<(&'a (), &'of_log (),)>
        {
            fn first_twin<'a>(a: &'a str, log: &mut Log, _: impl Sized) -> impl Sized { TWIN; Checked::made() }
            fn first_step<'x>(
                Call { arguments: (argument0, argument1,), life }: Call<'x, (&'x str, &'x mut Log,)>,
            ) -> impl Resumable<Yield = core::convert::Infallible, Return = &'x str> + Captures<(&'x (),)> { BODY }
            unsafe { machine::<'static,
                for<'x, 'x_or> fn(&'x (), &'x_or ()) -> Call<'x, (&'x str, &'x mut Log,)>,
                core::convert::Infallible, &'a str, (&'a (), &'of_log (),), _, _, _>
                (move || (first_step, PhantomData), (a, log,)) }
        }",
    );
}

#[test]
fn of_type_parameters_nothing_is_asked() {
    check(
        "",
        "pub fn echo<S: Duplex>(mut stream: S, log: &Log) -> Sum where S: Sized {}",
        "pub fn echo<'of_log, S: Duplex>(stream: S, log: &'of_log Log)
            -> impl ::costate::Coroutine<Output = Sum> + Captures<(&'of_log (),)>
            where S: Sized
        {
            fn echo_twin<S: Duplex>(stream: S, log: &Log, _: impl Sized) -> impl Sized where S: Sized { TWIN; Checked::made() }
            fn echo_step<'x, S: Duplex>(
                Call { arguments: (argument0, argument1,), life }: Call<'x, (S, &'x Log,)>,
            ) -> impl Resumable<Yield = core::convert::Infallible, Return = Sum> + Captures<(&'x (),)>
            where S: Sized { BODY }
            unsafe { machine::<'static, for<'x, 'x_or> fn(&'x (), &'x_or ()) -> Call<'x, (S, &'x Log,)>,
                core::convert::Infallible, Sum, (&'of_log (),), _, _, _>(move || (echo_step::<S>, PhantomData), (stream, log,)) }
        }",
    );
}

#[test]
fn what_no_argument_shows_is_held_by_a_marker() {
    check(
        "",
        "fn make<T, const N: usize>(list: Vec<T>, _: impl Copy) -> [T; N] {}",
        "fn make<T, const N: usize>(list: Vec<T>, argument1: impl Copy)
            -> impl ::costate::Coroutine<Output = [T; N]>
        {
            fn make_twin<T, const N: usize>(list: Vec<T>, argument1: impl Copy, _: impl Sized) -> impl Sized {
                TWIN; Checked::made()
            }
            fn make_step<'x, T, const N: usize, Implementor0: Copy>(
                Call { arguments: (argument0, argument1, _,), life }:
                    Call<'x, (Vec<T>, Implementor0, PhantomData<fn() -> (*const T,)>,)>,
            ) -> impl Resumable<Yield = core::convert::Infallible, Return = [T; N]> + Captures<(&'x (),)> { BODY }
            unsafe { machine_as_written::<'static, for<'x, 'x_or> fn(&'x (), &'x_or ())
                -> Call<'x, (Vec<T>, _, PhantomData<fn() -> (*const T,)>,)>, _, _, _>
                (move || (make_step::<T, N, _>, PhantomData), (list, argument1, PhantomData::<fn() -> (*const T,)>,)) }
        }",
    );
}

#[test]
fn the_receiver_of_a_method_outlives_its_type() {
    check(
        "yield = u8",
        "#[cfg(a)] pub fn list(&self) {}",
        "#[cfg(a)] pub fn list<'of_self>(&'of_self self)
            -> impl ::costate::Generator<Yield = u8, Return = ()>
                + Captures<(*const Self, &'of_self (),)>
        {
            unsafe { machine::<'of_self, for<'x_, 'x__or> fn(&'x_ (), &'x__or ()) -> Call<'x_, (&'x_ Self,)>,
                u8, (), (&'of_self (),), _, _, _>(move || (Self::list_step_annotate_the_impl, PhantomData), (self,)) }
        }
        #[cfg(a)] #[doc(hidden)] fn list_twin_annotate_the_impl(&self, _: impl Sized) -> impl Sized { TWIN; Checked::made() }
        #[cfg(a)] #[doc(hidden)] fn list_step_annotate_the_impl<'x_>(
            Call { arguments: (argument0,), life }: Call<'x_, (&'x_ Self,)>,
        ) -> impl Resumable<Yield = u8, Return = ()>
            + Captures<(*const Self, &'x_ (),)> { BODY }",
    );
}

#[test]
fn in_the_impl_of_a_trait_self_is_spelled_out_and_nothing_is_declared() {
    let text = emitted(
        "",
        "impl<'a, T> Get<T> for Own<'a, T> { type Item = T; const C: u8 = 1;
            #[coroutine] fn get(self) -> Self::Item {} }",
        |input| {
            wrap(
                input,
                &collapse(input),
                &quote!(TWIN;),
                &quote!(Self(1) Self::C Self::Item),
            )
        },
    );
    let expected = "impl<'a, T> Get<T> for Own<'a, T> { type Item = T; const C: u8 = 1;
        fn get(self) -> impl ::costate::Coroutine<Output = Self::Item>
        {
            trait GetTwin<'a, T> { fn get_twin(self, _: impl Sized) -> impl Sized; }
            impl<'a, T> GetTwin<'a, T> for Own<'a, T> {
                fn get_twin(self, _: impl Sized) -> impl Sized { TWIN; Checked::made() }
            }
            fn get_step<'x, T>(
                Call { arguments: (argument0, _,), life }:
                    Call<'x, (Own::<'x, T>, PhantomData<fn() -> (*const T,)>,)>,
            ) -> impl Resumable<Yield = core::convert::Infallible, Return = <Own::<'x, T> as Get<T> >::Item> + Captures<(&'x (),)> {
                Own::<'x, T>(1) Own::<'x, T>::C <Own::<'x, T> as Get<T> >::Item
            }
            unsafe { machine::<'static, for<'x, 'x_or> fn(&'x (), &'x_or ())
                -> Call<'x, (Own::<'x, T>, PhantomData<fn() -> (*const T,)>,)>,
                core::convert::Infallible, Self::Item, (&'a (),), _, _, _>
                (move || (get_step::<T>, PhantomData), (self, PhantomData::<fn() -> (*const T,)>,)) }
        } }";
    assert_eq!(text, expected.replace([' ', '\n'], ""));
}

#[test]
fn in_a_trait_self_is_a_type_parameter() {
    check(
        "",
        "trait Get { #[coroutine] fn one(&self, _key: K) -> u8; #[coroutine] fn two(&self) {} }",
        "trait Get {
            fn one<'of_self>(&'of_self self, _key: K) -> impl ::costate::Coroutine<Output = u8>;
            fn two<'of_self>(&'of_self self) -> impl ::costate::Coroutine<Output = ()>
            {
                trait TwoTwin: Get {
                    fn two_twin(&self, _: impl Sized) -> impl Sized { TWIN; Checked::made() }
                }
                impl<This: Get + ?Sized> TwoTwin for This {}
                fn two_step<'x, This: Get + ?Sized>(
                    Call { arguments: (argument0,), life }: Call<'x, (&'x This,)>,
                ) -> impl Resumable<Yield = core::convert::Infallible, Return = ()> + Captures<(&'x (),)> { BODYThis(1)This::CThis::Item }
                unsafe { machine::<'of_self, for<'x, 'x_or> fn(&'x (), &'x_or ()) -> Call<'x, (&'x Self,)>,
                    core::convert::Infallible, (), (&'of_self (),), _, _, _>(move || (two_step::<Self>, PhantomData), (self,)) }
            }
        }",
    );
}

#[test]
fn a_refused_function_keeps_its_signature() {
    let text = emitted("Send", "pub fn f(_n: u8) -> u8 { 1 }", |input| {
        refuse(input, None)
    });
    let expected = "#[allow(unused_variables, unused_mut)]
        pub fn f(argument0: u8)
            -> impl ::costate::Coroutine<Output = u8> + Send
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
            let _ = &self;
            (Awaited)(match ({ ::core::future::IntoFuture::into_future::<> })(g(n)) {
                future => { if cancelled() { child(future).reach(); return any(); } future }
            }).output()?
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
        twin.contains("into_future::<>})(g(async{h().await},||i,m!(j)))"),
        "{twin}"
    );
}
