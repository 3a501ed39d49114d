//! The page as text: whole, safe, deterministic, and graceful where parts are missing.

use serde_json::Value;
use sinew::analysis::Analysis;
use sinew::report::Report;
use sinew::report::html::{Page, html};
use sinew::report::story::{self, Medium, Part};
use sinew::report::tables::{Cell, Table};
use sinew_draw::theme::Theme;

use crate::html::fixture::{EVIL, Fixture};
use crate::html::words::{attribute, words};
use crate::judgement::stacks::stack;

/// The data that the page holds for its script.
pub(crate) fn embedded(page: &str) -> Value {
    let (_, after) = page.split_once("<script id=\"data\" type=\"application/json\">").expect("embedded data");
    let (json, _) = after.split_once("</script>").expect("an end");
    serde_json::from_str(json).expect("JSON")
}

/// The tables that the story gives to the page.
fn tables(fixture: &Fixture) -> Vec<Table> {
    let chapters = story::told(&fixture.report, Medium::Page).chapters;
    let parts = chapters.into_iter().flat_map(|chapter| chapter.parts);
    parts
        .filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

/// The headings of a table of the page, and its rows: each with the text of its cells, then that of its details.
fn rows(page: &str, id: &str) -> (Vec<String>, Vec<(Vec<String>, String)>) {
    let (_, table) = page.split_once(&format!("<table id=\"{id}-table\"")).unwrap_or_else(|| panic!("no table {id}"));
    let (table, _) = table.split_once("</table>").expect("an end");
    let (head, body) = table.split_once("<tbody>").expect("a body");
    let (_, head) = head.split_once("<thead>").expect("a head");
    let (body, _) = body.split_once("</tbody>").expect("an end");
    let mut rows: Vec<(Vec<String>, String)> = Vec::new();
    for row in body.split("<tr").skip(1) {
        let (tag, inside) = row.split_once('>').expect("a tag");
        if tag.contains("class=\"details\"") {
            rows.last_mut().expect("a row before its details").1 = words(inside);
        } else {
            rows.push((cells(inside), String::new()));
        }
    }
    (cells(head), rows)
}

/// The text of the cells of one row, each with the names in full that are shortened in it.
fn cells(row: &str) -> Vec<String> {
    let row = row.replace("<th ", "<td ").replace("<th>", "<td>");
    let cell = |cell: &str| {
        let titles = cell.split('<').filter_map(|tag| attribute(tag, "title")).collect::<Vec<_>>().join(" ");
        format!("{} {titles}", words(&format!("<td{cell}")).trim_end()).trim_end().to_owned()
    };
    row.split("<td").skip(1).map(cell).collect()
}

#[test]
fn the_page_holds_every_chapter_and_nothing_from_elsewhere() {
    let fixture = Fixture::enterprise();
    let page = fixture.page();
    let chapters = story::told(&fixture.report, Medium::Page).chapters;
    for chapter in chapters.iter().filter(|chapter| chapter.id != "summary") {
        assert!(page.contains(&format!("<section id=\"{}\"", chapter.id)), "{}", chapter.id);
        assert!(page.contains(&format!("href=\"#{}\"", chapter.id)), "link to {}", chapter.id);
    }
    // Every link leads somewhere, and no id is given twice.
    let tags = || page.split('<').filter_map(|tag| tag.split('>').next());
    let mut ids: Vec<&str> = tags().filter_map(|tag| attribute(tag, "id")).collect();
    for link in tags().filter_map(|tag| attribute(tag, "href")) {
        assert!(ids.contains(&link.trim_start_matches('#')), "{link} leads nowhere");
    }
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    assert_eq!(page.matches("<svg ").count(), page.matches("<div class=\"slide\"").count());
    assert!(page.contains("default-src 'none'"));
    assert!(!page.contains("unsafe-inline"));
    // Words of pictures fit in any font.
    assert!(page.matches(" textLength=\"").count() > 100);
    // Nothing is loaded: no element and no attribute that fetches, and no link leads out of the page.
    assert!(tags().filter_map(|tag| attribute(tag, "href")).all(|link| link.starts_with('#')));
    for fetching in [" src=", "<link", "<iframe", "<object", "@import", "url(", " style=", "fetch(", "innerHTML"] {
        assert!(!page.contains(fetching), "{fetching}");
    }
}

#[test]
fn the_same_page_has_the_same_bytes() {
    assert_eq!(Fixture::enterprise().page(), Fixture::enterprise().page());
}

#[test]
fn every_row_of_every_table_is_on_the_page_with_what_its_cells_say() {
    for fixture in [Fixture::enterprise(), Fixture::scale_up()] {
        let page = fixture.page();
        let tables = tables(&fixture);
        assert!(tables.len() >= 10, "{}", tables.len());
        for table in tables.iter().filter(|table| !table.rows.is_empty()) {
            let (heads, shown) = rows(&page, table.id);
            assert_eq!(shown.len(), table.rows.len(), "rows of {}", table.id);
            for (row, (cells, details)) in table.rows.iter().zip(&shown) {
                for (at, (column, cell)) in table.columns.iter().zip(&row.cells).enumerate() {
                    let found = heads.iter().position(|head| *head == column.heading).map_or(details, |at| &cells[at]);
                    assert_says(table, at, cell, found);
                }
            }
        }
    }
}

/// Fails where `found` lacks a word or a number of a cell.
fn assert_says(table: &Table, at: usize, cell: &Cell, found: &str) {
    let column = &table.columns[at];
    let said = sinew::report::tables::cell(column.kind, cell);
    // Of a sentence of more than 400 letters the page shows the beginning, and all of it on pointing at it.
    let is_cut = found.contains('…') && said.pieces().iter().any(|(_, piece)| piece.chars().count() > 400);
    for piece in
        said.pieces().iter().flat_map(|(_, piece)| piece.split([' ', ',', ';', '(', ')']).filter(|one| !one.is_empty()))
    {
        // A word of the stack file has a look of its own there, and no marks.
        let (found, piece) = (found.replace('`', ""), piece.replace('`', ""));
        assert!(found.contains(&piece) || is_cut, "{}, {}: {piece:?} is not in {found:?}", table.id, column.key);
    }
}

/// What a row of a table is, by the key of the table: so many of them has report.json.
fn counts(report: &Value) -> Vec<(&'static str, usize)> {
    let list = |at: &str| report.pointer(at).and_then(Value::as_array).cloned().unwrap_or_default();
    let harms = |outage: &&Value| {
        ["processes_down", "processes_degraded", "facts_lost"].iter().any(|key| outage[key] != Value::Array(Vec::new()))
    };
    let options = list("/plan/items").iter().filter_map(|item| item["options"].as_array()).map(Vec::len).sum();
    vec![
        ("criteria", list("/stage/criteria").len()),
        ("handoffs", list("/handoffs").len()),
        ("outages", list("/outages").iter().filter(harms).count()),
        ("processes", list("/processes").len()),
        ("findings", list("/findings").len()),
        ("plan_items", list("/plan/items").len()),
        ("uncertainty", list("/plan/uncertainty/tornado").len()),
        ("unfunded", list("/plan/unfunded").len()),
        ("unverified", list("/plan/unverified").len()),
        ("unsolved", list("/plan/unsolved").len()),
        ("options", options),
        ("ai_register", list("/ai_register").len()),
        ("ai_use", list("/ai_use").len()),
        ("ledger", list("/ledger").len()),
        ("assumptions", list("/assumptions").len() + list("/plan/assumptions").len()),
    ]
}

#[test]
fn every_list_of_the_report_is_on_the_page_in_full() {
    let fixture = Fixture::enterprise();
    let (page, report) = (fixture.page(), fixture.json());
    for (table, count) in counts(&report) {
        assert!(count > 0, "the example has no {table}");
        assert_eq!(rows(&page, table).1.len(), count, "{table}");
    }
}

#[test]
fn every_table_has_a_caption_and_says_what_its_rows_are() {
    let page = Fixture::enterprise().page();
    for table in page.split("<table ").skip(1).map(|rest| rest.split("</table>").next().unwrap()) {
        assert!(table.contains("<caption>"));
        assert!(attribute(&format!("table {table}"), "data-many").is_some_and(|unit| !unit.is_empty()));
    }
}

#[test]
fn the_embedded_data_are_those_of_the_report() {
    let fixture = Fixture::enterprise();
    let (data, report) = (embedded(&fixture.page()), fixture.json());
    assert_eq!(data["outages"], report["outages"]);
    assert!(data["outages"].as_array().unwrap().len() > 20);
    let same = |key: &str, from: &Value, fields: &[&str]| {
        let (shown, all) = (data[key].as_array().unwrap(), from.as_array().unwrap());
        assert!(!shown.is_empty() && shown.len() == all.len(), "{key}");
        for (shown, one) in shown.iter().zip(all) {
            fields.iter().for_each(|field| assert_eq!(shown[field], one[field], "{key}, {field}"));
        }
    };
    same("processes", &report["processes"], &["id", "single_points", "covered_points", "cut_sets"]);
    same("findings", &report["findings"], &["id", "rule", "severity", "subjects", "message", "accepted"]);
    same("handoffs", &report["handoffs"], &["id", "steps"]);
    same("plan", &report["plan"]["items"], &["id", "wave", "removes"]);
}

#[test]
fn hostile_names_stay_text() {
    let page = Fixture::hostile().page();
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script>").count(), 2);
    for bad in ["<img", "<b>", "<!--", "onload=alert(3)>", "\u{202e}", "</option><script>"] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;'&amp;&lt;!--"));
    assert_eq!(embedded(&page)["systems"]["a"]["name"], format!("{EVIL} (a)"), "two systems have the name");
    // A name of ten thousand letters stands shortened, and in full where one points at it.
    let (head, _) = page.split_once("</h1>").unwrap();
    let shown = head.rsplit('>').nth(1).unwrap();
    assert!(shown.chars().count() < 250, "{shown}");
}

#[test]
fn a_report_without_parts_is_still_a_page() {
    let stack = stack(include_str!("../golden/02-one-handoff/stack.yaml"));
    let mut report = Report::about(&Analysis::of(&stack));
    report.stack.name = String::new();
    let story = story::told(&report, Medium::Page);
    let theme = Theme::light();
    let page = html(&Page { report: &report, story: &story, pictures: &[], theme: &theme, dark: None });
    assert!(page.contains("<h1>"));
    assert!(page.ends_with("</html>\n"));
    assert!(!page.contains("prefers-color-scheme"));
    assert!(!page.contains("id=\"wave\""));
    assert!(!page.contains("<table"));
}
