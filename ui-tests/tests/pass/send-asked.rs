//! `Send` is asked for where the function stands, whatever it borrows.
use std::rc::Rc;

#[costate::coroutine(Send)]
fn count<T: Sync + AsRef<str>>(list: &[T], log: &mut Vec<usize>) -> usize {
    {
        let local = Rc::new(1);
        log.push(*local);
    }
    for item in list {
        std::future::ready(()).await;
        log.push(item.as_ref().len());
    }
    log.len()
}

fn main() {
    let machine: Box<dyn Send> = Box::new(count(&["a"], Box::leak(Box::new(vec![]))));
    drop(machine);
    let mut log = vec![];
    assert_eq!(costate::block_on(count(&["a", "b"], &mut log)), 3);
}
