//! What guards that suspend see of the bindings: places, references, copies.

use costate_tests::differential;
use costate_tests::props::*;

differential! {
    fn a_reference_escapes_from_a_guard() -> u32 {
        let pair = (noisy("a"), 3_u32);
        let mut out: Option<&&Noisy> = None;
        match pair {
            (ref a, n) if { out = Some(&a); tick(1).await; true } => { tick(1).await; out.map(|o| o.touch()); n }
            _ => 0,
        }
    }
}

differential! {
    fn a_cell_is_changed_in_a_guard_behind_the_pattern() -> u32 {
        let c = std::cell::Cell::new(Some(1u32));
        let r = match c.get() {
            Some(n) if { c.set(Some(5)); tick(1).await; n == 5 } => 1,
            Some(n) if { tick(1).await; n == 1 } => 10 + c.get().unwrap_or(0),
            _ => 0,
        };
        r
    }
}

differential! {
    fn a_move_closure_in_a_guard_copies() -> u32 {
        match Some((noisy("n"), 4u32)) {
            Some((a, n)) if { let f = move || n + 1; tick(1).await; f() == 5 } => { tick(1).await; a.touch(); n }
            _ => 0,
        }
    }
}

differential! {
    fn an_async_block_in_a_guard_borrows() -> u32 {
        match Some((noisy("n"), 4u32)) {
            Some((a, n)) if async { tick(1).await; a.touch(); n == 4 }.await => { tick(1).await; a.touch(); n }
            _ => 0,
        }
    }
}

differential! {
    fn parts_of_a_struct_are_seen() -> u32 {
        struct S { a: Option<Noisy>, b: (u32, [u32; 3]) }
        let s = S { a: Some(noisy("a")), b: (1, [2, 3, 4]) };
        match s {
            S { a: Some(x), b: (n, [_, k, ..]) } if after(1, n + k == 9).await => { x.touch(); 1 }
            S { a, b: b @ (_, [p, ..]) } if { tick(1).await; a.is_some() && b.1[0] == p } => { tick(1).await; a.map(|x| x.touch()); b.0 + p }
            _ => 0,
        }
    }
}

differential! {
    fn a_loop_moves_what_its_guards_saw() -> u32 {
        let mut items = vec![noisy("c"), noisy("b"), noisy("a")];
        let mut kept: Vec<Noisy> = vec![];
        let mut n = 0;
        while let Some(item) = items.pop() {
            match item {
                i if after(1, i.name() == "b").await => { tick(1).await; drop(i); n += 1 }
                i if kept.iter().any(|k| k.name() == i.name()) => n += 10,
                i => kept.push(i),
            }
        }
        n + kept.len() as u32
    }
}

differential! {
    fn a_guard_shadows_what_it_sees() -> u32 {
        let n = 1;
        match Some(2u32) {
            Some(n) if { let n = n + 1; tick(1).await; n == 3 } && after(1, n).await == 2 => { tick(1).await; n }
            _ => n,
        }
    }
}

differential! {
    fn the_type_of_a_binding_is_known_only_later() -> u32 {
        let mut x = None;
        let r = match x { Some(n) if after(1, n).await == 3 => n, _ => 0 };
        x = Some(3u32);
        r + x.unwrap_or(0)
    }
}

differential! {
    fn a_slice_of_a_temporary_is_seen() -> u32 {
        let mut v = vec![Some(1u32), None, Some(3)];
        let mut n = 0;
        match v.iter().map(|x| x.unwrap_or(0)).collect::<Vec<_>>().as_slice() {
            [a, rest @ ..] if { for r in rest { n += after(1, *r).await; } n > *a } => { tick(1).await; n + a }
            _ => 0,
        }
    }
}

differential! {
    fn what_a_cell_lends_is_seen() -> u32 {
        let v = std::cell::RefCell::new(Some(noisy("in cell")));
        let r = match *v.borrow() {
            Some(ref x) if after(1, x.name() == "q").await => 1,
            Some(ref x) if after(1, x.name() == "in cell").await => { tick(1).await; x.touch(); 2 }
            _ => 3,
        };
        r
    }
}

differential! {
    fn what_a_cell_lends_is_changed_in_the_arm() -> u32 {
        let v = std::cell::RefCell::new(Some(noisy("in cell")));
        match *v.borrow_mut() {
            Some(ref mut x) if after(1, x.name() == "in cell").await => { tick(1).await; x.rename("other"); 2 }
            _ => 3,
        };
        let name = v.borrow().as_ref().map_or("none", |x| x.name());
        tick(1).await;
        name.len() as u32
    }
}

differential! {
    fn a_guard_binds_what_its_arm_changes() -> u32 {
        let mut x = Some(3u32);
        let r = match &mut x {
            Some(n) if after(1, *n > 5).await => *n,
            Some(n) if let m = *n + 1 && after(1, m == 4).await => { *n += m; tick(1).await; *n }
            _ => 0,
        };
        r + x.unwrap_or(0)
    }
}

differential! {
    fn large_copies_are_seen_behind_a_reference() -> u64 {
        let big = (1u128, [5u64; 20], 7u8);
        match &big {
            &(a, arr, c) if { tick(1).await; a == 1 && arr[3] == 5 && c == 8 } => 1,
            &(a, arr, c) if { tick(1).await; a == 1 && arr[3] == 5 && c == 7 } => { tick(1).await; arr[4] + a as u64 }
            _ => 0,
        }
    }
}

differential! {
    fn a_closure_is_seen_and_called() -> usize {
        let f = Some(|x: usize| x + 1);
        match f {
            Some(f) if after(1, f(1)).await == 3 => 0,
            Some(f) if f(after(1, 2).await) == 3 => { tick(1).await; f(10) }
            _ => 1,
        }
    }
}

differential! {
    fn a_guard_breaks_out_of_a_block() -> u32 {
        let mut n = 0;
        let x = (noisy("a"), 1u32);
        let r = 'l: { match x {
            (a, m) if { n += 1; if after(1, n == 5).await { break 'l 9 } false } => m,
            (a, m) if after(1, true).await && { n += m; n == 2 } => { drop(a); tick(1).await; m + n }
            _ => 0,
        } };
        r
    }
}

differential! {
    fn guards_of_a_state_machine() -> u32 {
        let s = String::from("hello");
        let mut i = 0;
        loop {
            match (i, s.as_str()) {
                (0, t) if after(1, t.len()).await == 5 => { i += 1; }
                (k @ 1..=2, t) if let Some(c) = t.chars().nth(after(1, k as usize).await) && c == 'e' => { tick(1).await; i += 1 }
                (k, _) if k > 1 => break k,
                _ => return 77,
            }
        }
    }
}
