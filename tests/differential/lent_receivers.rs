//! Calls that consume the local that they are called on, `x.m(f().await)`: while the arguments are evaluated it is an operand.

use costate_tests::differential;
use costate_tests::props::*;
use std::cell::{Cell, RefCell};

pub struct Builder(pub Vec<Noisy>);

pub fn builder(first: &'static str) -> Builder {
    Builder(vec![noisy(first)])
}

impl Builder {
    pub fn with(mut self, part: Noisy) -> Self {
        self.0.push(part);
        self
    }

    fn both(self, one: Noisy, other: Noisy) -> Self {
        self.with(one).with(other)
    }

    pub fn count(&self, more: usize) -> usize {
        self.0.len() + more
    }

    pub fn add(&mut self, part: Noisy) -> &mut Self {
        self.0.push(part);
        self
    }

    fn generic<T: Into<usize>>(self, more: T) -> usize {
        self.0.len() + more.into()
    }

    fn named<T: Default>(self, _: u8) -> T {
        T::default()
    }

    fn boxed(self: Box<Self>, more: usize) -> usize {
        self.0.len() + more
    }

    pub fn shown(self, show: impl FnOnce(&Noisy) -> usize, more: usize) -> usize {
        show(&self.0[0]) + more
    }

    fn each(self, each: &dyn Fn(usize) -> usize, more: usize) -> usize {
        each(self.0.len()) + more
    }

    fn later(self, more: usize) -> Tick<usize> {
        after(1, self.0.len() + more)
    }

    fn greets<'a>(&'a self, _: &'a Noisy) -> Greeting<'a> {
        self.0[0].greeted()
    }
}

trait Eat: Sized {
    fn eat(self, more: usize) -> usize;
    fn look(&self, more: usize) -> usize {
        more
    }
}

impl Eat for Builder {
    fn eat(self, more: usize) -> usize {
        self.0.len() + more
    }
}

differential! {
    fn a_consumed_receiver_is_an_operand() -> usize {
        let x = builder("x");
        let k = noisy("k");
        let y = x.both(noisy("a"), after(1, noisy("b")).await);
        let l = noisy("l");
        let z = y.both(after(1, noisy("c")).await, after(1, noisy("d")).await);
        tick(1).await;
        z.count(0)
    }
}

differential! {
    fn one_that_is_only_borrowed_stays_where_it_is() -> usize {
        let mut x = builder("x");
        let k = noisy("k");
        let count = x.count(after(1, 2).await);
        let z = builder("z");
        let l = noisy("l");
        let who = z.greets(&after(1, noisy("argument")).await).await;
        x.add(after(1, noisy("a")).await).add(after(1, noisy("b")).await);
        tick(1).await;
        count + who.len()
    }
}

differential! {
    fn a_receiver_drops_first_where_an_argument_leaves() -> Result<usize, Noisy> {
        let x = builder("x");
        let k = noisy("k");
        let y = x.with(after(1, Ok::<_, Noisy>(noisy("a"))).await?);
        let l = noisy("l");
        let z = y.with(after(1, Err(noisy("error"))).await?);
        Ok(z.count(0))
    }
}

differential! {
    fn a_receiver_is_filled_again_in_a_loop() -> usize {
        let (mut total, mut x) = (0, builder("x"));
        let k = noisy("k");
        for n in 0..3 {
            let y = noisy("y");
            if n == 1 {
                x = x.with(after(1, y).await);
                continue;
            }
            total += x.count(after(1, n).await);
            if n == 2 {
                total += x.later(after(1, n).await).await;
                break;
            }
        }
        tick(1).await;
        total
    }
}

differential! {
    fn generic_methods_and_boxes_are_asked() -> usize {
        let (x, y) = (builder("x"), builder("y"));
        let (boxed, inside) = (Box::new(builder("boxed")), Box::new(builder("inside")));
        let k = noisy("k");
        let mut sum = x.generic(after(1, 7u8).await) + y.named::<usize>(after(1, 1).await);
        sum += boxed.boxed(after(1, 7).await);
        let outside = inside.with(after(1, noisy("more")).await);
        tick(1).await;
        sum + outside.count(0)
    }
}

differential! {
    fn closures_and_what_is_coerced_stand_among_the_arguments() -> usize {
        let (x, y, z) = (builder("x"), builder("y"), builder("z"));
        let k = noisy("k");
        let first = x.shown(|who| who.name().len() + k.name().len(), after(1, 2).await);
        let second = y.shown(|who: &Noisy| who.name().len(), after(1, 2).await);
        let third = z.each(&|n| n + 1, after(1, 2).await);
        tick(1).await;
        first + second + third
    }
}

differential! {
    fn methods_of_traits_and_of_type_parameters_are_asked() -> usize = both(builder("x"), builder("y"));
    #[half::coroutine]
    fn both(x: Builder, y: Builder) -> usize {
        let k = noisy("k");
        let eaten = x.eat(after(1, 2).await);
        let looked = y.look(after(1, 2).await);
        tick(1).await;
        eaten + looked + eat(builder("z"), 1).await
    }
    #[half::coroutine]
    fn eat<T: Eat>(x: T, n: usize) -> usize {
        let k = noisy("k");
        let eaten = x.eat(after(1, n).await);
        tick(1).await;
        eaten
    }
}

differential! {
    fn options_results_and_iterators_are_operands() -> Option<Vec<&'static str>> {
        let option = Some(noisy("o"));
        let k = noisy("k");
        let option = option.xor(after(1, None).await);
        let zipped = option.zip(after(1, Some(noisy("p"))).await);
        let l = noisy("l");
        let length = Some(noisy("q")).map_or(after(1, 2).await, |q| q.into_name().len());
        let result: Result<Noisy, Noisy> = Err(noisy("r"));
        let m = noisy("m");
        let result = result.or(after(1, Ok::<Noisy, Noisy>(noisy("s"))).await);
        let s = result.unwrap_or(after(1, noisy("t")).await);
        let many = vec![noisy("a"), noisy("b"), s].into_iter();
        let chained = many.chain(after(1, vec![noisy("c")]).await);
        let mut chained = chained.skip(after(1, length).await);
        let nth = chained.nth(after(1, 0).await)?;
        tick(1).await;
        let first = zipped.map(|(o, _)| o);
        Some(chained.chain(first).map(|n| n.name()).collect())
    }
}

differential! {
    fn a_receiver_is_moved_on_one_path_or_declared_late() -> usize {
        let x;
        let y = builder("y");
        let k = noisy("k");
        if after(1, k.name() == "other").await {
            return y.count(0);
        }
        x = builder("x");
        let l = noisy("l");
        let sum = match after(1, 1).await {
            1 => x.later(y.later(after(1, 1).await).await).await,
            _ => x.count(after(1, 2).await),
        };
        tick(1).await;
        sum
    }
}

differential! {
    fn an_argument_breaks_out() -> usize {
        let x = builder("x");
        let k = noisy("k");
        let count = 'out: {
            let later = x.later({
                if after(1, true).await { break 'out 3 }
                4
            });
            later.await
        };
        tick(1).await;
        count
    }
}

differential! {
    fn a_function_that_is_called_once_is_an_operand() -> usize {
        let (z, y) = (noisy("z"), noisy("y"));
        let once: Box<dyn FnOnce(usize) -> usize> = Box::new(move |n| n + z.into_name().len());
        let mut again: Box<dyn FnMut(usize) -> usize> = Box::new(move |n| { y.touch(); n });
        let k = noisy("k");
        let sum = once(after(1, 2).await) + again(after(1, 3).await);
        tick(1).await;
        sum
    }
}

differential! {
    fn cells_are_borrowed() -> usize {
        let (cell, shared) = (Cell::new(3), RefCell::new(noisy("c")));
        let k = noisy("k");
        let old = cell.replace(after(1, 4).await);
        let c = shared.replace(after(1, noisy("d")).await);
        let d = shared.into_inner();
        tick(1).await;
        old + c.name().len() + d.name().len()
    }
}

differential! {
    fn an_argument_leaves_where_nothing_suspends() -> Result<usize, Noisy> {
        for fails in [false, true] {
            let x = builder("x");
            let k = noisy("k");
            tick(1).await;
            let y = x.with(if fails { Err(noisy("error"))? } else { noisy("a") });
            let l = noisy("l");
            let n = y.count(Ok::<usize, Noisy>(2)?);
            tick(1).await;
            let z = y.with(Ok::<_, Noisy>(noisy("b"))?).with(Ok::<_, Noisy>(noisy("c"))?);
            let m = noisy("m");
            tick(1).await;
            let option = Some(z.later(Ok::<_, Noisy>(n)?).await);
            option.ok_or(match fails { true => return Ok(1), false => noisy("none") })?;
        }
        Ok(2)
    }
}
