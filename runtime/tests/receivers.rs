//! Which calls on a held local consume it: rustc's answers, by the macros that the expansion calls.
#![allow(dangerous_implicit_autorefs, unreachable_code, unused)]
#![allow(
    clippy::undocumented_unsafe_blocks,
    reason = "the blocks stand for an expansion"
)]

use costate::__private::{Live, question};
use std::cell::RefCell;
use std::mem::MaybeUninit;
use std::rc::Rc;

/// Whether the call consumes `$x`, and what it gives.
macro_rules! call {
    ($value:expr => $m:ident $(::<$($g:ident = $t:ty),*>)? ($($arg:ident = $given:expr),*)) => {{
        let mut room = MaybeUninit::uninit();
        let x_ = &room.as_mut_ptr();
        unsafe {
            let x_live = &Live::new(*x_, false);
            x_live.init($value);
            let outcome = match ($($given,)*) {
                ($($arg,)*) => question::receiver!(
                    x_ x_live . $m [$($($g = $t),*)?] [$(::<$($t),*>)?] ($($arg = $arg),*)
                ),
            };
            (!x_live.is_live(), outcome)
        }
    }};
}

macro_rules! steer {
    ($value:expr, $option:ident $result:ident $iterator:ident => $($call:tt)*) => {{
        let mut room = MaybeUninit::uninit();
        let x_ = &room.as_mut_ptr();
        unsafe {
            let x_live = &Live::new(*x_, false);
            x_live.init($value);
            let outcome = question::steer!(x_ x_live $option $result $iterator No No).$($call)*;
            (!x_live.is_live(), outcome)
        }
    }};
}

struct Text(String);
impl Text {
    fn text(self) -> String {
        self.0
    }
    fn len(&self) -> usize {
        self.0.len()
    }
    fn push(&mut self, c: char) -> usize {
        self.0.push(c);
        self.0.len()
    }
    fn shared(self: Rc<Self>) -> usize {
        7
    }
}

trait Ext: Sized {
    fn eat(self) -> usize {
        1
    }
    fn look(&self) -> usize {
        2
    }
    fn change(&mut self) -> usize {
        3
    }
}
impl Ext for Text {}
impl Ext for i32 {}
impl Ext for &str {}

fn text() -> Text {
    Text("hi".to_owned())
}

#[test]
fn methods_of_a_type_are_told_apart() {
    assert_eq!(call!(text() => text()), (true, "hi".to_owned()));
    assert_eq!(call!(text() => len()), (false, 2));
    assert_eq!(call!(text() => push(c = '!')), (false, 3));
    assert_eq!(
        call!(String::from("x") => to_string()),
        (false, "x".to_owned())
    );
    assert_eq!(call!(String::from("x") => into_bytes()), (true, vec![b'x']));
    assert_eq!(call!(Some(text()) => is_some()), (false, true));
    assert!(call!(Some(text()) => unwrap()).0);
    assert_eq!(call!(Some(1) => unwrap_or(a = 2)), (false, 1));
}

#[test]
fn methods_of_traits_are_told_apart() {
    assert_eq!(call!(text() => eat()), (true, 1));
    assert_eq!(call!(text() => look()), (false, 2));
    assert_eq!(call!(text() => change()), (false, 3));
    assert_eq!(call!(vec![3, 4].into_iter() => sum::<G = i32>()), (true, 7));
    assert_eq!(call!(vec![3, 4].into_iter() => next()), (false, Some(3)));
    assert_eq!(
        call!(vec![3, 4].into_iter() => collect::<G = Vec<i32>>()),
        (true, vec![3, 4])
    );
}

#[test]
fn copies_and_references_stay() {
    let mut one = 1;
    assert_eq!(call!(4 => eat()), (false, 1));
    assert_eq!(call!("abc" => eat()), (false, 1));
    assert_eq!(call!(&mut one => change()), (false, 3));
    assert_eq!(call!(&5i32 => clone()), (false, 5));
}

#[test]
fn pointers_are_asked_by_value() {
    assert_eq!(call!(Rc::new(text()) => shared()), (true, 7));
    assert_eq!(call!(Rc::new(text()) => look()), (false, 2));
    assert!(!call!(Rc::new(RefCell::new(1)) => borrow_mut()).0);
    assert_eq!(call!(Box::new(text()) => text()), (true, "hi".to_owned()));
    assert_eq!(call!(Box::new(text()) => len()), (false, 2));
    assert_eq!(call!(Box::new(text()) => eat()), (true, 1));
    let boxed = || Box::new(String::from("x"));
    assert_eq!(call!(boxed() => into_bytes()), (true, vec![b'x']));
    assert_eq!(call!(boxed() => len()), (false, 1));
    assert_eq!(call!(boxed() => to_uppercase()), (false, "X".to_owned()));
    assert_eq!(call!([text()] => len()), (false, 1));
}

#[test]
fn arguments_may_be_typed_by_the_method() {
    let (consumed, ()) = call!(Vec::<Option<u8>>::new() => push(a = None));
    assert!(!consumed);
    let (consumed, b) = call!(String::from("a") => replace(a = "a", b = &String::from("b")));
    assert_eq!((consumed, b), (false, "b".to_owned()));
}

#[test]
fn well_known_methods_are_steered_by_the_type() {
    assert_eq!(
        steer!(Some(text()), Yes Yes Yes => map(|text| text.len())),
        (true, Some(2))
    );
    let failed: Result<u8, Text> = Err(text());
    let (consumed, failed) = steer!(failed, No Yes No => map_err(|e| e.0));
    assert_eq!((consumed, failed), (true, Err("hi".to_owned())));
    let (consumed, lengths) = steer!(vec![text()].into_iter(), Yes Yes Yes => map(|t| t.len()));
    assert!(consumed && lengths.eq([2]));
    let numbers: (bool, Vec<i32>) = steer!(vec![1].into_iter(), No No Yes => collect());
    assert_eq!(numbers, (true, vec![1]));
    assert_eq!(steer!(text(), Yes Yes Yes => push('!')), (false, 3));
}

/// Whether `into_iter` consumes `$x`.
macro_rules! iterated {
    ($value:expr) => {{
        let mut room = MaybeUninit::uninit();
        let x_ = &room.as_mut_ptr();
        unsafe {
            let x_live = &Live::new(*x_, false);
            x_live.init($value);
            let count = question::into_iter!(x_ x_live . into_iter).count();
            (!x_live.is_live(), count)
        }
    }};
}

#[test]
fn into_iter_consumes_what_is_an_into_iterator_itself() {
    struct Shelf(Vec<Text>);
    impl<'a> IntoIterator for &'a Shelf {
        type Item = &'a Text;
        type IntoIter = std::slice::Iter<'a, Text>;
        fn into_iter(self) -> Self::IntoIter {
            self.0.iter()
        }
    }
    assert_eq!(iterated!(vec![text()]), (true, 1));
    assert_eq!(iterated!(Some(text())), (true, 1));
    assert_eq!(iterated!(Shelf(vec![text()])), (false, 1));
}

/// Whether calling `$f` consumes it.
macro_rules! called {
    ($f:expr, ($($given:expr),*) $($index:tt)*) => {{
        let mut room = MaybeUninit::uninit();
        let f_ = &room.as_mut_ptr();
        unsafe {
            let f_live = &Live::new(*f_, false);
            f_live.init($f);
            let outcome = match ($($given,)*) {
                arguments => question::callee!(f_ f_live (arguments $($index)*)),
            };
            (!f_live.is_live(), outcome)
        }
    }};
}

fn generic(
    once: impl FnOnce(i32) -> i32,
    many: impl FnMut(i32) -> i32,
    text: impl Fn(&str) -> i32,
) {
    let boxed: Box<dyn FnOnce() -> i32> = Box::new(|| 4);
    assert_eq!(called!(once, (1) 0), (true, 1));
    assert_eq!(called!(many, (2) 0), (false, 2));
    assert_eq!(called!(text, (&String::new()) 0), (false, 3));
    assert_eq!(called!(boxed, ()), (true, 4));
}

#[test]
fn a_callee_is_consumed_iff_it_can_be_called_once_only() {
    generic(|n| n, |n| n, |_| 3);
}

#[test]
fn a_closure_owns_what_a_method_in_it_consumes() {
    let life = std::marker::PhantomData::<&()>;
    let mut rooms = (MaybeUninit::uninit(), MaybeUninit::uninit());
    let (eaten_, seen_) = (&rooms.0.as_mut_ptr(), &rooms.1.as_mut_ptr());
    unsafe {
        let (eaten_live, seen_live) = (&Live::new(*eaten_, false), &Live::new(*seen_, false));
        eaten_live.init(text());
        seen_live.init(text());
        let eat = {
            let eaten = question::capture!(eaten_ eaten_live life alone . text []);
            move || eaten.receiver().text()
        };
        let see = {
            let seen = question::capture!(seen_ seen_live life mixed . len []);
            || seen.receiver().len()
        };
        assert_eq!((see(), see(), eat()), (2, 2, "hi".to_owned()));
        assert!(!eaten_live.is_live() && seen_live.is_live());
    }
}
