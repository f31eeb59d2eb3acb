//! All forms of patterns, in `let`, `match`, `if let`, `for` and arguments.

use costate_tests::differential;
use costate_tests::props::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Point,
    Circle(u32),
    Square { side: u32, round: bool },
}

const SPECIAL: u32 = 42;

differential! {
    fn a_tuple_is_taken_apart() -> &'static str {
        let (a, mut b, _) = after(1, (noisy("a"), noisy("b"), noisy("c"))).await;
        b.rename("renamed");
        tick(1).await;
        drop(a);
        b.name()
    }
}

differential! {
    fn a_struct_is_taken_apart() -> &'static str {
        let Pair { left, right: other } = after(1, pair("left", "right")).await;
        tick(1).await;
        left.touch();
        other.name()
    }
}

differential! {
    fn what_a_pattern_ignores_lives_where_async_fn_lets_it_live() -> &'static str {
        let Pair { left, .. } = pair("left", "right");
        tick(1).await;
        let (_, kept) = (noisy("ignored"), noisy("kept"));
        tick(1).await;
        kept.name()
    }
}

differential! {
    fn a_wildcard_does_not_move_a_place() -> &'static str {
        let both = (noisy("first"), noisy("second"));
        let _ = both;
        tick(1).await;
        let _ = both.0;
        tick(1).await;
        both.1.name()
    }
}

differential! {
    fn a_match_has_every_form_of_pattern() -> Vec<&'static str> {
        let mut words = vec![];
        for shape in [
            Shape::Point,
            Shape::Circle(SPECIAL),
            Shape::Circle(1),
            Shape::Circle(300),
            Shape::Square { side: 3, round: true },
            Shape::Square { side: 4, round: false },
        ] {
            let word = match shape {
                Shape::Point => after(1, "point").await,
                Shape::Circle(SPECIAL) => "special",
                Shape::Circle(0 | 1) => {
                    tick(1).await;
                    "small"
                }
                Shape::Circle(size @ 100..=u32::MAX) => {
                    tick(size / 150).await;
                    "large"
                }
                Shape::Circle(_) => "medium",
                Shape::Square { round: true, .. } => {
                    tick(1).await;
                    "rounded"
                }
                Shape::Square { side, round: _ } if side > 3 => {
                    tick(side).await;
                    "square"
                }
                Shape::Square { .. } => "other",
            };
            words.push(word);
        }
        words
    }
}

differential! {
    fn slices_are_matched_with_a_rest() -> Vec<u32> {
        let list = [1, 2, 3, 4];
        let [first, .., last] = list;
        tick(1).await;
        let mut seen = vec![first, last];
        match &list[1..] {
            [] => tick(9).await,
            [one] => tick(*one).await,
            [head, tail @ ..] => {
                tick(1).await;
                seen.push(*head);
                seen.extend(tail);
            }
        }
        seen
    }
}

differential! {
    fn a_reference_is_matched_through() -> u32 {
        let held = Some((noisy("in the tuple"), 4));
        let n = match &held {
            Some((name, n)) => {
                tick(1).await;
                name.touch();
                *n
            }
            None => 0,
        };
        let &m = &n;
        tick(1).await;
        held.as_ref().map_or(0, |(_, n)| *n) + m
    }
}

differential! {
    fn a_field_is_changed_through_a_matched_reference() -> Option<u32> {
        let mut held = Some(1);
        if let Some(n) = &mut held {
            tick(1).await;
            *n += 1;
        }
        if let Some(ref mut n) = held {
            *n = after(1, *n * 10).await;
        }
        held
    }
}

differential! {
    fn a_binding_with_a_subpattern_holds_the_whole() -> u32 {
        match after(1, Some(5_u32)).await {
            whole @ Some(1..=9) => {
                tick(1).await;
                whole.unwrap_or_default()
            }
            Some(n) => n * 2,
            None => 0,
        }
    }
}

differential! {
    fn a_match_moves_out_of_a_held_local() -> &'static str {
        let held = Ok::<Noisy, Noisy>(noisy("good"));
        match held {
            Ok(good) => {
                tick(1).await;
                good.into_name()
            }
            Err(bad) => bad.into_name(),
        }
    }
}

differential! {
    fn a_match_that_moves_nothing_leaves_the_local_whole() -> &'static str {
        let held = Some(noisy("held"));
        match held {
            Some(_) => tick(1).await,
            None => {}
        }
        match held {
            None => "none",
            Some(content) => {
                tick(1).await;
                content.name()
            }
        }
    }
}

differential! {
    fn a_guard_looks_at_what_the_arm_then_moves() -> &'static str {
        let held = Some(noisy("long name"));
        match held {
            Some(content) if content.name().len() < 4 => "short",
            Some(content) if given("second guard", true) => {
                tick(1).await;
                content.into_name()
            }
            _ => "nothing",
        }
    }
}

differential! {
    fn arguments_may_be_patterns() -> u32 = sum((noisy("first"), 2), pair("left", "right"), [3, 4]);
    #[half::coroutine]
    fn sum((name, n): (Noisy, u32), Pair { left, .. }: Pair, [a, b]: [u32; 2]) -> u32 {
        let local = noisy("local");
        tick(1).await;
        name.touch();
        left.touch();
        n + a + b
    }
}

differential! {
    fn an_underscore_argument_lives_to_the_end() -> () = ignore(noisy("a"), noisy("b"), noisy("c"));
    #[half::coroutine]
    fn ignore(_: Noisy, _b: Noisy, mut c: Noisy) {
        let local = noisy("local");
        tick(1).await;
        c.rename("renamed c");
        tick(1).await;
    }
}

differential! {
    fn nested_patterns_bind_in_order() -> u32 {
        let ((a, held), Pair { left: l, right: r }) =
            after(1, ((1, noisy("held")), pair("l", "r"))).await;
        tick(1).await;
        let (Ok(b) | Err(b)) = after(1, Err::<u32, u32>(20)).await;
        r.touch();
        a + b
    }
}

differential! {
    fn a_lowercase_constant_and_a_unit_struct_are_patterns_not_names() -> u32 {
        const limit: u32 = 3;
        struct Unit;
        let mut sum = 0;
        for n in 0..5 {
            match after(1, n).await {
                limit => sum += 100,
                other => sum += other,
            }
        }
        let Unit = after(1, Unit).await;
        sum
    }
}

struct Named {
    left: Noisy,
    right: Noisy,
    count: usize,
}

differential! {
    fn what_a_loop_binds_may_be_a_reference() -> usize {
        let pairs = vec![(noisy("a"), Some(noisy("b"))), (noisy("c"), None)];
        let mut length = 0;
        for pair in &pairs {
            let (left, _) = pair;
            tick(1).await;
            length += left.name().len() + pair.0.name().len();
            length += match pair {
                (left, Some(right)) => { tick(1).await; right.touch(); left.name().len() }
                (left, None) => left.greeted().await.len(),
            };
            if let (_, Some(right)) = pair {
                length += right.greeted().await.len();
            }
        }
        length
    }
}

differential! {
    fn what_a_loop_binds_may_be_a_unique_reference() -> usize {
        let mut pairs = [((noisy("a"), 1), 2), ((noisy("b"), 3), 4)];
        let mut count = 0;
        for pair in pairs.iter_mut() {
            let ((who, one), two) = pair;
            tick(1).await;
            who.rename("renamed");
            *one += *two;
            tick(1).await;
            count += *one;
        }
        count
    }
}

differential! {
    fn a_struct_behind_a_reference_is_taken_apart_and_named() -> usize {
        let (left, right) = (noisy("left"), noisy("right"));
        let all = [Named { left, right, count: 2 }];
        let mut count = 0;
        for named in &all {
            let Named { left, right, .. } = named;
            tick(1).await;
            left.touch();
            count += named.count + named.right.name().len() + right.name().len();
        }
        count
    }
}

differential! {
    fn an_array_is_mapped() -> usize {
        let (names, numbers) = ([noisy("a"), noisy("b")], [1, 2]);
        let look = &numbers;
        tick(1).await;
        let names = names.map(|name| name.into_name());
        let more = numbers.map(|number| number + 1);
        let other = noisy("other");
        tick(1).await;
        names.len() + more[1] + look[0]
    }
}
