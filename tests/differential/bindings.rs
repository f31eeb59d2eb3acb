//! What patterns bind across suspensions: modes of binding, rests, constants that look like names.

use costate_tests::differential;
use costate_tests::props::*;

const lowest: u32 = 1;
const TEXT: &str = "text";
static TABLE: [u32; 4] = [1, 2, 3, 4];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct unit;

#[derive(Debug, PartialEq, Eq)]
struct Empty;

#[derive(Debug)]
struct Tree {
    value: Noisy,
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}

fn leaf(name: &'static str) -> Tree {
    Tree {
        value: noisy(name),
        left: None,
        right: None,
    }
}

mod limits {
    pub const high: u32 = 9;
}

differential! {
    fn lowercase_constants_and_unit_structs_are_no_bindings() -> Vec<u32> {
        let mut out = vec![];
        for n in [1, 9, 5] {
            let k = match n {
                lowest => after(1, 10).await,
                limits::high => { tick(1).await; 90 }
                other => { tick(1).await; other }
            };
            out.push(k);
        }
        match Some(unit) {
            Some(unit) => { tick(1).await; out.push(100) }
            None => out.push(0),
        }
        let unit = unit;
        tick(1).await;
        if let (lowest, Empty) = (out.len() as u32, Empty) { out.push(7) }
        out
    }
}

differential! {
    fn a_lowercase_constant_stands_in_a_guarded_match() -> u32 {
        match after(1, (1_u32, 2_u32)).await {
            (lowest, n) if after(1, n == 3).await => 3,
            (lowest, n @ 2..=limits::high) if after(1, n == 2).await => { tick(1).await; n }
            _ => 0,
        }
    }
}

differential! {
    fn ranges_of_every_kind() -> Vec<u32> {
        let mut out = vec![];
        for n in [0_u32, 3, 7, 20, 1000] {
            let k = match n {
                ..=lowest => { tick(1).await; 0 }
                2..5 => { tick(1).await; 1 }
                5..=limits::high => { tick(1).await; 2 }
                100.. => { tick(1).await; 4 }
                _ => { tick(1).await; 3 }
            };
            out.push(k);
        }
        let c = match 'k' { 'a'..='f' => 1, c @ ('g'..='p') => { tick(1).await; c as u32 } _ => 3 };
        out.push(c);
        out
    }
}

differential! {
    fn binding_modes_default_through_references() -> u32 {
        let mut held = Some((noisy("a"), 3_u32));
        if let Some((name, n)) = &mut held {
            tick(1).await;
            name.rename("b");
            *n += 1;
        }
        if let &Some((ref name, n)) = &held {
            tick(1).await;
            name.touch();
            if n != 4 { return 0 }
        }
        if let &mut Some((ref mut name, ref mut n)) = &mut held {
            tick(1).await;
            name.rename("c");
            *n *= 2;
        }
        let Some((name, n)) = &held else { return 1 };
        tick(1).await;
        name.touch();
        *n
    }
}

differential! {
    fn ref_and_ref_mut_bind_in_let() -> (u32, String) {
        let mut pair = (4_u32, String::from("x"));
        {
            let (ref n, ref mut text) = pair;
            tick(1).await;
            text.push_str(&n.to_string());
        }
        let (ref mut n, _) = pair;
        tick(1).await;
        *n += 1;
        let ref whole = pair;
        tick(1).await;
        (whole.0, whole.1.clone())
    }
}

differential! {
    fn a_value_is_extended_by_a_reference_pattern() -> usize {
        let ref text = after(1, String::from("abc")).await;
        tick(1).await;
        let (ref a, ref b) = (noisy("a"), noisy("b"));
        tick(1).await;
        a.touch();
        b.touch();
        text.len()
    }
}

differential! {
    fn at_binds_the_whole_and_its_parts() -> u32 {
        let list = [1_u32, 2, 3];
        let all @ [first, .., last] = list;
        tick(1).await;
        let n = match Some((5_u32, 6_u32)) {
            whole @ Some((a, b @ 6..)) => { tick(1).await; whole.map_or(0, |(x, y)| x + y) + a + b }
            _ => 0,
        };
        let ref r @ Some(ref inner) = Some(noisy("inner")) else { return 0 };
        tick(1).await;
        inner.touch();
        first + last + n + all.len() as u32 + u32::from(r.is_some())
    }
}

differential! {
    fn slices_of_noisy_things_are_borrowed() -> usize {
        let list = vec![noisy("a"), noisy("b"), noisy("c")];
        let n = match list.as_slice() {
            [] => 0,
            [one] => { tick(1).await; one.name().len() }
            [first, middle @ .., last] => {
                tick(1).await;
                first.touch();
                last.touch();
                middle.len()
            }
        };
        tick(1).await;
        if let [.., last] = &list[..] { tick(1).await; last.touch(); }
        n
    }
}

differential! {
    fn slices_are_changed_through_patterns() -> Vec<u32> {
        let mut list = vec![1_u32, 2, 3, 4];
        if let [first, .., last] = list.as_mut_slice() {
            std::mem::swap(first, last);
            tick(1).await;
            *first += 10;
        }
        if let [_, rest @ ..] = &mut list[..] {
            tick(1).await;
            for n in rest { *n *= 2; }
        }
        list
    }
}

differential! {
    fn bytes_and_strings_are_patterns() -> Vec<u32> {
        let mut out = vec![];
        for text in [TEXT, "other", ""] {
            let k = match text {
                TEXT => { tick(1).await; 1 }
                "" => { tick(1).await; 2 }
                _ => { tick(1).await; 3 }
            };
            out.push(k);
        }
        let k = match b"ab\n" { [b'a', rest @ ..] => { tick(1).await; rest.len() as u32 } _ => 0 };
        out.push(k);
        out
    }
}

differential! {
    fn or_patterns_bind_alike() -> Vec<u32> {
        let mut out = vec![];
        for value in [Ok(1_u32), Err(2_u32), Ok(30)] {
            let (Ok(n) | Err(n)) = value;
            tick(1).await;
            match value {
                Ok(n @ 1..=5) | Err(n) => { tick(1).await; out.push(n) }
                Ok(n) => { tick(1).await; out.push(n * 10) }
            }
            if let Ok(1 | 2) | Err(2) = value { tick(1).await; out.push(n) }
        }
        out
    }
}

differential! {
    fn or_patterns_move_noisy_things() -> &'static str {
        let value: Result<Noisy, (u32, Noisy)> = Err((1, noisy("err")));
        let name = match value {
            Ok(n) | Err((_, n)) => { tick(1).await; n.into_name() }
        };
        tick(1).await;
        name
    }
}

differential! {
    fn boxes_are_opened() -> &'static str {
        let tree = Tree { left: Some(Box::new(leaf("left"))), ..leaf("root") };
        let Tree { value, left, right } = tree;
        tick(1).await;
        value.touch();
        match left {
            Some(boxed) => {
                let Tree { value, left, right } = *boxed;
                tick(1).await;
                value.touch();
                value.name()
            }
            None => "none",
        }
    }
}

differential! {
    fn a_tree_is_walked() -> u32 {
        let tree = Tree {
            left: Some(Box::new(leaf("l"))),
            right: Some(Box::new(Tree { left: Some(Box::new(leaf("rl"))), ..leaf("r") })),
            ..leaf("root")
        };
        let mut n = 0;
        let mut stack = vec![&tree];
        while let Some(Tree { value, left, right }) = stack.pop() {
            tick(1).await;
            value.touch();
            n += 1;
            if let Some(left) = left { stack.push(left) }
            if let Some(right) = right.as_deref() { stack.push(right) }
        }
        n
    }
}

differential! {
    fn nested_enums_are_matched_in_one_pattern() -> u32 {
        let value = Some(Ok::<_, ()>((Some(noisy("x")), [Some(2_u32), None])));
        match &value {
            Some(Ok((Some(x), [Some(n), None]))) if x.name() == "x" => {
                tick(1).await;
                x.touch();
                *n
            }
            Some(Ok((None, _))) | None => 0,
            _ => 1,
        }
    }
}

differential! {
    fn wildcards_and_rests_drop_where_they_should() -> u32 {
        let (_, n, ..) = (noisy("dropped"), 3_u32, noisy("also"), noisy("too"));
        tick(1).await;
        let Pair { left: _, right } = pair("stays", "right");
        tick(1).await;
        let _ = noisy("at once");
        tick(1).await;
        let _named = noisy("later");
        tick(1).await;
        match (noisy("in match"), 1) { (_, k) => { tick(1).await; n + k } }
    }
}

differential! {
    fn a_struct_is_matched_by_shorthand_and_by_name() -> usize {
        struct S { a: Noisy, b: u32, c: (u32, String) }
        let s = S { a: noisy("a"), b: 2, c: (3, String::from("four")) };
        tick(1).await;
        let S { ref a, ref b, c: (ref c, ref d) } = s;
        tick(1).await;
        a.touch();
        let total = *b as usize + *c as usize + d.len();
        let S { a, c: (_, d), .. } = s;
        tick(1).await;
        drop(a);
        total + d.len()
    }
}

differential! {
    fn a_static_is_matched_in_place() -> u32 {
        match TABLE {
            [a, .., d] if a < d => { tick(1).await; a + d }
            _ => 0,
        }
    }
}

differential! {
    fn for_takes_its_items_apart() -> u32 {
        let list = vec![(1_u32, Some(noisy("a"))), (2, None), (3, Some(noisy("c")))];
        let mut n = 0;
        for (index, (k, name)) in list.into_iter().enumerate() {
            tick(1).await;
            n += k * index as u32;
            if let Some(name) = name { tick(1).await; name.touch(); }
        }
        for &(a, ref b) in &[(1_u32, noisy("x")), (2, noisy("y"))] {
            tick(1).await;
            b.touch();
            n += a;
        }
        n
    }
}

differential! {
    fn closures_take_their_arguments_apart() -> u32 {
        let base = 10_u32;
        tick(1).await;
        let add = |(a, b): (u32, u32), [c, ..]: [u32; 2]| a + b + c + base;
        tick(1).await;
        add((1, 2), [3, 4])
    }
}

differential! {
    fn let_else_binds_several() -> Option<&'static str> {
        let (Some(a), b) = (Some(noisy("a")), noisy("b")) else { return None };
        tick(1).await;
        let [x, y] = [a, b];
        tick(1).await;
        let (true, Pair { left, .. }) = after(1, (true, pair("l", "r"))).await else {
            tick(1).await;
            return Some("no");
        };
        tick(1).await;
        drop(x);
        Some(left.name())
    }
}

differential! {
    fn arguments_bind_in_every_mode() -> u32 = outer(Some((noisy("a"), 1)), 3);
    #[half::coroutine]
    fn outer(held: Option<(Noisy, u32)>, mut n: u32) -> u32 {
        let sum = start(&held, (2, &mut n), [4, 5, 6]).await;
        sum + n
    }
    #[half::coroutine]
    fn start(held: &Option<(Noisy, u32)>, (a, b): (u32, &mut u32), [c, rest @ ..]: [u32; 3]) -> u32 {
        tick(1).await;
        *b += a;
        tick(1).await;
        let n = match held { Some((name, n)) => { name.touch(); tick(1).await; *n } None => 0 };
        n + *b + c + rest.len() as u32
    }
}

differential! {
    fn assignment_takes_apart() -> (u32, u32, Vec<u32>) {
        let (mut a, mut b, mut list) = (1, 2, vec![0, 0]);
        tick(1).await;
        (a, b) = (b, a);
        tick(1).await;
        [list[0], _] = [a, b];
        (_, list[1]) = (0, b);
        tick(1).await;
        (a, ..) = (7, 8, 9);
        (a, b, list)
    }
}

differential! {
    fn never_matched_arms_are_left_out() -> u32 {
        let value: Result<u32, std::convert::Infallible> = after(1, Ok(3)).await;
        let Ok(n) = value;
        tick(1).await;
        match value { Ok(m) => { tick(1).await; n + m } Err(never) => match never {} }
    }
}
