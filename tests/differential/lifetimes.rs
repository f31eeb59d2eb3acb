//! Lifetimes of the user's that are named as the macro would name its own.

use costate_tests::differential;
use costate_tests::props::*;
use std::pin::Pin;

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

fn greet<'x>(who: &'x Noisy) -> Boxed<'x, &'static str> {
    Box::pin(who.greeted())
}

differential! {
    fn in_the_body() -> usize {
        let who = noisy("who");
        let greets: Vec<Box<dyn for<'x> Fn(&'x Noisy) -> Boxed<'x, &'static str>>> = vec![Box::new(greet)];
        let mut length = 0;
        for greet in &greets {
            length += greet(&who).await.len();
        }
        length
    }
}

differential! {
    fn in_bounds() -> usize = both(greet, greet);
    #[half::coroutine]
    fn both<F>(one: F, other: impl for<'x> Fn(&'x Noisy) -> Boxed<'x, &'static str>) -> usize
    where
        for<'frame> F: Fn(&'frame Noisy) -> Boxed<'frame, &'static str>,
    {
        let who = noisy("who");
        one(&who).await.len() + other(&who).await.len()
    }
}

struct Holder<'x>(&'x Noisy);

impl<'x> Holder<'x> {
    fn held(&self) -> &'x Noisy {
        self.0
    }
}

differential! {
    fn in_a_header_that_is_unseen() -> usize = start();
    struct Frame<'frame, 'x, T>(&'frame Noisy, Holder<'x>, T);
    impl<'frame, 'x, T: Clone> Frame<'frame, 'x, T> {
        #[half::coroutine]
        fn length<'y>(&'y self, other: &'x Noisy) -> (usize, &'y T) {
            self.0.greeted().await;
            (self.1.held().greeted().await.len() + other.name().len(), &self.2)
        }
    }
    #[half::coroutine]
    fn start() -> usize {
        let (one, two) = (noisy("one"), noisy("two"));
        let frame = Frame(&one, Holder(&two), 5u8);
        let (length, more) = frame.length(&two).await;
        length + usize::from(*more)
    }
}
