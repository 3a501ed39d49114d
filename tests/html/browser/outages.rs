//! What falls: the page against the outages that the report computed.

use std::collections::BTreeMap;

use super::*;

pub(super) fn what_goes_down_is_the_computed_outage(browser: &Browser) {
    let fixture = Fixture::enterprise();
    open(browser, "outages", &fixture, [1440, 900], false);
    let report = fixture.json();
    keep("desktop-top.png", &browser.screenshot());
    // By the card of a system in the picture.
    for system in ["marketo", "salesforce", "jasper"] {
        take_offline(browser, system);
        assert_falls(browser, &outage(&report, system));
        if system == "marketo" {
            keep("desktop-offline.png", &browser.screenshot());
        }
    }
    // The same again brings it up.
    take_offline(browser, "jasper");
    assert_eq!(text(browser, "#outage-lists"), "");
    assert_eq!(browser.script("return document.querySelectorAll('g.off, g.down, g.starved').length"), json!(0));
    // From the list of systems.
    browser.script("const pick = document.getElementById('pick'); pick.value = 'snowflake'; pick.dispatchEvent(new Event('change'))");
    assert_falls(browser, &outage(&report, "snowflake"));
    // What a system depends on goes with both.
    browser.script(
        "const pick = document.getElementById('pick'); pick.value = 'openai'; pick.dispatchEvent(new Event('change'))",
    );
    assert_falls(browser, &outage(&report, "openai"));
    let lost = "return [...document.querySelectorAll('figure:not(.away) g.down[data-edge*=\" depends on \"]')].map(line => line.dataset.edge).sort()";
    assert_eq!(browser.script(lost), json!(["chatgpt depends on openai", "jasper depends on openai"]));
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

pub(super) fn a_combined_outage_that_is_not_in_the_report_is_not_made_up(browser: &Browser) {
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
        left_out: BTreeMap::new(),
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
