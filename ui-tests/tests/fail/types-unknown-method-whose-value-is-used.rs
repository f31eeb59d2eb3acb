//! A method that there isn't: nothing is said of what its value would be.
use std::future::{Ready, ready};

struct Transaction(usize);

impl Transaction {
    fn commit(self) -> Ready<usize> {
        ready(self.0)
    }
}

#[costate::coroutine]
fn f(transaction: Transaction, commits: bool) -> Option<usize> {
    let changed = if commits { transaction.comit().await } else { 0 };
    Some(changed)
}

fn main() {}
