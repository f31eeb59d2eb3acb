//! What is behind a `&` is neither changed nor lent to be changed.
struct Table {
    rows: Vec<u32>,
}

impl Table {
    fn put(&mut self, row: u32) {
        self.rows.push(row);
    }
}

#[costate::coroutine]
fn f(table: &Table) {
    table.put(1);
    std::future::ready(()).await;
    table.rows = Vec::new();
}

fn main() {}
