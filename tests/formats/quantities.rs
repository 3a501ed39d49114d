//! Every quantity of a table is in report.json: in the part that its row is about, or as what a formula that stands here gives.

use serde_json::Value;
use sinew::report::story;
use sinew::report::tables::{Amount, Bound, Cell, Row, Table};

use super::all;

/// Where the rows of a table stand in report.json: of each row all numbers beneath that place count as its own.
enum Place {
    /// An entry of this list, which has the row's id under one of these keys, joined where there are several.
    Entry(&'static str, &'static [&'static str]),
    /// The same entry as its place in the table.
    Nth(&'static str),
    /// One object for all rows.
    Whole(&'static str),
}

/// The tables that have quantities, with their places.
const PLACES: &[(&str, Place)] = &[
    ("criteria", Place::Entry("stage.criteria", &["id"])),
    ("handoffs", Place::Entry("handoffs", &["id"])),
    ("steps", Place::Entry("handoff_totals.steps", &["flow"])),
    ("outages", Place::Entry("outages", &["components"])),
    ("processes", Place::Entry("processes", &["id"])),
    ("findings", Place::Entry("findings", &["id"])),
    ("plan_items", Place::Entry("plan.items", &["id"])),
    ("money", Place::Whole("plan")),
    ("before_after", Place::Whole("plan")),
    ("left_out", Place::Entry("plan.obligations.left_out", &["finding"])),
    ("way", Place::Whole("plan.reach")),
    ("frontier", Place::Nth("plan.reach")),
    ("uncertainty", Place::Nth("plan.uncertainty.tornado")),
    ("unfunded", Place::Nth("plan.unfunded")),
    ("unverified", Place::Entry("plan.unverified", &["id"])),
    ("unsolved", Place::Nth("plan.unsolved")),
    ("options", Place::Whole("plan.items")),
    ("what_if", Place::Whole("plan.what_if")),
    ("ai_register", Place::Entry("ai_register", &["system"])),
    ("ledger", Place::Nth("ledger")),
    ("calls", Place::Nth("calls")),
    ("structure", Place::Whole("structure")),
    ("questions", Place::Entry("questions", &["id"])),
    ("pictures", Place::Entry("pictures", &["picture"])),
    ("assumptions", Place::Whole("")),
    ("rules", Place::Whole("")),
    ("baseline", Place::Whole("baseline")),
];

/// Quantities of tables that report.json does not hold, each with what they follow from.
const FORMULAS: &[(&str, &str, &str)] = &[
    ("plan_items", "of_outages", "outages removed - added"),
    // The place in the list.
    ("handoffs", "rank", "place"),
    ("steps", "number", "place"),
    ("plan_items", "order", "place"),
    ("questions", "number", "place"),
    ("way", "order", "place"),
    ("frontier", "items", "length of items"),
    // How many entries one of the lists of the row has.
    ("assumptions", "uses", "length of used_by"),
    ("outages", "systems_down", "length of systems_down without the failed ones"),
    ("outages", "starved", "length of systems_starved"),
    ("outages", "lost", "length of facts_lost"),
    ("pictures", "systems", "length of systems_on_no_slide"),
    // {used} / {quota}
    ("calls", "share", "used / quota"),
    // {after} - {before}, and that / {before}
    ("before_after", "change", "after - before"),
    ("before_after", "share", "change / before"),
    // Lengths, sums, and hours a year: unavailability x 8,760.
    ("before_after", "before", "counted"),
    ("before_after", "after", "counted"),
    // A length of use or a rate as written, in its own unit.
    ("uncertainty", "range", "range"),
    ("plan_items", "payback", "payback_weeks"),
    ("what_if", "change", "what_if"),
];

pub(super) fn at<'j>(json: &'j Value, path: &str) -> &'j Value {
    path.split('.').filter(|key| !key.is_empty()).fold(json, |value, key| &value[key])
}

/// All numbers beneath a value.
fn numbers(value: &Value, found: &mut Vec<f64>) {
    match value {
        Value::Number(number) => found.extend(number.as_f64()),
        Value::Array(all) => all.iter().for_each(|one| numbers(one, found)),
        Value::Object(keys) => keys.values().for_each(|one| numbers(one, found)),
        _ => {}
    }
}

fn numbers_of(value: &Value) -> Vec<f64> {
    let mut found = Vec::new();
    numbers(value, &mut found);
    found
}

fn near(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 2e-6 * a.abs().max(b.abs()).max(1.0)
}

fn entry<'j>(json: &'j Value, place: &Place, row: &Row, nth: usize) -> Option<&'j Value> {
    match place {
        Place::Whole(path) => Some(at(json, path)),
        Place::Nth(path) => at(json, path).get(nth),
        Place::Entry(path, keys) => at(json, path).as_array()?.iter().find(|one| {
            let id = |key: &&str| match &one[*key] {
                Value::Array(ids) => ids.iter().map(|id| id.as_str().unwrap()).collect::<Vec<_>>().join("+"),
                id => id.as_str().unwrap_or_default().to_owned(),
            };
            keys.iter().map(id).collect::<Vec<_>>().join(":") == row.id
        }),
    }
}

/// What a formula gives for a cell; the test computes each from report.json alone.
fn by_formula(json: &Value, table: &Table, column: &str, nth: usize, own: &Value) -> Option<Vec<f64>> {
    let row = &table.rows[nth];
    // What a cut list leaves out is counted beside it.
    let left_out = |key: &str| own["left_out"][key].as_u64().unwrap_or(0) as f64;
    let length = |key: &str| own[key].as_array().map(|list| vec![list.len() as f64 + left_out(key)]);
    let (_, _, formula) = FORMULAS.iter().find(|(id, key, _)| *id == table.id && *key == column)?;
    match *formula {
        "place" => Some(vec![nth as f64 + 1.0]),
        "length of used_by" => {
            let plan = at(json, "plan.assumptions").as_array();
            let all: Vec<&Value> = json["assumptions"].as_array()?.iter().chain(plan.into_iter().flatten()).collect();
            all.get(nth)?["used_by"].as_array().map(|list| vec![list.len() as f64])
        }
        "length of systems_down without the failed ones" => {
            let failed = own["components"].as_array()?;
            let others = own["systems_down"].as_array()?.iter().filter(|id| !failed.contains(id));
            Some(vec![others.count() as f64 + left_out("systems_down")])
        }
        "length of items" => length("items"),
        "outages removed - added" => {
            let of = |key: &str| own["value_of"][key].as_f64();
            Some(vec![of("outages_removed")? - of("outages_added")?])
        }
        "length of systems_starved" => length("systems_starved"),
        "length of facts_lost" => length("facts_lost"),
        "length of systems_on_no_slide" => length("systems_on_no_slide"),
        "used / quota" => Some(vec![own["used"].as_f64()? / own["quota"].as_f64()?]),
        "after - before" | "change / before" | "counted" => before_after(json, &row.id, column),
        "range" => Some(numbers_of(&own["range"])),
        "payback_weeks" => Some(numbers_of(&own["payback_weeks"])),
        "what_if" => Some(numbers_of(own)),
        other => panic!("a formula that the test does not compute: {other}"),
    }
}

/// The figures of before and after that are counts, hours or differences.
pub(super) fn before_after(json: &Value, row: &str, column: &str) -> Option<Vec<f64>> {
    let side = |side: &str| -> Option<f64> {
        let standing = &json["plan"][side];
        Some(match row.split_once(':') {
            Some(("down", process)) => standing["availability"][process]["unavailability"]["low"].as_f64()? * 8_760.0,
            Some(_) => return None,
            None => match row {
                "hours" | "cost" => standing[row]["likely"].as_f64()?,
                "single_points" => standing[row].as_object()?.len() as f64,
                "cannot_run" => standing[row].as_array()?.len() as f64,
                "criteria_met" | "outage_cost_unknown" => standing[row].as_array()?.len() as f64,
                "findings" => standing[row].as_object()?.values().map(|n| n.as_f64().unwrap()).sum(),
                "outage_cost" => standing[row]["high"].as_f64()?,
                other => standing[other].as_f64()?,
            },
        })
    };
    let (before, after) = (side("before"), side("after"));
    match column {
        "before" => before.map(|one| vec![one]),
        "after" => after.map(|one| vec![one]),
        "change" => Some(vec![after? - before?]),
        _ => Some(vec![(after? - before?) / before?]),
    }
}

/// The quantities of a cell, those within lists too.
fn amounts(cell: &Cell, found: &mut Vec<Amount>) {
    match cell {
        Cell::List(cells) => cells.iter().for_each(|one| amounts(one, found)),
        one => found.extend(one.amount()),
    }
}

/// What of `table` is neither in report.json nor by formula: row, column, number.
fn unfounded(json: &Value, table: &Table) -> Vec<(String, &'static str, f64)> {
    let mut missing = Vec::new();
    let place = PLACES.iter().find(|(id, _)| *id == table.id).map(|(_, place)| place);
    for (nth, row) in table.rows.iter().enumerate() {
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            let mut shown = Vec::new();
            amounts(cell, &mut shown);
            if shown.is_empty() {
                continue;
            }
            let place = place.unwrap_or_else(|| panic!("{} has quantities: say in PLACES where they stand", table.id));
            let own =
                entry(json, place, row, nth).unwrap_or_else(|| panic!("{}: {} is not in the JSON", table.id, row.id));
            let mut known = by_formula(json, table, column.key, nth, own).unwrap_or_default();
            known.extend(numbers_of(own));
            let ends = shown.iter().flat_map(|amount| match amount.bound {
                Bound::Value | Bound::Between => vec![amount.low, amount.likely, amount.high],
                Bound::AtLeast => vec![amount.likely],
                Bound::AtMost => vec![amount.high],
            });
            missing.extend(
                ends.filter(|end| !known.iter().any(|number| near(*number, *end)))
                    .map(|end| (row.id.clone(), column.key, end)),
            );
        }
    }
    missing
}

#[test]
fn every_quantity_of_every_table_is_in_report_json_or_follows_from_it() {
    let mut cells = 0;
    for told in all() {
        for (table, _) in story::all_tables(&told.report) {
            let missing = unfounded(&told.json, &table);
            assert!(missing.is_empty(), "{}, {}: {missing:?}", told.name, table.id);
            cells += table.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.amount().is_some()).count();
            for total in table.foot.iter().flat_map(|foot| &foot.cells).filter_map(Cell::amount) {
                let of = if table.id == "money" { &told.json["plan"] } else { &told.json["handoff_totals"] };
                let known = numbers_of(of);
                assert!(known.iter().any(|one| near(*one, total.likely)), "{}: {total:?}", told.name);
            }
        }
    }
    assert!(cells > 3_000, "{cells}");
}

#[test]
fn the_law_of_tables_finds_a_number_that_is_not_there() {
    let told = super::enterprise();
    let mut json = told.json.clone();
    json["plan"]["items"][0].as_object_mut().unwrap().remove("work_cost");
    json["handoffs"][1].as_object_mut().unwrap().remove("cost");
    let tables = story::all_tables(&told.report);
    let of = |id: &str| tables.iter().map(|(table, _)| table).find(|table| table.id == id).unwrap();
    assert!(unfounded(&json, of("plan_items")).iter().any(|(_, column, _)| *column == "work"));
    assert!(unfounded(&json, of("handoffs")).iter().any(|(_, column, _)| *column == "cost"));
    assert!(unfounded(&told.json, of("plan_items")).is_empty());
}
