//! The page in a real browser, and the database behind it.
//!
//! Skipped, with a word about it, without chromedriver; `COSTATE_REQUIRE=chromedriver` makes that a failure.

use crate::setup::{ACTIVE, By, Running};
use crate::webdriver::Browser;
use costate_cancel_query::observer::until;
use std::io::Write;
use std::time::Duration;

const LONG: Duration = Duration::from_secs(600);

/// A server over a database, and a browser that shows its page.
fn open(name: &str) -> Option<(Running, Browser)> {
    let running = Running::start(name, By::Unix, 2, LONG)?;
    let Some(browser) = Browser::start(name) else {
        let required = std::env::var("COSTATE_REQUIRE").unwrap_or_default();
        assert!(
            !required.contains("chromedriver"),
            "chromedriver isn't installed"
        );
        // Not by `eprintln!`, which tests keep to themselves.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: chromedriver isn't installed here"
        );
        return None;
    };
    browser.go_to(&format!("http://{}/", running.address));
    Some((running, browser))
}

/// Starts a query by the button, and waits until page and database show that it runs.
fn start(running: &Running, browser: &Browser) {
    browser.click("#start");
    let runs = format!("SELECT count(*) = 1 FROM {ACTIVE}");
    running.database.until(&runs);
    shows(browser, "tbody tr [data-is=stage]", "runs");
    shows(browser, "dd[data-is=running]", "1");
    assert_eq!(browser.text("tbody tr [data-is=who]"), "browser");
}

fn shows(browser: &Browser, selector: &str, text: &str) {
    until(&format!("{selector} shows {text:?}"), || {
        browser.text(selector) == text
    });
}

/// No statement runs, and nothing was written.
fn is_undone(running: &Running) {
    let database = &running.database;
    database.until(&format!("SELECT count(*) = 0 FROM {ACTIVE}"));
    assert_eq!(database.number("SELECT count(*) FROM cancel_query"), 0);
}

#[test]
fn the_page_starts_a_query_shows_it_and_stops_it() {
    let Some((mut running, browser)) = open("page") else {
        return;
    };
    start(&running, &browser);
    browser.click("tbody tr button");
    shows(&browser, "tbody tr [data-is=stage]", "stopped");
    shows(&browser, "dd[data-is=cancelled]", "1");
    shows(&browser, "dd[data-is=running]", "0");
    assert!(browser.text("tbody tr [data-is=clean-up]").ends_with(" ms"));
    is_undone(&running);

    browser.click("#start");
    shows(&browser, "#job-2 [data-is=stage]", "runs");
    browser.click("#start");
    shows(&browser, "#job-3 [data-is=stage]", "runs");
    browser.click("#start");
    shows(&browser, "#job-4 [data-is=stage]", "waits for a connection");
    browser.screenshot("page");
    browser.click("#hang-up");
    for job in 2..=4 {
        shows(
            &browser,
            &format!("#job-{job} [data-is=stage]"),
            "browser gone",
        );
    }
    shows(&browser, "dd[data-is=cancelled]", "4");
    is_undone(&running);
    running.stop();
}

#[test]
fn a_tab_that_is_closed_takes_its_query_with_it() {
    let Some((mut running, browser)) = open("tab") else {
        return;
    };
    let page = format!("http://{}/", running.address);
    start(&running, &browser);
    browser.close_tab_beside(&page);
    is_undone(&running);
    // Who still looks sees it.
    shows(&browser, "tbody tr [data-is=stage]", "browser gone");
    running.stop();
}

#[test]
fn a_page_that_is_left_for_another_takes_its_query_with_it() {
    let Some((mut running, browser)) = open("other_page") else {
        return;
    };
    start(&running, &browser);
    browser.go_to("about:blank");
    is_undone(&running);
    until("the server knows why", || {
        running.app.report()["jobs"][0]["stage"] == "left"
    });
    running.stop();
}
