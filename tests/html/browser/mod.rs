//! The page in a headless Chromium: what falls, filters, sorting, keyboard, paper; no error, and no request that leaves
//! it. Without a Chromium they are not tried, as `support/judge.rs` says.

pub(crate) mod driver;
mod outages;
mod reading;
mod tables;
mod viewer;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use driver::Browser;
use serde_json::{Value, json};
use sinew::report::Outage;
use sinew::report::outage::Kind;

use crate::html::fixture::Fixture;

/// Everything that is done to the page, one after the other in one browser: it takes longer to start than all of them.
const SCENARIOS: &[fn(&Browser)] = &[
    outages::what_goes_down_is_the_computed_outage,
    outages::a_combined_outage_that_is_not_in_the_report_is_not_made_up,
    tables::filters_leave_what_concerns_them,
    tables::tables_sort_with_the_unknown_last_and_show_all_on_demand,
    tables::the_slider_goes_from_today_to_the_target,
    reading::everything_can_be_done_by_keyboard,
    reading::pointing_shows_the_evidence,
    reading::names_that_attack_run_nothing,
    reading::a_picture_of_several_slides_shows_one_at_a_time,
    reading::narrow_windows_and_dark_pages,
    reading::the_page_that_a_report_writes_holds_together,
    viewer::a_picture_is_looked_at_closely,
    viewer::names_lead_to_their_place_and_its_card,
    viewer::a_link_leads_to_a_state_and_back_leads_out_of_it,
    viewer::the_story_is_presented,
    viewer::paper_has_the_story_on_ten_sheets,
    viewer::a_judge_of_access_finds_nothing,
];

#[test]
fn the_page_does_in_a_browser_what_it_says() {
    let Some(browser) = Browser::start() else { return };
    SCENARIOS.iter().for_each(|scenario| scenario(&browser));
}

/// Writes the page of `fixture` to a file of its own and opens it.
fn open(browser: &Browser, name: &str, fixture: &Fixture, size: [u32; 2], is_dark: bool) {
    let file = place(&format!("{name}.html"));
    fs::write(&file, fixture.page()).expect("a file");
    browser.look(size, is_dark);
    browser.open(&file);
}

/// A file that a test writes, for a person to look at.
fn place(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("html");
    fs::create_dir_all(&folder).expect("a folder");
    folder.join(name)
}

fn keep(name: &str, bytes: &[u8]) {
    assert!(bytes.len() > 10_000, "{name} is nearly empty");
    fs::write(place(name), bytes).expect("a file");
}

/// No message of any kind, and no request but for the file itself.
fn assert_quiet(browser: &Browser) {
    assert_eq!(browser.log("browser"), Vec::<Value>::new());
    for entry in browser.log("performance") {
        let message: Value = serde_json::from_str(entry["message"].as_str().expect("a message")).expect("JSON");
        if message["message"]["method"] == "Network.requestWillBeSent" {
            let url = message["message"]["params"]["request"]["url"].as_str().unwrap_or_default();
            assert!(url.starts_with("file://") && url.ends_with(".html"), "a request leaves the page: {url}");
        }
    }
}

/// Opens the card of a system in the picture and takes the system offline there, or brings it back.
fn take_offline(browser: &Browser, system: &str) {
    browser.click(&format!("figure:not(.away) .slide:not(.away) g[data-node={system}]"));
    browser.click("#card .offline");
}

/// The ids in one list of what falls.
fn listed(browser: &Browser, list: &str) -> Value {
    browser.script(&format!(
        "return [...document.querySelectorAll('#outage-lists [data-list={list}] li')].map(item => item.dataset.id)"
    ))
}

fn assert_falls(browser: &Browser, outage: &Value) {
    for list in ["processes_down", "processes_degraded", "systems_down", "systems_starved"] {
        assert_eq!(listed(browser, list), outage[list], "{list} of {}", outage["components"]);
    }
    let said = text(browser, "#outage-words");
    assert!(said.starts_with("Without "), "{said}");
    let marked = "return [...document.querySelectorAll('figure:not(.away) g[data-node].down, figure:not(.away) g[data-node].off')].map(box => box.dataset.node).sort()";
    let mut down: Vec<&str> = ids(&outage["systems_down"]);
    down.sort_unstable();
    assert_eq!(browser.script(marked), json!(down));
}

fn ids(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn text(browser: &Browser, selector: &str) -> String {
    let text = browser.script(&format!("return document.querySelector({}).textContent", json!(selector)));
    text.as_str().unwrap_or_default().to_owned()
}

/// The outage of one component, as report.json has it.
fn outage(report: &Value, component: &str) -> Value {
    let all = report["outages"].as_array().expect("outages");
    all.iter().find(|outage| outage["components"] == json!([component])).expect("an outage").clone()
}

/// The rows of a table that are not folded away, as a list in JavaScript.
fn rows_of(table: &str) -> String {
    format!("[...document.querySelectorAll('#{table}-table tbody tr:not(.details)')]")
}
