//! The page in a headless Chromium: what falls, filters, sorting, keyboard, paper; no error, and no request that leaves
//! it. Without a Chromium they are not tried, as `support/judge.rs` says.

mod driver;

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
    what_goes_down_is_the_computed_outage,
    a_combined_outage_that_is_not_in_the_report_is_not_made_up,
    filters_leave_what_concerns_them,
    tables_sort_with_the_unknown_last_and_show_all_on_demand,
    the_slider_goes_from_today_to_the_target,
    everything_can_be_done_by_keyboard,
    pointing_shows_the_evidence,
    names_that_attack_run_nothing,
    a_picture_of_several_slides_shows_one_at_a_time,
    paper_narrow_windows_and_dark_pages,
    the_page_that_a_report_writes_holds_together,
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

fn what_goes_down_is_the_computed_outage(browser: &Browser) {
    let fixture = Fixture::enterprise();
    open(browser, "outages", &fixture, [1440, 900], false);
    let report = fixture.json();
    keep("desktop-top.png", &browser.screenshot());
    // By a click in the picture.
    for system in ["marketo", "salesforce", "jasper"] {
        browser.click(&format!("figure:not(.away) g[data-node={system}]"));
        assert_falls(browser, &outage(&report, system));
        if system == "marketo" {
            keep("desktop-offline.png", &browser.screenshot());
        }
    }
    // The same again brings it up.
    browser.click("figure:not(.away) g[data-node=jasper]");
    assert_eq!(text(browser, "#outage-lists"), "");
    assert_eq!(browser.script("return document.querySelectorAll('g.off, g.down, g.starved').length"), json!(0));
    // From the list of systems.
    browser.script("const pick = document.getElementById('pick'); pick.value = 'snowflake'; pick.dispatchEvent(new Event('change'))");
    assert_falls(browser, &outage(&report, "snowflake"));
    // From the table.
    for row in [1, 2, 5] {
        let button = format!("#outages-table tbody tr:nth-child({row} of :not(.details)) .offline");
        browser.click(&button);
        let failed = browser.script(&format!("return {}[{row} - 1].dataset.offline", rows_of("outages")));
        let failed: Value = serde_json::from_str(failed.as_str().expect("components")).expect("JSON");
        let all = report["outages"].as_array().expect("outages");
        assert_falls(browser, all.iter().find(|outage| outage["components"] == failed).expect("an outage"));
        assert_eq!(
            browser.script(&format!("return document.querySelector('{button}').getAttribute('aria-pressed')")),
            json!("true")
        );
    }
    assert_quiet(browser);
}

fn a_combined_outage_that_is_not_in_the_report_is_not_made_up(browser: &Browser) {
    let mut fixture = Fixture::enterprise();
    let ids_of = |ids: &[&str]| ids.iter().map(|id| Arc::from(*id)).collect();
    fixture.report.outages.as_mut().expect("outages").push(Outage {
        components: ids_of(&["jasper", "marketo"]),
        kind: Kind::Joint,
        processes_down: ids_of(&["campaign-launch"]),
        processes_degraded: Vec::new(),
        facts_lost: Vec::new(),
        systems_down: ids_of(&["jasper", "marketo"]),
        systems_starved: Vec::new(),
        cost_per_hour: Some(5.0.into()),
        cost_unknown: Vec::new(),
        hours_down: None,
        expected_cost: None,
        reasons: None,
    });
    let report = fixture.json();
    let joint = report["outages"].as_array().and_then(|all| all.last()).expect("the one");
    open(browser, "joint", &fixture, [1440, 900], false);
    browser.click("#several");
    browser.click("figure:not(.away) g[data-node=marketo]");
    browser.click("figure:not(.away) g[data-node=jasper]");
    assert_falls(browser, joint);
    browser.click("figure:not(.away) g[data-node=salesforce]");
    let said = text(browser, "#outage-words");
    assert!(said.contains("does not hold their combined outage"), "{said}");
    assert!(said.contains("sinew outage STACK --without marketo --without jasper --without salesforce"), "{said}");
    // At least what each takes down alone.
    let least = listed(browser, "processes_down");
    for system in ["marketo", "jasper", "salesforce"] {
        for process in ids(&outage(&report, system)["processes_down"]) {
            assert!(ids(&least).contains(&process), "{process}");
        }
    }
    browser.click("#restore");
    assert_eq!(text(browser, "#outage-lists"), "");
    assert_quiet(browser);
}

fn filters_leave_what_concerns_them(browser: &Browser) {
    let fixture = Fixture::enterprise();
    open(browser, "filters", &fixture, [1440, 900], false);
    let report = fixture.json();
    let names = &fixture.report.stack.names;
    let shown = |table: &str| {
        let ids =
            browser.script(&format!("return {}.filter(row => !row.hidden).map(row => row.dataset.id)", rows_of(table)));
        ids.as_array().cloned().unwrap_or_default()
    };
    let choose = |filter: &str, value: &str| {
        browser.script(&format!(
            "const list = document.getElementById('{filter}'); list.value = {}; list.dispatchEvent(new Event('change', {{bubbles: true}}))",
            json!(value)
        ));
    };
    let all = shown("findings").len();
    assert_eq!(all, report["findings"].as_array().map_or(0, Vec::len));
    choose("rule", "manual-handoff");
    let of_rule = report["findings"].as_array().into_iter().flatten().filter(|one| one["rule"] == "manual-handoff");
    let of_rule: Vec<Value> = of_rule.map(|one| one["id"].clone()).collect();
    assert!(!of_rule.is_empty() && of_rule.len() < all);
    assert_eq!(shown("findings"), of_rule);
    let said = text(browser, "#shown");
    assert!(said.contains(&format!("{} of {all} findings", of_rule.len())), "{said}");
    choose("rule", "");
    choose("domain", "Content");
    let in_domain: Vec<&String> = names
        .systems
        .iter()
        .filter(|(_, system)| system.domain.as_deref() == Some("Content"))
        .map(|(id, _)| id)
        .collect();
    let expected: Vec<Value> = report["handoffs"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|chain| {
            let steps = ids(&chain["steps"]).into_iter().flat_map(|step| {
                let flow = &names.flows[step];
                [&flow.from, &flow.to]
            });
            steps.into_iter().any(|system| in_domain.contains(&system))
        })
        .map(|chain| chain["id"].clone())
        .collect();
    assert!(!expected.is_empty() && expected.len() < report["handoffs"].as_array().map_or(0, Vec::len));
    assert_eq!(shown("handoffs"), expected);
    // In the picture the domain stays bright.
    let dim = browser.script(
        "return [...document.querySelectorAll('figure:not(.away) g[data-node].dim')].map(box => box.dataset.node)",
    );
    assert!(!ids(&dim).is_empty());
    assert!(ids(&dim).iter().all(|id| !in_domain.iter().any(|system| system == id)));
    keep("desktop-filter.png", &browser.screenshot());
    // What takes a process down is among the outages that a filter for it leaves.
    browser.click("#filters button[type=reset]");
    let process = report["outages"][0]["processes_down"][0].as_str().expect("a process").to_owned();
    choose("process", &process);
    let left = shown("outages");
    for outage in report["outages"].as_array().into_iter().flatten() {
        if ids(&outage["processes_down"]).contains(&process.as_str()) {
            let id = ids(&outage["components"]).join("+");
            assert!(left.contains(&json!(id)), "{id}");
        }
    }
    browser.click("#filters button[type=reset]");
    browser.until("document.getElementById('shown').textContent === ''");
    assert_eq!(shown("findings").len(), all);
    assert_quiet(browser);
}

fn tables_sort_with_the_unknown_last_and_show_all_on_demand(browser: &Browser) {
    let mut fixture = Fixture::enterprise();
    fixture.report.handoffs.as_mut().expect("handoffs")[0].cost = None;
    open(browser, "sorting", &fixture, [1440, 900], false);
    let column = browser
        .script("return [...document.querySelectorAll('#handoffs-table thead th')].findIndex(head => head.textContent.startsWith('Cost'))")
        .as_u64()
        .expect("a column of costs");
    let keys = || -> Vec<String> {
        let keys =
            browser.script(&format!("return {}.map(row => row.cells[{column}].dataset.key)", rows_of("handoffs")));
        ids(&keys).into_iter().map(str::to_owned).collect()
    };
    let numbers = |keys: &[String]| -> Vec<f64> { keys.iter().filter_map(|key| key.parse().ok()).collect() };
    let head = format!("#handoffs-table thead th:nth-child({})", column + 1);
    browser.click(&format!("{head} button"));
    let falling = keys();
    assert_eq!(
        browser.script(&format!("return document.querySelector('{head}').getAttribute('aria-sort')")),
        json!("descending")
    );
    assert!(
        numbers(&falling).is_sorted_by(|a, b| a >= b) && falling.last().is_some_and(String::is_empty),
        "{falling:?}"
    );
    browser.click(&format!("{head} button"));
    let rising = keys();
    assert!(numbers(&rising).is_sorted() && rising.last().is_some_and(String::is_empty), "{rising:?}");
    assert_eq!(numbers(&rising).len() + 1, fixture.report.handoffs.iter().flatten().count());
    // Details follow their row.
    let follow = "return [...document.querySelectorAll('tr.details')].every(line => line.previousElementSibling.matches('[data-id]'))";
    assert_eq!(browser.script(follow), json!(true));
    // A long table shows its first rows, and the rest on demand.
    let seen = || browser.script(&format!("return {}.filter(row => row.offsetHeight).length", rows_of("findings")));
    assert_eq!(seen(), json!(12));
    browser.click(".scroll:has(#findings-table) + .show-all");
    assert_eq!(seen(), json!(fixture.report.findings.iter().flatten().count()));
    assert_quiet(browser);
}

fn the_slider_goes_from_today_to_the_target(browser: &Browser) {
    let fixture = Fixture::enterprise();
    open(browser, "waves", &fixture, [1440, 900], false);
    let gone = || {
        browser.script(
            "return [...document.querySelectorAll('#handoffs-table tbody tr.gone')].map(row => row.dataset.id).sort()",
        )
    };
    let items = || fixture.report.plan.iter().flat_map(|plan| &plan.items);
    let built = |wave: usize| items().filter(move |item| item.wave <= wave);
    let is_handoff = |id: &&String| fixture.report.handoffs.iter().flatten().any(|chain| chain.id == **id);
    let by_wave = |wave: usize| {
        let removed: BTreeSet<&String> = built(wave).flat_map(|item| &item.removes).filter(is_handoff).collect();
        json!(removed)
    };
    let last = items().map(|item| item.wave).max();
    browser.click("#wave");
    browser.keys("\u{e011}");
    assert_eq!(gone(), json!([]));
    for wave in 1..=last.expect("waves") {
        browser.keys("\u{e014}");
        assert_eq!(gone(), by_wave(wave), "wave {wave}");
        let said = text(browser, "#wave-words");
        assert!(said.contains(&format!("{} items built", built(wave).count())), "{said}");
        if wave == 1 {
            keep("desktop-wave.png", &browser.screenshot());
        }
    }
    assert_eq!(browser.script("return document.querySelector('figure:not(.away)').dataset.picture"), json!("target"));
    keep("desktop-target.png", &browser.screenshot());
    browser.keys("\u{e011}");
    assert_eq!(
        browser.script("return document.querySelector('figure:not(.away)').dataset.picture"),
        json!("landscape")
    );
    assert_eq!(gone(), json!([]));
    assert_quiet(browser);
}

fn everything_can_be_done_by_keyboard(browser: &Browser) {
    let fixture = Fixture::enterprise();
    open(browser, "keyboard", &fixture, [1440, 900], false);
    // The first stop leads past the head.
    browser.keys("\u{e004}");
    assert_eq!(browser.script("return document.activeElement.className"), json!("skip"));
    browser.keys("\u{e007}");
    browser.until("document.activeElement.id === 'content'");
    // On to the picture, where arrow keys lead from box to box.
    let mut stops = Vec::new();
    while browser.script("return document.activeElement.closest('figure g[data-node]') === null") == json!(true) {
        browser.keys("\u{e004}");
        stops.push(browser.script("return document.activeElement.outerHTML.slice(0, 80)"));
        assert!(stops.len() < 30, "the picture is out of reach: {stops:?}");
    }
    let focused =
        || browser.script("return document.activeElement.dataset.node").as_str().map(str::to_owned).expect("a box");
    let first = focused();
    browser.until("!document.getElementById('tip').hidden");
    browser.keys("\u{e015}");
    browser.keys("\u{e014}");
    let next = focused();
    assert_ne!(first, next);
    assert_eq!(
        browser.script("return document.querySelectorAll('figure:not(.away) g[data-node][tabindex=\"0\"]').length"),
        json!(1)
    );
    browser.keys("\u{e007}");
    assert_falls(browser, &outage(&fixture.json(), &next));
    assert_eq!(browser.script("return document.activeElement.getAttribute('aria-pressed')"), json!("true"));
    keep("desktop-keyboard.png", &browser.screenshot());
    browser.keys("\u{e00c}");
    browser.until("document.getElementById('tip').hidden");
    // What falls is said to those who cannot see it.
    assert_eq!(browser.script("return document.getElementById('outage-words').getAttribute('role')"), json!("status"));
    // Every control has a name.
    let nameless = "return [...document.querySelectorAll('button, select, input, [role=button]')].filter(control => !(control.textContent.trim() || control.getAttribute('aria-label') || control.labels?.length)).map(control => control.outerHTML)";
    assert_eq!(browser.script(nameless), json!([]));
    // What is read out of a button begins with what is to be seen on it, so that it can be called by that.
    let misnamed = "return [...document.querySelectorAll('button[aria-label]')].filter(button => !button.getAttribute('aria-label').startsWith(button.textContent.trim())).map(button => button.outerHTML)";
    assert_eq!(browser.script(misnamed), json!([]));
    assert_quiet(browser);
}

fn pointing_shows_the_evidence(browser: &Browser) {
    let fixture = Fixture::enterprise();
    open(browser, "pointing", &fixture, [1440, 900], false);
    let finding = fixture.report.findings.iter().flatten().find(|one| one.subjects.contains(&"jasper".to_owned()));
    let message = &finding.expect("a finding about it").message;
    browser
        .script("document.querySelector('g[data-node=jasper]').scrollIntoView({block: 'center', behavior: 'instant'})");
    browser.point("figure:not(.away) g[data-node=jasper]");
    browser.until("!document.getElementById('tip').hidden");
    let said = text(browser, "#tip");
    assert!(said.contains("Jasper") && said.contains(message), "{said}");
    keep("desktop-tip.png", &browser.screenshot());
    assert_quiet(browser);
}

fn names_that_attack_run_nothing(browser: &Browser) {
    let fixture = Fixture::hostile();
    open(browser, "hostile", &fixture, [1440, 900], false);
    browser.click("figure:not(.away) g[data-node=a]");
    assert_falls(browser, &outage(&fixture.json(), "a"));
    browser.point("figure:not(.away) g[data-node=b]");
    assert_eq!(browser.script("return document.querySelectorAll('img, main script, svg script').length"), json!(0));
    assert_eq!(
        browser.script("return document.querySelector('#outage-lists bdi').textContent"),
        json!("</title></style><script>alert(4)</script>")
    );
    assert_eq!(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"), json!(true));
    keep("hostile.png", &browser.whole());
    assert_quiet(browser);
    // Had a script come in after all, the policy would not let it run.
    let foreign = "const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script); return window.ran ?? 'blocked'";
    assert_eq!(browser.script(foreign), json!("blocked"));
}

fn a_picture_of_several_slides_shows_one_at_a_time(browser: &Browser) {
    let mut fixture = Fixture::enterprise();
    let more = fixture.pictures[1].scenes.clone();
    fixture.pictures[0].scenes.extend(more);
    open(browser, "slides", &fixture, [1440, 900], false);
    let seen = || {
        browser.script(
            "return [...document.querySelectorAll('.slide')].filter(slide => slide.offsetHeight).map(slide => slide.dataset.title)",
        )
    };
    let title = |picture: usize, scene: usize| json!([fixture.pictures[picture].scenes[scene].title]);
    assert_eq!(seen(), title(0, 0));
    browser.click("figure:not(.away) .pager button:nth-child(2)");
    assert_eq!(seen(), title(0, 1));
    assert!(text(browser, "figure:not(.away) .pager span").starts_with("Slide 2 of 2: "));
    browser.click("#tabs button:nth-child(2)");
    assert_eq!(seen(), title(1, 0));
    browser.click("#tabs button:nth-child(1)");
    browser.click("figure:not(.away) .pager button:nth-child(1)");
    assert_eq!(seen(), title(0, 0));
    // On every slide the same system is marked.
    browser.click("figure:not(.away) .slide:not(.away) g[data-node=jasper]");
    assert_eq!(
        browser
            .script("return [...document.querySelectorAll('g[data-node=jasper]')].every(box => box.matches('.off'))"),
        json!(true)
    );
    assert_quiet(browser);
}

fn paper_narrow_windows_and_dark_pages(browser: &Browser) {
    let fixture = Fixture::enterprise();
    open(browser, "print", &fixture, [1440, 900], false);
    keep("desktop.png", &browser.whole());
    let pdf = browser.pdf();
    assert!(pdf.starts_with(b"%PDF"));
    keep("print.pdf", &pdf);
    assert_quiet(browser);
    open(browser, "narrow", &fixture, [800, 1000], false);
    assert_eq!(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"), json!(true));
    keep("narrow.png", &browser.whole());
    assert_quiet(browser);
    open(browser, "dark", &fixture, [1440, 900], true);
    assert_eq!(browser.script("return matchMedia('(prefers-color-scheme: dark)').matches"), json!(true));
    browser.click("figure:not(.away) g[data-node=marketo]");
    keep("dark.png", &browser.screenshot());
    assert_quiet(browser);
}

/// The real page of an example: every part has its table, no cell shows an id or a key where there are words, and neither
/// a narrow window nor paper breaks it.
fn the_page_that_a_report_writes_holds_together(browser: &Browser) {
    let file = place("written.html");
    fs::write(&file, Fixture::written()).expect("a file");
    browser.look([1280, 900], false);
    browser.open(&file);
    let column = |head: &str| -> Vec<String> {
        let cells = browser.script(&format!(
            "const heads = [...document.querySelectorAll('#plan_items-table thead th')].map(head => head.textContent.trim());
             const at = heads.findIndex(head => head.startsWith('{head}'));
             return {}.map(row => row.cells[at].textContent.trim())",
            rows_of("plan_items")
        ));
        ids(&cells).into_iter().map(str::to_owned).collect()
    };
    let order = column("#");
    assert_eq!(order, (1..=order.len()).map(|at| at.to_string()).collect::<Vec<_>>());
    assert!(!order.is_empty());
    // Sorted by value the order is another; sorted by order it comes back.
    let sort = |head: &str| {
        browser.script(&format!(
            "[...document.querySelectorAll('#plan_items-table .sort')].find(head => head.textContent.startsWith('{head}')).click()"
        ))
    };
    sort("Value");
    sort("#");
    let sorted = column("#");
    assert!(sorted == order || sorted.iter().rev().eq(order.iter()), "{sorted:?}");
    // Details are a click away, by a button that says of which row.
    let first = "#findings-table tbody tr:nth-child(1) .more";
    let details = "return document.querySelector('#findings-table tr.details').offsetHeight > 0";
    assert_eq!(browser.script(details), json!(false));
    browser.click(first);
    assert_eq!(browser.script(details), json!(true));
    assert!(text(browser, "#findings-table tr.details").contains("Evidence"));
    // The slider reaches the target, and the roadmap is among the pictures.
    browser.click("#wave");
    browser.keys("\u{e010}");
    assert_eq!(browser.script("return document.querySelector('figure:not(.away)').dataset.picture"), json!("target"));
    let pictures =
        "return [...document.querySelectorAll('figure[data-picture]')].map(figure => figure.dataset.picture)";
    assert_eq!(browser.script(pictures), json!(["landscape", "handoffs", "failure", "stage", "roadmap", "target"]));
    keep("written.png", &browser.screenshot());
    browser.look([390, 844], false);
    browser.open(&file);
    assert_eq!(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"), json!(true));
    // No word of a table is broken within, as far as a window can be narrow: tables scroll instead.
    let broken = "return [...document.querySelectorAll('#handoffs-table tbody tr:not(.details) bdi')].filter(name => {
         const longest = Math.max(...name.textContent.split(' ').map(word => word.length));
         return name.offsetWidth < longest * 4 }).map(name => name.textContent)";
    assert_eq!(browser.script(broken), json!([]));
    keep("written-narrow.png", &browser.screenshot());
    assert_quiet(browser);
}
