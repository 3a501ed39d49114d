//! A document laid out as blocks: which columns and rows of a table running text shows, and what it says of the rest.

use super::block::{Block, Grid};
use crate::report::say::{Line, Look, counted};
use crate::report::story::{Chapter, Document, Item, Part};
use crate::report::tables::{Cell, Column, Rank, Row, Shape, Table, cell};

/// From so many sentences on, they stand as a list.
const LIST: usize = 3;

/// The blocks of `document`.
pub(super) fn blocks(document: &Document) -> Vec<Block> {
    let mut blocks: Vec<Block> = document.title.iter().cloned().map(Block::Title).collect();
    blocks.extend(document.lead.iter().cloned().map(Block::Paragraph));
    for Chapter { heading, parts, .. } in &document.chapters {
        let shown: Vec<Block> = parts.iter().flat_map(|part| self::part(heading, part, document.rest)).collect();
        if shown.is_empty() {
            continue;
        }
        if !heading.is_empty() {
            blocks.push(Block::Heading(Line::of(heading)));
        }
        blocks.extend(shown);
    }
    blocks
}

fn part(heading: &str, part: &Part, rest: &str) -> Vec<Block> {
    match part {
        Part::Sentences(lines) if lines.len() >= LIST => {
            vec![Block::Items(lines.iter().cloned().map(Item::of).collect())]
        }
        Part::Sentences(lines) => lines.iter().cloned().map(Block::Paragraph).collect(),
        Part::Items(items) => vec![Block::Items(items.clone())],
        Part::Table(table) => self::table(heading, table, rest),
        // A terminal draws no pictures, and those of a report stand in the folder `diagrams`.
        Part::Picture(_) => Vec::new(),
    }
}

fn table(heading: &str, table: &Table, rest: &str) -> Vec<Block> {
    if table.rows.is_empty() {
        let empty = Some(&table.empty).filter(|words| !words.is_empty());
        return empty.into_iter().map(|words| Block::Paragraph(Line::of(words))).collect();
    }
    let mut blocks = Vec::new();
    if !table.title.starts_with(heading) && table.title != table.name {
        blocks.push(Block::Paragraph(Line::strong(&format!("{}:", table.title))));
    }
    let shown = &table.rows[..table.rows.len().min(table.most.unwrap_or(usize::MAX))];
    blocks.push(match table.shape {
        Shape::Grid => Block::Grid(grid(table, shown)),
        Shape::Entries(head) => Block::Items(shown.iter().map(|row| entry(table, head, row)).collect()),
    });
    let more = table.rows.len() - shown.len();
    if more > 0 {
        let [one, many] = table.unit;
        let words = format!("And {} more; {rest}.", counted(more, one, many));
        blocks.push(Block::Paragraph(Line::of(words)));
    }
    blocks.extend(table.notes.iter().cloned().map(Block::Paragraph));
    blocks
}

/// The columns that have a place on a page and something in them.
fn shown_columns<'t>(table: &'t Table, rows: &[Row]) -> Vec<(usize, &'t Column)> {
    let is_used = |at: usize| rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| *cell != Cell::Empty));
    table.columns_to(Rank::Page).filter(|(at, _)| is_used(*at)).collect()
}

fn grid(table: &Table, rows: &[Row]) -> Grid {
    let columns = shown_columns(table, rows);
    let line = |row: &Row| columns.iter().map(|(at, column)| cell(column.kind, &row.cells[*at])).collect();
    Grid {
        columns: columns.iter().map(|(_, column)| (column.heading.clone(), column.kind.is_number())).collect(),
        rows: rows.iter().chain(&table.foot).map(line).collect(),
    }
}

/// A row as an entry of a list: the first `head` columns, and below them the others with their headings, sentences in
/// lines of their own.
fn entry(table: &Table, head: usize, row: &Row) -> Item {
    let mut first = Line::default();
    for (at, column) in table.columns.iter().enumerate().take(head) {
        let between = match at {
            0 => "",
            _ if at + 1 == head && head > 2 => ": ",
            _ => " ",
        };
        first = first.and(between).and_line(cell(column.kind, &row.cells[at]));
    }
    let rest = || table.columns.iter().zip(&row.cells).skip(head);
    let in_short = rest().filter(|(column, cell)| column.rank <= Rank::Page && !is_sentences(cell));
    let account: Vec<String> = in_short.filter_map(|(column, cell)| said(column, cell)).collect();
    let mut details = Vec::new();
    if !account.is_empty() {
        details.push(Line::looking(Look::Muted, account.join("; ")));
    }
    for (column, sentences) in rest().filter(|(_, cell)| is_sentences(cell)) {
        if let Cell::List(sentences) = sentences {
            let line = |one: &Cell| {
                Line::looking(Look::Muted, format!("{}: ", column.heading)).and_line(cell(column.kind, one))
            };
            details.extend(sentences.iter().map(line));
        }
    }
    Item { head: first, details }
}

fn is_sentences(cell: &Cell) -> bool {
    matches!(cell, Cell::List(cells) if matches!(cells.first(), Some(Cell::Text(_))))
}

/// `Owner: Marketing operations`; nothing for an empty cell.
fn said(column: &Column, shown: &Cell) -> Option<String> {
    let words = || cell(column.kind, shown).text();
    match shown {
        Cell::Empty => None,
        Cell::Yes => Some(column.heading.clone()),
        _ => Some(format!("{}: {}", column.heading, words())),
    }
}
