//! Macros of several statements, some of which declare a local that only the macro can name.

use costate_tests::differential;
use costate_tests::props::*;
macro_rules! guarded {
    ($n:expr) => {
        let _g = noisy($n);
    };
}

macro_rules! two {
    ($n:expr) => {
        let x = 1;
        $n.touch();
        let y = x;
    };
}

differential! {
    fn a_hidden_guard_at_the_end() -> usize {
        let a = noisy("a");
        tick(1).await;
        guarded!("g");
        a.touch();
        3
    }
}

differential! {
    fn a_hidden_guard_in_a_block() -> usize {
        let a = noisy("a");
        tick(1).await;
        {
            guarded!("g");
            two!(a);
            a.touch();
        }
        tick(1).await;
        3
    }
}

differential! {
    fn hidden_data() -> usize {
        let a = noisy("a");
        tick(1).await;
        two!(a);
        tick(1).await;
        two!(a);
        3
    }
}
