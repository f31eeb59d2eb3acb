//! Guards of matches: suspending ones, `if let` ones, and both on matches whose arms suspend.

use costate_tests::differential;
use costate_tests::props::*;
use std::cell::Cell;

fn even(n: u32) -> bool {
    say_of(n);
    n % 2 == 0
}

fn say_of(n: u32) {
    costate_tests::log::say(format_args!("asked of {n}"));
}

#[derive(Debug)]
enum Message {
    Text(Noisy),
    Pair(Noisy, Noisy),
    Number { n: u32, from: Noisy },
    Nothing,
}

differential! {
    fn a_guard_suspends_and_moves_what_it_saw() -> &'static str {
        match after(1, Some(noisy("a"))).await {
            Some(x) if after(1, x.name() == "a").await => {
                x.touch();
                tick(1).await;
                x.into_name()
            }
            Some(_) => "another",
            None => "none",
        }
    }
}

differential! {
    fn a_guard_that_says_no_moves_nothing() -> &'static str {
        let value = Some(noisy("a"));
        match value {
            Some(x) if after(1, x.name() == "b").await => x.into_name(),
            Some(x) if { x.touch(); after(2, false).await } => "never",
            Some(y) => {
                tick(1).await;
                y.into_name()
            }
            None => "none",
        }
    }
}

differential! {
    fn guards_of_messages() -> Vec<u32> {
        let mut seen = Vec::new();
        for k in 0..5 {
            let message = match k {
                0 => Message::Text(noisy("text")),
                1 => Message::Pair(noisy("left"), noisy("right")),
                2 => Message::Number { n: 7, from: noisy("seven") },
                3 => Message::Number { n: 8, from: noisy("eight") },
                _ => Message::Nothing,
            };
            let n = match message {
                Message::Text(t) if after(1, t.name().len() == 3).await => 1,
                Message::Pair(left, _) if after(1, left.name() == "left").await => {
                    left.touch();
                    tick(1).await;
                    2
                }
                Message::Number { n, from } if even(n) && after(1, from.name() == "eight").await => {
                    drop(from);
                    n
                }
                Message::Number { n, .. } if n == 7 => { tick(1).await; 70 }
                Message::Text(text) => { tick(1).await; text.touch(); 5 }
                _ => 6,
            };
            seen.push(n);
        }
        seen
    }
}

differential! {
    fn a_cell_in_the_scrutinee_is_seen_in_place() -> (u32, u32) {
        let pair = (Cell::new(1), Cell::new(2));
        match pair {
            (a, _) if { a.set(5); tick(1).await; a.set(a.get() + 1); tick(1).await; false } => (a.get(), 0),
            (a, b) if { tick(1).await; a.get() == 6 } => {
                tick(1).await;
                (a.get(), b.get())
            }
            _ => (0, 0),
        }
    }
}

differential! {
    fn bindings_by_reference_are_seen_through() -> u32 {
        let held = Some((noisy("in"), 4_u32));
        let n = match &held {
            Some((name, n)) if after(1, *n == 5).await => 5,
            Some((name, n)) if { name.touch(); tick(1).await; *n == 4 } => {
                tick(1).await;
                name.touch();
                *n
            }
            _ => 0,
        };
        let mut held = held;
        match held {
            Some((ref name, ref mut n)) if after(1, name.name() == "in" && *n == 4).await => {
                tick(1).await;
                *n += 1;
                name.touch();
            }
            _ => {}
        }
        match &mut held {
            Some((name, n)) if { tick(1).await; name.name().len() == 2 } => {
                name.rename("out");
                tick(1).await;
                *n += 1;
            }
            _ => {}
        }
        held.map_or(0, |(_, m)| m) + n
    }
}

differential! {
    fn an_or_pattern_asks_its_guard_for_each_alternative() -> (u32, u32) {
        let mut asked = 0;
        let got = match after(1, (1_u32, 2_u32)).await {
            (x, _) | (_, x) if { asked += 1; say_of(x); tick(1).await; x == 2 } => {
                tick(1).await;
                x
            }
            _ => 0,
        };
        (asked, got)
    }
}

differential! {
    fn alternatives_inside_of_a_pattern_are_tried_in_order() -> u32 {
        let pair = (Some(noisy("a")), Some(1_u32));
        let mut asked = 0;
        match pair {
            (Some(x) | Some(x), Some(y @ 1) | Some(y)) if { asked += 1; say_of(asked); tick(1).await; asked == 3 } => {
                tick(1).await;
                x.touch();
                y + 10 * asked
            }
            (Some(x), _) if { tick(1).await; false } => 0,
            _ => 100,
        }
    }
}

differential! {
    fn literals_of_an_or_pattern_ask_once() -> Vec<u32> {
        let mut out = vec![];
        for n in 0..5_u32 {
            let m = match n {
                1 | 2 | 3 if { say_of(n); after(1, n != 2).await } => n,
                m @ (2 | 4) if after(1, even(m)).await => 10 * m,
                _ => 99,
            };
            out.push(m);
        }
        out
    }
}

differential! {
    fn an_at_binding_is_seen_whole() -> u32 {
        match after(1, 7_u32).await {
            n @ 1..=5 if after(1, even(n)).await => n,
            n @ (6 | 7) if after(1, !even(n)).await => { tick(1).await; n * 2 }
            n => n * 100,
        }
    }
}

differential! {
    fn an_if_let_guard_binds_for_its_arm() -> u32 {
        let list = [noisy("x"), noisy("y")];
        let mut sum = 0;
        for k in 0..3_usize {
            let more = match k {
                i if let Some(found) = list.get(i) && found.name() == "y" => {
                    tick(1).await;
                    found.touch();
                    10
                }
                i if let Some(found) = list.get(i) => {
                    tick(1).await;
                    found.touch();
                    1
                }
                _ => { tick(1).await; 100 }
            };
            sum += more;
        }
        sum
    }
}

differential! {
    fn an_if_let_guard_suspends() -> u32 {
        match after(1, Some(noisy("a"))).await {
            Some(x) if let Some(n) = after(1, None::<u32>).await => n,
            Some(x) if let Ok(n) = after(1, Ok::<u32, ()>(3)).await && after(1, n == 3).await && let Some(y) = after(1, Some(noisy("y"))).await => {
                tick(1).await;
                x.touch();
                y.touch();
                n
            }
            Some(_) => 0,
            None => 1,
        }
    }
}

differential! {
    fn the_temporaries_of_an_if_let_guard_live_through_the_arm() -> u32 {
        match Some(noisy("scrutinee")) {
            Some(x) if let Some(n) = some_of(&noisy("refused")) && after(1, false).await => n,
            Some(x) if let Some(n) = some_of(&noisy("temporary")) && touch_of(&noisy("short")) => {
                tick(1).await;
                x.touch();
                n
            }
            Some(_) => 0,
            None => 1,
        }
    }
}

fn some_of(n: &Noisy) -> Option<u32> {
    n.touch();
    Some(4)
}

fn touch_of(n: &Noisy) -> bool {
    n.touch();
    true
}

differential! {
    fn a_guard_has_temporaries_of_its_own() -> u32 {
        let x = noisy("x");
        match x.name().len() {
            1 if after(1, touch_of(&noisy("first"))).await && !touch_of(&noisy("second")) => 0,
            1 if noisy("third").greeted().await == "third" => {
                tick(1).await;
                1
            }
            _ => 2,
        }
    }
}

differential! {
    fn a_place_is_matched_where_it_is() -> u32 {
        let mut table = vec![(Some(noisy("a")), 3_u32), (None, 4)];
        let mut i = 0;
        let first = match table[i] {
            (Some(ref mut x), n) if { i += 1; x.touch(); tick(1).await; n == 4 } => n,
            (Some(ref mut x), n) if { tick(1).await; n == 3 } => {
                x.rename("b");
                tick(1).await;
                n + 10
            }
            _ => 0,
        };
        let second = match table[{ say_of(1); 1 }].1 {
            n if { tick(1).await; even(n) && n > 9 } => 1,
            n if after(1, even(n)).await => n * 100,
            _ => 2,
        };
        first + second
    }
}

differential! {
    fn a_slice_is_matched_where_it_is() -> u32 {
        let list = vec![1_u32, 2, 3, 4];
        let from = 1;
        match list[from..] {
            [a, .., b] if after(1, a == b).await => 1,
            [a, ref rest @ ..] if { tick(1).await; rest.len() == 2 } => {
                tick(1).await;
                a + rest.iter().sum::<u32>()
            }
            _ => 0,
        }
    }
}

differential! {
    fn a_field_behind_a_reference_is_matched() -> u32 {
        let mut pair = (noisy("a"), Some(4_u32));
        let r = &mut pair;
        match r.1 {
            Some(ref mut n) if { tick(1).await; *n == 4 } => { *n += 1; tick(1).await; }
            _ => {}
        }
        match *r {
            (ref a, Some(n)) if { a.touch(); after(1, n == 5).await } => { tick(1).await; a.touch(); n }
            _ => 0,
        }
    }
}

differential! {
    fn a_string_is_matched() -> u32 {
        let text = String::from("two");
        match &*text {
            "one" if after(1, true).await => 1,
            "two" | "three" if after(1, text.len() == 3).await => 2,
            other if after(1, other.is_empty()).await => 3,
            _ => 4,
        }
    }
}

differential! {
    fn a_guard_returns_and_breaks() -> u32 {
        let mut n = 0;
        let found = 'outer: loop {
            n += 1;
            let value = Some(noisy("v"));
            match value {
                Some(ref v) if { tick(1).await; if n == 2 { continue 'outer } n == 1 } => { v.touch(); tick(1).await; }
                Some(v) if { tick(1).await; if n == 3 { break 'outer v.name().len() } false } => {}
                _ => {}
            }
        };
        match Some(noisy("w")) {
            Some(w) if { if after(1, found == 1).await { return 77 } true } => 1,
            _ => 2,
        }
    }
}

differential! {
    fn a_question_mark_stands_in_a_guard() -> Option<u32> {
        let x = noisy("x");
        match Some(noisy("y")) {
            Some(y) if after(1, Some(true)).await? && y.name() == "z" => Some(1),
            Some(y) if after(1, None::<bool>).await? => Some(2),
            _ => Some(3),
        }
    }
}

differential! {
    fn a_closure_in_a_guard_sees_the_binding() -> u32 {
        match after(1, Some((noisy("x"), 3_u32))).await {
            Some((x, n)) if {
                let longer = |m: u32| x.name().len() as u32 + n > m;
                tick(1).await;
                longer(3) && !longer(4)
            } => {
                tick(1).await;
                x.touch();
                n
            }
            _ => 0,
        }
    }
}

differential! {
    fn a_format_string_in_a_guard_names_the_binding() -> String {
        match (5_u32, noisy("x")) {
            (n, x) if { tick(1).await; format!("{n}{}", x.name()) == "6x" } => String::new(),
            (n, x) if { let t = format!("{n:>w$}", w = 3); tick(1).await; t == format!("  {n}") } => {
                tick(1).await;
                format!("{n:?} {}", x.name())
            }
            _ => String::from("none"),
        }
    }
}

differential! {
    fn a_guard_awaits_what_it_sees() -> &'static str {
        match Some(noisy("seen")) {
            Some(x) if x.greeted().await == "seen" => {
                x.touch();
                tick(1).await;
                x.into_name()
            }
            Some(_) | None => "none",
        }
    }
}

differential! {
    fn a_reference_made_in_a_guard_lives_on_in_the_arm() -> u32 {
        let pair = (noisy("a"), 3_u32);
        match pair {
            (ref a, n) if let Some(again) = Some(&a) && after(1, again.name() == "a").await => {
                tick(1).await;
                again.touch();
                n
            }
            _ => 0,
        }
    }
}

differential! {
    fn a_guarded_match_is_a_statement_in_a_loop() -> Vec<u32> {
        let mut out = vec![];
        let mut queue = vec![Some(1_u32), None, Some(2), Some(3)];
        while let Some(next) = queue.pop() {
            match next {
                Some(n) if after(1, n == 2).await => continue,
                Some(n) => out.push(n),
                None if after(1, out.len() == 1).await => out.push(100),
                None => break,
            }
        }
        out
    }
}

differential! {
    fn a_match_of_the_scrutinee_is_partly_moved() -> u32 {
        let three = (noisy("a"), noisy("b"), noisy("c"));
        match three {
            (a, _, _) if after(1, a.name() == "z").await => 0,
            (_, b, _) if after(1, b.name() == "b").await => {
                b.touch();
                tick(1).await;
                1
            }
            (_, _, c) => { tick(1).await; 2 }
        }
    }
}

differential! {
    fn nested_matches_have_guards() -> u32 {
        match Some(noisy("outer")) {
            Some(x) if match Some(noisy("inner")) {
                Some(y) if after(1, y.name() == x.name()).await => false,
                Some(y) => { tick(1).await; y.touch(); true }
                None => false,
            } => { tick(1).await; x.touch(); 1 }
            _ => 0,
        }
    }
}

differential! {
    fn a_constant_is_matched_with_a_guard() -> u32 {
        const PAIR: (u32, u32) = (1, 2);
        match PAIR {
            (a, b) if after(1, a == b).await => 0,
            (a, b) if after(1, a < b).await => a + b,
            _ => 9,
        }
    }
}

differential! {
    fn an_ordinary_if_let_guard_stays_ordinary() -> u32 {
        tick(1).await;
        let x = Some(noisy("x"));
        let n = match x {
            Some(ref x) if let Some(letter) = x.name().chars().next() => letter as u32,
            _ => 0,
        };
        tick(1).await;
        n
    }
}

differential! {
    fn what_a_box_holds_is_matched_with_guards() -> u32 {
        let boxed = Box::new((noisy("a"), noisy("b")));
        match *boxed {
            (ref a, _) if after(1, a.name() == "b").await => 1,
            (_, ref b) if after(1, b.name() == "b").await => { tick(1).await; b.touch(); 2 }
            _ => 3,
        }
    }
}

differential! {
    fn a_part_of_a_binding_is_called_in_the_guard_and_in_the_arm() -> usize {
        let mut sum = 0;
        for n in 0..2 {
            let some = Some(pair("left", "right"));
            sum += match some {
                Some(both) if { both.left.touch(); n == 1 } => {
                    tick(1).await;
                    both.right.touch();
                    both.left.into_name().len()
                }
                Some(ref both) if both.left.name() == "left" => {
                    tick(1).await;
                    both.left.touch();
                    tick(1).await;
                    2
                }
                _ => 3,
            };
        }
        match &noisy("borrowed") {
            who if { (*who).touch(); sum > 2 } => {
                tick(1).await;
                (*who).touch();
                tick(1).await;
            }
            _ => {}
        }
        sum
    }
}
