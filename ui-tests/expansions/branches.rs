//! A match whose arms suspend, a guard held to the end of its scope, a labelled break.
#[costate::coroutine]
fn route(requests: Vec<Request>, lock: &Lock) -> usize {
    let mut served = 0;
    'all: for request in requests {
        let _guard = lock.lock().await;
        match request {
            Request::Get(name) => get(&name).await,
            Request::Put { name, body } if !body.is_empty() => {
                put(name, body).await;
            }
            Request::Put { .. } => {}
            Request::Quit => break 'all,
        }
        served += 1;
    }
    served
}
