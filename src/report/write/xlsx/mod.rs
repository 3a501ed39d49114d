//! The workbook: the report's lists as tables that can be filtered, with formulas where a reader
//! would change an assumption and see the totals move.
//!
//! A part of the report is a [`Sheet`] of typed cells; [`workbook`] writes any number of them.
//! `docs/formats/xlsx.md` says what a reader of the file finds.

mod book;
mod parts;
mod plan;
mod sheet;
mod standing;
mod summary;

pub use book::{WorkbookError, workbook};
pub use sheet::{Cell, Column, Fact, Kind, Sheet};

use crate::report::facts::Report;

/// The workbook of `report` as the bytes of an XLSX file. Same report, same bytes.
///
/// # Errors
/// Where the file cannot be put together; the tests know of no report for which that is so.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, WorkbookError> {
    let day = report.stack.as_of.as_deref().unwrap_or_default();
    workbook(&report.stack.name, day, &parts::sheets(report))
}

/// The sheets of `report`, for those who add their own: a summary with what can be changed, then one a part.
#[must_use]
pub fn sheets(report: &Report) -> Vec<Sheet> {
    parts::sheets(report)
}
