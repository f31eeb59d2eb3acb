//! What a `match`, an `if let` or a block leaves to the statement around it while that suspends, and
//! scrutinees that are values of several branches. By the rules of the crate that this is compiled in:
//! `tests/edition-2021` compiles it too.

#![allow(unreachable_patterns, irrefutable_let_patterns)]

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

struct Three<'a> {
    named: Option<&'a Noisy>,
    second: Noisy,
    third: Noisy,
}

fn three<'a>() -> Three<'a> {
    Three {
        named: None,
        second: noisy("second"),
        third: noisy("third"),
    }
}

differential! {
    fn a_scrutinee_in_a_scrutinee_lives_through_the_outer_arms() -> () {
        match match pair("l", "r") { _ => noisy("inner") } {
            outer => after(1, ()).await,
        };
    }
}

differential! {
    fn what_a_match_among_the_operands_leaves_lives_to_the_end() -> u32 {
        let (n, _) = after(1, (match pair("l", "r") {
            Pair { left: ref v, .. } => {
                v.touch();
                2
            }
        }, noisy("operand"))).await;
        n
    }
}

differential! {
    fn what_an_if_let_among_the_operands_leaves() -> () {
        after(1, (if let Pair { left: ref v, .. } = pair("l", "r") {
            v.touch();
            2
        } else {
            3
        }, noisy("operand"))).await;
        after(1, (if let Pair { left: ref v, .. } = pair("l", "r") {
            v.touch();
        }, noisy("operand"))).await;
    }
}

differential! {
    fn what_the_tail_of_a_block_among_the_operands_leaves() -> Option<&'static str> {
        Box::pin(after(1, Some('block: {
            if given("leaves", false) {
                break 'block "left";
            }
            noisy("tail").name()
        }))).await
    }
}

differential! {
    fn a_scrutinee_in_a_tail_in_a_scrutinee() -> () {
        match {
            let a = noisy("a");
            match pair("l", "r") { _ => noisy("inner") }
        } {
            outer => tick(1).await,
        };
        match {
            let a = noisy("a");
            if let Pair { left, .. } = pair("l", "r") { left } else { noisy("else") }
        } {
            outer => tick(1).await,
        };
    }
}

differential! {
    fn a_scrutinee_that_is_a_part_of_a_value() -> usize {
        let (n, ()) = (match pair("l", "r").left { ref n => n.name().len() }, tick(1).await);
        let (m, ()) = (match pair("l", "r").left { n => n.name().len() }, tick(1).await);
        let (o, ()) = (match [pair("l", "r")][noisy("i").name().len() - 1] {
            Pair { ref left, .. } => left.name().len(),
        }, tick(1).await);
        n + m + o
    }
}

differential! {
    fn a_match_in_the_head_of_a_loop() -> () {
        for n in match pair("l", "r") { ref p => [p.left.name().len()] } {
            tick(1).await;
        }
        while let Some(3) = match pair("l", "r") { _ => Some(4) } {
            tick(1).await;
        }
    }
}

differential! {
    fn a_match_among_the_arguments_of_a_macro() -> usize {
        let v = vec![match pair("l", "r") { ref p => p.left.name().len() }, after(1, 5).await];
        assert_eq!(match pair("l", "r") { ref p => p.left.name().len() }, after(1, 1).await);
        let _ = format!("{}{}", match pair("l", "r") { ref p => p.left.name() }, after(1, 1).await);
        v[0]
    }
}

differential! {
    fn what_matches_looks_at_lives_to_the_end_of_the_statement() -> bool {
        let a = after(1, matches!(pair("l", "r"), Pair { ref left, .. } if left.name().len() == 1));
        let a = a.await;
        let b = after(1, matches!(
            match pair("l", "r") { p => p.left },
            ref left if left.name().len() == 1
        )).await;
        a && b
    }
}

differential! {
    fn what_a_literal_leaves_of_its_rest_lives_to_the_end() -> () {
        let x = after(2, given("made", Pair { left: noisy("x"), ..pair("l", "r") })).await;
        let y = (Pair { left: after(1, noisy("y")).await, ..pair("l", "r") }, tick(1).await);
        say("next statement");
    }
}

differential! {
    fn the_rest_of_a_literal_is_waited_for() -> () {
        let n = noisy("n");
        let x = (Three { named: Some(&n), third: noisy("own"), ..after(1, three()).await }, tick(1).await);
        let y = (Pair { left: noisy("y"), ..after(1, (pair("l", "r"), noisy("beside"))).await.0 }, tick(1).await);
        say("next statement");
    }
}

differential! {
    fn the_tail_of_a_block_is_extended() -> () {
        let x = (&{ say("a"); noisy("value") }, tick(1).await);
        let y = ({ say("b"); &noisy("reference") }, tick(1).await);
        tick(1).await;
        x.0.touch();
        y.0.touch();
    }
}

differential! {
    fn a_pattern_takes_a_part_of_what_a_match_has_given() -> () {
        match match after(1, pair("l", "r")).await { p => p } {
            Pair { left, .. } => left.touch(),
        }
        match { if given("first", true) { after(1, pair("a", "b")).await } else { pair("c", "d") } } {
            Pair { left, .. } => (),
            _ => (),
        };
    }
}

differential! {
    fn a_pattern_takes_a_part_of_what_a_loop_has_given() -> usize {
        let n = match { let mut count = 0; loop {
            count += 1;
            tick(1).await;
            if count > 1 {
                break (pair("l", "r"), noisy("beside"));
            }
        } } {
            (Pair { right, .. }, _) if given("agrees", false) => right.name().len(),
            (Pair { left, .. }, _) => left.name().len(),
        };
        say("next statement");
        n
    }
}

differential! {
    fn a_match_on_a_field_of_what_a_match_has_given() -> () {
        match (match after(1, pair("l", "r")).await { p => p }).left { x => drop(x) };
        match (match after(1, (pair("l", "r"), noisy("beside"))).await { p => p }).0 {
            Pair { left, .. } => drop(left),
        };
        let x = (match after(1, (pair("l", "r"), noisy("beside"))).await { p => p }).0.left;
        say("next statement");
    }
}

differential! {
    fn other_patterns_over_what_a_match_has_given() -> usize {
        let n = if let Pair { left, .. } = match after(1, pair("l", "r")).await { p => p } {
            left.name().len()
        } else {
            0
        };
        let Pair { left, .. } = (match after(1, pair("l", "r")).await { p => p }) else { return 0 };
        let Pair { ref right, .. } = match after(1, pair("l", "r")).await { p => p };
        tick(1).await;
        n + left.name().len() + right.name().len()
    }
}

differential! {
    fn a_constructor_without_arguments_is_matched() -> usize {
        let n = match None::<(Noisy, u32)> {
            Some(_) if given("agrees", true) => after(1, 1).await,
            Some(mut taken) => taken.0.name().len(),
            _ => 3,
        };
        let Some(Pair { left, .. }) = None::<Pair> else {
            tick(1).await;
            return n;
        };
        left.name().len()
    }
}

differential! {
    fn a_literal_stands_in_a_condition() -> u32 {
        let mut n = 0;
        if (Pair { left: noisy("left"), ..pair("l", "r") }.right.name().len() > 3) {
            tick(1).await;
        } else {
            n += after(1, 1).await;
        }
        if (Pair { left: after(1, noisy("left")).await, ..pair("l", "r") }).right.name().len() == 1 {
            n += after(1, 1).await;
        }
        match (Pair { left: noisy("left"), right: noisy("right") }) {
            Pair { left, right } => tick(1).await,
        }
        n
    }
}

differential! {
    /// What the old value's drop comes before, in edition 2021.
    fn a_tail_that_is_assigned_leaves_a_temporary() -> usize {
        let mut name = noisy("old");
        tick(1).await;
        name = {
            tick(1).await;
            match (name.name(), noisy("beside")).0 {
                "new" => noisy("other"),
                _ => noisy("new"),
            }
        };
        tick(1).await;
        name.name().len()
    }
}

differential! {
    /// The temporary that `ref` extends outlives what is moved out of it.
    fn a_branch_is_bound_by_reference_and_by_value() -> usize {
        let Pair { left, right: ref held } = match after(1, noisy("least")).await {
            _least => pair("l", "r"),
        };
        left.name().len() + held.name().len()
    }
}

differential! {
    /// Of what a literal or a range matches nothing is kept while an arm waits.
    fn plain_values_are_matched_and_not_kept() -> usize {
        let mut n = 0;
        for at in 3..10_u32 {
            n += match at % 5 {
                0 => after(1, 10).await,
                low @ 1..=2 if low < at => low as usize + after(1, 20).await,
                3 | 4 if after(1, at).await > 4 => 30,
                _ => {
                    let held = noisy("held");
                    tick(1).await;
                    held.name().len()
                }
            };
            if let 4 | 9 = at * after(1, 1).await {
                tick(1).await;
                n += 1;
            }
        }
        match noisy("text").name() {
            "other" => 0,
            text @ ("text" | "more") => {
                tick(1).await;
                n + text.len()
            }
            _ => after(1, n).await,
        }
    }
}

differential! {
    fn what_branches_gave_is_a_temporary_of_the_statement_where_it_is_matched() -> () = start(true);
    #[half::coroutine]
    fn start(v: bool) {
        fn both<A, B>(_: A, _: B) {}
        let x = &vec![noisy("a"), match match v { true => noisy("b"), false => after(1, noisy("c")).await } { _ if !v => after(1, noisy("d")).await, _ => noisy("e") }][0];
        let y = (noisy("f"), match match v { true => noisy("g"), false => after(1, noisy("h")).await } { _ if !v => after(1, noisy("i")).await, _ => noisy("j") });
        both(noisy("k"), match match v { false => noisy("l"), true => after(1, noisy("m")).await } { _ if v => after(1, noisy("n")).await, _ => noisy("o") });
    }
}
