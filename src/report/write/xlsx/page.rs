//! A table on a sheet of its own: title, notes, totals, and a native table with frozen headings.

use rust_xlsxwriter::{Color, Format, FormatAlign, Table, TableColumn, TableStyle, Url, Worksheet, XlsxError};

use super::cell::{Value, fitting, words};
use super::grid::{Grid, Placed};
use super::links::Links;
use super::paper::on_paper;
use crate::report::tables::{self, Row};

/// Narrowest and widest column, in characters; a column for those who look closely may hold long texts.
const WIDTHS: (usize, usize) = (8, 48);
const WIDEST_DETAIL: usize = 80;
/// Characters that the width of a printed page holds: with these margins, in inches, letters of seven points.
const PRINTED: f64 = 225.0;
const MARGIN: f64 = 0.4;
/// Height of a line in points, and how many a row may have: what is for those who look closely makes no row tall.
const LINE: f64 = 15.0;
const MOST_LINES: usize = 6;
const MOST_LINES_OF_DETAIL: usize = 2;
const HEADING: u32 = 0x003E_4C62;

/// Writes the table as the sheet with this number; returns its grid.
pub(super) fn write<'t>(
    page: &mut Worksheet,
    table: &'t tables::Table,
    number: usize,
    links: &mut Links,
) -> Result<Grid<'t>, XlsxError> {
    page.write_string_with_format(0, 0, fitting(&table.title), &Format::new().set_bold().set_font_size(14))?;
    let mut row = 1;
    for note in &table.notes {
        page.write_string_with_format(row, 0, words(note), &Format::new().set_italic())?;
        row += 1;
    }
    row += 1;
    let head = head_of(table);
    let grid = Grid::of(table, head);
    if grid.rows().is_empty() {
        // Where sentences say it, the sheet has to say it too.
        let none = if table.empty.is_empty() { format!("No {}.", table.unit[1]) } else { fitting(&table.empty) };
        page.write_string(row, 0, none)?;
        // The title is wider than any column.
        on_paper(page, 0);
        return Ok(grid);
    }
    for (column, value) in grid.totals().iter().flatten().enumerate() {
        let (at, bold) = ((row, column as u16), Format::new().set_bold().set_align(FormatAlign::Top));
        match value {
            // Beside it is room.
            Value::Words(label) => {
                page.write_string_with_format(at.0, at.1, label, &bold)?;
            }
            value => value.write(page, at, bold)?,
        }
    }
    let widths = write_rows(page, &grid, head, links)?;
    write_table(page, &grid, head, number)?;
    set_for_paper(page, &grid, head, &widths)?;
    Ok(grid)
}

/// The row in which the headings of a table stand: beneath its title, its notes, a free row, and its totals if it has any.
pub(super) fn head_of(table: &tables::Table) -> u32 {
    let row = table.notes.len() as u32 + 2;
    if Grid::of(table, row).totals().is_some() { row + 1 } else { row }
}

/// Writes the entries, and sets widths of columns and heights of rows; returns the widths.
fn write_rows(page: &mut Worksheet, grid: &Grid<'_>, head: u32, links: &mut Links) -> Result<Vec<f64>, XlsxError> {
    links.begin();
    let values: Vec<Vec<Value>> =
        (0..grid.rows().len()).map(|at| grid.columns.iter().map(|column| grid.value(at, column)).collect()).collect();
    let mut widths: Vec<f64> = grid.columns.iter().enumerate().map(|(at, column)| width(column, &values, at)).collect();
    // Totals are bold numbers, which no program breaks.
    for (width, total) in widths.iter_mut().zip(grid.totals().unwrap_or_default()) {
        if total.amount().is_some() {
            *width = width.max(total.width() as f64 * 1.1 + 1.5);
        }
    }
    widen(&mut widths[..printed(grid)], grid.named(), &values);
    for (column, width) in widths.iter().enumerate() {
        page.set_column_width(column as u16, *width)?;
    }
    for ((row, values), entry) in (head + 1..).zip(&values).zip(grid.rows()) {
        let mut tallest = 1;
        let mut linked = linked(links, grid, entry, (values.as_slice(), widths.as_slice()));
        for ((at, value), width) in (0u16..).zip(values).zip(&widths) {
            let link = linked.get_mut(at as usize).and_then(Option::take);
            value.write_linked(page, (row, at), Format::new().set_align(FormatAlign::Top), link)?;
            let most = if grid.columns[at as usize].is_detail() { MOST_LINES_OF_DETAIL } else { MOST_LINES };
            tallest = tallest.max(value.lines(*width).min(most));
        }
        // Not every program sets the height of rows itself.
        page.set_row_height(row, LINE * tallest as f64)?;
    }
    Ok(widths)
}

/// The links of a row. Words of several lines get none, as LibreOffice shows one line of a linked text: the first cell of the
/// row has the first of these links in their place.
fn linked(links: &mut Links, grid: &Grid<'_>, row: &Row, (values, widths): (&[Value], &[f64])) -> Vec<Option<Url>> {
    let of_cell = |column: &Placed<'_>| column.cell_of(row).and_then(|(column, cell)| links.of_cell(column, cell));
    let mut linked: Vec<Option<Url>> = grid.columns.iter().map(of_cell).collect();
    // The heights of rows allow for wide letters; most words are narrower than that.
    let is_long = |at: usize| values[at].lines(widths[at] + 3.0) > 1;
    let moved: Vec<Url> = (0..linked.len()).filter(|at| is_long(*at)).filter_map(|at| linked[at].take()).collect();
    if let Some(first) = linked.first_mut().filter(|first| first.is_none()) {
        *first = moved.into_iter().next();
    }
    linked
}

/// Width of a column in characters: of its longest cell, within bounds.
fn width(column: &Placed<'_>, values: &[Vec<Value>], at: usize) -> f64 {
    let longest = values.iter().take(1_000).map(|row| row[at].width()).max().unwrap_or(0);
    // The heading stands on two lines and shares its cell with the button of the filter.
    let word = column.heading.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
    let heading = word.max(column.heading.chars().count().div_ceil(2)) + 4;
    let widest = if column.is_detail() { WIDEST_DETAIL } else { WIDTHS.1 };
    longest.max(heading).clamp(WIDTHS.0, widest) as f64 + 1.5
}

/// The native table over what is written.
fn write_table(page: &mut Worksheet, grid: &Grid<'_>, head: u32, number: usize) -> Result<(), XlsxError> {
    // Table styles are Excel's alone; other programs show this.
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(HEADING))
        .set_font_color(Color::RGB(0x00FF_FFFF));
    page.set_row_height(head, 2.0 * LINE + 2.0)?;
    let described = |column: &Placed<'_>| TableColumn::new().set_header(&column.heading).set_header_format(&heading);
    let described: Vec<TableColumn> = grid.columns.iter().map(described).collect();
    let table = Table::new()
        .set_name(format!("T{number}_{}", grid.table.id.replace('-', "_")))
        .set_columns(&described)
        .set_style(TableStyle::Light9)
        .set_alt_text(fitting(&grid.table.title).chars().take(250).collect::<String>());
    page.add_table(head, 0, grid.last(), described.len() as u16 - 1, &table)?;
    let named = grid.named();
    page.set_freeze_panes(head + 1, named as u16 + 1)?;
    page.set_repeat_columns(0, named as u16)?;
    Ok(())
}

/// How many columns are printed: up to the last that is not only for those who look closely.
fn printed(grid: &Grid<'_>) -> usize {
    let last = grid.columns.iter().rposition(|column| !column.is_detail());
    last.map_or(grid.columns.len(), |last| last + 1)
}

/// Pages beside each other that these columns take, where the last begins, and the room that is left on it. A column
/// stands on one page only, and those up to `named` stand on each.
fn pages(widths: &[f64], named: usize) -> (u16, usize, f64) {
    let kept: f64 = widths.iter().take(named + 1).sum();
    let (mut pages, mut begins, mut used) = (1, 0, 0.0);
    for (at, width) in widths.iter().enumerate() {
        if used + width > PRINTED && at > named && at > begins {
            (pages, begins, used) = (pages + 1, at, kept);
        }
        used += width;
    }
    (pages, begins, PRINTED - used)
}

/// Gives the room that is left on the last of the pages to those of its columns whose texts are longest, so that rows are
/// low.
fn widen(widths: &mut [f64], named: usize, values: &[Vec<Value>]) {
    let (_, begins, left) = pages(widths, named);
    let mut room = left - 1.0;
    while room > 1.0 {
        let lines = |(at, width): (usize, &f64)| {
            let lines = values.iter().take(1_000).map(|row| row[at].lines(*width)).max().unwrap_or(1);
            (lines, std::cmp::Reverse(at))
        };
        let columns = widths.iter().enumerate().skip(begins);
        let Some((lines, std::cmp::Reverse(at))) = columns.map(lines).max() else { return };
        if lines < 2 {
            return;
        }
        let more = room.min(4.0);
        widths[at] += more;
        room -= more;
    }
}

/// The main columns are printed, over as few pages as can be read; headings and first columns are on each, and where the
/// sheet has more columns the footer says so.
fn set_for_paper(page: &mut Worksheet, grid: &Grid<'_>, head: u32, widths: &[f64]) -> Result<(), XlsxError> {
    let printed = printed(grid);
    page.set_print_fit_to_pages(pages(&widths[..printed], grid.named()).0, 0);
    page.set_margins(MARGIN, MARGIN, MARGIN, 0.7, 0.3, 0.3);
    let more = if printed < widths.len() { "&CThe sheet has more columns" } else { "" };
    page.set_landscape().set_paper_size(9).set_footer(format!("&L&A{more}&RPage &P of &N"));
    if printed < widths.len() {
        page.set_print_area(0, 0, grid.last(), printed as u16 - 1)?;
    }
    page.set_repeat_rows(head, head)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{PRINTED, pages};

    #[test]
    fn a_column_stands_on_one_page_and_the_first_on_each() {
        assert_eq!(pages(&[50.0, 100.0], 0), (1, 0, PRINTED - 150.0));
        // 50 + 100 + 60 fit; the next page has the first column again.
        assert_eq!(pages(&[50.0, 100.0, 60.0, 100.0], 0), (2, 3, PRINTED - 150.0));
        assert_eq!(pages(&[50.0, 100.0, 60.0, 100.0, 80.0], 0), (3, 4, PRINTED - 130.0));
        // What is wider than a page has one of its own and is made smaller with the rest.
        assert_eq!(pages(&[10.0, 300.0], 0).0, 2);
        assert_eq!(pages(&[], 0), (1, 0, PRINTED));
    }
}
