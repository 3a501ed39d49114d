//! Every computed figure that moved, with what moved it.

use crate::report::facts::diff::{Diff, Figure};
use crate::report::say::grouped;
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// Rows of the table that running text shows where not all are asked for.
const SHOWN: usize = 25;

/// What a reader asks for first: paths that begin so come before all others, in this order.
const FIRST: [&str; 9] = [
    "stage.stage",
    "stage.constraint",
    "handoff_totals.cost",
    "handoff_totals.work_hours",
    "plan.net_value",
    "plan.after.outage_cost",
    "plan.before.outage_cost",
    "summary.",
    "processes[",
];

/// The figures, those that matter most first, then by path.
#[must_use]
pub fn moved(diff: &Diff) -> Table {
    let columns = vec![
        Column::new("figure", "Figure", Kind::Words),
        Column::new("before", "Before", Kind::Words),
        Column::new("now", "Now", Kind::Words),
        Column::new("by", "Moved by", Kind::Words),
    ];
    let row = |figure: &Figure| Row {
        id: figure.path.clone(),
        cells: vec![
            Cell::Code(figure.path.clone()),
            figure.old.as_ref().map_or(Cell::text("none"), Cell::text),
            figure.new.as_ref().map_or(Cell::text("none"), Cell::text),
            moved_by(figure),
        ],
        ..Row::default()
    };
    let table = Table::new("moved", "Every figure that moved", ["figure", "figures"], columns);
    let rank = |figure: &&Figure| {
        // What is likely stands for its range.
        let first = FIRST.iter().position(|first| figure.path.starts_with(first) && !figure.path.ends_with(".low"));
        first.filter(|_| !figure.path.ends_with(".high")).unwrap_or(FIRST.len())
    };
    let mut figures: Vec<&Figure> = diff.figures.iter().collect();
    figures.sort_by_key(rank);
    Table { rows: figures.into_iter().map(row).collect(), most: Some(SHOWN), ..table }
}

/// The changes that move a figure, and how many were not tried for it.
fn moved_by(figure: &Figure) -> Cell {
    let by = figure.by.iter().map(|id| Cell::Code(id.clone()));
    let open = (figure.untried > 0).then(|| Cell::Text(format!("{} not tried", grouped(figure.untried as f64))));
    Cell::list(by.chain(open))
}
