use std::cell::RefCell;
use std::future::{Ready, ready};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

struct Job {
    id: u32,
    payload: Box<[u8]>,
}

fn take(queue: &Arc<Mutex<Vec<Job>>>) -> Option<Job> {
    queue.lock().unwrap().pop()
}

fn work(job: Job) -> Ready<usize> {
    ready(job.payload.len())
}

fn tick() -> Ready<()> {
    ready(())
}

// subject
async fn drain(queue: Arc<Mutex<Vec<Job>>>, done: Rc<RefCell<Vec<u32>>>) -> usize {
    let mut total = 0usize;
    let log = Rc::clone(&done);
    let note = move |id: u32| log.borrow_mut().push(id);
    while let Some(job) = take(&queue) {
        let id = job.id;
        let size = work(job).await;
        note(id);
        total += size;
        tick().await;
    }
    let finished = done.borrow().iter().copied().fold(0, |sum: u32, id| sum + id);
    let Some(last) = done.borrow().last().copied() else {
        return 0;
    };
    tick().await;
    assert!(finished >= last, "{finished} and {last}");
    total
}

fn main() {}
