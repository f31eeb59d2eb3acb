//! Loops: what is dropped each time round, and on the way out of several levels.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

differential! {
    fn a_loop_breaks_with_a_value() -> u32 {
        let mut n = 0;
        let found = loop {
            let inner = noisy("round");
            tick(1).await;
            n += 1;
            if n == 3 {
                break n * 2;
            }
        };
        found
    }
}

differential! {
    fn a_loop_breaks_with_an_awaited_value() -> u32 {
        let outer = noisy("outer");
        let found = loop {
            let inner = noisy("inner");
            if given("enough", true) {
                break after(2, 4).await;
            }
        };
        found
    }
}

differential! {
    fn a_while_has_an_awaited_condition() -> u32 {
        let mut left = 3_u32;
        while after(left % 2, left > 0).await {
            let inner = noisy("round");
            tick(1).await;
            left -= 1;
        }
        left
    }
}

differential! {
    fn a_while_without_an_awaited_condition_suspends_in_its_body() -> u32 {
        let mut n = 0;
        while n < 3 {
            let inner = noisy("round");
            n = after(1, n + 1).await;
        }
        n
    }
}

differential! {
    fn a_while_let_takes_from_an_awaited_queue() -> u32 {
        let mut items = queue(4);
        let mut sum = 0;
        while let Some(item) = items.pop().await {
            let inner = noisy("round");
            tick(item % 2).await;
            sum += item;
        }
        sum
    }
}

differential! {
    fn a_while_let_takes_from_a_held_stack() -> u32 {
        let mut stack = vec![noisy("bottom"), noisy("middle"), noisy("top")];
        let mut count = 0;
        while let Some(item) = stack.pop() {
            tick(1).await;
            item.touch();
            count += 1;
        }
        count
    }
}

differential! {
    fn a_for_holds_its_iterator_and_its_item() -> u32 {
        let mut sum = 0;
        for item in vec![noisy("a"), noisy("b"), noisy("c")] {
            tick(1).await;
            sum += item.name().len() as u32;
        }
        sum
    }
}

differential! {
    fn a_for_goes_over_a_borrowed_collection() -> usize {
        let list = vec![noisy("a"), noisy("b")];
        let mut length = 0;
        for item in &list {
            tick(1).await;
            item.touch();
            length += item.name().len();
        }
        length + list.len()
    }
}

differential! {
    fn a_for_changes_a_borrowed_collection() -> Vec<u32> {
        let mut list = vec![1, 2, 3];
        for item in list.iter_mut() {
            *item = after(1, *item * 10).await;
        }
        list
    }
}

differential! {
    fn a_for_takes_a_pattern_and_an_iterator_chain() -> u32 {
        let words = ["zero", "one", "two", "three"];
        let mut sum = 0;
        for (index, word) in words.iter().enumerate().filter(|(index, _)| index % 2 == 1) {
            tick(1).await;
            sum += index as u32 * word.len() as u32;
        }
        sum
    }
}

differential! {
    fn a_for_left_early_drops_the_items_that_are_left() -> u32 {
        let outer = noisy("outer");
        for (index, item) in [noisy("a"), noisy("b"), noisy("c")].into_iter().enumerate() {
            tick(1).await;
            if index == 1 {
                break;
            }
            item.touch();
        }
        outer.touch();
        0
    }
}

differential! {
    fn a_continue_drops_what_the_round_held() -> u32 {
        let mut kept = 0;
        for n in 0..4 {
            let inner = noisy("round");
            if after(1, n % 2 == 0).await {
                continue;
            }
            inner.touch();
            kept += n;
        }
        kept
    }
}

differential! {
    fn labels_leave_and_restart_outer_loops() -> Vec<(u32, u32)> {
        let mut seen = vec![];
        'rows: for row in 0..3 {
            let held = noisy("row");
            let mut column = 0;
            loop {
                let inner = noisy("cell");
                tick(1).await;
                seen.push((row, column));
                column += 1;
                if row == 0 && column == 2 {
                    continue 'rows;
                }
                if row == 1 {
                    break 'rows;
                }
            }
        }
        seen
    }
}

differential! {
    fn a_label_breaks_an_outer_loop_with_an_awaited_value() -> u32 {
        let found = 'outer: loop {
            let first = noisy("first");
            loop {
                let second = noisy("second");
                for n in 0..5 {
                    let third = noisy("third");
                    tick(1).await;
                    if n == 1 {
                        break 'outer after(1, n + 40).await;
                    }
                }
            }
        };
        found
    }
}

differential! {
    fn labels_of_the_same_name_are_nested_by_name() -> u32 {
        let mut count = 0;
        'here: loop {
            count += 1;
            tick(1).await;
            for _ in 0..2 {
                if count > 1 {
                    break 'here;
                }
                count += 10;
                continue 'here;
            }
        }
        'here: while count < 14 {
            count = after(1, count + 1).await;
            continue 'here;
        }
        count
    }
}

differential! {
    fn a_local_that_lives_for_the_whole_loop_is_assigned_in_it() -> &'static str {
        let mut last = noisy("first");
        for name in ["second", "third"] {
            tick(1).await;
            last = noisy(name);
        }
        say("after the loop");
        last.name()
    }
}

differential! {
    fn a_loop_that_never_runs_drops_its_iterator() -> () {
        let none: Vec<Noisy> = vec![];
        for item in none {
            tick(1).await;
            item.touch();
        }
        while after(0, false).await {
            tick(1).await;
        }
    }
}

differential! {
    fn a_loop_without_a_suspension_stands_between_two() -> u32 {
        let limit = after(1, 4).await;
        let mut sum = 0;
        for n in 0..limit {
            if n == 2 {
                continue;
            }
            sum += n;
        }
        tick(1).await;
        sum
    }
}

differential! {
    fn a_break_and_the_end_of_a_loop_lead_to_one_suspension() -> u32 {
        let mut sum = 0;
        for n in 0..3 {
            let both = (noisy("a"), noisy("b"), n);
            loop {
                tick(1).await;
                if n == 1 {
                    drop(both.1);
                    break;
                }
                let first = both.0;
                break;
            }
            tick(1).await;
            sum += n;
        }
        sum
    }
}
