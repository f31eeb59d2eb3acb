//! Names that could be taken for others: what a name means is settled by scope, not by spelling.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

differential! {
    fn a_local_has_the_name_of_a_function_it_calls() -> () {
        let tick = tick(1);
        tick.await;
        let noisy = noisy("called before it is shadowed");
        noisy.touch();
    }
}

differential! {
    fn a_field_and_a_method_have_the_name_of_a_local() -> usize {
        let left = noisy("a local");
        let both = pair("left", "right");
        let name = "a name";
        tick(1).await;
        both.left.touch();
        let n = both.right.name().len() + name.len();
        tick(1).await;
        drop(left);
        n
    }
}

differential! {
    fn a_closure_parameter_shadows_a_held_local() -> u32 {
        let n = 1;
        let m = 10;
        tick(1).await;
        let add = |n: u32| n + m;
        let sum: u32 = [5, 6].into_iter().map(|m| m * n).sum();
        tick(1).await;
        let nested = |m: u32| {
            let n = m * 2;
            (|n: u32| n + m)(n)
        };
        add(100) + sum + nested(3) + n
    }
}

differential! {
    fn a_match_arm_shadows_a_held_local() -> u32 {
        let n = 1;
        let text = Some("abc");
        tick(1).await;
        let m = match text {
            Some(n) if n.len() == 3 => {
                tick(1).await;
                n.len() as u32
            }
            Some(text) => text.len() as u32,
            None => n,
        };
        tick(1).await;
        n * 10 + m
    }
}

differential! {
    fn a_shadow_ends_with_its_block() -> (u32, &'static str) {
        let x = 1;
        {
            let x = "inner";
            tick(1).await;
            say(x);
            for x in 0..2_u8 {
                tick(1).await;
                say(x);
            }
            if let Some(x) = Some('c') {
                tick(1).await;
                say(x);
            }
            say(x);
        }
        let y = x;
        let x = "outer again";
        tick(1).await;
        (y, x)
    }
}

differential! {
    fn a_local_is_initialised_by_its_own_shadow() -> String {
        let text = "a";
        let text = text.to_owned() + "b";
        tick(1).await;
        let text = after(1, format!("{text}c")).await;
        let text = { text.clone() + &text };
        tick(1).await;
        text
    }
}

differential! {
    fn a_format_argument_is_named_like_another_local() -> String {
        let x = 1;
        let y = 2;
        tick(1).await;
        let line = format!("{x} {y} {z}", x = y, z = x);
        tick(1).await;
        line
    }
}

differential! {
    fn a_constant_and_an_item_are_named_like_locals_elsewhere() -> u32 {
        const N: u32 = 7;
        static TEXT: &str = "static";
        fn value() -> u32 {
            N
        }
        let n = value();
        tick(1).await;
        let value = n + TEXT.len() as u32;
        tick(1).await;
        value + N
    }
}

differential! {
    fn a_type_and_a_local_share_a_name() -> usize {
        #[allow(non_camel_case_types)]
        struct thing {
            size: usize,
        }
        let thing = thing { size: 3 };
        tick(1).await;
        let size = thing.size;
        let again = self::identity(size);
        tick(1).await;
        again + thing.size
    }
}

fn identity(n: usize) -> usize {
    n
}

differential! {
    fn raw_and_underscored_names_are_names() -> u32 {
        let r#type = 1;
        let _unused = noisy("unused");
        let __state = 2;
        let state = 3;
        let op = 4;
        let at = 5;
        let life = 6;
        let argument0 = 7;
        tick(1).await;
        r#type + __state + state + op + at + life + argument0
    }
}

differential! {
    fn arguments_have_the_names_the_expansion_might_use() -> u32 = start(1, 2, 3, 4);
    #[half::coroutine]
    fn start(argument1: u32, argument0: u32, state: u32, cx: u32) -> u32 {
        tick(1).await;
        argument1 * 1000 + argument0 * 100 + state * 10 + cx
    }
}

differential! {
    fn labels_and_lifetimes_do_not_meet_locals() -> u32 = start(&3);
    #[half::coroutine]
    fn start<'a>(n: &'a u32) -> u32 {
        let mut a = 0;
        'b: for b in 0..*n {
            'done: loop {
                tick(1).await;
                a += b;
                if a > 0 {
                    break 'done;
                }
                continue 'b;
            }
        }
        a
    }
}

differential! {
    fn a_macro_of_the_module_uses_its_own_names() -> u32 {
        macro_rules! twice {
            ($value:expr) => {{
                let n = $value;
                n + n
            }};
        }
        let n = after(1, 3).await;
        let m = twice!(4);
        tick(1).await;
        n + m
    }
}

enum Request {
    Get(Noisy),
    Stop,
}

impl Request {
    fn r#type(&self) -> u32 {
        1
    }
}

differential! {
    fn a_glob_import_stands_beside_self_and_a_raw_name() -> Result<u32, String> = Of(Request::Get(noisy("get"))).run();
    struct Of(Request);
    impl Of {
        #[half::coroutine]
        fn run(self) -> Result<u32, String> {
            use Request::*;
            let r#type = self.0.r#type();
            match self.0 {
                Get(what) => {
                    tick(1).await;
                    what.touch();
                    Ok(r#type)
                }
                Stop => Err("stopped".into()),
            }
        }
    }
}

differential! {
    fn names_that_are_keywords_of_a_later_edition() -> usize = start();
    #[half::coroutine]
    fn next(r#gen: usize) -> usize {
        let r#try = r#gen + 1;
        tick(1).await;
        r#try + r#gen
    }
    #[half::coroutine]
    fn start() -> usize {
        let r#gen = noisy("generation");
        tick(1).await;
        let length = || r#gen.name().len();
        let n = next(length()).await + length();
        let length = move || r#gen.name().len();
        tick(1).await;
        n + length()
    }
}
