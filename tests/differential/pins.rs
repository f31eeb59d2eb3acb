//! `pin!(x);` and its kind as statements, of crates whose own declare what they pin.

use costate_tests::differential;
use costate_tests::props::*;

differential! {
    fn a_future_is_pinned_by_a_statement() -> usize {
        let f = after(2, 20usize);
        futures::pin_mut!(f);
        let n = f.as_mut().await;
        tick(1).await;
        n
    }
}

differential! {
    fn tokio_pins_a_statement() -> usize {
        let f = after(2, 20usize);
        tokio::pin!(f);
        tick(1).await;
        let n = f.await;
        tick(1).await;
        n
    }
}

differential! {
    fn tokio_pins_with_let() -> usize {
        tokio::pin! { let f = after(2, 20usize); let g = after(1, 3); }
        tick(1).await;
        let n = f.await + g.await;
        tick(1).await;
        n
    }
}

differential! {
    fn std_pins() -> usize {
        let f = after(2, 20usize);
        let mut f = std::pin::pin!(f);
        tick(1).await;
        let n = f.as_mut().await;
        tick(1).await;
        n
    }
}

differential! {
    fn pinned_in_a_closure_and_a_loop() -> usize {
        let mut n = 0;
        for k in 0..2usize {
            let f = after(1, k);
            let g = || { let x = std::pin::pin!(7usize); *x };
            tick(1).await;
            futures::pin_mut!(f);
            tick(1).await;
            n += f.as_mut().await + g();
        }
        n
    }
}

differential! {
    fn several_pins_drop_in_order() -> usize {
        let a = after(2, noisy("a"));
        let b = after(2, noisy("b"));
        let c = noisy("c");
        futures::pin_mut!(a, b);
        tick(1).await;
        let x = a.as_mut().await;
        let y = b.await;
        c.touch();
        x.name().len() + y.name().len()
    }
}

differential! {
    fn an_argument_is_pinned() -> usize = pinned(after(2, 3));
    #[half::coroutine]
    fn pinned(f: impl std::future::Future<Output = usize>) -> usize {
        futures::pin_mut!(f);
        let k = noisy("k");
        let n = futures::future::poll_fn(|cx| f.as_mut().poll(cx)).await;
        k.touch();
        n
    }
}

differential! {
    fn pinned_where_it_suspends() -> usize {
        tokio::pin! { let f = after(1, after(1, 3usize).await); }
        let k = noisy("k");
        tick(1).await;
        let n = (&mut f).await;
        k.touch();
        n
    }
}

differential! {
    fn pinned_and_not_awaited() -> usize {
        let k = noisy("k");
        let f = noisy("f");
        futures::pin_mut!(f);
        tick(1).await;
        k.touch();
        f.name().len()
    }
}

differential! {
    fn two_are_pinned_in_one_let() -> (usize, usize) {
        let who = noisy("who");
        let (mut first, mut second) = (std::pin::pin!(who.greeted()), std::pin::pin!(after(2, noisy("second"))));
        tick(1).await;
        let second = second.as_mut().await;
        let first = first.as_mut().await;
        tick(1).await;
        (first.len(), second.name().len())
    }
}
