//! Where the temporaries of tails and of `if let` end: by the rules of the crate that this is
//! compiled in. `tests/edition-2021` does so too.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

fn name_of(who: &Noisy) -> Tick<&'static str> {
    after(1, who.name())
}

differential! {
    fn a_suspended_tail_holds_its_temporaries() -> Option<&'static str> {
        let n = {
            let _local = noisy("local");
            name_of(&noisy("tail")).await
        };
        tick(1).await;
        Some(n)
    }
}

differential! {
    fn a_tail_that_is_a_suspension() -> &'static str {
        let name = {
            let _first = noisy("first");
            let _second = noisy("second");
            name_of(&noisy("tail")).await
        };
        tick(1).await;
        name
    }
}

differential! {
    fn a_tail_in_a_tail() -> &'static str {
        let name = {
            let _outer = noisy("outer");
            tick(1).await;
            {
                let _inner = noisy("inner");
                name_of(&noisy("tail")).await
            }
        };
        tick(1).await;
        name
    }
}

differential! {
    fn a_tail_in_a_tail_without_a_suspension() -> usize {
        let n = {
            let _outer = noisy("outer");
            tick(1).await;
            {
                let _inner = noisy("inner");
                tick(1).await;
                let _plain = noisy("plain");
                noisy("tail").name().len()
            }
        };
        tick(1).await;
        n
    }
}

differential! {
    fn the_tail_of_a_function() -> usize = start(noisy("argument"));
    #[half::coroutine]
    fn start(argument: Noisy) -> usize {
        let _first = noisy("first");
        tick(1).await;
        let _second = noisy("second");
        noisy("tail").name().len() + argument.name().len()
    }
}

differential! {
    fn the_suspended_tail_of_a_function() -> &'static str = start(noisy("argument"));
    #[half::coroutine]
    fn start(argument: Noisy) -> &'static str {
        let _first = noisy("first");
        tick(1).await;
        let _second = noisy("second");
        argument.touch();
        name_of(&noisy("tail")).await
    }
}

differential! {
    fn the_tail_of_a_function_without_a_value() -> () = start();
    #[half::coroutine]
    fn start() {
        let _local = noisy("local");
        tick(1).await;
        noisy("tail").touch()
    }
}

differential! {
    fn a_tail_of_a_trait_object() -> usize = start();
    #[half::coroutine]
    fn start() -> usize {
        let boxed = choose(true).await;
        boxed.touch();
        boxed.name().len()
    }
    #[half::coroutine]
    fn choose(first: bool) -> Box<Noisy> {
        let _local = noisy("local");
        tick(1).await;
        match noisy("scrutinee").name() {
            "scrutinee" if first => Box::new(noisy("one")),
            _ => Box::new(noisy("other")),
        }
    }
}

differential! {
    fn a_tail_in_a_match_scrutinee_lives_through_its_arms() -> usize {
        let n = match {
            let _local = noisy("local");
            tick(1).await;
            noisy("tail").name()
        } {
            "other" => 0,
            name => {
                tick(1).await;
                say("arm");
                name.len()
            }
        };
        say("next statement");
        n
    }
}

differential! {
    fn a_tail_that_is_awaited() -> &'static str {
        let name = {
            let local = noisy("local");
            tick(1).await;
            local.touch();
            name_of(&noisy("tail"))
        }
        .await;
        say("next statement");
        name
    }
}

differential! {
    fn the_tail_of_an_arm() -> usize {
        let n = match after(1, 2).await {
            1 => 0,
            _ => {
                let _local = noisy("local");
                tick(1).await;
                noisy("tail").name().len()
            }
        };
        tick(1).await;
        n
    }
}

differential! {
    fn the_tail_of_a_branch() -> usize {
        let n = if after(1, true).await {
            let _local = noisy("local");
            tick(1).await;
            noisy("tail").name().len()
        } else {
            0
        };
        tick(1).await;
        n
    }
}

differential! {
    fn the_tail_of_a_loop() -> usize {
        let mut n = 0;
        loop {
            let _local = noisy("local");
            tick(1).await;
            n += 1;
            if n == 2 {
                break;
            }
            noisy("tail").touch()
        }
        n
    }
}

differential! {
    fn the_tail_of_a_labelled_block() -> usize {
        let n = 'a: {
            let _outer = noisy("outer");
            if after(1, false).await {
                break 'a noisy("left").name().len();
            }
            noisy("tail").name().len()
        };
        tick(1).await;
        n
    }
}

differential! {
    fn a_break_as_a_tail() -> usize {
        let n = 'a: {
            let _outer = noisy("outer");
            tick(1).await;
            {
                let _inner = noisy("inner");
                tick(1).await;
                break 'a noisy("tail").name().len()
            }
        };
        tick(1).await;
        n
    }
}

differential! {
    #[allow(clippy::needless_return)]
    fn a_return_as_a_tail() -> &'static str = start();
    #[half::coroutine]
    fn start() -> &'static str {
        let _outer = noisy("outer");
        tick(1).await;
        return name_of(&noisy("tail")).await
    }
}

differential! {
    fn a_question_as_a_tail() -> Option<usize> = start(2);
    fn maybe(who: &Noisy, n: usize) -> Tick<Option<usize>> {
        after(1, (who.name().len() > n).then_some(n))
    }
    #[half::coroutine]
    fn start(n: usize) -> Option<usize> {
        let _outer = noisy("outer");
        let found = {
            let _inner = noisy("inner");
            maybe(&noisy("long"), n).await?
        };
        let _missed = {
            let _inner = noisy("inner");
            maybe(&noisy("short"), found + 5).await?
        };
        Some(1)
    }
}

differential! {
    fn a_suspended_scrutinee_and_an_else() -> usize {
        if let "other" = name_of(&noisy("temporary")).await {
            say("then");
            tick(1).await;
        } else {
            say("else");
            tick(1).await;
        }
        say("next statement");
        1
    }
}

differential! {
    fn what_an_if_let_does_not_match_is_dropped() -> usize {
        let n = if let Ok(()) = after(1, Err::<(), _>(noisy("unmatched"))).await {
            tick(1).await;
            0
        } else {
            say("else");
            tick(1).await;
            1
        };
        say("next statement");
        n
    }
}

differential! {
    fn an_if_let_in_an_else() -> usize {
        if let Some(_letter) = noisy("").name().chars().next() {
            tick(1).await;
        } else if let Some('b') = noisy("a").name().chars().next() {
            tick(1).await;
        } else {
            let _local = noisy("local");
            tick(1).await;
            noisy("tail").touch()
        }
        say("next statement");
        1
    }
}

differential! {
    fn an_if_let_as_a_tail() -> usize {
        let n = {
            let _local = noisy("local");
            if let Some(letter) = noisy("temporary").name().chars().next() {
                tick(1).await;
                say(letter);
                1
            } else {
                tick(1).await;
                0
            }
        };
        tick(1).await;
        n
    }
}

differential! {
    fn an_if_let_as_the_tail_of_a_function() -> () = start();
    #[half::coroutine]
    fn start() {
        let _local = noisy("local");
        if let Some(letter) = noisy("temporary").name().chars().next() {
            tick(1).await;
            say(letter);
        }
    }
}

differential! {
    fn an_if_let_without_a_suspension_as_a_tail() -> () = start();
    #[half::coroutine]
    fn start() {
        let _local = noisy("local");
        tick(1).await;
        if let Some(letter) = noisy("temporary").name().chars().next() {
            say(letter);
        }
    }
}

differential! {
    fn a_match_as_a_tail() -> usize {
        let n = {
            let _local = noisy("local");
            match after(1, Some(noisy("scrutinee"))).await {
                Some(_) => {
                    tick(1).await;
                    1
                }
                None => 0,
            }
        };
        tick(1).await;
        n
    }
}

differential! {
    fn a_while_let_with_a_break() -> usize {
        let mut n = 0;
        while let Some(letter) = noisy("temporary").name().chars().nth(n) {
            tick(1).await;
            n += 1;
            say(letter);
            if n == 2 {
                break;
            }
        }
        n
    }
}

differential! {
    fn a_for_as_a_tail() -> () = start();
    #[half::coroutine]
    fn start() {
        let _local = noisy("local");
        for letter in noisy("ab").name().chars() {
            tick(1).await;
            say(letter);
        }
    }
}

/// Adds by taking both sides, and may panic.
struct Sum(Noisy);

impl std::ops::Add<Noisy> for Sum {
    type Output = usize;

    fn add(self, other: Noisy) -> usize {
        self.0.name().len() + other.name().len()
    }
}

impl std::ops::AddAssign<Noisy> for Sum {
    fn add_assign(&mut self, other: Noisy) {
        say(other.name());
    }
}

fn whole(sum: &mut Sum) -> &mut Sum {
    sum
}

differential! {
    /// What an operator takes by value is no temporary, whatever the edition says of those.
    fn operands_of_a_tail_are_moved() -> usize {
        let n = {
            let _local = noisy("local");
            tick(1).await;
            Sum(noisy("left")) + noisy("right")
        };
        let m = {
            let _local = noisy("another");
            Sum(after(1, noisy("left")).await) + given("right", noisy("right"))
        };
        {
            let _third = noisy("third");
            tick(1).await;
            *whole(&mut Sum(noisy("changed"))) += noisy("by");
        }
        n + m
    }
}
