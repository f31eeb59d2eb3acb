//! Suspensions among the arguments of the standard library's macros.

use costate_tests::differential;
use costate_tests::props::*;
use std::fmt::Write as _;

fn named(name: &'static str) -> Noisy {
    noisy(name)
}

/// Says what it is compared with.
#[derive(Debug)]
struct Told(u32);

impl PartialEq for Told {
    fn eq(&self, other: &Told) -> bool {
        costate_tests::log::say(format_args!("{} == {}", self.0, other.0));
        self.0 == other.0
    }
}

differential! {
    fn a_format_awaits_its_arguments() -> String {
        let x = 3;
        let s = format!("{} {x} {} {:?} {n:>4}", after(1, 1).await, x + 1, after(2, "two").await, n = after(1, 5).await);
        tick(1).await;
        s
    }
}

differential! {
    fn temporaries_of_a_format_end_inside_of_it() -> String {
        let s = format!("{:?} {} {:?}", noisy("first"), noisy("second").greeted().await, noisy("third")) + "end";
        tick(1).await;
        s
    }
}

differential! {
    fn a_format_is_an_operand() -> (String, usize) {
        let x = noisy("x");
        let pair = (format!("{}{:?}", after(1, 1).await, x), format!("{}", after(1, 2).await).len());
        pair
    }
}

differential! {
    fn printing_awaits() -> () {
        let x = noisy("x");
        println!("{} {}", x.greeted().await, after(1, 2).await);
        eprintln!("{x:?} {:>1$}", after(1, 2).await, after(1, 6).await);
        print!("{}", { let y = noisy("y"); tick(1).await; y.name() });
        eprint!("{0} {0}\n", after(1, "twice").await);
        tick(1).await;
    }
}

differential! {
    fn printing_ends_its_temporaries() -> () {
        let x = noisy("x");
        println!("{:?} {}", noisy("printed"), after(1, noisy("awaited")).await.name());
        std::println!("{:?} {:?}", after(1, noisy("a")).await, after(1, noisy("b")).await);
        x.touch();
    }
}

differential! {
    fn write_awaits_its_arguments() -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        write!(out, "{}", after(1, 1).await)?;
        writeln!(out, "{:?} {}", noisy("written"), after(1, 2).await)?;
        let w = &mut out;
        write!(w, "{} {}", noisy("n").greeted().await, noisy("m").name()).unwrap();
        write!(&mut out, "{}", after(1, 3).await)?;
        let n = write!(out, "{}", after(1, 4).await).is_ok();
        write!(after(1, &mut out).await, "{n}{}", after(1, 5).await)?;
        writeln!(out)?;
        Ok(out)
    }
}

differential! {
    fn write_fails() -> Result<u32, std::fmt::Error> {
        struct Full;
        impl std::fmt::Write for Full {
            fn write_str(&mut self, _: &str) -> std::fmt::Result { Err(std::fmt::Error) }
        }
        let mut out = Full;
        let x = noisy("x");
        write!(out, "{}{:?}", after(1, 1).await, noisy("argument"))?;
        tick(1).await;
        Ok(3)
    }
}

differential! {
    fn vec_awaits_its_elements() -> Vec<&'static str> {
        let a = noisy("a");
        let list = vec![a, after(1, noisy("b")).await, named("c"), noisy("d").sent(1).await, named("e")];
        tick(1).await;
        let n = vec![after(1, 7_u8).await; after(1, 3).await];
        tick(1).await;
        let one = vec![after(1, 1).await];
        list.iter().map(|n| n.name()).take(n.len() + one.len()).collect()
    }
}

differential! {
    fn vec_of_results_leaves_early() -> Option<usize> {
        let list = vec![after(1, Some(noisy("a"))).await?, noisy("b"), after(1, None).await?, noisy("never")];
        Some(list.len())
    }
}

differential! {
    fn matches_awaits_its_scrutinee_and_its_guard() -> (bool, bool, bool) {
        let x = matches!(after(1, Some(noisy("x"))).await, Some(ref n) if n.name() == "x");
        tick(1).await;
        let held = Some(noisy("held"));
        let y = matches!(held, Some(ref n) if after(1, n.name() == "y").await);
        let z = matches!(&held, Some(n) | Some(n) if { n.touch(); after(1, false).await });
        tick(1).await;
        (x, y, z)
    }
}

differential! {
    fn an_assertion_awaits_its_condition() -> u32 {
        let x = noisy("x");
        assert!(after(1, true).await);
        assert!(x.greeted().await == "x", "never {}", { x.touch(); 1 });
        assert!(noisy("y").greeted().await != "y"||after(1,vec![1]).await [ .. ].len()==4);
        1
    }
}

differential! {
    fn an_assertion_that_fails_says_its_condition() -> u32 {
        let n = 3;
        assert!(after(1,n).await==3&&!matches!(after(1, Some(n)).await, Some(3)));
        n
    }
}

differential! {
    fn an_assertion_awaits_its_message_if_it_fails() -> u32 {
        let x = noisy("x");
        assert!(after(1, true).await, "never {}", after(1, 1).await);
        assert!(x.name() == "x", "never {}", after(1, 1).await);
        assert!(x.name() == "y", "{} is not {:?}", after(1, "y").await, x);
        1
    }
}

differential! {
    fn equality_awaits_both_sides() -> u32 {
        let x = Told(4);
        assert_eq!(after(1, Told(3)).await, after(1, Told(3)).await);
        assert_ne!(x, after(1, Told(5)).await, "never {}", x.0);
        assert_eq!(noisy("temporary").greeted().await, "temporary");
        assert_eq!(x, after(1, Told(5)).await);
        1
    }
}

differential! {
    fn equality_awaits_its_message_if_it_fails() -> u32 {
        let x = Told(4);
        assert_eq!(x, Told(4), "never {}", after(1, 1).await);
        assert_ne!(x, after(1, Told(3)).await, "never {}", after(1, 1).await);
        assert_eq!(x, Told(5), "x is not {} and {:?}", after(1, 5).await, noisy("m"));
        1
    }
}

differential! {
    fn inequality_awaits_its_message_if_it_fails() -> u32 {
        let (x, y) = (Told(4), Told(4));
        core::assert_ne!(x, y, "x is {}", after(1, 5).await);
        1
    }
}

differential! {
    fn debug_assertions_await() -> u32 {
        let x = noisy("x");
        debug_assert!(after(1, true).await);
        debug_assert_ne!(after(1, 1).await, 2);
        debug_assert!(x.name() == "x", "{}", after(1, 1).await);
        std::debug_assert_eq!(x.greeted().await, "y", "x is {} and {}", x.name(), after(1, 2).await);
        1
    }
}

differential! {
    fn panics_await_their_message() -> u32 {
        let x = noisy("x");
        if after(1, true).await {
            panic!("{} {:?} {x:?}", after(1, "because").await, noisy("temporary"));
        }
        2
    }
}

differential! {
    fn todo_awaits_its_message() -> u32 {
        let x = noisy("x");
        let n = match after(1, 1).await {
            1 => todo!("{}", x.greeted().await),
            n => n,
        };
        n
    }
}

differential! {
    fn unreachable_awaits_its_message() -> u32 {
        let x = noisy("x");
        let n = if after(1, 1).await == 1 { unreachable!("{} {}", after(1, 2).await, x.name()) } else { 3 };
        n
    }
}

differential! {
    fn unimplemented_awaits_by_path() -> u32 {
        let x = noisy("x");
        std::unimplemented!("{}", x.greeted().await)
    }
}

differential! {
    fn dbg_awaits() -> (u32, u32) {
        let x = dbg!(after(1, 3).await) + 1;
        tick(1).await;
        let (a, b) = dbg!(after(1, x).await, x);
        (a, b)
    }
}

differential! {
    fn macros_await_in_macros() -> String {
        let list = vec![format!("{}", after(1, 1).await), format!("{:?}", vec![after(1, 2).await, 3])];
        assert!(matches!(list.get(after(1, 1).await), Some(s) if s.len() == after(1, 6).await));
        format!("{}", format!("{}{}", list[0], after(1, 4).await))
    }
}

differential! {
    fn format_args_awaits() -> String {
        fn show(args: std::fmt::Arguments<'_>) -> String { args.to_string() }
        let x = noisy("x");
        let s = show(format_args!("{} {:?}", after(1, 1).await, x));
        tick(1).await;
        s
    }
}

differential! {
    fn arguments_leave_a_loop_and_await() -> Vec<String> {
        let mut out = vec![];
        for n in 0..5_u32 {
            out.push(format!("{}{}", after(1, n).await, match n { 1 => continue, 3 => break, _ => after(1, n).await }));
        }
        out
    }
}

differential! {
    fn arguments_return_and_await() -> Option<String> {
        let x = noisy("x");
        let s = format!("{:?}{}{}", noisy("t"), after(1, Some(1)).await?, if after(1, true).await { return Some("out".into()) } else { 1 });
        Some(s)
    }
}

differential! {
    fn a_place_is_formatted_before_an_await() -> String {
        let list = vec![(1, noisy("a")), (2, noisy("b"))];
        let mut i = 0;
        let s = format!("{} {:?} {} {}", list[i].0, list[{ i += 1; i }].1, after(1, "x").await, list[i].0);
        s
    }
}

differential! {
    fn macros_await_in_a_loop() -> String {
        let list = vec![noisy("a"), noisy("b")];
        let mut out = String::new();
        for (i, n) in list.iter().enumerate() {
            use std::fmt::Write;
            write!(out, "{i}:{}", n.greeted().await).unwrap();
            assert_eq!(out.len(), (i + 1) * after(1, 3).await, "at {i}");
        }
        format!("{out}{}", list[after(1, 0).await].name())
    }
}

differential! {
    fn elements_of_vec_branch() -> Vec<u32> {
        let a = vec![1u32];
        let x = vec![a[after(1, 0).await], if after(1, true).await { 2 } else { 3 }, match after(1, 4).await { 4 => 5, n => n }];
        assert!(x.len() == 3 && after(1, x[1]).await == 2, "len {} of {x:?}", x.len());
        x
    }
}
