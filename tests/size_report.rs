//! The picture in the docs is what the example draws. `BLESS=1 cargo test -p costate-tests --test size_report` draws it anew.

#[allow(dead_code, reason = "its `main`")]
#[path = "../examples/src/bin/sizes.rs"]
mod example;

use std::path::Path;

#[test]
#[cfg(target_pointer_width = "64")]
fn the_docs_show_what_the_example_draws() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let (picture, text) = (docs.join("sizes.svg"), docs.join("sizes.md"));
    let report = example::report();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&picture, report.to_svg()).expect("the docs can be written");
    }
    let kept = std::fs::read_to_string(picture).expect("the picture is there");
    assert!(
        kept == report.to_svg(),
        "the picture differs: BLESS=1 draws it anew"
    );
    let kept = std::fs::read_to_string(text).expect("the page is there");
    assert!(
        kept.contains(&report.to_string()),
        "docs/sizes.md lacks:\n{report}"
    );
}

#[costate::coroutine(sizes)]
fn asks_in_a_trait(data: &[u8]) -> usize {
    std::future::ready(()).await;
    data.len()
}

struct Counter(u8);

#[costate::coroutine(sizes)]
impl Counter {
    #[coroutine]
    fn count<T: Clone>(&mut self, times: T) -> (u8, T) {
        let kept = times.clone();
        let length = asks_in_a_trait(&[1, 2]).await;
        self.0 += length as u8;
        (self.0, kept)
    }
}

#[test]
fn methods_and_generic_functions_have_reports() {
    let mut counter = Counter(1);
    let report = costate::size_report!(counter.count(7_u16));
    assert_eq!(report.name, "count");
    assert_eq!(report.bytes, size_of_val(&counter.count(7_u16)));
    assert!(
        report
            .fields
            .iter()
            .any(|field| field.name == "kept" && field.bytes == 2)
    );
    assert!(report.fields.iter().any(|field| field.within.is_some()));
    assert_eq!(costate::block_on(counter.count("x")), (3, "x"));
}
