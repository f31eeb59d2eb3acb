use std::future::{Ready, ready};

struct Request {
    path: String,
    retries: u32,
}

struct Response {
    status: u16,
    body: Vec<u8>,
}

#[derive(Debug)]
struct Failed(String);

impl Response {
    fn text(self) -> Ready<Result<String, Failed>> {
        ready(String::from_utf8(self.body).map_err(|error| Failed(error.to_string())))
    }
    fn is_success(&self) -> bool {
        self.status < 300
    }
}

fn get(request: &Request) -> Ready<Result<Response, Failed>> {
    ready(Ok(Response { status: 200, body: request.path.clone().into_bytes() }))
}

fn pause(rounds: u32) -> Ready<()> {
    drop(rounds);
    ready(())
}

// subject
async fn fetch(path: &str, retries: u32) -> Result<String, Failed> {
    let request = Request { path: path.to_owned(), retries };
    let mut rounds = 0;
    loop {
        let response = get(&request).await?;
        if response.is_success() {
            let text = response.text().await?;
            return Ok(text.trim().to_string());
        }
        if rounds >= request.retries {
            return Err(Failed(format!("{} after {rounds} rounds", response.status)));
        }
        rounds += 1;
        pause(rounds).await;
    }
}

fn main() {}
