//! Random stack files, edited by hand and brought up to date, against a naive three-way merge; and byte by byte.

use crate::catalog::SharedCatalog;
use std::collections::{BTreeMap, BTreeSet};

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use serde_json::{Map, Value as Json, json};

use super::{Base, Gone, Unmerged, merge, remembered};
use crate::edit::Piece;
use crate::import::draft::Origin;
use crate::import::report::ImportReport;
use crate::import::write::Text;
use crate::import::{Made, Part};
use crate::source::{Diagnostics, Limits, Source, parse};

struct Dice(SplitMix64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.0.next_u64() % bound as u64).unwrap()
    }

    fn chance(&mut self, of_ten: usize) -> bool {
        self.below(10) < of_ten
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn subset(&mut self, words: &[&str]) -> Vec<Json> {
        words.iter().filter(|_| self.chance(5)).map(|word| json!(word)).collect()
    }
}

/// By section and id, what is said.
type Stack = BTreeMap<&'static str, BTreeMap<String, Map<String, Json>>>;

const SECTIONS: [&str; 5] = ["teams", "systems", "data", "flows", "processes"];
const SETS: [&str; 4] = ["data", "through", "depends_on", "guessed"];

/// Entries with these numbers are named by others, and always there.
const FIRM: usize = 3;

fn values(dice: &mut Dice, section: &str, number: usize) -> Map<String, Json> {
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

fn id(section: &str, number: usize) -> String {
    match section {
        "flows" => format!("s0->s1:d{number}"),
        _ => format!("{}{number}", &section[..1]),
    }
}

/// What inputs say; data objects of flows are always there.
fn said(dice: &mut Dice) -> Stack {
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
fn said_anew(dice: &mut Dice, before: &Stack) -> Stack {
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

fn mixed(dice: &mut Dice, old: &Map<String, Json>, new: &Map<String, Json>) -> Map<String, Json> {
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

fn flow(value: &Json) -> String {
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
fn made(stack: &Stack) -> Made {
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
    }
}

/// What a person makes of it.
fn by_hand(dice: &mut Dice, before: &Stack) -> Stack {
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
struct Line {
    text: String,
    holds: Option<(&'static str, String, String)>,
}

/// The file of a person: in lines, in braces, with comments.
fn written_by_hand(dice: &mut Dice, stack: &Stack) -> Vec<Line> {
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

/// The rules, without any place of a text.
fn expected(base: &Stack, ours: &Stack, theirs: &Stack) -> Stack {
    let mut all = Stack::new();
    for section in SECTIONS {
        for (id, ours) in &ours[section] {
            let entry = match theirs[section].get(id) {
                Some(theirs) => merged(base[section].get(id), ours, theirs),
                None => ours.clone(),
            };
            all.entry(section).or_default().insert(id.clone(), entry);
        }
        for (id, theirs) in &theirs[section] {
            if !ours[section].contains_key(id) && !base[section].contains_key(id) {
                all.entry(section).or_default().insert(id.clone(), theirs.clone());
            }
        }
    }
    all
}

fn guesses(entry: &Map<String, Json>) -> BTreeSet<String> {
    let words = entry.get("basis").and_then(|basis| basis["guessed"].as_array()).cloned().unwrap_or_default();
    words.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

fn merged(base: Option<&Map<String, Json>>, ours: &Map<String, Json>, theirs: &Map<String, Json>) -> Map<String, Json> {
    let mut all = Map::new();
    let keys: BTreeSet<&String> = ours.keys().chain(theirs.keys()).filter(|key| *key != "basis").collect();
    for key in keys {
        let confirmed = base.is_some_and(|base| guesses(base).contains(key) && !guesses(ours).contains(key));
        let inner = |map: Option<&Map<String, Json>>| map.and_then(|map| map.get(key)).cloned();
        let value = match (inner(base), inner(Some(ours)), inner(Some(theirs))) {
            (b, Some(Json::Object(o)), t) if t.as_ref().is_none_or(Json::is_object) && base.is_some() => {
                let (b, t) = (b.unwrap_or(json!({})), t.unwrap_or(json!({})));
                let mut map = Map::new();
                let keys: BTreeSet<&String> = o.keys().chain(t.as_object().unwrap().keys()).collect();
                for inner in keys {
                    let three = [b.get(inner), o.get(inner), t.get(inner)].map(|value| value.cloned());
                    one(key, three, confirmed).map(|value| map.insert(inner.clone(), value));
                }
                match (t.as_object().unwrap().is_empty(), map.is_empty()) {
                    (true, true) if b == json!(o) => None,
                    // A key with nothing behind it.
                    (_, true) => Some(Json::Null),
                    _ => Some(Json::Object(map)),
                }
            }
            (_, o, t) if base.is_none() => match (o, t) {
                (Some(Json::Object(mut o)), Some(Json::Object(t))) => {
                    t.into_iter().for_each(|(key, value)| {
                        o.entry(key).or_insert(value);
                    });
                    Some(Json::Object(o))
                }
                (o, t) => o.or(t.filter(|_| key != "status")),
            },
            (b, o, t) => one(key, [b, o, t], confirmed),
        };
        value.map(|value| all.insert(key.clone(), value));
    }
    all
}

fn one(key: &str, [base, ours, theirs]: [Option<Json>; 3], confirmed: bool) -> Option<Json> {
    if ours == theirs {
        return ours;
    }
    if SETS.contains(&key) && ours.is_some() && theirs.is_some() {
        let list = |value: &Option<Json>| value.as_ref().and_then(Json::as_array).cloned().unwrap_or_default();
        let (b, o, t) = (list(&base), list(&ours), list(&theirs));
        let mut all: Vec<Json> = o.into_iter().filter(|one| !b.contains(one) || t.contains(one)).collect();
        let new: Vec<Json> = t.into_iter().filter(|one| !b.contains(one) && !all.contains(one)).collect();
        all.extend(new);
        return Some(Json::Array(all)).filter(|all| *all != json!([]));
    }
    let by_hand = ours != base || confirmed && base.is_some();
    if by_hand { ours } else { theirs }
}

/// What a text says, without where entries came from.
fn read(text: &str) -> Stack {
    let source = Source::new("stack.yaml", text.to_owned());
    let mut problems = Diagnostics::default();
    let root = parse(&source, &Limits::default(), &mut problems).unwrap();
    assert!(!problems.has_errors(), "{text}");
    let json = Piece::of(&root).json();
    let mut stack = Stack::new();
    for section in SECTIONS {
        let all = stack.entry(section).or_default();
        match &json[section] {
            Json::Object(entries) => {
                for (id, values) in entries {
                    all.insert(id.clone(), values.as_object().cloned().unwrap_or_default());
                }
            }
            Json::Array(items) => {
                for values in items {
                    let id = format!("s0->s1:{}", values["data"][0].as_str().unwrap());
                    all.insert(id, values.as_object().unwrap().clone());
                }
            }
            _ => {}
        }
    }
    stack
}

fn without_basis(mut stack: Stack) -> Stack {
    stack.values_mut().flat_map(BTreeMap::values_mut).for_each(|entry| drop(entry.remove("basis")));
    stack
}

/// The comments of our files, which have a number each, in order.
fn remarks(text: &str) -> Vec<&str> {
    text.match_indices("# c").map(|(at, _)| text[at..].split([' ', '\n']).nth(1).unwrap_or_default()).collect()
}

#[test]
fn random_merges_follow_the_rules_and_keep_every_other_byte() {
    let (mut refused, mut changed, mut added) = (0, 0, 0);
    for seed in 0..1_000 {
        let mut dice = Dice(SplitMix64::seed_from_u64(seed));
        let first = said(&mut dice);
        let base = remembered(&made(&first));
        let ours = by_hand(&mut dice, &first);
        let lines = written_by_hand(&mut dice, &ours);
        let newline = if dice.chance(2) { "\r\n" } else { "\n" };
        let text: String = lines.iter().map(|line| format!("{}{newline}", line.text)).collect();
        let second = said_anew(&mut dice, &first);
        let source = Source::new("stack.yaml", text.clone());
        let outcome = merge(made(&second), &source, &base, Gone::Listed, "stack.yaml");
        let result = match outcome {
            Ok(result) => result,
            // A comment within a value that goes is not ours to move.
            Err(Unmerged::Refused(why)) if why.why.contains("a comment stands") => {
                refused += 1;
                continue;
            }
            Err(other) => panic!("seed {seed}: {other:?}\n{text}"),
        };
        let wanted = without_basis(expected(&first, &read(&text), &second));
        let got = read(&result.stack);
        assert_eq!(without_basis(got.clone()), wanted, "seed {seed}\n{text}\n=====\n{}", result.stack);
        check_bytes(
            &lines,
            &read(&text),
            &got,
            &result.stack,
            newline,
            &format!("seed {seed}\n{text}\n=====\n{}", result.stack),
        );
        // Guesses that a person confirmed stay confirmed; what the inputs add to a list or mapping is a guess of its own.
        for section in SECTIONS {
            for (id, entry) in &ours[section] {
                let taken_off = first[section].get(id).map(guesses).unwrap_or_default();
                let now = guesses(&got[section][id]);
                for word in taken_off.difference(&guesses(entry)) {
                    let is_added_to = got[section][id].get(word) != entry.get(word);
                    assert!(is_added_to || !now.contains(word), "seed {seed}: {id}: {word}");
                }
            }
        }
        changed += usize::from(result.stack != text);
        added += usize::from(result.stack.contains("# imported from in.json"));
        let again =
            merge(made(&second), &Source::new("stack.yaml", result.stack.clone()), &result.base, Gone::Listed, "x")
                .unwrap();
        assert_eq!((&again.stack, &again.base), (&result.stack, &result.base), "seed {seed}: the second time");
        assert!(
            again.report.entries.iter().all(|entry| ["same", "kept", "gone"].contains(&entry.state)),
            "seed {seed}: {:?}",
            again.report.entries
        );
    }
    assert!(refused < 50 && changed > 700 && added > 300, "{refused} {changed} {added}");
}

/// Lines whose values did not change are there, in their order, and nothing stands between them that was not added.
fn check_bytes(lines: &[Line], ours: &Stack, got: &Stack, text: &str, newline: &str, shown: &str) {
    let is_changed = |line: &Line| match &line.holds {
        None => false,
        Some((section, id, key)) if key == "*" => ours[section][id] != got[section][id],
        Some((section, id, key)) => ours[section][id].get(key) != got[section][id].get(key),
    };
    assert!(text.ends_with(newline), "{shown}");
    let mut now = text.split(newline);
    for line in lines.iter().filter(|line| !is_changed(line)) {
        assert!(now.by_ref().any(|new| new == line.text), "lost or moved: {}\n{shown}", line.text);
    }
    let before: String = lines.iter().map(|line| format!("{}\n", line.text)).collect();
    assert_eq!(remarks(&before), remarks(&text.replace("\r\n", "\n")), "{shown}");
}

#[test]
fn what_is_gone_is_listed_retired_or_taken_out() {
    let mut dice = Dice(SplitMix64::seed_from_u64(7));
    let first = said(&mut dice);
    let base: Base = remembered(&made(&first));
    let mut second = first.clone();
    for section in ["systems", "flows", "processes"] {
        second.get_mut(section).unwrap().retain(|id, _| !id.ends_with(['3', '4', '5']));
    }
    let text = made(&first).written.text;
    let source = Source::new("stack.yaml", text.clone());
    let listed = merge(made(&second), &source, &base, Gone::Listed, "x").unwrap();
    let gone: Vec<&str> =
        listed.report.entries.iter().filter(|entry| entry.state == "gone").map(|entry| entry.entry.as_str()).collect();
    assert!(gone.len() > 4 && listed.stack == text, "{gone:?}");
    let retired = merge(made(&second), &source, &base, Gone::Retired, "x").unwrap();
    let deleted = merge(made(&second), &source, &base, Gone::Deleted, "x").unwrap();
    let (retired, left) = (read(&retired.stack), read(&deleted.stack));
    for name in gone {
        let (word, id) = name.split_once(' ').unwrap();
        let (section, status) = match word {
            "system" => ("systems", Some("retired")),
            "flow" => ("flows", Some("off")),
            _ => ("processes", None),
        };
        assert_eq!(retired[section][id].get("status").and_then(Json::as_str), status, "{name}");
        assert!(!left[section].contains_key(id), "{name}");
    }
    assert_eq!(left, second);
}
