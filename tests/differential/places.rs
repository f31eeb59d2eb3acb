//! Places with suspensions in them, and places that are found before others suspend.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

#[derive(Debug)]
struct Node {
    n: u32,
    who: Noisy,
    next: Option<Box<Node>>,
}

fn node(n: u32, name: &'static str) -> Node {
    Node {
        n,
        who: noisy(name),
        next: None,
    }
}

impl Node {
    fn grow(&mut self, by: u32) -> u32 {
        say("grow");
        self.n += by;
        self.n
    }

    fn bump(&mut self) -> Tick<u32> {
        self.n += 1;
        after(1, self.n)
    }
}

differential! {
    fn a_field_of_what_is_awaited_is_read() -> (u32, &'static str) {
        let n = after(1, node(3, "first")).await.n;
        say("after");
        let name = after(1, node(4, "second")).await.who.name();
        tick(1).await;
        (n + after(1, Box::new(node(5, "boxed"))).await.n, name)
    }
}

differential! {
    fn a_field_of_a_temporary_is_read_before_a_suspension() -> u32 {
        let total = after(1, node(3, "first")).await.n + after(1, node(4, "second")).await.n * 2;
        say("after");
        tick(1).await;
        total
    }
}

differential! {
    fn an_index_suspends() -> (u32, &'static str) {
        let list = vec![node(1, "a"), node(2, "b")];
        let n = list[after(1, 1).await].n + list[0].n;
        let names: HashMap<&str, Vec<&'static str>> = HashMap::from([("k", vec!["x", "y"])]);
        let name = names[after(1, "k").await][after(1, 1).await];
        tick(1).await;
        (n, name)
    }
}

differential! {
    fn what_is_indexed_is_made_first() -> u32 {
        fn make() -> Vec<u32> {
            say("make");
            vec![1, 2, 3]
        }
        let n = make()[after(1, 1).await];
        let m = after(1, vec![4, 5]).await[after(1, 0).await] + after(1, 1).await;
        n + m
    }
}

differential! {
    fn an_indexed_element_is_indexed_in_order() -> u32 {
        let rows = vec![vec![1, 2], vec![3]];
        let n = rows[given("row", 1)][after(1, 0).await];
        n + rows[given("no row", 2)][given("never", after(1, 0)).await]
    }
}

differential! {
    fn references_to_places_are_taken_in_order() -> usize {
        fn both<'a>(list: &'a [u32], n: &'a mut u32) -> usize {
            *n += 1;
            list.len() + *n as usize
        }
        let (list, mut n, mut nodes) = (vec![1, 2, 3], 1, vec![node(1, "a")]);
        let first = both(&list[after(1, 1).await..], { tick(1).await; &mut n });
        first + both(&list[..given("end", 2)], &mut nodes[after(1, 0).await].n)
    }
}

differential! {
    fn a_dereferenced_call_is_read_and_written() -> u32 {
        fn pick(list: &mut [u32], at: u32) -> &mut u32 {
            say("pick");
            &mut list[at as usize]
        }
        let mut list = [1, 2, 3];
        let n = *pick(&mut list, after(1, 1).await) + after(1, 1).await;
        *pick(&mut list, after(1, 2).await) = n;
        list[2] + *after(1, &list[0]).await
    }
}

differential! {
    fn a_scalar_receiver_is_copied_before_it_changes() -> Vec<u32> {
        let mut node = node(3, "node");
        let node = &mut node;
        let first = node.n.max(node.bump().await);
        let second = node.n.pow(node.bump().await - 3);
        let third = node.n.saturating_sub({ node.n = after(1, 100).await; 1 });
        vec![first, second, third]
    }
}

differential! {
    fn a_receiver_that_is_read_by_its_arguments_is_changed_in_place() -> (u32, usize) {
        struct Both {
            left: Node,
            right: Node,
            list: Vec<u32>,
        }
        let mut both = Both { left: node(1, "left"), right: node(2, "right"), list: vec![] };
        let n = both.left.grow(both.right.bump().await);
        both.list.push(after(1, both.left.n).await);
        let both = &mut both;
        both.list.extend(Some(after(1, both.list.len() as u32).await));
        both.left.grow(after(1, both.right.n).await);
        (n + both.left.n, both.list.len())
    }
}

differential! {
    fn what_a_box_and_an_rc_hold_are_receivers() -> (u32, u32) {
        let mut boxed = Box::new(node(1, "boxed"));
        let shared = Rc::new(RefCell::new(node(2, "shared")));
        let n = boxed.grow(after(1, 1).await);
        let m = shared.borrow_mut().grow(after(1, 2).await);
        say("given back");
        let again = shared.borrow().n + (*boxed).grow(after(1, 3).await);
        (n + m, again)
    }
}

differential! {
    fn a_list_of_nodes_is_walked() -> u32 {
        let mut list = node(1, "head");
        let mut end = &mut list;
        for name in ["a", "b"] {
            end = &mut **end.next.insert(Box::new(node(after(1, 2).await, name)));
        }
        end.n += after(1, 5).await;
        tick(1).await;
        list.next.as_ref().map_or(0, |n| n.n) + { list.next }.and_then(|n| n.next).map_or(after(1, 9).await, |n| n.n)
    }
}

differential! {
    fn an_element_lends_itself_to_its_method() -> u32 {
        let mut list = vec![node(1, "a"), node(2, "b")];
        let at = after(1, 1_usize).await;
        let n = list[at].grow(after(1, 10).await);
        let m = list[at - 1].who.name().len() as u32 + list[after(1, 0).await].n.max(after(1, 1).await);
        list[..][at].next.get_or_insert(Box::new(node(after(1, 7).await, "c"))).grow(after(1, 1).await) + n + m
    }
}

differential! {
    fn a_partly_moved_local_lends_what_is_left() -> (u32, &'static str) {
        let node = node(1, "node");
        let who = node.who;
        let n = node.n + after(1, 1).await;
        (n, after(1, who).await.name())
    }
}

differential! {
    fn slices_are_copied_between_suspensions() -> [u32; 4] {
        let mut list = [1, 2, 3, 4];
        let from = after(1, 2).await;
        list[from..].copy_from_slice(&after(1, vec![7, 8]).await);
        list[..2].swap(after(1, 0).await, after(1, 1).await);
        list
    }
}
