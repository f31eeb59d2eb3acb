//! What a `let` borrows besides what it extends, `&(a(), &b()).0`, and what a `match` leaves among it: all of that ends with the
//! `let`, newest first.

#![allow(
    irrefutable_let_patterns,
    reason = "what always matches is what some of these cases are about"
)]

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

struct Both<A, B> {
    left: A,
    right: B,
}

differential! {
fn what_a_match_leaves_ends_with_the_let_behind_what_is_made_later() -> () {
    let x = &([&(match pair("t3", "t4") { Pair { left, .. } => left }), &noisy("t5")], 1).0;
    tick(1).await;
}
}
differential! {
fn what_a_match_leaves_where_nothing_suspends_later() -> () {
    let x = &([&(match pair("t3", "t4") { Pair { left, .. } => left }), &noisy("t5")], 1).0;
}
}
differential! {
fn what_a_match_leaves_in_a_constructor() -> () {
    tick(1).await;
    let x = Some(&(noisy("t1"), &(match pair("t3", "t4") { Pair { left, .. } => left }), 1).0);
    tick(1).await;
}
}
differential! {
fn what_a_match_leaves_in_a_branch() -> () {
    tick(1).await;
    let x = match 1 { 1 => Some(&(noisy("t1"), &(match pair("t3", "t4") { Pair { left, .. } => left }), 1, &noisy("t6")).0), _ => None };
    tick(1).await;
}
}
differential! {
fn what_an_update_leaves_too() -> () {
    tick(1).await;
    let x = &(noisy("t1"), &Both { left: noisy("y"), ..Both { left: noisy("z"), right: noisy("u")} }, &(match pair("t3", "t4") { Pair { left, .. } => left }), 1, &noisy("t6")).0;
    tick(1).await;
}
}
differential! {
fn what_is_left_beside_a_pattern_that_borrows_a_part() -> () {
    tick(1).await;
    let ref x = (noisy("t1"), &Both { left: noisy("y"), ..Both { left: noisy("z"), right: noisy("u")} }, &(match pair("t3", "t4") { Pair { left, .. } => left }), 1, &noisy("t6")).0;
    tick(1).await;
}
}
differential! {
fn what_an_if_let_leaves() -> () {
    tick(1).await;
    let x = &(noisy("t1"), &{ pair("k", "l").left }, &(if let Pair { left, .. } = pair("t3", "t4") { left } else { noisy("n") }), 1, &noisy("t6")).0;
    tick(1).await;
}
}
differential! {
fn what_several_leave_of_a_let_that_suspends() -> () {
    tick(1).await;
    let x = &(noisy("t1"), &{ pair("k", "l").left }, &(if let Pair { left, .. } = pair("t3", "t4") { left } else { noisy("n") }), after(1, 1).await, &noisy("t6")).0;
    tick(1).await;
}
}

differential! {
fn what_is_left_beside_a_pattern_that_borrows_a_part_of_what_suspends() -> () {
    let ref x = (noisy("t1"), &Both { left: noisy("y"), ..Both { left: noisy("z"), right: noisy("u")} }, &(match pair("t3", "t4") { Pair { left, .. } => left }), after(1, 1).await, &noisy("t6")).0;
    tick(1).await;
}
}
differential! {
fn a_pattern_that_borrows_the_whole_extends_all() -> () {
    tick(1).await;
    let ref x = (noisy("t1"), &noisy("b"), &noisy("t6"));
    tick(1).await;
    x.1.touch();
}
}
differential! {
fn a_pattern_that_borrows_a_part_by_way_of_a_reference() -> () {
    tick(1).await;
    let ref x = *&(noisy("t1"), &noisy("b"), &noisy("t6")).0;
    tick(1).await;
    x.touch();
}
}
differential! {
fn a_pattern_that_takes_a_call_apart() -> () {
    tick(1).await;
    let (ref x, _) = (&mut (noisy("t1"), noisy("b").name(), Some(&noisy("t6")).is_some())).0.name().split_at(1);
    tick(1).await;
    say(x);
}
}
differential! {
fn what_a_match_leaves_in_branches_that_suspend() -> () {
    tick(1).await;
    let x = match 1 { 1 => Some(&(noisy("t1"), &(match pair("t3", "t4") { Pair { left, .. } => left }), after(1, 1).await, &noisy("t6")).0), _ => None };
    let y = if x.is_some() { &(noisy("v1"), &(match pair("v3", "v4") { Pair { left, .. } => left }), after(1, 1).await, &noisy("v6")).0 } else { &noisy("q") };
    tick(1).await;
}
}
