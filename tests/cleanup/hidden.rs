//! Ways out and clean-up that the text doesn't show at once: in `bail!` and `ensure!`, under a `cfg`, of a function that never
//! returns.

use super::{cancel_after, run};
use costate_tests::log::say;
use costate_tests::props::{after, noisy, tick};

macro_rules! bail {
    ($($message:tt)*) => {
        return Err(format!($($message)*).into())
    };
}

macro_rules! ensure {
    ($condition:expr, $($message:tt)*) => {
        if !$condition {
            bail!($($message)*)
        }
    };
}

#[costate::coroutine]
fn bails(way: u32) -> Result<u32, Box<dyn std::error::Error>> {
    let first = noisy("first");
    defer! { say("outer"); tick(1).await; }
    let second = noisy("second");
    defer! { say("inner"); }
    ensure!(
        way != 1 && after(1, "5").await.parse::<u32>()? == 5,
        "{way} {}",
        second.name()
    );
    if way == 2 {
        bail!("{way} of {}", second.name());
    }
    let check = |n: u32| -> Result<u32, String> {
        ensure!(n != 3, "{n}");
        Ok(n)
    };
    let n = match check(way)? {
        4 => bail!("four"),
        n => n,
    };
    Ok(n)
}

#[test]
fn bail_and_ensure_leave_through_clean_up() {
    let outputs = [
        Ok(0),
        Err("1 second"),
        Err("2 of second"),
        Err("3"),
        Err("four"),
    ];
    for (way, expected) in (0..).zip(outputs) {
        let (output, said) = run(bails(way));
        let output = output.map_err(|error| error.to_string());
        assert_eq!(output, expected.map_err(str::to_owned));
        let said = said.trim_start_matches("| ");
        assert_eq!(said, "inner, drop second, outer | drop first", "way {way}");
    }
}

#[costate::coroutine]
fn bails_without_suspensions(fail: bool) -> Result<u32, String> {
    defer! { say("clean up"); }
    if fail {
        bail!("failed");
    }
    Ok(1)
}

#[test]
fn bail_does_so_where_nothing_suspends() {
    assert_eq!(
        run(bails_without_suspensions(true)),
        (Err("failed".into()), "clean up".into())
    );
    assert_eq!(
        run(bails_without_suspensions(false)),
        (Ok(1), "clean up".into())
    );
}

#[costate::coroutine]
fn configured() -> u32 {
    let n = 3;
    #[cfg(not(all()))]
    defer! { say("switched off"); }
    defer! {
        #[cfg(not(all()))]
        not_there().await;
        #[cfg(not(all()))]
        let n = "switched off";
        #[cfg(all())]
        tick(1).await;
        say(n);
    }
    tick(1).await;
    n
}

#[test]
fn cfg_decides_what_clean_up_is() {
    assert_eq!(run(configured()), (3, "| | 3".into()));
}

// Clippy wonders at what keeps a value that there never is.
#[allow(clippy::diverging_sub_expression)]
#[costate::coroutine]
fn never_returns() -> ! {
    let held = noisy("held");
    defer! { say("clean up"); tick(1).await; }
    loop {
        tick(1).await;
    }
}

#[test]
fn a_function_that_never_returns_cleans_up_when_it_is_cancelled() {
    assert_eq!(cancel_after(1, never_returns()), "clean up | drop held");
}
