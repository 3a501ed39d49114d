//! The plan on weeks: cells take color where a rule says that the item of their row is at work in their week.

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, Format, FormatAlign, FormatBorder, FormatPattern, Formula, Worksheet, XlsxError,
};

use super::cell::{date, fitting};
use super::charts;
use super::formula::{letters, place};
use super::grid::{Grid, Placed};
use super::links::Links;
use super::paper::on_paper;
use crate::report::tables::{Gantt, Kind, Paint, WEEK_TOLERANCE};

/// Narrowest and widest column of words, in characters, and the width of a week.
const WIDTHS: (usize, usize) = (8, 60);
const NUMBER: usize = 3;
const WEEK: f64 = 2.7;
/// Height of a line in points, and of a day that is written upwards.
const LINE: f64 = 15.0;
const DAY: f64 = 58.0;
/// What has to be found out.
const CHECKED: u32 = 0x0092_5C00;
const HEADING: u32 = 0x003E_4C62;
const GRID: u32 = 0x00E4_E8EE;

/// Writes the sheet.
pub(super) fn write(page: &mut Worksheet, gantt: &Gantt, links: &mut Links) -> Result<(), XlsxError> {
    links.begin();
    let head = 4;
    let grid = Grid::of(&gantt.items, head);
    let first = grid.columns.len() as u16;
    let last = first + gantt.weeks as u16 - 1;
    page.write_string_with_format(0, 0, fitting(&gantt.items.title), &Format::new().set_bold().set_font_size(14))?;
    let formula = Formula::new(format!("={}", gantt.headline.1)).set_result(fitting(&gantt.headline.0));
    page.write_formula_with_format(1, 0, formula, &Format::new().set_bold())?;
    let note = "Weeks follow the yellow cells of the sheet Summary: person-days of work a week, and effort. Hatched: to be \
                verified first.";
    page.write_string_with_format(2, 0, note, &Format::new().set_italic())?;
    write_heads(page, gantt, &grid, (head, first))?;
    let least = |column: &Placed<'_>| if column.kind() == Kind::Count { NUMBER } else { WIDTHS.0 };
    let mut widths: Vec<usize> = grid.columns.iter().map(least).collect();
    for row in 0..grid.rows().len() {
        for (at, column) in grid.columns.iter().enumerate() {
            let value = grid.value(row, column);
            widths[at] = widths[at].max(value.width()).min(WIDTHS.1);
            let format = Format::new().set_align(FormatAlign::VerticalCenter);
            let link = column.cell_of(&grid.rows()[row]).and_then(|(column, cell)| links.of_cell(column, cell));
            value.write_linked(page, (head + 1 + row as u32, at as u16), format, link)?;
        }
        let blank = Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(GRID));
        for week in first..=last {
            page.write_blank(head + 1 + row as u32, week, &blank)?;
        }
    }
    for (at, width) in widths.iter().enumerate() {
        page.set_column_width(at as u16, *width as f64 + 2.5)?;
    }
    for (row, at) in (head + 1..).zip(0..grid.rows().len()) {
        let lines =
            grid.columns.iter().zip(&widths).map(|(column, width)| grid.value(at, column).lines(*width as f64 + 3.0));
        page.set_row_height(row, LINE * lines.max().unwrap_or(1) as f64 + 3.0)?;
    }
    page.set_column_range_width(first, last, WEEK)?;
    color(page, gantt, &grid, (head, first, last))?;
    page.set_freeze_panes(head + 1, 2)?;
    on_paper(page, 0);
    page.set_margins(0.4, 0.4, 0.4, 0.7, 0.3, 0.3).set_repeat_rows(head - 1, head)?;
    Ok(())
}

/// The headings of the items, the numbers of the weeks, and above these the day on which each begins.
fn write_heads(
    page: &mut Worksheet,
    gantt: &Gantt,
    grid: &Grid<'_>,
    (head, first): (u32, u16),
) -> Result<(), XlsxError> {
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(HEADING))
        .set_font_color(Color::White);
    for (at, column) in grid.columns.iter().enumerate() {
        page.write_string_with_format(head, at as u16, &column.heading, &heading)?;
    }
    page.set_row_height(head, 2.0 * LINE + 2.0)?;
    let begin = gantt.day.as_deref().and_then(date);
    if begin.is_some() {
        page.set_row_height(head - 1, DAY)?;
        let label = Format::new().set_align(FormatAlign::Right).set_align(FormatAlign::Bottom).set_font_size(9);
        page.write_string_with_format(head - 1, first - 1, "Begins", &label)?;
    }
    let upwards = Format::new().set_num_format("yyyy-mm-dd").set_rotation(90).set_font_size(8);
    let number = heading.clone().set_align(FormatAlign::Center).set_font_size(8);
    for week in 0..gantt.weeks {
        let column = first + week as u16;
        page.write_number_with_format(head, column, (week + 1) as f64, &number)?;
        if let Some(begin) = &begin {
            page.write_number_with_format(head - 1, column, begin.to_excel() + 7.0 * week as f64, &upwards)?;
        }
    }
    Ok(())
}

/// A week is colored where the item has begun before it ends and finishes after it begins.
fn color(
    page: &mut Worksheet,
    gantt: &Gantt,
    grid: &Grid<'_>,
    (head, first, last): (u32, u16, u16),
) -> Result<(), XlsxError> {
    let column = |key: &str| grid.cells_of(key).map(|[from, _]| from);
    let (Some(start), Some(finish)) = (column("start"), column("finish")) else { return Ok(()) };
    let fixed = |(row, column): (u32, u16)| format!("${}{}", letters(column), row + 1);
    let week = place(head, first);
    let week = week.trim_end_matches(|c: char| c.is_ascii_digit());
    let week = format!("{week}${}", head + 1);
    let busy = format!("{}<{week}-{WEEK_TOLERANCE},{}>{week}-1+{WEEK_TOLERANCE}", fixed(start), fixed(finish));
    let (key, word) = gantt.hatched;
    if let Some(kind) = column(key) {
        let hatched = Format::new()
            .set_pattern(FormatPattern::LightUp)
            .set_foreground_color(Color::RGB(CHECKED))
            .set_background_color(Color::White);
        let rule = ConditionalFormatFormula::new()
            .set_rule(format!("=AND({busy},{}=\"{word}\")", fixed(kind)).as_str())
            .set_format(hatched)
            .set_stop_if_true(true);
        page.add_conditional_format(head + 1, first, grid.last(), last, &rule)?;
    }
    let solid = Format::new().set_background_color(Color::RGB(charts::color(Paint::Built)));
    let rule = ConditionalFormatFormula::new().set_rule(format!("=AND({busy})").as_str()).set_format(solid);
    page.add_conditional_format(head + 1, first, grid.last(), last, &rule)?;
    Ok(())
}
