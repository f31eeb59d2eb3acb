//! Names that stand for several things, in every combination.

use costate_tests::differential;
use costate_tests::props::*;

differential! {
    fn a_shadow_of_another_type_in_every_statement() -> usize {
        let x = 1_u8;
        tick(1).await;
        let x = x as u32 + 1;
        tick(1).await;
        let x = format!("{x}");
        tick(1).await;
        let x = x.len();
        tick(1).await;
        let x = vec![x; 3];
        tick(1).await;
        x.len()
    }
}

differential! {
    fn a_shadowed_value_lives_to_the_end_of_its_scope() -> () {
        let x = noisy("first");
        tick(1).await;
        let x = noisy("second");
        tick(1).await;
        {
            let x = noisy("third");
            tick(1).await;
        }
        let x = x.name();
        tick(1).await;
    }
}

differential! {
    fn a_shadow_borrows_what_it_hides() -> usize {
        let x = String::from("abc");
        let x = &x;
        tick(1).await;
        let x = x.as_str();
        tick(1).await;
        let x = &x[1..];
        tick(1).await;
        x.len()
    }
}

differential! {
    fn an_argument_is_shadowed() -> u32 = start(noisy("argument"), 3);
    #[half::coroutine]
    fn start(x: Noisy, n: u32) -> u32 {
        let x = (x, n);
        tick(1).await;
        let n = noisy("n");
        tick(1).await;
        let (x, m) = x;
        tick(1).await;
        m
    }
}

differential! {
    fn patterns_shadow_in_every_construct() -> u32 {
        let x = Some(1_u32);
        tick(1).await;
        let mut sum = 0;
        if let Some(x) = x { tick(1).await; sum += x; }
        while let Some(x) = if sum < 3 { Some(sum) } else { None } { tick(1).await; sum += x; }
        for x in [x, x] { let Some(x) = x else { continue }; tick(1).await; sum += x; }
        match x { Some(x) if x > 0 => { tick(1).await; sum += x }, x => { tick(1).await; drop(x) } }
        let f = |x: u32| x + 1;
        tick(1).await;
        sum += f(x.unwrap_or(0));
        sum
    }
}

differential! {
    fn a_closure_parameter_hides_and_the_capture_does_not() -> u32 {
        let (x, y) = (1, 10);
        tick(1).await;
        let f = |x: u32| { let y = y + x; y };
        tick(1).await;
        let g = move |y: u32| { let x = x + y; x };
        tick(1).await;
        f(100) + g(1000) + x + y
    }
}

differential! {
    fn nested_functions_have_their_own_names() -> u32 {
        let x = 1;
        fn double(x: u32) -> u32 { let y = x; y * 2 }
        tick(1).await;
        let y = double(x);
        {
            fn double(x: u32) -> u32 { x * 3 }
            tick(1).await;
            let z = double(y);
            tick(1).await;
            return z + double(x);
        }
    }
}

differential! {
    fn a_function_has_the_name_of_an_outer_local() -> u32 {
        let value = 3_u32;
        tick(1).await;
        let inner = {
            fn value() -> u32 { 4 }
            tick(1).await;
            value()
        };
        tick(1).await;
        value + inner
    }
}

differential! {
    fn a_constant_has_the_name_of_an_outer_local() -> u32 {
        let limit = 3_u32;
        tick(1).await;
        let inner = {
            const limit: u32 = 40;
            tick(1).await;
            match 40 { limit => 1, _ => 2 }
        };
        tick(1).await;
        limit + inner
    }
}

differential! {
    fn a_static_and_a_use_are_declared_in_the_body() -> u32 {
        static TABLE: [u32; 3] = [1, 2, 3];
        use std::collections::BTreeMap as Map;
        use std::cmp::max as larger;
        let mut map = Map::new();
        map.insert(1_u32, TABLE[1]);
        tick(1).await;
        let x = larger(map[&1], TABLE[2]);
        tick(1).await;
        x + map.len() as u32
    }
}

differential! {
    fn items_are_used_before_they_stand() -> u32 {
        let a = later(LATER);
        tick(1).await;
        let s = Later { n: a };
        tick(1).await;
        fn later(n: u32) -> u32 { n + 1 }
        const LATER: u32 = 5;
        #[derive(Debug)]
        struct Later { n: u32 }
        impl Later { fn get(&self) -> u32 { self.n } }
        s.get()
    }
}

differential! {
    fn items_stand_in_inner_blocks_that_suspend() -> u32 {
        let mut sum = 0;
        for n in 0..2_u32 {
            struct S(u32);
            impl S { const K: u32 = 10; fn get(&self) -> u32 { self.0 + Self::K } }
            let s = S(n);
            tick(1).await;
            sum += s.get();
        }
        {
            enum S { A(u32), B }
            use S::*;
            let s = A(3);
            tick(1).await;
            sum += match s { A(n) => n, B => 0 };
        }
        sum
    }
}

differential! {
    fn a_trait_and_its_impl_stand_in_the_body() -> usize {
        trait Size { fn size(&self) -> usize; }
        impl Size for Noisy { fn size(&self) -> usize { self.name().len() } }
        let x = noisy("four");
        tick(1).await;
        x.size()
    }
}

differential! {
    fn an_async_block_has_its_own_names() -> u32 {
        let x = noisy("x");
        let n = 3;
        let block = async {
            let x = x.name().len() as u32;
            tick(1).await;
            x + n
        };
        let m = block.await;
        tick(1).await;
        let own = async move {
            let m = m + 1;
            tick(1).await;
            x.touch();
            m
        };
        own.await
    }
}

differential! {
    fn a_coroutine_stands_in_the_body() -> u32 {
        #[half::coroutine]
        fn inner(n: u32) -> u32 {
            let x = n + 1;
            tick(1).await;
            x
        }
        let x = 1;
        tick(1).await;
        let y = inner(x).await;
        y + x
    }
}

differential! {
    fn a_label_is_used_again() -> u32 {
        let mut n = 0;
        'a: loop {
            n += 1;
            if n == 3 { break 'a; }
            tick(1).await;
        }
        'a: for k in 0..3 {
            tick(1).await;
            if k == 1 { continue 'a; }
            n += 10;
        }
        n
    }
}

differential! {
    fn a_local_has_the_name_of_what_the_expansion_uses() -> u32 {
        let (value, at, st, cancel, context, life, done) = (1, 2, 3, 4, 5, 6, 7);
        let (polled, live, state, step, future, residual) = (8, 9, 10, 11, 12, 13);
        tick(1).await;
        let extent = value + at + st + cancel + context + life + done;
        match Some(extent) {
            Some(private) if { tick(1).await; private == extent } => {
                tick(1).await;
                private + polled + live + state + step + future + residual
            }
            _ => 0,
        }
    }
}

differential! {
    fn a_local_has_the_name_of_a_type_or_a_function_of_the_prelude() -> usize {
        let (drop, some, vec, string) = (1_usize, 2_usize, 3_usize, 4_usize);
        tick(1).await;
        let format = vec![drop, some];
        tick(1).await;
        format.len() + vec + string
    }
}

differential! {
    fn a_binding_hides_within_its_own_condition() -> u32 {
        let x = Some(Some(4_u32));
        let y = if let Some(x) = x && let Some(x) = x { tick(1).await; x } else { 0 };
        let x = match x { Some(x) => match x { Some(x) => { tick(1).await; x } None => 0 }, None => 1 };
        tick(1).await;
        x + y
    }
}

differential! {
    fn a_let_else_shadows_what_it_matches() -> Option<u32> {
        let x = Some(3_u32);
        let Some(x) = x else { tick(1).await; return x; };
        tick(1).await;
        let Some(x) = x.checked_sub(1) else { return None };
        tick(1).await;
        Some(x)
    }
}

differential! {
    fn an_assignment_means_the_newest() -> (u32, u32) {
        let mut x = 1;
        {
            x = 2;
            let mut x = x;
            tick(1).await;
            x = 10;
            tick(1).await;
            if x != 10 { return (0, 0) }
        }
        tick(1).await;
        let before = x;
        let mut x = x;
        x += 1;
        tick(1).await;
        (before, x)
    }
}

fn larger(a: u32, b: u32) -> u32 {
    a + b
}

differential! {
    fn an_import_of_a_block_ends_with_it() -> u32 {
        let x = larger(1, 2);
        let y = {
            use std::cmp::max as larger;
            tick(1).await;
            larger(x, 2)
        };
        tick(1).await;
        let z = loop {
            use std::cmp::min as larger;
            tick(1).await;
            if larger(y, 100) == y { break larger(y, 1) }
        };
        larger(y, z)
    }
}
