//! What moves the net value of the plan most.

use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::assumption::subject;
use crate::report::facts::{Names, Report};
use crate::report::say::{Amount, Bound, Line, in_currency};

/// What the range of the simulations rests on.
const MADE_AGAIN: &str =
    "In each simulation the plan is made again with its figures, so that what would not pay is left out.";

/// The table, by how far each assumption moves it; `None` where the plan was not simulated.
#[must_use]
pub fn uncertainty(report: &Report) -> Option<Table> {
    let plan = report.plan.as_ref()?;
    let found = plan.uncertainty.as_ref()?;
    let currency = report.stack.currency.as_deref();
    let end = |key, which: &str| {
        if plan.is_in_hours() {
            Column::new(key, format!("Hours saved at its {which} end"), Kind::Hours).on_slides()
        } else {
            let heading = in_currency(&format!("Net value at its {which} end"), currency);
            Column::new(key, heading, Kind::Money).on_slides()
        }
    };
    let columns = vec![
        Column::new("assumption", "Assumption", Kind::Words).on_slides(),
        Column::new("range", "From low to high", Kind::Number).on_slides(),
        end("at_low", "low"),
        end("at_high", "high"),
        Column::new("key", "Key in the stack file", Kind::Words).detail(),
    ];
    let rows = found.tornado.iter().map(|swing| {
        let (low, likely, high) = (swing.range.low.get(), swing.range.likely.get(), swing.range.high.get());
        let number = |number: f64| Cell::number(Some(number));
        let range = Cell::Amount(Amount { low, likely, high, bound: Bound::Between });
        Row {
            id: swing.key.clone(),
            cells: vec![
                Cell::text(moves(&report.stack.names, &swing.key)),
                range,
                number(swing.at_low.get()),
                number(swing.at_high.get()),
                Cell::Code(swing.key.clone()),
            ],
            ..Row::default()
        }
    });
    let table = Table::new("uncertainty", "Uncertainty", ["assumption", "assumptions"], columns);
    let what = if plan.is_in_hours() { "hours saved" } else { "net value" };
    let notes = vec![Line::of(MADE_AGAIN)];
    Some(Table { title: format!("Assumptions that move the {what} most"), rows: rows.collect(), notes, ..table })
}

/// What an assumption is, as people say it: of a key of one entry with the name of that.
fn moves(names: &Names, key: &str) -> String {
    let Some((entry, of)) = key.rsplit_once(": ").filter(|(entry, _)| names.has(entry)) else { return subject(key) };
    let what = match of {
        "minutes" => "Minutes a run",
        "minutes_per_record" => "Minutes a record",
        "runs" => "Runs a year",
        "records" => "Records a run",
        "error_rate" => "Share of records that go wrong",
        "hourly_rate" => "Cost of an hour",
        "value" => "Value of automation a year",
        "outage_cost" => "Cost of an hour without it",
        "availability" => "Availability",
        other => other,
    };
    format!("{what}, {}", names.anything(entry))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{acme, words};

    #[test]
    fn what_moves_the_net_value_most_comes_first() {
        let table = uncertainty(&acme()).unwrap();
        assert_eq!(
            words(&table, 0, &["assumption", "range"]),
            ["Minutes a run, Jasper → WordPress: Content draft", "10 to 25"]
        );
        let width = |at: usize| {
            let end = |column: usize| table.rows[at].cells[column].amount().unwrap().likely;
            (end(2) - end(3)).abs()
        };
        assert!((1..table.rows.len()).all(|at| width(at) <= width(at - 1)));
    }
}
