//! One coroutine function, awaited and handed to others in the same body.

use std::cell::Cell;

async fn tick() {}

#[costate::coroutine]
fn late(n: u32) -> u32 {
    tick().await;
    n
}

fn hand_over<T: Send + 'static>(_: T) -> u32 {
    1
}

/// rustc was told that machines of `late` outlive a borrow of the closure that held one, and gave up
/// on the lifetime of the other: E0310.
#[costate::coroutine]
fn awaits_one_and_hands_over_another() -> u32 {
    let awaited = late(2).await;
    hand_over(late(1)) + awaited
}

#[costate::coroutine]
fn keeps_a_temporary(cell: Cell<u32>) -> u32 {
    let count = &Box::new(cell.get());
    tick().await;
    **count
}

#[test]
fn a_machine_is_awaited_beside_one_that_is_handed_over() {
    assert_eq!(costate::block_on(awaits_one_and_hands_over_another()), 3);
}

/// The marker by which temporaries are borrowed is no data: it asks for no `Sync` of the arguments.
#[test]
fn a_machine_is_send_if_what_it_holds_is() {
    let machine = keeps_a_temporary(Cell::new(4));
    assert_eq!(costate::block_on(machine), 4);
    hand_over(keeps_a_temporary(Cell::new(4)));
}
