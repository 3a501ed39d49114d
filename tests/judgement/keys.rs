//! Every key of the one table, stated alone in a small stack: it is read, written, read again as the same, stands in the
//! schema and in the reference, and `sinew anonymize` does with it what its row says.

use serde_json::{Map, Value, json};
use sinew::analysis::anonymize::{Amounts, anonymized};
use sinew::model::shape::{Key, Mask, STACK, Takes};
use sinew::model::write::write;
use sinew::report::stack_schema::stack_schema;

use crate::judgement::stacks::{root, stack, without_places};

/// In every name, id and text of the stacks here, and nowhere else.
const SECRET: &str = "hush";

/// Every amount of money in the stacks here.
const MONEY: &str = "30303";

/// The ways from the root to each key that holds no others.
fn paths() -> Vec<Vec<&'static Key>> {
    fn walk(keys: &'static [Key], way: &[&'static Key], out: &mut Vec<Vec<&'static Key>>) {
        for key in keys {
            let way: Vec<&'static Key> = way.iter().copied().chain([key]).collect();
            let tables = key.takes.within();
            tables.iter().for_each(|below| walk(below, &way, out));
            if tables.is_empty() {
                out.push(way);
            }
        }
    }
    let mut out = Vec::new();
    walk(STACK, &[], &mut out);
    out
}

/// A stack file that states the key at the end of `way`, and beside it only what cannot be left out.
fn stating(way: &[&'static Key]) -> Value {
    let mut file = mapping(STACK, way);
    let root = file.as_object_mut().unwrap();
    root.entry("hourly_rate").or_insert(json!(30303));
    for (list, id, entry) in [
        ("teams", "hushops", json!({})),
        ("systems", "hush-a", json!({ "kind": "crm" })),
        ("systems", "hush-b", json!({ "kind": "bi" })),
        ("systems", "hush-c", json!({ "kind": "ipaas" })),
        ("data", "hushlead", json!({})),
        ("processes", "hushdeal", json!({})),
    ] {
        let list = root.entry(list).or_insert(json!({}));
        list.as_object_mut().unwrap().entry(id).or_insert(entry);
    }
    file
}

fn mapping(keys: &'static [Key], way: &[&'static Key]) -> Value {
    let mut pairs = Map::new();
    for key in keys {
        match way {
            [next, rest @ ..] if next.name == key.name => {
                pairs.insert(stated(key).into(), if rest.is_empty() { leaf(key) } else { within(key, rest) });
            }
            _ if key.required => {
                pairs.insert(key.name.into(), leaf(key));
            }
            _ => {}
        }
    }
    let is_table_of = |name: &str| keys.iter().any(|key| key.name == name);
    if is_table_of("product") {
        pairs.entry("kind").or_insert(json!("crm"));
    }
    // Findings are named by rule and subject, or by id.
    if is_table_of("subject") && !pairs.contains_key("id") {
        pairs.entry("rule").or_insert(json!("no-runbook"));
        pairs.entry("subject").or_insert(json!("hush-a"));
    }
    Value::Object(pairs)
}

/// The key as a file writes it.
fn stated(key: &Key) -> &'static str {
    if key.is_extra() { "x-ticket" } else { key.name }
}

/// What stands behind `key`, down to the end of `way`.
fn within(key: &'static Key, way: &[&'static Key]) -> Value {
    let has = |keys: &&'static [Key]| keys.iter().any(|key| std::ptr::eq(key, way[0]) || key.name == way[0].name);
    let keys = key.takes.within().into_iter().find(has).unwrap();
    let entry = mapping(keys, way);
    let id = match key.name {
        "teams" => "hushops",
        "systems" => "hush-a",
        "data" => "hushlead",
        _ => "hushlaunch",
    };
    match key.takes {
        Takes::ById(_) => json!({ id: entry }),
        // One alternative alone is none, and is written as a plain need.
        Takes::OneOfTables(_) if key.name == "any_of" => json!([entry, entry]),
        Takes::List(_) | Takes::OneOfTables(_) | Takes::IdsOr(..) => json!([entry]),
        _ => entry,
    }
}

/// A value for `key` that is not its default.
fn leaf(key: &Key) -> Value {
    match key.takes {
        Takes::Version => json!(1),
        Takes::Text if key.name == "rule" => json!("no-runbook"),
        // The currency stays where amounts are scaled.
        Takes::Text if key.mask == Mask::Currency => json!("XBT"),
        Takes::Text => json!(format!("{SECRET} {}", key.name)),
        Takes::Extra => json!("hush 112"),
        Takes::Anything => json!([{ "hush": "hush 112" }, 7, true]),
        Takes::FormerIds => json!(["hushold"]),
        Takes::KeyNames => json!(["notes"]),
        Takes::Files => json!(["hush.csv"]),
        Takes::Domains => json!([format!("{SECRET} {}", key.name)]),
        Takes::Peak => json!(["999/day", "5/second"]),
        Takes::Tasks => json!("2000/month"),
        Takes::IdOrWord(..) => json!("hushops"),
        Takes::NewId => json!("hushflow"),
        Takes::IdOf("team") => json!("hushops"),
        Takes::IdOf("system") if key.name == "replaced_by" => json!("hush-b"),
        Takes::IdOf("system") => json!("hush-a"),
        Takes::IdOf("process") => json!("hushdeal"),
        Takes::IdOf(_) => json!("hushlead"),
        Takes::IdsOf("system") if key.name == "any_of" => json!(["hush-b", "hush-c"]),
        Takes::IdsOf("system") if key.name == "to" => json!("hush-b"),
        Takes::IdsOf("system") => json!(["hush-c"]),
        Takes::IdsOf(_) => json!(["hushlead"]),
        Takes::Bool => json!(true),
        Takes::Date => json!("2026-01-02"),
        Takes::Duration | Takes::DurationRange => json!("3d"),
        Takes::Whole => json!(2),
        Takes::Number(_) if key.name == "low_cost" => json!(303),
        Takes::Number(unit) | Takes::NumberRange(unit) => json!(figure(unit)),
        Takes::RateRange => json!("7/week"),
        Takes::ShareRange => json!("97%"),
        Takes::Capacity => json!("4d/week"),
        Takes::Word(words) => json!(words().last()),
        Takes::Words(words) => json!(words()),
        Takes::RangesBy(words, unit) => json!({ words()[0]: figure(unit) }),
        Takes::Object(_) | Takes::List(_) | Takes::ById(_) | Takes::OneOfTables(_) | Takes::IdsOr(..) => {
            unreachable!("{} holds keys", key.name)
        }
    }
}

/// An amount in `unit`.
fn figure(unit: &str) -> u32 {
    if unit.starts_with("money") { 30303 } else { 404 }
}

/// What `text` writes behind the key at the end of `way`, where it stands for the first time below the others.
fn written(text: &str, way: &[&Key]) -> Option<String> {
    let whole = format!("\n{text}");
    let mut below = whole.as_str();
    for key in way {
        let before = [' ', '\n', '{'].map(|before| format!("{before}{}:", stated(key)));
        let at = before.iter().filter_map(|key| Some(below.find(key)? + key.len())).min()?;
        below = &below[at..];
    }
    let rest = below.lines().next().unwrap_or_default().strip_prefix(' ')?;
    let end = match rest.chars().next() {
        Some('[') => rest.find(']').map(|at| at + 1),
        Some('{') => rest.find('}').map(|at| at + 1),
        _ => [", ", " }"].iter().filter_map(|end| rest.find(end)).min(),
    };
    Some(rest[..end.unwrap_or(rest.len())].to_owned())
}

fn name(way: &[&Key]) -> String {
    way.iter().map(|key| key.name).collect::<Vec<_>>().join(".")
}

#[test]
fn every_key_is_read_written_and_read_again() {
    let all = paths();
    assert!(all.len() > 90, "only {} keys", all.len());
    for way in all {
        let key = way.last().unwrap();
        let text = stating(&way).to_string();
        let before = stack(&text);
        let out = write(&before);
        let after = stack(&out);
        assert_eq!(without_places(&before), without_places(&after), "{}: {out}", name(&way));
        assert_eq!(out, write(&after), "{}", name(&way));
        // The address of the schema is for editors, and not kept.
        assert_eq!(written(&out, &way).is_some(), key.name != "$schema", "{}: {text}\n{out}", name(&way));
    }
}

#[test]
fn every_key_is_in_the_schema_and_in_the_reference() {
    /// The schemas of mappings that `schema` allows, at any depth of alternatives.
    fn objects<'s>(schema: &'s Value, out: &mut Vec<&'s Map<String, Value>>) {
        for keys in ["properties", "patternProperties"] {
            out.extend(schema[keys].as_object());
        }
        for below in ["items", "additionalProperties"] {
            objects_if_there(&schema[below], out);
        }
        schema["anyOf"].as_array().into_iter().flatten().for_each(|one| objects(one, out));
    }
    fn objects_if_there<'s>(schema: &'s Value, out: &mut Vec<&'s Map<String, Value>>) {
        if schema.is_object() {
            objects(schema, out);
        }
    }
    let schema = stack_schema();
    let reference = std::fs::read_to_string(root().join("docs/stack-file.md")).unwrap();
    for way in paths() {
        let mut at = &schema;
        for key in &way {
            let mut found = Vec::new();
            objects(at, &mut found);
            at = found
                .into_iter()
                .find_map(|properties| properties.get(if key.is_extra() { "^x-." } else { key.name }))
                .unwrap_or_else(|| panic!("the schema has no {}", name(&way)));
            assert!(at["description"].as_str().unwrap().starts_with(key.doc), "{}", name(&way));
            let is_row = |line: &&str| line.starts_with(&format!("| `{}` | ", key.name)) && line.contains(key.doc);
            assert!(reference.lines().any(|line| is_row(&line)), "docs/stack-file.md has no row of {}", name(&way));
        }
    }
}

#[test]
fn every_key_is_masked_as_its_row_says() {
    for way in paths() {
        let key = way.last().unwrap();
        let original = stack(&stating(&way).to_string());
        let scaled = write(&anonymized(&original, Amounts::Scaled(2.0)));
        let masked = write(&anonymized(&original, Amounts::Masked));
        let before = written(&write(&original), &way);
        for text in [&scaled, &masked] {
            assert!(!text.contains(SECRET), "{} leaves a name in\n{text}", name(&way));
        }
        assert!(!masked.contains(MONEY) && !scaled.contains(MONEY), "{} leaves money in\n{masked}{scaled}", name(&way));
        let (scaled, masked) = (written(&scaled, &way), written(&masked, &way));
        let is_severity = way[0].name == "severity";
        let amount = |to: &str| before.as_ref().map(|value| value.replace(MONEY, to));
        let (expected_scaled, expected_masked) = match key.mask {
            Mask::Keep => (before.clone(), before),
            Mask::Money if key.name == "low_cost" => (Some("606".to_owned()), Some("0".to_owned())),
            Mask::Money if is_severity => (amount("60606"), Some("1000000000000000".to_owned())),
            Mask::Money => (amount("60606"), amount("1")),
            Mask::Text => (Some("masked".to_owned()), Some("masked".to_owned())),
            Mask::Label(word) if matches!(key.takes, Takes::Domains) => {
                (Some(format!("[{word}-1]")), Some(format!("[{word}-1]")))
            }
            Mask::Label(word) => (Some(format!("{word}-1")), Some(format!("{word}-1"))),
            Mask::Drop => (None, None),
            Mask::Currency => (before, None),
            // New names are held against the old ones above, and by the laws about findings.
            Mask::Name => continue,
            Mask::Within => panic!("{} holds no keys", name(&way)),
        };
        assert_eq!((scaled, masked), (expected_scaled, expected_masked), "{}", name(&way));
    }
}

#[test]
fn no_text_and_no_money_is_kept() {
    for way in paths() {
        let key = way.last().unwrap();
        match key.takes {
            // A rule is a word of ours.
            Takes::Text => assert!(key.mask != Mask::Keep || key.name == "rule", "the mask of {}", name(&way)),
            Takes::Extra | Takes::Anything | Takes::FormerIds | Takes::Files => {
                assert_eq!(key.mask, Mask::Drop, "the mask of {}", name(&way));
            }
            Takes::IdOf(_) | Takes::IdsOf(_) | Takes::IdOrWord(..) | Takes::NewId => {
                assert_eq!(key.mask, Mask::Name, "the mask of {}", name(&way));
            }
            Takes::Number(unit) | Takes::NumberRange(unit) | Takes::RangesBy(_, unit) => {
                let wanted = if unit.starts_with("money") { Mask::Money } else { Mask::Keep };
                assert_eq!(key.mask, wanted, "the mask of {}", name(&way));
            }
            Takes::Domains => assert_eq!(key.mask, Mask::Label("domain"), "the mask of {}", name(&way)),
            _ => assert_eq!(key.mask, Mask::Keep, "the mask of {}", name(&way)),
        }
    }
}
