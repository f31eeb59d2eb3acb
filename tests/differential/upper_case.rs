//! Locals whose names begin in upper case.
#![allow(non_snake_case, reason = "that is what these cases are about")]

use costate_tests::differential;
use costate_tests::props::*;

pub struct Two {
    A: u32,
    B: u32,
}
differential! {
    fn a_let_of_an_upper_case_name() -> u32 {
        let Xy = noisy("n");
        let N = after(1, 3).await;
        tick(N).await;
        Xy.touch();
        N
    }
}
differential! {
    fn an_upper_case_argument() -> u32 = start(noisy("a"), 3);
    #[half::coroutine]
    fn start(A: Noisy, N: u32) -> u32 {
        tick(N).await;
        A.touch();
        N
    }
}
differential! {
    fn upper_case_names_in_patterns_that_always_match() -> u32 {
        let (A, mut B) = (noisy("a"), 4);
        for I in 0..2 { tick(I).await; B += I; }
        tick(1).await;
        A.touch();
        B += 3;
        let Two { A: C, B: D } = Two { A: 1, B: 2 }; tick(C + D).await; let E; tick(1).await; E = 3; tick(E).await; let Two { A, B: F } = Two { A: 1, B: 2 }; tick(A + F).await;
        B
    }
}

struct Unit;

differential! {
    fn a_unit_struct_in_a_pattern_that_always_matches() -> () {
        let Unit = after(1, Unit).await;
        tick(1).await;
        let (Unit, N) = after(1, (Unit, 3)).await;
        tick(N).await;
        let both = (Unit, Unit);
        drop(both);
        tick(N).await;
    }
}
