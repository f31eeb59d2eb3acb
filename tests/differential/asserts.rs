//! The macros that panic, with the same message.

use costate_tests::differential;
use costate_tests::props::*;

fn refuse() -> bool {
    false
}

differential! {
    fn an_assertion_says_its_condition() -> u32 {
        let x = 3_u32;
        tick(1).await;
        assert!(x == 4 && refuse());
        x
    }
}

differential! {
    fn an_assertion_says_its_condition_spaced_otherwise() -> u32 {
        let x = vec![3_u32, 4];
        tick(1).await;
        assert!(x [ 0 ]==4||x.iter().any(|n|*n>5)  ,);
        x[0]
    }
}

differential! {
    fn an_assertion_says_a_block() -> u32 {
        let x = Some(3_u32);
        tick(1).await;
        assert!(match x { Some(n) if n > 3 => true, _ => false });
        1
    }
}

differential! {
    fn an_assertion_says_a_macro_and_braces() -> u32 {
        let x = Some(3_u32);
        tick(1).await;
        assert!(!matches!(x, Some(_)) && format!("{{{x:?}}}").is_empty());
        1
    }
}

differential! {
    fn an_assertion_says_generics_and_references() -> u32 {
        let x = String::from("3");
        let y = &x;
        tick(1).await;
        assert!(x.parse::<u32>().unwrap() > 3 && &*y == "3" && !y.is_empty());
        1
    }
}

differential! {
    fn an_assertion_has_a_message() -> u32 {
        let (x, w) = (3_u32, 6);
        let name = noisy("name");
        tick(1).await;
        assert!(x == 3, "never {}", { name.touch(); x });
        tick(1).await;
        assert!(x == 4, "x is {x:>w$}, {}", name.name());
        x
    }
}

differential! {
    fn equality_says_both_sides() -> u32 {
        let (x, y) = (3_u32, vec![1, 2]);
        tick(1).await;
        assert_eq!(x, 3);
        assert_eq!(y, [1, 2], "never {x}");
        assert_ne!(x, 4);
        tick(1).await;
        assert_eq!(y.len() as u32, x);
        0
    }
}

differential! {
    fn equality_has_a_message() -> u32 {
        let (x, y) = (String::from("x"), noisy("y"));
        tick(1).await;
        assert_ne!(x, "x", "not {x} nor {}", y.name());
        0
    }
}

differential! {
    fn debug_assertions_are_assertions_here() -> u32 {
        let x = 3;
        tick(1).await;
        debug_assert!(x == 3);
        debug_assert_eq!(x, 3, "{x}");
        debug_assert_ne!(x, 3, "but {x}");
        x
    }
}

differential! {
    fn an_assertion_moves_nothing() -> String {
        let (x, y) = (String::from("x"), String::from("x"));
        tick(1).await;
        assert_eq!(x, y);
        assert!(x == y);
        tick(1).await;
        x + &y
    }
}

differential! {
    fn unwrap_and_expect_panic_alike() -> u32 {
        let x: Result<u32, String> = Err("bad".into());
        let y = noisy("y");
        tick(1).await;
        x.expect("it was")
    }
}
