//! Every computed figure that moved, with what moved it.

use std::collections::BTreeMap;

use super::words::{change_in_words, figure_in_words, value_in_words};
use crate::report::facts::diff::{Diff, Figure};
use crate::report::say::grouped;
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// Rows of the table that running text shows where not all are asked for.
const SHOWN: usize = 25;

/// What a reader asks for first: paths that begin so come before all others, in this order.
const FIRST: [&str; 8] = [
    "stage.stage",
    "stage.constraint",
    "handoff_totals.cost",
    "handoff_totals.work_hours",
    "plan.net_value",
    "plan.after.outage_cost",
    "plan.before.outage_cost",
    "processes[",
];

/// The ends of a quantity, which stand in one row.
const ENDS: [&str; 3] = ["low", "likely", "high"];

/// The figures, those that matter most first, then by path; the ends of a range are one figure.
#[must_use]
pub fn moved(diff: &Diff) -> Table {
    let columns = vec![
        Column::new("figure", "Figure", Kind::Words),
        Column::new("before", "Before", Kind::Words),
        Column::new("now", "Now", Kind::Words),
        Column::new("by", "Moved by", Kind::Words),
    ];
    let mut quantities: BTreeMap<&str, Vec<&Figure>> = BTreeMap::new();
    for figure in &diff.figures {
        quantities.entry(whole(&figure.path)).or_default().push(figure);
    }
    let table = Table::new("moved", "Every figure that moved", ["figure", "figures"], columns);
    let rank = |path: &str| FIRST.iter().position(|first| path.starts_with(first)).unwrap_or(FIRST.len());
    let mut quantities: Vec<(&str, Vec<&Figure>)> = quantities.into_iter().collect();
    quantities.sort_by_key(|(path, _)| rank(path));
    let rows = quantities.iter().map(|(path, figures)| row(diff, path, figures));
    Table { rows: rows.collect(), most: Some(SHOWN), ..table }
}

/// The path of the quantity that a figure is an end of; its own where it is none.
fn whole(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((whole, end)) if ENDS.contains(&end) => whole,
        _ => path,
    }
}

fn row(diff: &Diff, path: &str, figures: &[&Figure]) -> Row {
    // The likely value is what is shown; where only an end of its range moved, that is.
    let shown = figures.iter().find(|figure| !figure.path.ends_with(".low") && !figure.path.ends_with(".high"));
    let shown = shown.or(figures.first()).copied();
    let end = match shown.map(|figure| &figure.path[path.len()..]) {
        Some(".low") => ", low end",
        Some(".high") => ", high end",
        _ => "",
    };
    let [old, new] = [shown.and_then(|figure| figure.old.as_deref()), shown.and_then(|figure| figure.new.as_deref())];
    let value = |of: Option<&str>, other, is_least: bool| {
        let least = if is_least { "at least " } else { "" };
        let words = of.map(|value| format!("{least}{}", value_in_words(diff, path, value, other)));
        Cell::text(words.unwrap_or_else(|| "none".to_owned()))
    };
    let is_least = |of: fn(&Figure) -> bool| shown.is_some_and(of);
    let mut by: Vec<&String> = figures.iter().flat_map(|figure| &figure.by).collect();
    by.sort_unstable();
    by.dedup();
    let untried = figures.iter().map(|figure| figure.untried).max().unwrap_or_default();
    let open = (untried > 0).then(|| Cell::Text(format!("{} not tried", grouped(untried as f64))));
    let by = by.into_iter().map(|id| Cell::Text(change_in_words(diff, id)));
    Row {
        id: path.to_owned(),
        cells: vec![
            Cell::Text(format!("{}{end}", figure_in_words(diff, path))),
            value(old, new, is_least(|figure| figure.old_at_least)),
            value(new, old, is_least(|figure| figure.new_at_least)),
            Cell::list(by.chain(open)),
        ],
        ..Row::default()
    }
}
