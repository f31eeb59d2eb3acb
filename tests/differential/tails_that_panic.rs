//! In which order operands and temporaries drop if a later operand panics: newest first in the tail of a block since edition
//! 2024, operands first where the expression is nested in another, as in a `return` or an arm.

use costate_tests::props::*;

struct Both<A, B> {
    left: A,
    right: B,
}

fn two(a: Noisy, b: Noisy) -> Noisy {
    b
}

fn get(a: &Noisy) -> Noisy {
    given("get", ());
    noisy("got")
}

use costate_tests::differential;

differential! {
fn operands_and_temporaries_if_one_panics_of_a_branch_that_a_let_takes() -> () { let n = 3;
    let x = { let x = if n > 2 { (after(1, noisy("t2")).await, Both { left: &noisy("t3"), right: noisy("t4") }.right) } else { return }; tick(1).await; 1 };
}
}
differential! {
fn operands_and_temporaries_if_one_panics_of_a_function() -> Noisy {
    two(after(1, noisy("t2")).await, get(&noisy("t3")))
}
}
differential! {
fn operands_and_temporaries_if_one_panics_of_a_block() -> Noisy {
    let x = { two(after(1, noisy("t2")).await, get(&noisy("t3"))) }; tick(1).await; x
}
}
differential! {
fn operands_and_temporaries_if_one_panics_an_arm() -> Noisy {
    let x = match 3 { 2 => noisy("q"), _ => two(after(1, noisy("t2")).await, get(&noisy("t3"))) }; x
}
}
differential! {
fn operands_and_temporaries_if_one_panics_of_a_loop() -> Noisy {
    let x = loop { { two(after(1, noisy("t2")).await, get(&noisy("t3"))); } break two(after(1, noisy("t2")).await, get(&noisy("t3"))) ; }; x
}
}
differential! {
fn operands_and_temporaries_if_one_panics_of_a_constructor() -> Option<(Noisy, usize)> {
    Some((after(1, noisy("t2")).await, get(&noisy("t3")).name().len()))
}
}
differential! {
fn operands_and_temporaries_if_one_panics_of_what_is_returned_or_assigned() -> Noisy {
    if two(after(1, noisy("t2")).await, get(&noisy("t3"))).name().len() > 1 { return two(after(1, noisy("t2")).await, get(&noisy("t3"))) }
    let y;
    y = two(after(1, noisy("t2")).await, get(&noisy("t3")));
    y
}
}
differential! {
fn operands_and_temporaries_if_one_panics_of_a_function_that_has_suspended() -> Noisy { let n = noisy("n"); if n.name().len() == 0 { tick(1).await }
    two(noisy("t2"), get(&noisy("t3")))
}
}
differential! {
fn operands_and_temporaries_if_one_panics_of_what_is_returned_after_it_has_suspended() -> Noisy { let n = noisy("n"); if n.name().len() == 0 { tick(1).await }
    return two(noisy("t2"), get(&noisy("t3")))
}
}
differential! {
fn operands_and_temporaries_if_one_panics_of_arms_of_a_function() -> Noisy { let n = noisy("n"); if n.name().len() == 0 { tick(1).await }
    match n.name().len() { 1 => two(noisy("t2"), get(&noisy("t3"))), 2 => { two(after(1, noisy("t2")).await, get(&noisy("t3"))) } _ => two(after(1, noisy("t2")).await, get(&noisy("t3"))) }
}
}
differential! {
fn operands_and_temporaries_if_one_panics_of_a_block_in_an_arm() -> Noisy { let n = noisy("n");
    match n.name().len() { 3 => two(noisy("t2"), get(&noisy("t3"))), 2 => { two(after(1, noisy("t2")).await, get(&noisy("t3"))) } _ => { tick(1).await; two(after(1, noisy("t2")).await, get(&noisy("t3"))) } }
}
}
differential! {
fn operands_and_temporaries_if_one_panics_of_branches_of_a_function() -> Noisy { let n = noisy("n");
    if n.name().len() > 4 { return noisy("x") } else if n.name().len() == 1 {
       tick(1).await;
       let q = noisy("q");
       two(q, get(&n))
    } else { two(noisy("t2"), get(&noisy("t3"))) }
}
}
