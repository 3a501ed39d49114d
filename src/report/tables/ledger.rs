//! The automation ledger: how each flow and AI output works, and who watches it.

use std::sync::Arc;

use super::outages::LISTS_ARE_CUT;
use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::Report;
use crate::report::facts::ledger::{Answer, Row as Entry};
use crate::report::say::Line;

/// What a dash means, and an empty cell.
const NOTE: &str = "A dash: there is nothing to judge, such as hours of a review that does not exist. An empty cell: known, and \
                    nothing.";

/// The table: flows by id, then AI outputs; `None` where the ledger was not asked for.
#[must_use]
pub fn ledger(report: &Report) -> Option<Table> {
    let all = report.ledger.as_deref()?;
    let columns = vec![
        Column::new("what", "Flow or AI output", Kind::Words).on_slides().leading_to(&["steps", "stack/flows"]),
        Column::new("mode", "Mode", Kind::Words).on_slides(),
        Column::new("standby", "Standby", Kind::Words),
        Column::new("stops", "Stops if it fails", Kind::Words).on_slides(),
        Column::new("degrades", "On standby if it fails", Kind::Words),
        Column::new("watched_by", "Watched by", Kind::Words),
        Column::new("owner", "Owner", Kind::Words).on_slides(),
        Column::new("review_hours", "Review hours a year", Kind::Hours),
    ];
    let mut notes = if all.is_empty() { Vec::new() } else { vec![Line::of(NOTE)] };
    if all.iter().any(|entry| !entry.left_out.is_empty()) {
        notes.push(Line::of(LISTS_ARE_CUT));
    }
    let table = Table::new("ledger", "Automation ledger", ["flow or output", "flows and outputs"], columns);
    Some(Table {
        title: "What is automated, reviewed and manual".into(),
        empty: "The stack has no flow and no AI output.".into(),
        rows: all.iter().map(|entry| row(report, entry)).collect(),
        notes,
        ..table
    })
}

fn row(report: &Report, entry: &Entry) -> Row {
    let names = &report.stack.names;
    let process = |id: &str| names.process(id).to_owned();
    let (id, what, mut about) = match (&entry.flow, &entry.output) {
        (_, Some(output)) => {
            let id = format!("{}:{}", output.at, output.data);
            let name = format!("{} of {}", names.data(&output.data), names.system(&output.at));
            (id, name, vec![output.at.to_string(), output.data.to_string()])
        }
        (flow, None) => {
            let id = flow.clone().unwrap_or_default();
            let ends = names.flows.get(&id).map(|flow| [flow.from.clone(), flow.to.clone()]);
            let about = [id.clone()].into_iter().chain(ends.into_iter().flatten()).collect();
            (id.clone(), names.component(&id), about)
        }
    };
    about.extend(entry.owner.clone());
    let states = &entry.states;
    let mode = entry.mode.map_or(Cell::Empty, |mode| Cell::text(mode.as_str()));
    let owner = entry.owner.as_deref().map_or(Cell::Empty, |id| Cell::name(id, names.team(id)));
    let stops =
        |key, ids: &[Arc<str>]| judged(states.failure, Cell::names_and_more(ids, entry.left_out.get(key), process));
    Row {
        about,
        cells: vec![
            Cell::name(&id, what),
            judged(states.mode, mode),
            Cell::yes(entry.standby),
            stops("failure", &entry.failure),
            stops("degraded", &entry.degraded),
            judged(states.watched_by, watcher(report, entry.watched_by.as_deref())),
            judged(states.owner, owner),
            judged(states.review_hours, Cell::range(entry.review_hours)),
        ],
        id,
        ..Row::default()
    }
}

fn watcher(report: &Report, watched_by: Option<&str>) -> Cell {
    match watched_by {
        None => Cell::Empty,
        Some("nobody") => Cell::Missing("nobody"),
        Some(by) if report.stack.names.teams.contains_key(by) => Cell::name(by, report.stack.names.team(by)),
        Some(by) => Cell::text(words(report, by)),
    }
}

/// The cell of an answer: its words where it is known, else which kind of nothing there is.
fn judged(state: Answer, known: Cell) -> Cell {
    match state {
        Answer::Known => known,
        Answer::NotKnown => Cell::NotKnown,
        Answer::NothingToJudge => Cell::NothingToJudge,
    }
}

/// `review by marketing-ops` with the name in place of the id.
fn words(report: &Report, words: &str) -> String {
    let names = &report.stack.names;
    if let Some(team) = words.strip_prefix("review by ") {
        return format!("review by {}", names.team(team));
    }
    match words.strip_prefix("drift monitor at ") {
        Some(system) => format!("drift monitor at {}", names.system(system)),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{acme, words};

    #[test]
    fn flows_and_outputs_say_how_they_work_and_who_watches() {
        let table = ledger(&acme()).unwrap();
        let keys = ["what", "mode", "stops", "watched_by", "owner"];
        let at = table.rows.iter().position(|row| row.id == "draft-to-cms").unwrap();
        let flow = ["Jasper → WordPress: Content draft", "manual", "Campaign launch", "review by Content", "Content"];
        assert_eq!(words(&table, at, &keys), flow);
        let output = table.rows.iter().position(|row| row.id == "jasper:content-draft").unwrap();
        assert_eq!(words(&table, output, &["what", "mode"]), ["Content draft of Jasper", "manual"]);
    }
}
