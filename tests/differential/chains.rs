//! Conditions in parts: `&&` and `||` that suspend, and chains of `let`.

use costate_tests::differential;
use costate_tests::props::*;

fn yes(n: &Noisy) -> bool {
    n.touch();
    true
}

fn no(n: &Noisy) -> bool {
    n.touch();
    false
}

fn inner(n: &Noisy) -> Option<u32> {
    n.touch();
    Some(4)
}

fn borrowed(n: &Noisy) -> Option<&Noisy> {
    Some(n)
}

differential! {
    fn every_link_suspends() -> u32 {
        if let Some(a) = after(1, Some(noisy("a"))).await
            && after(1, a.name() == "a").await
            && let Ok(b) = after(1, Ok::<_, ()>(noisy("b"))).await
        {
            tick(1).await;
            a.touch();
            b.touch();
            1
        } else {
            tick(1).await;
            2
        }
    }
}

differential! {
    fn a_link_fails_after_others_have_bound() -> u32 {
        let n = if let Some(a) = after(1, Some(noisy("a"))).await
            && let Some(b) = Some(noisy("b"))
            && after(1, false).await
            && let Some(c) = after(1, Some(noisy("c"))).await
        {
            1
        } else if let Some(d) = after(1, Some(noisy("d"))).await
            && let Some(e) = after(1, None::<u32>).await
        {
            2
        } else {
            tick(1).await;
            3
        };
        tick(1).await;
        n
    }
}

differential! {
    fn temporaries_of_a_let_live_to_the_end_of_the_body() -> u32 {
        if let Some(n) = inner(&noisy("temporary"))
            && after(1, n == 4).await
            && yes(&noisy("short"))
            && let Some(m) = inner(&noisy("other"))
        {
            tick(1).await;
            n + m
        } else {
            0
        }
    }
}

differential! {
    fn temporaries_of_a_let_end_before_else() -> u32 {
        if let Some(n) = inner(&noisy("temporary"))
            && let Some(m) = borrowed(&noisy("other"))
            && after(1, n == 5).await
        {
            m.touch();
            n
        } else {
            let _in_else = noisy("else");
            tick(1).await;
            0
        }
    }
}

differential! {
    fn a_borrow_of_a_temporary_is_used_in_the_body() -> &'static str {
        if let Some(n) = borrowed(&noisy("temporary"))
            && after(1, n.name().len() == 9).await
            && let Some(again) = borrowed(n)
        {
            tick(1).await;
            again.touch();
            n.name()
        } else {
            "none"
        }
    }
}

differential! {
    fn or_is_lazy_in_a_condition() -> Vec<u32> {
        let mut out = vec![];
        for k in 0..4_u32 {
            if after(1, k == 1).await || yes(&noisy("second")) && after(1, k == 2).await {
                tick(1).await;
                out.push(k);
            } else {
                out.push(10 + k);
            }
        }
        out
    }
}

differential! {
    fn parentheses_group_a_condition() -> Vec<u32> {
        let mut out = vec![];
        for k in 0..6_u32 {
            if (k == 1 || after(1, k == 2).await) && (after(1, k != 1).await || no(&noisy("no")) || k > 4)
                && let Some(m) = after(1, Some(k)).await
            {
                out.push(m);
            } else if !(after(1, k < 4).await && after(1, k > 2).await) {
                tick(1).await;
                out.push(10 + k);
            }
        }
        out
    }
}

differential! {
    fn negation_stands_around_a_suspension() -> u32 {
        let x = noisy("x");
        if !after(1, x.name() == "y").await && !(no(&noisy("n")) || after(1, false).await) {
            x.touch();
            tick(1).await;
            1
        } else {
            2
        }
    }
}

differential! {
    fn a_while_has_a_chain() -> Vec<&'static str> {
        let mut queue = vec![Some(noisy("c")), Some(noisy("b")), Some(noisy("a"))];
        let mut out = vec![];
        while let Some(next) = after(1, queue.pop()).await
            && let Some(value) = next
            && after(1, value.name() != "c").await
        {
            tick(1).await;
            out.push(value.name());
        }
        out
    }
}

differential! {
    fn a_while_has_an_or() -> u32 {
        let mut n = 0;
        while after(1, n < 2).await || after(1, n == 5 || n == 2).await {
            n += 1;
            if n == 2 { continue; }
            tick(1).await;
        }
        n
    }
}

differential! {
    fn a_while_chain_breaks_and_continues() -> u32 {
        let mut n = 0_u32;
        let found = 'all: {
            while let Some(k) = after(1, Some(noisy("k"))).await
                && let m = n + 1
                && after(1, m < 6).await
            {
                n = m;
                if n == 1 { continue; }
                tick(1).await;
                if n == 4 { k.touch(); break 'all n; }
            }
            0
        };
        found
    }
}

differential! {
    fn a_chain_binds_by_reference_and_by_value() -> u32 {
        let pair = (Some(noisy("left")), Some(noisy("right")));
        if let Some(left) = &pair.0
            && after(1, left.name() == "left").await
            && let (_, Some(ref right)) = pair
            && after(1, right.name() == "right").await
        {
            left.touch();
            tick(1).await;
            right.touch();
            1
        } else {
            0
        }
    }
}

differential! {
    fn a_chain_takes_a_local_apart() -> u32 {
        let value = Some((noisy("a"), Some(noisy("b"))));
        if after(1, true).await
            && let Some((a, inside)) = value
            && let Some(b) = inside
            && after(1, true).await
        {
            tick(1).await;
            drop(a);
            b.touch();
            1
        } else {
            0
        }
    }
}

differential! {
    fn a_chain_shadows() -> u32 {
        let x = Some(Some(3_u32));
        if let Some(x) = x && after(1, true).await && let Some(x) = x && after(1, x == 3).await && let x = x + 1 {
            tick(1).await;
            x
        } else {
            x.flatten().unwrap_or(0)
        }
    }
}

differential! {
    fn a_question_mark_and_a_return_stand_in_a_chain() -> Option<u32> {
        let held = noisy("held");
        if let Some(a) = after(1, Some(noisy("a"))).await
            && let b = after(1, Some(2_u32)).await?
            && let Some(c) = (if after(1, b == 2).await { Some(1_u32) } else { return Some(9) })
        {
            tick(1).await;
            let d = after(1, None::<u32>).await?;
            return Some(d + c);
        }
        Some(0)
    }
}

differential! {
    fn a_chain_without_suspensions_has_a_body_that_suspends() -> u32 {
        let list = vec![noisy("a"), noisy("b")];
        let mut n = 0;
        if let [first, rest @ ..] = list.as_slice()
            && first.name() == "a"
            && let Some(last) = rest.last()
        {
            tick(1).await;
            first.touch();
            last.touch();
            n += 1;
        }
        n
    }
}

differential! {
    fn a_chain_is_an_operand_of_let() -> u32 {
        let n = if let Some(a) = after(1, Some(1_u32)).await && a > 0 { a } else { 7 };
        let m = if after(1, n == 1).await && let Some(b) = Some(noisy("b")) { b.name().len() as u32 } else { 0 };
        tick(1).await;
        n + m
    }
}

differential! {
    fn an_if_let_without_else_ends_its_temporaries() -> u32 {
        let mut n = 0;
        if let Some(m) = inner(&noisy("temporary")) && after(1, m == 4).await {
            n = m;
            tick(1).await;
        }
        tick(1).await;
        if let Some(m) = inner(&noisy("temporary")) && after(1, m == 5).await {
            n = 0;
        }
        n
    }
}

differential! {
    fn a_match_arm_has_a_chain() -> u32 {
        match after(1, Some(2_u32)).await {
            Some(n) => if let Some(m) = after(1, Some(n)).await && after(1, m == 2).await { m } else { 0 },
            None => 9,
        }
    }
}

differential! {
    fn conditions_of_blocks() -> u32 {
        let x = noisy("x");
        if { let y = noisy("y"); tick(1).await; y.name() != x.name() } && { tick(1).await; true } {
            tick(1).await;
            1
        } else {
            2
        }
    }
}

differential! {
    fn a_condition_that_is_a_match_or_an_if() -> u32 {
        let x = Some(3_u32);
        if match x { Some(n) => after(1, n == 3).await, None => false }
            && if after(1, true).await { true } else { false }
        {
            tick(1).await;
            1
        } else {
            2
        }
    }
}

differential! {
    fn a_lock_in_a_chain_is_held_through_the_body() -> u32 {
        let m = std::sync::Mutex::new(vec![noisy("a")]);
        if let Some(x) = m.lock().unwrap().first() && x.greeted().await == "a" && let n = after(1, 2).await {
            x.touch();
            n
        } else { 0 }
    }
}

differential! {
    fn links_compare_what_they_await() -> u32 {
        let mut it = vec![1u32, 2, 3].into_iter();
        let mut sum = 0;
        while let Some(n) = it.next() && after(1, n).await < 3 && let Some(k) = after(1, Some(n)).await {
            sum += k + after(1, 1).await;
        }
        sum
    }
}
