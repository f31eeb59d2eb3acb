//! Held locals in every place of an ordinary expression: by value, by reference, as a receiver, as
//! a place that is written.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::fmt::Write;
use std::sync::Mutex;

differential! {
    fn numbers_are_computed_with() -> i64 {
        let mut n = 5_i64;
        let m = after(1, 7_i64).await;
        n += m * 2;
        n -= -m;
        n = n << 1 | (m & 3) ^ !n;
        tick(1).await;
        n %= 1000;
        let wide = n as f64 / m as f64;
        tick(1).await;
        if n > m && n != 0 || m == n { n - wide as i64 } else { -n }
    }
}

differential! {
    fn places_are_written_through_every_projection() -> (Vec<i32>, [u8; 3], i32) {
        let mut list = vec![1, 2, 3];
        let mut array = [0_u8; 3];
        let mut nested = ((1, 2), Box::new(3));
        let index = after(1, 1_usize).await;
        list[index] += 10;
        array[index + 1] = 9;
        nested.0.1 *= 5;
        *nested.1 += 100;
        tick(1).await;
        list[index..].reverse();
        list.swap(0, 2);
        let reference = &mut nested.1;
        **reference -= 1;
        tick(1).await;
        (list, array, nested.0.1 + *nested.1)
    }
}

differential! {
    fn aggregates_are_built_of_held_locals() -> (&'static str, usize) {
        struct Both {
            left: Noisy,
            count: usize,
        }
        let left = noisy("left");
        let right = noisy("right");
        let count = after(1, 2_usize).await;
        let both = Both { left, count };
        let array = [right];
        let tuple = (both, array);
        tick(1).await;
        let Both { left, count } = tuple.0;
        tick(1).await;
        (left.name(), count + tuple.1.len())
    }
}

differential! {
    fn held_values_are_compared_in_place() -> u32 {
        let a = String::from("a");
        let b = String::from("b");
        tick(1).await;
        let mut score = 0;
        if a == b {
            score += 1;
        }
        if a < b {
            score += 10;
        }
        tick(1).await;
        if a != *"a" || (&a, &b) > (&b, &a) {
            score += 100;
        }
        score + a.len() as u32 + b.len() as u32
    }
}

differential! {
    fn a_left_operand_is_consumed() -> String {
        let text = String::from("left");
        let right = after(1, String::from("right")).await;
        let joined = text + "-" + &right;
        tick(1).await;
        joined + &right
    }
}

differential! {
    fn methods_by_value_consume_their_last_mention() -> Vec<String> {
        let option = Some(noisy("option"));
        let list = vec![String::from("x"), String::from("y")];
        let result: Result<u32, String> = Ok(3);
        let text = Box::new(String::from("boxed"));
        tick(1).await;
        let name = option.map(Noisy::into_name).unwrap_or_default();
        tick(1).await;
        let n = result.unwrap_or(0);
        tick(1).await;
        let mut lines: Vec<String> = list.into_iter().rev().collect();
        lines.push(text.into_boxed_str().into_string());
        lines.push(name.to_owned());
        tick(n).await;
        lines
    }
}

differential! {
    fn methods_by_reference_leave_their_receiver() -> (usize, String) {
        let mut text = String::from("held");
        let list = vec![3, 1, 2];
        let copy = 5_u32;
        tick(1).await;
        text.push('!');
        let upper = text.to_uppercase();
        let sorted = list.iter().max().copied();
        let power = copy.pow(2);
        tick(1).await;
        (list.len() + sorted.unwrap_or(0), format!("{upper}{text}{power}{}", copy.count_ones()))
    }
}

differential! {
    fn a_builder_consumes_and_refills_its_local() -> Vec<&'static str> {
        struct Builder(Vec<&'static str>, Noisy);
        impl Builder {
            fn with(mut self, word: &'static str) -> Self {
                say(word);
                self.0.push(word);
                self
            }
            fn build(self) -> Vec<&'static str> {
                self.0
            }
        }
        let mut builder = Builder(vec![], noisy("builder"));
        tick(1).await;
        builder = builder.with("one");
        tick(1).await;
        for word in ["two", "three"] {
            builder = builder.with(word);
            tick(1).await;
        }
        builder.with("four").build()
    }
}

differential! {
    fn a_method_of_a_trait_consumes_a_held_local() -> usize {
        trait Weigh {
            fn weigh(self) -> usize;
            fn peek(&self) -> usize;
        }
        impl Weigh for Noisy {
            fn weigh(self) -> usize {
                say("weigh");
                self.name().len()
            }
            fn peek(&self) -> usize {
                1
            }
        }
        let value = noisy("value");
        let other = noisy("other");
        tick(1).await;
        let n = value.peek();
        let m = value.weigh();
        tick(1).await;
        n + m + other.weigh()
    }
}

differential! {
    fn a_lock_is_held_across_a_suspension() -> u32 {
        let lock = Mutex::new(1);
        let mut guard = lock.lock().unwrap();
        *guard += 1;
        tick(1).await;
        *guard += 10;
        say(lock.try_lock().is_err());
        drop(guard);
        tick(1).await;
        lock.into_inner().unwrap()
    }
}

differential! {
    fn formatting_writes_into_a_held_string() -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        let who = noisy("who");
        let width = 6;
        tick(1).await;
        write!(text, "{:>width$}|{who:?}", who.name())?;
        tick(1).await;
        writeln!(text, "{0:<1$}", width, 3)?;
        let inside = format!("{text:?}{width:#x}{{width}}");
        tick(1).await;
        Ok(inside)
    }
}

differential! {
    fn ranges_casts_and_slices_are_held() -> Vec<u8> {
        let range = 1..3;
        let bytes = b"abcdef";
        tick(1).await;
        let part = &bytes[range.clone()];
        let rest = &bytes[range.end..];
        tick(1).await;
        let mut out = part.to_vec();
        out.extend_from_slice(rest);
        for index in range {
            out[index] = index as u8;
            tick(1).await;
        }
        out
    }
}

differential! {
    fn a_let_chain_binds_and_tests() -> u32 {
        let first = Some(3);
        let second = after(1, Some("word")).await;
        if let Some(n) = first
            && n > 2
            && let Some(word) = second
        {
            tick(n).await;
            n + word.len() as u32
        } else {
            tick(1).await;
            0
        }
    }
}

differential! {
    fn blocks_and_branches_are_operands_where_nothing_suspends() -> i32 {
        let n = after(1, 3).await;
        let sum = { n + 1 } * if n > 2 { 10 } else { 1 } + match n {
            3 => 100,
            _ => 0,
        };
        tick(1).await;
        let inner = loop {
            if n > 0 {
                break sum;
            }
        };
        inner + { let n = 5; n } + n
    }
}

differential! {
    fn values_move_through_nested_calls() -> &'static str {
        fn id<T>(value: T) -> T {
            value
        }
        fn both(a: Noisy, b: Noisy) -> Noisy {
            say("both");
            drop(a);
            b
        }
        let a = noisy("a");
        let b = noisy("b");
        tick(1).await;
        let kept = id(both(id(a), Some(b).unwrap()));
        tick(1).await;
        id(kept).into_name()
    }
}

differential! {
    /// In parentheses, without which the block would be a statement of its own.
    fn operators_after_blocks_give_the_result() -> usize {
        let n = after(0, 7_usize).await;
        let held = noisy("held");
        tick(1).await;
        if n > 9 {
            return ({ say("block"); n } % 5 + 1);
        }
        if n > 8 {
            return after(1, n).await;
        }
        held.touch();
        ('label: {
            if n > 20 {
                break 'label n;
            }
            say("labelled");
            n
        } % 9 + (if n > 3 { say("if"); n } else { 1 } as u8 as usize) + [1, 2, 3][2])
    }
}
