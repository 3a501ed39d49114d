//! The parts of a report as sheets, in the order in which a reader wants them.

use super::sheet::{Cell, Column, Kind, Sheet};
use super::{plan, standing, summary};
use crate::report::facts::Finding;
use crate::report::facts::Handoff;
use crate::report::facts::Number;
use crate::report::facts::Range;
use crate::report::facts::Report;
use crate::report::facts::StackOverview;

/// The sheets of `report`.
pub(super) fn sheets(report: &Report) -> Vec<Sheet> {
    let handoffs = report.handoffs.as_deref().unwrap_or_default();
    let base = usual_rate(handoffs);
    let mut sheets = vec![summary::sheet(report, base)];
    if let Some(shown) = &report.plan {
        sheets.push(plan::sheet(report, shown));
        sheets.push(plan::before_and_after(report, shown));
    }
    if report.handoffs.is_some() {
        sheets.push(handoff_sheet(handoffs, base, &report.stack));
    }
    sheets.extend(report.outages.as_deref().map(|all| standing::outages(&report.stack, all)));
    sheets.extend(report.findings.as_deref().map(|all| finding_sheet(all, &report.stack)));
    sheets.extend(report.stage.as_ref().map(standing::criteria));
    sheets.extend(report.ai_register.as_deref().map(|all| standing::register(&report.stack, all)));
    sheets.extend(standing::assumptions(report));
    sheets
}

/// `Cost, EUR a year`, or `Cost a year`.
pub(super) fn money(what: &str, currency: Option<&str>) -> String {
    match currency {
        Some(currency) => format!("{what}, {currency} a year"),
        None => format!("{what} a year"),
    }
}

/// A yes, or nothing.
pub(super) fn yes(is: bool) -> Cell {
    Cell::from(if is { "yes" } else { "" })
}

/// What an hour of a handoff costs, work and mending alike.
fn rate(handoff: &Handoff) -> Option<f64> {
    let likely = |range: Option<Range>| range.map(|r| r.likely.get());
    let hours = likely(handoff.hours)? + likely(handoff.error_hours)?;
    let rate = likely(handoff.cost)? / hours;
    // Costs and hours are rounded to millionths; a rate carries no more than six digits of them.
    (hours > 0.0 && rate.is_finite()).then(|| (rate * 1e4).round() / 1e4)
}

/// What the chains cost together as the sheet adds them up: a step of several chains counts in each.
pub(super) fn chain_cost(handoffs: &[Handoff]) -> f64 {
    handoffs.iter().filter_map(|handoff| handoff.cost).map(|cost| cost.likely.get()).sum()
}

/// The rate of most handoffs; the smallest of equally frequent ones; 0 where none is known.
fn usual_rate(handoffs: &[Handoff]) -> f64 {
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

fn handoff_sheet(handoffs: &[Handoff], base: f64, stack: &StackOverview) -> Sheet {
    let currency = stack.currency.as_deref();
    let columns = vec![
        Column::new("Rank", Kind::Count),
        Column::new("Data", Kind::Text),
        Column::new("From", Kind::Text),
        Column::new("To", Kind::Text),
        Column::new("By", Kind::Text),
        Column::new("AI output", Kind::Text),
        Column::summed("Hours of work a year", Kind::Hours),
        Column::summed("Hours to mend a year", Kind::Hours),
        Column::new("Hourly rate", Kind::Number),
        Column::summed(money("Cost", currency), Kind::Money).found_as("handoff_costs"),
        Column::new(money("At least", currency), Kind::Money),
        Column::new(money("At most", currency), Kind::Money),
        Column::new("Steps", Kind::Text),
        Column::new("Id", Kind::Text),
    ];
    let likely = |range: Option<Range>| Cell::from(range.map(|r| r.likely.get()));
    let row = |(at, h): (usize, &Handoff)| {
        let rate = rate(h);
        let rate_cell = match rate {
            Some(rate) if rate == base => Cell::Formula { formula: "=hourly_rate".into(), result: rate },
            rate => rate.into(),
        };
        let cost = match (rate, h.hours, h.error_hours) {
            (Some(rate), Some(hours), Some(mend)) => Cell::Formula {
                formula: "=({6}*work_share+{7}*mending_share)*{8}".into(),
                result: (hours.likely.get() + mend.likely.get()) * rate,
            },
            _ => likely(h.cost),
        };
        vec![
            Cell::Number((at + 1) as f64),
            Cell::from(stack.names.data(&h.data)),
            Cell::from(stack.names.system(&h.from)),
            Cell::from(stack.names.system(&h.to)),
            Cell::Text(stack.names.teams_of(&h.performers).join(", ")),
            yes(h.ai_output),
            likely(h.hours),
            likely(h.error_hours),
            rate_cell,
            cost,
            h.cost.map(|r| r.low.get()).into(),
            h.cost.map(|r| r.high.get()).into(),
            Cell::Text(stack.names.components_of(&h.steps).join("\n")),
            Cell::Text(h.id.clone()),
        ]
    };
    Sheet {
        name: "Handoffs".into(),
        title: "Handoff chains; totals are of the rows shown, and a step of several chains counts in each".into(),
        facts: Vec::new(),
        columns,
        rows: handoffs.iter().enumerate().map(row).collect(),
    }
}

fn finding_sheet(findings: &[Finding], stack: &StackOverview) -> Sheet {
    let row = |f: &Finding| {
        let subjects: Vec<String> = f.subjects.iter().map(|id| stack.names.anything(id)).collect();
        vec![
            Cell::from(f.severity.as_str()),
            Cell::Text(f.rule.clone()),
            Cell::Text(f.message.clone()),
            Cell::Text(subjects.join(", ")),
            f.cost.map(Number::get).into(),
            yes(f.accepted),
            Cell::Text(f.evidence.join("\n")),
            Cell::Text(f.location.to_string()),
            Cell::Text(f.id.clone()),
        ]
    };
    Sheet {
        name: "Findings".into(),
        title: "Findings, gravest first".into(),
        facts: Vec::new(),
        columns: vec![
            Column::new("Severity", Kind::Text),
            Column::new("Rule", Kind::Text),
            Column::new("Finding", Kind::Text),
            Column::new("Subjects", Kind::Text),
            Column::new(money("Cost", stack.currency.as_deref()), Kind::Money),
            Column::new("Accepted", Kind::Text),
            Column::new("Evidence", Kind::Text),
            Column::new("Place", Kind::Text),
            Column::new("Id", Kind::Text),
        ],
        rows: findings.iter().map(row).collect(),
    }
}
