//! Questions to which formats once gave different answers, each asked of all formats of one example.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};

use super::enterprise;
use super::read::{entries, markdown, page, said, tokens, unescaped};
use crate::html::words;
use sinew::report::story;
use sinew::report::tables::{Cell, Table, cell};

/// What a person reads in each format.
fn formats() -> [(&'static str, String); 4] {
    let told = enterprise();
    [
        ("report.md", unescaped(&told.markdown)),
        ("report.html", words::words(&told.page)),
        ("plan.xlsx", crate::support::dump::workbook(told.book.clone())),
        ("slides.pptx", told.slides.clone()),
    ]
}

fn table(id: &str) -> Table {
    let tables = story::all_tables(&enterprise().report);
    tables.into_iter().map(|(table, _)| table).find(|table| table.id == id).unwrap()
}

/// The words of a cell.
fn words_of(table: &Table, row: usize, key: &str) -> String {
    let at = table.columns.iter().position(|column| column.key == key).unwrap();
    said(&cell(table.columns[at].kind, &table.rows[row].cells[at]))
}

/// Each of these formats says all these words.
fn all_say(names: &[&str], words: &[&str]) {
    for (name, text) in formats().iter().filter(|(name, _)| names.contains(name)) {
        // Pages and slides may end a line between two words.
        let text = tokens(text).join(" ");
        for words in words {
            assert!(text.contains(&tokens(words).join(" ")), "{name} does not say {words:?}");
        }
    }
}

/// No format says this.
fn none_says(words: &str) {
    for (name, text) in formats() {
        assert!(!text.contains(words), "{name} says {words:?}");
    }
}

const ALL: &[&str] = &["report.md", "report.html", "plan.xlsx", "slides.pptx"];
const LONG: &[&str] = &["report.md", "report.html", "plan.xlsx"];

#[test]
fn assumptions_of_report_and_plan_are_one_list_everywhere() {
    let told = enterprise();
    let of = |list: &serde_json::Value| list.as_array().unwrap().len();
    let number = of(&told.json["assumptions"]) + of(&told.json["plan"]["assumptions"]);
    assert!(of(&told.json["assumptions"]) > 0 && of(&told.json["plan"]["assumptions"]) > 0);
    assert_eq!(told.markdown.matches("## Assumptions").count(), 1);
    let grid = markdown(&told.markdown)
        .into_iter()
        .find(|grid| grid.headings[0] == "Assumption" && grid.headings[1] == "Value");
    assert_eq!(grid.unwrap().rows.len(), number);
    assert_eq!(page(&told.page, "assumptions").unwrap().1.len(), number);
    let mut book = Xlsx::new(Cursor::new(told.book.clone())).unwrap();
    let sheet = book.worksheet_range("Assumptions").unwrap();
    let keys = table("assumptions").rows;
    let is_there = |id: &str| sheet.rows().any(|row| row.iter().any(|cell| *cell == id));
    assert!(keys.len() == number && keys.iter().all(|row| is_there(&row.id)));
    let spelled = sinew::report::say::capital(&sinew::report::say::spelled(number));
    all_say(&["slides.pptx"], &[&format!("{spelled} assumptions carry the figures")]);
}

#[test]
fn all_formats_say_of_how_many_single_points_the_cost_is_not_known() {
    let number = enterprise().json["plan"]["before"]["stops_unpriced"].as_u64().unwrap();
    assert!(number > 0);
    all_say(
        ALL,
        &[&format!(
            "of {number} stops of a process by a single point of failure the expected cost is not known; no total holds it"
        )],
    );
}

#[test]
fn all_formats_tell_how_uncertain_the_plan_is() {
    all_say(ALL, &["80% range", "positive in"]);
    let moving = table("uncertainty");
    let names: Vec<String> = moving.rows.iter().map(|row| cell(moving.columns[0].kind, &row.cells[0]).text()).collect();
    assert!(!names.is_empty());
    all_say(ALL, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let value = &enterprise().report.plan.as_ref().unwrap().uncertainty.as_ref().unwrap().net_value.unwrap();
    let ends = [value.p10.get(), value.p50.get(), value.p90.get()]
        .map(|end| sinew::report::say::plain(sinew::report::tables::Kind::Money, end.abs()));
    all_say(&["report.md", "report.html", "plan.xlsx"], &ends.each_ref().map(String::as_str));
}

#[test]
fn all_formats_say_for_which_gaps_nothing_is_known() {
    let gaps = table("unsolved");
    assert!(!gaps.rows.is_empty());
    all_say(ALL, &["with no verified solution"]);
    let shown = gaps.most.unwrap().min(gaps.rows.len());
    let first: Vec<&str> = gaps.rows[..shown].iter().map(|row| row.id.as_str()).collect();
    all_say(LONG, &first);
}

#[test]
fn an_ai_tool_is_told_with_its_owner_reviews_contract_standard_and_standby() {
    let register = table("ai_register");
    let wanted = [
        "owner",
        "budget_owner",
        "security_review",
        "vendor_review",
        "renews",
        "cost",
        "quality",
        "human_review",
        "runbook",
        "standby",
        "stops",
    ];
    let heading = |key: &str| register.columns.iter().find(|column| column.key == key).unwrap().heading.clone();
    let headings = wanted.map(heading);
    all_say(LONG, &headings.each_ref().map(String::as_str));
    let (_, rows) = page(&enterprise().page, "ai_register").unwrap();
    assert_eq!(rows.len(), enterprise().json["ai_register"].as_array().unwrap().len());
    for (at, row) in rows.iter().enumerate() {
        for key in wanted.into_iter().filter(|key| !words_of(&register, at, key).is_empty()) {
            let told: Vec<&str> =
                row.cells.iter().chain(row.details.iter().map(|(_, said)| said)).map(String::as_str).collect();
            let meant = words_of(&register, at, key);
            assert!(told.iter().any(|said| tokens(said) == tokens(&meant)), "{key}: {meant}: {told:?}");
        }
    }
}

#[test]
fn processes_structure_and_ledger_are_in_every_long_format_and_the_deck_says_where() {
    for id in ["processes", "structure", "ledger"] {
        let table = table(id);
        let rows: Vec<String> = (0..table.rows.len()).map(|row| words_of(&table, row, table.columns[0].key)).collect();
        assert!(!rows.is_empty(), "{id}");
        all_say(LONG, &rows.iter().map(String::as_str).collect::<Vec<_>>());
        let slides = &enterprise().slides;
        let said = slides.lines().find(|line| line.starts_with("Not shown here, but in plan.xlsx: ")).unwrap();
        assert!(said.contains(table.name), "{said}");
    }
}

#[test]
fn an_availability_reads_the_same_everywhere() {
    let table = table("processes");
    let at = table.rows.iter().position(|row| row.id == "campaign-launch").unwrap_or(0);
    let words = words_of(&table, at, "availability");
    // Some of its components state none, which is said beside the figure.
    let (share, unknown) = words.split_once(", ").unwrap();
    assert!(share.starts_with("at most ") && share.ends_with('%') && !share.contains('\u{a0}'), "{words}");
    assert!(unknown.ends_with(" not known"), "{words}");
    all_say(&["report.md", "report.html", "plan.xlsx"], &[&words]);
    for (name, text) in formats() {
        assert!(!text.contains(&share.replace('%', " %")) && !text.contains(&share.replace('%', "\u{a0}%")), "{name}");
    }
}

#[test]
fn percentages_stand_at_their_number() {
    for (name, text) in formats().iter().filter(|(name, _)| *name != "plan.xlsx") {
        for space in [" %", "\u{a0}%", "\u{202f}%"] {
            let found = text.match_indices(space).find(|(at, _)| text[..*at].ends_with(|c: char| c.is_ascii_digit()));
            assert!(found.is_none(), "{name}: {:?}", found.map(|(at, _)| &text[at.saturating_sub(20)..at + 3]));
        }
    }
}

#[test]
fn an_item_keeps_its_wave_and_takes_its_effort_in_the_same_words() {
    let items = table("plan_items");
    let (stays, days) = (words_of(&items, 0, "stays"), words_of(&items, 0, "days"));
    assert!(stays.ends_with('%') && !stays.contains(' '), "{stays}");
    let heading = |key: &str| items.columns.iter().find(|column| column.key == key).unwrap().heading.clone();
    let (_, details) = entries(&enterprise().markdown).into_iter().find(|(head, _)| head.starts_with("1 ")).unwrap();
    let told = format!("; {};", details[0]);
    assert!(told.contains(&format!("; {}: {stays};", heading("stays"))), "{told}");
    assert!(told.contains(&format!("{}: {days};", heading("days"))), "{told}");
    let (headings, rows) = page(&enterprise().page, "plan_items").unwrap();
    let of = |key: &str| {
        let at = headings.iter().position(|found| found.trim() == heading(key));
        let detail = rows[0].details.iter().find(|(found, _)| found.trim() == heading(key));
        at.map(|at| rows[0].cells[at].clone()).or(detail.map(|(_, said)| said.clone())).unwrap()
    };
    assert_eq!(tokens(&of("stays")), tokens(&stays));
    assert_eq!(tokens(&of("days")), tokens(&days));
}

#[test]
fn an_assumed_share_of_errors_is_said_in_words_and_as_a_percentage() {
    let table = table("assumptions");
    let at = table.rows.iter().position(|row| row.id == "error_rate").unwrap();
    all_say(ALL, &[&words_of(&table, at, "what")]);
    assert_eq!(words_of(&table, at, "value"), "0%");
    none_says("error rate: 0");
}

#[test]
fn columns_are_called_the_same_everywhere() {
    for (id, key) in [
        ("ledger", "watched_by"),
        ("criteria", "source"),
        ("plan_items", "wsjf"),
        ("before_after", "before"),
        ("before_after", "after"),
    ] {
        let table = table(id);
        let heading = table.columns.iter().find(|column| column.key == key).unwrap().heading.clone();
        all_say(LONG, &[&heading]);
        let (headings, rows) = page(&enterprise().page, id).unwrap();
        let details = rows.iter().flat_map(|row| &row.details).map(|(heading, _)| heading);
        assert!(headings.iter().chain(details).any(|found| found.trim() == heading), "{id}, {key}");
    }
    all_say(&["slides.pptx"], &["Today", "With the plan"]);
    for other in ["Smith", "Known from", "told by", "Told by"] {
        none_says(other);
    }
}

#[test]
fn what_an_item_removes_is_told_by_names_and_never_by_ids() {
    let items = table("plan_items");
    let at = items.columns.iter().position(|column| column.key == "removes").unwrap();
    let findings = enterprise().json["findings"].as_array().unwrap();
    let mut told = 0;
    for row in &items.rows {
        let words = said(&cell(items.columns[at].kind, &row.cells[at]));
        let is_id = |finding: &serde_json::Value| words.contains(finding["id"].as_str().unwrap());
        assert!(!findings.iter().any(is_id), "{words}");
        told += usize::from(row.cells[at] != Cell::Empty);
    }
    assert!(told > 0);
}
