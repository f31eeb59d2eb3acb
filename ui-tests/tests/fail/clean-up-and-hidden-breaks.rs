//! A `break` that a macro hides would pass by clean-up.
macro_rules! stop {
    () => { break };
    ($label:lifetime) => { break $label };
}

#[costate::coroutine]
fn unseen() {
    loop {
        defer! { println!("end"); }
        stop!()
    }
}

#[costate::coroutine]
fn named() {
    'all: loop {
        defer! { println!("end"); }
        stop!('all)
    }
}

fn main() {
    let _ = (unseen(), named());
}
