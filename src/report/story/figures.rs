//! The numbers that a reader remembers, each with the chapter that explains it.

use super::ladder::blocked_by;
use crate::report::facts::{Report, Severity};
use crate::report::say::{Figure, capital, counted};

/// One of the numbers that a reader remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFigure {
    /// What the figure measures, such as `Manual work`.
    pub heading: &'static str,
    /// The number, with its unit.
    pub figure: String,
    /// What goes with it.
    pub note: String,
    /// The chapter that explains it, by id.
    pub chapter: &'static str,
}

/// The key figures of `report`, as far as it has the parts.
#[must_use]
pub fn figures(report: &Report) -> Vec<KeyFigure> {
    [stage(report), manual_work(report), worst_outage(report), findings(report)].into_iter().flatten().collect()
}

fn stage(report: &Report) -> Option<KeyFigure> {
    let stage = report.stage.as_ref()?;
    let blocked = blocked_by(stage).map(|by| format!("; blocked by: {by}"));
    Some(KeyFigure {
        heading: "Maturity",
        figure: format!("Stage {} of 5", stage.stage),
        note: format!("{}{}", stage.name, blocked.unwrap_or_default()),
        chapter: "stage",
    })
}

fn manual_work(report: &Report) -> Option<KeyFigure> {
    let totals = report.handoff_totals.as_ref()?;
    let count = report.handoffs.iter().flatten().count();
    if count == 0 {
        // What a file does not name may be done all the same: imports never see it.
        let [figure, note] = ["None stated", "the stack file names no work by hand"].map(str::to_owned);
        return Some(KeyFigure { heading: "Manual work", figure, note, chapter: "handoffs" });
    }
    let handoffs = counted(count, "manual handoff", "manual handoffs");
    let sum = |unknown: &[String], amount: f64| Figure::least_if(!unknown.is_empty(), amount);
    let cost = match totals.cost.map(|cost| cost.likely.get()) {
        Some(cost) if cost > 0.0 => {
            let cost = sum(&totals.cost_unknown, cost).money(report.stack.currency.as_deref());
            Some(format!(", {cost} a year"))
        }
        Some(_) => None,
        None => Some(", cost not known".to_owned()),
    };
    let hours = totals.work().map(|work| format!("{} a year", sum(&totals.unknown, work).hours()));
    Some(KeyFigure {
        heading: "Manual work",
        figure: hours.map_or("not known".to_owned(), |hours| capital(&hours)),
        note: format!("{handoffs}{}", cost.unwrap_or_default()),
        chapter: "handoffs",
    })
}

fn worst_outage(report: &Report) -> Option<KeyFigure> {
    let worst = report.outages.as_ref()?.first()?;
    if report.stack.processes == 0 {
        return Some(KeyFigure {
            heading: "Most severe single outage",
            figure: "Not known".to_owned(),
            note: "no process is stated".to_owned(),
            chapter: "outages",
        });
    }
    let down = counted(worst.stopping(), "process stops", "processes stop");
    let cost = match worst.price_per_hour(report.stack.currency.as_deref()) {
        Some(price) => Some(format!(", {price} per hour")),
        None if worst.cost_per_hour.is_none() => Some(", cost not known".to_owned()),
        None => None,
    };
    Some(KeyFigure {
        heading: "Most severe single outage",
        figure: report.stack.names.components_of(&worst.components).join(" and "),
        note: format!("{down}{}", cost.unwrap_or_default()),
        chapter: "outages",
    })
}

fn findings(report: &Report) -> Option<KeyFigure> {
    let standing: Vec<_> = report.findings.as_ref()?.iter().filter(|one| !one.accepted).collect();
    let of = |severity| standing.iter().filter(|one| one.severity == severity).count();
    let by_severity = Severity::ALL.iter().map(|(severity, word)| format!("{} {word}", of(*severity)));
    Some(KeyFigure {
        heading: "Open findings",
        figure: standing.len().to_string(),
        note: by_severity.collect::<Vec<_>>().join(", "),
        chapter: "findings",
    })
}
