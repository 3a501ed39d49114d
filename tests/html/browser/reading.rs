//! Keyboard, pointing, names that attack, slides, paper, narrow windows.

use super::*;
use crate::html::fixture::EVIL;

pub(super) fn everything_can_be_done_by_keyboard(browser: &Browser) {
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
    // It stands at the upper left.
    browser.keys("\u{e015}");
    let beneath = focused();
    assert_ne!(first, beneath);
    browser.keys("\u{e014}");
    let next = focused();
    assert_ne!(beneath, next);
    assert_eq!(
        browser.script("return document.querySelectorAll('figure:not(.away) g[data-node][tabindex=\"0\"]').length"),
        json!(1)
    );
    // Enter opens the card, whose first button takes the system offline; Escape leads back to the box.
    browser.keys("\u{e007}");
    browser.until("document.activeElement.id === 'card-head'");
    browser.keys("\u{e004}\u{e007}");
    assert_falls(browser, &outage(&fixture.json(), &next));
    keep("desktop-keyboard.png", &browser.screenshot());
    browser.keys("\u{e00c}");
    browser.until("document.getElementById('card').hidden");
    assert_eq!(focused(), next);
    let label = browser.script("return document.activeElement.getAttribute('aria-label')");
    assert!(label.as_str().is_some_and(|label| label.ends_with(", offline")), "{label}");
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
    // What has no role of its own is given one with its name.
    let roleless = "return [...document.querySelectorAll('g[aria-label], div[aria-label], span[aria-label]')].filter(part => !part.hasAttribute('role')).map(part => part.outerHTML.slice(0, 90))";
    assert_eq!(browser.script(roleless), json!([]));
    assert_quiet(browser);
}

pub(super) fn pointing_shows_the_evidence(browser: &Browser) {
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

pub(super) fn names_that_attack_run_nothing(browser: &Browser) {
    let fixture = Fixture::hostile();
    open(browser, "hostile", &fixture, [1440, 900], false);
    take_offline(browser, "a");
    assert!(text(browser, "#card").starts_with(EVIL), "{}", text(browser, "#card"));
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

pub(super) fn a_picture_of_several_slides_shows_one_at_a_time(browser: &Browser) {
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
    take_offline(browser, "jasper");
    assert_eq!(
        browser
            .script("return [...document.querySelectorAll('g[data-node=jasper]')].every(box => box.matches('.off'))"),
        json!(true)
    );
    assert_quiet(browser);
}

pub(super) fn narrow_windows_and_dark_pages(browser: &Browser) {
    let fixture = Fixture::enterprise();
    open(browser, "print", &fixture, [1440, 900], false);
    keep("desktop.png", &browser.whole());
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
pub(super) fn the_page_that_a_report_writes_holds_together(browser: &Browser) {
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
    assert_eq!(
        browser.script(pictures),
        json!(["landscape", "handoffs", "failure", "stage", "roadmap", "target", "frontier"])
    );
    keep("written.png", &browser.screenshot());
    browser.look([390, 844], false);
    browser.open(&file);
    assert_eq!(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"), json!(true));
    // No word of a table is broken within, as far as a window can be narrow: its rows are cards.
    let broken = "return [...document.querySelectorAll('#handoffs-table tbody tr:not(.details) bdi')].filter(name => {
         const longest = Math.max(...name.textContent.split(' ').map(word => word.length));
         return name.offsetWidth && name.offsetWidth < longest * 4 }).map(name => name.textContent)";
    assert_eq!(browser.script(broken), json!([]));
    // Its rows are cards, each of whose lines says what it is.
    let labels = "return [...document.querySelectorAll('#handoffs-table tbody tr:not(.details) td')].filter(cell => cell.offsetHeight).every(cell => getComputedStyle(cell, '::before').content === JSON.stringify(cell.dataset.label))";
    assert_eq!(browser.script(labels), json!(true));
    let wide = "return Math.max(...[...document.querySelectorAll('main table')].map(table => table.getBoundingClientRect().right)) <= window.innerWidth";
    assert_eq!(browser.script(wide), json!(true));
    keep("written-narrow.png", &browser.screenshot());
    assert_quiet(browser);
}
