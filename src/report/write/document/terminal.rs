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

/// The document in lines of at most `width` columns, or 40 where that is less.
#[must_use]
pub fn terminal(document: &Document, width: usize) -> String {
    let width = width.max(40);
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

/// Adds a table: columns apart by two spaces, the heading in bold.
fn rows(out: &mut String, grid: &Grid, width: usize) {
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
            drawn.set_padding((0, 2));
            // A column is never narrower than its longest word, so that no word and no id is broken.
            let words = grid.rows.iter().filter_map(|cells| cells.get(at)).map(plain);
            let longest =
                words.chain([visible(&grid.columns[at].0)]).map(|text| longest_word(&text)).max().unwrap_or(1);
            drawn.set_constraint(ColumnConstraint::LowerBoundary(ComfyWidth::Fixed(longest.saturating_add(2))));
            drawn.set_cell_alignment(if *is_number { CellAlignment::Right } else { CellAlignment::Left });
        }
    }
    let heading = style(Look::Strong);
    for (at, line) in drawn.lines().enumerate() {
        let line = line.trim_end();
        if at == 0 {
            out.push_str(&format!("{}{line}{}", heading.render(), heading.render_reset()));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// How wide the longest word of `text` is.
fn longest_word(text: &str) -> u16 {
    text.split_whitespace().map(|word| u16::try_from(word.width()).unwrap_or(u16::MAX)).max().unwrap_or(0)
}

fn plain(line: &Line) -> String {
    line.pieces().iter().map(|(_, text)| visible(text)).collect()
}
