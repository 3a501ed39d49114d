//! What each process depends on.

use super::{Cell, Column, Kind, Row, Table, Tone};
use crate::report::facts::process::{Availability, Process};
use crate::report::facts::{Names, Report};
use crate::report::say::{Amount, Bound, Line};

/// The table, by id; `None` where processes were not asked for.
#[must_use]
pub fn processes(report: &Report) -> Option<Table> {
    let all = report.processes.as_deref()?;
    let columns = vec![
        Column::new("process", "Process", Kind::Words).on_slides(),
        Column::new("runs", "Runs today", Kind::Words).on_slides(),
        Column::new("availability", "Availability", Kind::Availability).on_slides(),
        Column::new("single_points", "Single points of failure", Kind::Words).on_slides(),
        Column::new("covered", "Covered by standby", Kind::Words),
        Column::new("pairs", "Pairs that stop it", Kind::Words).detail(),
        Column::new("improve", "Improve first", Kind::Words),
        Column::new("unknown", "Availability not stated", Kind::Words),
    ];
    let table = Table::new("processes", "Processes", ["process", "processes"], columns);
    let note = "A component without a stated availability counts as always up; the last column names those that matter. \
                A pair stops the process only if both fail together.";
    Some(Table {
        title: "What each process depends on".into(),
        empty: "The stack has no process.".into(),
        rows: all.iter().map(|process| row(&report.stack.names, process)).collect(),
        notes: if all.is_empty() { Vec::new() } else { vec![Line::of(note)] },
        ..table
    })
}

fn row(names: &Names, process: &Process) -> Row {
    let component = |id: &str| names.component(id);
    let runs = match (process.runs, process.degraded) {
        (false, _) => Cell::Word("no".into(), Tone::Bad),
        (true, true) => Cell::Word("on standby".into(), Tone::Fair),
        (true, false) => Cell::Word("yes".into(), Tone::Good),
    };
    let pairs = process.cut_sets.iter().filter(|set| set.len() == 2);
    let pairs = pairs.map(|set| Cell::Text(names.components_of(set).join(" with ")));
    let mut about = vec![process.id.clone()];
    about.extend(process.single_points.iter().chain(&process.covered_points).cloned());
    about.extend(process.cut_sets.iter().flatten().cloned());
    let improve = process.importance.first();
    Row {
        id: process.id.clone(),
        about,
        cells: vec![
            Cell::name(&process.id, names.process(&process.id)),
            runs,
            Cell::Amount(availability(&process.availability)),
            Cell::names(&process.single_points, component),
            Cell::names(&process.covered_points, component),
            Cell::list(pairs),
            improve.map_or(Cell::Empty, |of| Cell::name(&of.component, component(&of.component))),
            Cell::names(&process.unknown_availability, component),
        ],
        ..Row::default()
    }
}

/// An availability with its bounds.
#[must_use]
pub fn availability(of: &Availability) -> Amount {
    let bound = if of.exact { Bound::Value } else { Bound::Between };
    Amount { low: of.low, likely: of.low, high: of.high, bound }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn a_process_says_what_it_depends_on() {
        let table = processes(&tiny()).unwrap();
        assert_eq!(words(&table, 0, &["process", "runs", "availability"]), ["Monday numbers", "yes", "100%"]);
        assert!(words(&table, 0, &["single_points"])[0].starts_with("HubSpot, Numbers sheet, Slack"));
    }

    #[test]
    fn an_availability_between_bounds_says_both() {
        let of = Availability { exact: false, low: 0.99, high: 0.995 };
        let shown = crate::report::say::amount(Kind::Availability, availability(&of));
        assert_eq!(shown, "99% to 99.5%");
    }
}
