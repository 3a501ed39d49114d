//! Handoffs: what people carry from system to system, and what it costs.

use super::steps::StepNumbers;
use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::handoff::Rework;
use crate::report::facts::{Handoff, HandoffTotals, Range, Report};
use crate::report::say::{Amount, Bound, Figure, Line, a_year, counted};

/// The table; `None` where handoffs were not asked for.
#[must_use]
pub fn handoffs(report: &Report) -> Option<Table> {
    let all = report.handoffs.as_deref()?;
    let steps = StepNumbers::of(report);
    let table = Table::new("handoffs", "Handoffs", ["handoff", "handoffs"], columns(report));
    Some(Table {
        title: "Manual handoffs, most expensive first".into(),
        empty: "The stack file names no work by hand.".into(),
        rows: all.iter().enumerate().map(|(at, one)| row(report, &steps, at, one)).collect(),
        foot: report.handoff_totals.as_ref().filter(|_| !all.is_empty()).map(foot),
        notes: report.handoff_totals.as_ref().map(notes).unwrap_or_default(),
        ..table
    })
}

fn columns(report: &Report) -> Vec<Column> {
    let currency = report.stack.currency.as_deref();
    vec![
        Column::new("rank", "#", Kind::Count).on_slides(),
        Column::new("data", "Data", Kind::Words).on_slides(),
        Column::new("from", "From", Kind::Words).on_slides().leading_to(&["stack/systems"]),
        Column::new("to", "To", Kind::Words).on_slides().leading_to(&["stack/systems"]),
        Column::new("through", "Via", Kind::Words).detail(),
        Column::new("ai", "AI output", Kind::Words).on_slides(),
        Column::new("by", "Carried by", Kind::Words).on_slides(),
        Column::new("hours", "Work, hours a year", Kind::Hours).on_slides(),
        Column::new("rework", "Rework, hours a year", Kind::Hours).on_slides(),
        Column::new("cost", a_year("Cost", currency), Kind::Money).on_slides(),
        Column::new("steps", "Steps", Kind::Words).detail().leading_to(&["steps"]),
    ]
}

fn row(report: &Report, steps: &StepNumbers<'_>, at: usize, one: &Handoff) -> Row {
    let names = &report.stack.names;
    let system = |id: &str| Cell::name(id, names.system(id));
    let relays = one.steps.iter().skip(1).filter_map(|step| names.flows.get(step)).map(|flow| system(&flow.from));
    let by = match one.performers.is_empty() {
        true => Cell::Missing("not stated"),
        false => Cell::names(&one.performers, |id| names.team(id).to_owned()),
    };
    // A workbook adds up what the steps take, so that both follow its inputs.
    let formulas = ["hours", "rework", "cost"].map(|key| steps.sum_of(&one.steps, key).map(|formula| (key, formula)));
    let stated = report.handoff_totals.as_ref().map_or(Rework::Stated, |totals| totals.rework_of(&one.steps));
    let mut formulas: Vec<(&str, String)> = formulas.into_iter().flatten().collect();
    if stated == Rework::NotStated {
        // Once somebody writes the rework of a step, it shows.
        let of = formulas.iter_mut().filter(|(key, _)| *key == "rework");
        of.for_each(|(_, sum)| *sum = format!("IF({sum}=0,\"{NOT_STATED}\",{sum})"));
    }
    let about = [&one.from, &one.to].into_iter().chain(&one.data).chain(&one.steps).chain(&one.performers);
    Row {
        id: one.id.clone(),
        about: about.cloned().collect(),
        cells: vec![
            Cell::count(at + 1),
            Cell::names(&one.data, |id| names.data(id).to_owned()),
            system(&one.from),
            system(&one.to),
            Cell::list(relays),
            Cell::yes(one.ai_output),
            by,
            Cell::range(one.hours),
            rework(one.error_hours, stated),
            Cell::range(one.cost),
            Cell::names(&one.steps, |id| names.component(id)),
        ],
        formulas,
        ..Row::default()
    }
}

/// What stands in place of a rework that nobody stated.
const NOT_STATED: &str = "not stated";

/// A rework, at least so much where some flow states no error rate.
fn rework(hours: Option<Range>, stated: Rework) -> Cell {
    match (hours, stated) {
        (Some(_), Rework::NotStated) => Cell::Missing(NOT_STATED),
        (Some(hours), Rework::InPart) if hours.high.get() > 0.0 => {
            Cell::Amount(Amount { bound: Bound::AtLeast, ..hours.into() })
        }
        (hours, _) => Cell::range(hours),
    }
}

/// The one total: it counts each step once, however many handoffs share it.
fn foot(totals: &HandoffTotals) -> Row {
    let mut cells = vec![Cell::Empty, Cell::text("Total, each step once")];
    cells.resize(7, Cell::Empty);
    let (unknown, cost_unknown) = (totals.unknown.len(), totals.cost_unknown.len());
    let stated = totals.rework_of(totals.steps.iter().map(|step| &step.flow));
    let sums = [
        ("hours", totals.hours, unknown),
        ("rework", totals.error_hours, unknown + usize::from(stated == Rework::InPart)),
        ("cost", totals.cost, cost_unknown),
    ];
    cells.extend(sums.map(|(key, range, unknown)| match range {
        Some(_) if key == "rework" && stated == Rework::NotStated => Cell::Missing(NOT_STATED),
        // At least nothing says nothing.
        Some(range) if unknown > 0 && range.high.get() <= 0.0 => Cell::NotKnown,
        Some(range) => {
            let bound = if unknown > 0 { Bound::AtLeast } else { Bound::Value };
            Cell::Linked(Amount { bound, ..range.into() }, format!("SUM(steps_{key})"))
        }
        None => Cell::NotKnown,
    }));
    cells.push(Cell::Empty);
    Row { cells, ..Row::default() }
}

fn notes(totals: &HandoffTotals) -> Vec<Line> {
    let mut notes = without_figures(totals);
    let unstated = totals.error_rate_unknown.len();
    if unstated > 0 {
        let [state, their] = if unstated == 1 { ["states", "its"] } else { ["state", "their"] };
        let words = format!("{} {state} no ", counted(unstated, "manual flow", "manual flows"));
        notes.push(Line::of(words).and_code("error_rate").and(format!(": {their} rework counts as 0.")));
    }
    notes.extend(reviews(totals));
    notes
}

/// What reviews take, which no total of handoffs holds; nothing where there are none.
fn reviews(totals: &HandoffTotals) -> Option<Line> {
    let unknown = totals.review_unknown.len();
    let hours = totals.review_hours.map(|hours| hours.likely.get()).filter(|hours| *hours > 0.0);
    let without = match unknown {
        0 => String::new(),
        1 => "1 review has no figures".to_owned(),
        n => format!("{n} reviews have no figures"),
    };
    match hours {
        None if unknown == 0 => None,
        None => Some(Line::of(format!("Hours of review are not known: {without}."))),
        Some(hours) => {
            let more = if unknown == 0 { String::new() } else { format!("; {without}") };
            let hours = Figure::least_if(unknown > 0, hours).hours();
            Some(Line::of(format!("Reviews take {hours} a year, which these totals do not hold{more}.")))
        }
    }
}

fn without_figures(totals: &HandoffTotals) -> Vec<Line> {
    let mut notes = Vec::new();
    let unknown = totals.unknown.len();
    let are = |count: usize| if count == 1 { "has" } else { "have" };
    if unknown > 0 {
        let words = format!("{} {} no figures and ", counted(unknown, "handoff", "handoffs"), are(unknown));
        let add = if unknown == 1 { "adds" } else { "add" };
        let words = format!("{words}{add} nothing to the totals: give the manual flows ");
        notes.push(Line::of(words).and_code("runs").and(" and ").and_code("minutes").and("."));
    }
    let unpriced = totals.cost_unknown.iter().filter(|id| !totals.unknown.contains(id)).count();
    if unpriced > 0 {
        let words = format!("{} {} hours and no cost: state ", counted(unpriced, "handoff", "handoffs"), are(unpriced));
        notes.push(Line::of(words).and_code("hourly_rate").and("."));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn a_handoff_names_its_ends_and_what_it_costs() {
        let table = handoffs(&tiny()).unwrap();
        let keys = ["rank", "data", "from", "to", "through", "ai", "by", "hours", "rework", "cost"];
        let row = ["1", "Draft", "ChatGPT", "WordPress", "", "yes", "Dana (marketing)", "52", "not stated", "3,120"];
        assert_eq!(words(&table, 0, &keys), row);
        assert_eq!(words(&table, 1, &["through", "cost"]), ["Numbers sheet", "2,080"]);
        let total = &table.foot.as_ref().unwrap().cells[9];
        assert!(matches!(total, Cell::Linked(sum, formula) if sum.likely == 8_840.0 && formula == "SUM(steps_cost)"));
        assert_eq!((table.title.as_str(), table.rows.len()), ("Manual handoffs, most expensive first", 5));
    }

    #[test]
    fn a_rework_that_nobody_stated_is_not_shown_as_none() {
        let mut report = tiny();
        let totals = report.handoff_totals.clone().unwrap();
        let steps = report.handoffs.as_ref().unwrap()[1].steps.clone();
        assert_eq!(words(&handoffs(&report).unwrap(), 1, &["rework"]), ["not stated"]);
        let foot = |report: &Report| handoffs(report).unwrap().foot.unwrap().cells[8].clone();
        assert_eq!(foot(&report), Cell::Missing(NOT_STATED));
        let note = |report: &Report| {
            let notes = handoffs(report).unwrap().notes;
            notes.iter().map(Line::text).find(|words| words.contains("error_rate"))
        };
        let all = totals.error_rate_unknown.len();
        assert_eq!(note(&report), Some(format!("{all} manual flows state no error_rate: their rework counts as 0.")));
        // One of two steps states it: the rework is at least that; both do: it is that.
        let two = Some(crate::model::Range::exact(crate::model::Hours(2.0)).into());
        let with = |report: &mut Report, stated: &[String]| {
            report.handoffs.as_mut().unwrap()[1].error_hours = two;
            let totals = report.handoff_totals.as_mut().unwrap();
            totals.error_hours = two;
            totals.error_rate_unknown.retain(|id| !stated.contains(id));
        };
        with(&mut report, &steps[..1]);
        assert_eq!(words(&handoffs(&report).unwrap(), 1, &["rework"]), ["at least 2"]);
        with(&mut report, &steps);
        assert_eq!(words(&handoffs(&report).unwrap(), 1, &["rework"]), ["2"]);
        assert!(matches!(foot(&report), Cell::Linked(sum, _) if sum.bound == Bound::AtLeast), "others state none");
        report.handoff_totals.as_mut().unwrap().error_rate_unknown.clear();
        assert!(matches!(foot(&report), Cell::Linked(sum, _) if sum.bound == Bound::Value));
        assert_eq!(note(&report), None);
    }

    #[test]
    fn reviews_are_told_apart() {
        let mut report = tiny();
        let note = |report: &Report| -> Vec<String> {
            let lines = handoffs(report).unwrap().notes;
            lines.iter().map(|line| line.pieces().iter().map(|(_, text)| text.as_str()).collect()).collect()
        };
        let totals = report.handoff_totals.as_mut().unwrap();
        totals.error_rate_unknown.clear();
        totals.review_hours = Some(crate::model::Range::exact(crate::model::Hours(26.0)).into());
        totals.review_unknown.clear();
        assert_eq!(note(&report), ["Reviews take 26 hours a year, which these totals do not hold."]);
        report.handoff_totals.as_mut().unwrap().review_unknown = vec!["a".into()];
        let words = "Reviews take at least 26 hours a year, which these totals do not hold; 1 review has no figures.";
        assert_eq!(note(&report), [words]);
        report.handoff_totals.as_mut().unwrap().review_hours = None;
        assert_eq!(note(&report), ["Hours of review are not known: 1 review has no figures."]);
    }

    #[test]
    fn handoffs_without_figures_are_said() {
        let mut report = tiny();
        report.handoff_totals.as_mut().unwrap().unknown = vec!["a".into()];
        let note: String = handoffs(&report).unwrap().notes[0].pieces().iter().map(|(_, text)| text.as_str()).collect();
        assert!(note.starts_with("1 handoff has no figures and adds nothing to the totals"), "{note}");
        report.handoffs = None;
        assert!(handoffs(&report).is_none());
    }
}
