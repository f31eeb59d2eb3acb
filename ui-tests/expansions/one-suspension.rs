//! The least that there is: no arguments, no locals, one suspension.
#[costate::coroutine]
fn pause() {
    tick().await;
}
