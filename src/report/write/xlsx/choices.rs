//! Lists to choose from: the words on a hidden sheet, and the cells that offer them.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, Worksheet, XlsxError};

use super::cell::fitting;
use super::formula::letters;
use super::grid::Grid;
use crate::report::tables::Choice;

/// The hidden sheet with the words of all lists, a column each.
pub(super) const SHEET: &str = "Choices";

/// Writes the words.
pub(super) fn write(page: &mut Worksheet, choices: &[Choice]) -> Result<(), XlsxError> {
    for (column, choice) in (0u16..).zip(choices) {
        for (row, word) in (0u32..).zip(&choice.words) {
            page.write_string(row, column, fitting(word))?;
        }
    }
    page.set_hidden(true);
    Ok(())
}

/// Offers the lists of a table's columns in its cells. Other words may be written as well: whoever does is asked once.
pub(super) fn offer(page: &mut Worksheet, grid: &Grid<'_>, choices: &[Choice]) -> Result<(), XlsxError> {
    for (at, choice) in (0u16..).zip(choices) {
        let Some([from, to]) = grid.cells_of(choice.column).filter(|_| choice.table == grid.table.id) else { continue };
        let column = letters(at);
        let list = format!("='{SHEET}'!${column}$1:${column}${}", choice.words.len());
        let validation = DataValidation::new()
            .allow_list_formula(Formula::new(list))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Not in the list")?
            .set_error_message("The list has no such word. Keep it?")?;
        page.add_data_validation(from.0, from.1, to.0, to.1, &validation)?;
    }
    Ok(())
}

/// Columns of amounts that a reader may correct in their row: the formulas beside them follow.
const AMOUNTS: [(&str, &str); 4] =
    [("steps", "hours"), ("steps", "rework"), ("outages", "hours"), ("outages", "per_hour")];

/// Takes no amount below zero where a reader may correct one.
pub(super) fn bound(page: &mut Worksheet, grid: &Grid<'_>) -> Result<(), XlsxError> {
    for (table, key) in AMOUNTS {
        let Some([from, to]) = grid.cells_of(key).filter(|_| table == grid.table.id) else { continue };
        let validation = DataValidation::new()
            .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
            .set_error_title("Not an amount")?
            .set_error_message("A number, zero or more.")?;
        page.add_data_validation(from.0, from.1, to.0, to.1, &validation)?;
    }
    Ok(())
}
