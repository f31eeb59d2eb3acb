//! The question mark, on what was awaited and anywhere else.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::ops::ControlFlow;

#[derive(Debug)]
struct Wrong(&'static str);

impl From<Noisy> for Wrong {
    fn from(cause: Noisy) -> Wrong {
        say("convert the error");
        Wrong(cause.name())
    }
}

differential! {
    fn a_good_result_goes_on() -> Result<u32, Wrong> {
        let held = noisy("held");
        let n = after(1, Ok::<u32, Noisy>(3)).await?;
        tick(1).await;
        Ok(n + 1)
    }
}

differential! {
    fn a_bad_result_drops_the_locals_and_converts_the_error() -> Result<u32, Wrong> {
        let first = noisy("first");
        let second = noisy("second");
        let n = after(1, Err::<u32, Noisy>(noisy("error"))).await?;
        let never = noisy("never");
        Ok(n)
    }
}

differential! {
    fn a_statement_may_end_with_a_question_mark() -> Result<(), Wrong> {
        let held = noisy("held");
        after(1, Ok::<Noisy, Noisy>(noisy("value"))).await?;
        after(1, Err::<Noisy, Noisy>(noisy("error"))).await?;
        Ok(())
    }
}

differential! {
    fn an_assignment_may_end_with_a_question_mark() -> Result<&'static str, Wrong> {
        let mut held = noisy("old");
        held = after(1, Ok::<Noisy, Noisy>(noisy("new"))).await?;
        tick(1).await;
        held = after(1, Err::<Noisy, Noisy>(noisy("error"))).await?;
        Ok(held.name())
    }
}

differential! {
    fn a_question_mark_stands_anywhere_without_a_suspension() -> Result<u32, String> {
        let held = noisy("held");
        tick(1).await;
        let n: u32 = "12".parse().map_err(|_| "not a number")?;
        tick(1).await;
        let m = n + "x".parse::<u32>().map_err(|error| error.to_string())?;
        Ok(m)
    }
}

differential! {
    fn an_option_leaves_with_none() -> Option<u32> {
        let held = noisy("held");
        let n = after(1, Some(1)).await?;
        let list = [n];
        let first = list.first()?;
        tick(1).await;
        let m: u32 = after(1, None).await?;
        Some(m + first)
    }
}

differential! {
    fn a_control_flow_breaks() -> ControlFlow<&'static str, u32> {
        let held = noisy("held");
        let n = after(1, ControlFlow::Continue::<&'static str, u32>(1)).await?;
        tick(n).await;
        after(1, ControlFlow::Break::<&'static str, u32>("stop")).await?;
        ControlFlow::Continue(n)
    }
}

differential! {
    fn a_question_mark_leaves_every_scope_at_once() -> Result<u32, Wrong> {
        let outer = noisy("outer");
        for n in 0..3 {
            let round = noisy("round");
            {
                let inner = noisy("inner");
                if n == 1 {
                    after(1, Err::<(), Noisy>(noisy("error"))).await?;
                }
                tick(1).await;
            }
        }
        Ok(0)
    }
}

differential! {
    fn a_trailing_result_needs_no_question_mark() -> Result<u32, Wrong> {
        let held = noisy("held");
        after(1, Err(Wrong("trailing"))).await
    }
}

differential! {
    fn errors_go_up_through_nested_coroutines() -> Result<u32, Wrong> = outer();
    #[half::coroutine]
    fn outer() -> Result<u32, Wrong> {
        let held = noisy("outer");
        let n = inner(true).await?;
        let m = inner(false).await?;
        Ok(n + m)
    }
    #[half::coroutine]
    fn inner(good: bool) -> Result<u32, Noisy> {
        let held = noisy("inner");
        tick(1).await;
        if good { Ok(1) } else { Err(noisy("error")) }
    }
}

differential! {
    fn a_boxed_error_is_made_by_the_question_mark() -> Result<u32, String> = start();
    #[half::coroutine]
    fn start() -> Result<u32, String> {
        let result = parse("12").await;
        let good = result.map_err(|error| error.to_string())?;
        let result = parse("twelve").await;
        let bad = result.map_err(|error| error.to_string())?;
        Ok(good + bad)
    }
    #[half::coroutine]
    fn parse(text: &str) -> Result<u32, Box<dyn std::error::Error>> {
        let held = noisy("held");
        tick(1).await;
        let n = text.parse::<u32>()?;
        tick(1).await;
        Ok(n)
    }
}

differential! {
    fn a_match_decides_about_an_awaited_result() -> &'static str {
        let held = noisy("held");
        match after(1, Err::<Noisy, Noisy>(noisy("error"))).await {
            Ok(value) => value.name(),
            Err(error) => {
                tick(1).await;
                error.into_name()
            }
        }
    }
}

differential! {
    fn a_returned_and_a_broken_result_may_end_with_a_question_mark() -> Result<Noisy, Wrong> {
        let held = noisy("held");
        let n = loop {
            let inner = noisy("inner");
            break after(1, Ok::<u32, Noisy>(1)).await?;
        };
        if n == 1 {
            let last = after(1, Err::<Noisy, Noisy>(noisy("error"))).await?;
            return Ok(last);
        }
        return after(1, Err(Wrong("never"))).await;
    }
}
