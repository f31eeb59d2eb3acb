//! Arms whose alternatives bind by value in different places of a held value.

use costate_tests::differential;
use costate_tests::props::*;

differential! {
    fn alternatives_bind_in_different_places() -> usize {
        let mut n = 0;
        for k in 0..2 {
            let p = (if k == 0 { Some(noisy("a")) } else { None }, noisy("b"));
            tick(1).await;
            n += match p { (Some(x), _) | (None, x) => { tick(1).await; x.name().len() } };
            tick(1).await;
        }
        n
    }
}

differential! {
    fn alternatives_without_a_suspension_between() -> usize {
        let p = (1, (noisy("a"), noisy("bb")));
        tick(1).await;
        let x = match p { (1, (x, _)) | (_, (_, x)) => x };
        tick(1).await;
        x.name().len()
    }
}

differential! {
    fn alternatives_with_a_guard() -> usize {
        let p = (Some(noisy("a")), Some(noisy("bb")));
        tick(1).await;
        let x = match p {
            (Some(x), _) | (_, Some(x)) if x.name().len() > after(1, 1).await => { tick(1).await; Some(x) }
            _ => None,
        };
        tick(1).await;
        x.map_or(0, |x| x.name().len())
    }
}

differential! {
    fn alternatives_of_an_awaited_pair() -> usize {
        match after(1, (Some(noisy("a")), noisy("b"))).await {
            (Some(x), _) | (None, x) => { tick(1).await; x.name().len() }
        }
    }
}
