//! Assignments to what was moved: the old value is gone, and must not be dropped.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

differential! {
    fn a_destructuring_assignment_refills_locals_and_fields() -> usize {
        let mut both = pair("left", "right");
        let mut other = noisy("other");
        let mut moved = noisy("moved");
        tick(1).await;
        drop(both.left);
        drop(moved);
        tick(1).await;
        (both.left, [other, moved]) = (noisy("new left"), [noisy("new other"), noisy("new moved")]);
        tick(1).await;
        drop(both.right);
        (Pair { left: both.right, .. }, _) = (pair("new right", "let go"), noisy("let go as well"));
        tick(1).await;
        both.left.name().len() + other.name().len() + moved.name().len()
    }
}

differential! {
    fn what_a_destructuring_assignment_lets_go_is_dropped_by_its_end() -> usize {
        let mut first = noisy("first");
        let mut second = noisy("second");
        drop(first);
        (first, _) = after(1, (noisy("new first"), noisy("let go"))).await;
        [second, ..] = after(1, [noisy("new second"), noisy("let go too")]).await;
        tick(1).await;
        first.name().len() + second.name().len()
    }
}

differential! {
    fn a_field_of_a_box_is_one_field_with_and_without_its_star() -> () {
        let mut boxed = Box::new(pair("left", "right"));
        let mut nested = Box::new(Box::new((noisy("a"), noisy("b"))));
        tick(1).await;
        drop(boxed.left);
        drop((**nested).0);
        tick(1).await;
        (*boxed).left = noisy("new left");
        nested.0 = noisy("new a");
        tick(1).await;
        drop((*boxed).right);
        drop(nested.1);
        tick(1).await;
        *boxed = pair("third left", "third right");
        **nested = (noisy("last a"), noisy("last b"));
        tick(1).await;
        drop(*boxed);
        drop(*nested);
        tick(1).await;
    }
}

differential! {
    fn a_field_of_a_field_comes_back_with_its_field() -> () {
        let mut deep = ((noisy("0.0"), noisy("0.1")), Box::new(noisy("1")));
        tick(1).await;
        drop(deep.0.1);
        drop(*deep.1);
        tick(1).await;
        (deep.0).1 = noisy("new 0.1");
        *(deep.1) = noisy("new 1");
        tick(1).await;
        drop(deep.0.0);
        drop(*deep.1);
        tick(1).await;
        deep.0 = (noisy("third 0.0"), noisy("third 0.1"));
        deep.1 = Box::new(noisy("third 1"));
        tick(1).await;
    }
}

differential! {
    fn a_macro_refills_a_field() -> &'static str {
        macro_rules! run {
            ($e:expr) => {
                $e
            };
        }
        let mut both = pair("left", "right");
        tick(1).await;
        drop(both.left);
        tick(1).await;
        run!(both.left = noisy("new left"));
        tick(1).await;
        both.left.name()
    }
}

differential! {
    fn a_pattern_that_only_copies_leaves_a_local_that_is_assigned_in_parts() -> u32 {
        let mut mixed = (1, noisy("kept"));
        tick(1).await;
        let (number, _) = mixed;
        tick(1).await;
        drop(mixed.1);
        tick(1).await;
        mixed.1 = noisy("new");
        mixed.0 = number + 1;
        tick(1).await;
        say(mixed.1.name());
        mixed.0
    }
}
