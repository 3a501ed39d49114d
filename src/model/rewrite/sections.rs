//! Teams, systems, data objects and processes as people list them: names instead of ids, one word instead of keys.

use super::layout::{Layout, slug};
use super::one_word::{self, Named};
use super::{Section, entry, keys, needs, plain, scalar, together};
use crate::catalog::people::is_not_known;
use crate::catalog::words::Word;
use crate::catalog::{Catalog, Kind, Lookup};
use crate::model::form::one_of;
use crate::model::id::is_id;
use crate::model::table::{quoted, text};
use crate::source::{Diagnostic, Diagnostics, Entry, Fix, Node, Span, Value};

/// Most entries of a section that are compared with each other: no whiteboard has more.
const MANY: usize = 5_000;

pub(super) fn rewrite(
    list: &mut Entry<'_>,
    section: Section<'_>,
    named: &Named,
    layout: Layout<'_>,
    problems: &mut Diagnostics,
) {
    if matches!(list.node.value, Value::List(_)) {
        map_of_list(&mut list.node, section, layout, problems);
    }
    let Value::Map(entries) = &mut list.node.value else { return };
    for at in 0..entries.len() {
        ids(entries, at, section, problems);
        let entry = &mut entries[at];
        one_word::rewrite(entry, section, named, problems);
        if let Value::Map(inner) = &mut entry.node.value {
            inner.change(|inner| keys::rename(inner, with_article(section.what), section.keys, layout, problems));
        }
        match section.what {
            "system" => {
                foreign_kind(entry, section.catalog, layout, problems);
                product(entry, section.catalog, layout, problems);
            }
            "process" => needs::rewrite(entry, layout, problems),
            _ => {}
        }
    }
}

fn with_article(what: &'static str) -> &'static str {
    match what {
        "team" => "a team",
        "system" => "a system",
        "data object" => "a data object",
        _ => "a process",
    }
}

/// A list of names is a mapping of ids: `- Web agency` is `web-agency: { name: Web agency }`.
fn map_of_list(node: &mut Node<'_>, section: Section<'_>, layout: Layout<'_>, problems: &mut Diagnostics) {
    let Value::List(items) = &node.value else { return };
    if items.len() > MANY {
        return;
    }
    let is_flow = layout.at(node.span).starts_with('[');
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut edits = Vec::new();
    for item in items {
        // `marketing (8)` is a team of eight.
        let Some(said) = scalar(item) else { return };
        let (name, people) = match said.strip_suffix(')').and_then(|said| said.split_once('(')) {
            Some((name, people)) if section.what == "team" && people.trim().parse::<u32>().is_ok_and(|n| n > 0) => {
                (name.trim(), Some(people.trim()))
            }
            _ => (said, None),
        };
        let dash = if is_flow { Some(item.span.start) } else { layout.dash(item.span.start) };
        let (Some(id), Some(dash)) = (slug(name), dash) else { return };
        if entries.iter().any(|entry| entry.key == id) {
            return;
        }
        let mut pairs = named(name, &id, section);
        pairs.extend(people.map(|people| ("people", people.to_owned())));
        let written = format!("{id}: {}", mapping(&pairs));
        edits.push((Span { start: dash, end: item.span.end }, written));
        let inner = pairs.iter().map(|(key, value)| entry(key, item.span, plain(value, item.span))).collect();
        let place = Span { start: dash, end: dash };
        entries.push(entry(&id, place, Node { span: item.span, value: Value::Map(inner) }));
    }
    if entries.is_empty() {
        return;
    }
    let start = Span { start: node.span.start, end: node.span.start + 1 };
    if is_flow {
        edits.push((start, "{ ".to_owned()));
        edits.push((Span { start: node.span.end.max(1) - 1, end: node.span.end }, " }".to_owned()));
    }
    problems.push(
        Diagnostic::error(
            "list-of-names",
            start,
            format!("`{}` is a list; each {} has an id: write one before each name", section.list, section.what),
        )
        .fix(together(edits)),
    );
    node.value = Value::Map(entries.into());
}

/// What `name` says of one of `section` whose id is `id`.
pub(super) fn named(name: &str, id: &str, section: Section<'_>) -> Vec<(&'static str, String)> {
    if section.what != "system" {
        return if name == id { Vec::new() } else { vec![("name", name.to_owned())] };
    }
    match section.catalog.find(name) {
        Lookup::Product(_) => vec![("product", name.to_owned())],
        _ => vec![("name", name.to_owned()), ("kind", "other".to_owned())],
    }
}

pub(super) fn mapping(pairs: &[(&str, String)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}: {}", value_text(value))).collect();
    if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) }
}

/// A value as it is written: numbers and words plain, all else in quotes.
fn value_text(value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '_' | '/');
    let is_words =
        value.starts_with(|c: char| c.is_ascii_alphanumeric()) && value.chars().all(is_plain) && !value.ends_with(' ');
    if is_words { value.to_owned() } else { text(value) }
}

/// A name where an id is expected.
fn ids(entries: &mut [Entry<'_>], at: usize, section: Section<'_>, problems: &mut Diagnostics) {
    let entry = &entries[at];
    if is_id(&entry.key) || entries.len() > MANY {
        return;
    }
    let Some(id) = slug(&entry.key) else { return };
    if entries.iter().any(|other| other.key == id) {
        return;
    }
    let message = format!("expected an id for a {}, found {}", section.what, quoted(&entry.key));
    problems.push(Diagnostic::error("bad-id", entry.key_span, message).instead(entry.key_span, id.clone(), ""));
    entries[at].key = id.into();
}

/// A word that names no kind, where the catalog knows the kind of the product: it is taken out, as `other` would be said in
/// place of what is known.
fn foreign_kind(system: &mut Entry<'_>, catalog: &Catalog, layout: Layout<'_>, problems: &mut Diagnostics) {
    let Value::Map(entries) = &mut system.node.value else { return };
    let stated = |key: &str| entries.iter().position(|entry| entry.key == key);
    let (Some(at), Some(product)) = (stated("kind"), stated("product")) else { return };
    let (Some(said), Some(name)) = (scalar(&entries[at].node), scalar(&entries[product].node)) else { return };
    let Lookup::Product(known) = catalog.find(name) else { return };
    if said.is_empty() || is_not_known(said) || !one_of::<Kind>("kind of system").is_foreign(said) {
        return;
    }
    let kind = known.kind.word();
    problems.push(
        Diagnostic::error("unknown-word", entries[at].node.span, format!("unknown kind of system {}", quoted(said)))
            .help(format!("remove `kind`: the catalog has {} as `{kind}`", quoted(&known.name)))
            .fix(together(vec![layout.without(entries, at)])),
    );
    entries.remove(at);
}

/// What to do about a product that the catalog does not know.
pub(in crate::model) fn of_your_own(catalog: &Catalog, name: &str) -> String {
    let (row, columns) = (catalog.row_to_fill(name), Catalog::ROW_COLUMNS);
    match catalog.perhaps(name) {
        Some(near) => {
            format!("did you mean `{near}`? Else add `kind: other`, or to your catalog file `{row}` ({columns})")
        }
        None => format!("add `kind: other`, or to your catalog file `{row}` ({columns})"),
    }
}

/// A product that the catalog does not have needs a kind, and so does a system of which nothing is said.
fn product(system: &mut Entry<'_>, catalog: &Catalog, layout: Layout<'_>, problems: &mut Diagnostics) {
    let id = system.key.to_string();
    let is_stated = |entry: &Entry<'_>, key: &str| entry.key == key && !matches!(entry.node.value, Value::Null);
    let kind_of = |span| entry("kind", span, plain("other", span));
    match &mut system.node.value {
        Value::Map(entries)
            if entries.iter().any(|entry| is_stated(entry, "kind") || entry.key == crate::source::MERGE) => {}
        Value::Map(entries) => {
            let Some(stated) = entries.iter().find(|entry| is_stated(entry, "product")) else { return };
            let Some(name) = scalar(&stated.node).map(str::to_owned) else { return };
            if !matches!(catalog.find(&name), Lookup::Unknown)
                || catalog.near_miss(&name).is_some()
                || is_not_known(&name)
            {
                return;
            }
            let span = stated.node.span;
            problems.push(
                Diagnostic::error(
                    "unknown-product",
                    span,
                    format!("no product named {} in the catalog", quoted(&name)),
                )
                .help(of_your_own(catalog, &name))
                // A kind in place of a product that was only misspelt would lose it, so that somebody has to say so.
                .fix(Fix {
                    when: "if it is a product of your own".to_owned(),
                    edits: vec![layout.beside(stated, "kind: other")],
                }),
            );
            entries.push(kind_of(span));
        }
        Value::Null if matches!(catalog.find(&id), Lookup::Product(_)) && is_id(&id) => {
            let end = system.key_span.end as usize + 1;
            let span = system.key_span;
            problems.push(
                Diagnostic::error(
                    "missing-key",
                    span,
                    format!("system {} has neither `product` nor `kind`", quoted(&id)),
                )
                .help(format!("did you mean `product: {id}`?"))
                .instead(Span::new(end, end), format!(" {{ product: {id} }}"), ""),
            );
            let inner = vec![entry("product", span, plain(&id, span))];
            system.node = Node { span, value: Value::Map(inner.into()) };
        }
        _ => {}
    }
}
