//! Temporaries of a statement that suspends, and values whose life rustc extends.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

fn name_of(who: &Noisy) -> Tick<&'static str> {
    after(1, who.name())
}

differential! {
    fn a_temporary_of_the_operand_lives_to_the_end_of_the_statement() -> &'static str {
        let word = name_of(&noisy("temporary")).await;
        say("next statement");
        word
    }
}

differential! {
    fn a_temporary_is_dropped_after_the_future_that_borrows_it() -> &'static str {
        let word = noisy("borrowed").greeted().await;
        say("next statement");
        word
    }
}

differential! {
    fn temporaries_of_a_condition_end_before_the_body() -> u32 {
        if after(1, noisy("temporary").name().len() > 3).await {
            say("body");
            tick(1).await;
        }
        1
    }
}

differential! {
    fn temporaries_of_a_match_scrutinee_live_through_its_arms() -> usize {
        let n = match name_of(&noisy("temporary")).await {
            "other" => 0,
            word => {
                say("arm");
                word.len()
            }
        };
        say("next statement");
        n
    }
}

differential! {
    fn a_reference_to_a_temporary_extends_its_life() -> &'static str {
        let held = &noisy("extended");
        tick(1).await;
        held.touch();
        let pair = &pair("left", "right").left;
        tick(1).await;
        held.name()
    }
}

differential! {
    fn a_constant_is_promoted() -> u32 {
        fn keep(numbers: &'static [u32; 2]) -> &'static u32 {
            &numbers[1]
        }
        let numbers = &[7, 8];
        let second = keep(numbers);
        tick(1).await;
        *second + numbers[0]
    }
}

differential! {
    fn temporaries_of_an_ordinary_statement_end_with_it() -> usize {
        let n = noisy("temporary").name().len();
        tick(1).await;
        noisy("dropped at once");
        tick(1).await;
        n
    }
}

differential! {
    fn temporaries_of_a_block_tail_end_before_its_locals() -> usize {
        let n = {
            let local = noisy("local");
            tick(1).await;
            noisy("tail").name().len()
        };
        tick(1).await;
        n
    }
}

differential! {
    fn arguments_of_the_awaited_call_are_evaluated_in_order() -> u32 {
        fn add(a: u32, b: u32, c: &Noisy) -> Tick<u32> {
            after(1, a + b + c.name().len() as u32)
        }
        let c = noisy("c");
        let n = add(given("first", 1), given("second", 2), &c).await;
        n
    }
}

differential! {
    fn an_if_let_holds_its_scrutinee_through_the_body() -> usize {
        if let Some(first) = noisy("temporary").name().chars().next() {
            tick(1).await;
            say(first);
            tick(1).await;
        } else {
            say("never");
        }
        say("next statement");
        1
    }
}

differential! {
    fn a_method_consumes_what_is_in_a_temporary_box() -> &'static str {
        let v = noisy("v");
        let n = after(1, (*Box::new(v)).into_name()).await;
        let m = (*Box::new(noisy("least"))).sent(2).await;
        (*Box::new(noisy("b"))).touch();
        let k = (*Box::new(noisy("c"))).name().len() + after(2, 1).await;
        m.touch();
        n
    }
}
differential! {
    fn a_method_consumes_a_part_of_a_temporary() -> &'static str {
        let n = after(1, pair("l", "r").left.into_name()).await;
        let m = (pair("a", "b"), noisy("x")).0.right.sent(2).await;
        let k = (pair("a", "b"), noisy("x")).0.right.greeted().await;
        after(1, pair("l", "r").left.rename("z")).await;
        m.touch();
        n
    }
}

differential! {
    fn a_well_known_method_consumes_a_part_of_a_temporary() -> usize {
        let n = after(1, (noisy("a"), Some(noisy("b"))).1.map_or(0, |n| n.name().len())).await;
        let m = ("str", None::<Noisy>).1.unwrap_or_else(|| noisy("else")).name().len() + after(1, n).await;
        m + (noisy("c"), vec![noisy("d")]).1.iter().map(|n| n.name().len()).sum::<usize>() + after(1, m).await
    }
}
