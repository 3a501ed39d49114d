//! What the file names and does not define: names where ids stand, and ids of nothing.

use std::collections::{BTreeMap, HashSet};

use super::layout::{Layout, slug};
use super::{Section, alike, entry, scalar, together};
use crate::catalog::Lookup;
use crate::catalog::people::is_not_known;
use crate::model::id::is_id;
use crate::model::table::{quoted, text};
use crate::source::{Diagnostic, Diagnostics, Entry, Fix, Items, Node, Scalar, Span, Text, Value, nearest};

/// Most ids of one kind among which the nearest is looked for, and most places that are named for one.
const MANY: usize = 5_000;

/// Where ids of what stand: the keys from a section's entry down.
const PLACES: [(&str, &str, &[&str]); 19] = [
    ("systems", "team", &["owner"]),
    ("systems", "team", &["pilot", "decider"]),
    ("systems", "team", &["oversight"]),
    ("systems", "data object", &["makes", "data"]),
    ("systems", "data object", &["makes", "from"]),
    ("systems", "data object", &["makes", "model", "feedback"]),
    ("systems", "system", &["depends_on"]),
    ("data", "system", &["master"]),
    ("flows", "system", &["from"]),
    ("flows", "system", &["to"]),
    ("flows", "system", &["through"]),
    ("flows", "data object", &["data"]),
    ("flows", "team", &["performer"]),
    ("flows", "team", &["review", "by"]),
    ("processes", "team", &["owner"]),
    ("processes", "data object", &["needs", "data"]),
    ("processes", "system", &["needs", "at"]),
    ("processes", "data object", &["needs", "any_of", "data"]),
    ("processes", "system", &["needs", "any_of", "at"]),
];

/// The ids that a section defines.
#[derive(Default)]
struct Defined<'a> {
    /// In their order.
    sorted: Vec<Text<'a>>,
    all: HashSet<Text<'a>>,
}

/// An id that nothing defines: as it was written, and where.
#[derive(Default)]
struct Missing {
    said: String,
    places: Vec<Span>,
}

pub(super) fn rewrite(
    entries: &mut Items<Entry<'_>>,
    sections: [Section<'_>; 4],
    layout: Layout<'_>,
    problems: &mut Diagnostics,
) {
    let mut missing: BTreeMap<(&str, String), Missing> = BTreeMap::new();
    for section in sections {
        let Some(ids) = defined(entries, section) else { continue };
        let mut look = |node: &mut Node<'_>| visit(node, section.what, &ids, &mut missing, problems);
        for (list, _, path) in PLACES.iter().filter(|(_, what, _)| *what == section.what) {
            for list in entries.iter_mut().filter(|entry| entry.key == *list) {
                each_entry(&mut list.node, &mut |node| each_at(node, path, &mut look));
            }
        }
    }
    for section in sections {
        define(entries, section, &missing, layout, problems);
    }
}

/// The ids of a section; nothing where the section is no mapping, so that what it defines cannot be known.
fn defined<'a>(entries: &[Entry<'a>], section: Section<'_>) -> Option<Defined<'a>> {
    let Some(entry) = entries.iter().find(|entry| entry.key == section.list) else { return Some(Defined::default()) };
    match &entry.node.value {
        Value::Map(entries) if entries.iter().all(|entry| is_id(&entry.key)) => {
            let mut sorted: Vec<Text<'a>> = entries.iter().map(|entry| entry.key.clone()).collect();
            sorted.sort_unstable();
            Some(Defined { all: sorted.iter().cloned().collect(), sorted })
        }
        Value::Null => Some(Defined::default()),
        _ => None,
    }
}

fn each_entry(node: &mut Node<'_>, look: &mut impl FnMut(&mut Node<'_>)) {
    match &mut node.value {
        Value::Map(entries) => entries.iter_mut().for_each(|entry| look(&mut entry.node)),
        Value::List(items) => items.iter_mut().for_each(look),
        _ => {}
    }
}

/// Calls `look` with what stands at `path` below `node`, through lists.
fn each_at(node: &mut Node<'_>, path: &[&str], look: &mut impl FnMut(&mut Node<'_>)) {
    let Some((first, rest)) = path.split_first() else { return look(node) };
    match &mut node.value {
        Value::Map(entries) => {
            for entry in entries.iter_mut().filter(|entry| entry.key == *first) {
                each_at(&mut entry.node, rest, look);
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| each_at(item, path, look)),
        // `makes: lead` names what is made.
        Value::Scalar(_) if path == ["data"] => look(node),
        _ => {}
    }
}

/// Puts the id in place of the name by which `node` calls what the file defines, and notes what it does not define.
fn visit(
    node: &mut Node<'_>,
    what: &'static str,
    ids: &Defined<'_>,
    missing: &mut BTreeMap<(&'static str, String), Missing>,
    problems: &mut Diagnostics,
) {
    if let Value::List(items) = &mut node.value {
        items
            .iter_mut()
            .filter(|item| scalar(item).is_some())
            .for_each(|item| visit(item, what, ids, missing, problems));
        return;
    }
    let is_defined = |id: &str| ids.all.contains(id);
    let is_open = |said: &&str| !said.is_empty() && !is_defined(said) && !is_not_known(said);
    let Some(said) = scalar(node).filter(is_open).map(str::to_owned) else { return };
    let Some(id) = (if is_id(&said) { Some(said.clone()) } else { slug(&said) }) else { return };
    if is_defined(&id) {
        let message = format!("expected the id of a {what}, found {}", quoted(&said));
        problems.push(Diagnostic::error("bad-id", node.span, message).instead(node.span, id.clone(), ""));
    } else if ids.sorted.len() <= MANY
        && missing.len() < 1_000
        && nearest(&id, ids.sorted.iter().map(Text::as_ref)).is_none()
    {
        let missing = missing.entry((what, id.clone())).or_default();
        if missing.places.is_empty() {
            missing.said.clone_from(&said);
        }
        missing.places.push(node.span);
    } else {
        return;
    }
    node.value = Value::Scalar(Scalar { text: id.into(), plain: true });
}

/// Reports what of `section` the file names and does not define, with its definition, and adds it to the tree.
fn define(
    entries: &mut Items<Entry<'_>>,
    section: Section<'_>,
    missing: &BTreeMap<(&str, String), Missing>,
    layout: Layout<'_>,
    problems: &mut Diagnostics,
) {
    let mut missing = missing.iter().filter(|((what, _), _)| *what == section.what).peekable();
    if missing.peek().is_none() {
        return;
    }
    let list = entries.iter_mut().find(|entry| entry.key == section.list);
    let known = list.as_deref().map_or_else(Vec::new, |list| alike::known(list, section));
    let last = list.as_ref().and_then(|list| match &list.node.value {
        Value::Map(inner) if layout.is_in_place(&list.node) => inner.last(),
        _ => None,
    });
    let mut new: Vec<Entry<'_>> = Vec::new();
    let mut lines = Vec::new();
    let mut together_with: Option<Diagnostic> = None;
    let mut slugs = Vec::new();
    for ((_, id), found) in missing {
        let (definition, node) = definition(id, &found.said, section, found.places[0]);
        let message = format!("there is no {} {}", section.what, quoted(&found.said));
        let mut problem = Diagnostic::error("unknown-id", found.places[0], message)
            .help(format!("add `{definition}` under `{}`, or name one that is there", section.list));
        for place in found.places.iter().skip(1).take(MANY) {
            problem = problem.related(*place, "named here too");
        }
        let written: Vec<(Span, String)> = if *id == found.said {
            Vec::new()
        } else {
            found.places.iter().map(|place| (*place, id.clone())).collect()
        };
        new.push(entry(id, found.places[0], node));
        match last {
            Some(last) => {
                let edits: Vec<_> = std::iter::once(layout.beside(last, &definition)).chain(written).collect();
                let Some(other) = alike::find(id, &found.said, &known, section) else {
                    problems.push(problem.fix(together(edits)));
                    continue;
                };
                let renamed = found.places.iter().map(|place| (*place, other.to_owned())).collect();
                problems.push(
                    problem
                        .help(format!("did you mean `{other}`? Else add `{definition}` under `{}`", section.list))
                        .fix(Fix { when: format!("if {} is meant", quoted(other)), edits: renamed })
                        .fix(Fix { when: format!("if it is another {}", section.what), edits }),
                );
            }
            // A section that is not there is written once, with all that it has to hold.
            None => {
                lines.push(format!("  {definition}\n"));
                slugs.extend(written);
                match &mut together_with {
                    None => together_with = Some(problem),
                    Some(_) => problems.push(problem),
                }
            }
        }
    }
    if let Some(problem) = together_with {
        let (at, before) = match &list {
            Some(list) if !matches!(list.node.value, Value::Map(_)) => {
                (list.key_span.end as usize + 1, "\n".to_owned())
            }
            Some(_) => return problems.push(problem),
            None => {
                let gap = if layout.0.ends_with('\n') || layout.0.is_empty() { "" } else { "\n" };
                (layout.0.len(), format!("{gap}{}:\n", section.list))
            }
        };
        let text = format!("{before}{}", lines.concat());
        let text = if list.is_some() { text.trim_end().to_owned() } else { text };
        let edits = std::iter::once((Span::new(at, at), text)).chain(slugs).collect();
        problems.push(problem.fix(together(edits)));
    }
    match list {
        Some(list) => match &mut list.node.value {
            Value::Map(inner) => inner.extend(new),
            value => *value = Value::Map(new.into()),
        },
        None => {
            let place = Span::new(0, 0);
            entries.push(entry(section.list, place, Node { span: place, value: Value::Map(new.into()) }));
        }
    }
}

/// The least that can be said of `id`: as text, and as a tree.
fn definition<'a>(id: &str, said: &str, section: Section<'_>, span: Span) -> (String, Node<'a>) {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    let is_product = section.what == "system" && matches!(section.catalog.find(said), Lookup::Product(_));
    if said != id && !is_product {
        pairs.push(("name", said.to_owned()));
    }
    if section.what == "system" {
        pairs.push(if is_product { ("product", said.to_owned()) } else { ("kind", "other".to_owned()) });
    }
    let inner = pairs.iter().map(|(key, value)| entry(key, span, super::plain(value, span))).collect();
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}: {}", text(value))).collect();
    let written = if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) };
    (format!("{id}: {written}"), Node { span, value: Value::Map(inner) })
}
