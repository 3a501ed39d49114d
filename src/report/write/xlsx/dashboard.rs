//! The sheet of charts: what each says above it, what it does not draw beneath it, all on one page.

use rust_xlsxwriter::{Format, FormatAlign, Formula, Url, Worksheet, XlsxError};

use super::cell::{fitting, words};
use super::charts::drawn;
use super::paper::on_paper;
use crate::report::tables::{Chart, Dashboard, Form};

/// The name of the sheet.
pub(super) const SHEET: &str = "Dashboard";

/// What it holds.
pub(super) const TITLE: &str = "What costs most, and what the plan changes, as charts";

/// Columns of the page, an even number, and the width of each in characters and in pixels.
const COLUMNS: u16 = 16;
const WIDTH: f64 = 9.29;
const PIXELS: u32 = 70;
/// Height of a row in points and pixels.
const LINE: f64 = 15.0;
const ROW: u32 = 20;
/// Rows that a chart takes.
const WIDE: u32 = 22;
const HALF: u32 = 18;

/// Writes the sheet.
pub(super) fn write(page: &mut Worksheet, dashboard: &Dashboard) -> Result<(), XlsxError> {
    for column in 0..COLUMNS {
        page.set_column_width(column, WIDTH)?;
    }
    page.write_string_with_format(0, 0, fitting(&dashboard.title), &Format::new().set_bold().set_font_size(14))?;
    let mut row = 1;
    for note in &dashboard.notes {
        page.write_string_with_format(row, 0, words(note), &Format::new().set_italic())?;
        row += 1;
    }
    row += 1;
    let charts: Vec<(&Chart, rust_xlsxwriter::Chart)> = dashboard.charts.iter().zip(drawn(&dashboard.charts)).collect();
    let (mut place, mut column, mut below) = (row, 0, row);
    for (at, (told, chart)) in charts.into_iter().enumerate() {
        // A column for each step takes the whole width, and so does what would stand alone.
        let is_wide = told.form == Form::Columns || (column == 0 && at + 1 == dashboard.charts.len());
        let columns = if is_wide { COLUMNS } else { COLUMNS / 2 };
        if column + columns > COLUMNS {
            (place, column) = (below, 0);
        }
        let end = write_chart(page, told, chart, (place, column), columns)?;
        below = below.max(end);
        column += columns;
        if column == COLUMNS {
            (place, column) = (below, 0);
        }
    }
    page.set_print_area(0, 0, below, COLUMNS - 1)?;
    on_paper(page, 1);
    page.set_margins(0.4, 0.4, 0.4, 0.7, 0.3, 0.3);
    page.set_screen_gridlines(false);
    Ok(())
}

/// Writes a chart with its words at a place; returns the first row beneath it.
fn write_chart(
    page: &mut Worksheet,
    told: &Chart,
    mut chart: rust_xlsxwriter::Chart,
    (row, column): (u32, u16),
    columns: u16,
) -> Result<u32, XlsxError> {
    let last = column + columns - 1;
    let format = Format::new().set_bold().set_font_size(12).set_text_wrap().set_align(FormatAlign::VerticalCenter);
    page.merge_range(row, column, row, last, "", &format)?;
    let formula = Formula::new(format!("={}", told.headline.1)).set_result(fitting(&told.headline.0));
    page.write_formula_with_format(row, column, formula, &format)?;
    page.set_row_height(row, 2.2 * LINE)?;
    let rows = if columns == COLUMNS { WIDE } else { HALF };
    chart.set_width(u32::from(columns) * PIXELS - 10).set_height(rows * ROW - 4);
    page.insert_chart_with_offset(row + 1, column, &chart, 4, 2)?;
    let small = Format::new().set_italic().set_font_size(9).set_text_wrap().set_align(FormatAlign::Top);
    let notes: Vec<String> = told.notes.iter().map(words).collect();
    let below = row + 1 + rows;
    let link = Format::new().set_hyperlink().set_font_size(9).set_align(FormatAlign::Top);
    let all = format!("To the sheet {}", told.from);
    let url = Url::new(format!("internal:'{}'!A1", told.from)).set_text(all.as_str()).set_tip(all.as_str());
    page.write_url_with_format(below, column, url, &link)?;
    if !notes.is_empty() {
        page.merge_range(below, column + 2, below, last, &fitting(&notes.join(" ")), &small)?;
        page.set_row_height(below, 2.0 * LINE)?;
    }
    Ok(below + 2)
}
