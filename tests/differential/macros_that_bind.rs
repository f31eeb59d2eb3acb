//! Tokens of macros, and macros of the body, that bind names of held locals.

use costate_tests::differential;
use costate_tests::props::*;
macro_rules! tts { ($($t:tt)*) => { { $($t)* } } }
macro_rules! arms { ($e:expr; $($t:tt)*) => { match $e { $($t)* } } }

differential! {
    fn a_let_in_the_tokens_hides_a_held_local() -> usize {
        let n = 3usize;
        let m = 4usize;
        tick(1).await;
        let k = tts! { let n = 10usize; let (m, _): (usize, u8) = (20, 1); n + m };
        tick(1).await;
        k + n + m
    }
}

differential! {
    fn a_closure_in_the_tokens_hides_a_held_local() -> usize {
        let n = 3usize;
        let m = 4usize;
        tick(1).await;
        let k = tts! { let f = |n: usize, m: usize| n + m * 2; f(50, 60) };
        tick(1).await;
        k + n + m
    }
}

differential! {
    fn a_loop_and_an_arm_in_the_tokens_hide_a_held_local() -> usize {
        let n = 3usize;
        let m = 4usize;
        let other = 7usize;
        tick(1).await;
        let mut k = tts! { let mut s = 0; for n in 0..5usize { s += n; } s + other };
        k += arms! { Some(9usize); Some(m) if m > 5 => m, _ => other };
        tick(1).await;
        k + n + m
    }
}

differential! {
    fn a_local_macro_hides_a_held_local() -> usize {
        let n = 3usize;
        let m = 5usize;
        tick(1).await;
        macro_rules! ten { ($e:expr) => {{ let n = 10usize; n + $e + m }} }
        let k = ten!(1);
        tick(1).await;
        k + n + ten!(n)
    }
}
