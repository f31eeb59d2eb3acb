//! What a caller can do with a coroutine function: send its machine, outlive its arguments, pass it on, call itself.

use costate::{Coroutine, block_on};
use costate_tests::props::tick;
use std::fmt::Display;
use std::rc::Rc;

fn sent<T: Send>(value: T) -> T {
    value
}

fn sent_for_ever<T: Send + 'static>(value: T) -> T {
    value
}

struct Tree(Vec<Tree>);

fn tree() -> Tree {
    Tree(vec![Tree(vec![]), Tree(vec![Tree(vec![])])])
}

#[costate::coroutine]
fn count(tree: &Tree) -> u64 {
    let mut n = 1;
    for child in &tree.0 {
        let below = Box::pin(count(child)).await;
        n += below;
    }
    n
}

impl Tree {
    #[costate::coroutine]
    fn depth(&self) -> u64 {
        let mut depth = 0;
        for child in &self.0 {
            let below = Box::pin(child.depth()).await;
            depth = depth.max(below);
        }
        depth + 1
    }
}

#[costate::coroutine]
fn show<T: Display + Sync>(item: &T, n: u32) -> String {
    if n == 0 {
        return item.to_string();
    }
    let below = Box::pin(show(item, n - 1)).await;
    format!("({below})")
}

#[costate::coroutine]
fn even(n: u32) -> bool {
    if n == 0 {
        return true;
    }
    Box::pin(odd(n - 1)).await
}

#[costate::coroutine]
fn odd(n: u32) -> bool {
    if n == 0 {
        return false;
    }
    Box::pin(even(n - 1)).await
}

#[test]
fn machines_that_hold_themselves_in_a_box_are_send() {
    assert_eq!(block_on(sent(count(&tree()))), 4);
    assert_eq!(block_on(sent(tree().depth())), 3);
    assert_eq!(block_on(sent(show(&5_u8, 2))), "((5))");
    assert!(block_on(sent_for_ever(even(4))));
}

#[costate::coroutine]
fn held_in_two_places<'a>(a: &'a str, b: &mut Vec<&'a str>) -> &'a str {
    let view = &a;
    tick(1).await;
    b.push(view);
    view
}

#[test]
fn a_machine_is_send_whatever_it_borrows() {
    let text = String::from("text");
    let mut list = vec![];
    let kept = block_on(sent(held_in_two_places(&text, &mut list)));
    assert_eq!((kept, list), ("text", vec!["text"]));
}

#[costate::coroutine]
trait Store {
    #[coroutine]
    fn get(&self, key: &str) -> usize;
}

struct Memory(usize);

#[costate::coroutine]
impl Store for Memory {
    #[coroutine]
    fn get(&self, key: &str) -> usize {
        tick(1).await;
        self.0 + key.len()
    }
}

#[costate::coroutine]
fn drive<S: Store>(store: S) -> usize {
    let key = String::from("key");
    let a = store.get(&key).await;
    let b = store.get("longer").await;
    a + b
}

#[test]
fn a_generic_driver_of_an_annotated_trait_can_be_spawned() {
    let native = async {
        let store = Memory(1);
        let key = String::from("key");
        store.get(&key).await
    };
    let sum = block_on(async {
        let one = costate::spawn(drive(Memory(2)));
        let two = costate::spawn(native);
        one.await + two.await
    });
    assert_eq!(sum, 5 + 8 + 4);
}

mod foreign {
    #[allow(async_fn_in_trait, reason = "it stands for what others write")]
    pub trait Consume {
        fn consume(self) -> impl Future<Output = usize> + Send;
    }
}

struct Own<T>(T);

#[costate::coroutine]
impl<T: AsRef<str> + Send> foreign::Consume for Own<T> {
    fn consume(self) -> usize {
        tick(1).await;
        self.0.as_ref().len()
    }
}

#[test]
fn a_machine_in_a_box_of_its_own_is_send() {
    use foreign::Consume;
    assert_eq!(
        block_on(sent_for_ever(Own(String::from("text")).consume())),
        4
    );
    let text = String::from("borrowed");
    assert_eq!(block_on(sent(Own(&*text).consume())), 8);
}

#[test]
fn a_machine_in_a_box_of_its_own_is_cancelled_and_traced() {
    use foreign::Consume;
    use std::pin::pin;
    use std::task::{Context, Waker};
    let mut machine = pin!(Own("x").consume());
    let mut context = Context::from_waker(Waker::noop());
    assert!(machine.as_mut().poll(&mut context).is_pending());
    let mut awaiting = vec![];
    machine
        .as_mut()
        .trace(&mut |frame| awaiting.push((frame.coroutine, frame.awaiting)));
    assert_eq!(awaiting, [("consume", "tick(1)")]);
    assert!(machine.as_mut().poll_cancel(&mut context).is_ready());
}

fn pass<F, C>(function: F) -> C
where
    F: Fn(u32) -> C,
    C: Coroutine<Output = usize> + 'static,
{
    function(3)
}

#[costate::coroutine]
fn not_send(n: u32) -> usize {
    let shared = Rc::new(n);
    tick(n).await;
    Rc::strong_count(&shared)
}

#[test]
fn a_function_is_passed_by_name() {
    assert_eq!(block_on(pass(not_send)), 1);
}

struct Proxy<'a>(&'a str);
struct Reply<'a, T>(&'a str, Option<T>);

impl<'a> Proxy<'a> {
    /// As zbus has it: the argument's lifetime is longer than that of an impl whose header is unseen.
    #[costate::coroutine]
    fn ask<'name: 'a, T>(&self, name: &'name str) -> Reply<'a, T> {
        tick(1).await;
        let longer: &'name str = name;
        Reply(if longer.is_empty() { self.0 } else { longer }, None)
    }

    #[costate::coroutine]
    fn ask_in_turn<'first, 'then>(&self, first: &'first str, then: &'then str) -> &'a str
    where
        'first: 'then,
        'then: 'a,
    {
        tick(1).await;
        if first.is_empty() { then } else { first }
    }
}

#[costate::coroutine]
fn forever<'name: 'static>(name: &'name str) -> &'static str {
    tick(1).await;
    name
}

#[test]
fn a_lifetime_outlives_one_that_is_unseen() {
    let name = String::from("name");
    let reply: Reply<'_, u8> = {
        let proxy = Proxy("proxy");
        block_on(proxy.ask(&name))
    };
    assert_eq!((reply.0, reply.1), ("name", None));
    assert_eq!(block_on(Proxy("proxy").ask_in_turn("", &name)), "name");
    assert_eq!(block_on(forever("forever")), "forever");
}
