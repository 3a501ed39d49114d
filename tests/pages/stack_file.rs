//! The reference of the stack file lists every key of the one table of keys.

use std::path::Path;

use sinew::model::shape::{self, Key, Takes};

use crate::pages::markdown::check_generated;

#[test]
fn the_reference_lists_every_key() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/stack-file.md");
    let mut tables = Vec::new();
    collect("stack file", shape::STACK, &mut tables);
    for (name, keys) in tables {
        check_generated(&path, &name, &table(&name, keys));
    }
}

/// The table of keys and all below it, each with the path that leads there.
fn collect(name: &str, keys: &'static [Key], out: &mut Vec<(String, &'static [Key])>) {
    // What entries share is described once.
    if out.iter().any(|(known, _)| known == name) {
        return;
    }
    out.push((name.to_owned(), keys));
    for key in keys {
        for (at, below) in key.takes.within().into_iter().enumerate() {
            match key.takes {
                // Each table after the first is named by its first key; what stands below it stands in the others.
                Takes::OneOfTables(_) if at == 0 => out.push((path(name, key), below)),
                Takes::OneOfTables(_) => out.push((format!("{}.{}", path(name, key), below[0].name), below)),
                _ => collect(&path(name, key), below, out),
            }
        }
    }
}

fn path(name: &str, key: &Key) -> String {
    if key.name == "basis" || name == "stack file" { key.name.to_owned() } else { format!("{name}.{}", key.name) }
}

fn table(name: &str, keys: &[Key]) -> String {
    let mut table = String::from("| key | takes | meaning |\n|---|---|---|\n");
    for key in keys {
        let needed = if key.required { ", required" } else { "" };
        table.push_str(&format!("| `{}` | {}{needed} | {} |\n", key.name, takes(key, &path(name, key)), key.doc));
    }
    table
}

fn takes(key: &Key, path: &str) -> String {
    let words = |list: &[&'static str]| list.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let link = |what: &str| format!("[{what}](#{})", path.replace('.', ""));
    match key.takes {
        Takes::Version => "`1`".into(),
        Takes::Text => "text".into(),
        Takes::Extra => "text, number, `true` or `false`".into(),
        Takes::Anything => "anything".into(),
        Takes::FormerIds => "former id, or a list".into(),
        Takes::KeyNames => "name of a key, or a list".into(),
        Takes::Files => "path of a file or folder, or a list".into(),
        Takes::Domains => "name of a domain, or a list".into(),
        Takes::Peak => "`1000/day`, or `5/second`, or a list".into(),
        Takes::Tasks => "`2000/month`".into(),
        Takes::IdOrWord(what, word) => format!("id of a {what}, or `{word}`"),
        Takes::NewId => "new id".into(),
        Takes::IdOf(what) => format!("id of a {what}"),
        Takes::IdsOf(what) => format!("id of a {what}, or a list"),
        Takes::Bool => "`true` or `false`".into(),
        Takes::Date => "date".into(),
        Takes::Duration => "duration".into(),
        Takes::Whole => "whole number from 1".into(),
        Takes::Number(unit) => format!("number, {unit}"),
        Takes::NumberRange(unit) => format!("number or range, {unit}"),
        Takes::RateRange => "rate or range".into(),
        Takes::ShareRange => "share or range".into(),
        Takes::DurationRange => "duration or range".into(),
        Takes::Capacity => "`5d/week`".into(),
        Takes::Word(list) => format!("one of {}", words(&list())),
        Takes::Words(list) => format!("list of {}", words(&list())),
        Takes::Object(_) => link("mapping"),
        Takes::List(_) => link("list of mappings"),
        Takes::ById(_) => link("mapping from ids"),
        Takes::RangesBy(list, unit) => format!("mapping from {} to number or range, {unit}", words(&list())),
        Takes::IdsOr(what, _) => format!("id of a {what}, or a list of ids and of {}", link("alternatives")),
        Takes::OneOfTables(_) => "[list of needs](#processesneeds)".into(),
    }
}
