//! Every figure of a report as a path and a value, so that two reports can be held against each other.
//!
//! The figures are read off the report's own JSON, so none can be forgotten: what is added to a report is compared.

use std::collections::BTreeMap;

use serde_json::Value;

/// Figures by path: `outages[crm].cost_per_hour`. Numbers, words of a fixed list, and lists of ids.
pub(super) type Figures = BTreeMap<String, String>;

/// Keys that say the same in words, say where something stands, or name it.
const NO_FIGURES: &[&str] = &[
    "location",
    "place",
    "message",
    "evidence",
    "sentences",
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
];

/// Keys that tell the entries of a list apart, the first that an entry has.
const IDS: [&str; 8] = ["id", "components", "key", "flow", "system", "process", "step", "stage"];

/// The figures of a report, given as its JSON.
#[must_use]
pub(super) fn figures(report: &Value) -> Figures {
    let mut found = Figures::new();
    collect("", report, &mut found);
    found
}

fn collect(path: &str, value: &Value, found: &mut Figures) {
    match value {
        Value::Object(keys) => {
            for (key, value) in keys.iter().filter(|(key, _)| !NO_FIGURES.contains(&key.as_str())) {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                collect(&path, value, found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) && items.iter().all(|item| id(item).is_some()) => {
            let mut alike: BTreeMap<String, usize> = BTreeMap::new();
            for item in items {
                let id = id(item).unwrap_or_default();
                let nth = alike.entry(id.clone()).or_default();
                *nth += 1;
                let nth = if *nth == 1 { String::new() } else { format!("#{nth}") };
                collect(&format!("{path}[{id}{nth}]"), item, found);
            }
        }
        // Nothing in a list is no figure: where one side has an entry, the other has none.
        Value::Array(items) if items.is_empty() => {}
        Value::Array(items) => {
            let mut words: Vec<String> = items.iter().map(word).collect();
            words.sort_unstable();
            found.insert(path.to_owned(), words.join(", "));
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
    fn every_leaf_that_is_no_sentence_is_a_figure() {
        let report = serde_json::json!({
            "stack": { "name": "n", "systems": 2 },
            "findings": [{ "id": "r:a", "message": "m", "severity": "low", "cost": null }],
            "outages": [{ "components": ["a", "b"], "facts_lost": [{ "data": "d", "at": "s" }], "processes_down": ["q", "p"] }],
            "ledger": [{ "flow": null, "system": "t", "hours": { "low": 1.5 } }, { "system": "t", "hours": { "low": 2 } }],
        });
        let found: Vec<String> =
            figures(&report).into_iter().map(|(path, value)| format!("{path} = {value}")).collect();
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
