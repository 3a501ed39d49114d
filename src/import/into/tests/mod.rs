//! Random stack files, edited by hand and brought up to date, against a naive three-way merge; and byte by byte.

mod random;

use std::collections::{BTreeMap, BTreeSet};

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::SeedableRng;
use serde_json::{Map, Value as Json, json};

use super::{Base, Gone, Unmerged, merge, remembered};
use crate::edit::Piece;
use crate::source::{Diagnostics, Limits, Source, parse};
use random::{Dice, Line, SECTIONS, SETS, Stack, by_hand, made, said, said_anew, written_by_hand};

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
    let cases: u64 = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(200);
    for seed in 0..cases {
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
        changed += u64::from(result.stack != text);
        added += u64::from(result.stack.contains("# imported from in.json"));
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
    assert!(refused * 20 < cases && changed * 10 > cases * 7 && added * 10 > cases * 3, "{refused} {changed} {added}");
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
