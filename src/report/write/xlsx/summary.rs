//! The first sheet: what the report comes to, the cells that a reader may change, and the totals that follow them.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, Format, FormatAlign, FormatBorder, Url, Worksheet, XlsxError,
};

use super::cell::{Value, fitting, words};
use super::formula::placed;
use crate::report::say::{bare, plain};
use crate::report::tables::{Cell, Fact, Kind, Summary};

/// Widths of the columns: label, value, note.
const WIDTHS: [f64; 3] = [46.0, 18.0, 76.0];
/// Height of a line in points.
const LINE: f64 = 15.0;
/// Ground of cells to be changed.
const CHANGEABLE: u32 = 0x00FF_F2CC;

/// Writes the sheet; returns the names of its cells and where they stand. A figure has a name where a reader may change
/// it or a formula in `wanted` names it.
pub(super) fn write(
    page: &mut Worksheet,
    summary: &Summary,
    wanted: &BTreeSet<String>,
    sheets: &[(String, String)],
) -> Result<Vec<(String, String)>, XlsxError> {
    for (column, width) in (0u16..).zip(WIDTHS) {
        page.set_column_width(column, width)?;
    }
    page.write_string_with_format(0, 0, fitting(&summary.title), &Format::new().set_bold().set_font_size(14))?;
    let mut row = 2;
    for sentence in &summary.sentences {
        write_sentence(page, row, &words(sentence), &Format::new())?;
        row += 1;
    }
    let mut named = Vec::new();
    for (heading, facts) in &summary.parts {
        row += 1;
        page.write_string_with_format(row, 0, fitting(heading), &Format::new().set_bold().set_font_size(12))?;
        row += 1;
        for fact in facts {
            write_fact(page, row, fact)?;
            if fact.is_input() || wanted.contains(fact.key.as_ref()) {
                named.push((fact.key.to_string(), format!("$B${}", row + 1)));
            }
            row += 1;
        }
    }
    row += 1;
    for note in &summary.notes {
        write_sentence(page, row, &words(note), &Format::new().set_italic())?;
        row += 1;
    }
    write_sheets(page, row + 1, sheets)?;
    page.set_print_fit_to_pages(1, 0);
    Ok(named)
}

/// The other sheets with what each holds, as links.
fn write_sheets(page: &mut Worksheet, mut row: u32, sheets: &[(String, String)]) -> Result<(), XlsxError> {
    if sheets.is_empty() {
        return Ok(());
    }
    page.write_string_with_format(row, 0, "Sheets", &Format::new().set_bold().set_font_size(12))?;
    for (name, title) in sheets {
        row += 1;
        let tip = format!("To the sheet {name}");
        let link = Url::new(format!("internal:'{}'!A1", name.replace('\'', "''"))).set_tip(tip);
        Value::Words(name.clone()).write_linked(page, (row, 0), Format::new(), Some(link))?;
        write_sentence_from(page, (row, 1), title)?;
    }
    Ok(())
}

/// A sentence in the columns from this one on.
fn write_sentence_from(page: &mut Worksheet, (row, column): (u32, u16), sentence: &str) -> Result<(), XlsxError> {
    let format = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    page.merge_range(row, column, row, 2, &fitting(sentence), &format)?;
    let lines = Value::Words(sentence.to_owned()).lines(WIDTHS[usize::from(column)..].iter().sum());
    page.set_row_height(row, LINE * lines as f64)?;
    Ok(())
}

/// A sentence over the whole width.
fn write_sentence(page: &mut Worksheet, row: u32, sentence: &str, format: &Format) -> Result<(), XlsxError> {
    let format = format.clone().set_text_wrap().set_align(FormatAlign::Top);
    page.merge_range(row, 0, row, 2, sentence, &format)?;
    let lines = Value::Words(sentence.to_owned()).lines(WIDTHS.iter().sum());
    page.set_row_height(row, LINE * lines as f64)?;
    Ok(())
}

/// A number within bounds, said where the cell is chosen and where something else is typed.
fn allowed(kind: Kind, [least, most]: [f64; 2]) -> Result<DataValidation, XlsxError> {
    let said = format!("A number from {} to {}.", plain(kind, least), plain(kind, most));
    DataValidation::new()
        .allow_decimal_number(DataValidationRule::Between(least, most))
        .ignore_blank(false)
        .set_input_title("Input")?
        .set_input_message(format!("{said} The sheets follow it."))?
        .set_error_title("Not a value for this input")?
        .set_error_message(said)
}

fn write_fact(page: &mut Worksheet, row: u32, fact: &Fact) -> Result<(), XlsxError> {
    let top = || Format::new().set_align(FormatAlign::Top);
    page.write_string_with_format(row, 0, fitting(&fact.label), &top().set_text_wrap())?;
    let format = if fact.is_input() {
        top().set_background_color(Color::RGB(CHANGEABLE)).set_border(FormatBorder::Thin)
    } else {
        top().set_bold()
    };
    let formula = match &fact.value {
        Cell::Linked(_, formula) => placed(formula, row, |_| None),
        _ => None,
    };
    let format = if fact.kind == Kind::Words { format.set_align(FormatAlign::Right) } else { format };
    Value::of(fact.kind, &fact.value).computed_by(formula).write(page, (row, 1), format)?;
    if let Some(bounds) = fact.allowed {
        page.add_data_validation(row, 1, row, 1, &allowed(fact.kind, bounds)?)?;
    }
    page.write_string_with_format(
        row,
        2,
        fitting(&bare(&fact.note)),
        &top().set_italic().set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
    )?;
    let lines = Value::Words(fact.note.clone()).lines(WIDTHS[2]).max(Value::Words(fact.label.clone()).lines(WIDTHS[0]));
    page.set_row_height(row, LINE * lines as f64)?;
    Ok(())
}
