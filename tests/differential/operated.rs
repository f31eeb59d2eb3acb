//! Operators that take a field of a held local by value: of a type that isn't `Copy` they move it.

use costate_tests::differential;
use costate_tests::props::*;
use std::ops::{Add, AddAssign, Mul, Neg, Not, Sub};

/// A number that is not `Copy`.
struct Big(i64, Noisy);
fn big(n: i64, name: &'static str) -> Big {
    Big(n, noisy(name))
}
impl Add for Big {
    type Output = Big;
    fn add(self, o: Big) -> Big {
        o.1.touch();
        Big(self.0 + o.0, self.1)
    }
}
impl Add<i64> for Big {
    type Output = Big;
    fn add(self, o: i64) -> Big {
        Big(self.0 + o, self.1)
    }
}
impl Sub<&Big> for Big {
    type Output = Big;
    fn sub(self, o: &Big) -> Big {
        o.1.touch();
        Big(self.0 - o.0, self.1)
    }
}
impl<'a> Sub<Big> for &'a Big {
    type Output = i64;
    fn sub(self, o: Big) -> i64 {
        o.1.touch();
        self.0 - o.0
    }
}
impl Mul for Big {
    type Output = i64;
    fn mul(self, o: Big) -> i64 {
        self.0 * o.0
    }
}
impl Neg for Big {
    type Output = Big;
    fn neg(self) -> Big {
        self.1.touch();
        Big(-self.0, self.1)
    }
}
impl Not for Big {
    type Output = i64;
    fn not(self) -> i64 {
        self.1.touch();
        !self.0
    }
}
impl AddAssign for Big {
    fn add_assign(&mut self, o: Big) {
        o.1.touch();
        self.0 += o.0;
    }
}
impl AddAssign<Big> for i64 {
    fn add_assign(&mut self, o: Big) {
        o.1.touch();
        *self += o.0;
    }
}

struct P {
    a: Big,
    b: Big,
    n: i64,
    t: String,
}
fn p() -> P {
    P {
        a: big(3, "a"),
        b: big(4, "b"),
        n: 5,
        t: "t".into(),
    }
}

differential! {
    fn an_operator_consumes_fields_on_both_sides() -> i64 {
    let p = p();
    tick(1).await;
    let n = p.a * p.b;
    tick(1).await;
    n + p.n
    }
}
differential! {
    fn text_is_added_to_a_field_of_a_tuple() -> String {
    let t = (String::from("a"), String::from("b"), noisy("c"));
    tick(1).await;
    let s = t.0 + &t.1;
    tick(1).await;
    t.2.touch();
    s
    }
}
differential! {
    fn what_an_operator_keeps_of_the_left_is_its_value() -> i64 {
    let p = p();
    tick(1).await;
    let s = p.a + p.b;
    tick(1).await;
    s.1.touch();
    s.0
    }
}
differential! {
    fn a_field_is_negated() -> i64 {
    let p = p();
    tick(1).await;
    let s = -p.a;
    tick(1).await;
    let t = !p.b;
    tick(1).await;
    s.0 + t
    }
}
differential! {
    fn a_field_is_negated_in_a_branch() -> i64 {
    let p = p();
    let c = after(1, true).await;
    let s = if c { -p.a } else { big(1, "else") };
    tick(1).await;
    s.1.touch();
    p.b.0
    }
}
differential! {
    fn a_field_is_added_to_another() -> i64 {
    let mut p = p();
    tick(1).await;
    p.a += p.b;
    tick(1).await;
    p.n += p.a;
    tick(1).await;
    p.n
    }
}
differential! {
    fn fields_are_added_to_a_local() -> i64 {
    let mut sum = big(0, "sum");
    let q = p();
    tick(1).await;
    sum += q.a;
    tick(1).await;
    sum += q.b;
    tick(1).await;
    sum.0
    }
}
differential! {
    fn a_number_is_added_to_a_field() -> i64 {
    let p = p();
    tick(1).await;
    let s = p.a + 7;
    tick(1).await;
    s.0 + p.n * 2
    }
}
differential! {
    fn a_field_is_subtracted_from_a_reference() -> i64 {
    let p = p();
    tick(1).await;
    let s = &p.a - p.b;
    tick(1).await;
    let d = p.a - &big(1, "one");
    tick(1).await;
    d.0 + s
    }
}
differential! {
    fn the_operand_beside_a_field_suspends() -> i64 {
    let p = p();
    tick(1).await;
    let s = p.a + after(1, big(9, "nine")).await;
    tick(1).await;
    s.0
    }
}
differential! {
    fn the_operand_before_a_field_suspends() -> i64 {
    let p = p();
    tick(1).await;
    let s = after(1, big(9, "nine")).await + p.a;
    tick(1).await;
    s.0
    }
}
differential! {
    fn text_that_is_awaited_is_added_to_a_field() -> String {
    let p = p();
    tick(1).await;
    let s = p.t + &after(1, "x".to_string()).await + "z";
    tick(1).await;
    s
    }
}
differential! {
    fn a_field_is_consumed_in_a_loop_and_put_back() -> i64 {
    let mut p = p();
    for n in 0..2 {
        tick(1).await;
        p.a = p.a + n;
        tick(1).await;
    }
    p.a.0
    }
}
differential! {
    fn a_field_is_consumed_where_a_loop_is_left() -> i64 {
    let p = p();
    loop {
        tick(1).await;
        if p.n > 3 {
            let s = p.a + p.b;
            tick(1).await;
            break s.0;
        }
    }
    }
}
differential! {
    fn fields_that_are_copied() -> i64 {
    let p = p();
    tick(1).await;
    let s = p.n * p.n + p.n;
    tick(1).await;
    let t = s - p.n;
    tick(1).await;
    if t > 0 { -p.n } else { p.n }
    }
}
differential! {
    fn what_is_in_a_box_is_consumed() -> i64 {
    let b = Box::new(big(1, "b"));
    let c = Box::new(p());
    tick(1).await;
    let s = *b + c.a;
    tick(1).await;
    (-s).0 + c.b.0
    }
}
differential! {
    fn a_closure_consumes_fields_by_an_operator() -> i64 {
    let p = p();
    tick(1).await;
    let f = || p.a + p.b;
    tick(1).await;
    let s = f();
    tick(1).await;
    s.0
    }
}
differential! {
    fn a_closure_copies_a_field_for_an_operator() -> i64 {
    let p = p();
    tick(1).await;
    let f = |x: i64| x * p.n + p.n;
    tick(1).await;
    let s = f(2) + f(3);
    tick(1).await;
    s
    }
}
differential! {
    fn a_move_closure_consumes_fields_by_an_operator() -> i64 {
    let p = p();
    tick(1).await;
    let f = move || p.a + p.b;
    tick(1).await;
    let s = f();
    tick(1).await;
    s.0
    }
}
differential! {
    fn a_reference_is_read_for_an_operator() -> i64 {
    let mut v = vec![1i64, 2];
    let r = v.iter_mut().next().unwrap();
    tick(1).await;
    *r = *r + 3;
    tick(1).await;
    let n = *r * 2;
    tick(1).await;
    n
    }
}
differential! {
    fn a_field_is_an_index() -> String {
    let text = "hello".to_string();
    let span = (1..3, 2usize);
    tick(1).await;
    let s = text[span.0].to_string();
    tick(1).await;
    s + &text[..span.1]
    }
}
differential! {
    fn a_field_behind_a_guard_is_copied() -> i64 {
    let m = std::sync::Mutex::new(p());
    let g = m.lock().unwrap();
    tick(1).await;
    let s = g.n + g.n;
    tick(1).await;
    s - g.n
    }
}
struct D {
    n: i64,
}
impl Drop for D {
    fn drop(&mut self) {
        noisy("D");
    }
}
differential! {
    fn a_field_of_what_drops_is_copied() -> i64 {
    let d = D { n: 3 };
    tick(1).await;
    let s = d.n + 1;
    tick(1).await;
    s - d.n
    }
}
differential! {
    fn a_field_of_a_field_is_consumed() -> i64 {
    let d = (p(), noisy("x"));
    tick(1).await;
    let s = -d.0.a;
    tick(1).await;
    let t = d.0.b + 1;
    tick(1).await;
    s.0 + t.0
    }
}
