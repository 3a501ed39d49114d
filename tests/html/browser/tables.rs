//! Filters, sorting, and the slider from today to the target.

use super::*;

pub(super) fn filters_leave_what_concerns_them(browser: &Browser) {
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
    // Labels and entries of the key fade with their lines.
    let apart = "return [...document.querySelectorAll('figure:not(.away) [data-of-edge]')].filter(word => { \
         const line = [...word.closest('svg').querySelectorAll('g[data-edge]')].find(line => line.dataset.edge === word.dataset.ofEdge); \
         return line.matches('.dim') !== word.matches('.dim') }).length";
    assert_eq!(browser.script(apart), json!(0));
    assert_ne!(
        browser.script("return document.querySelectorAll('figure:not(.away) [data-of-edge].dim').length"),
        json!(0)
    );
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

pub(super) fn tables_sort_with_the_unknown_last_and_show_all_on_demand(browser: &Browser) {
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

pub(super) fn the_slider_goes_from_today_to_the_target(browser: &Browser) {
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
    // Between today and what the plan changes stands what can fail, in the same places.
    browser.keys("\u{e014}");
    assert_eq!(browser.script("return document.querySelector('figure:not(.away)').dataset.picture"), json!("failure"));
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
