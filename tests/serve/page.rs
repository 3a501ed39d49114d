//! The page in a headless Chromium, as people in a room use it: by keyboard. Without a Chromium it is not tried, as
//! `support/judge.rs` says.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::served::{Served, stack};
use crate::html::browser::driver::Browser;
use crate::support::binary::{err, run};

/// Keys without a letter (W3C WebDriver, section 17.4.2).
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const RIGHT: &str = "\u{e014}";
const CONTROL: char = '\u{e009}';

/// A picture of the window, for a person to look at.
fn keep(browser: &Browser, name: &str) {
    let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve");
    fs::create_dir_all(&folder).unwrap();
    let shot = browser.screenshot();
    assert!(shot.len() > 10_000, "{name} is nearly empty");
    fs::write(folder.join(name), shot).unwrap();
}

fn text(browser: &Browser, selector: &str) -> String {
    let words = browser.script(&format!("return document.querySelector({})?.innerText ?? ''", json!(selector)));
    words.as_str().unwrap_or_default().to_owned()
}

fn open(browser: &Browser, served: &Served) {
    browser.look([1600, 1000], false);
    browser.go(&served.address());
    browser.until("document.body.classList.contains('ready')");
}

/// Types into the field that has the focus, then Enter, and waits until it is on the disk.
fn add(browser: &Browser, served: &Served, keys: &str) {
    let before = served.text();
    browser.keys(&format!("{keys}{ENTER}"));
    for _ in 0..400 {
        if served.text() != before {
            browser.until("document.activeElement.matches('form[data-form] input:first-of-type') && !document.activeElement.value");
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    panic!("{keys:?} is not added; the page says {:?}", text(browser, "form .error:not([hidden])"));
}

fn assert_quiet(browser: &Browser, served: &Served) {
    let all = browser.log("browser");
    // A refused edit is told by its status, which a browser logs.
    let bad: Vec<&Value> = all.iter().filter(|one| !one["message"].to_string().contains("status of 4")).collect();
    assert!(bad.is_empty(), "{bad:?}");
    for entry in browser.log("performance") {
        let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
        if message["message"]["method"] == "Network.requestWillBeSent" {
            let url = message["message"]["params"]["request"]["url"].as_str().unwrap_or_default();
            assert!(url.starts_with(&served.address()), "a request leaves the page: {url}");
        }
    }
}

#[test]
fn a_whole_workshop_by_keyboard_alone() {
    let Some(browser) = Browser::start() else { return };
    let served = Served::file(&stack("serve-workshop", ""), &[]);
    open(&browser, &served);
    // The first field has the focus when the page opens.
    browser.until("document.activeElement === document.querySelector('#add-system input')");
    for system in ["HubSpot", "Salesforce", "WordPress", "ChatGPT", "Google Sheets", "Slack", "Google Analytics 4"] {
        add(&browser, &served, system);
    }
    // What the catalog does not know gets a kind: the first that fits is taken by Tab.
    add(&browser, &served, &format!("Our portal{TAB}cm{TAB}Web team"));
    assert_eq!(served.text().matches("product: ").count(), 7, "{}", served.text());
    assert!(served.text().contains("kind: cms") && served.text().contains("owner: web-team"), "{}", served.text());
    browser.keys(&format!("{ESCAPE}l"));
    for [from, what, to, how, who, runs, minutes] in [
        ["ChatGPT", "draft", "WordPress", "copy-paste", "Dana", "3/week", "20"],
        ["ChatGPT", "draft", "HubSpot", "copy-paste", "Dana", "1/week", "30"],
        ["WordPress", "lead", "HubSpot", "native", "", "", ""],
        ["HubSpot", "lead", "Salesforce", "export-import", "Dana", "2/week", "25"],
        ["Salesforce", "deal", "HubSpot", "native", "", "", ""],
        ["WordPress", "visits", "Google Analytics 4", "native", "", "", ""],
        ["Google Analytics 4", "visits", "Google Sheets", "export-import", "Dana", "1/month", "45"],
        ["HubSpot", "engagement", "Google Sheets", "export-import", "Dana", "1/month", "40"],
        ["Google Sheets", "engagement", "Slack", "message", "Dana", "1/month", "10"],
        ["Our portal", "lead", "HubSpot", "api", "", "", ""],
    ] {
        // What runs by itself has no field for who and how long: those are not in the way of Tab.
        let ends = if who.is_empty() { String::new() } else { format!("{TAB}{who}{TAB}{runs}{TAB}{minutes}") };
        add(&browser, &served, &format!("{from}{TAB}{what}{TAB}{to}{TAB}{how}{ends}"));
    }
    browser.keys(&format!("{ESCAPE}p"));
    add(&browser, &served, &format!("Lead routing{TAB}lead at Salesforce{TAB}Dana{TAB}80"));
    add(&browser, &served, &format!("Newsletter{TAB}draft at HubSpot{TAB}Dana{TAB}40"));
    // Its name, in place.
    browser.keys(&format!("{ESCAPE}e{ENTER}"));
    browser.until("document.activeElement.dataset.key === 'name'");
    browser.chord(CONTROL, 'a');
    browser.keys(&format!("Fernwood Tea{ENTER}"));
    browser.until("document.querySelector('#title').textContent === 'Fernwood Tea'");
    let state = served.until(|state| state["page"] == state["version"]);
    let names = state["board"]["names"].as_array().unwrap();
    let of = |list: &str| names.iter().filter(|one| one["list"] == list).count();
    assert_eq!((of("systems"), of("flows"), of("processes")), (8, 10, 2), "{}", served.text());
    assert!(text(&browser, "#figures").contains("hours a year"), "{}", text(&browser, "#figures"));
    browser.until("document.querySelectorAll('#picture g[data-node]').length === 8");
    // The sentence of the plan stands above the picture, and it is the plan of this state.
    browser.until(
        "document.querySelectorAll('#plan li').length === 1 && !document.querySelector('#plan').matches('.old')",
    );
    keep(&browser, "workshop.png");

    // The report is the same that the command writes.
    browser.keys(&format!("{ESCAPE}2"));
    browser.until("document.querySelector('#report-view iframe:not(.next)')?.contentDocument?.querySelector('h1')?.textContent === 'Fernwood Tea'");
    keep(&browser, "workshop-report.png");
    let out = served.file.with_file_name("out");
    let report = run(&["report", served.file.to_str().unwrap(), "-o", out.to_str().unwrap(), "--only", "report.md"]);
    assert!(report.status.success(), "{}", err(&report));

    // A wrong figure stays in its field with the reason, and the file as it is.
    browser.keys(&format!("{ESCAPE}1l"));
    let before = served.text();
    browser.keys(&format!("HubSpot{TAB}lead{TAB}Slack{TAB}message{TAB}Dana{TAB}often{ENTER}"));
    browser.until("document.querySelector('#add-flow .error').textContent.includes('often')");
    assert_eq!(browser.script("return document.querySelector('#add-flow [name=runs]').value"), json!("often"));
    assert_eq!(served.text(), before);

    // Undo from the keyboard, and the presentation.
    browser.keys(ESCAPE);
    browser.chord(CONTROL, 'z');
    browser.until("document.querySelector('#since').textContent.startsWith('Undone')");
    browser.keys("f");
    browser.until(
        "document.querySelector('#stage').open && document.querySelectorAll('#stage .figures > div').length === 3",
    );
    keep(&browser, "workshop-present.png");
    browser.keys(RIGHT);
    browser.until("document.querySelector('#stage footer').textContent.startsWith('2 of')");
    // The pictures of the report are there in their colors, which are variables of its page.
    let colors = "const all = document.querySelectorAll('#stage svg [fill^=\"var\"]'); \
                  return [...new Set([...all].map((one) => getComputedStyle(one).fill))].length";
    assert!(browser.script(colors).as_u64().unwrap() >= 3, "{}", browser.script(colors));
    let ground = "return getComputedStyle(document.querySelector('#stage svg [fill^=\"var\"]')).fill";
    assert_ne!(browser.script(ground), json!("rgb(0, 0, 0)"));
    keep(&browser, "workshop-present-2.png");
    browser.keys(ESCAPE);
    browser.until("!document.querySelector('#stage').open");
    assert_quiet(&browser, &served);
}

#[test]
fn two_browsers_and_an_editor_at_once() {
    let (Some(one), Some(other)) = (Browser::start(), Browser::start()) else { return };
    let text_of_file = "sinew: 1\nname: Both\nsystems:\n  # the first\n  a: { kind: crm, name: Ours }\n";
    let served = Served::file(&stack("serve-both", text_of_file), &[]);
    open(&one, &served);
    open(&other, &served);
    // What one adds, the other sees without doing anything, and what is half typed there stays.
    other.keys("Half ty");
    add(&one, &served, "HubSpot");
    other.until("document.querySelector('#since').textContent.includes('Added HubSpot')");
    assert_eq!(other.script("return document.querySelector('#add-system input').value"), json!("Half ty"));
    // Both at once: nothing is lost, at the worst Enter is pressed again.
    std::thread::scope(|scope| {
        scope.spawn(|| one.keys(&format!("Marketo{ENTER}")));
        scope.spawn(|| other.keys(&format!("ped{TAB}cms{ENTER}")));
    });
    for _ in 0..40 {
        if served.text().contains("marketo") && served.text().contains("half-typed") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
        for browser in [&one, &other] {
            let says = text(browser, "#add-system .error:not([hidden])");
            if says.contains("nothing is lost") {
                browser.keys(ENTER);
            }
        }
    }
    assert!(served.text().contains("marketo") && served.text().contains("half-typed"), "{}", served.text());
    assert!(served.text().contains("  # the first\n"), "{}", served.text());

    // A change in an editor shows at once; a broken file shows its errors with their lines and keeps the picture.
    one.until("document.querySelectorAll('#picture g[data-node]').length === 4");
    let good = served.text();
    fs::write(&served.file, good.replace("name: Both", "name: Renamed in an editor")).unwrap();
    other.until("document.querySelector('#title').textContent === 'Renamed in an editor'");
    fs::write(&served.file, good.replace("kind: crm", "kind: crn")).unwrap();
    other.until(
        "!document.querySelector('#wrong').hidden && document.querySelector('#wrong').innerText.includes('line 5')",
    );
    assert_eq!(other.script("return document.querySelectorAll('#picture g[data-node]').length"), json!(4));
    keep(&other, "broken.png");
    fs::write(&served.file, &good).unwrap();
    other.until("document.querySelector('#wrong').hidden");
    assert_quiet(&one, &served);
    assert_quiet(&other, &served);
}

#[test]
fn names_that_attack_stay_words_and_scenarios_stand_beside_today() {
    let Some(browser) = Browser::start() else { return };
    let evil = "</script><img src=x onerror=alert(1)>\"'&<!--";
    let text_of_file = format!(
        "sinew: 1\nname: {0}\nhourly_rate: 50\nsystems:\n  a: {{ kind: cms, name: {0}, makes: [d] }}\n  b: {{ kind: crm, domain: {0} }}\ndata:\n  d: {{ name: {0} }}\nteams:\n  t: {{ name: {0} }}\nflows:\n  - {{ id: x, from: a, to: b, data: d, mechanism: copy-paste, performer: t, runs: 100, minutes: 30, basis: {{ guessed: [runs] }} }}\n",
        json!(evil)
    );
    let served = Served::file(&stack("serve-names", &text_of_file), &[]);
    open(&browser, &served);
    browser.until("document.querySelectorAll('#picture g[data-node]').length === 2");
    assert_eq!(text(&browser, "#title"), evil);
    assert_eq!(browser.script("return document.querySelectorAll('img, main script, #rail script').length"), json!(0));
    // A scenario by keyboard: started, an entry changed in place, and compared.
    browser.script("document.querySelector('#add-scenario input').focus()");
    browser.keys(&format!("Less by hand{ENTER}"));
    browser.until("document.body.classList.contains('in-scenario')");
    browser.keys(&format!("{ESCAPE}e"));
    browser.keys(&format!("x{ENTER}"));
    browser.until("document.activeElement.matches('#change input')");
    browser.script("document.querySelector('#change [data-key=minutes]').focus()");
    browser.chord(CONTROL, 'a');
    browser.keys(&format!("5{ENTER}"));
    browser.until("document.querySelector('#since').textContent.includes('hours a year by hand')");
    assert_eq!(served.text(), text_of_file);
    // A button of the panel offers what comes next, with the focus on it.
    for (press, next) in [("retire", "restore"), ("restore", "retire")] {
        browser.until(&format!("document.querySelector('#change #{press}')"));
        browser.script(&format!("document.querySelector('#change #{press}').focus()"));
        browser.keys(ENTER);
        browser.until(&format!("document.activeElement.id === '{next}'"));
    }
    browser.script("document.activeElement.blur()");
    browser.keys(&format!("{ESCAPE}3"));
    browser.until("document.querySelectorAll('#compare table').length > 0");
    keep(&browser, "scenarios.png");
    assert_quiet(&browser, &served);
}
