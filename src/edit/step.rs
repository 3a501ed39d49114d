//! One small change at a path of keys, which keeps everything else of a file: what a person does in a workshop.

use serde_json::{Map, Value as Json};

use super::editor::{Change, Editor, Refused, Said};
use super::piece::{Pair, Piece};
use super::place::Place;
use crate::source::{Diagnostics, Limits, Node, Source, Value, parse, visible};

/// Where a value stands: keys and places in lists, from the outside in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Behind a key.
    Key(String),
    /// At a place of a list.
    Item(usize),
}

/// One small change.
#[derive(Clone, Debug)]
pub enum Step {
    /// Puts a value behind the last key of a path; keys on the way that are not there yet are added.
    Set(Vec<Part>, Piece),
    /// Takes the last key of a path out.
    Remove(Vec<Part>),
    /// Puts an item at the end of the list at a path, which is added where it is not there yet.
    Append(Vec<Part>, Piece),
}

impl Step {
    fn path(&self) -> &[Part] {
        match self {
            Self::Set(path, _) | Self::Remove(path) | Self::Append(path, _) => path,
        }
    }

    /// Where it changes something, as messages name it.
    fn words(&self) -> String {
        let part = |part: &Part| match part {
            Part::Key(key) => visible(key),
            Part::Item(at) => format!("[{}]", at + 1),
        };
        self.path().iter().map(part).collect::<Vec<_>>().join(".")
    }
}

/// The keys as a path.
#[must_use]
pub fn path(keys: &[&str]) -> Vec<Part> {
    keys.iter().map(|key| Part::Key((*key).to_owned())).collect()
}

/// The text of `source` after each of `steps`, made one after the other. A file in which nothing but comments stands
/// begins with `head` then.
///
/// # Errors
/// Where the text cannot be changed so that it says just that, and nothing else changes.
pub fn stepped(source: &Source, head: &str, steps: &[Step]) -> Result<String, Refused> {
    let mut text = source.text().to_owned();
    if is_blank(&text) {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(head);
    }
    for step in steps {
        text = made(&Source::new(source.name(), text), step)?;
    }
    Ok(text)
}

/// Whether nothing but comments and empty lines stands in a text.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#') || line == "---")
}

fn made(source: &Source, step: &Step) -> Result<String, Refused> {
    let root = parse(source, &Limits::default(), &mut Diagnostics::default())
        .ok_or_else(|| refused("the file cannot be read; fix it in an editor first"))?;
    let mut editor = Editor::new(source);
    let mut wanted = Piece::of(&root).json();
    let is_new = editing(&mut editor, Place::root(&root), step)?;
    if !is_new || editor.is_empty() {
        return Ok(source.text().to_owned());
    }
    put(&mut wanted, step.path(), step)?;
    editor.finish(&tidy(wanted))
}

/// Makes the edit; whether there is one to be made.
fn editing(editor: &mut Editor<'_>, root: Place<'_>, step: &Step) -> Result<bool, Refused> {
    let what = step.words();
    let (keys, last) = match step {
        Step::Append(path, _) => (path.as_slice(), None),
        Step::Set(path, _) | Step::Remove(path) => match path.split_last() {
            Some((last, keys)) => (keys, Some(last)),
            None => return Err(refused("there is nothing to change")),
        },
    };
    let mut place = root;
    for (depth, part) in keys.iter().enumerate() {
        let rest = &step.path()[depth..];
        match part {
            Part::Item(at) if *at < place.items().len() => place = place.item(*at),
            Part::Item(_) => return Err(other_shape(&what)),
            Part::Key(key) => {
                if !matches!(place.node().value, Value::Map(_)) {
                    return Err(other_shape(&what));
                }
                let Some(at) = position(place.node(), key) else {
                    return Ok(added(editor, root, place, depth, rest, step));
                };
                let child = place.entry(at);
                if is_nothing(child.node()) {
                    let Some(inner) = inside(&rest[1..], step) else { return Ok(false) };
                    editor.fill(&what, place, at, &inner, None);
                    return Ok(true);
                }
                place = child;
            }
        }
    }
    match (step, last) {
        (Step::Append(_, piece), _) => match &place.node().value {
            Value::List(_) => {
                let are_entries = matches!(piece, Piece::Map(_));
                let change = Change { append: vec![piece.clone()], are_entries, ..Change::default() };
                editor.change(&what, place, &change);
            }
            _ => return Err(other_shape(&what)),
        },
        (_, Some(Part::Item(at))) => match step {
            Step::Remove(_) if *at < place.items().len() => {
                editor.change(&what, place, &Change { remove: [*at].into(), ..Change::default() });
            }
            _ => return Err(other_shape(&what)),
        },
        (_, Some(Part::Key(key))) => {
            if !matches!(place.node().value, Value::Map(_)) {
                return Err(other_shape(&what));
            }
            match (step, position(place.node(), key)) {
                (Step::Remove(_), None) => return Ok(false),
                (Step::Remove(_), Some(at)) => {
                    let are_entries = keys.len() == 1;
                    editor.change(&what, place, &Change { remove: [at].into(), are_entries, ..Change::default() });
                }
                (Step::Set(_, piece), Some(at)) => {
                    let set = vec![(at, piece.clone(), Said::default())];
                    editor.change(&what, place, &Change { set, ..Change::default() });
                }
                (_, None) => return Ok(added(editor, root, place, keys.len(), &step.path()[keys.len()..], step)),
                (Step::Append(..), Some(_)) => {}
            }
        }
        (_, None) => {}
    }
    Ok(true)
}

/// Adds the first key of `rest`, which is not there, with all that stands behind it then.
fn added(editor: &mut Editor<'_>, root: Place<'_>, place: Place<'_>, depth: usize, rest: &[Part], step: &Step) -> bool {
    let (Some(Part::Key(key)), Some(value)) = (rest.first(), inside(&rest[1..], step)) else { return false };
    let (what, pair) = (step.words(), Pair::new(key, value));
    let is_single = matches!(pair.value, Piece::Scalar { .. });
    // A setting stands with those that the file begins with, a list at its end.
    let settings = root.entries().iter().take_while(|entry| matches!(entry.node.resolved().value, Value::Scalar(_)));
    match (depth, is_single, settings.count().checked_sub(1)) {
        (0, true, Some(at)) => editor.add_below(&what, root, at, pair),
        (0, false, _) => editor.add_section(&what, root, pair, None),
        _ => {
            // What stands in a section, or in a section of a section, is an entry; what stands in an entry is none.
            let are_entries = !is_single && depth <= 2;
            editor.change(&what, place, &Change { add: vec![pair], are_entries, ..Change::default() });
        }
    }
    true
}

/// What is to stand at the end of a path, with the keys of the path that lead to it; nothing where it is to be taken out.
fn inside(rest: &[Part], step: &Step) -> Option<Piece> {
    let mut value = match step {
        Step::Set(_, piece) => piece.clone(),
        Step::Append(_, piece) => Piece::List(vec![piece.clone()]),
        Step::Remove(_) => return None,
    };
    for part in rest.iter().rev() {
        let Part::Key(key) = part else { return None };
        value = Piece::Map(vec![Pair::new(key, value)]);
    }
    Some(value)
}

fn position(node: &Node<'_>, key: &str) -> Option<usize> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().position(|entry| entry.key.trim() == key)
}

fn is_nothing(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Null => true,
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Scalar(_) | Value::Alias(_) => false,
    }
}

/// What the file is to say after `step`.
fn put(json: &mut Json, rest: &[Part], step: &Step) -> Result<(), Refused> {
    let what = || other_shape(&step.words());
    let Some((first, rest)) = rest.split_first() else {
        match step {
            Step::Set(_, piece) => *json = piece.json(),
            Step::Append(_, piece) => match json {
                Json::Array(all) => all.push(piece.json()),
                Json::Null => *json = Json::Array(vec![piece.json()]),
                _ => return Err(what()),
            },
            Step::Remove(_) => {}
        }
        return Ok(());
    };
    let is_removed = rest.is_empty() && matches!(step, Step::Remove(_));
    match first {
        Part::Item(at) => match json {
            Json::Array(all) if *at < all.len() && is_removed => {
                all.remove(*at);
                Ok(())
            }
            Json::Array(all) if *at < all.len() => put(&mut all[*at], rest, step),
            _ => Err(what()),
        },
        Part::Key(key) => {
            if json.is_null() {
                *json = Json::Object(Map::new());
            }
            let Json::Object(all) = json else { return Err(what()) };
            let written = all.keys().find(|known| known.trim() == key).cloned().unwrap_or_else(|| key.clone());
            if is_removed {
                all.remove(&written);
                return Ok(());
            }
            put(all.entry(written).or_insert(Json::Null), rest, step)
        }
    }
}

pub(super) fn refused(why: impl Into<String>) -> Refused {
    Refused { why: why.into(), edits: Vec::new() }
}

fn other_shape(what: &str) -> Refused {
    refused(format!(
        "what holds `{what}` is written in another shape than the reference has; write it as the reference does, or change it in an editor"
    ))
}

/// Empty lists and mappings as nothing, as [`Piece::json`] has them.
fn tidy(value: Json) -> Json {
    match value {
        Json::Object(all) if all.is_empty() => Json::Null,
        Json::Array(all) if all.is_empty() => Json::Null,
        Json::Object(all) => Json::Object(all.into_iter().map(|(key, value)| (key, tidy(value))).collect()),
        Json::Array(all) => Json::Array(all.into_iter().map(tidy).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Piece {
        Piece::word(text)
    }

    fn entry(keys: &[(&str, &str)]) -> Piece {
        Piece::Map(keys.iter().map(|(key, value)| Pair::new(*key, word(value))).collect())
    }

    fn after(text: &str, steps: &[Step]) -> String {
        stepped(&Source::new("s.yaml", text.to_owned()), "sinew: 1\n", steps).unwrap()
    }

    #[test]
    fn an_empty_file_becomes_a_stack_line_by_line() {
        let steps = [
            Step::Set(path(&["name"]), word("Us")),
            Step::Set(path(&["systems", "hubspot"]), entry(&[("product", "hubspot")])),
            Step::Set(path(&["systems", "cms"]), entry(&[("kind", "cms"), ("name", "Site")])),
            Step::Append(path(&["flows"]), entry(&[("from", "cms"), ("to", "hubspot")])),
            Step::Append(path(&["flows"]), entry(&[("from", "hubspot"), ("to", "cms")])),
            Step::Set(path(&["systems", "cms", "owner"]), word("us")),
        ];
        assert_eq!(
            after("# Ours\n", &steps),
            "# Ours\nsinew: 1\nname: Us\n\nsystems:\n  hubspot:\n    product: hubspot\n  cms:\n    kind: cms\n    name: Site\n    owner: us\n\n\
             flows:\n  - from: cms\n    to: hubspot\n  - from: hubspot\n    to: cms\n"
        );
    }

    #[test]
    fn comments_and_the_look_of_neighbors_stay() {
        let text = "sinew: 1 # one\nname: X\nsystems:\n  a: { kind: crm } # first\n  # between\n  b: { kind: cms }\nflows:\n  - { from: a, to: b } # why\n";
        let steps = [
            Step::Set(path(&["systems", "c"]), entry(&[("kind", "bi")])),
            Step::Set([path(&["flows"]), vec![Part::Item(0), Part::Key("runs".into())]].concat(), word("3/week")),
            Step::Set(path(&["hourly_rate"]), word("60")),
            Step::Remove(path(&["systems", "a", "kind"])),
        ];
        let new = after(text, &steps);
        assert_eq!(
            new,
            "sinew: 1 # one\nname: X\nhourly_rate: 60\nsystems:\n  a: {} # first\n  # between\n  b: { kind: cms }\n  c: { kind: bi }\nflows:\n  - { from: a, to: b, runs: 3/week } # why\n"
        );
    }

    #[test]
    fn a_scenario_is_built_up_in_lines() {
        let steps = [
            Step::Append(path(&["add", "flows"]), entry(&[("from", "a"), ("to", "b")])),
            Step::Append(path(&["add", "flows"]), entry(&[("from", "b"), ("to", "a")])),
            Step::Set(path(&["change", "x", "runs"]), word("2/week")),
            Step::Set(path(&["change", "x", "minutes"]), word("5")),
            Step::Append(path(&["retire"]), word("c")),
            Step::Append(path(&["retire"]), word("d")),
            Step::Set(path(&["add", "systems", "n"]), entry(&[("kind", "crm")])),
        ];
        let new = after("name: Less by hand\n", &steps);
        let read: Vec<&str> = new.lines().map(str::trim_end).collect();
        assert!(read.contains(&"  flows:"), "{new}");
        assert!(read.contains(&"    - from: b") || read.contains(&"    - { from: b, to: a }"), "{new}");
        assert!(new.contains("c") && new.contains("- d") || new.contains("[c, d]"), "{new}");
    }

    #[test]
    fn json_stays_json() {
        let source = Source::new("s.json", String::new());
        let steps = [
            Step::Set(path(&["name"]), word("Us")),
            Step::Set(path(&["systems", "a"]), entry(&[("kind", "crm")])),
            Step::Set(path(&["systems", "b"]), entry(&[("kind", "cms")])),
            Step::Append(path(&["flows"]), entry(&[("from", "a"), ("to", "b")])),
            Step::Set([path(&["flows"]), vec![Part::Item(0), Part::Key("minutes".into())]].concat(), word("20")),
            Step::Remove(path(&["systems", "a"])),
        ];
        let text = stepped(&source, "{ \"sinew\": 1 }\n", &steps).unwrap();
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        let wanted = serde_json::json!({
            "sinew": 1, "name": "Us", "systems": { "b": { "kind": "cms" } }, "flows": [{ "from": "a", "to": "b", "minutes": 20 }],
        });
        assert_eq!(read, wanted, "{text}");
    }

    #[test]
    fn what_cannot_be_changed_is_refused_and_names_the_place() {
        let source = Source::new("s.yaml", "sinew: 1\nsystems: [HubSpot]\nx: &a { k: 1 }\ny: *a\n".to_owned());
        let refused = |step| stepped(&source, "", &[step]).unwrap_err().why;
        assert!(refused(Step::Set(path(&["systems", "b", "kind"]), word("crm"))).contains("systems.b.kind"));
        assert!(refused(Step::Set(path(&["y", "k"]), word("2"))).contains("alias"));
        assert!(refused(Step::Append(path(&["sinew"]), word("2"))).contains("another shape"));
    }
}
