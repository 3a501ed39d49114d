//! Findings that came, went or changed.

use crate::report::facts::Finding;
use crate::report::facts::diff::Diff;
use crate::report::tables::{Cell, Column, Kind, Row, Table, severity};

/// The table: new ones, fixed ones, those that can no longer be judged, then those whose severity or acceptance changed.
#[must_use]
pub fn findings(diff: &Diff) -> Table {
    let columns = vec![
        Column::new("change", "Change", Kind::Words),
        Column::new("severity", "Severity", Kind::Words),
        Column::new("id", "Finding", Kind::Words),
        Column::new("message", "What it says", Kind::Words),
    ];
    let of = &diff.findings;
    let found = |word: &str, finding: &Finding| {
        let change = if finding.accepted { format!("{word}, accepted") } else { word.to_owned() };
        row(change, severity(finding.severity), &finding.id, &finding.message)
    };
    let mut rows: Vec<Row> = of.new.iter().map(|finding| found("new", finding)).collect();
    rows.extend(of.fixed.iter().map(|finding| found("fixed", finding)));
    rows.extend(of.void.iter().map(|finding| found("no longer judged", finding)));
    rows.extend(
        of.moved.iter().map(|moved| {
            row("severity changed".into(), Cell::text(moved.new), &moved.id, &format!("was {}", moved.old))
        }),
    );
    rows.extend(of.newly_accepted.iter().map(|id| row("accepted now".into(), Cell::Empty, id, "")));
    rows.extend(of.no_longer_accepted.iter().map(|id| row("no longer accepted".into(), Cell::Empty, id, "")));
    Table { rows, ..Table::new("findings", "Findings", ["change", "changes"], columns) }
}

fn row(change: String, severity: Cell, id: &str, message: &str) -> Row {
    Row {
        id: format!("{change}:{id}"),
        cells: vec![Cell::Text(change), severity, Cell::Code(id.to_owned()), Cell::text(message)],
        ..Row::default()
    }
}
