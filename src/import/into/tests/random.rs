//! Stack files as inputs give them and as people write them, at random.

use crate::catalog::SharedCatalog;
use std::collections::{BTreeMap, BTreeSet};

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::Rng;
use serde_json::{Map, Value as Json, json};

use crate::import::draft::Origin;
use crate::import::report::ImportReport;
use crate::import::stated::Stated;
use crate::import::write::Text;
use crate::import::{Made, Part};

pub(super) struct Dice(pub(super) SplitMix64);

impl Dice {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.0.next_u64() % bound as u64).unwrap()
    }

    pub(super) fn chance(&mut self, of_ten: usize) -> bool {
        self.below(10) < of_ten
    }

    pub(super) fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    pub(super) fn subset(&mut self, words: &[&str]) -> Vec<Json> {
        words.iter().filter(|_| self.chance(5)).map(|word| json!(word)).collect()
    }
}

/// By section and id, what is said.
pub(super) type Stack = BTreeMap<&'static str, BTreeMap<String, Map<String, Json>>>;

pub(super) const SECTIONS: [&str; 5] = ["teams", "systems", "data", "flows", "processes"];
pub(super) const SETS: [&str; 4] = ["data", "through", "depends_on", "guessed"];

/// Entries with these numbers are named by others, and always there.
pub(super) const FIRM: usize = 3;

pub(super) fn values(dice: &mut Dice, section: &str, number: usize) -> Map<String, Json> {
    let mut all = Map::new();
    let mut add = |dice: &mut Dice, key: &str, words: &[&str]| {
        if dice.chance(6) {
            all.insert(key.to_owned(), json!(dice.pick(words)));
        }
    };
    match section {
        "teams" => {
            add(dice, "name", &["Marketing ops", "Content: web", "Sales, inside"]);
            add(dice, "people", &["2", "3", "8"]);
            add(dice, "hourly_rate", &["60", "75", "90"]);
        }
        "systems" => {
            add(dice, "name", &["CRM", "The \"CRM\"", "It's one"]);
            add(dice, "owner", &["t0", "t1", "t2"]);
            add(dice, "status", &["pilot", "ad-hoc", "production"]);
            add(dice, "domain", &["Sales", "Web # 1"]);
            if dice.chance(5) {
                let mut contract = Map::new();
                contract.insert("cost".into(), json!(dice.pick(&["1200", "2400"])));
                if dice.chance(5) {
                    contract.insert("renews".into(), json!(dice.pick(&["2027-01-31", "2027-06-30"])));
                }
                all.insert("contract".into(), Json::Object(contract));
            }
            let needs = dice.subset(&["s0", "s1", "s2"]);
            if number >= FIRM && !needs.is_empty() {
                all.insert("depends_on".into(), Json::Array(needs));
            }
            all.insert("kind".into(), json!("crm"));
        }
        "data" => {
            add(dice, "name", &["Lead", "Contact"]);
            add(dice, "personal", &["true", "false"]);
            add(dice, "master", &["s0", "s1"]);
        }
        "flows" => {
            add(dice, "runs", &["20/day", "96/day", "288/day", "1/week"]);
            add(dice, "minutes", &["10", "15", "20"]);
            add(dice, "status", &["planned", "off"]);
            add(dice, "notes", &["as Ana said", "a, b and c"]);
            add(dice, "performer", &["t0", "t1"]);
            if dice.chance(4) {
                all.insert("records".into(), json!([dice.pick(&["1", "2"]), "5", "9"]));
            }
            all.insert("from".into(), json!("s0"));
            all.insert("to".into(), json!("s1"));
            all.insert("data".into(), json!([format!("d{number}")]));
            all.insert("mechanism".into(), json!("export-import"));
        }
        _ => {
            add(dice, "name", &["Launch", "Report"]);
            add(dice, "outage_cost", &["100", "200"]);
            add(dice, "tolerates", &["4h", "8h"]);
            all.insert("needs".into(), json!([{ "data": "d0", "at": "s1" }]));
        }
    }
    // Two of one name would be one entry to the merge, where one is gone and the other new.
    if let Some(Json::String(name)) = all.get_mut("name") {
        name.push_str(&format!(" {number}"));
    }
    let guessed: Vec<Json> = all
        .keys()
        .filter(|key| !["from", "to", "kind", "needs"].contains(&key.as_str()))
        .filter(|_| dice.chance(3))
        .map(|key| json!(key))
        .collect();
    let mut basis = Map::new();
    basis.insert("from".into(), json!("in.json"));
    if !guessed.is_empty() {
        basis.insert("guessed".into(), Json::Array(guessed));
    }
    basis.insert("key".into(), json!(format!("x:{section}/{number}")));
    all.insert("basis".into(), Json::Object(basis));
    all
}

pub(super) fn id(section: &str, number: usize) -> String {
    match section {
        "flows" => format!("s0->s1:d{number}"),
        _ => format!("{}{number}", &section[..1]),
    }
}

/// What inputs say; data objects of flows are always there.
pub(super) fn said(dice: &mut Dice) -> Stack {
    let mut stack = Stack::new();
    for section in SECTIONS {
        for number in 0..6 {
            if number < FIRM || section == "data" || dice.chance(7) {
                let values = values(dice, section, number);
                stack.entry(section).or_default().insert(id(section, number), values);
            }
        }
    }
    stack
}

/// The same with some values said anew.
pub(super) fn said_anew(dice: &mut Dice, before: &Stack) -> Stack {
    let fresh = said(dice);
    let mut stack = Stack::new();
    for section in SECTIONS {
        for number in 0..6 {
            let id = id(section, number);
            let old = before[section].get(&id).filter(|_| number < FIRM || section == "data" || dice.chance(8));
            let entry = match (old, fresh[section].get(&id)) {
                (Some(old), Some(new)) if dice.chance(5) => Some(mixed(dice, old, new)),
                (Some(old), _) => Some(old.clone()),
                (None, new) => new.filter(|_| dice.chance(6)).cloned(),
            };
            entry.map(|entry| stack.entry(section).or_default().insert(id, entry));
        }
    }
    stack
}

pub(super) fn mixed(dice: &mut Dice, old: &Map<String, Json>, new: &Map<String, Json>) -> Map<String, Json> {
    let mut all = old.clone();
    for key in old.keys().chain(new.keys()).cloned().collect::<BTreeSet<_>>() {
        if dice.chance(4) && !["from", "to", "kind", "needs", "basis", "mechanism"].contains(&key.as_str()) {
            match new.get(&key) {
                Some(value) => drop(all.insert(key, value.clone())),
                None => drop(all.remove(&key)),
            }
        }
    }
    if let Some(Json::Object(basis)) = all.get_mut("basis") {
        let fresh = new["basis"].get("guessed").cloned().filter(|_| dice.chance(3));
        fresh.map(|fresh| basis.insert("guessed".into(), fresh));
    }
    let keys: BTreeSet<String> = all.keys().cloned().collect();
    if let Some(Json::Array(words)) = all.get_mut("basis").and_then(|basis| basis.get_mut("guessed")) {
        words.retain(|word| keys.contains(word.as_str().unwrap()));
    }
    if all["basis"].get("guessed") == Some(&json!([])) {
        all["basis"].as_object_mut().unwrap().remove("guessed");
    }
    all
}

pub(super) fn flow(value: &Json) -> String {
    match value {
        Json::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Json::Object(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}: {}", flow(value))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Json::String(text) => crate::model::yaml_text(text),
        other => other.to_string(),
    }
}

/// The text that an import writes.
pub(super) fn made(stack: &Stack) -> Made {
    let mut text = String::from("sinew: 1\nhourly_rate: 80\nas_of: 2026-11-20\n");
    let mut origins = BTreeMap::new();
    for section in SECTIONS {
        text.push_str(&format!("{section}:\n"));
        for (number, (id, values)) in stack[section].iter().enumerate() {
            let mut line = text.matches('\n').count() + 1;
            if section != "flows" {
                text.push_str(&format!("  {id}:\n"));
                line += 1;
            }
            for (at, (key, value)) in values.iter().enumerate() {
                let dash = if section == "flows" && at == 0 { "  - " } else { "    " };
                text.push_str(&format!("{dash}{key}: {}\n", flow(value)));
            }
            let key = values["basis"]["key"].as_str().unwrap_or_default().to_owned();
            let origin = Origin { file: "in.json".into(), at: format!("place {number}"), key };
            origins.insert(line, BTreeSet::from([origin]));
        }
    }
    let written = || Text { text: text.clone(), lines: BTreeMap::new(), origins: origins.clone() };
    let part = Part { file: "in.json".into(), within: "in.json".into(), format: "n8n", written: written() };
    Made {
        written: written(),
        parts: vec![part],
        report: ImportReport::default(),
        questions: Vec::new(),
        damaged: BTreeSet::new(),
        seen: None,
        catalog: SharedCatalog::default(),
        stated: BTreeMap::new(),
        settings: Stated::default(),
    }
}

/// What a person makes of it.
pub(super) fn by_hand(dice: &mut Dice, before: &Stack) -> Stack {
    let fresh = said(dice);
    let mut stack = Stack::new();
    for section in SECTIONS {
        for (id, values) in &before[section] {
            let number: usize = id[id.len() - 1..].parse().unwrap();
            if number >= FIRM && section != "data" && dice.chance(2) {
                continue;
            }
            let mut entry = match fresh[section].get(id) {
                Some(new) if dice.chance(5) => mixed(dice, values, new),
                _ => values.clone(),
            };
            // The guesses are those that were there, of which some are confirmed; sometimes all of it is taken out.
            entry.insert("basis".into(), values["basis"].clone());
            if let Some(Json::Array(words)) = entry["basis"].as_object_mut().unwrap().get_mut("guessed") {
                words.retain(|_| dice.chance(7));
                if words.is_empty() {
                    entry["basis"].as_object_mut().unwrap().remove("guessed");
                }
            }
            if dice.chance(1) {
                entry.remove("basis");
            }
            stack.entry(section).or_default().insert(id.clone(), entry);
        }
        if dice.chance(3) && section != "flows" {
            let mut own = fresh[section].values().next().unwrap().clone();
            own.remove("basis");
            // Another name would make it the same entry as one of the inputs.
            own.insert("name".into(), json!(format!("Our own {section}")));
            stack.entry(section).or_default().insert(format!("own-{}", &section[..1]), own);
        }
    }
    stack
}

/// One line of the file of a person, with the value that it holds.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) holds: Option<(&'static str, String, String)>,
}

/// The file of a person: in lines, in braces, with comments.
pub(super) fn written_by_hand(dice: &mut Dice, stack: &Stack) -> Vec<Line> {
    let mut count = 0;
    let mut remark = |dice: &mut Dice| {
        count += 1;
        if dice.chance(3) { format!("  # c{count}") } else { String::new() }
    };
    let plain = |text: String| Line { text, holds: None };
    let mut lines = vec![
        plain(format!("sinew: 1{}", remark(dice))),
        plain("hourly_rate: 80".into()),
        plain("as_of: 2026-11-20".into()),
    ];
    for section in SECTIONS {
        let sign = remark(dice);
        lines.push(plain(format!("{section}:{sign}")));
        let is_tight = section == "flows" && dice.chance(3);
        let indent = if is_tight { "" } else { "  " };
        for (id, values) in &stack[section] {
            if dice.chance(2) {
                lines.push(plain(format!("{indent}# about {id} {}", remark(dice))));
            }
            if dice.chance(1) {
                lines.push(plain(String::new()));
            }
            let holds = |key: &str| Some((section, id.clone(), key.to_owned()));
            if dice.chance(4) {
                let head = if section == "flows" { "- ".to_owned() } else { format!("{id}: ") };
                let text = format!("{indent}{head}{}{}", flow(&Json::Object(values.clone())), remark(dice));
                lines.push(Line { text, holds: holds("*") });
                continue;
            }
            if section != "flows" {
                let text = format!("{indent}{id}:{}", remark(dice));
                lines.push(Line { text, holds: holds("*").filter(|_| values.is_empty()) });
            }
            for (at, (key, value)) in values.iter().enumerate() {
                let dash = if section == "flows" && at == 0 { format!("{indent}- ") } else { format!("{indent}  ") };
                match value {
                    Json::Array(items) if key != "needs" && dice.chance(4) => {
                        lines.push(Line { text: format!("{dash}{key}:{}", remark(dice)), holds: holds(key) });
                        for item in items {
                            let text = format!("{indent}    - {}{}", flow(item), remark(dice));
                            lines.push(Line { text, holds: holds(key) });
                        }
                    }
                    Json::Object(pairs) if dice.chance(4) => {
                        lines.push(Line { text: format!("{dash}{key}:"), holds: holds(key) });
                        for (inner, value) in pairs {
                            let text = format!("{indent}    {inner}: {}", flow(value));
                            lines.push(Line { text, holds: holds(key) });
                        }
                    }
                    _ => {
                        let quoted = value.as_str().filter(|_| dice.chance(2)).map(|text| json!(text).to_string());
                        let text = quoted.unwrap_or_else(|| flow(value));
                        lines.push(Line { text: format!("{dash}{key}: {text}{}", remark(dice)), holds: holds(key) });
                    }
                }
            }
        }
    }
    lines.push(plain(format!("# the end{}", remark(dice))));
    lines
}
