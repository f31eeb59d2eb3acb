//! Bodies that a `macro_rules!` of the user's puts together: what it substitutes stays one piece.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

/// The half of `async fn` is written out: its attribute would lose the invisible groups as well.
macro_rules! substituted {
    ($name:ident: $e:expr, $body:block, $t:ty, $p:pat, $label:lifetime, $l:literal, $i:ident) => {
        mod $name {
            use super::*;

            #[costate::coroutine]
            pub fn machine() -> i32 {
                let $i: $t = $e * 2;
                tick(1).await;
                $label: loop {
                    tick(1).await;
                    if let $p = Some(3) {
                        break $label;
                    }
                }
                let plus = $body;
                let minus = after(1, $l.max(-7)).await;
                say(format_args!("{}", $e * 10));
                assert_eq!($e * 10, 30);
                let product = after(1, $e * $e).await;
                tick(1).await;
                $i + plus + minus + product * 100
            }

            pub async fn native() -> i32 {
                let $i: $t = $e * 2;
                tick(1).await;
                $label: loop {
                    tick(1).await;
                    if let $p = Some(3) {
                        break $label;
                    }
                }
                let plus = $body;
                let minus = after(1, $l.max(-7)).await;
                say(format_args!("{}", $e * 10));
                assert_eq!($e * 10, 30);
                let product = after(1, $e * $e).await;
                tick(1).await;
                $i + plus + minus + product * 100
            }

            #[test]
            fn every_schedule_agrees_with_async_fn() {
                costate_tests::schedule::compare_every(&machine, &native);
            }
        }
    };
}

substituted!(
    operands_patterns_and_labels_are_substituted:
    1 + 2,
    { tick(1).await; let held = noisy("in a block"); tick(1).await; held.name().len() as i32 },
    i32,
    Some(1 | 3),
    'around,
    -5_i32,
    sum
);

macro_rules! function {
    ($name:ident $body:block) => {
        differential! {
            fn $name() -> &'static str = start();
            #[half::coroutine]
            fn start() -> &'static str $body
        }
    };
}

function!(a_whole_body_is_substituted {
    let held = noisy("held");
    tick(1).await;
    held.name()
});

macro_rules! hygienic {
    ($name:ident, $x:ident) => {
        differential! {
            fn $name() -> usize {
                let $x = noisy("of the caller");
                let x = noisy("of the macro");
                tick(1).await;
                let sum = $x.name().len() * 100 + x.name().len();
                drop(x);
                tick(1).await;
                $x.touch();
                sum
            }
        }
    };
}

hygienic!(two_locals_differ_by_hygiene_alone, x);
