//! Every alternative of a pattern before a suspending guard is a part of the graph.
#[costate::coroutine]
fn kind(k: (Option<u8>, Option<u8>, Option<u8>)) -> u8 {
    match k {
        (
            Some(a) | Some(a) | Some(a) | Some(a),
            Some(b) | Some(b) | Some(b) | Some(b),
            Some(c) | Some(c) | Some(c),
        ) if std::future::ready(a == b && b == c).await => 1,
        _ => 2,
    }
}

fn main() {}
