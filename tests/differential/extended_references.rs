//! Parts of what a `let` extends that are found by way of a reference: `&(&make()).field`.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

differential! {
    fn a_field_behind_a_reference_to_a_temporary() -> () {
        let a = &(&pair("a", "b")).left;
        let b = &*&noisy("c");
        let ref c = (&pair("d", "e")).left;
        let d = &mut (&mut pair("f", "g")).left;
        let Pair { left: e, .. } = &*&pair("h", "i");
        let f = Some(&(*&pair("j", "k")).left);
        tick(1).await;
        a.touch();
        b.touch();
        c.touch();
        d.rename("z");
        e.touch();
        f.map(Noisy::touch);
    }
}

differential! {
    fn a_field_behind_a_reference_before_another_part_suspends() -> () {
        let x = (&(&pair("a", "b")).left, after(1, 2).await);
        let (y, z) = (&(&pair("c", "d")).left, &*&after(1, noisy("e")).await);
        tick(1).await;
        x.0.touch();
        y.touch();
        z.touch();
    }
}

differential! {
    fn an_element_behind_a_reference_whose_index_suspends() -> () {
        let a = &(&[noisy("a"), noisy("b")])[after(1, 0).await];
        let b = &(&[noisy("c"), noisy("d")][..])[after(1, 0).await];
        let c = &(&vec![noisy("e"), noisy("f")])[after(1, 1).await];
        let d = &mut (&mut [noisy("g"), noisy("h")])[after(1, 0).await];
        let e = (&(&[noisy("i"), noisy("j")])[after(1, 0).await], after(1, 2).await);
        let f = &(*(&[noisy("k"), noisy("l")]))[after(1, 0).await];
        tick(1).await;
        a.touch();
        b.touch();
        c.touch();
        d.rename("z");
        e.0.touch();
        f.touch();
    }
}

differential! {
    fn a_reference_to_what_is_awaited_and_boxes() -> () {
        let a = &(&after(1, pair("a", "b")).await).left;
        let b = &**&Box::new(noisy("c"));
        let c = &(&Box::new(pair("d", "e"))).left;
        let d = &(&(&noisy("f"), after(1, noisy("g")).await)).1;
        let e = &(&pair("h", "i")).left.name()[..];
        tick(1).await;
        a.touch();
        b.touch();
        c.touch();
        d.touch();
        say(e);
    }
}

differential! {
    fn a_branch_borrows_a_field_behind_a_reference() -> () = start(3);
    #[half::coroutine]
    fn start(n: u32) {
        let x = if n > 2 { &(&pair("a", "b")).left } else { &*&after(1, noisy("c")).await };
        tick(1).await;
        x.touch();
        let Some(y) = Some(&(&pair("d", "e")).left) else {
            return after(1, ()).await;
        };
        y.touch();
    }
}

differential! {
    fn what_a_reference_borrows_suspends_in_its_midst() -> () = start(3);
    #[half::coroutine]
    fn start(n: u32) {
        let a = &*&[noisy("a"), noisy("b")][after(1, 0).await];
        let b = &(&[pair("c", "d"), pair("e", "f")][after(1, 0).await]).left;
        let c = &*&(if n > 2 { noisy("g") } else { after(1, noisy("h")).await });
        let d = (&(&(if n > 2 { pair("i", "j") } else { after(1, pair("k", "l")).await })).left, after(1, 3).await);
        let e = (&raw const *&(noisy("m"), after(1, noisy("n")).await).0, after(1, 3).await);
        tick(1).await;
        a.touch();
        b.touch();
        c.touch();
        d.0.touch();
        // SAFETY: a raw reference is extended as well, so what it points to is there.
        unsafe { (*e.0).touch() };
    }
}

differential! {
    fn branches_end_what_is_not_extended() -> () = start(3);
    #[half::coroutine]
    fn start(n: u32) {
        let a = (match n { 3 => &noisy("a").name(), _ => return }, after(1, noisy("y")).await);
        let b = (&{ Pair { left: noisy("b"), ..pair("l", "r") }.left }, after(1, noisy("z")).await);
        let c = (if n > 2 { &noisy("c").name() } else { return }, after(1, noisy("x")).await);
        tick(1).await;
        say(a.0);
        b.0.touch();
        say(c.0);
    }
}
differential! {
    fn a_part_of_what_borrows_another_temporary() -> usize {
        let x = &(&noisy("a"), noisy("b")).1;
        let y = &Some((noisy("c"), 1)).as_ref().unwrap().0;
        let z = (&(&noisy("d"), noisy("e")).1, &[&(&noisy("f"), noisy("g")).1]);
        say("made");
        tick(1).await;
        x.touch();
        z.0.touch();
        let n = &Some(&noisy("h")).map(|h| h.name().len());
        let m = &std::mem::size_of_val(&noisy("i"));
        tick(1).await;
        *m + n.unwrap()
    }
}
differential! {
    fn what_nobody_names_is_extended_behind_the_last_suspension() -> () {
        fn watched(n: &Noisy) -> Greeting<'_> { n.greeted() }
        {
            tick(1).await;
            let m = noisy("m");
            let _ = &watched(&m);
            let _: &dyn std::fmt::Debug = &noisy("n");
            say("end");
        }
        let _ = &noisy("o");
        let _ = &after(1, noisy("p")).await;
        let z = noisy("z");
        let _ = &z;
        drop(z);
        tick(1).await;
    }
}
differential! {
    fn a_part_of_what_borrows_another_temporary_in_a_branch() -> usize = start(2);
    #[half::coroutine]
    fn start(n: u32) -> usize {
        let x = if n == 2 { &(&noisy("a"), noisy("b")).1 } else { &(&noisy("c"), noisy("d")).1 };
        let y = match n { 3 => &(&noisy("e"), noisy("f")).1, _ => &(&noisy("g"), noisy("h")).1 };
        tick(1).await;
        x.touch();
        y.touch();
        let z = { say("in"); &(&noisy("i"), noisy("j")).1 };
        say("next");
        tick(1).await;
        z.touch();
        let (z, Some(_)) = ({ say("in"); &[&(&noisy("k"), noisy("l")).1] }, Some(after(1, 3).await)) else { return 1 };
        let z = if n == 1 { return 1 } else if n == 2 { &[(&(&noisy("m"), noisy("n")).1, 2)] } else { return 3 };
        say("next");
        tick(1).await;
        z[0].0.touch();
        z.len()
    }
}
differential! {
    fn what_branches_extend_drops_after_what_they_give() -> () = start(3);
    #[half::coroutine]
    fn start(n: u32) {
        let z = if n == 2 { after(1, None).await } else { Some((after(1, noisy("a")).await, &noisy("b"))) };
        say("next");
    }
}
