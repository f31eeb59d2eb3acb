//! Macros among the statements of a body: their own locals, and what they are given.

use costate_tests::differential;
use costate_tests::props::*;

macro_rules! twice {
    ($e:expr) => {{
        let x = $e;
        x + x
    }};
}

macro_rules! touch_all {
    ($($name:expr),*) => { $( $name.touch(); )* };
}

macro_rules! pick {
    ($value:expr, $pat:pat => $result:expr) => {
        match $value {
            $pat => Some($result),
            #[allow(unreachable_patterns)]
            _ => None,
        }
    };
}

macro_rules! swap {
    ($a:expr, $b:expr) => {
        ($a, $b) = ($b, $a)
    };
}

macro_rules! sum_of {
    ($($e:expr),* $(,)?) => { 0 $(+ $e)* };
}

differential! {
    fn a_macro_has_a_local_of_the_same_name() -> u32 {
        let x = 3;
        tick(1).await;
        let y = twice!(x);
        tick(1).await;
        let x = twice!(x + y);
        tick(1).await;
        x
    }
}

differential! {
    fn a_macro_is_given_names() -> u32 {
        let (a, b) = (noisy("a"), noisy("b"));
        tick(1).await;
        touch_all!(a, b);
        tick(1).await;
        touch_all!(b, a);
        1
    }
}

differential! {
    fn a_macro_binds_a_pattern_of_its_callers() -> Option<u32> {
        let value = Some((noisy("v"), 4));
        tick(1).await;
        let n = pick!(&value, Some((v, n)) => { v.touch(); n + 1 });
        tick(1).await;
        n
    }
}

differential! {
    fn a_macro_assigns_held_locals() -> (u32, u32) {
        let (mut a, mut b) = (1, 2);
        tick(1).await;
        swap!(a, b);
        tick(1).await;
        (a, b)
    }
}

differential! {
    fn a_macro_repeats_expressions() -> u32 {
        let (a, list) = (1, vec![2_u32, 3]);
        tick(1).await;
        sum_of!(a, list[0], list.iter().sum::<u32>(), { let a = a + 1; a },)
    }
}

differential! {
    fn arguments_of_known_macros_leave_the_loop() -> Vec<String> {
        let mut out = vec![];
        for n in 0..6_u32 {
            tick(1).await;
            out.push(format!("{}", match n { 1 => continue, 4 => break, n => n }));
            let pair = vec![n, if n == 2 { continue } else { n }];
            assert!(if n == 3 { continue } else { true });
            assert_eq!(pair[0], if n == 5 { break } else { n });
            tick(1).await;
        }
        out
    }
}

differential! {
    fn arguments_of_known_macros_leave_a_labelled_loop() -> u32 {
        let mut n = 0;
        let got = 'outer: loop {
            loop {
                n += 1;
                tick(1).await;
                println!("{}", if n == 2 { continue 'outer } else if n == 5 { break 'outer n } else { n });
                if matches!(n, k if k == 4 && { if n == 4 { continue } true }) { n += 100; }
            }
        };
        got
    }
}

differential! {
    fn arguments_of_known_macros_return() -> Option<u32> {
        let held = noisy("held");
        let x = Some(3_u32);
        tick(1).await;
        let text = format!("{}{}", x?, if x == Some(4) { return Some(4) } else { 1 });
        tick(1).await;
        let list = vec![x?, None?];
        Some(list[0])
    }
}

differential! {
    fn vec_takes_what_it_is_given() -> Vec<&'static str> {
        let (a, b) = (noisy("a"), noisy("b"));
        tick(1).await;
        let list = vec![a, b, noisy("c")];
        tick(1).await;
        let n = 2;
        let many = vec![n; list.len()];
        tick(1).await;
        let empty: Vec<u32> = vec![];
        list.iter().map(|n| n.name()).take(many.len() + empty.len()).collect()
    }
}

differential! {
    fn vec_repeats_a_clone() -> usize {
        let text = String::from("t");
        let n = 3;
        tick(1).await;
        let list = vec![text; n];
        tick(1).await;
        list.len() + n
    }
}

differential! {
    fn matches_looks_in_place() -> bool {
        let value = Some(noisy("v"));
        let limit = 1;
        tick(1).await;
        let one = matches!(value, Some(ref v) if v.name().len() == limit);
        tick(1).await;
        let none = matches!(value, None);
        value.as_ref().map(|v| v.touch());
        one && !none && matches!(&value, Some(v) if { v.touch(); true })
    }
}

differential! {
    fn matches_binds_a_name_of_a_held_local() -> (bool, u32) {
        let n = 3_u32;
        let value = Some(4_u32);
        tick(1).await;
        let inside = matches!(value, Some(n) if n == 4);
        tick(1).await;
        (inside, n)
    }
}

differential! {
    fn a_macro_is_declared_in_the_body() -> u32 {
        let mut n = 1_u32;
        macro_rules! add {
            ($m:expr) => { n += $m };
        }
        add!(2);
        tick(1).await;
        add!(3);
        let n = n * 100;
        add!(0);
        tick(1).await;
        n
    }
}

differential! {
    fn a_local_macro_sees_what_was_there() -> u32 {
        let x = noisy("outer");
        macro_rules! look { () => { x.name().len() as u32 } }
        tick(1).await;
        let a = look!();
        let x = 7_u32;
        tick(1).await;
        let b = look!();
        a * 10 + b + x
    }
}

differential! {
    fn a_local_macro_without_locals() -> u32 {
        macro_rules! max { ($a:expr, $b:expr) => { if $a > $b { $a } else { $b } } }
        let (x, y) = (1, 2);
        tick(1).await;
        let m = max!(x, y);
        tick(1).await;
        m + max!(m, x)
    }
}

differential! {
    fn functions_stand_between_statements() -> u32 {
        fn three() -> u32 { 3 }
        fn four() -> u32 { 4 }
        tick(1).await;
        three() + four()
    }
}

differential! {
    fn a_macro_in_a_nested_block_ends_with_it() -> u32 {
        let n = 2;
        {
            let n = 5;
            macro_rules! n { () => { n } }
            tick(1).await;
            if n!() != 5 { return 0 }
        }
        macro_rules! n { () => { n } }
        tick(1).await;
        n!()
    }
}

differential! {
    fn stringify_and_its_kind_evaluate_nothing() -> (String, u32) {
        let x = 3;
        tick(1).await;
        let text = stringify!(x + 1).to_owned() + concat!("x", 1);
        tick(1).await;
        let _ = (line!(), file!(), module_path!());
        (text, x)
    }
}

differential! {
    fn macros_stand_in_patterns_and_types() -> u32 {
        macro_rules! some { ($p:pat) => { Some($p) } }
        macro_rules! opt { ($t:ty) => { Option<$t> } }
        let x: opt!(u32) = Some(3);
        tick(1).await;
        match x {
            some!(3) => { tick(1).await; 1 }
            _ => 2,
        }
    }
}

differential! {
    fn an_unknown_macro_with_a_string_captures() -> String {
        macro_rules! show { ($($t:tt)*) => { format!($($t)*) } }
        let (x, name) = (3, String::from("n"));
        tick(1).await;
        let a = show!("{x} {name:?}");
        tick(1).await;
        a + &show!("{name}{}", x)
    }
}

differential! {
    fn an_unknown_macro_leaves_the_loop_by_itself() -> u32 {
        macro_rules! sum { ($list:expr) => {{ let mut s = 0; for n in $list { if *n == 9 { break } s += n; } s }} }
        let list = [1_u32, 2, 9, 4];
        let mut total = 0;
        for k in 0..2_u32 {
            tick(1).await;
            total += sum!(&list) + k;
        }
        total
    }
}

differential! {
    fn thread_locals_are_items() -> u32 {
        thread_local! { static COUNT: std::cell::Cell<u32> = const { std::cell::Cell::new(4) }; }
        let x = 2;
        tick(1).await;
        COUNT.with(|c| c.get() + x)
    }
}
