//! Arrays of which slice patterns move elements: what is left drops from the last to the first.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

differential! {
    fn the_first_of_an_array() -> () {
        let arr = [noisy("a"), noisy("b"), noisy("c"), noisy("d")];
        tick(1).await;
        let [a, ..] = arr;
        tick(1).await;
    }
}

differential! {
    fn two_from_the_middle_of_an_array() -> () {
        let arr = [noisy("a"), noisy("b"), noisy("c"), noisy("d"), noisy("e")];
        tick(1).await;
        let [_, b, _, d, _] = arr;
        tick(1).await;
    }
}

differential! {
    fn the_ends_of_an_array() -> () {
        let arr = [noisy("a"), noisy("b"), noisy("c"), noisy("d"), noisy("e")];
        tick(1).await;
        let [a, .., e] = arr;
        tick(1).await;
    }
}

differential! {
    fn a_slice_of_an_array() -> () {
        let arr = [noisy("a"), noisy("b"), noisy("c"), noisy("d"), noisy("e")];
        tick(1).await;
        let [_, rest @ .., _] = arr;
        tick(1).await;
        say(rest.len());
    }
}

differential! {
    fn elements_of_arrays_in_an_array() -> () {
        let arr = [[noisy("a"), noisy("b")], [noisy("c"), noisy("d")], [noisy("e"), noisy("f")]];
        tick(1).await;
        let [[_, b], .., [e, _]] = arr;
        tick(1).await;
    }
}

differential! {
    fn a_vec_in_an_array() -> () {
        let arr = [vec![noisy("a"), noisy("b")], vec![noisy("c"), noisy("d")], vec![noisy("e")]];
        tick(1).await;
        let [_, cd, _] = arr;
        tick(1).await;
    }
}

differential! {
    fn an_element_of_an_array_in_a_tuple() -> () {
        let t = (noisy("x"), [noisy("a"), noisy("b"), noisy("c")], noisy("y"));
        tick(1).await;
        let (_, [_, b, _], _) = t;
        tick(1).await;
    }
}

differential! {
    fn an_element_of_an_array_without_a_name() -> () {
        let [_, b, _] = after(1, [noisy("a"), noisy("b"), noisy("c")]).await;
        tick(1).await;
    }
}

differential! {
    fn elements_one_after_the_other() -> () {
        let arr = [noisy("a"), noisy("b"), noisy("c"), noisy("d")];
        tick(1).await;
        let [_, b, ..] = arr;
        tick(1).await;
        let [.., d] = arr;
        tick(1).await;
    }
}

differential! {
    fn an_element_on_one_path_alone() -> () {
        for n in 0..3 {
            let arr = [noisy("a"), noisy("b"), noisy("c")];
            tick(1).await;
            if n == 1 { let [_, b, _] = arr; tick(1).await; }
            tick(1).await;
        }
    }
}
