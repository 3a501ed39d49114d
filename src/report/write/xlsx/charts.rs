//! What charts draw, on the last sheet: a small table each, looked up from the other sheets; and the charts themselves.

use std::collections::BTreeSet;

use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType,
    ChartSolidFill, ChartType, Color, Format, FormatAlign, Worksheet, XlsxError,
};
use sinew_draw::theme::Theme;

use super::cell::fitting;
use super::grid::Grid;
use super::kept::{Kept, Ranges};
use super::paper::on_paper;
use crate::report::tables::{self, Form, Paint, Row, Series, Table};

/// The sheet with what charts draw.
pub(super) const SHEET: &str = "Chart data";

/// Its title.
pub(super) const TITLE: &str = "What the charts of the sheet Dashboard draw";

/// Narrowest and widest column in characters.
const WIDTHS: (usize, usize) = (10, 60);

/// The tables of the charts with the rows of their headings: a title above each, and a row free beneath.
fn placed(charts: &[tables::Chart]) -> impl Iterator<Item = (&Table, u32)> {
    charts.iter().scan(2, |row: &mut u32, chart| {
        let head = *row + 1;
        *row = head + chart.data.rows.len() as u32 + 2;
        Some((&chart.data, head))
    })
}

/// Writes the tables; returns the names of their columns that formulas use.
pub(super) fn write(
    page: &mut Worksheet,
    charts: &[tables::Chart],
    wanted: &BTreeSet<String>,
) -> Result<Vec<(String, String)>, XlsxError> {
    let bold = Format::new().set_bold();
    page.write_string_with_format(0, 0, TITLE, &bold.clone().set_font_size(14))?;
    let mut names = Vec::new();
    let mut widths: Vec<usize> = Vec::new();
    for (table, head) in placed(charts) {
        let grid = Grid::of(table, head);
        page.write_string_with_format(head - 1, 0, fitting(&table.title), &bold.clone().set_font_size(12))?;
        for (at, column) in grid.columns.iter().enumerate() {
            let heading = bold.clone().set_text_wrap().set_align(FormatAlign::Top);
            page.write_string_with_format(head, at as u16, &column.heading, &heading)?;
            if widths.len() <= at {
                widths.push(WIDTHS.0);
            }
            widths[at] = widths[at].max(column.heading.chars().count());
        }
        for row in 0..grid.rows().len() {
            for (at, column) in grid.columns.iter().enumerate() {
                let value = grid.value(row, column);
                widths[at] = widths[at].max(value.width()).min(WIDTHS.1);
                value.write(page, (head + 1 + row as u32, at as u16), Format::new().set_align(FormatAlign::Top))?;
            }
        }
        names.extend(grid.names(wanted));
    }
    for (at, width) in widths.iter().enumerate() {
        page.set_column_width(at as u16, *width as f64 + 2.0)?;
    }
    on_paper(page, 0);
    Ok(names)
}

/// What stands in the ranges that the charts draw.
pub(super) fn ranges(charts: &[tables::Chart]) -> Ranges {
    let mut all = Ranges::new();
    for (chart, (table, head)) in charts.iter().zip(placed(charts)) {
        let grid = Grid::of(table, head);
        for key in std::iter::once(chart.names).chain(chart.series.iter().map(|series| series.key)) {
            let Some([from, to]) = grid.cells_of(key) else { continue };
            let Some(column) = grid.columns.get(usize::from(from.1)) else { continue };
            let values = (0..grid.rows().len()).map(|row| grid.value(row, column));
            let kept = match key == chart.names {
                true => Kept::Names(values.map(|value| value.words()).collect()),
                false => Kept::Numbers(values.map(|value| value.amount()).collect()),
            };
            all.insert(range(from, to), kept);
        }
    }
    all
}

/// `'Chart data'!$B$5:$B$10`, or one cell.
fn range(from: (u32, u16), to: (u32, u16)) -> String {
    let cell = |(row, column): (u32, u16)| format!("${}${}", column_number_to_name(column), row + 1);
    match from == to {
        true => format!("'{SHEET}'!{}", cell(from)),
        false => format!("'{SHEET}'!{}:{}", cell(from), cell(to)),
    }
}

/// The charts, each of its own cells.
pub(super) fn drawn(charts: &[tables::Chart]) -> Vec<Chart> {
    let each = charts.iter().zip(placed(charts));
    each.map(|(chart, (table, head))| draw(chart, &Grid::of(table, head))).collect()
}

fn draw(told: &tables::Chart, grid: &Grid<'_>) -> Chart {
    let mut chart = match told.form {
        Form::Columns => Chart::new(ChartType::Column),
        Form::Stacked => Chart::new(ChartType::ColumnStacked),
        Form::Bars => Chart::new(ChartType::Bar),
    };
    let (shares, amounts): (Vec<&Series>, Vec<&Series>) = told.series.iter().partition(|series| series.is_share);
    for series in &amounts {
        add(&mut chart, told, grid, series);
    }
    if let Some(share) = shares.first() {
        let mut line = Chart::new(ChartType::Line);
        add(&mut line, told, grid, share);
        chart.combine(&line);
        chart.y2_axis().set_min(0).set_max(1).set_num_format("0%").set_font(&font());
    }
    chart.title().set_name(&fitting(&told.axis)).set_font(ChartFont::new().set_size(11).set_bold());
    if told.form == Form::Bars {
        // Of bars, what is named stands on the vertical axis, the first on top; their labels say the amounts.
        chart.y_axis().set_reverse().set_font(&font());
        chart.x_axis().set_min(0).set_hidden(true).set_major_gridlines(false);
    } else {
        chart.x_axis().set_font(&font());
        chart.y_axis().set_font(&font()).set_num_format("#,##0").set_min(0);
        chart.y_axis().set_major_gridlines_line(ChartLine::new().set_color(Color::RGB(GRID)));
    }
    if told.series.len() > 1 {
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font());
    } else {
        chart.legend().set_hidden();
    }
    let alt: String = fitting(&format!("{}. {}.", told.headline.0, told.axis)).chars().take(250).collect();
    chart.set_alt_text(alt);
    chart
}

/// Lines of the grid.
const GRID: u32 = 0x00D9_DEE5;

fn font() -> ChartFont {
    let mut font = ChartFont::new();
    font.set_size(9);
    font
}

/// Adds what `told` draws of one column.
fn add(chart: &mut Chart, told: &tables::Chart, grid: &Grid<'_>, one: &Series) {
    let (Some(names), Some(values)) = (grid.cells_of(told.names), grid.cells_of(one.key)) else { return };
    let range = |[from, to]: [(u32, u16); 2]| (SHEET, from.0, from.1, to.0, to.1);
    let series = chart.add_series();
    series.set_name((SHEET, grid.head(), values[0].1));
    series.set_categories(range(names)).set_values(range(values));
    let color = Color::RGB(color(one.paint));
    if one.is_share {
        // Its axis says the shares: labels would strike the columns.
        let mut marker = ChartMarker::new();
        marker.set_type(ChartMarkerType::Circle).set_size(5);
        marker.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color)));
        series.set_secondary_axis(true).set_marker(&marker);
        series.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(color).set_width(1.5)));
        return;
    }
    series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color)));
    series.set_gap(if told.form == Form::Stacked { 70 } else { 40 });
    let mut label = ChartDataLabel::new();
    label.show_value().set_font(&font());
    if told.form == Form::Stacked {
        label.set_font(font().set_color(Color::White).set_bold());
        series.set_data_label(&label);
        series.set_custom_data_labels(&low_ones_hidden(told, one));
    } else {
        series.set_data_label(&label);
    }
}

/// The least share of the highest column that has room for a label inside it.
const ROOM: f64 = 0.07;

/// The labels of a part of columns, those of parts hidden that are too low for one.
fn low_ones_hidden(told: &tables::Chart, one: &Series) -> Vec<ChartDataLabel> {
    let amount = |row: &Row, key: &str| {
        let at = told.data.columns.iter().position(|column| column.key == key);
        at.and_then(|at| row.cells.get(at)?.amount()).map_or(0.0, |amount| amount.likely)
    };
    let sum = |row: &Row| told.series.iter().map(|series| amount(row, series.key)).sum::<f64>();
    let highest = told.data.rows.iter().map(sum).fold(0.0, f64::max);
    let label = |row: &Row| {
        let mut label = ChartDataLabel::new();
        if amount(row, one.key) < ROOM * highest {
            label.set_hidden();
        } else {
            label.show_value().set_font(font().set_color(Color::White).set_bold());
        }
        label.to_custom()
    };
    told.data.rows.iter().map(label).collect()
}

/// The color of what it means, the same as in the pictures.
pub(super) fn color(paint: Paint) -> u32 {
    let theme = Theme::light();
    let [red, green, blue] = match paint {
        Paint::ByHand => theme.manual,
        Paint::Stops => theme.ring,
        Paint::Built => theme.new,
        Paint::Plain => theme.automated,
    };
    u32::from_be_bytes([0, red, green, blue])
}
