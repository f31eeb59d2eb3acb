//! Expressions that control never comes back from, beside suspensions: what would follow has no value and no type.

#![allow(
    unreachable_patterns,
    reason = "arms that control never comes to are what these cases are about"
)]

use costate_tests::differential;
use costate_tests::props::*;

fn leaves() -> ! {
    panic!("left")
}

differential! {
    fn a_local_that_never_has_a_value() -> () = start(noisy("arg"), true);
    #[half::coroutine]
    fn start(n: Noisy, c: bool) {
        let v = if c { return } else { return after(1, ()).await };
    }
}
differential! {
    fn a_local_that_never_has_a_value_and_is_used() -> u32 = start(noisy("arg"), true);
    #[half::coroutine]
    fn start(n: Noisy, c: bool) -> u32 {
        let v: Noisy = if c { return 1 } else { return after(1, 3).await };
        tick(1).await;
        v.touch();
        let w = v;
        5
    }
}
differential! {
    fn a_local_that_never_has_a_value_among_operands() -> u32 = start(noisy("arg"), true);
    #[half::coroutine]
    fn start(n: Noisy, c: bool) -> u32 {
        let v = (noisy("a"), Box::new(|x: u32| x), if c { return 1 } else { return after(1, 3).await }, tick(1).await);
        6
    }
}
differential! {
    fn a_scrutinee_that_never_has_a_value() -> &'static str = start(noisy("arg"));
    #[half::coroutine]
    fn start(n: Noisy) -> &'static str {
        let found = match {
            let never = [if true { return after(1, "str").await; } else { return "str"; }, pair("l", "r")];
        } {
            7 => (None::<Noisy>, None::<&'static str>),
            right2 => { return "str"; },
        };
        "str"
    }
}
differential! {
    fn a_match_whose_first_arm_takes_all() -> u32 = start(pair("arg l", "arg r"));
    #[half::coroutine]
    fn start(Pair { right, left: _ }: Pair) -> u32 {
        match 7 {
            mut all => { return 7; },
            7 if true => { return after(1, 7).await; },
            _ => { return 3; },
        };
    }
}
differential! {
    fn a_match_whose_arms_all_leave() -> u32 = start(3);
    #[half::coroutine]
    fn start(n: u32) -> u32 {
        let x = match n { 0 => return after(1, 1).await, 3 => return 4, _ => return 5 };
    }
}
differential! {
    fn a_loop_that_is_left_by_return_alone() -> u32 = start(3);
    #[half::coroutine]
    fn start(n: u32) -> u32 {
        let a = noisy("a");
        let x = loop { if after(1, true).await { return 3 } };
        let y = x;
    }
}
differential! {
    fn arms_behind_one_that_takes_all() -> u32 = start(pair("arg l", "arg r"));
    #[half::coroutine]
    fn start(Pair { right, left: _ }: Pair) -> u32 {
        match 7 {
            mut all => 7,
            7 if true => { after(1, 7).await },
            _ => { 3 },
        }
    }
}
differential! {
    fn an_operand_that_leaves() -> &'static str = start("x");
    #[half::coroutine]
    fn start(x: &'static str) -> &'static str {
        match pair("l", "r") {
            Pair { left: _, mut right } => {
                right = after(1, if given("if", true) { return x; } else { return "m"; }).await;
            },
        }
    }
}
differential! {
    fn an_operand_that_panics() -> &'static str {
        let mut n = noisy("n");
        if given("x", true) { tick(1).await; n = after(1, leaves()).await; } else { tick(1).await; return "x" }
    }
}
differential! {
    fn a_tail_that_panics() -> &'static str {
        let mut n = noisy("n");
        tick(1).await;
        leaves();
    }
}
differential! {
    fn a_tail_that_loops() -> &'static str {
        let mut n = noisy("n");
        let mut c = 0;
        loop { tick(1).await; c += 1; if c > 2 { return "x" } }
    }
}
differential! {
    fn things_that_leave() -> &'static str = start(true);
    #[half::coroutine]
    fn start(c: bool) -> &'static str {
        let n = noisy("n");
        tick(1).await;
        let m = (noisy("a"), if c { return "x" } else { return after(1, "y").await }, noisy("b"));
        tick(1).await;
        n.sent(1).await.touch();
        "z"
    }
}

differential! {
    fn an_awaited_operand_of_which_every_branch_returns() -> Noisy = start(3, true);
    #[half::coroutine]
    fn start(mut n: u32, which: bool) -> Noisy {
        let x: u32 = match n {
            3 => {
                n = after(2, (if which { return noisy("a") } else { return noisy("b") }, 1).0).await;
            }
            _ => 4,
        };
        noisy("not returned")
    }
}

differential! {
    fn an_operand_that_leaves_behind_another_of_which_a_part_is_taken() -> Noisy = start(3);
    #[half::coroutine]
    fn start(n: u32) -> Noisy {
        let x: u32 = match n {
            3 => {
                after(2, (after(1, noisy("b")).await, return noisy("a")).0.name()).await;
            }
            _ => 4,
        };
        noisy("not returned")
    }
}

differential! {
    fn a_let_that_leaves_at_the_end_of_a_block() -> Noisy = start(3);
    #[half::coroutine]
    fn start(n: u32) -> Noisy {
        let x: u32 = match n {
            3 => {
                let y = &(after(1, noisy("b")).await, return noisy("a")).0;
            }
            _ => 4,
        };
        noisy("not returned")
    }
}
