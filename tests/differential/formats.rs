//! Format strings that name held locals.

use costate_tests::differential;
use costate_tests::props::*;
use std::fmt::Write as _;

differential! {
    fn a_string_captures_in_every_form() -> Vec<String> {
        let (x, text, width, prec, f) = (42_u32, String::from("abc"), 8, 2, 1.23456_f64);
        tick(1).await;
        vec![
            format!("{x}"),
            format!("{x:?} {text:?}"),
            format!("{x:>8}|{x:<8}|{x:^8}|{x:08}|{x:+}|{x:#x}|{x:#010b}"),
            format!("{x:>width$}|{text:<width$}|{text:^width$}"),
            format!("{f:.prec$}|{f:width$.prec$}|{f:>width$.prec$}|{f:*^width$.prec$}"),
            format!("{:width$}|{:>1$}|{:.*}|{:.1$}", x, width, prec, f, prec),
            format!("{0:>w$}|{0:.p$}|{1}|{0}", text, x, w = width, p = prec),
            format!("{{x}} {{{x}}} {text}{text}"),
            format!("{text:-^width$}|{text:é>width$}"),
            format!("{x:02X}{x:e}{f:E}"),
        ]
    }
}

differential! {
    fn a_named_argument_hides_a_local() -> String {
        let (x, y) = (1, 2);
        tick(1).await;
        let a = format!("{x} {y}", x = y);
        tick(1).await;
        format!("{a} {x} {y} {z}", z = x + y)
    }
}

differential! {
    fn a_captured_local_is_borrowed_only() -> String {
        let name = noisy("name");
        let text = String::from("text");
        tick(1).await;
        let line = format!("{name:?} {text}");
        tick(1).await;
        let again = format!("{text:>6}");
        drop(text);
        name.touch();
        line + &again
    }
}

differential! {
    fn a_captured_reference_and_a_captured_argument() -> String = start(&7, String::from("s"));
    #[half::coroutine]
    fn start(n: &u32, s: String) -> String {
        let r = &s;
        tick(1).await;
        let t = format!("{n} {r} {s}");
        tick(1).await;
        format!("{t}{n:?}{r:?}")
    }
}

differential! {
    fn self_is_captured() -> String = P(3).show();
    struct P(u32);
    impl std::fmt::Display for P {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.pad(&self.0.to_string())
        }
    }
    #[half::coroutine]
    impl P {
        #[coroutine]
        fn show(self) -> String {
            tick(1).await;
            format!("{self} {self:>4} {}", self.0)
        }
    }
}

differential! {
    fn a_raw_name_is_captured() -> String {
        let r#type = 3;
        let r#match = "m";
        tick(1).await;
        format!("{type} {match} {}", r#type)
    }
}

differential! {
    fn write_fills_a_held_string() -> String {
        let mut out = String::new();
        let n = 5;
        tick(1).await;
        write!(out, "{n}").unwrap();
        tick(1).await;
        writeln!(&mut out, "{n:>3} {}", n + 1).unwrap();
        let w = &mut out;
        tick(1).await;
        write!(w, "{n:03}").unwrap();
        out
    }
}

differential! {
    fn a_shadowed_local_is_captured_as_the_newest() -> Vec<String> {
        let x = 1;
        let a = format!("{x}");
        tick(1).await;
        let x = noisy("x");
        tick(1).await;
        let b = format!("{x:?}");
        let c = {
            let x = "inner";
            tick(1).await;
            format!("{x}")
        };
        tick(1).await;
        vec![a, b, c, format!("{}", x.name())]
    }
}

differential! {
    fn a_closure_captures_by_a_string() -> Vec<String> {
        let (x, y) = (3, String::from("y"));
        tick(1).await;
        let show = |n: u32| format!("{n} {x} {y}");
        tick(1).await;
        let first = show(1);
        let own = move || format!("{x}{y:?}");
        tick(1).await;
        vec![first, own()]
    }
}

differential! {
    fn arguments_of_a_format_are_expressions() -> String {
        let list = vec![1, 2, 3];
        let name = noisy("n");
        tick(1).await;
        format!("{} {:?} {}", list.len(), list.iter().map(|n| n * 2).collect::<Vec<_>>(), { let k = list[0]; k + 1 })
    }
}

differential! {
    fn a_trailing_comma_and_no_arguments() -> Vec<String> {
        let x = 1;
        tick(1).await;
        vec![format!("plain"), format!("{x}",), format!("{}", x,), format!("{0}{0}", x)]
    }
}

differential! {
    fn panics_say_what_they_captured() -> u32 {
        let (x, w) = (7, 5);
        tick(1).await;
        if x == 7 {
            panic!("x is {x:>w$} and {}", x + 1);
        }
        x
    }
}

differential! {
    fn todo_says_what_it_captured() -> u32 {
        let x = noisy("x");
        let n = 3;
        tick(1).await;
        if n == 3 { todo!("later {n}") }
        n
    }
}

differential! {
    fn unreachable_says_what_it_captured() -> u32 {
        let n = 3;
        tick(1).await;
        match n {
            3 => unreachable!("never {n:?} {}", n),
            _ => n,
        }
    }
}

differential! {
    fn unimplemented_says_nothing_else() -> u32 {
        let x = noisy("x");
        tick(1).await;
        unimplemented!()
    }
}

differential! {
    fn plain_messages_are_the_same() -> u32 {
        let x = noisy("x");
        tick(1).await;
        if x.name() == "x" { panic!("a plain {{message}}") }
        unreachable!()
    }
}

differential! {
    fn a_format_in_a_format() -> String {
        let (a, b) = (1, "b");
        tick(1).await;
        format!("{}{}", format!("{a}-{b}"), format_args!("{b}{a:>3}"))
    }
}

differential! {
    fn a_string_made_by_concat() -> String {
        let a = 1;
        tick(1).await;
        format!(concat!("{}", "-", "{}"), a, a + 1)
    }
}

differential! {
    fn debug_prints_of_held_things() -> (u32, u32) {
        let x = 3;
        tick(1).await;
        let y = dbg!(x + 1);
        tick(1).await;
        let (a, b) = dbg!(x, y);
        eprintln!("{a}{b:?}");
        println!("{0} {x:>1$}", y, 2 + a as usize);
        (a, b)
    }
}

differential! {
    fn std_macros_by_path() -> String {
        let (x, ok) = (3, true);
        tick(1).await;
        std::println!("{x}");
        core::assert!(ok);
        std::assert_eq!(x, 3, "{x}");
        ::std::debug_assert!(ok, "{ok}");
        let v = std::vec![x; 2];
        if std::matches!(v[0], n if n == x) { std::format!("{x}{v:?}") } else { ::core::unreachable!("{x}") }
    }
}
