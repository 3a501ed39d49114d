//! Every number that any format shows is in report.json, or follows from what is there by a formula that stands here.
//!
//! Two laws. Row by row: each quantity of a table is found in the part of report.json that its row is about, or is what
//! its formula gives. Word by word: each number in the texts of all formats is a quantity of report.json as it is printed,
//! the length of one of its lists, or a word of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sinew::report::say::{self, Kind};
use sinew::report::story;
use sinew::report::tables::{Amount, Bound, Cell, Row, Table};

use super::read::unescaped;
use super::{Told, all};
use crate::html::words;

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
const PLACES: [(&str, Place); 27] = [
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
const FORMULAS: [(&str, &str, &str); 20] = [
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

fn at<'j>(json: &'j Value, path: &str) -> &'j Value {
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
fn before_after(json: &Value, row: &str, column: &str) -> Option<Vec<f64>> {
    let side = |side: &str| -> Option<f64> {
        let standing = &json["plan"][side];
        Some(match row.split_once(':') {
            Some(("down", process)) => standing["availability"][process]["unavailability"]["low"].as_f64()? * 8_760.0,
            Some(_) => return None,
            None => match row {
                "hours" | "cost" => standing[row]["likely"].as_f64()?,
                "single_points" => standing[row].as_object()?.len() as f64,
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
            let place = place.unwrap_or_else(|| panic!("{} has quantities and no place", table.id));
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

/// Numbers that are words of the program, whatever the stack: each with where it is said.
const WORDS: [(&str, &str); 8] = [
    ("5", "stage 3 of 5"),
    ("80%", "80% range of simulations"),
    ("1", "first of a numbered list"),
    ("100%", "an input of the workbook that changes nothing yet"),
    ("50%", "an example of such an input"),
    ("150%", "an example of such an input"),
    ("8", "hours of a person-day"),
    ("0", "none"),
];

/// Every way in which quantities of report.json are printed, and the words of its texts.
struct Printed {
    numbers: BTreeSet<String>,
    texts: BTreeSet<String>,
}

impl Printed {
    fn of(told: &Told) -> Self {
        Self::of_json(told, &told.json)
    }

    fn of_json(told: &Told, json: &Value) -> Self {
        let mut printed = Self { numbers: BTreeSet::new(), texts: BTreeSet::new() };
        printed.collect(json);
        for number in derived(json) {
            printed.add(number);
        }
        for (word, _) in WORDS {
            printed.numbers.insert(word.to_owned());
        }
        // An overview sums the work by hand between two domains; that of the target sums what stays of it.
        let mut between: BTreeMap<[Option<&str>; 2], Vec<f64>> = BTreeMap::new();
        for step in json["handoff_totals"]["steps"].as_array().into_iter().flatten() {
            let Some(ends) = told.report.stack.names.flows.get(step["flow"].as_str().unwrap_or_default()) else {
                continue;
            };
            let domain = |id: &str| told.report.stack.names.systems.get(id).and_then(|one| one.domain.as_deref());
            let hours = step["work_hours"]["likely"].as_f64().unwrap_or_default();
            between.entry([domain(&ends.from), domain(&ends.to)]).or_default().push(hours);
        }
        for hours in between.values() {
            let all: f64 = hours.iter().sum();
            let pairs = hours.iter().flat_map(|one| hours.iter().map(move |other| one + other));
            hours.iter().copied().chain(pairs).chain([0.0]).for_each(|gone| printed.add(all - gone));
        }
        // Names of what ids stand for are no part of the JSON, and hold numbers of their own.
        let names = &told.report.stack.names;
        let systems = names.systems.values().flat_map(|system| [Some(&system.name), system.domain.as_ref()]).flatten();
        let others = names.teams.values().chain(names.data.values()).chain(names.processes.values());
        systems.chain(others).for_each(|name| printed.text(name));
        printed
    }

    fn add(&mut self, number: f64) {
        if !number.is_finite() || number.abs() > 1e16 {
            return;
        }
        let number = number.abs();
        let kinds = [Kind::Money, Kind::Hours, Kind::Share, Kind::Number];
        self.numbers.extend(kinds.map(|kind| say::plain(kind, number)));
        self.numbers.extend((1..=4).map(|decimals| say::decimal(number, decimals)));
        self.numbers.insert(number.to_string());
        // As it is said aloud: `USD 77k`.
        self.text(&say::spoken(None, number));
        if number <= 1.0 {
            self.numbers.extend((2..=9).map(|decimals| say::plain(Kind::Availability(decimals), number)));
            // A share as a percentage with a tenth, as pictures have it.
            self.numbers.insert(format!("{}%", say::decimal(number * 100.0, 1)));
        }
        // A workbook rounds to what a reader can see.
        self.numbers.insert(((number * 1e4).round() / 1e4).to_string());
    }

    fn text(&mut self, text: &str) {
        self.texts.extend(tokens(text).map(|(token, _)| token));
    }

    fn collect(&mut self, value: &Value) {
        match value {
            Value::Number(number) => self.add(number.as_f64().unwrap_or_default()),
            Value::String(text) => self.text(text),
            Value::Array(all) => {
                self.add(all.len() as f64);
                all.iter().for_each(|one| self.collect(one));
            }
            Value::Object(keys) => {
                self.add(keys.len() as f64);
                for (key, value) in keys {
                    self.text(key);
                    self.collect(value);
                }
            }
            _ => {}
        }
    }

    /// Whether a number of a text is founded: as a quantity, or within words that report.json has.
    fn has(&self, token: &str) -> bool {
        let bare = token.trim_start_matches(['<', '>']);
        let shares = [format!("<{bare}"), format!(">{bare}")];
        self.numbers.contains(bare)
            || self.texts.contains(bare)
            || shares.iter().any(|share| self.numbers.contains(share))
            // A whole number may stand without its zeros.
            || bare.strip_suffix(".0").is_some_and(|bare| self.numbers.contains(bare))
    }
}

/// Quantities that follow from others by formulas of their own.
fn derived(json: &Value) -> Vec<f64> {
    let mut found = Vec::new();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let sum = |all: &[Value], key: &str| all.iter().filter_map(|one| one[key].as_f64()).sum::<f64>();
    // The workbook's sum of what single failures are expected to cost.
    found.push(sum(&list(&json["outages"]), "expected_cost"));
    // How many entries of a list share a property: modes of the ledger, kinds of failures, states of criteria.
    for (path, keys) in [
        ("ledger", &["mode"][..]),
        ("stage.criteria", &["state", "stage"]),
        ("findings", &["severity", "accepted", "rule"]),
        ("handoffs", &["ai_output"]),
        ("calls", &["judged"]),
        ("assumptions", &[]),
    ] {
        let entries = list(at(json, path));
        for key in keys {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            entries.iter().for_each(|one| *counts.entry(one[*key].to_string()).or_default() += 1);
            found.extend(counts.values().map(|count| *count as f64));
        }
    }
    // Questions are numbered, and those that a slide does not begin with are counted with those that are left out.
    let asked = list(&json["questions"]).len();
    let left_out = json["questions_left_out"].as_u64().unwrap_or(0) as usize;
    found.extend((1..=asked).map(|rank| rank as f64));
    found.push((asked + left_out - asked.min(5)) as f64);
    let outages = list(&json["outages"]);
    let stopping: Vec<&Value> =
        outages.iter().filter(|one| one["processes_down"].as_array().is_some_and(|down| !down.is_empty())).collect();
    found.push(stopping.len() as f64);
    for kind in ["system", "flow", "team"] {
        found.push(stopping.iter().filter(|one| one["kind"] == kind).count() as f64);
    }
    // Before and after: counts, hours without a process, and what changes.
    let mut rows: Vec<String> =
        ["hours", "cost", "single_points", "criteria_met", "findings", "outage_cost"].map(str::to_owned).into();
    rows.extend(["handoffs", "ai_handoffs", "ai_silos", "loops_closed", "loops_open", "stage"].map(str::to_owned));
    rows.extend(
        at(json, "plan.before.availability")
            .as_object()
            .into_iter()
            .flat_map(|all| all.keys().map(|id| format!("down:{id}"))),
    );
    for row in rows {
        for column in ["before", "after", "change", "share"] {
            found.extend(before_after(json, &row, column).unwrap_or_default());
        }
    }
    // The sums beneath the columns of the workbook.
    let items = list(at(json, "plan.items"));
    for path in [
        "effort.likely",
        "value.likely",
        "running_cost.likely",
        "value_of.handoffs",
        "value_of.other",
        "work_cost",
        "net_value",
    ] {
        found.push(items.iter().filter_map(|item| at(item, path).as_f64()).sum());
    }
    for (list_path, path) in [
        ("ai_register", "contract.cost.likely"),
        ("handoff_totals.steps", "hours.likely"),
        ("handoff_totals.steps", "error_hours.likely"),
        ("handoff_totals.steps", "cost.likely"),
    ] {
        found.push(list(at(json, list_path)).iter().filter_map(|one| at(one, path).as_f64()).sum());
    }
    // The axis of the plan: its weeks, and the days on which they begin.
    let weeks = items.iter().filter_map(|item| item["finish"].as_f64()).fold(0.0, f64::max).ceil() as i64;
    found.extend((1..=weeks).map(|week| week as f64));
    if let Some(day) = at(json, "stack.as_of").as_str().and_then(|day| day.parse::<jiff::civil::Date>().ok()) {
        found
            .extend((0..weeks).map(|week| f64::from(day.checked_add(jiff::Span::new().days(7 * week)).unwrap().day())));
    }
    // Both lists of assumptions are one table.
    found.push((list(&json["assumptions"]).len() + list(at(json, "plan.assumptions")).len()) as f64);
    // What each limit uses of its quota.
    found.extend(list(&json["calls"]).iter().filter_map(|one| Some(one["used"].as_f64()? / one["quota"].as_f64()?)));
    found
}

/// The numbers of a text with the words around them: `1,140`, `12.5%`, `2026-11-21` in one piece, words with letters whole.
fn tokens(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    let is_part =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '%' | '-' | '_' | ':' | '/' | '#' | '\'' | '<' | '>');
    let words = text.split(move |c: char| !is_part(c));
    words.filter(|word| word.chars().any(|c| c.is_ascii_digit())).map(|word| {
        let bare = word.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '%' | '<' | '>')));
        (bare.to_owned(), word.to_owned())
    })
}

/// `And 12 failures more; …`: how much of a table a format has no room for. The law in `agree` counts that.
fn counts_the_rest(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with("And ") || line.starts_with("and ")) && line.contains(" more")
}

/// The line without what it says of a drawing itself: how many boxes and lines are on a slide, and how many are on others.
fn about_the_stack(line: &str) -> String {
    let mut line = line.to_owned();
    for (begin, end) in [("Diagram of ", "."), ("Landscape diagram with ", ":"), ("Not on this slide: ", ".")] {
        while let Some(at) = line.find(begin) {
            let length =
                line[at + begin.len()..].find(end).map_or(line.len() - at, |length| begin.len() + length + end.len());
            line.replace_range(at..at + length, "");
        }
    }
    line
}

/// The numbers of `text` that nothing in report.json founds, with the line that they stand on.
fn unfounded_words(printed: &Printed, text: &str) -> Vec<(String, String)> {
    let mut missing = Vec::new();
    for line in text.lines().filter(|line| !counts_the_rest(line)) {
        for (token, _) in tokens(&about_the_stack(line)) {
            // What stands in one piece may be several numbers, or a number beside its name.
            let parts = || token.split([':', '/', '-', '_']).map(|part| part.trim_matches([',', '.', '#']));
            let has_letter = |part: &str| part.chars().any(char::is_alphabetic);
            let is_founded = printed.has(&token)
                || parts().all(|part| {
                    part.is_empty()
                        || has_letter(part)
                        || !part.contains(|c: char| c.is_ascii_digit())
                        || printed.has(part)
                });
            if !is_founded {
                missing.push((token, line.to_owned()));
            }
        }
    }
    missing
}

/// What the formats say, without what is no word of the report: markup, numbers of slides, places of cells, formulas.
fn texts(told: &Told) -> [(&'static str, String); 4] {
    let mut slide = String::new();
    let mut slides = Vec::new();
    for line in told.slides.lines() {
        match line.strip_prefix("# Slide ") {
            Some(number) => slide = number.to_owned(),
            // Each slide bears its number.
            None if line.trim() == slide => {}
            None => slides.push(line),
        }
    }
    let book = crate::support::dump::workbook(told.book.clone());
    let cells = book.lines().take_while(|line| *line != "# Names").filter_map(|line| line.split_once(": "));
    let cells: Vec<&str> = cells.map(|(_, value)| value.split(" =").next().unwrap_or(value)).collect();
    [
        ("report.md", unescaped(&told.markdown)),
        ("report.html", words::words(&told.page)),
        ("slides.pptx", slides.join("\n")),
        ("plan.xlsx", cells.join("\n")),
    ]
}

#[test]
fn every_number_in_the_words_of_every_format_is_in_report_json() {
    let mut found = 0;
    let mut missing: Vec<String> = Vec::new();
    for told in all() {
        let printed = Printed::of(told);
        for (format, text) in texts(told) {
            let unfounded = unfounded_words(&printed, &text);
            missing.extend(
                unfounded.into_iter().map(|(token, line)| format!("{}, {format}: {token} in {line}", told.name)),
            );
            found += text.lines().flat_map(tokens).count();
        }
    }
    assert!(missing.is_empty(), "{}", missing[..missing.len().min(200)].join("\n"));
    assert!(found > 20_000, "{found}");
}

#[test]
fn the_law_of_words_finds_a_number_that_is_not_there() {
    let told = super::enterprise();
    let mut json = told.json.clone();
    let printed = Printed::of(told);
    let (_, text) = &texts(told)[0];
    assert!(unfounded_words(&printed, text).is_empty());
    let wrong = format!("{text}\nThree handoffs cost USD 123,457 a year, 61.7% of all.");
    let missing: Vec<String> = unfounded_words(&printed, &wrong).into_iter().map(|(token, _)| token).collect();
    assert_eq!(missing, ["123,457", "61.7%"]);
    // Money that the summary and the plan speak of; without it in the JSON, they speak of nothing.
    let spent = say::grouped(told.report.plan.as_ref().unwrap().spent.unwrap().get());
    json["plan"].as_object_mut().unwrap().remove("spent");
    let poorer = Printed::of_json(told, &json);
    let missing: BTreeSet<String> = unfounded_words(&poorer, text).into_iter().map(|(token, _)| token).collect();
    assert_eq!(missing, BTreeSet::from([spent]));
}
