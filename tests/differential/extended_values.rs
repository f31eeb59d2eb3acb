//! What a `let` extends of a value that is borrowed itself: `&[&make()]`, `&(&make(), other().await)`.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

struct Lent<'a> {
    one: &'a Noisy,
    n: u32,
}

differential! {
    fn what_is_borrowed_in_a_borrowed_value_is_extended() -> usize {
        let array = &[&noisy("first"), &noisy("second")];
        let nested = &(&noisy("one"), &(&noisy("two"), 3));
        let reference = &&noisy("reference");
        let ref by_pattern = [&noisy("by pattern")];
        tick(1).await;
        array[0].touch();
        nested.1.0.touch();
        reference.touch();
        by_pattern[0].touch();
        array.len()
    }
}

differential! {
    fn what_is_borrowed_before_a_suspension_in_a_borrowed_value_is_extended() -> u32 {
        let tuple = &(&noisy("tuple"), after(1, 2).await);
        let literal = &Lent { one: &noisy("literal"), n: after(1, 3).await };
        let array = &mut [&mut noisy("array"), &mut after(1, noisy("second")).await];
        let some = &Some((&noisy("some"), after(1, 4).await));
        tick(1).await;
        tuple.0.touch();
        literal.one.touch();
        array[0].touch();
        some.as_ref().map(|some| some.0.touch());
        tuple.1 + literal.n
    }
}

differential! {
    fn branches_and_blocks_that_are_borrowed_extend_what_they_borrow() -> u32 {
        let block = &{ let own = noisy("own"); (&noisy("block"), own, after(1, 1).await) };
        let matched = &match after(1, 1).await { 1 => (&noisy("arm"), after(1, 2).await), _ => (&noisy("other"), 3) };
        let Lent { one, n } = &Lent { one: &noisy("pattern"), n: after(1, 3).await };
        tick(1).await;
        block.0.touch();
        matched.0.touch();
        one.touch();
        block.2 + matched.1 + n
    }
}

differential! {
    fn what_a_borrowed_place_is_a_part_of_is_not_extended() -> usize {
        let first = &[&noisy("array"), &after(1, noisy("second")).await][0].name().len();
        let part = &(noisy("part"), after(1, 2).await).0;
        let inside = &(&(noisy("inside"), after(1, 2).await).0, after(1, 3).await);
        tick(1).await;
        part.touch();
        inside.0.touch();
        first + inside.1 as usize
    }
}

differential! {
    fn an_arm_that_takes_a_held_local_apart_borrows_for_a_pattern() -> Noisy = start(pair("a", "b"), Some(pair("c", "d")));
    #[half::coroutine]
    fn start(one: Pair, two: Option<Pair>) -> Noisy {
        tick(1).await;
        let (x, y) = match one { Pair { left, right } => (&noisy("x"), left) };
        tick(1).await;
        let (z, ref w) = if let Some(two) = two { (&noisy("z"), two.left) } else { return y };
        tick(1).await;
        x.touch();
        z.touch();
        w.touch();
        y
    }
}

differential! {
    fn what_no_binding_takes_ends_with_its_block() -> () {
        {
            let _ = &[&after(1, pair("a", "b")).await.left];
            let _ = &after(1, noisy("c")).await;
            let _ = (&after(1, noisy("d")).await, 1);
            say("at the end of the block");
        }
        say("behind the block");
        {
            tick(1).await;
            let _ = &noisy("e");
            let (_, _) = (&noisy("f"), noisy("g"));
            let _: &Noisy = &noisy("j");
            let _ = &noisy("k").name();
            say("at the end of the block");
        }
        say("behind the block");
    }
}

#[derive(Debug)]
enum Phase {
    Idle,
    Run(Noisy),
}

differential! {
    fn a_value_without_parts_is_borrowed_to_be_changed() -> usize {
        let none = &mut None::<Noisy>;
        let (count, word) = (&mut 5usize, &mut "a");
        tick(1).await;
        *none = Some(noisy("some"));
        *count += 1;
        *word = "bc";
        tick(1).await;
        let phase = &mut Phase::Idle;
        let ref mut other = Phase::Idle;
        tick(1).await;
        *phase = Phase::Run(noisy("run"));
        std::mem::swap(phase, other);
        tick(1).await;
        let length = none.as_ref().map_or(0, |some| some.name().len());
        length + *count + word.len() + usize::from(matches!(phase, Phase::Idle))
    }
}

differential! {
    fn such_a_value_is_matched_by_a_reference() -> usize {
        let (ref mut none, ref three) = (None::<Noisy>, 3);
        tick(1).await;
        *none = Some(noisy("some"));
        let Some(ref mut never) = None::<Noisy> else {
            tick(1).await;
            return none.as_ref().map_or(*three, |some| some.name().len());
        };
        tick(1).await;
        never.touch();
        1
    }
}
