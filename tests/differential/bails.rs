//! Macros that hide a `return`, as `anyhow` has them.

use costate_tests::differential;
use costate_tests::props::*;

macro_rules! bail {
    ($text:literal $(, $($rest:tt)*)?) => { return Err(format!($text $(, $($rest)*)?).into()) };
    ($error:expr) => { return Err($error.into()) };
}

macro_rules! ensure {
    ($condition:expr, $($rest:tt)*) => { if !$condition { bail!($($rest)*) } };
}

differential! {
    fn bail_leaves_with_a_message() -> Result<u32, String> {
        let (x, w) = (3, 5);
        let name = noisy("name");
        tick(1).await;
        if x == 3 {
            bail!("x is {x:>w$} of {}", name.name());
        }
        Ok(x)
    }
}

differential! {
    fn bail_leaves_with_an_error_of_its_own() -> Result<u32, String> {
        let text = String::from("moved");
        let held = noisy("held");
        let n = match after(1, None::<u32>).await {
            Some(n) => { tick(1).await; n }
            None => bail!(text),
        };
        Ok(n)
    }
}

differential! {
    fn bail_stands_in_let_else_and_in_loops() -> Result<u32, String> {
        let mut n = 0;
        loop {
            let Some(m) = after(1, Some(n)).await else { bail!("none after {n}") };
            n = m + 1;
            let held = noisy("held");
            tick(1).await;
            if n == 3 { bail!("{n} is enough, {held:?}") }
        }
    }
}

differential! {
    fn ensure_goes_on_or_leaves() -> Result<u32, String> {
        let (x, name) = (3, noisy("name"));
        ensure!(x == 3, "never {x}");
        tick(1).await;
        ensure!(name.name() == "name", "never {}", { name.touch(); x });
        ensure!(after(1, x).await != 3, "x is {x} of {name:?}");
        Ok(x)
    }
}

differential! {
    fn bail_in_a_closure_leaves_the_closure() -> Result<u32, String> {
        let x = 3;
        tick(1).await;
        let check = |n: u32| -> Result<u32, String> { if n > 2 { bail!("{n} is more than {x}") } Ok(n) };
        tick(1).await;
        let n = check(1)?;
        tick(1).await;
        check(n + x)
    }
}
