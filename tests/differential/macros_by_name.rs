//! Held locals that a macro takes by their names.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::cell::{Cell, RefCell};

macro_rules! bump {
    ($w:expr) => {
        $w.rename("bumped")
    };
}
macro_rules! show {
    ($x:ident) => {
        format!("{} = {:?}", stringify!($x), $x)
    };
}
macro_rules! len {
    ($x:ident) => {
        $x.name().len()
    };
}
macro_rules! twice {
    ($x:ident, $y:ident) => {
        $x + $y + $x
    };
}
macro_rules! fill {
    ($v:ident, $with:expr) => {
        $v.push($with)
    };
}
macro_rules! touch { ($($x:ident),*) => { $($x.touch();)* } }
macro_rules! borrowed {
    ($x:ident) => {
        &$x
    };
}
macro_rules! fields { ($($(? $a:ident)? $(% $b:ident)?),*; $text:literal) => { format!(concat!($text, $($(stringify!($a), "={:?}",)? $(stringify!($b), "={}",)?)*), $($($a)? $($b)?),*) } }

differential! {
    fn a_macro_takes_names_of_any_type() -> usize {
        let n = 3usize;
        let a = noisy("a");
        let b = noisy("b");
        tick(1).await;
        let s = show!(n);
        let l = len!(b);
        let s = s.len() + l;
        let t = show!(a);
        { touch!(a, b); }
        let k = twice!(n, n);
        tick(1).await;
        s + t.len() + k
    }
}

differential! {
    fn a_macro_takes_the_name_of_a_reference() -> usize = outer();
    #[half::coroutine]
    fn outer() -> usize {
        let mut v = vec![noisy("v")];
        let n = inner(&mut v, 4).await;
        v.len() + n
    }
    #[half::coroutine]
    fn inner(v: &mut Vec<Noisy>, n: usize) -> usize {
        tick(1).await;
        fill!(v, noisy("w"));
        let k = show!(n);
        tick(1).await;
        for w in v.iter_mut() {
            tick(1).await;
            bump!(w);
        }
        fill!(v, noisy("x"));
        k.len()
    }


}

differential! {
    fn what_a_macro_borrows_stays_borrowed() -> usize {
        let c = Cell::new(1);
        let r = RefCell::new(vec![1]);
        let look = &c;
        tick(1).await;
        let b = borrowed!(c);
        let q = borrowed!(r);
        tick(1).await;
        b.set(5);
        q.borrow_mut().push(4);
        look.get() + r.borrow().len() + c.get()
    }
}

differential! {
    fn a_macro_with_sigils() -> usize {
        let mut n = 3usize;
        let a = noisy("a");
        tick(1).await;
        n += 1;
        let s = fields!(?n, %n, ?a; "text");
        tick(1).await;
        n + s.len()
    }
}

differential! {
    fn macros_in_branches_and_loops() -> usize {
        let a = noisy("a");
        let text = String::from("text");
        tick(1).await;
        let mut k = 0;
        for _ in 0..2 {
            touch!(a);
            if k == 0 {
                let t = show!(text);
                k += t.len();
            }
        }
        tick(1).await;
        k + text.len()
    }
}

differential! {
    fn plain_data_are_named_within_larger_expressions() -> usize {
        let n = 3usize;
        let text = "text";
        tick(1).await;
        let k = 1 + twice!(n, n) + show!(text).len();
        tick(1).await;
        k + twice!(n, n)
    }
}

macro_rules! lock {
    ($e:expr) => {
        $e.borrow_mut()
    };
}
macro_rules! opt {
    ($e:expr) => {
        Some($e)
    };
}
differential! {
    fn macros_stand_where_a_part_is_used_in_place() -> () {
        let m = RefCell::new(vec![1]);
        match lock!(m).pop() { Some(n) => { tick(1).await; say(m.try_borrow().is_ok()) } _ => {} }
        if let Some(n) = lock!(m).pop() { tick(n).await; }
        let k = lock!(m).len() as u32 + after(1, 2).await;
        lock!(m).push(after(1, 2).await);
        match opt!(noisy("a")) { Some(n) => tick(1).await, None => {} }
        match opt!(&m).map(|m| m.borrow().len()) { Some(n) => tick(1).await, None => {} }
    }
}

macro_rules! grow {
    ($x:ident) => {{
        let more = $x.len();
        $x.push(more);
        $x.len()
    }};
}
macro_rules! twofold {
    ($x:ident) => {
        $x.push(7);
        $x.push(8);
    };
}
macro_rules! first_of {
    ($x:ident) => {
        &mut $x[0]
    };
}
macro_rules! renew {
    ($x:ident) => {
        $x = noisy("new")
    };
    ($x:ident, $kind:ident) => {
        $kind.clone_into(&mut $x)
    };
}
macro_rules! unwrapped {
    ($e:expr) => {
        match $e {
            0 => panic!("nothing"),
            n => n,
        }
    };
}
macro_rules! look {
    ($e:expr) => {
        $e.get()
    };
}
macro_rules! twofold_noisy {
    ($x:ident) => {
        $x.push(noisy("one"));
        say("between");
        $x.push(noisy("two"));
    };
}
macro_rules! add {
    ($x:ident) => {
        $x += 2
    };
}

differential! {
    fn a_macro_changes_what_it_is_given_by_name() -> usize {
        let mut v = Vec::new();
        tick(1).await;
        let n = grow!(v);
        twofold!(v);
        tick(1).await;
        let k = unwrapped!(grow!(v));
        if k > 3 { twofold!(v); }
        let m = match k { 0 => grow!(v), _ => unwrapped!(grow!(v)) + 1 };
        tick(1).await;
        n + k + m + v.len()
    }
}

differential! {
    fn a_macro_borrows_what_it_is_given_by_name() -> usize {
        let mut v = vec![3usize];
        tick(1).await;
        let a = first_of!(v);
        *a += 1;
        tick(1).await;
        *a += 1;
        grow!(v);
        tick(1).await;
        v[0]
    }
}

differential! {
    fn a_macro_sees_what_is_borrowed_already() -> usize {
        let mut c = Cell::new(4usize);
        tick(1).await;
        *c.get_mut() += 1;
        let r = &c;
        let n = look!(c);
        r.set(9);
        let k = unwrapped!(look!(c));
        tick(1).await;
        r.set(10);
        n + k + look!(c)
    }
}

const TEXT: &str = "text";

differential! {
    fn a_macro_assigns_what_it_is_given_by_name() -> usize {
        let mut a = noisy("a");
        let mut n = 3usize;
        let mut text = String::new();
        tick(1).await;
        renew!(a);
        add!(n);
        renew!(text, TEXT);
        tick(1).await;
        if n > 3 { renew!(a) }
        tick(1).await;
        n + a.name().len() + text.len()
    }
}

differential! {
    fn a_macro_in_a_loop_is_an_argument_of_another() -> usize {
        let mut v = vec![1usize];
        let mut r = &mut v;
        let mut other = vec![5usize, 6];
        tick(1).await;
        let mut sum = 0;
        for _ in 0..3 {
            sum += unwrapped!(grow!(r));
        }
        r = &mut other;
        tick(1).await;
        sum += unwrapped!(grow!(r));
        tick(1).await;
        sum + r.len()
    }
}

differential! {
    fn a_macro_panics_over_what_it_is_given_by_name() -> usize {
        let a = noisy("a");
        let mut v = Vec::new();
        let b = noisy("b");
        tick(1).await;
        v.push(noisy("in"));
        twofold_noisy!(v);
        tick(1).await;
        v.len()
    }
}
