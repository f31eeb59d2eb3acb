//! A table is indexed by a key of its own.
struct Table(Vec<u32>);
struct Key(usize);

impl std::ops::Index<Key> for Table {
    type Output = u32;

    fn index(&self, key: Key) -> &u32 {
        &self.0[key.0]
    }
}

#[costate::coroutine]
fn f(table: Table, i: u32) -> u32 {
    std::future::ready(()).await;
    table[i]
}

fn main() {}
