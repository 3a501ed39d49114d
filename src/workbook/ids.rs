//! The ids of rows: as the column says, else made of names; copied rows are told from their originals.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Rows, Sheet};
use super::hidden::Hidden;
use super::parse::of_text;
use super::table::{Row, Table, name_column};
use super::vocabulary::folded;
use crate::model::{is_id, slug, word_of_list};
use crate::source::{Diagnostic, Diagnostics, Node, Span, Value as Tree};

/// What is known of the row of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Its id; of a flow the one that it gives itself, empty where it follows from its ends.
    pub(super) id: String,
    /// The id under which it was exported, where it was.
    pub(super) exported: Option<String>,
    /// Whether it is no entry: a copy of another row.
    pub(super) is_copy: bool,
}

/// The ids of the rows of all sheets of entries, by the name of the sheet.
pub(super) fn ids(
    tables: &[Table],
    hidden: &Hidden,
    taken: &mut BTreeSet<String>,
    problems: &mut Diagnostics,
) -> BTreeMap<&'static str, Vec<Known>> {
    let mut all = BTreeMap::new();
    for table in tables {
        if let Rows::Entries(list) = table.sheet.rows {
            let ids = table.rows.iter().map(|row| row.text(table.sheet.id_column()));
            taken.extend(ids.map(|id| in_space(list, &id)));
        }
    }
    for table in tables {
        let known = match table.sheet.rows {
            Rows::Entries(list) => entries(table, list, hidden, taken, problems),
            Rows::Flows => flows(table, hidden, problems),
            _ => continue,
        };
        all.insert(table.sheet.name, known);
    }
    all
}

/// Rows that have the same text in the column `at`, in groups of their places.
fn groups(rows: &[Row], at: Option<usize>) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let text = row.text(at);
        if !text.is_empty() {
            groups.entry(text).or_default().push(place);
        }
    }
    groups
}

fn entries(
    table: &Table,
    list: &str,
    hidden: &Hidden,
    taken: &mut BTreeSet<String>,
    problems: &mut Diagnostics,
) -> Vec<Known> {
    let (sheet, rows) = (table.sheet, &table.rows);
    let (id_at, name_at) = (sheet.id_column(), name_column(sheet));
    let mut known = vec![Known::default(); rows.len()];
    let mut has_id = vec![false; rows.len()];
    for (id, places) in groups(rows, id_at) {
        let exported = hidden.entries.get(&(list.to_owned(), id.clone()));
        let is_original = |at: &&usize| exported.is_some_and(|(name, _)| *name == rows[**at].text(name_at));
        let original = places.iter().find(is_original).or(places.first()).copied().unwrap_or(0);
        for at in places {
            let row = &rows[at];
            if at != original {
                if folded(&row.text(name_at)) == folded(&rows[original].text(name_at)) {
                    known[at].is_copy = true;
                    problems.push(copied(sheet, row.place(id_at), &id, rows[original].place(id_at)));
                }
                continue;
            }
            has_id[at] = true;
            known[at].exported = exported.is_some().then(|| id.clone());
            known[at].id = if is_id(&id) { id.clone() } else { bad_id(sheet, &id, row.place(id_at), problems) };
        }
    }
    let names = groups(rows, name_at);
    let mut places_of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (name, places) in &names {
        places_of.entry(folded(name)).or_default().extend(places);
    }
    for at in 0..rows.len() {
        if has_id[at] || known[at].is_copy {
            continue;
        }
        let name = rows[at].text(name_at);
        let same = places_of.get(&folded(&name)).map_or(&[][..], Vec::as_slice);
        let first = same.iter().copied().filter(|other| *other != at && (has_id[*other] || *other < at)).min();
        if let Some(first) = first.filter(|_| !name.is_empty()) {
            known[at].is_copy = true;
            let message = format!("two rows of {} are called `{name}`", sheet.name);
            problems.push(
                Diagnostic::error("duplicate-name", rows[at].place(name_at), message)
                    .related(rows[first].place(name_at), "the other one")
                    .help("remove one of the two, or give this one another name"),
            );
            continue;
        }
        let wanted = slug(&name).unwrap_or_else(|| singular(sheet).to_owned());
        known[at].id = free(&wanted, list, taken);
    }
    known
}

/// An id among those that it must differ from: systems and teams share one name space.
fn in_space(list: &str, id: &str) -> String {
    let space = if matches!(list, "systems" | "teams") { "components" } else { list };
    format!("{space}/{}", id.to_lowercase())
}

/// `wanted`, or with a number behind it where that is taken.
pub(super) fn free(wanted: &str, list: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    let id = std::iter::once(wanted.to_owned()).chain(numbered).find(|id| taken.insert(in_space(list, id)));
    id.unwrap_or_else(|| wanted.to_owned())
}

/// What one entry of a sheet is, as an id.
fn singular(sheet: &Sheet) -> &'static str {
    word_of_list(sheet.list())
}

fn copied(sheet: &Sheet, span: Span, id: &str, original: Span) -> Diagnostic {
    let message = format!("the row is a copy of another one: both have the Id `{id}`");
    let what = if sheet.rows == Rows::Flows { "From, To or Data" } else { "the name" };
    Diagnostic::error("copied-row", span, message)
        .related(original, "the other one")
        .help(format!("change {what} to make it an entry of its own, or remove the row"))
}

fn bad_id(sheet: &Sheet, id: &str, span: Span, problems: &mut Diagnostics) -> String {
    let better = slug(id).unwrap_or_else(|| singular(sheet).to_owned());
    let message = format!("expected an Id of letters, digits, `.`, `_` and `-`, at most 100, found `{id}`");
    problems.push(Diagnostic::error("bad-id", span, message).instead(span, better.clone(), ""));
    better
}

/// The ends and the objects of a flow, folded.
fn ends(sheet: &Sheet, row: &Row) -> [Vec<String>; 3] {
    ["from", "to", "data"].map(|key| {
        let text = row.text(sheet.of_key(key));
        let mut all: Vec<String> = text.split([';', '\n']).map(folded).filter(|part| !part.is_empty()).collect();
        all.sort_unstable();
        all
    })
}

fn flows(table: &Table, hidden: &Hidden, problems: &mut Diagnostics) -> Vec<Known> {
    let (sheet, rows) = (table.sheet, &table.rows);
    let id_at = sheet.id_column();
    let mut known = vec![Known::default(); rows.len()];
    for (id, places) in groups(rows, id_at) {
        let place = ("flows".to_owned(), id.clone());
        let exported = hidden.entries.get(&place);
        let is_derived = match exported {
            Some(_) => !hidden.rest.contains_key(&(place.0, place.1, "id".to_owned())),
            // An id that is made of ends is the workbook's own way to know a row again.
            None => id.contains("->") && id.contains(':'),
        };
        let original = match (places.as_slice(), exported) {
            ([one], _) => *one,
            (several, Some((_, line))) => {
                let is_original = |at: &&usize| has_ends(line, &ends(sheet, &rows[**at]), hidden);
                several.iter().find(is_original).or(several.first()).copied().unwrap_or(0)
            }
            (several, None) => several[0],
        };
        for at in places {
            if at == original {
                known[at].exported = exported.is_some().then(|| id.clone());
                known[at].id = if is_derived { String::new() } else { id.clone() };
            } else if ends(sheet, &rows[at]) == ends(sheet, &rows[original]) {
                known[at].is_copy = true;
                problems.push(copied(sheet, rows[at].place(id_at), &id, rows[original].place(id_at)));
            }
        }
    }
    known
}

/// Whether a flow as exported has these ends and objects, by id or by the name that the entry had.
fn has_ends(line: &str, ends: &[Vec<String>; 3], hidden: &Hidden) -> bool {
    let Some(Node { value: Tree::Map(entries), .. }) = of_text(line, Span::default()) else { return false };
    let lists = [("from", "systems"), ("to", "systems"), ("data", "data")];
    lists.iter().zip(ends).all(|((key, list), said)| {
        let node = entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.node);
        let ids: Vec<String> = match node.map(|node| &node.value) {
            Some(Tree::Scalar(scalar)) => vec![scalar.text.to_string()],
            Some(Tree::List(items)) => items
                .iter()
                .filter_map(
                    |item| if let Tree::Scalar(scalar) = &item.value { Some(scalar.text.to_string()) } else { None },
                )
                .collect(),
            _ => Vec::new(),
        };
        let name = |id: &String| hidden.entries.get(&((*list).to_owned(), id.clone())).map(|(name, _)| folded(name));
        ids.len() == said.len()
            && ids.iter().all(|id| said.contains(&folded(id)) || name(id).is_some_and(|name| said.contains(&name)))
    })
}
