//! The page as a viewer: search, cards, neighbors, zoom, the address, the story, paper, and a judge of access.

use super::*;
use crate::support::judge::{AXE, samples};

/// Systems of the picture that is shown whose boxes are bright, or are not.
fn boxes(browser: &Browser, class: &str) -> BTreeSet<String> {
    let all = format!(
        "return [...document.querySelectorAll('figure:not(.away) .slide:not(.away) g[data-node].{class}')].map(box => box.dataset.node)"
    );
    ids(&browser.script(&all)).into_iter().map(str::to_owned).collect()
}

fn hash(browser: &Browser) -> String {
    browser.script("return location.hash").as_str().unwrap_or_default().to_owned()
}

fn shown(browser: &Browser) -> String {
    text(browser, "figure:not(.away) figcaption")
}

/// A system and those that a flow joins with it, or runs through.
fn near(fixture: &Fixture, system: &str) -> BTreeSet<String> {
    let flows = fixture.report.stack.names.flows.values();
    let ends = flows.map(|flow| [&flow.from, &flow.to].into_iter().chain(&flow.through).cloned().collect::<Vec<_>>());
    ends.filter(|ends| ends.iter().any(|end| end == system)).flatten().chain([system.to_owned()]).collect()
}

pub(super) fn names_lead_to_their_place_and_its_card(browser: &Browser) {
    let fixture = Fixture::enterprise();
    open(browser, "viewer", &fixture, [1440, 900], false);
    // A slash leads to the field, names are listed as they are typed, Enter goes to the first.
    browser.keys("/");
    browser.until("document.activeElement.id === 'find'");
    browser.keys("contentf");
    browser.until("document.querySelectorAll('#hits li').length > 1");
    assert!(text(browser, "#hits li[aria-selected=true]").starts_with("Contentful"));
    assert!(text(browser, "#hits").contains("Jasper → Contentful"));
    browser.keys("\u{e007}");
    browser.until("document.activeElement.id === 'card-head'");
    assert_eq!(hash(browser), "#system=contentful");
    let lit = near(&fixture, "contentful");
    assert!(lit.len() < fixture.report.stack.names.systems.len() / 2, "{lit:?}");
    assert_eq!(boxes(browser, "lit"), lit);
    assert!(!boxes(browser, "rest").is_empty() && boxes(browser, "rest").is_disjoint(&lit));
    // The card: what it stops is the computed outage; handoffs and findings are those about it.
    let report = fixture.json();
    let stops = browser.script(
        "return [...document.querySelectorAll('#card [data-list=processes_down] li')].map(item => item.dataset.id)",
    );
    assert_eq!(stops, outage(&report, "contentful")["processes_down"]);
    let said = text(browser, "#card");
    let about =
        |finding: &&sinew::report::Finding| !finding.accepted && finding.subjects.contains(&"contentful".to_owned());
    let findings: Vec<_> = fixture.report.findings.iter().flatten().filter(about).collect();
    assert!(said.contains(&format!("Findings {}", findings.len())), "{said}");
    assert!(findings.iter().take(3).all(|finding| said.contains(&finding.message)), "{said}");
    assert!(said.contains("Handoffs 1") && said.contains("Content draft: Jasper to Contentful"), "{said}");
    keep("desktop-card.png", &browser.screenshot());
    browser.keys("\u{e00c}");
    browser.until("document.activeElement.dataset.node === 'contentful'");
    browser.script("document.activeElement.blur()");
    assert_eq!(boxes(browser, "rest"), BTreeSet::new());
    // Pointing lights the neighbors for as long.
    browser.point("figure:not(.away) g[data-node=salesforce]");
    browser.until("document.querySelector('g.rest')");
    assert_eq!(boxes(browser, "lit"), near(&fixture, "salesforce"));
    browser.point("h1");
    browser.until("!document.querySelector('g.rest')");
    // A flow has a card, and a process is a filter.
    browser.keys("/jasper contentful\u{e007}");
    browser.until("location.hash === '#flow=draft-to-cms'");
    browser.keys("\u{e00c}/lead routing\u{e007}");
    browser.until("document.getElementById('process').value === 'lead-routing'");
    assert!(text(browser, "#shown").contains("process Lead routing"));
    browser.keys("/no such name");
    browser.until("document.getElementById('hits-words').textContent === '0 names found'");
    assert_quiet(browser);
}

/// What is shown of a picture: left, top, width and height, in its own units.
fn lens(browser: &Browser) -> Vec<f64> {
    let lens = browser.script(
        "return document.querySelector('figure:not(.away) .slide:not(.away) svg').getAttribute('viewBox').split(' ').map(Number)",
    );
    lens.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

/// On the page of the scenario before, whose pictures share their places as those of every report do.
pub(super) fn a_picture_is_looked_at_closely(browser: &Browser) {
    browser.look([1440, 900], false);
    browser.open(&place("written.html"));
    let whole = lens(browser);
    browser.script("document.querySelector('figure:not(.away) .slide').focus()");
    browser.keys("++");
    let close = lens(browser);
    assert!(close[2] < whole[2] / 2.0 && close[0] > whole[0], "{close:?}");
    // Pictures of the same places keep the lens, so that nothing moves from one to the next.
    browser.click("#ticks button:nth-child(2)");
    assert_eq!((shown(browser).as_str(), lens(browser)), ("What can fail", close.clone()));
    browser.click("#ticks button:nth-child(1)");
    // A drag moves the picture and opens nothing.
    browser.drag("figure:not(.away) .slide", [120, 60]);
    let moved = lens(browser);
    assert!(moved[0] < close[0] && moved[1] < close[1] && moved[2] == close[2], "{moved:?}");
    assert_eq!(browser.script("return document.getElementById('card').hidden"), json!(true));
    // Arrows move it too.
    browser.script("document.querySelector('figure:not(.away) .slide').focus()");
    browser.keys("\u{e014}");
    assert!(lens(browser)[0] > moved[0]);
    browser.keys("0");
    assert_eq!(lens(browser), whole);
    // The wheel zooms with Ctrl or ⌘ only: what is under the pointer stays there.
    let wheel = |key: &str| {
        browser.script(&format!(
            "const svg = document.querySelector('figure:not(.away) svg'), box = svg.getBoundingClientRect();
             svg.dispatchEvent(new WheelEvent('wheel', {{ {key}: true, deltaY: -60, clientX: box.x, clientY: box.y, cancelable: true, bubbles: true }}))"
        ))
    };
    wheel("shiftKey");
    assert_eq!(lens(browser), whole);
    wheel("metaKey");
    let corner = lens(browser);
    assert!(corner[2] < whole[2] && corner[0].abs() < 0.01 && corner[1].abs() < 0.01, "{corner:?}");
    browser.click("#zoom-off");
    assert_eq!(lens(browser), whole);
    // Two fingers zoom, one moves as far as it goes.
    let middle = browser.script(
        "const svg = document.querySelector('figure:not(.away) svg'); svg.scrollIntoView({block: 'center', behavior: 'instant'});
         const box = svg.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2, box.width]",
    );
    let [x, y, wide] = [0, 1, 2].map(|at| middle[at].as_f64().expect("a number"));
    let apart = |by: f64| [[x - by, y], [x + by, y]];
    browser.touch(&[&apart(40.0), &apart(60.0), &apart(80.0)]);
    browser.until("!document.getElementById('zoom-off').disabled");
    let close = lens(browser);
    assert!((close[2] * 2.0 - whole[2]).abs() < whole[2] * 0.1, "{close:?}");
    browser.touch(&[&[[x, y]], &[[x - 20.0, y]], &[[x - 60.0, y]], &[[x - 100.0, y]]]);
    let way = (lens(browser)[0] - close[0]) * wide / close[2];
    assert!((way - 100.0).abs() < 2.0, "{way}");
    assert_quiet(browser);
}

pub(super) fn a_link_leads_to_a_state_and_back_leads_out_of_it(browser: &Browser) {
    let fixture = Fixture::enterprise();
    let file = place("linked.html");
    fs::write(&file, fixture.page()).expect("a file");
    browser.look([1440, 900], false);
    // What the report does not have is nothing.
    browser.open_at(
        &file,
        "#view=failure&without=openai&without=__proto__&system=marketo&rule=%3Cimg%3E&wave=99&present=-1",
    );
    assert_eq!(shown(browser), "What can fail");
    assert_falls(browser, &outage(&fixture.json(), "openai"));
    assert!(text(browser, "#card").starts_with("Marketo"));
    assert_eq!(browser.script("return document.getElementById('rule').value"), json!(""));
    keep("desktop-linked.png", &browser.screenshot());
    browser.click("#restore");
    assert_eq!(hash(browser), "#view=failure&system=marketo");
    browser.click("#tabs button:nth-child(1)");
    assert_eq!(hash(browser), "#system=marketo");
    browser.script("history.back()");
    browser.until("location.hash === '#view=failure&system=marketo'");
    browser.until("document.querySelector('figure:not(.away)').dataset.picture === 'failure'");
    browser.script("history.back()");
    browser.until("document.querySelector('g.off')");
    assert_falls(browser, &outage(&fixture.json(), "openai"));
    browser.script("history.forward()");
    browser.until("!document.querySelector('g.off')");
    assert_eq!(hash(browser), "#view=failure&system=marketo");
    assert_quiet(browser);
}

pub(super) fn the_story_is_presented(browser: &Browser) {
    let fixture = Fixture::enterprise();
    open(browser, "viewer", &fixture, [1440, 900], false);
    browser.click("#present");
    let act = || text(browser, ".stage-foot p");
    assert!(act().starts_with("1 of ") && act().contains(&fixture.report.stack.name), "{}", act());
    let title = |view: &str| {
        let picture = fixture.pictures.iter().find(|picture| picture.id == view).expect("a view");
        picture.scenes[0].title.clone()
    };
    // The pictures come in the order of the deck: at stage 3 what people carry before what can fail.
    browser.keys("\u{e014}\u{e014}");
    assert!(act().contains(&title("handoffs")), "{}", act());
    browser.keys("\u{e014}");
    assert!(act().contains(&title("failure")), "{}", act());
    assert_eq!(hash(browser), "#present=4");
    let fits = "return [...document.querySelectorAll('.stage .act > *, .stage-foot')].every(part => { const box = part.getBoundingClientRect(); return box.top >= 0 && box.bottom <= window.innerHeight && box.height > 0 })";
    assert_eq!(browser.script(fits), json!(true));
    keep("desktop-present.png", &browser.screenshot());
    browser.keys("\u{e012}");
    assert_eq!(hash(browser), "#present=3");
    browser.keys("\u{e010}\u{e014}");
    assert!(act().contains(&title("frontier")), "{}", act());
    browser.keys("\u{e00c}");
    browser.until("!document.querySelector('dialog').open && location.hash === ''");
    assert_eq!(browser.script("return document.activeElement.id"), json!("present"));
    assert_quiet(browser);
}

/// On the page of the scenario before.
pub(super) fn paper_has_the_story_on_ten_sheets(browser: &Browser) {
    browser.click("#zoom-in");
    let pdf = browser.pdf();
    keep("print.pdf", &pdf);
    let kinds = pdf.windows(11).enumerate().filter(|(_, bytes)| bytes == b"/Type /Page");
    let sheets = kinds.filter(|(at, _)| pdf.get(at + 11) != Some(&b's')).count();
    assert!((6..=10).contains(&sheets), "{sheets} sheets");
    // Nothing to press, no bands, the whole picture, and of a table its first rows with where the rest is.
    browser.paper(true);
    let controls = "return [...document.querySelectorAll('button, select, input, dialog')].filter(control => control.offsetHeight).length";
    assert_eq!(browser.script(controls), json!(0));
    let bands = "return [...document.querySelectorAll('thead th')].filter(head => getComputedStyle(head).backgroundColor !== 'rgba(0, 0, 0, 0)').length";
    assert_eq!(browser.script(bands), json!(0));
    let rows = browser.script(
        "return [...document.querySelectorAll('table')].filter(table => table.offsetHeight).map(table => {
             const rows = [...table.tBodies[0].rows].filter(row => !row.matches('.details'));
             return [rows.filter(row => row.offsetHeight).length, Math.min(rows.length, table.dataset.paper), rows.length,
                     table.closest('.scroll').nextElementSibling.nextElementSibling?.textContent ?? ''] })",
    );
    let rows = rows.as_array().expect("tables");
    assert!(rows.len() >= 6, "{rows:?}");
    for table in rows {
        assert_eq!(table[0], table[1], "{table}");
        let said = table[3].as_str().unwrap_or_default();
        let is_cut = said.starts_with(&format!("On paper: the first {} ", table[1]));
        assert_eq!(is_cut, table[1] != table[2], "{table}");
    }
    browser.paper(false);
    assert_quiet(browser);
}

/// By axe-core, in both themes, with a card, an outage, a picture of boxes that are no systems, and the story.
pub(super) fn a_judge_of_access_finds_nothing(browser: &Browser) {
    let Some(axe) = samples(AXE, "the page for all readers") else { return };
    let axe = fs::read_to_string(axe.join("axe.min.js")).expect("axe.min.js in that folder");
    let file = place("viewer.html");
    for is_dark in [false, true] {
        for part in ["?", "?#view=failure&without=openai&system=marketo", "?#view=stage&team=content", "?#present=3"] {
            browser.look([1440, 900], is_dark);
            browser.open_at(&file, part);
            let run = "const done = arguments[0]; axe.run({ resultTypes: ['violations'] }).then(found => done([found.passes.length, \
                 ...found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160))])]), error => done(String(error)))";
            browser.script(&format!("{axe}; window.axe = axe"));
            let found = browser.answer(run);
            assert!(found[0].as_u64().is_some_and(|passes| passes > 10), "{found}");
            assert_eq!(found.as_array().map(Vec::len), Some(1), "{part}, dark {is_dark}: {found}");
        }
    }
}
