//! Two lifetimes that are one inside of the machine are two outside.
#[costate::coroutine]
fn first<'a>(a: &'a str, b: &mut Vec<String>) -> &'a str {
    std::future::ready(()).await;
    b.push(a.to_owned());
    a
}

#[costate::coroutine]
fn second<'a, 'b>(_a: &'a str, b: &'b str) -> &'a str {
    std::future::ready(()).await;
    b
}

fn main() {
    let mut list = vec![];
    let kept = {
        let text = String::from("freed");
        costate::block_on(first(&text, &mut list))
    };
    println!("{kept}");
}
