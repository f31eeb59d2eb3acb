use std::future::{Ready, ready};

#[derive(Clone, Debug)]
struct Account {
    name: String,
    balance: i64,
    history: Vec<i64>,
}

struct Store {
    accounts: Vec<Account>,
}

struct Transaction<'a> {
    store: &'a mut Store,
    changes: Vec<(usize, i64)>,
}

impl Store {
    fn begin(&mut self) -> Ready<Transaction<'_>> {
        ready(Transaction { store: self, changes: Vec::new() })
    }
    fn find(&self, name: &str) -> Option<usize> {
        self.accounts.iter().position(|account| account.name == name)
    }
}

impl Transaction<'_> {
    fn add(&mut self, index: usize, amount: i64) -> Ready<bool> {
        self.changes.push((index, amount));
        ready(self.store.accounts[index].balance + amount >= 0)
    }
    fn commit(self) -> Ready<usize> {
        for (index, amount) in &self.changes {
            self.store.accounts[*index].balance += amount;
            self.store.accounts[*index].history.push(*amount);
        }
        ready(self.changes.len())
    }
}

// subject
async fn transfer(store: &mut Store, from: &str, to: String, amount: i64) -> Option<usize> {
    let payer = store.find(from)?;
    let payee = store.find(&to)?;
    let mut transaction = store.begin().await;
    if !transaction.add(payer, -amount).await {
        return None;
    }
    let both = transaction.add(payee, amount).await && payer != payee;
    let changed = if both { transaction.commit().await } else { 0 };
    let first = &mut store.accounts[0];
    first.history.clear();
    let names: Vec<&str> = store.accounts.iter().map(|account| account.name.as_str()).collect();
    println!("{} of {} for {to}", changed, names.join(", "));
    Some(changed)
}

fn main() {}
