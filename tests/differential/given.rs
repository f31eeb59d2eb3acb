//! What a block, a branch or a loop that suspends has given, used in place: a receiver, the operand of `&`, a
//! part of it; and parts of other values that a statement takes before it suspends.

#![allow(irrefutable_let_patterns, unused_parens)]

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

differential! {
    fn a_branch_is_the_receiver() -> () = start(noisy("argument"));
    #[half::coroutine]
    fn start(mut argument: Noisy) {
        let x = after(1, if let Noisy { .. } = argument {
            argument.touch();
            after(2, argument).await
        } else {
            noisy("else")
        }.name()).await;
        let y = after(1, { after(2, noisy("b")).await }.name().len()).await;
        say("next statement");
    }
}

differential! {
    fn a_block_is_the_operand_of_a_reference() -> bool {
        after(1, &mut { after(2, noisy("b")).await }).await.touch();
        after(1, { after(2, pair("l", "r")).await }.left.name().len()
            == { after(2, pair("a", "b")).await }.right.name().len()).await
    }
}

differential! {
    fn a_reference_to_a_block_is_extended() -> () {
        let a = &{ say("a"); after(2, noisy("a")).await };
        let b = &({ say("b"); after(2, pair("l", "r")).await }.left);
        let c = (&{ say("c"); after(2, noisy("c")).await }, tick(1).await);
        let d = &*{ after(2, Box::new(noisy("box"))).await };
        tick(1).await;
        a.touch();
        b.touch();
        c.0.touch();
        d.touch();
    }
}

differential! {
    fn a_method_consumes_what_a_block_has_given() -> usize {
        let a = { after(2, noisy("a")).await }.into_name();
        let b = ({ after(2, noisy("b")).await }.into_name(), tick(1).await);
        let c = ({ after(2, noisy("c")).await }.sent(1), tick(1).await);
        let d = { after(2, pair("l", "r")).await }.left.into_name();
        let e = ({ after(2, pair("l", "r")).await }.left.into_name(), tick(1).await);
        let f = { after(2, Some(noisy("f"))).await }.map(|n| n.into_name()).unwrap_or_else(|| "none");
        let sum: usize = { after(2, vec![1, 2]).await }.into_iter().map(|x| x + 1).sum();
        tick(1).await;
        sum + a.len() + f.len()
    }
}

differential! {
    fn a_part_of_what_a_block_has_given_is_moved() -> usize {
        let a = ({ after(2, pair("l", "r")).await }.left, tick(1).await);
        let b = ({ after(2, Box::new(pair("l", "r"))).await }.left, tick(1).await);
        let c = (*{ after(2, Box::new(pair("l", "r"))).await }, tick(1).await);
        let d = ({ after(2, vec![noisy("d")]).await }[0].name(), tick(1).await);
        let e = if given("so", true) {
            after(1, String::from(" e ")).await
        } else {
            String::new()
        }.trim().to_owned();
        tick(1).await;
        e.len()
    }
}

differential! {
    fn what_a_box_holds_is_moved_before_the_statement_suspends() -> u8 {
        let a = after(1, (*Box::new(noisy("a")))).await;
        let b = ((*Box::new(noisy("b"))), tick(1).await);
        let c = after(1, (*Box::new(pair("l", "r"))).left).await;
        let n = std::cell::RefCell::new(5);
        let d = (*n.borrow(), (*std::rc::Rc::new(pair("l", "r"))).left.name(), tick(1).await);
        let e = (*noisy("e").name().as_bytes().first().unwrap(), tick(1).await);
        e.0
    }
}

differential! {
    /// Under a panic in a drop too.
    fn what_a_let_binds_drops_after_its_temporaries() -> () {
        let x = (Box::new(pair("l", "r")).left, (*Box::new(pair("a", "b"))).right, tick(1).await);
        tick(1).await;
    }
}

differential! {
    /// Under a panic, and when the function is cancelled.
    fn temporaries_drop_after_the_operands_of_their_statement() -> () {
        let x = (noisy("a"), noisy("t").name(), noisy("b"), tick(1).await);
        let x = (noisy("a"), (noisy("c"), noisy("t").name(), noisy("d")), noisy("b"), tick(1).await);
        drop((noisy("a"), pair("l", "r").left, noisy("b"), tick(1).await));
        drop((noisy("a"), match pair("l", "r") { Pair { left, .. } => left }, noisy("b"), tick(1).await));
    }
}
