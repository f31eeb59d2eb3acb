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

differential! {
    fn an_array_of_a_copy_is_filled_before_what_follows() -> () {
        let byte: u8 = 3;
        let mut all = [byte; 4];
        let pairs: [[u32; 2]; 2] = [[byte as u32; 2]; 2];
        tick(1).await;
        all[1] = 9;
        say(format!("{all:?} {pairs:?}"));
        tick(1).await;
        all = [(all[1] + 1) as u8; 4];
        tick(1).await;
        say(format!("{all:?}"));
    }
}

differential! {
    fn an_array_with_one_element_may_move_it() -> () {
        let text = noisy("a");
        let mut one = [text; 1];
        tick(1).await;
        one = [noisy("b"); 1];
        tick(1).await;
        say(one.len());
    }
}

differential! {
    fn an_array_that_is_assigned_on_one_path() -> () {
        let byte: u8 = 3;
        let bytes: [_; 3];
        if byte > 3 {
            bytes = [7_u16; 3];
        } else {
            bytes = [-1_i8 as u16; 3];
        }
        tick(2).await;
        let _ = bytes.map(say);
    }
}

differential! {
    fn an_array_of_no_elements() -> () {
        let mut none = [0_u8; 0];
        tick(1).await;
        none = [1; 0];
        tick(1).await;
        say(none.len());
    }
}
