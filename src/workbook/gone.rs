//! What was exported and has no place any more: a sheet that was deleted, a column that was deleted or has another heading.

use super::columns::{Column, Rows};
use super::hidden::Hidden;
use super::own::key_of;
use super::parse::of_text;
use super::table::Table;
use crate::source::words::{counted, listed_few};
use crate::source::{CellText, Diagnostic, Node, Span, Value as Tree};

/// Warnings of what an import would take for taken out.
pub(super) fn told(tables: &[Table], has_settings: bool, hidden: &Hidden, text: &mut CellText) -> Vec<Diagnostic> {
    let of_list = |list: &str| -> Vec<Node<'static>> {
        let entries = hidden.entries.iter().filter(|((of, _), _)| of == list);
        entries.filter_map(|(_, (_, line))| of_text(line, Span::default())).collect()
    };
    let mut told = Vec::new();
    let mut no_sheet = |name: &str, rows: usize| {
        text.line(name, 1);
        let span = text.cell(1, "", "");
        let message = format!("the sheet `{name}` is gone, which was exported with {}", counted(rows, "row", "rows"));
        Diagnostic::warning("sheet-gone", span, message)
            .help(format!("put it back, or give it its name `{name}` again; what is not in it counts as taken out"))
    };
    // The name of the stack stands in every workbook.
    let settings = of_list("settings").iter().map(settings).sum();
    if settings > 1 && !has_settings {
        told.push(no_sheet("Settings", settings));
    }
    for table in tables {
        let (list, part) = match table.sheet.rows {
            Rows::Entries(list) => (list, None),
            Rows::Flows => ("flows", None),
            Rows::Parts(list, part) => (list, Some(part)),
            Rows::Listed(list) => ("settings", Some(list)),
            Rows::Settings => continue,
        };
        let exported = of_list(list);
        let rows = part.map_or(exported.len(), |part| exported.iter().map(|entry| items(entry, part)).sum());
        if rows == 0 {
            continue;
        }
        let Some(head) = table.head else {
            told.push(no_sheet(table.sheet.name, rows));
            continue;
        };
        if part.is_some() {
            continue;
        }
        for (at, column) in table.sheet.columns.iter().enumerate() {
            let count = exported.iter().filter(|entry| states(entry, &column.path)).count();
            if count > 0 && !column.is_needed && !column.is_grey() && !table.numbers.contains_key(&at) {
                told.push(no_column(table, column, count, head, &exported));
            }
        }
    }
    told
}

/// A heading of people's own that was not exported may stand for the column.
fn no_column(table: &Table, column: &Column, cells: usize, head: Span, exported: &[Node<'_>]) -> Diagnostic {
    let (sheet, heading) = (table.sheet.name, &column.heading);
    let message = format!(
        "{sheet} has no column `{heading}` any more, which was exported with {}",
        counted(cells, "filled cell", "filled cells")
    );
    let is_new = |(own, _): &&(String, Span)| {
        key_of(own).is_none_or(|key| !exported.iter().any(|entry| states(entry, &[key.as_str()])))
    };
    let new: Vec<&(String, Span)> = table.own.iter().filter(is_new).collect();
    match new.as_slice() {
        [] => Diagnostic::warning("column-gone", head, message)
            .help(format!("put the column `{heading}` back; without it its values count as taken out")),
        [(own, span)] => Diagnostic::warning("column-gone", *span, message)
            .help(format!("if `{own}` is that column, call it `{heading}` again; else its values count as taken out"))
            .instead(*span, heading, format!("if `{own}` is that column")),
        several => {
            let names: Vec<String> = several.iter().map(|(own, _)| format!("`{own}`")).collect();
            Diagnostic::warning("column-gone", head, message).help(format!(
                "if one of {} is that column, call it `{heading}` again; else its values count as taken out",
                listed_few(&names, 5)
            ))
        }
    }
}

/// Whether an entry states the key at the end of `path`.
fn states(entry: &Node<'_>, path: &[&str]) -> bool {
    let Some((first, rest)) = path.split_first() else { return false };
    let Tree::Map(entries) = &entry.value else { return false };
    entries.iter().any(|one| one.key == *first && (rest.is_empty() || states(&one.node, rest)))
}

/// How many rows of the sheet of settings an entry takes: what stands under keys of keys has a row each.
fn settings(entry: &Node<'_>) -> usize {
    let Tree::Map(entries) = &entry.value else { return 1 };
    entries.iter().filter(|one| !matches!(&*one.key, "sinew" | "accept")).map(|one| settings(&one.node)).sum()
}

/// How many items stand in the list behind a key of an entry.
fn items(entry: &Node<'_>, key: &str) -> usize {
    let Tree::Map(entries) = &entry.value else { return 0 };
    let list = entries.iter().find(|one| one.key == key).map(|one| &one.node.value);
    if let Some(Tree::List(items)) = list { items.len() } else { 0 }
}
