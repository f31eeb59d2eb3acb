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

/// As those of other crates.
mod own {
    macro_rules! task_local {
        ($($item:tt)*) => { thread_local! { $($item)* } };
    }
    macro_rules! pin {
        ($local:ident) => {
            let mut $local = std::pin::pin!($local);
        };
    }
    pub(crate) use {pin, task_local};
}

differential! {
    fn what_a_macro_declares_is_seen_in_all_of_the_block() -> u32 {
        own::task_local! {
            /// How often it was polled to its end.
            static COUNT: std::cell::Cell<u32> = const { std::cell::Cell::new(1) };
        }
        let n = COUNT.with(|count| count.replace(1));
        tick(1).await;
        COUNT.with(|count| n + count.get())
    }
}

differential! {
    fn an_inner_async_block_pins_its_own() -> usize {
        let held = noisy("held");
        let outer = after(1, 2usize);
        own::pin!(outer);
        let block = async {
            let inner = after(1, 3usize);
            own::pin!(inner);
            inner.as_mut().await + held.name().len()
        };
        let n = block.await;
        let closure = || async move {
            let inner = after(1, 4usize);
            own::pin!(inner);
            inner.as_mut().await
        };
        n + closure().await + outer.as_mut().await
    }
}
