//! Files of a portfolio that could not be read.

use crate::report::facts::diagnosis::Problem;
use crate::report::facts::portfolio::{Portfolio, Unreadable};
use crate::report::say::counted;
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// Problems of a file that are named before the rest is counted.
const NAMED: usize = 3;

/// A row a file with what is wrong with it, in the order of the call; `None` where all could be read.
#[must_use]
pub fn unreadable(portfolio: &Portfolio) -> Option<Table> {
    let columns = vec![
        Column::new("file", "File", Kind::Words).on_slides(),
        Column::new("errors", "Errors", Kind::Count).on_slides(),
        Column::new("what", "What is wrong", Kind::Words).on_slides(),
    ];
    let table = Table::new("portfolio_unreadable", "Not read", ["file", "files"], columns);
    (!portfolio.unreadable.is_empty()).then(|| Table {
        title: "Files that could not be read, and are in no figure".into(),
        rows: portfolio.unreadable.iter().enumerate().map(row).collect(),
        ..table
    })
}

/// The first errors of a file, and how many more there are.
pub(super) fn wrong_with(file: &Unreadable) -> Cell {
    let errors: Vec<&Problem> = file.diagnostics.iter().filter(|one| one.level == "error").collect();
    let named = errors.iter().take(NAMED).map(|one| Cell::text(told(one)));
    let more = errors.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| Cell::text(format!("and {}", counted(more, "error more", "errors more"))));
    Cell::list(named.chain(more))
}

fn row((at, file): (usize, &Unreadable)) -> Row {
    let errors = file.diagnostics.iter().filter(|one| one.level == "error").count();
    Row {
        // One file may be named twice.
        id: format!("{}:{}", at + 1, file.file),
        cells: vec![Cell::Code(file.file.clone()), Cell::count(errors), wrong_with(file)],
        ..Row::default()
    }
}

/// `line 4: no team named …`.
fn told(problem: &Problem) -> String {
    match &problem.location {
        Some(location) => format!("line {}: {}", location.line, problem.message),
        None => problem.message.clone(),
    }
}
