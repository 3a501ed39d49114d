//! What people write in another shape than ours, taken as what it can only mean: told with the exact change, and read
//! on as if it had been written so, so that one slip gives one error.
//!
//! The tree that comes out has the shape of a stack file wherever the meaning was clear. What was not clear is left as
//! it is, for the reader to refuse.

mod alike;
mod flows;
mod keys;
mod layout;
mod needs;
mod one_word;
mod references;
mod sections;

use crate::catalog::Catalog;
use crate::model::stack::{DataObject, Flow, Process, Stack, System, Team};
use crate::model::table::{Key, Mapping};
use crate::source::{Diagnostic, Diagnostics, Entry, Fix, Items, Node, Scalar, Span, Value};
use layout::Layout;

pub(crate) use layout::slug;
pub(super) use sections::of_your_own;

/// One list of things with ids: its key, what one of them is, and their keys.
#[derive(Clone, Copy)]
struct Section<'c> {
    list: &'static str,
    what: &'static str,
    keys: &'static [Key],
    catalog: &'c Catalog,
}

/// The lists of a stack file that have ids.
fn sections_of(catalog: &Catalog) -> [Section<'_>; 4] {
    [
        Section { list: "teams", what: "team", keys: Team::KEYS, catalog },
        Section { list: "systems", what: "system", keys: System::KEYS, catalog },
        Section { list: "data", what: "data object", keys: DataObject::KEYS, catalog },
        Section { list: "processes", what: "process", keys: Process::KEYS, catalog },
    ]
}

/// What cannot be told before everything has been read.
#[derive(Default)]
pub(super) struct Untold(Vec<flows::BothWays>);

impl Untold {
    /// Adds it to `problems`, all those of `text`.
    pub(super) fn tell(self, text: &str, problems: &mut Vec<Diagnostic>) {
        for flow in self.0 {
            let told = flow.problem(Layout(text), problems);
            let at = problems.partition_point(|problem| problem.span <= told.span);
            problems.insert(at, told);
        }
    }

    /// Whether there is any: then there is an error.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Rewrites the tree of a stack file in YAML whose text is `text`.
pub(super) fn rewrite(root: &mut Node<'_>, text: &str, catalog: &Catalog, problems: &mut Diagnostics) -> Untold {
    let layout = Layout(text);
    let all = sections_of(catalog);
    let mut untold = Untold::default();
    let Value::Map(entries) = &mut root.value else { return untold };
    entries.change(|entries| keys::rename(entries, "a stack file", Stack::KEYS, layout, problems));
    let is_stack = |entry: &Entry<'_>| all.iter().any(|one| one.list == entry.key) || entry.key == "flows";
    if !entries.iter().any(|entry| entry.key == "sinew") && entries.iter().any(is_stack) {
        problems.push(
            Diagnostic::error("missing-key", Span::new(0, 0), "a stack file needs `sinew`")
                .help("begin with `sinew: 1`, the version of the format")
                .instead(Span::new(0, 0), "sinew: 1\n", ""),
        );
        entries.push(entry("sinew", Span::new(0, 0), plain("1", Span::new(0, 0))));
    }
    let named = one_word::Named::of(entries, all);
    for section in all {
        if let Some(entry) = entries.iter_mut().find(|entry| entry.key == section.list) {
            sections::rewrite(entry, section, &named, layout, problems);
        }
    }
    if let Some(Entry { node: Node { value: Value::List(items), .. }, .. }) =
        entries.iter_mut().find(|entry| entry.key == "flows")
    {
        untold.0 = flows::rewrite(items, Flow::KEYS, layout, problems);
    }
    references::rewrite(entries, all, layout, problems);
    untold
}

/// Gives the keys of a mapping of `text` their names where people call them otherwise.
pub(super) fn rename_keys(
    entries: &mut Items<Entry<'_>>,
    what: &'static str,
    keys: &'static [Key],
    text: &str,
    problems: &mut Diagnostics,
) {
    entries.change(|entries| keys::rename(entries, what, keys, Layout(text), problems));
}

/// A scalar that stands at `span`.
fn plain<'a>(text: &str, span: Span) -> Node<'a> {
    Node { span, value: Value::Scalar(Scalar { text: text.to_owned().into(), plain: true }) }
}

/// An entry whose key stands at `span`.
fn entry<'a>(key: &str, span: Span, node: Node<'a>) -> Entry<'a> {
    Entry { key: key.to_owned().into(), key_span: span, node }
}

/// The text of a single value.
fn scalar<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.value {
        Value::Scalar(scalar) => Some(scalar.text.trim()),
        _ => None,
    }
}

/// One change at several places.
fn together(edits: Vec<(Span, String)>) -> Fix {
    Fix { when: String::new(), edits }
}
