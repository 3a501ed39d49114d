//! The entries of a stack file as text has them.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::{SECTIONS, Section};
use crate::edit::{Pair, Piece, Place};
use crate::import::draft::Origin;
use crate::source::{Diagnostics, Limits, Node, Source, Value, parse};

/// An entry that the inputs give.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) section: Section,
    pub(super) id: String,
    pub(super) value: Piece,
    /// By input, what it is found by there.
    pub(super) keys: BTreeMap<String, BTreeSet<String>>,
    /// The line on which it begins in the text that was written for the inputs.
    pub(super) line: usize,
}

/// The entries of a text that an import wrote; `origins` are known by the line on which an entry's keys begin.
pub(super) fn found(text: &str, origins: &BTreeMap<usize, BTreeSet<Origin>>) -> Vec<Found> {
    let source = Source::new("import", text.to_owned());
    let Some(root) = parse(&source, &Limits::default(), &mut Diagnostics::default()) else { return Vec::new() };
    let line = |at: u32| source.position(at as usize).line as usize;
    let mut all = Vec::new();
    for section in SECTIONS {
        let Some(place) = section_of(Place::root(&root), section) else { continue };
        let mut add = |id: Option<&str>, node: &Node<'_>, begin: u32| {
            let value = written(node, &source);
            let own = origins.get(&line(node.span.start));
            let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for origin in own.into_iter().flatten() {
                keys.entry(origin.file.clone()).or_default().insert(origin.key.clone());
            }
            let id = id.map_or_else(|| flow_id(&value), str::to_owned);
            all.push(Found { section, id, value, keys, line: line(begin) });
        };
        for entry in place.entries() {
            add(Some(&entry.key), &entry.node, entry.key_span.start);
        }
        for item in place.items() {
            add(None, item, item.span.start);
        }
    }
    all
}

/// The place of a list of entries.
pub(super) fn section_of<'t>(root: Place<'t>, section: Section) -> Option<Place<'t>> {
    let at = root.entries().iter().position(|entry| entry.key == section.list)?;
    Some(root.entry(at))
}

/// The id of a flow: its own, else the one that its ends and objects make.
pub(super) fn flow_id(flow: &Piece) -> String {
    if let Some(id) = flow.text("id") {
        return id.to_owned();
    }
    let end = |key| flow.get(key).map(Piece::members).unwrap_or_default().iter().filter_map(Piece::scalar);
    let mut data: Vec<&str> = end("data").collect();
    data.sort_unstable();
    data.dedup();
    let to: Vec<&str> = end("to").collect();
    format!("{}->{}:{}", flow.text("from").unwrap_or_default(), to.join(","), data.join(","))
}

/// The value of a node with the words that its values were read from, which stand behind them as comments.
pub(super) fn written(node: &Node<'_>, source: &Source) -> Piece {
    let Value::Map(entries) = &node.resolved().value else { return Piece::of(node) };
    let pair = |entry: &crate::source::Entry<'_>| {
        let rest = source.text().get(entry.node.span.end as usize..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default().trim();
        let said = line.strip_prefix("# \"").and_then(|words| words.strip_suffix('"')).map(str::to_owned);
        Pair { said, ..Pair::new(&*entry.key, Piece::of(&entry.node)) }
    };
    Piece::Map(entries.iter().map(pair).collect())
}

/// An entry of the stack file as it is.
#[derive(Debug)]
pub(super) struct Held<'t> {
    pub(super) section: Section,
    pub(super) id: String,
    pub(super) value: Piece,
    /// Its list, and its place there.
    pub(super) list: Place<'t>,
    pub(super) at: usize,
}

impl<'t> Held<'t> {
    /// Where it stands.
    pub(super) fn place(&self) -> Place<'t> {
        if self.section.list == "flows" { self.list.item(self.at) } else { self.list.entry(self.at) }
    }
}

/// The entries of the stack file.
pub(super) fn held(root: Place<'_>) -> Vec<Held<'_>> {
    let mut all = Vec::new();
    for section in SECTIONS {
        let Some(list) = section_of(root, section) else { continue };
        for (at, entry) in list.entries().iter().enumerate() {
            all.push(Held { section, id: entry.key.to_string(), value: Piece::of(&entry.node), list, at });
        }
        for (at, item) in list.items().iter().enumerate() {
            let value = Piece::of(item);
            all.push(Held { section, id: flow_id(&value), value, list, at });
        }
    }
    all
}
