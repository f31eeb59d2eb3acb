//! Branches, matches and early exits around suspensions.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

differential! {
    fn an_awaited_condition_chooses_the_branch() -> u32 {
        let held = noisy("held");
        if after(1, true).await {
            say("then");
        } else {
            say("else");
        }
        if after(1, false).await { 1 } else { 2 }
    }
}

differential! {
    fn each_branch_has_suspensions_and_locals_of_its_own() -> u32 {
        let mut sum = 0;
        for case in 0..3 {
            let n = if case == 0 {
                let first = noisy("first");
                after(1, 10).await
            } else if case == 1 {
                let second = noisy("second");
                tick(1).await;
                20
            } else {
                30
            };
            sum += n;
        }
        sum
    }
}

differential! {
    fn a_local_of_one_branch_is_dropped_before_the_code_after_it() -> () {
        let outer = noisy("outer");
        if given("condition", true) {
            let inner = noisy("inner");
            tick(1).await;
        }
        say("after");
        tick(1).await;
    }
}

differential! {
    fn an_if_let_chooses_by_an_awaited_option() -> u32 {
        let mut sum = 0;
        for option in [Some(3), None] {
            if let Some(n) = after(1, option).await {
                let inner = noisy("some");
                tick(1).await;
                sum += n;
            } else {
                let inner = noisy("none");
                tick(1).await;
                sum += 100;
            }
        }
        sum
    }
}

differential! {
    fn an_if_let_suspends_in_its_body() -> u32 {
        let option = Some(noisy("content"));
        if let Some(content) = option {
            tick(1).await;
            content.touch();
            tick(1).await;
            1
        } else {
            0
        }
    }
}

differential! {
    fn a_match_on_an_awaited_value_suspends_in_its_arms() -> u32 {
        let mut sum = 0;
        for n in 0..4 {
            match after(1, n).await {
                0 => sum += 1,
                1 => {
                    let inner = noisy("one");
                    tick(1).await;
                    sum += 10;
                }
                n if n % 2 == 0 => sum = after(1, sum + 100).await,
                other => {
                    tick(other).await;
                    sum += 1000;
                }
            }
        }
        sum
    }
}

differential! {
    fn a_match_is_a_value_with_awaits_in_its_arms() -> &'static str {
        let held = noisy("held");
        let word = match given("scrutinee", 2) {
            1 => "one",
            2 => after(2, "two").await,
            _ => {
                tick(1).await;
                "many"
            }
        };
        held.touch();
        word
    }
}

differential! {
    fn an_early_return_drops_every_scope() -> u32 {
        let outer = noisy("outer");
        {
            let inner = noisy("inner");
            tick(1).await;
            if given("condition", true) {
                let innermost = noisy("innermost");
                return after(1, 1).await;
            }
            tick(1).await;
        }
        let never = noisy("never");
        2
    }
}

differential! {
    fn a_let_else_binds_or_leaves() -> u32 {
        let held = noisy("held");
        let Some(n) = after(1, Some(noisy("found"))).await else {
            return 0;
        };
        n.touch();
        let Ok(m) = after(1, Err::<u32, Noisy>(noisy("error"))).await else {
            let last = noisy("in else");
            tick(1).await;
            return 5;
        };
        m
    }
}

differential! {
    fn a_let_else_without_an_await_may_await_in_its_else() -> u32 {
        let option: Option<u32> = None;
        let Some(n) = option else {
            let held = noisy("held");
            return after(1, 8).await;
        };
        n
    }
}

differential! {
    fn boolean_operators_stand_in_conditions_between_suspensions() -> u32 {
        let yes = after(1, true).await;
        let no = after(1, false).await;
        if yes && !no || given("never", false) {
            tick(1).await;
            1
        } else {
            2
        }
    }
}

differential! {
    fn nested_blocks_drop_from_the_inside_out() -> u32 {
        let a = noisy("a");
        let sum = {
            let b = noisy("b");
            let part = {
                let c = noisy("c");
                let n = after(1, 1).await;
                c.touch();
                n
            };
            let d = noisy("d");
            let more = after(1, part + 1).await;
            b.touch();
            more
        };
        a.touch();
        sum
    }
}

differential! {
    fn code_after_a_diverging_branch_sees_what_is_initialised() -> &'static str {
        let late;
        if after(1, true).await {
            late = noisy("then");
        } else {
            return "left";
        }
        tick(1).await;
        late.name()
    }
}

differential! {
    fn items_in_the_body_are_seen_by_the_whole_body() -> u32 {
        let n = double(2);
        tick(1).await;
        fn double(n: u32) -> u32 {
            n * FACTOR
        }
        const FACTOR: u32 = 2;
        struct Local {
            n: u32,
        }
        impl Local {
            fn get(&self) -> u32 {
                self.n
            }
        }
        let local = Local { n };
        tick(1).await;
        local.get() + double(1)
    }
}

differential! {
    /// Found by a random program: what followed was taken for code that control never comes to.
    fn an_else_that_leaves_inside_a_larger_initialiser_is_one_way_of_two() -> u32 {
        let above = (if true {
            let Some(Some(false)) = Some(Some(false)) else {
                return 7;
            };
            0
        } else {
            return 3;
        } > 4);
        let borrowed = &mut noisy("temporary");
        if above {
            3
        } else {
            tick(1).await;
            borrowed.touch();
            7
        }
    }
}

differential! {
    fn what_follows_an_else_that_continues_is_seen_to_move() -> usize {
        let mut seen = 0;
        let taken = noisy("taken");
        let mut later = None;
        tick(1).await;
        for value in [None, Some(1), Some(2)] {
            let Some(n) = value else { continue };
            seen += n;
            if n == 2 {
                later = Some(taken);
                break;
            }
        }
        tick(1).await;
        seen + later.map_or(0, |taken| taken.name().len())
    }
}
