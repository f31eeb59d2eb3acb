//! `defer!`, `on_cancel!` and `select!` in an ordinary function.
fn main() {
    costate::defer! { println!("end"); }
    costate::on_cancel! { println!("cancelled"); }
    costate::select! { () = std::future::ready(()) => {} }
}
