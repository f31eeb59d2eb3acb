//! Unknown macros that name held locals of which parts are gone.

use costate_tests::differential;
use costate_tests::props::*;

macro_rules! plus {
    ($a:expr => $b:expr) => {
        $a + $b
    };
}

macro_rules! tts {
    ($($t:tt)*) => {
        $($t)*
    };
}

macro_rules! reset {
    ($a:expr, $b:expr) => {
        $a = $b
    };
}

differential! {
    fn a_macro_reads_what_is_left() -> usize {
        let t = (noisy("a"), noisy("b"), 4usize);
        let (_, _, n) = t;
        drop(t.0);
        tick(1).await;
        let k = plus!(t.2 => n) + plus!(t.1.name().len() => 1);
        tick(1).await;
        k
    }
}

differential! {
    fn a_macro_reads_a_copy_of_what_was_copied() -> usize {
        let t = (3usize, 4usize);
        tick(1).await;
        let u = t;
        let k = tts!{ t } .0 + tts!{ u } .1;
        tick(1).await;
        k
    }
}

differential! {
    fn a_macro_assigns_what_is_there() -> usize {
        let mut a = noisy("a");
        let mut t = (noisy("t0"), noisy("t1"));
        tick(1).await;
        let k = plus!(t.1.name().len() => 1);
        drop(t.0);
        reset!(t.1, noisy("t1 again"));
        tick(1).await;
        drop(t.1);
        reset!(a, noisy("a again"));
        t.1 = noisy("third");
        tick(1).await;
        1
    }
}
