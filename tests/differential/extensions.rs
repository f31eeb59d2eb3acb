//! Methods by value of traits that every type has, and of types that deref.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::ops::{Deref, DerefMut};
pub trait Pipe: Sized {
    fn pipe(self) -> &'static str {
        say("pipe");
        drop(self);
        "piped"
    }
    fn pipe_with(self, n: u32) -> u32 {
        drop(self);
        n
    }
    fn look(&self) -> u32 {
        say("look");
        1
    }
    fn change(&mut self) {
        say("change")
    }
}
impl<T> Pipe for T {}
pub trait Sendable: Sized {
    fn ship(self) -> &'static str {
        drop(self);
        "shipped"
    }
}
impl<T: Send> Sendable for T {}
pub struct Local(Noisy, std::marker::PhantomData<*mut u8>);
impl Local {
    fn ship(&self) -> &'static str {
        self.0.name()
    }
}
pub struct G(Noisy);
impl Deref for G {
    type Target = Noisy;
    fn deref(&self) -> &Noisy {
        &self.0
    }
}
impl DerefMut for G {
    fn deref_mut(&mut self) -> &mut Noisy {
        &mut self.0
    }
}
impl G {
    fn own(self) -> u32 {
        3
    }
    fn own_ref(&self) -> u32 {
        4
    }
    fn own_mut(&mut self) -> u32 {
        5
    }
}
differential! {
    fn traits_on_what_derefs() -> u32 {
        let (g, h, i, v, s, r) = (G(noisy("g")), G(noisy("h")), G(noisy("i")), vec![noisy("v")], String::from("s"), std::rc::Rc::new(noisy("rc")));
        let other = noisy("other");
        tick(1).await;
        say(g.pipe());
        say(h.pipe_with(3));
        tick(1).await;
        say(v.pipe());
        say(s.pipe());
        say(r.pipe_with(3));
        tick(1).await;
        i.own()
    }
}
differential! {
    fn by_reference_on_what_derefs() -> u32 {
        let (mut g, mut h, mut i, v, mut j, k, l, m) = (G(noisy("g")), G(noisy("h")), G(noisy("i")), vec![noisy("v")], G(noisy("j")), G(noisy("k")), G(noisy("l")), G(noisy("m")));
        let other = noisy("other");
        tick(1).await;
        g.look(); h.change(); i.rename("renamed"); v.first().unwrap().touch(); j.own_mut(); k.own_ref(); l.touch(); say(m.name());
        tick(1).await;
        v.look()
    }
}

differential! {
    fn an_auto_trait_decides() -> &'static str {
        let (l, g, a) = (Local(noisy("l"), std::marker::PhantomData), G(noisy("g")), [noisy("a"), noisy("b")]);
        let other = noisy("other");
        tick(1).await;
        say(l.ship());
        say(g.ship());
        say(a.pipe());
        tick(1).await;
        "end"
    }
}
