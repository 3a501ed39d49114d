//! Edits as a scenario states them, made in the text of the stack file, which keeps its comments.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::editor::{Change, Editor, Refused, Said};
use super::piece::{Pair, Piece};
use super::place::Place;
use crate::model::Stack;
use crate::source::{Diagnostics, Entry, Limits, Node, Source, parse, visible};

/// Lists of a stack file whose entries stand under their ids.
const BY_ID: [&str; 4] = ["teams", "systems", "data", "processes"];

/// The text of `source` with `edits` made in it, which are those of a scenario with ids. `stack` was read from it.
///
/// # Errors
/// Where the text cannot be edited so that it says just that: it shares values by anchors, or writes a list in another shape.
pub fn edited_as_scenario(source: &Source, stack: &Stack, edits: &Map<String, Json>) -> Result<String, Refused> {
    if source.sheet(0).is_some() {
        let why = "a workbook is edited in a spreadsheet program; name the cells to people, or ask about a stack file";
        return Err(refused(why));
    }
    let root = parse(source, &Limits::default(), &mut Diagnostics::default())
        .ok_or_else(|| refused("the stack file cannot be read"))?;
    let place = Place::root(&root);
    let mut draft = Draft { stack, place, editor: Editor::new(source), wanted: Piece::of(&root).json() };
    draft.make(edits)?;
    let Draft { editor, wanted, .. } = draft;
    if editor.is_empty() {
        return Ok(source.text().to_owned());
    }
    editor.finish(&tidy(wanted))
}

fn refused(why: impl Into<String>) -> Refused {
    Refused { why: why.into(), edits: Vec::new() }
}

/// The edits of a file as they are collected, and what it is to say then.
struct Draft<'t, 's> {
    stack: &'t Stack,
    place: Place<'t>,
    editor: Editor<'s>,
    wanted: Json,
}

/// What becomes of one list.
#[derive(Default)]
struct OfList {
    remove: Vec<String>,
    add: Vec<(String, Json)>,
}

impl<'t> Draft<'t, '_> {
    fn make(&mut self, edits: &Map<String, Json>) -> Result<(), Refused> {
        let retired: Vec<&str> = match edits.get("retire") {
            Some(Json::String(one)) => vec![one],
            Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        };
        let mut changes: Vec<(String, Map<String, Json>)> = Vec::new();
        if let Some(Json::Object(all)) = edits.get("change") {
            let keys = |keys: &Json| keys.as_object().cloned().unwrap_or_default();
            changes.extend(all.iter().map(|(id, of)| (id.clone(), keys(of))));
        }
        let mut lists: Vec<(&str, OfList)> = BY_ID.iter().map(|list| (*list, OfList::default())).collect();
        for id in retired {
            match self.list_of(id) {
                Some("systems") => changes.push((id.to_owned(), status("retired"))),
                Some("flows") => changes.push((id.to_owned(), status("off"))),
                Some(list) => {
                    lists.iter_mut().filter(|(of, _)| *of == list).for_each(|(_, of)| of.remove.push(id.to_owned()));
                }
                None => {}
            }
        }
        let mut flows = Vec::new();
        if let Some(Json::Object(add)) = edits.get("add") {
            for (list, new) in add {
                match new {
                    Json::Array(new) if list == "flows" => flows.extend(new.iter().cloned()),
                    Json::Object(new) => {
                        let of = lists.iter_mut().filter(|(of, _)| of == list);
                        of.for_each(|(_, of)| of.add.extend(new.iter().map(|(id, keys)| (id.clone(), keys.clone()))));
                    }
                    _ => {}
                }
            }
        }
        for (id, keys) in changes {
            self.change(&id, keys)?;
        }
        for (list, of) in lists {
            self.list(list, &of)?;
        }
        self.add_flows(&flows)?;
        match edits.get("plan") {
            Some(Json::Object(plan)) => self.settings(plan),
            _ => Ok(()),
        }
    }

    fn list_of(&self, id: &str) -> Option<&'static str> {
        let stack = self.stack;
        let all = [
            stack.find_team(id).map(|_| "teams"),
            stack.find_system(id).map(|_| "systems"),
            stack.find_data(id).map(|_| "data"),
            stack.find_process(id).map(|_| "processes"),
            stack.find_flow(id).map(|_| "flows"),
        ];
        all.into_iter().flatten().next()
    }

    /// The value behind a key of the file, with its place among the keys.
    fn section(&self, list: &str) -> Option<(usize, Place<'t>)> {
        let at = self.place.entries().iter().position(|entry| entry.key == list)?;
        Some((at, self.place.entry(at)))
    }

    fn change(&mut self, id: &str, mut keys: Map<String, Json>) -> Result<(), Refused> {
        let missing = || refused(format!("`{}` has no entry of its own in the file", visible(id)));
        let list = self.list_of(id).ok_or_else(missing)?;
        let (_, section) = self.section(list).ok_or_else(missing)?;
        let (place, wanted) = if list == "flows" {
            let flow = self.stack.flow(self.stack.find_flow(id).ok_or_else(missing)?);
            if flow.entry != flow.place {
                return Err(refused(format!(
                    "flow `{}` stands in one entry with others, which lists its targets under `to`; give it an entry of its own first",
                    visible(id)
                )));
            }
            let is_it = |item: &Node<'_>| item.span.start == flow.entry.start;
            let at = section.items().iter().position(is_it).ok_or_else(missing)?;
            // An id that is made of its ends would change with them.
            if !flow.has_own_id && keys.keys().any(|key| ["from", "to", "data"].contains(&key.as_str())) {
                keys.entry("id").or_insert_with(|| id.into());
            }
            (section.item(at), slot(&mut self.wanted, "flows")?.get_mut(at))
        } else {
            let at = section.entries().iter().position(|entry| entry.key.trim() == id).ok_or_else(missing)?;
            let key = section.entries()[at].key.to_string();
            if place_is_empty(section.entry(at)) {
                let kept: Map<String, Json> = keys.into_iter().filter(|(_, value)| !value.is_null()).collect();
                let piece = Piece::from_json(&Json::Object(kept));
                *slot(slot(&mut self.wanted, list)?, &key)? = piece.json();
                self.editor.fill(&format!("{list}: {id}"), section, at, &piece, None);
                return Ok(());
            }
            (section.entry(at), slot(&mut self.wanted, list)?.get_mut(&key))
        };
        let wanted = wanted.ok_or_else(missing)?;
        let change = change_of(place, &keys, wanted)?;
        self.editor.change(&format!("{list}: {id}"), place, &change);
        Ok(())
    }

    fn list(&mut self, list: &str, of: &OfList) -> Result<(), Refused> {
        if of.remove.is_empty() && of.add.is_empty() {
            return Ok(());
        }
        let add: Vec<Pair> = of.add.iter().map(|(id, keys)| Pair::new(id, Piece::from_json(keys))).collect();
        for pair in &add {
            *slot(slot(&mut self.wanted, list)?, &pair.key)? = pair.value.json();
        }
        let what = format!(
            "{list}: {}",
            of.remove.iter().chain(of.add.iter().map(|(id, _)| id)).cloned().collect::<Vec<_>>().join(", ")
        );
        let Some((at, section)) = self.section(list) else {
            self.editor.add_section(&what, self.place, Pair::new(list, Piece::Map(add)), None);
            return Ok(());
        };
        if place_is_empty(section) {
            self.editor.fill(&what, self.place, at, &Piece::Map(add), None);
            return Ok(());
        }
        let is_removed = |entry: &Entry<'_>| of.remove.iter().any(|id| entry.key.trim() == id);
        let remove: BTreeSet<usize> =
            section.entries().iter().enumerate().filter(|(_, entry)| is_removed(entry)).map(|(at, _)| at).collect();
        for at in &remove {
            let key = section.entries()[*at].key.to_string();
            if let Json::Object(all) = slot(&mut self.wanted, list)? {
                all.remove(&key);
            }
        }
        self.editor.change(&what, section, &Change { remove, add, are_entries: true, ..Change::default() });
        Ok(())
    }

    fn add_flows(&mut self, flows: &[Json]) -> Result<(), Refused> {
        if flows.is_empty() {
            return Ok(());
        }
        let append: Vec<Piece> = flows.iter().map(Piece::from_json).collect();
        let new: Vec<Json> = append.iter().map(Piece::json).collect();
        match slot(&mut self.wanted, "flows")? {
            Json::Array(all) => all.extend(new),
            nothing @ Json::Null => *nothing = Json::Array(new),
            _ => return Err(other_shape("flows")),
        }
        match self.section("flows") {
            None => {
                let pair = Pair::new("flows", Piece::List(append));
                self.editor.add_section("flows", self.place, pair, None);
            }
            Some((at, section)) if place_is_empty(section) => {
                self.editor.fill("flows", self.place, at, &Piece::List(append), None);
            }
            Some((_, section)) => {
                let change = Change { append, are_entries: true, ..Change::default() };
                self.editor.change("flows", section, &change);
            }
        }
        Ok(())
    }

    /// Settings of the plan; those that are mappings by words, such as `efforts`, key by key.
    fn settings(&mut self, plan: &Map<String, Json>) -> Result<(), Refused> {
        let Some((at, section)) = self.section("plan") else {
            let piece = Piece::from_json(&Json::Object(plan.clone()));
            *slot(&mut self.wanted, "plan")? = piece.json();
            self.editor.add_section("plan", self.place, Pair::new("plan", piece), None);
            return Ok(());
        };
        if place_is_empty(section) {
            let piece = Piece::from_json(&Json::Object(plan.clone()));
            *slot(&mut self.wanted, "plan")? = piece.json();
            self.editor.fill("plan", self.place, at, &piece, None);
            return Ok(());
        }
        let mut own = Map::new();
        for (key, value) in plan {
            let inner = section.entries().iter().position(|entry| entry.key == key.as_str());
            let inner = inner.map(|at| section.entry(at)).filter(|place| !place.entries().is_empty());
            match (inner, value) {
                (Some(place), Json::Object(keys)) => {
                    let change = change_of(place, keys, slot(slot(&mut self.wanted, "plan")?, key)?)?;
                    self.editor.change(&format!("plan: {key}"), place, &change);
                }
                _ => {
                    own.insert(key.clone(), value.clone());
                }
            }
        }
        let change = change_of(section, &own, slot(&mut self.wanted, "plan")?)?;
        self.editor.change("plan", section, &change);
        Ok(())
    }
}

fn status(word: &str) -> Map<String, Json> {
    Map::from_iter([("status".to_owned(), word.into())])
}

fn place_is_empty(place: Place<'_>) -> bool {
    place.entries().is_empty() && place.items().is_empty()
}

/// The keys of the mapping at `place` with other values, also in `wanted`; an empty value takes its key out.
fn change_of(place: Place<'_>, keys: &Map<String, Json>, wanted: &mut Json) -> Result<Change, Refused> {
    let mut change = Change::default();
    for (key, value) in keys {
        let at = place.entries().iter().position(|entry| entry.key == key.as_str());
        let piece = Piece::from_json(value);
        match (at, value.is_null()) {
            (Some(at), true) => {
                change.remove.insert(at);
                if let Some(all) = wanted.as_object_mut() {
                    all.remove(key);
                }
            }
            (Some(at), false) => {
                *slot(wanted, key)? = piece.json();
                change.set.push((at, piece, Said::default()));
            }
            (None, true) => {}
            (None, false) => {
                *slot(wanted, key)? = piece.json();
                change.add.push(Pair::new(key, piece));
            }
        }
    }
    Ok(change)
}

/// What `json` has behind `key`, nothing so far where the key is new.
fn slot<'j>(json: &'j mut Json, key: &str) -> Result<&'j mut Json, Refused> {
    if json.is_null() {
        *json = Json::Object(Map::new());
    }
    match json {
        Json::Object(all) => Ok(all.entry(key.to_owned()).or_insert(Json::Null)),
        _ => Err(other_shape(key)),
    }
}

fn other_shape(key: &str) -> Refused {
    refused(format!("what holds `{}` is written in another shape than the reference has", visible(key)))
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
