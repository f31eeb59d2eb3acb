//! What leaves its local, where, and what is left behind.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

differential! {
    fn a_local_moved_before_a_suspension_is_not_dropped_again() -> () {
        let gone = noisy("gone");
        let kept = noisy("kept");
        drop(gone);
        tick(1).await;
    }
}

differential! {
    fn a_local_moved_after_a_suspension_is_dropped_by_its_new_owner() -> () {
        let given_away = noisy("given away");
        let kept = noisy("kept");
        tick(1).await;
        drop(given_away);
        tick(1).await;
    }
}

differential! {
    fn a_local_is_moved_into_the_awaited_future() -> &'static str {
        let content = noisy("content");
        let back = after(2, content).await;
        back.name()
    }
}

differential! {
    fn a_conditional_move_is_remembered() -> u32 {
        let mut count = 0;
        for take in [true, false] {
            let maybe = noisy("maybe");
            if take {
                drop(maybe);
                tick(1).await;
                count += 1;
            }
            tick(1).await;
            say("end of round");
        }
        count
    }
}

differential! {
    fn a_move_in_one_arm_of_a_match_is_remembered() -> u32 {
        let mut sum = 0;
        for n in 0..3 {
            let maybe = noisy("maybe");
            match n {
                0 => drop(maybe),
                1 => sum += maybe.name().len(),
                _ => {
                    tick(1).await;
                    let moved = maybe;
                    tick(1).await;
                }
            }
            tick(1).await;
        }
        sum as u32
    }
}

differential! {
    fn a_moved_local_is_assigned_again() -> &'static str {
        let mut held = noisy("first");
        tick(1).await;
        drop(held);
        tick(1).await;
        held = noisy("second");
        tick(1).await;
        held.name()
    }
}

differential! {
    fn a_conditionally_moved_local_is_assigned_again() -> () {
        for moved in [false, true] {
            let mut held = noisy("first");
            tick(1).await;
            if moved {
                drop(held);
            }
            tick(1).await;
            held = noisy("second");
            tick(1).await;
        }
    }
}

differential! {
    fn a_local_is_moved_and_refilled_in_every_round() -> &'static str {
        let mut baton = noisy("start");
        for name in ["one", "two", "three"] {
            let taken = baton;
            tick(1).await;
            drop(taken);
            baton = after(1, noisy(name)).await;
        }
        baton.name()
    }
}

differential! {
    fn a_local_moved_in_a_loop_that_then_ends() -> &'static str {
        let prize = noisy("prize");
        let winner = loop {
            tick(1).await;
            if given("won", true) {
                break prize;
            }
        };
        tick(1).await;
        winner.name()
    }
}

differential! {
    fn a_field_is_moved_and_the_rest_dropped_in_its_place() -> &'static str {
        let first = noisy("first");
        let both = pair("left", "right");
        let last = noisy("last");
        tick(1).await;
        let left = both.left;
        tick(1).await;
        left.name()
    }
}

differential! {
    fn a_field_is_conditionally_moved() -> () {
        for take in [true, false] {
            let both = pair("left", "right");
            let after_it = noisy("after it");
            if take {
                drop(both.right);
            }
            tick(1).await;
        }
    }
}

differential! {
    fn both_fields_are_moved_one_after_the_other() -> () {
        let both = (noisy("a"), noisy("b"));
        tick(1).await;
        drop(both.0);
        tick(1).await;
        drop(both.1);
        tick(1).await;
    }
}

differential! {
    fn a_moved_field_is_assigned_again() -> &'static str {
        let mut both = pair("left", "right");
        drop(both.left);
        tick(1).await;
        both.left = noisy("new left");
        tick(1).await;
        both.left.name()
    }
}

differential! {
    fn a_held_local_is_consumed_by_a_method() -> &'static str {
        let message = noisy("message");
        let other = noisy("other");
        let back = message.sent(2).await;
        tick(1).await;
        back.into_name()
    }
}

differential! {
    fn a_response_becomes_its_text() -> Result<&'static str, u32> {
        let response = after(1, Ok::<Noisy, u32>(noisy("response"))).await?;
        let body = response.sent(1).await;
        Ok(body.into_name())
    }
}

differential! {
    fn a_method_that_borrows_leaves_its_receiver() -> &'static str {
        let mut held = noisy("held");
        held.touch();
        tick(1).await;
        held.rename("renamed");
        let word = held.greeted().await;
        held.touch();
        word
    }
}

differential! {
    fn an_option_is_taken_and_replaced() -> Option<&'static str> {
        let mut slot = Some(noisy("first"));
        tick(1).await;
        let taken = slot.take();
        tick(1).await;
        let old = slot.replace(noisy("second"));
        tick(1).await;
        taken.map(Noisy::into_name)
    }
}

differential! {
    fn a_shadowed_local_lives_to_the_end_of_its_scope() -> &'static str {
        let x = noisy("outer x");
        let x = after(1, noisy("second x")).await;
        {
            let x = noisy("inner x");
            tick(1).await;
        }
        let x = (x.name(), noisy("third x"));
        tick(1).await;
        x.0
    }
}

differential! {
    fn a_copy_is_used_on_both_sides_of_a_suspension() -> (u32, u32) {
        let n = 3;
        let pair = (n, n + 1);
        tick(n).await;
        let other = pair;
        tick(1).await;
        (pair.0 + other.1, n)
    }
}

differential! {
    fn struct_update_takes_what_is_left() -> &'static str {
        let base = pair("left", "right");
        let extra = noisy("extra");
        tick(1).await;
        let made = Pair { left: extra, ..base };
        tick(1).await;
        made.right.name()
    }
}

differential! {
    fn a_value_leaves_the_function_from_an_inner_scope() -> Noisy {
        let outer = noisy("outer");
        {
            let result = noisy("result");
            let other = noisy("other");
            tick(1).await;
            return result;
        }
    }
}

differential! {
    fn what_was_forgotten_is_not_dropped() -> () {
        let forgotten = noisy("forgotten");
        let held = noisy("held");
        tick(1).await;
        std::mem::forget(forgotten);
        tick(1).await;
    }
}

differential! {
    fn a_box_is_moved_out_of() -> &'static str {
        let boxed = Box::new(noisy("boxed"));
        tick(1).await;
        let inner = *boxed;
        tick(1).await;
        inner.name()
    }
}
