//! What every failure takes away.

use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::cut::whole_length;
use crate::report::facts::outage::{Kind as Of, NO_PROCESS};
use crate::report::facts::{Number, Outage, Report};
use crate::report::say::{Amount, Bound, Line, a_year, counted, per_hour};

/// What stands beside tables of which some lists are cut.
pub(super) const LISTS_ARE_CUT: &str = "So much hangs on single systems that lists are cut here and in report.json; each says how many entries \
                                        it leaves out.";

/// The table: failures that take something away, most severe first; `None` where outages were not asked for.
#[must_use]
pub fn outages(report: &Report) -> Option<Table> {
    // One that was asked about by name is told in full.
    let all = report.outages.as_deref().filter(|all| all.iter().all(|outage| outage.reasons.is_none()))?;
    let (harmless, harmful): (Vec<&Outage>, Vec<&Outage>) = all.iter().partition(|outage| outage.is_harmless());
    let mut notes = Vec::new();
    if !harmful.is_empty() {
        notes.push(Line::of(
            "A cost is not known where no process that stops states an outage cost, or the component no availability; it is \
             “at least” so much where some of them state none.",
        ));
    }
    if let Some(unused) = report.unused_arrivals.filter(|unused| *unused > 0) {
        let words = counted(unused, "object arrives where nothing uses it", "objects arrive where nothing uses them");
        let what = if unused == 1 { "it" } else { "these" };
        let words = format!(
            "{words}, as far as it is stated: what takes only {what} counts as stopping nothing. `sinew check` says where.",
        );
        notes.push(Line::told(&words));
    }
    if all.iter().any(|outage| !outage.left_out.is_empty()) {
        notes.push(Line::of(LISTS_ARE_CUT));
    }
    if !harmless.is_empty() {
        let words = counted(harmless.len(), "component can", "components can");
        notes.push(Line::of(format!("{words} fail without any effect; report.json lists all.")));
    }
    let table = Table::new("outages", "Outages", ["failure", "failures"], columns(report));
    Some(Table {
        title: "One failure at a time, most severe first".into(),
        empty: empty(report).into(),
        rows: harmful.into_iter().map(|outage| row(report, outage)).collect(),
        notes,
        most: Some(30),
        ..table
    })
}

/// What is said where no failure has an effect that is known.
fn empty(report: &Report) -> &'static str {
    match report.stack.processes {
        0 => NO_PROCESS,
        _ => "No single failure has any effect.",
    }
}

/// Where no process is stated, slides tell what loses its data: what stops, and what that costs, would be not known in every row.
fn columns(report: &Report) -> Vec<Column> {
    let currency = report.stack.currency.as_deref();
    let has_processes = report.stack.processes > 0;
    let of_processes = |column: Column| if has_processes { column.on_slides() } else { column };
    let of_data = |column: Column| if has_processes { column } else { column.on_slides() };
    vec![
        Column::new("without", "If it fails", Kind::Words).on_slides().leading_to(&[
            "stack/systems",
            "stack/flows",
            "stack/teams",
        ]),
        Column::new("kind", "Kind", Kind::Words),
        of_processes(Column::new("stops", "Processes that stop", Kind::Words)),
        of_processes(Column::new("degrades", "Processes on standby", Kind::Words)),
        of_data(Column::new("systems_down", "Other systems down", Kind::Count).detail()),
        of_data(Column::new("starved", "Systems that lose data", Kind::Count).detail()),
        of_data(Column::new("lost", "Data lost at systems", Kind::Count)),
        Column::new("hours", "Hours down a year", Kind::Hours).detail(),
        of_processes(Column::new("per_hour", per_hour("Cost", currency), Kind::Money)),
        of_processes(
            Column::new("expected", a_year("Expected cost", currency), Kind::Money)
                .computed("{hours}*{per_hour}")
                .summed(),
        ),
    ]
}

fn row(report: &Report, outage: &Outage) -> Row {
    let names = &report.stack.names;
    let process = |id: &str| names.process(id).to_owned();
    let ids = |list: &[std::sync::Arc<str>]| list.iter().map(|id| id.to_string()).collect::<Vec<_>>();
    // What is known in part is at least that.
    let bound = if outage.cost_unknown.is_empty() { Bound::Value } else { Bound::AtLeast };
    let cost = |amount: Option<Number>| match amount {
        Some(amount) => Cell::Amount(Amount { bound, ..Amount::of(amount.get()) }),
        None => Cell::NotKnown,
    };
    let length = |key: &str, listed: usize| listed + outage.left_out.get(key).copied().unwrap_or_default();
    let hours = outage.hours_down.filter(|_| !outage.processes_down.is_empty()).map(Number::get);
    let mut about = ids(&outage.components);
    about.extend(ids(&outage.processes_down));
    about.extend(ids(&outage.processes_degraded));
    Row {
        id: outage.components.join(" "),
        about,
        without: ids(&outage.components),
        cells: vec![
            Cell::names(&outage.components, |id| names.component(id)),
            Cell::text(kind(outage.kind)),
            Cell::names_and_more(&outage.processes_down, outage.left_out.get("processes_down"), process),
            Cell::names_and_more(&outage.processes_degraded, outage.left_out.get("processes_degraded"), process),
            Cell::count(length(
                "systems_down",
                outage.systems_down.iter().filter(|id| !outage.components.contains(id)).count(),
            )),
            Cell::count(whole_length(&outage.systems_starved, "systems_starved", &outage.left_out)),
            Cell::count(whole_length(&outage.facts_lost, "facts_lost", &outage.left_out)),
            hours.map_or(Cell::Empty, |hours| Cell::number(Some(hours))),
            cost(outage.cost_per_hour),
            cost(outage.expected_cost),
        ],
        ..Row::default()
    }
}

fn kind(of: Of) -> &'static str {
    match of {
        Of::System => "system",
        Of::Flow => "flow",
        Of::Team => "person",
        Of::Joint => "several",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn a_failure_says_what_stops_and_what_is_not_known() {
        let table = outages(&tiny()).unwrap();
        let at = table.rows.iter().position(|row| row.id == "hubspot").unwrap();
        let keys = ["without", "kind", "stops", "degrades", "lost", "hours", "per_hour", "expected"];
        let row = ["HubSpot", "system", "Monday numbers, Weekly newsletter", "", "6", "", "not known", "not known"];
        assert_eq!(words(&table, at, &keys), row);
        assert_eq!(table.rows[at].without, ["hubspot"]);
        assert!(table.rows.iter().any(|row| words(&table, 0, &["kind"]) != ["person"] && row.id == "dana"));
    }
}
