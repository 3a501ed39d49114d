//! A document as text for a terminal, with ANSI looks; who prints it takes them out where nobody sees colors.

use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width as ComfyWidth};
use unicode_width::UnicodeWidthStr;

use super::block::{Block, Grid};
use super::layout::blocks;
use super::wrap::{Row, wrapped};
use crate::report::say::{Line, Look};
use crate::report::story::{Document, Item};
use crate::source::visible;

/// The narrowest terminal that is written for.
const NARROWEST: usize = 20;

/// The document in lines of at most `width` columns, or 20 where that is less. Only a word that is longer than a line is broken.
#[must_use]
pub fn terminal(document: &Document, width: usize) -> String {
    let width = width.max(NARROWEST);
    let blocks: Vec<String> = blocks(document).iter().map(|block| self::block(block, width)).collect();
    blocks.join("\n")
}

fn block(block: &Block, width: usize) -> String {
    let mut out = String::new();
    match block {
        Block::Title(line) | Block::Heading(line) => paragraph(&mut out, &strong(line), width, "", 0),
        Block::Paragraph(line) => paragraph(&mut out, line, width, "", 0),
        Block::Items(items) => items.iter().for_each(|item| self::item(&mut out, item, width)),
        Block::Grid(grid) => rows(&mut out, grid, width),
    }
    out
}

fn strong(line: &Line) -> Line {
    let words: String = line.pieces().iter().map(|(_, text)| text.as_str()).collect();
    Line::strong(&words)
}

fn item(out: &mut String, item: &Item, width: usize) {
    paragraph(out, &item.head, width, "", 2);
    for detail in &item.details {
        paragraph(out, &bulleted(detail), width, "  ", 2);
    }
}

fn bulleted(line: &Line) -> Line {
    line.pieces().iter().fold(Line::of("- "), |bulleted, (look, text)| bulleted.and_looking(*look, text))
}

/// Adds `line` in rows, the first behind `before`, the others `indent` columns further in.
fn paragraph(out: &mut String, line: &Line, width: usize, before: &str, indent: usize) {
    for (at, row) in wrapped(line, width - before.len(), indent).iter().enumerate() {
        out.push_str(before);
        if at > 0 {
            out.push_str(&" ".repeat(indent));
        }
        styled(out, row);
        out.push('\n');
    }
}

/// Adds a row, each run of one look in its style.
fn styled(out: &mut String, row: &Row) {
    for run in row.chunk_by(|a, b| a.0 == b.0) {
        let style = style(run[0].0);
        out.push_str(&style.render().to_string());
        out.extend(run.iter().map(|(_, c)| c));
        out.push_str(&style.render_reset().to_string());
    }
}

fn style(look: Look) -> Style {
    match look {
        Look::Plain => Style::new(),
        Look::Code | Look::Quoted => AnsiColor::Cyan.on_default(),
        Look::Strong => Style::new().bold(),
        Look::Muted => Style::new().dimmed(),
        Look::High => AnsiColor::Red.on_default().bold(),
        Look::Medium => AnsiColor::Yellow.on_default().bold(),
        Look::Low => AnsiColor::Blue.on_default().bold(),
    }
}

/// Columns between two of a table.
const GAP: u16 = 2;

/// Lines that a row of a table takes on average, from which on its cells are too narrow to read.
const TALL: usize = 4;

/// Adds a table: in rows and columns where there is room for these, else as lines for each row.
fn rows(out: &mut String, grid: &Grid, width: usize) {
    let longest: Vec<u16> = (0..grid.columns.len()).map(|at| longest_word_of(grid, at)).collect();
    let least: usize = longest.iter().map(|word| usize::from(word.saturating_add(GAP))).sum();
    // Nothing stands behind the last column.
    let room = width + usize::from(GAP);
    let drawn = (least <= room).then(|| columns(grid, &longest, room));
    match drawn {
        Some(lines) if lines.len() <= TALL * (grid.rows.len() + 1) => {
            let heading = style(Look::Strong);
            for (at, line) in lines.iter().enumerate() {
                if at == 0 {
                    out.push_str(&format!("{}{line}{}", heading.render(), heading.render_reset()));
                } else {
                    out.push_str(line);
                }
                out.push('\n');
            }
        }
        _ => records(out, grid, width),
    }
}

/// What stands in a cell where there is nothing to judge.
const NOTHING: &str = "–";

/// Adds the cells of each row, one below the other behind their headings; those that are empty, or a dash, are left out.
fn records(out: &mut String, grid: &Grid, width: usize) {
    for (at, cells) in grid.rows.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let filled = grid.columns.iter().zip(cells).filter(|(_, cell)| !["", NOTHING].contains(&plain(cell).trim()));
        for (place, ((heading, _), cell)) in filled.enumerate() {
            let line = match heading.is_empty() {
                true => cell.clone(),
                false => Line::strong(&format!("{heading}:")).and(" ").and_line(cell.clone()),
            };
            paragraph(out, &line, width, if place == 0 { "" } else { "  " }, 4);
        }
    }
}

/// The lines of a table: columns apart by two spaces, none narrower than its `longest` word.
fn columns(grid: &Grid, longest: &[u16], width: usize) -> Vec<String> {
    let mut drawn = comfy_table::Table::new();
    drawn
        .load_style(comfy_table::presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(grid.columns.iter().map(|(heading, _)| visible(heading)));
    for cells in &grid.rows {
        drawn.add_row(cells.iter().map(plain));
    }
    for (at, (_, is_number)) in grid.columns.iter().enumerate() {
        if let Some(drawn) = drawn.column_mut(at) {
            drawn.set_padding((0, GAP));
            // A column is never narrower than its longest word, so that no word and no id is broken.
            let least = longest[at].saturating_add(GAP);
            drawn.set_constraint(ColumnConstraint::LowerBoundary(ComfyWidth::Fixed(least)));
            drawn.set_cell_alignment(if *is_number { CellAlignment::Right } else { CellAlignment::Left });
        }
    }
    drawn.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// How wide the longest word of a column is, its heading included.
fn longest_word_of(grid: &Grid, at: usize) -> u16 {
    let words = grid.rows.iter().filter_map(|cells| cells.get(at)).map(plain);
    words.chain([visible(&grid.columns[at].0)]).map(|text| longest_word(&text)).max().unwrap_or(1)
}

/// How wide the longest word of `text` is.
fn longest_word(text: &str) -> u16 {
    text.split_whitespace().map(|word| u16::try_from(word.width()).unwrap_or(u16::MAX)).max().unwrap_or(0)
}

fn plain(line: &Line) -> String {
    line.pieces().iter().map(|(_, text)| visible(text)).collect()
}
