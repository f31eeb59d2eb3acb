//! A method by value moves the local, also where it is used again later.
struct Connection {
    sent: u32,
}

impl Connection {
    fn close(self) {}
}

#[costate::coroutine]
fn f(connection: Connection) -> u32 {
    connection.close();
    std::future::ready(()).await;
    connection.sent
}

fn main() {}
