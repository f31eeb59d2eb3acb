//! A body of `main` that is no Rust, and a test's: `main` is there, and there is no more to say.
#[costate::main]
fn main() {
    let n = ;
    println!("{n}");
}

#[costate::test]
fn test() {
    std::future::ready(1).await +;
}
