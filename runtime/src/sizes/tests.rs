use super::text::short;
use super::{FieldKind, SizeReport, SizedPart};
use std::future::Ready;
use std::future::ready;

#[costate::coroutine(sizes)]
fn inner(data: [u8; 9]) -> usize {
    ready(()).await;
    data.len()
}

#[costate::coroutine(sizes)]
fn outer(text: String, long: bool) -> usize {
    let mut sum = 0_usize;
    if long {
        let wide = 1_u128;
        let wide: u128 = ready(wide).await;
        sum += usize::try_from(wide).unwrap_or(0);
    } else {
        sum += inner([1; 9]).await;
    }
    drop(text);
    sum
}

#[costate::coroutine]
fn without(data: [u8; 9]) -> usize {
    ready(()).await;
    data.len()
}

#[costate::coroutine(sizes, yield = u8)]
fn numbers() {
    let held = [7_u8; 3];
    yield_!(held[0]);
    yield_!(held[1]);
}

#[test]
fn every_byte_of_every_state_is_accounted_for() {
    let report = crate::size_report!(outer);
    assert_eq!(report.bytes, size_of_val(&outer(String::new(), true)));
    for state in &report.states {
        let parts = report.parts(state);
        let all: usize = parts.iter().map(|(bytes, _)| bytes).sum();
        assert_eq!(all, report.bytes, "{}", state.name);
        let fields = parts.iter().filter(|p| matches!(p.1, SizedPart::Held(_)));
        let used: usize = fields.map(|(bytes, _)| bytes).sum();
        assert_eq!(used, report.used(state));
    }
}

#[test]
fn states_have_their_names_and_what_they_hold() {
    let report = crate::size_report!(outer(String::new(), true));
    let states: Vec<_> = report
        .states
        .iter()
        .map(|s| (s.name, s.suspension))
        .collect();
    assert_eq!(
        states,
        [
            ("Unresumed", ""),
            ("Ready", "ready(wide).await"),
            ("Inner", "inner([1; 9]).await")
        ]
    );
    let held = |state: usize| {
        let held = report.states[state]
            .held
            .iter()
            .map(|i| report.fields[*i].name);
        let mut held: Vec<_> = held.collect();
        held.sort_unstable();
        held
    };
    assert_eq!(held(0), ["long", "state", "text"]);
    assert_eq!(held(2), ["inner_future", "state", "sum", "text"]);
    assert!(report.states[1].line > 0);
}

#[test]
fn an_awaited_coroutine_shows_its_own_states() {
    let report = crate::size_report!(outer);
    let awaited = |f: &&super::SizedField| f.kind == FieldKind::Awaited && f.within.is_some();
    let field = report.fields.iter().find(awaited).expect("it is awaited");
    let within = field.within.as_ref().expect("it has the option");
    assert_eq!((within.name, within.bytes), ("inner", field.bytes));
    assert_eq!(**within, crate::size_report!(inner));
}

#[test]
fn without_the_option_there_is_the_size_alone() {
    let report = crate::size_report!(without);
    assert_eq!(report.bytes, size_of_val(&without([0; 9])));
    assert!(report.states.is_empty() && report.fields.is_empty());
    assert!(
        report.to_string().contains("costate::coroutine(sizes)"),
        "{report}"
    );
}

#[test]
fn generators_have_reports() {
    let report = crate::size_report!(numbers);
    let names: Vec<_> = report.states.iter().map(|state| state.name).collect();
    assert_eq!(names, ["Unresumed", "Yield", "Yield_2"]);
    assert_eq!(report, crate::size_report!(numbers()));
}

#[test]
fn room_of_other_states_is_told_from_padding() {
    let report = crate::size_report!(outer);
    let unresumed = report.parts(&report.states[0]);
    assert!(
        unresumed.iter().any(|(_, part)| *part == SizedPart::Idle),
        "{report}"
    );
    let padding = |state| {
        let parts = report.parts(state).into_iter();
        parts
            .filter(|p| p.1 == SizedPart::Padding)
            .map(|p| p.0)
            .sum::<usize>()
    };
    assert!(report.states.iter().all(|s| padding(s) == report.padding()));
}

#[test]
fn the_text_names_fields_and_states() {
    let text = crate::size_report!(outer).to_string();
    for said in [
        "outer:",
        "Ready, ",
        "`ready(wide).await`",
        "text             String",
        "the coroutine `inner`",
    ] {
        assert!(text.contains(said), "{said} is not in:\n{text}");
    }
}

#[test]
fn the_picture_is_of_all_coroutines_and_well_formed() {
    let svg = crate::size_report!(outer).to_svg();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert_eq!(svg.matches("font-weight=\"bold\"").count(), 2);
    assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    assert_eq!(svg.matches('"').count() % 2, 0);
}

#[test]
fn names_are_without_their_modules() {
    let name = std::any::type_name::<Result<Vec<String>, Ready<[std::io::Error; 2]>>>();
    assert_eq!(short(name), "Result<Vec<String>, Ready<[Error; 2]>>");
    assert_eq!(short("a::b::f::{{closure}}"), "f{}");
    assert_eq!(short("<a::b::C as d::E>::Of"), "<C as E>::Of");
    assert_eq!(short(&"x".repeat(90)).len(), 48);
}

#[test]
fn a_report_is_what_was_asked_for_by_any_way() {
    assert_eq!(SizeReport::of(&inner), SizeReport::of(&inner([0; 9])));
}
