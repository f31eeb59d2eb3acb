//! Values that are lent while the function is suspended: closures, and what is coerced inside of them.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

trait Speak {
    fn speak(&self) -> usize;
}

impl Speak for Noisy {
    fn speak(&self) -> usize {
        self.touch();
        self.name().len()
    }
}

impl Speak for u32 {
    fn speak(&self) -> usize {
        *self as usize
    }
}

fn all(of: &[&dyn Speak]) -> usize {
    of.iter().map(|one| one.speak()).sum()
}

fn all_beside<T>(of: &[&dyn Speak], _: T) -> usize {
    all(of)
}

struct Asks;

impl Asks {
    fn all(&self, of: &[&dyn Speak]) -> Tick<usize> {
        after(1, all(of))
    }

    fn pair(&self, of: &(&dyn Speak, u8)) -> Tick<usize> {
        after(1, of.0.speak())
    }

    fn perhaps(self, of: Option<&[&dyn Speak]>) -> Tick<usize> {
        after(1, of.map_or(0, all))
    }

    fn nested(&self, of: &[(&str, &[&dyn Speak])]) -> Tick<usize> {
        after(1, of.iter().map(|(name, of)| name.len() + all(of)).sum())
    }

    fn beside<F: Fn(&str) -> usize>(&self, of: &[&dyn Speak], f: F) -> Tick<usize> {
        after(f("beside") as u32, all(of))
    }

    fn calls(&self, of: &mut [&mut dyn FnMut() -> usize]) -> Tick<usize> {
        after(1, of.iter_mut().map(|call| call()).sum())
    }

    fn call<'f>(
        &self,
        f: &'f mut dyn FnMut(&str) -> usize,
    ) -> impl Future<Output = usize> + use<'f> {
        async move {
            tick(1).await;
            f("text")
        }
    }
}

differential! {
    fn arrays_are_coerced_beside_closures_questions_and_macros() -> Option<usize> = start(7);
    #[half::coroutine]
    fn start(n: u32) -> Option<usize> {
        let who = noisy("who");
        let a = Asks.beside(&[&who, &n], |text| text.len() - 5).await;
        let b = all_beside(&[&noisy("made"), &n, &who], Some(2)?) + after(1, 2).await;
        let c = all_beside(&[&who, &n], (vec![1], after(1, 3).await));
        let d = all_beside(&[&n, &who, &if n == 7 { 4u32 } else { return None }], tick(1).await);
        Some(a + b + c + d)
    }
}

differential! {
    fn tuples_and_options_are_coerced_where_they_are_lent() -> usize = start(7);
    #[half::coroutine]
    fn start(n: u32) -> usize {
        let who = noisy("who");
        let a = Asks.pair(&(&who, 3)).await + Asks.pair(&(&n, after(1, 2).await)).await;
        let b = Asks.perhaps(Some(&[&noisy("made"), &n])).await;
        let c = Asks.nested(&[("a", &[&noisy("b"), &3u32]), ("c", &[&n])]).await;
        a + b + c
    }
}

differential! {
    fn what_a_let_extends_is_coerced_to_its_type() -> usize = start(7);
    #[half::coroutine]
    fn start(n: u32) -> usize {
        let a: Option<&[&dyn Speak]> = Some(&[&noisy("a"), &n]);
        let b: (&[&dyn Speak], u32) = (&[&noisy("b"), &n], after(1, 2).await);
        tick(1).await;
        a.map_or(0, all) + all(b.0)
    }
}

differential! {
    fn a_let_extends_parts_that_suspend_in_turn() -> usize {
        let x = &mut [(&noisy("a"), after(1, 3).await), (&noisy("b"), after(1, 4).await)];
        let y = Some(&[(&noisy("c"), after(1, noisy("d")).await), (&noisy("e"), after(1, noisy("f")).await)]);
        let ref z = [(&noisy("g"), after(1, 5).await), (&noisy("h"), after(1, 6).await)];
        tick(1).await;
        x[0].0.touch();
        x[1].1 += 2;
        z[1].0.touch();
        y.map_or(0, |y| y[1].1.name().len())
    }
}

differential! {
    fn parts_that_suspend_in_turn_are_used_in_place() -> usize {
        let n = [(&noisy("a"), after(1, noisy("b")).await), (&noisy("c"), after(1, noisy("d")).await)].len();
        match &[(&noisy("e"), after(1, 3).await), (&noisy("f"), after(1, 4).await)] {
            [(a, _), (_, m)] => {
                tick(1).await;
                a.touch();
                n + *m
            }
        }
    }
}

differential! {
    fn a_part_of_a_temporary_is_moved_out_and_another_part_panics() -> Noisy {
        let x = (&noisy("a"), after(1, noisy("b")).await, (&noisy("c"), noisy("d"))).1;
        tick(1).await;
        x
    }
}

differential! {
    fn closures_that_capture_are_lent() -> usize = start(noisy("held"), 4);
    #[half::coroutine]
    fn start(held: Noisy, n: usize) -> usize {
        let mut i = 0;
        let a = Asks.call(&mut |text| { i += text.len(); i }).await;
        let b = Asks.call(&mut move |text| text.len() + n).await;
        let c = Asks.calls(&mut [&mut || { i += 1; i }, &mut || 3]).await;
        fn call(f: &dyn Fn() -> usize, (): ()) -> usize { f() }
        let d = call(&|| held.name().len(), tick(1).await) + call(&|| 3, tick(1).await);
        let e = call(&move || held.name().len(), tick(1).await);
        i + a + b + c + d + e
    }
}

differential! {
    fn a_let_extends_a_closure_that_captures() -> usize = start(noisy("held"), 4);
    #[half::coroutine]
    fn start(held: Noisy, mut n: usize) -> usize {
        let f = &mut || { n += 1; n };
        tick(1).await;
        f();
        let g: &dyn Fn() -> usize = &|| held.name().len();
        tick(1).await;
        let h = &move |m: usize| held.name().len() + m;
        tick(1).await;
        h(n)
    }
}

differential! {
    fn a_closure_that_captures_nothing_is_lent_for_ever() -> usize {
        fn keep(f: &'static dyn Fn(&str) -> usize, _: ()) -> &'static dyn Fn(&str) -> usize { f }
        let f = keep(&|text| text.len(), tick(1).await);
        tick(1).await;
        f("text")
    }
}

fn length(text: &str) -> Tick<usize> {
    after(1, text.len())
}

fn touched(one: &Noisy) -> Tick<usize> {
    after(1, one.speak())
}

fn touched_alone(one: &mut Noisy) -> Tick<usize> {
    after(1, one.speak())
}

differential! {
    fn what_is_lent_is_dereferenced() -> usize {
        let held = noisy("held");
        let shared = std::rc::Rc::new(noisy("shared"));
        let all = touched(&&held).await + touched(&&&held).await + touched(&Box::new(noisy("boxed"))).await;
        let all = all + touched(&shared.clone()).await + touched_alone(&mut Box::new(noisy("alone"))).await;
        all + length(&String::from("text")).await + length(&&String::from("text")).await
    }
}

struct Wrapper<'a>(&'a Noisy);

impl Drop for Wrapper<'_> {
    fn drop(&mut self) {
        say("drop wrapper");
    }
}

impl std::ops::Deref for Wrapper<'_> {
    type Target = Noisy;
    fn deref(&self) -> &Noisy {
        self.0
    }
}

differential! {
    fn what_a_constructor_makes_is_dereferenced() -> usize {
        let held = noisy("held");
        touched(&Wrapper(&held)).await + touched(&Wrapper { 0: &noisy("made") }).await
    }
}
