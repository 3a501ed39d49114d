//! The page as text: whole, safe, deterministic, and graceful where parts are missing.

use serde_json::{Value, json};
use sinew::report::html::{Names, Page, html};
use sinew_draw::theme::Theme;

use crate::html::fixture::{EVIL, Fixture};

/// The data that the page holds for its script.
pub(crate) fn embedded(page: &str) -> Value {
    let (_, after) = page.split_once("<script type=\"application/json\" id=\"data\">").expect("embedded data");
    let (json, _) = after.split_once("</script>").expect("an end");
    serde_json::from_str(json).expect("JSON")
}

#[test]
fn the_page_holds_every_part_and_nothing_from_elsewhere() {
    let page = Fixture::enterprise().page();
    for id in [
        "stack",
        "stage",
        "handoffs",
        "outages",
        "processes",
        "findings",
        "plan",
        "register",
        "structure",
        "assumptions",
    ] {
        assert!(page.contains(&format!("<section id=\"{id}\"")), "{id}");
        assert!(page.contains(&format!("href=\"#{id}\"")), "link to {id}");
    }
    assert_eq!(page.matches("<svg ").count(), page.matches("<div class=\"slide\"").count());
    assert!(page.contains("default-src 'none'") || page.contains("default-src &#39;none&#39;"));
    assert!(!page.contains("unsafe-inline"));
    // Nothing is loaded: no address but the name of the SVG language, no attribute that fetches.
    let addresses: Vec<_> = page.match_indices("://").collect();
    let of_svg = page.matches("http://www.w3.org/2000/svg").count();
    assert_eq!(addresses.len(), of_svg);
    for fetching in [" src=", "<link", "<iframe", "<object", "@import", "url(", " style=", "fetch(", "innerHTML"] {
        assert!(!page.contains(fetching), "{fetching}");
    }
}

#[test]
fn the_same_page_has_the_same_bytes() {
    assert_eq!(Fixture::enterprise().page(), Fixture::enterprise().page());
}

#[test]
fn every_table_has_a_caption_and_every_row_as_many_cells_as_there_are_heads() {
    let page = Fixture::enterprise().page();
    let tables: Vec<&str> = page.split("<table ").skip(1).map(|rest| rest.split("</table>").next().unwrap()).collect();
    assert!(tables.len() >= 8, "{}", tables.len());
    for table in tables {
        assert!(table.contains("<caption>"));
        let (head, body) = table.split_once("</thead>").unwrap();
        let heads = head.matches("<th ").count();
        for row in body.split("<tr").skip(1) {
            assert_eq!(row.matches("<th").count() + row.matches("<td").count(), heads, "{row}");
        }
    }
}

#[test]
fn the_embedded_outages_are_those_of_the_report() {
    let fixture = Fixture::enterprise();
    let data = embedded(&fixture.page());
    assert_eq!(data["outages"], fixture.report["outages"]);
    assert!(data["outages"].as_array().unwrap().len() > 20);
}

#[test]
fn hostile_names_stay_text() {
    let fixture = Fixture::hostile();
    let page = fixture.page();
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script>").count(), 2);
    for bad in ["<img", "<b>", "<!--", "onload=alert(3)>", "\u{202e}", "</option><script>"] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;&lt;!--"));
    let data = embedded(&page);
    assert_eq!(data["systems"]["a"]["name"], EVIL);
    assert_eq!(data["plan"][0]["title"], EVIL);
    // A name of ten thousand letters stands shortened, and in full where one points at it.
    let (head, _) = page.split_once("</h1>").unwrap();
    let shown = head.rsplit('>').nth(1).unwrap();
    assert!(shown.chars().count() < 250, "{shown}");
}

#[test]
fn a_report_without_parts_is_still_a_page() {
    let theme = Theme::light();
    for report in [
        json!({}),
        json!(null),
        json!({ "stack": { "name": "" } }),
        json!({ "plan": null, "outages": [], "findings": [] }),
    ] {
        let names = Names::default();
        let page =
            html(&Page { report: &report, summary: &[], names: &names, pictures: &[], theme: &theme, dark: None });
        assert!(page.contains("<h1>"));
        assert!(page.ends_with("</html>\n"));
        assert!(!page.contains("prefers-color-scheme"));
        assert!(!page.contains("id=\"wave\""));
    }
}

#[test]
fn parts_of_the_wrong_kind_are_left_out() {
    let theme = Theme::light();
    let names = Names::default();
    let report = json!({
        "stack": [], "stage": 3, "findings": {}, "handoffs": 1, "handoff_totals": [], "outages": [1, "a", {}],
        "processes": [{}, null], "structure": "x", "ai_register": [null], "ledger": [[]], "assumptions": [0],
        "plan": { "items": [null, { "wave": -5 }, { "wave": 1e300 }], "before": [], "after": 1, "net_value": "much" },
    });
    let page = html(&Page { report: &report, summary: &[], names: &names, pictures: &[], theme: &theme, dark: None });
    assert!(page.contains("<h1>"));
}
