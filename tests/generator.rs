//! Generators: a function that yields is a suspended function like any other.

use costate::{Generator, Resumed};
use costate_tests::log;
use costate_tests::props::{noisy, tick};
use std::pin::{Pin, pin};

/// The counter with which every introduction to coroutines begins.
#[costate::coroutine(yield = u32)]
fn counter(limit: u32) -> &'static str {
    let mut n = 0;
    while n < limit {
        n += 1;
        yield_!(n);
    }
    "done"
}

/// Goes through a generator that it holds, in two loops, and suspends between its numbers.
#[costate::coroutine]
fn summed(limit: u32) -> u32 {
    let mut numbers = Box::pin(counter(limit));
    let (mut sum, list) = (0, vec![10, 20]);
    let mut more = Some(noisy("more"));
    for n in numbers.as_mut().iter() {
        sum += n;
        tick(1).await;
        if n == 2 {
            break;
        }
    }
    for n in numbers.as_mut().iter().chain(list.iter().copied()) {
        sum += n;
        tick(1).await;
    }
    for n in more.as_mut().iter() {
        tick(1).await;
        n.touch();
    }
    sum
}

#[test]
fn a_coroutine_goes_through_a_generator_that_it_pins() {
    assert_eq!(costate::block_on(summed(4)), 1 + 2 + 3 + 4 + 30);
}

/// Resumes to the end and gives what was yielded, and what was returned.
fn collect<G: Generator>(mut generator: Pin<&mut G>) -> (Vec<G::Yield>, G::Return) {
    let mut yielded = vec![];
    loop {
        match generator.as_mut().resume() {
            Resumed::Yielded(value) => yielded.push(value),
            Resumed::Complete(value) => return (yielded, value),
        }
    }
}

#[test]
fn a_counter_is_resumed_step_by_step() {
    let mut numbers = pin!(counter(2));
    assert_eq!(numbers.as_mut().resume(), Resumed::Yielded(1));
    assert_eq!(numbers.as_mut().resume(), Resumed::Yielded(2));
    assert_eq!(numbers.as_mut().resume(), Resumed::Complete("done"));
}

#[test]
fn a_counter_is_an_iterator_through_its_pin() {
    let mut numbers = pin!(counter(4));
    let squares: Vec<u32> = numbers.as_mut().iter().map(|n| n * n).collect();
    assert_eq!(squares, [1, 4, 9, 16]);
}

#[test]
fn an_iterator_goes_on_where_the_last_one_stopped() {
    let mut numbers = pin!(counter(5));
    let first: Vec<u32> = numbers.as_mut().iter().take(2).collect();
    let rest: Vec<u32> = numbers.as_mut().iter().collect();
    assert_eq!((first, rest), (vec![1, 2], vec![3, 4, 5]));
}

#[test]
fn nothing_runs_before_the_first_resume() {
    #[costate::coroutine(yield = u32)]
    fn speak() {
        log::say("started");
        yield_!(1);
        log::say("ended");
    }
    log::reset();
    let mut machine = pin!(speak());
    assert!(log::take().is_empty());
    assert_eq!(machine.as_mut().resume(), Resumed::Yielded(1));
    assert_eq!(log::take(), ["started"]);
    assert_eq!(machine.as_mut().resume(), Resumed::Complete(()));
    assert_eq!(log::take(), ["ended"]);
}

/// What an unpinned iterator would do wrongly: the words borrow from the text beside them.
#[costate::coroutine(yield = usize)]
fn lengths(text: String) -> usize {
    let words = text.split(' ');
    let mut count = 0;
    for word in words {
        yield_!(word.len());
        count += 1;
    }
    count
}

#[test]
fn a_borrow_of_a_local_lives_across_a_yield() {
    let machine = pin!(lengths("one three fifteen".to_owned()));
    assert_eq!(collect(machine), (vec![3, 5, 7], 3));
}

#[costate::coroutine(yield = &'a T)]
fn visit<'a, T: Ord>(items: &'a [T], least: &'a T) -> usize {
    let mut skipped = 0;
    for item in items {
        if item < least {
            skipped += 1;
            continue;
        }
        yield_!(item);
    }
    skipped
}

#[test]
fn a_generic_generator_yields_what_it_borrowed() {
    let items = vec!["d".to_owned(), "a".to_owned(), "c".to_owned()];
    let least = "b".to_owned();
    let (seen, skipped) = collect(pin!(visit(&items, &least)));
    assert_eq!(seen, ["d", "c"]);
    assert_eq!(skipped, 1);
}

#[costate::coroutine(yield = &'static str)]
fn noisy_steps() -> &'static str {
    let _first = noisy("first");
    yield_!("one");
    {
        let inner = noisy("inner");
        yield_!(inner.name());
    }
    let last = noisy("last");
    yield_!("three");
    last.into_name()
}

#[test]
fn a_generator_dropped_in_the_middle_drops_what_it_holds() {
    let expected: [&[&str]; 5] = [
        &[],
        &["make first", "drop first"],
        &["make first", "make inner", "drop inner", "drop first"],
        &[
            "make first",
            "make inner",
            "drop inner",
            "make last",
            "drop last",
            "drop first",
        ],
        &[
            "make first",
            "make inner",
            "drop inner",
            "make last",
            "consume last",
            "drop last",
            "drop first",
        ],
    ];
    for (resumes, expected) in expected.iter().enumerate() {
        log::reset();
        let mut machine = Box::pin(noisy_steps());
        for _ in 0..resumes {
            let _ = machine.as_mut().resume();
        }
        drop(machine);
        assert_eq!(log::take(), *expected, "after {resumes} resumes");
        assert_eq!(log::alive(), 0);
    }
}

#[test]
fn a_yielded_value_is_moved_out() {
    #[costate::coroutine(yield = String)]
    fn words() {
        let held = String::from("first");
        yield_!(held);
        for n in 0..2 {
            let word = format!("word {n}");
            yield_!(word);
        }
    }
    let (seen, ()) = collect(pin!(words()));
    assert_eq!(seen, ["first", "word 0", "word 1"]);
}

#[test]
fn a_generator_leaves_by_a_question_mark() {
    #[costate::coroutine(yield = u32)]
    fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
        let mut sum = 0;
        for word in text.split(',') {
            let n = word.parse()?;
            sum += n;
            yield_!(n);
        }
        Ok(sum)
    }
    assert_eq!(collect(pin!(parse("1,2,3"))), (vec![1, 2, 3], Ok(6)));
    let (seen, result) = collect(pin!(parse("1,x,3")));
    assert_eq!(seen, [1]);
    assert!(result.is_err());
}

struct Tree {
    left: Option<Box<Tree>>,
    value: u32,
    right: Option<Box<Tree>>,
}

impl Tree {
    fn new(value: u32) -> Option<Box<Tree>> {
        Some(Box::new(Tree {
            left: None,
            value,
            right: None,
        }))
    }

    #[costate::coroutine(yield = u32)]
    fn values(&self) {
        let mut path = vec![];
        let mut next = Some(self);
        loop {
            while let Some(tree) = next {
                path.push(tree);
                next = tree.left.as_deref();
            }
            let Some(tree) = path.pop() else {
                break;
            };
            yield_!(tree.value);
            next = tree.right.as_deref();
        }
    }
}

#[test]
fn a_method_walks_a_tree_in_order() {
    let tree = Tree {
        left: Tree::new(1),
        value: 2,
        right: Tree::new(3),
    };
    assert_eq!(collect(pin!(tree.values())), (vec![1, 2, 3], ()));
}

#[test]
fn an_ended_generator_refuses_to_be_resumed() {
    let mut numbers = Box::pin(counter(0));
    assert_eq!(numbers.as_mut().resume(), Resumed::Complete("done"));
    let again = std::panic::AssertUnwindSafe(|| numbers.as_mut().resume());
    assert!(std::panic::catch_unwind(again).is_err());
}

#[test]
fn a_function_yields_among_its_operands() {
    #[costate::coroutine(yield = u32)]
    fn operands() -> u32 {
        let first = noisy("first");
        let all = [
            1,
            {
                yield_!(1);
                2
            },
            if first.name() == "first" {
                yield_!(2);
                3
            } else {
                4
            },
        ];
        let ((), n) = (yield_!(3), all[1] + all[2]);
        drop((noisy("operand"), yield_!(n)));
        n * 10
            + u32::from(
                all.len() == {
                    yield_!(4);
                    3
                },
            )
    }
    log::reset();
    let (yielded, returned) = collect(pin!(operands()));
    assert_eq!((yielded, returned), (vec![1, 2, 3, 5, 4], 51));
    assert_eq!(
        log::take(),
        ["make first", "make operand", "drop operand", "drop first"]
    );

    let mut dropped = Box::pin(operands());
    for _ in 0..4 {
        let _ = dropped.as_mut().resume();
    }
    drop(dropped);
    assert_eq!(
        log::take(),
        ["make first", "make operand", "drop operand", "drop first"]
    );
}

#[costate::coroutine(yield = u32)]
fn below(end: u32) {
    for n in 0..end {
        yield_!(n);
    }
}

/// Yields what others do, and so on.
#[costate::coroutine(yield = u32)]
fn twice(end: u32) {
    let mut inner = Box::pin(below(end));
    for n in Generator::iter(inner.as_mut()) {
        yield_!(2 * n);
    }
    let mut again = Box::pin(below(1));
    while let Some(n) = Generator::iter(again.as_mut()).next() {
        yield_!(n + 7);
    }
}

#[costate::coroutine]
fn sum(end: u32) -> u32 {
    let mut sum = 0;
    let mut numbers = Box::pin(twice(end));
    for n in Generator::iter(numbers.as_mut()) {
        std::future::ready(()).await;
        sum += n;
    }
    sum
}

#[test]
fn others_take_what_a_generator_yields() {
    assert_eq!(costate::block_on(sum(3)), 2 + 4 + 7);
}
