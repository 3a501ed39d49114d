//! What each process depends on.

use std::collections::BTreeSet;

use super::outages::LISTS_ARE_CUT;
use super::table::and_more;
use super::{Cell, Column, Kind, Row, Table, Tone};
use crate::report::facts::cut::whole_length;
use crate::report::facts::process::{Availability, Process};
use crate::report::facts::{Names, Report};
use crate::report::say::{Amount, Bound, Line, availability_decimals, counted, grouped};

/// The table, by id; `None` where processes were not asked for.
#[must_use]
pub fn processes(report: &Report) -> Option<Table> {
    let all = report.processes.as_deref()?;
    let digits = decimals(all.iter().filter_map(|process| process.availability.as_ref()));
    let mut columns = vec![
        Column::new("process", "Process", Kind::Words).on_slides().leading_to(&["stack/processes"]),
        Column::new("runs", "Runs today", Kind::Words).on_slides(),
        Column::new("availability", "Availability", Kind::Availability(digits)).on_slides(),
        Column::new("single_points", "Single points of failure", Kind::Words).on_slides().leading_to(&["outages"]),
        Column::new("covered", "Covered by standby", Kind::Words),
        Column::new("pairs", "Pairs that stop it", Kind::Words).detail(),
        Column::new("improve", "Improve first", Kind::Words),
        Column::new("unknown", "Availability not stated", Kind::Words),
    ];
    let is_open = all.iter().any(|process| !process.possibly_unknown_availability.is_empty());
    if is_open {
        columns.push(Column::new("possible", "Not stated, and possibly matters", Kind::Words));
    }
    let table = Table::new("processes", "Processes", ["process", "processes"], columns);
    let note = "An availability is not known where no component that matters states one, and “at most” so much where some \
                state none; a column names those. A pair stops the process only if both fail together.";
    let open = "What is said to matter possibly is in larger sets of failures, which are too many to search.";
    let is_cut = all.iter().any(|process| !process.left_out.is_empty());
    let cut = Some(LISTS_ARE_CUT).filter(|_| is_cut);
    let notes = [Some(note), Some(open).filter(|_| is_open), cut].into_iter().flatten().map(Line::of);
    let notes = notes.chain(always_up(all, report.assumptions.is_some()));
    Some(Table {
        title: "What each process depends on".into(),
        empty: "The stack has no process.".into(),
        rows: all.iter().map(|process| row(&report.stack.names, process, is_open)).collect(),
        notes: if all.is_empty() { Vec::new() } else { notes.collect() },
        ..table
    })
}

/// How many flows count as always up in an availability that is shown; nothing where none does.
fn always_up(all: &[Process], has_assumptions: bool) -> Option<Line> {
    let known = || all.iter().filter(|process| process.runs && process.availability.is_some());
    let flows: BTreeSet<&String> = known().flat_map(|process| &process.always_up).collect();
    let is_cut = known().any(|process| process.left_out.contains_key("always_up"));
    let count = flows.len();
    let flows = counted(count, "flow states", "flows state");
    let (counts, them) = if count == 1 { ("counts", "it") } else { ("count", "them") };
    let least = if is_cut { "At least " } else { "" };
    let named = if has_assumptions { "an assumption names" } else { "report.json names" };
    let words = format!("{least}{flows} no availability and {counts} as always up: {named} {them}.");
    known().any(|process| !process.always_up.is_empty()).then(|| Line::of(words))
}

fn row(names: &Names, process: &Process, is_open: bool) -> Row {
    let component = |id: &str| names.component(id);
    let names_of = |key: &str, ids: &[String]| Cell::names_and_more(ids, process.left_out.get(key), component);
    let runs = match (process.runs, process.degraded) {
        (false, _) => Cell::Word("no".into(), Tone::Bad),
        (true, true) => Cell::Word("on standby".into(), Tone::Fair),
        (true, false) => Cell::Word("yes".into(), Tone::Good),
    };
    let pairs = process.cut_sets.iter().filter(|set| set.len() == 2);
    let pairs = pairs.map(|set| Cell::Text(names.components_of(set).join(" with ")));
    // Where the search was stopped, those listed are not all.
    let is_cut_short = process.cut_sets_complete_to.is_some_and(|order| order < 2);
    let more = process.left_out.get("cut_sets").map(|more| Cell::Text(format!("{} sets", and_more(*more))));
    let pairs = pairs.chain(more);
    let pairs = pairs.chain(is_cut_short.then(|| Cell::Text("not all pairs were looked for".into())));
    let mut about = vec![process.id.clone()];
    about.extend(process.single_points.iter().chain(&process.covered_points).cloned());
    about.extend(process.cut_sets.iter().flatten().cloned());
    let improve = process.importance.first();
    let mut row = Row {
        id: process.id.clone(),
        about,
        cells: vec![
            Cell::name(&process.id, names.process(&process.id)),
            runs,
            match &process.availability {
                Some(of) => with_unknown(
                    Cell::Amount(availability(of)),
                    whole_length(&process.unknown_availability, "unknown_availability", &process.left_out),
                    whole_length(
                        &process.possibly_unknown_availability,
                        "possibly_unknown_availability",
                        &process.left_out,
                    ),
                ),
                None => Cell::NotKnown,
            },
            names_of("single_points", &process.single_points),
            names_of("covered_points", &process.covered_points),
            Cell::list(pairs),
            improve.map_or(Cell::Empty, |of| Cell::name(&of.component, component(&of.component))),
            names_of("unknown_availability", &process.unknown_availability),
        ],
        ..Row::default()
    };
    if is_open {
        row.cells.push(names_of("possibly_unknown_availability", &process.possibly_unknown_availability));
    }
    row
}

/// As many decimals as the availability that needs most.
pub(super) fn decimals<'a>(all: impl Iterator<Item = &'a Availability>) -> u8 {
    let ends = all.flat_map(|of| of.low.into_iter().chain([of.high]));
    ends.map(availability_decimals).max().unwrap_or(2)
}

/// An availability with its bounds.
#[must_use]
pub fn availability(of: &Availability) -> Amount {
    match of.low {
        None => Amount { bound: Bound::AtMost, ..Amount::of(of.high) },
        Some(low) if of.exact => Amount { low, likely: low, high: of.high, bound: Bound::Value },
        Some(low) => Amount { low, likely: low, high: of.high, bound: Bound::Between },
    }
}

/// A figure that rests on components without a stated availability, with their number: `at most 99.8%, 8 not known`; and
/// with the number of those that possibly matter.
#[must_use]
pub(super) fn with_unknown(figure: Cell, unknown: usize, possible: usize) -> Cell {
    let some =
        |number: usize, words: &str| (number > 0).then(|| Cell::Text(format!("{} {words}", grouped(number as f64))));
    let beside: Vec<Cell> =
        [some(unknown, "not known"), some(possible, "possibly matter")].into_iter().flatten().collect();
    if beside.is_empty() { figure } else { Cell::List(std::iter::once(figure).chain(beside).collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::facts::process::Unavailability;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn a_process_says_what_it_depends_on() {
        let table = processes(&tiny()).unwrap();
        assert_eq!(words(&table, 0, &["process", "runs", "availability"]), ["Monday numbers", "yes", "not known"]);
        // By id, whatever kind of component it is.
        let points = &words(&table, 0, &["single_points"])[0];
        let place = |name: &str| points.find(name).unwrap_or_else(|| panic!("{name} in {points}"));
        assert!(place("HubSpot") < place("Numbers sheet") && place("Numbers sheet") < place("Slack"));
    }

    #[test]
    fn flows_that_count_as_always_up_are_counted() {
        let mut report = tiny();
        let note = |report: &Report| {
            let notes = processes(report).unwrap().notes;
            notes.iter().map(Line::text).find(|words| words.contains("always up"))
        };
        assert_eq!(note(&report), None, "no availability is told");
        let process = &mut report.processes.as_mut().unwrap()[0];
        process.availability = Some(Availability {
            exact: true,
            low: Some(0.99),
            high: 0.99,
            unavailability: Unavailability { low: 0.01, high: Some(0.01) },
            at_most: false,
        });
        let count = process.always_up.len();
        assert!(count > 1, "it needs flows");
        let words = format!("{count} flows state no availability and count as always up: an assumption names them.");
        assert_eq!(note(&report).as_ref(), Some(&words));
        report.assumptions = None;
        assert_eq!(note(&report), Some(words.replace("an assumption names", "report.json names")));
    }

    #[test]
    fn an_availability_between_bounds_says_both() {
        let of = |low: Option<f64>, high: f64| Availability {
            exact: low == Some(high),
            low,
            high,
            unavailability: Unavailability { low: 1.0 - high, high: low.map(|low| 1.0 - low) },
            at_most: low.is_none(),
        };
        let shown = |of: &Availability, unknown: usize| {
            let cell = with_unknown(Cell::Amount(availability(of)), unknown, unknown / 4);
            let line = crate::report::tables::cell(Kind::Availability(decimals([of].into_iter())), &cell);
            line.pieces().iter().map(|(_, text)| text.as_str()).collect::<String>()
        };
        assert_eq!(shown(&of(Some(0.99), 0.995), 0), "99.00% to 99.50%");
        assert_eq!(shown(&of(Some(0.998), 0.998), 0), "99.80%");
        assert_eq!(shown(&of(None, 0.9975), 8), "at most 99.75%, 8 not known, 2 possibly matter");
    }
}
