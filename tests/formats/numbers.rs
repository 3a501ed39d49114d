//! Every number in the texts of all formats is a quantity of report.json as it is printed, the length of one of its lists, what
//! follows from these by a sum or a difference that stands here, or a word of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sinew::report::say::{self, Amount, Bound, Kind};

use super::quantities::{at, before_after};
use super::read::unescaped;
use super::{Told, all};
use crate::html::words;

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

/// Most weeks of a plan that the workbook shows.
const MOST_WEEKS: i64 = 104;

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
        printed.texts.extend(begins(json, MOST_WEEKS).iter().map(ToString::to_string));
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
        // A bound is rounded so that it holds.
        for bound in [Bound::AtLeast, Bound::AtMost] {
            let mut all = kinds.to_vec();
            all.extend((2..=9).map(Kind::Availability).filter(|_| number <= 1.0));
            let said = |kind| say::amount(kind, Amount { bound, ..Amount::of(number) });
            self.numbers.extend(all.into_iter().map(|kind| said(kind).split_off(bound.word().len())));
            self.text(&say::Figure::new(number, bound).spoken(None));
            self.numbers.extend((0..=11).map(|decimals| bound.toward().rounded(number, decimals).to_string()));
        }
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
    // The axis of the plan: its weeks, and the days on which they begin; the workbook has a quarter more, and eight at least.
    let weeks = items.iter().filter_map(|item| item["finish"].as_f64()).fold(0.0, f64::max).ceil() as i64;
    let weeks = (weeks * 5 + 3).div_euclid(4).max(8);
    found.extend((1..=weeks).map(|week| week as f64));
    found.extend(begins(json, weeks).iter().map(|begin| f64::from(begin.day())));
    found.extend(charts(json));
    // Both lists of assumptions are one table.
    found.push((list(&json["assumptions"]).len() + list(at(json, "plan.assumptions")).len()) as f64);
    // What each limit uses of its quota.
    found.extend(list(&json["calls"]).iter().filter_map(|one| Some(one["used"].as_f64()? / one["quota"].as_f64()?)));
    found
}

/// The days on which so many weeks of the plan begin.
fn begins(json: &Value, weeks: i64) -> Vec<jiff::civil::Date> {
    let day = at(json, "stack.as_of").as_str().and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let of =
        |day: jiff::civil::Date| (0..weeks).map(move |week| day.checked_add(jiff::Span::new().days(7 * week)).unwrap());
    day.into_iter().flat_map(of).collect()
}

/// What the charts of the workbook draw: places of what is most expensive, cumulated shares of the work by hand, sums of a year,
/// and how many are not drawn.
fn charts(json: &Value) -> Vec<f64> {
    let list = |path: &str| at(json, path).as_array().cloned().unwrap_or_default();
    let (steps, outages) = (list("handoff_totals.steps"), list("outages"));
    let mut found: Vec<f64> = (1..=steps.len().max(outages.len())).map(|place| place as f64).collect();
    for path in ["cost.likely", "work_hours.likely"] {
        let mut amounts: Vec<f64> = steps.iter().filter_map(|step| at(step, path).as_f64()).collect();
        amounts.sort_by(|a, b| b.total_cmp(a));
        let all: f64 = amounts.iter().sum();
        let mut sum = 0.0;
        found.extend(amounts.iter().map(|amount| {
            sum += amount;
            sum / all
        }));
    }
    let account = list("plan.money");
    for key in ["today", "with_plan"] {
        let parts: Vec<f64> = ["by-hand", "outages", "running-cost"]
            .iter()
            .filter_map(|step| account.iter().find(|row| row["step"] == *step)?[key].as_f64())
            .collect();
        let sums = (0..1 << parts.len())
            .map(|some| (0..parts.len()).filter(|at| some >> at & 1 == 1).map(|at| parts[at]).sum());
        found.extend(sums.collect::<Vec<f64>>());
    }
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
