//! Every list of report.json is shown in each format that its story names, with all its rows, or named as left out.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use serde_json::Value;
use sinew::report::story::{self, Medium};
use sinew::report::tables::Table;

use super::read::unescaped;
use super::{Told, all};

/// The lists of report.json, each with the table that shows it and which of its entries are rows of their own.
const LISTS: &[(&str, &str, Rows)] = &[
    ("stage.criteria", "criteria", Rows::Each),
    ("stage.next", "criteria", Rows::Within),
    ("findings", "findings", Rows::Each),
    ("handoffs", "handoffs", Rows::Each),
    ("handoff_totals.unknown", "handoffs", Rows::Within),
    ("handoff_totals.cost_unknown", "handoffs", Rows::Within),
    ("handoff_totals.error_rate_unknown", "steps", Rows::Within),
    ("handoff_totals.review_unknown", "ledger", Rows::Within),
    ("handoff_totals.most_hours.flows", "steps", Rows::Within),
    ("handoff_totals.steps", "steps", Rows::Each),
    ("outages", "outages", Rows::Harmful),
    ("processes", "processes", Rows::Each),
    ("structure.articulation_points", "structure", Rows::Within),
    ("structure.bridges", "structure", Rows::Within),
    ("structure.middleware_share", "structure", Rows::Within),
    ("structure.domains", "structure", Rows::Within),
    ("ledger", "ledger", Rows::Each),
    ("calls", "calls", Rows::Each),
    ("ai_register", "ai_register", Rows::Each),
    ("ai_use", "ai_use", Rows::Each),
    ("pictures", "pictures", Rows::Each),
    ("plan.items", "plan_items", Rows::Each),
    ("plan.waves", "plan_items", Rows::Within),
    ("plan.money", "money", Rows::AllAndSum),
    ("plan.hours", "money", Rows::AllAndSum),
    ("plan.before.outage_cost_unknown", "before_after", Rows::Within),
    ("plan.after.outage_cost_unknown", "before_after", Rows::Within),
    ("plan.unfunded", "unfunded", Rows::Each),
    ("plan.obligations.findings", "plan_items", Rows::Within),
    ("plan.obligations.to_verify", "plan_items", Rows::Within),
    ("plan.obligations.items", "plan_items", Rows::Within),
    ("plan.obligations.left_out", "left_out", Rows::Each),
    ("plan.reach", "frontier", Rows::Each),
    ("plan.unverified", "unverified", Rows::Each),
    ("plan.unsolved", "unsolved", Rows::Each),
    ("plan.introduces", "plan_items", Rows::Within),
    ("plan.before.cannot_run", "before_after", Rows::Within),
    ("plan.after.cannot_run", "before_after", Rows::Within),
    ("plan.before.criteria_met", "before_after", Rows::Within),
    ("plan.after.criteria_met", "before_after", Rows::Within),
    ("plan.uncertainty.tornado", "uncertainty", Rows::Each),
    ("questions", "questions", Rows::Each),
    ("assumptions", "assumptions", Rows::WithPlan),
    ("plan.assumptions", "assumptions", Rows::WithPlan),
];

#[derive(Clone, Copy)]
enum Rows {
    /// Each entry is a row.
    Each,
    /// Entries stand in cells.
    Within,
    /// Each failure that takes something away; a note counts the others.
    Harmful,
    /// The last is the sum, which stands beneath the rows.
    AllAndSum,
    /// The assumptions of report and plan are one table.
    WithPlan,
}

fn lists<'j>(path: &str, value: &'j Value, found: &mut BTreeMap<String, &'j [Value]>) {
    match value {
        Value::Array(list) => drop(found.insert(path.to_owned(), list)),
        Value::Object(keys) => keys.iter().for_each(|(key, value)| {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            lists(&path, value, found);
        }),
        _ => {}
    }
}

fn takes_something(outage: &Value) -> bool {
    let lists = ["processes_down", "processes_degraded", "facts_lost"];
    lists.iter().any(|key| outage[*key].as_array().is_some_and(|list| !list.is_empty()))
}

#[test]
fn every_list_of_a_report_has_a_table_with_all_its_rows() {
    let mut seen = BTreeMap::new();
    for told in all() {
        let tables: BTreeMap<&str, Table> =
            story::all_tables(&told.report).into_iter().map(|(table, _)| (table.id, table)).collect();
        let mut found = BTreeMap::new();
        lists("", &told.json, &mut found);
        // Ids for the next report, which knows by them that it is about the same stack.
        assert!(found.remove("stack.ids").is_some());
        // So are places, which the picture shows.
        let places = found.keys().filter(|path| path.starts_with("layout.")).cloned().collect::<Vec<_>>();
        places.iter().for_each(|path| assert!(found.remove(path).is_some_and(|list| !list.is_empty()), "{path}"));
        assert!(places.len() == 6 || told.json["stack"]["systems"] == 0, "{}: {places:?}", told.name);
        for (path, list) in &found {
            // What a title is about is marked in the picture, by the ids of boxes and lines.
            if path.starts_with("messages.") && path.ends_with(".hot") {
                let known = &told.report.stack.names;
                let is_known = |id: &str| known.systems.contains_key(id) || known.flows.contains_key(id);
                assert!(list.iter().all(|id| is_known(id.as_str().unwrap())), "{}: {path}: {list:?}", told.name);
                continue;
            }
            // What stands beside a picture is on its slide, and in the notes.
            if path.starts_with("messages.") && (path.ends_with(".takeaways") || path.ends_with(".bars")) {
                let is_shown = ["landscape", "target"].iter().all(|view| !path.contains(view));
                // Hostile names are cleaned and bounded there.
                let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).take(60).collect::<String>();
                let slides: String = told.slides.chars().filter(|c| c.is_alphanumeric()).collect();
                let said =
                    |one: &Value| slides.contains(&letters(one["head"].as_str().or(one["name"].as_str()).unwrap()));
                assert!(!is_shown || list.iter().all(said), "{}: {path} is not said", told.name);
                continue;
            }
            // The summary and what pictures say are sentences; what is not known is one of them.
            if path.starts_with("summary.") || path.starts_with("messages.") {
                let said = unescaped(&told.markdown);
                let is_said = |one: &Value| said.contains(one.as_str().unwrap());
                assert!(list.iter().all(is_said), "{}: {path} is not said", told.name);
                continue;
            }
            let known = LISTS.iter().find(|(known, ..)| known == path);
            let (_, table, rows) =
                known.unwrap_or_else(|| panic!("{}: no table shows {path}: name it in LISTS", told.name));
            let table = tables.get(table).unwrap_or_else(|| panic!("{}: {path} has no table", told.name));
            let expected = match rows {
                Rows::Each => list.len(),
                Rows::Within => usize::from(!list.is_empty()),
                Rows::AllAndSum => list.len().saturating_sub(usize::from(table.foot.is_some())),
                Rows::Harmful => list.iter().filter(|outage| takes_something(outage)).count(),
                Rows::WithPlan => found["assumptions"].len() + found["plan.assumptions"].len(),
            };
            let is_whole = match rows {
                Rows::Within => table.rows.len() >= expected,
                _ => table.rows.len() == expected,
            };
            assert!(is_whole, "{}: {path}: {} rows for {expected}", told.name, table.rows.len());
            *seen.entry(path.clone()).or_insert(0) += list.len();
        }
    }
    for (path, ..) in LISTS {
        assert!(seen.get(*path).is_some_and(|entries| *entries > 0), "no stack has an entry of {path}");
    }
}

/// What a format says in words.
fn text(told: &Told, medium: Medium) -> String {
    match medium {
        Medium::Document | Medium::Terminal => unescaped(&told.markdown),
        Medium::Page => crate::html::words::words(&told.page),
        Medium::Deck => told.slides.clone(),
        Medium::Workbook => {
            let book: Xlsx<_> = Xlsx::new(Cursor::new(told.book.clone())).unwrap();
            book.sheet_names().join("\n")
        }
    }
}

#[test]
fn a_format_shows_each_table_or_names_it_as_left_out() {
    let mut left_out = 0;
    for told in all() {
        for medium in [Medium::Document, Medium::Page, Medium::Deck, Medium::Workbook] {
            let text = text(told, medium);
            let said: String = text.lines().filter(|line| line.starts_with("Not shown here, but in ")).collect();
            for (table, media) in story::all_tables(&told.report) {
                if table.rows.is_empty() {
                    continue;
                }
                let place = format!("{}, {} in {}", told.name, table.id, medium.file());
                let is_told = media.contains(&medium);
                assert_eq!(said.contains(table.name), !is_told, "{place}: {said}");
                left_out += usize::from(!is_told);
            }
        }
    }
    assert!(left_out > 50, "{left_out} tables are named as left out");
}
