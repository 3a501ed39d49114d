//! Every figure of a report as a path and a value, so that two reports can be held against each other.
//!
//! The figures are read off the report's own JSON, so none can be forgotten: what is added to a report is compared.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Report, ai_use};

/// Figures by path: `outages[crm].cost_per_hour`. Numbers, words of a fixed list, and lists of ids.
pub(super) type Figures = BTreeMap<String, String>;

/// Keys that say the same in words, say where something stands, or name it.
const NO_FIGURES: &[&str] = &[
    "location",
    "place",
    "message",
    "evidence",
    "sentences",
    "way",
    "title",
    "why",
    "name",
    "names",
    "fingerprint",
    "ids",
    "ask",
    "day",
    "label",
    "id",
    "key",
    "rests_on",
];

/// Parts of a report that say figures in words, or what they rest on and what is asked: none of them is computed from the stack
/// and is not told elsewhere in it.
const NO_PARTS: [&str; 5] = ["messages", "summary", "questions", "questions_table", "assumptions"];

/// Keys that tell the entries of a list apart, the first that an entry has.
const IDS: [&str; 9] = ["id", "components", "component", "key", "flow", "system", "process", "step", "stage"];

/// The figures of a report. Its longest lists are looked at row by row: of a long chain they are many times the stack.
#[must_use]
pub(super) fn figures(mut report: Report) -> Figures {
    let mut found = Figures::new();
    rows("outages", report.outages.take(), &mut found);
    rows("processes", report.processes.take(), &mut found);
    rows("ledger", report.ledger.take(), &mut found);
    rows("ai_register", report.ai_register.take(), &mut found);
    // What the register says of a tool as well is compared once.
    let uses = report.ai_use.take().map(|tools| {
        let bare = |tool| ai_use::Row { status: "", vendor: None, owner: None, ..tool };
        tools.into_iter().map(bare).collect()
    });
    rows::<ai_use::Row>("ai_use", uses, &mut found);
    let mut rest = serde_json::to_value(&report).unwrap_or_default();
    if let Value::Object(parts) = &mut rest {
        parts.retain(|key, _| !NO_PARTS.contains(&key.as_str()));
    }
    collect("", &rest, &mut found);
    found
}

/// The figures of each row of a list, all of which have an id.
fn rows<T: Serialize>(path: &str, list: Option<Vec<T>>, found: &mut Figures) {
    let mut places = Places::default();
    for row in list.into_iter().flatten() {
        let row = serde_json::to_value(&row).unwrap_or_default();
        collect(&places.of(path, &row), &row, found);
    }
}

/// The paths of the entries of one list, which are told apart by their id and, where that is the same, by their order.
#[derive(Default)]
struct Places(BTreeMap<String, usize>);

impl Places {
    fn of(&mut self, path: &str, item: &Value) -> String {
        let id = id(item).unwrap_or_default();
        let nth = self.0.entry(id.clone()).or_default();
        *nth += 1;
        let nth = if *nth == 1 { String::new() } else { format!("#{nth}") };
        format!("{path}[{id}{nth}]")
    }
}

/// How many entries the list of a figure has, as far as it is one.
pub(super) fn entries(words: &str) -> usize {
    words.matches(SEPARATOR).count() + 1
}

/// Keys beside a sum that count what is not in it, where they are not called after the sum: `cost_unknown` is beside `cost`.
const LEFT_OUT: [(&str, &str); 4] =
    [("hours", "unknown"), ("error_hours", "unknown"), ("work_hours", "unknown"), ("cost_per_hour", "cost_unknown")];

/// Whether the figure is a sum of which parts are not known.
pub(super) fn is_at_least(figures: &Figures, path: &str) -> bool {
    let ends = [".low", ".likely", ".high"];
    let whole = ends.iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    let (within, key) = whole.rsplit_once('.').map_or(("", whole), |(within, key)| (within, key));
    let other = LEFT_OUT.iter().filter(|(sum, _)| *sum == key).map(|(_, beside)| (*beside).to_owned());
    let mut beside = other.chain([format!("{key}_unknown")]);
    beside.any(|key| figures.get(&format!("{within}.{key}")).is_some_and(|left_out| left_out != "0"))
}

/// What stands between the entries of a list.
pub(super) const SEPARATOR: &str = ", ";

fn collect(path: &str, value: &Value, found: &mut Figures) {
    match value {
        Value::Object(keys) => {
            for (key, value) in keys.iter().filter(|(key, _)| !NO_FIGURES.contains(&key.as_str())) {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                collect(&path, value, found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) && items.iter().all(|item| id(item).is_some()) => {
            let mut places = Places::default();
            items.iter().for_each(|item| collect(&places.of(path, item), item, found));
        }
        // Nothing in a list is no figure: where one side has an entry, the other has none.
        Value::Array(items) if items.is_empty() => {}
        Value::Array(items) => {
            let mut words: Vec<String> = items.iter().map(word).collect();
            words.sort_unstable();
            found.insert(path.to_owned(), words.join(SEPARATOR));
        }
        single => drop(found.insert(path.to_owned(), word(single))),
    }
}

/// What an entry of a list is known by.
fn id(item: &Value) -> Option<String> {
    IDS.iter().find_map(|key| match item.get(key)? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        Value::Array(ids) => Some(ids.iter().map(word).collect::<Vec<_>>().join("+")),
        _ => None,
    })
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => "not known".to_owned(),
        Value::String(text) => text.clone(),
        Value::Object(keys) => keys.values().map(word).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_of_which_parts_are_not_known_is_at_least_so_much() {
        let report = serde_json::json!({
            "handoff_totals": { "hours": { "likely": 260 }, "unknown": ["a->b:c"], "cost": { "likely": 22_100 }, "cost_unknown": [] },
            "plan": { "before": { "hours": { "low": 1 }, "hours_unknown": 1 }, "after": { "hours": { "low": 1 }, "hours_unknown": 0 } },
        });
        let mut all = Figures::new();
        collect("", &report, &mut all);
        let least: Vec<&str> = all.keys().map(String::as_str).filter(|path| is_at_least(&all, path)).collect();
        assert_eq!(least, ["handoff_totals.hours.likely", "plan.before.hours.low"]);
    }

    #[test]
    fn every_leaf_that_is_no_sentence_is_a_figure() {
        let report = serde_json::json!({
            "stack": { "name": "n", "systems": 2 },
            "findings": [{ "id": "r:a", "message": "m", "severity": "low", "cost": null }],
            "outages": [{ "components": ["a", "b"], "facts_lost": [{ "data": "d", "at": "s" }], "processes_down": ["q", "p"] }],
            "ledger": [{ "flow": null, "system": "t", "hours": { "low": 1.5 } }, { "system": "t", "hours": { "low": 2 } }],
        });
        let mut all = Figures::new();
        collect("", &report, &mut all);
        let found: Vec<String> = all.into_iter().map(|(path, value)| format!("{path} = {value}")).collect();
        assert_eq!(
            found,
            [
                "findings[r:a].cost = not known",
                "findings[r:a].severity = low",
                "ledger[t#2].hours.low = 2",
                "ledger[t#2].system = t",
                "ledger[t].flow = not known",
                "ledger[t].hours.low = 1.5",
                "ledger[t].system = t",
                "outages[a+b].components = a, b",
                "outages[a+b].facts_lost = s d",
                "outages[a+b].processes_down = p, q",
                "stack.systems = 2",
            ]
        );
    }
}
