//! What a printed page holds: the story, and of each table that it tells the first rows.

use maud::{Markup, html};

use super::words::line;
use crate::report::say::{Line, listed};
use crate::report::story::{Chapter, Document, Medium, Part};
use crate::report::tables::Table;

/// Tables that are printed, by id, each with how many rows: what is wrong, what it costs, what to do, and what that rests
/// on. `style/print.css` has a rule for each of the numbers, which counts them whichever way a table is sorted.
const TABLES: [(&str, usize); 10] = [
    ("handoffs", 8),
    ("outages", 8),
    ("findings", 5),
    ("baseline_change", 5),
    ("plan_items", 8),
    ("before_after", 12),
    ("way", 5),
    ("ai_register", 8),
    ("questions", 5),
    ("assumptions", 5),
];

/// Views that are not printed, because the ladder and the way to the next stage say the same in words.
const SAID: [&str; 2] = ["stage", "frontier"];

/// The class of what stands on a screen only.
pub(super) const SCREEN: &str = "screen";

/// How many rows of a table are printed at most; nothing for one that is not.
pub(super) fn rows(table: &Table) -> Option<usize> {
    TABLES.iter().find(|(id, _)| *id == table.id).map(|(_, rows)| *rows)
}

/// Whether a table is printed.
pub(super) fn has_table(table: &Table) -> bool {
    rows(table).is_some()
}

pub(super) fn has_view(view: &str) -> bool {
    !SAID.contains(&view)
}

/// Whether anything of a chapter is printed.
pub(super) fn has_chapter(chapter: &Chapter) -> bool {
    chapter.parts.iter().any(|part| match part {
        Part::Table(table) => has_table(table),
        Part::Picture(view) => has_view(view) || *view == "stage",
        Part::Sentences(_) | Part::Items(_) => chapter.id != "left_out",
    })
}

/// Where the rows are that paper has no room for; nothing where it has them all.
pub(super) fn cut(table: &Table) -> Markup {
    let [_, many] = table.unit;
    html! {
        @if let Some(rows) = rows(table).filter(|rows| table.rows.len() > *rows) {
            p.paper { "On paper: the first " (rows) " " (many) "; all of them are in " (rest()) "." }
        }
    }
}

/// Which tables paper leaves out as a whole, and where they are.
pub(super) fn left_out(story: &Document) -> Markup {
    let parts = story.chapters.iter().flat_map(|chapter| &chapter.parts);
    let names = parts.filter_map(|part| match part {
        Part::Table(table) if !has_table(table) && !table.rows.is_empty() => Some(table.name.to_owned()),
        _ => None,
    });
    let names: Vec<String> = names.collect();
    html! {
        @if !names.is_empty() {
            p.paper { (line(&Line::of(format!("Not on paper, but in {}: {}; and the details of every row.", rest(), listed(&names))))) }
        }
    }
}

fn rest() -> String {
    format!("{} and report.json", Medium::Workbook.file())
}
