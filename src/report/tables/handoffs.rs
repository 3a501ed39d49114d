//! Handoff chains: what people carry from system to system, and what it costs.

use super::{Cell, Column, Kind, Named, Row, Table};
use crate::report::facts::{Handoff, HandoffTotals, Range, Report};
use crate::report::say::{Line, a_year, counted, in_currency};

/// The table; `None` where handoffs were not asked for.
#[must_use]
pub fn handoffs(report: &Report) -> Option<Table> {
    let all = report.handoffs.as_deref()?;
    let base = usual_rate(all);
    let table = Table::new("handoffs", "Handoffs", ["handoff", "handoffs"], columns(report));
    Some(Table {
        title: "Manual handoffs, most expensive first".into(),
        empty: "No data is carried by hand.".into(),
        rows: all.iter().enumerate().map(|(at, one)| row(report, base, at, one)).collect(),
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
        Column::new("from", "From", Kind::Words).on_slides(),
        Column::new("to", "To", Kind::Words).on_slides(),
        Column::new("through", "By way of", Kind::Words).detail(),
        Column::new("ai", "AI output", Kind::Words).on_slides(),
        Column::new("by", "Carried by", Kind::Words).on_slides(),
        Column::new("hours", "Work, hours a year", Kind::Hours).on_slides().summed(),
        Column::new("rework", "Rework, hours a year", Kind::Hours).on_slides().summed(),
        Column::new("rate", in_currency("Hourly rate", currency), Kind::Number).detail(),
        Column::new("cost", a_year("Cost", currency), Kind::Money)
            .on_slides()
            .computed("({hours}*work_share+{rework}*rework_share)*{rate}")
            .summed(),
        Column::new("steps", "Steps", Kind::Words).detail(),
    ]
}

fn row(report: &Report, base: f64, at: usize, one: &Handoff) -> Row {
    let names = &report.stack.names;
    let system = |id: &str| Cell::name(id, names.system(id));
    let relays = one.steps.iter().skip(1).filter_map(|step| names.flows.get(step)).map(|flow| system(&flow.from));
    let by = match one.performers.is_empty() {
        true => Cell::Missing("not stated"),
        false => Cell::names(&one.performers, |id| names.team(id).to_owned()),
    };
    let rate = rate(one).map(|rate| (rate, crate::report::say::Amount::of(rate)));
    let about = [&one.data, &one.from, &one.to].into_iter().chain(&one.steps).chain(&one.performers);
    Row {
        id: one.id.clone(),
        about: about.cloned().collect(),
        cells: vec![
            Cell::count(at + 1),
            Cell::Name(Named { id: one.data.clone(), name: names.data(&one.data).to_owned() }),
            system(&one.from),
            system(&one.to),
            Cell::list(relays),
            Cell::yes(one.ai_output),
            by,
            Cell::range(one.hours),
            Cell::range(one.error_hours),
            match rate {
                Some((rate, amount)) if rate == base => Cell::Linked(amount, "hourly_rate".into()),
                Some((_, amount)) => Cell::Amount(amount),
                None => Cell::NotKnown,
            },
            Cell::range(one.cost),
            Cell::names(&one.steps, |id| names.component(id)),
        ],
        ..Row::default()
    }
}

fn foot(totals: &HandoffTotals) -> Row {
    let mut cells = vec![Cell::Empty, Cell::text("All, each step once")];
    cells.resize(7, Cell::Empty);
    cells.extend([totals.hours, totals.error_hours].map(|range| Cell::range(Some(range))));
    cells.extend([Cell::Empty, Cell::range(Some(totals.cost)), Cell::Empty]);
    Row { cells, ..Row::default() }
}

fn notes(totals: &HandoffTotals) -> Vec<Line> {
    let unknown = totals.unknown.len();
    if unknown == 0 {
        return Vec::new();
    }
    let (has, count) = if unknown == 1 { ("has", "counts") } else { ("have", "count") };
    let words = format!(
        "{} {has} no figures and {count} nothing in the totals: give the manual flows ",
        counted(unknown, "handoff", "handoffs")
    );
    vec![Line::of(words).and_code("runs").and(" and ").and_code("minutes").and(".")]
}

/// What an hour of a handoff costs, work and rework alike.
fn rate(handoff: &Handoff) -> Option<f64> {
    let likely = |range: Option<Range>| range.map(|r| r.likely.get());
    let hours = likely(handoff.hours)? + likely(handoff.error_hours)?;
    let rate = likely(handoff.cost)? / hours;
    // Costs and hours are rounded to millionths; a rate carries no more than six digits of them.
    (hours > 0.0 && rate.is_finite()).then(|| (rate * 1e4).round() / 1e4)
}

/// The hourly rate of most handoffs; the smallest of equally frequent ones; 0 where none is known.
#[must_use]
pub fn usual_rate(handoffs: &[Handoff]) -> f64 {
    let mut rates: Vec<f64> = handoffs.iter().filter_map(rate).collect();
    rates.sort_by(f64::total_cmp);
    let mut best = (0, 0.0);
    for run in rates.chunk_by(|a, b| a == b) {
        if run.len() > best.0 {
            best = (run.len(), run[0]);
        }
    }
    best.1
}
