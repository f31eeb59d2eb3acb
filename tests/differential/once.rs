//! Held closures whose call consumes them, and those that stay.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

differential! {
    fn a_move_closure_is_called_once() -> () {
        let z = noisy("z");
        let y = noisy("y");
        let f = move || drop(z);
        tick(1).await;
        f();
        tick(1).await;
    }
}

differential! {
    fn a_move_closure_with_an_argument_is_called_once() -> usize {
        let z = noisy("z");
        let y = noisy("y");
        let f = move |n: usize| { let k = z.into_name(); n + k.len() };
        tick(1).await;
        let n = f(3);
        tick(1).await;
        n
    }
}

differential! {
    fn a_move_closure_that_stays_is_called_twice() -> usize {
        let z = noisy("z");
        let mut n = 0;
        let mut f = move || { n += 1; z.touch(); n };
        tick(1).await;
        f();
        tick(1).await;
        let k = f();
        say("end");
        tick(1).await;
        k
    }
}

differential! {
    fn closures_over_held_locals_are_called_once() -> usize {
        let z = noisy("z");
        tick(1).await;
        let f = move || { drop(z); 4 };
        let g = || 5;
        tick(1).await;
        let n = f();
        tick(1).await;
        n + g()
    }
}

differential! {
    fn a_closure_is_called_once_on_one_path() -> () {
        for n in 0..2 {
            let z = noisy("z");
            let f = move || drop(z);
            tick(1).await;
            if n == 0 { f(); }
            tick(1).await;
        }
    }
}

differential! {
    fn a_closure_that_copies_stays() -> u32 {
        let z = 4;
        let y = noisy("y");
        let f = move || { let k = z; k + 1 };
        tick(1).await;
        let n = f();
        tick(1).await;
        n
    }
}

differential! {
    fn a_closure_with_two_names() -> usize {
        let z = noisy("z");
        let f = move |k: Option<usize>| { let y = z; k.unwrap_or(1) + y.name().len() };
        let g = f;
        let h = move |k: usize| k + 1;
        tick(1).await;
        let n = g(None);
        tick(1).await;
        n + h(h(3))
    }
}

differential! {
    fn closures_that_unwrap_and_iterate_their_captures() -> usize {
        let o = Some(noisy("o"));
        let v = vec![noisy("v")];
        let f = move || o.unwrap().name().len();
        let g = move || { let mut k = 0; for x in v { k += x.name().len(); } k };
        tick(1).await;
        let n = f() + g();
        tick(1).await;
        n
    }
}

differential! {
    fn what_it_is_lent_is_coerced() -> usize = start();
    #[half::coroutine]
    fn lend<T, F, G>(lock: &std::sync::Mutex<T>, lent: F, text: G) -> usize
    where
        F: FnOnce(&mut T, &str) -> usize,
        G: FnOnce(&[&dyn std::fmt::Debug]) -> usize,
    {
        let name = String::from("name");
        tick(1).await;
        let length = {
            let mut guard = lock.lock().unwrap();
            lent(&mut guard, &name)
        };
        tick(1).await;
        length + text(&[&length, &name])
    }
    #[half::coroutine]
    fn start() -> usize {
        let (lock, held) = (std::sync::Mutex::new(noisy("locked")), noisy("held"));
        let lent = move |who: &mut Noisy, name: &str| {
            who.rename("renamed");
            held.into_name().len() + name.len()
        };
        let length = lend(&lock, lent, |all| format!("{all:?}").len()).await;
        tick(1).await;
        length + lock.into_inner().unwrap().name().len()
    }
}

differential! {
    fn a_closure_takes_a_capture_apart() -> usize {
        let (both, many, n) = (pair("left", "right"), [noisy("one"), noisy("two")], noisy("n"));
        let option = Some(noisy("some"));
        let apart = move || { let Pair { left, right } = both; drop(right); left };
        let arms = move || match many { [one, _] if one.name() == "two" => one, [_, two] => two };
        let inner = move || if let Some(some) = option { some.into_name().len() } else { 0 };
        tick(1).await;
        let (left, two) = (apart(), arms());
        tick(1).await;
        let sum = left.name().len() + two.name().len() + inner();
        tick(1).await;
        sum + n.name().len()
    }
}

differential! {
    fn a_closure_that_takes_copies_out_of_a_capture_stays() -> u32 {
        let (points, held) = ((1, 2), noisy("held"));
        let whole = (noisy("whole"), 3);
        let copies = move || { let (x, y) = points; held.touch(); x + y };
        let borrows = move || { let (ref name, n) = whole; name.touch(); n };
        tick(1).await;
        let sum = copies() + copies() + borrows();
        tick(1).await;
        sum
    }
}

differential! {
    fn a_closure_calls_well_known_methods_with_arguments_on_captures() -> usize {
        let (name, other, number) = (Some(noisy("name")), noisy("other"), Some(3));
        let list = vec![noisy("a"), noisy("b")].into_iter();
        let consumes = move || name.map_or(0, |name| name.into_name().len());
        let stays = move |n: usize| number.unwrap_or(n) + other.name().len();
        let collects = move |end: &'static str| list.chain([noisy(end)]).collect::<Vec<_>>();
        tick(1).await;
        let sum = consumes() + stays(4) + stays(5);
        tick(1).await;
        let list = collects("end");
        tick(1).await;
        sum + list.len()
    }
}

differential! {
    fn an_async_block_takes_a_capture_apart() -> usize {
        let (option, n) = (Some(noisy("some")), noisy("n"));
        let both = pair("left", "right");
        let later = async move {
            let Pair { left, right } = both;
            match option {
                Some(some) => { tick(1).await; some.name().len() + left.name().len() }
                None => right.name().len(),
            }
        };
        tick(1).await;
        let sum = later.await;
        tick(1).await;
        sum + n.name().len()
    }
}
