//! Methods of held boxes that may be of the box or of what is in it, by value or by reference, and that are given closures.

use super::boxes::{Plain, S};
use costate_tests::differential;
use costate_tests::props::*;

trait Poke {
    fn poke(&self) -> u32;
    fn poke_mut(&mut self) -> u32;
}
impl Poke for Box<S> {
    fn poke(&self) -> u32 {
        self.0.touch();
        1
    }
    fn poke_mut(&mut self) -> u32 {
        self.0.touch();
        1
    }
}
trait Both {
    fn both(&self) -> u32;
    fn both_mut(&mut self) -> u32;
    fn both_into(self) -> u32;
}
impl Both for S {
    fn both(&self) -> u32 {
        self.0.touch();
        1
    }
    fn both_mut(&mut self) -> u32 {
        self.0.touch();
        1
    }
    fn both_into(self) -> u32 {
        self.0.touch();
        2
    }
}
impl<B: Both> Both for Box<B> {
    fn both(&self) -> u32 {
        (**self).both() + 1
    }
    fn both_mut(&mut self) -> u32 {
        (**self).both_mut() + 1
    }
    fn both_into(self) -> u32 {
        (*self).both_into() + 1
    }
}
trait ExtRef {
    fn tapped(&self) -> &Self {
        self
    }
    fn tapped_mut(&mut self) -> &mut Self {
        self
    }
}
impl<T> ExtRef for T {}
trait Differs {
    type O;
    fn differs(self) -> Self::O;
}
impl Differs for S {
    type O = u32;
    fn differs(self) -> u32 {
        self.0.touch();
        1
    }
}
impl<'a> Differs for &'a S {
    type O = u64;
    fn differs(self) -> u64 {
        self.0.touch();
        2
    }
}
trait DiffRef {
    fn diff_ref(&self) -> u32;
}
impl DiffRef for S {
    fn diff_ref(&self) -> u32 {
        self.0.touch();
        3
    }
}
trait Mapper {
    fn map_it(self: Box<Self>, f: Box<dyn Fn(u32) -> u32>) -> u32;
}
impl Mapper for S {
    fn map_it(self: Box<Self>, f: Box<dyn Fn(u32) -> u32>) -> u32 {
        self.0.touch();
        f(3)
    }
}
trait TapIt {
    fn tap_it(self, f: impl Fn(u32) -> u32) -> u32;
}
impl TapIt for S {
    fn tap_it(self, f: impl Fn(u32) -> u32) -> u32 {
        self.0.touch();
        f(3)
    }
}
impl<T: TapIt> TapIt for Box<T> {
    fn tap_it(self, f: impl Fn(u32) -> u32) -> u32 {
        (*self).tap_it(f) + 1
    }
}
impl S {
    fn with_it(self, f: impl Fn(u32) -> u32) -> u32 {
        self.0.touch();
        f(3)
    }
    fn with_ref(&self, f: impl Fn(u32) -> u32) -> u32 {
        self.0.touch();
        f(3)
    }
    fn with_mut_it(&mut self, f: impl Fn(u32) -> u32) -> u32 {
        self.0.touch();
        f(3)
    }
}

differential! {
    fn a_trait_by_reference_that_only_the_box_has() -> u32 {
    let s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.poke();
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_by_unique_reference_that_only_the_box_has() -> u32 {
    let mut s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.poke_mut();
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_by_reference_that_both_have() -> u32 {
    let s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.both();
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_by_unique_reference_that_both_have() -> u32 {
    let mut s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.both_mut();
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_by_value_that_both_have() -> u32 {
    let s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.both_into();
    tick(1).await;
    n
    }
}
differential! {
    fn a_box_in_a_box_is_consumed() -> u32 {
    let s = Box::new(Box::new(S(noisy("s"))));
    let o = noisy("o");
    tick(1).await;
    let n = s.both_into();
    tick(1).await;
    n
    }
}
differential! {
    fn a_box_in_a_box_is_looked_into() -> u32 {
    let s = Box::new(Box::new(S(noisy("s"))));
    let o = noisy("o");
    tick(1).await;
    let n = s.look();
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_by_reference_that_everything_has() -> u32 {
    let s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.tapped().0.name().len();
    tick(1).await;
    n as u32
    }
}
differential! {
    fn a_trait_by_unique_reference_that_everything_has() -> u32 {
    let mut s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.tapped_mut().0.name().len();
    tick(1).await;
    n as u32
    }
}
differential! {
    fn a_method_that_references_have_by_another_type() -> u32 {
    let s = S(noisy("s"));
    let o = noisy("o");
    tick(1).await;
    let n = s.differs();
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_by_reference_that_only_what_is_in_the_box_has() -> u32 {
    let s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.diff_ref();
    tick(1).await;
    n
    }
}
differential! {
    fn a_box_of_text() -> usize {
    let s = Box::new(String::from("s"));
    let o = noisy("o");
    tick(1).await;
    let n = s.into_bytes();
    tick(1).await;
    n.len()
    }
}
differential! {
    fn a_box_of_what_is_shared() -> usize {
    let s = Box::new(std::sync::Arc::new(S(noisy("s"))));
    let o = noisy("o");
    tick(1).await;
    let n = s.look();
    tick(1).await;
    n as usize
    }
}
differential! {
    fn a_box_of_a_list() -> usize {
    let s = Box::new(vec![noisy("s")]);
    let o = noisy("o");
    tick(1).await;
    let n = s.into_boxed_slice();
    tick(1).await;
    n.len()
    }
}
differential! {
    fn a_method_that_takes_the_box_is_given_a_boxed_closure() -> u32 {
    let s: Box<dyn Mapper> = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.map_it(Box::new(|x| x + 1));
    tick(1).await;
    n
    }
}
differential! {
    fn a_method_by_value_is_given_a_closure() -> u32 {
    let s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.with_it(|x| x + 1);
    tick(1).await;
    n
    }
}
differential! {
    fn a_method_by_reference_is_given_a_closure() -> u32 {
    let s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.with_ref(|x| x + 1);
    tick(1).await;
    n
    }
}
differential! {
    fn a_method_by_unique_reference_is_given_a_closure() -> u32 {
    let mut s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.with_mut_it(|x| x + 1);
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_by_value_that_both_have_is_given_a_closure() -> u32 {
    let s = Box::new(S(noisy("s")));
    let o = noisy("o");
    tick(1).await;
    let n = s.tap_it(|x| x + 1);
    tick(1).await;
    n
    }
}
