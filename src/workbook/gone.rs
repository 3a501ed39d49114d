//! What was exported and has no place any more: a sheet that was deleted, a column that was deleted or has another heading.

use super::columns::{Column, Rows, Sheet};
use super::hidden::Hidden;
use super::own::key_of;
use super::parse::of_text;
use super::table::Table;
use crate::source::words::{counted, listed_few};
use crate::source::{CellText, Diagnostic, Node, Span, Value as Tree};

/// Warnings of what an import would take for taken out.
pub(super) fn told(tables: &[Table], hidden: &Hidden, text: &mut CellText) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for table in tables {
        let list = match table.sheet.rows {
            Rows::Entries(list) => list,
            Rows::Flows => "flows",
            _ => continue,
        };
        let entries = hidden.entries.iter().filter(|((of, _), _)| of == list);
        let exported: Vec<Node<'_>> = entries.filter_map(|(_, (_, line))| of_text(line, Span::default())).collect();
        if exported.is_empty() {
            continue;
        }
        let Some(head) = table.head else {
            text.line(table.sheet.name, 1);
            told.push(no_sheet(table.sheet, exported.len(), text.cell(1, "", "")));
            continue;
        };
        for (at, column) in table.sheet.columns.iter().enumerate() {
            let count = exported.iter().filter(|entry| states(entry, &column.path)).count();
            if count > 0 && !column.is_needed && !column.is_grey() && !table.numbers.contains_key(&at) {
                told.push(no_column(table, column, count, head, &exported));
            }
        }
    }
    told
}

fn no_sheet(sheet: &Sheet, entries: usize, span: Span) -> Diagnostic {
    let message =
        format!("the sheet `{}` is gone, which was exported with {}", sheet.name, counted(entries, "row", "rows"));
    Diagnostic::warning("sheet-gone", span, message)
        .help(format!("put it back, or give it its name `{}` again; what is not in it counts as taken out", sheet.name))
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
