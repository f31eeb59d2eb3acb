//! A `&mut` argument that is gone: said where it is used first after that.

use std::future::ready;

struct Store {
    rows: Vec<u32>,
}

fn take(_: &mut Store) {}

#[costate::coroutine]
fn f(store: &mut Store) -> usize {
    let mut consume = move || take(store);
    ready(()).await;
    consume();
    store.rows.clear();
    ready(()).await;
    store.rows.len()
}

fn main() {}
