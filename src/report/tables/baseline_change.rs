//! What changed since the baseline.

use super::{Cell, Column, Kind, Row, Table, Tone, severity};
use crate::report::facts::{Finding, Report};

/// The table: new findings, then fixed, more severe and accepted ones; `None` where no baseline was given.
#[must_use]
pub fn baseline_change(report: &Report) -> Option<Table> {
    let change = report.baseline.as_ref()?;
    let columns = vec![
        Column::new("change", "Change", Kind::Words).on_slides(),
        Column::new("severity", "Severity", Kind::Words).on_slides(),
        Column::new("id", "Finding", Kind::Words).on_slides(),
        Column::new("message", "What it says", Kind::Words).on_slides(),
    ];
    let find = |id: &String| report.findings.iter().flatten().find(|finding| finding.id == *id);
    let row = |word: &str, tone: Tone, severity: Cell, id: &str, message: &str| Row {
        id: format!("{word}:{id}"),
        cells: vec![Cell::Word(word.to_owned(), tone), severity, Cell::Code(id.to_owned()), Cell::text(message)],
        ..Row::default()
    };
    let now = |ids: &[String], word: &'static str, tone: Tone| -> Vec<Row> {
        let one = |finding: &Finding| row(word, tone, severity(finding.severity), &finding.id, &finding.message);
        ids.iter().filter_map(find).map(one).collect()
    };
    let mut rows = now(&change.new, "new", Tone::Bad);
    rows.extend(
        change
            .fixed
            .iter()
            .map(|earlier| row("fixed", Tone::Good, Cell::text(&earlier.severity), &earlier.id, &earlier.message)),
    );
    rows.extend(now(&change.graver, "more severe", Tone::Bad));
    rows.extend(now(&change.accepted, "accepted", Tone::Plain));
    let table = Table::new("baseline_change", "Since the baseline", ["change", "changes"], columns);
    Some(Table {
        title: "Findings that changed since the baseline".into(),
        empty: "No finding changed.".into(),
        rows,
        ..table
    })
}
