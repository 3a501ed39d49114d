//! Files of the crate use each other in one direction only: no file is reached again from what it uses.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The path of a module, the crate itself being empty.
type Module = Vec<String>;

fn modules(folder: &Path, inside: &[String], found: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut module = inside.to_vec();
        if path.is_dir() {
            module.push(name);
            modules(&path, &module, found);
            continue;
        }
        if !matches!(name.as_str(), "lib" | "mod") {
            module.push(name);
        }
        let text = fs::read_to_string(&path).unwrap();
        found.insert(module, text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned());
    }
}

/// The paths of a `use`, its braces taken apart.
fn paths(used: &str) -> Vec<String> {
    let Some((head, rest)) = used.split_once('{') else { return vec![used.trim().to_owned()] };
    let (mut all, mut depth, mut one) = (Vec::new(), 0, String::new());
    for c in rest[..rest.rfind('}').unwrap()].chars() {
        match c {
            ',' if depth == 0 => all.push(std::mem::take(&mut one)),
            c => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                one.push(c);
            }
        }
    }
    all.push(one);
    all.iter().filter(|one| !one.trim().is_empty()).flat_map(|one| paths(&format!("{head}{}", one.trim()))).collect()
}

fn uses(text: &str) -> Vec<String> {
    let starts = text.match_indices("use ").filter(|(at, _)| {
        let before = text[..*at].rsplit('\n').next().unwrap_or_default().trim();
        before.is_empty() || before.starts_with("pub") && !before.contains("//")
    });
    starts.flat_map(|(at, _)| paths(text[at + 4..].split(';').next().unwrap_or_default())).collect()
}

/// The module that `path` leads to from `own`, if it is one of the crate's; a name of the crate itself leads to where
/// `lib.rs` takes it from.
fn target(
    own: &[String],
    path: &str,
    all: &BTreeMap<Module, String>,
    faces: &BTreeMap<String, Module>,
) -> Option<Module> {
    let mut parts = path.split("::").map(|part| part.split(" as ").next().unwrap_or(part).trim()).peekable();
    let mut at = match *parts.peek()? {
        "crate" => Module::new(),
        "super" | "self" => own.to_vec(),
        child => {
            let inside: Module = own.iter().map(String::as_str).chain([child]).map(str::to_owned).collect();
            return all.contains_key(&inside).then_some(inside);
        }
    };
    for part in parts.skip_while(|part| matches!(*part, "crate" | "self")) {
        let inside: Module = at.iter().map(String::as_str).chain([part]).map(str::to_owned).collect();
        match part {
            "super" => drop(at.pop()),
            _ if all.contains_key(&inside) => at = inside,
            name if at.is_empty() => return faces.get(name).cloned(),
            _ => break,
        }
    }
    Some(at)
}

#[test]
fn no_file_is_reached_again_from_what_it_uses() {
    let mut all = BTreeMap::new();
    modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &[], &mut all);
    let face = |path: String| path.rsplit_once("::").map(|(module, name)| (name.to_owned(), vec![module.to_owned()]));
    let faces: BTreeMap<String, Module> = uses(&all[&Module::new()]).into_iter().filter_map(face).collect();
    let mut leads: BTreeMap<&Module, BTreeSet<Module>> = BTreeMap::new();
    for (own, text) in &all {
        let targets = uses(text).into_iter().filter_map(|path| target(own, &path, &all, &faces));
        leads.insert(own, targets.filter(|to| to != own).collect());
    }
    assert!(leads.values().map(BTreeSet::len).sum::<usize>() > 200, "the test finds no uses any more");
    let mut circles = Vec::new();
    for start in all.keys() {
        let (mut open, mut seen) = (vec![start], BTreeSet::new());
        while let Some(module) = open.pop() {
            for next in &leads[module] {
                if next == start {
                    circles.push(format!("{} uses {}", module.join("/"), start.join("/")));
                } else if seen.insert(next) {
                    open.push(next);
                }
            }
        }
    }
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}
