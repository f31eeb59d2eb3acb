//! A method that is awaited, and that there is none of.
struct Client;

impl Client {
    #[costate::coroutine]
    fn request(&self) -> u32 {
        1
    }
}

#[costate::coroutine]
fn ask(client: Client) {
    std::future::ready(()).await;
    client.reqest().await;
}

fn main() {}
