//! The three sentences that come first: what is done by hand, what is gravest, where to begin.

use super::{Finding, Handoff, Report};
use crate::analysis::words::{counted, grouped, hours};
use crate::model::Hours;

/// What `report` comes to, in three sentences; a report without findings or handoffs says what it can.
#[must_use]
pub fn summary(report: &Report) -> [String; 3] {
    [by_hand(report), gravest(report), first(report)]
}

fn by_hand(report: &Report) -> String {
    let chains = report.handoffs.as_deref().unwrap_or_default();
    let Some(totals) = report.handoff_totals.as_ref().filter(|_| !chains.is_empty()) else {
        return "Nothing is carried by hand.".into();
    };
    let work = Hours(totals.hours.likely.get() + totals.error_hours.likely.get());
    let cost = totals.cost.likely.get();
    let count = counted(chains.len(), "handoff chain takes", "handoff chains take");
    if totals.unknown.len() == chains.len() {
        return format!("{count} work that is not known: give the manual flows `runs` and `minutes`.");
    }
    let unknown = match totals.unknown.len() {
        0 => String::new(),
        some => format!(" (without {}, not known)", counted(some, "chain", "chains")),
    };
    let share = match costliest(chains) {
        Some((chain, of_it)) if chains.len() - totals.unknown.len() > 1 && cost > 0.0 => {
            let percent = grouped(100.0 * of_it / cost);
            format!("; {percent}% of it is {} from {} to {}", chain.data, chain.from, chain.to)
        }
        _ => String::new(),
    };
    format!("{count} {} a year{unknown}, at {}{share}.", hours(work), money(report, cost))
}

fn gravest(report: &Report) -> String {
    let standing = || report.findings.iter().flatten().filter(|finding| !finding.accepted);
    match gravest_of(standing()) {
        Some(finding) => format!(
            "{} ({}, {}): {} ({}).",
            match standing().count() {
                1 => "The one finding".into(),
                many => format!("The gravest of {many} findings"),
            },
            finding.severity.as_str(),
            finding.rule,
            finding.message,
            finding.location,
        ),
        None => "No finding stands.".into(),
    }
}

fn first(report: &Report) -> String {
    let chains = report.handoffs.as_deref().unwrap_or_default();
    match (costliest(chains), gravest_of(report.findings.iter().flatten().filter(|finding| !finding.accepted))) {
        (Some((chain, cost)), _) if cost > 0.0 => format!(
            "Begin with {} from {} to {}: automated, it gives back up to {} a year.",
            chain.data,
            chain.from,
            chain.to,
            money(report, cost)
        ),
        (_, Some(finding)) => format!("Begin with {}: `sinew explain {}` says how.", finding.id, finding.rule),
        _ => "There is nothing to begin with.".into(),
    }
}

/// The chain that costs most, and what it costs.
fn costliest(chains: &[Handoff]) -> Option<(&Handoff, f64)> {
    // Chains come by cost descending, unknown ones last.
    chains.first().and_then(|chain| chain.cost.map(|cost| (chain, cost.likely.get())))
}

/// Of the findings of the highest severity the one that costs most; the first of equal ones.
fn gravest_of<'f>(findings: impl Iterator<Item = &'f Finding>) -> Option<&'f Finding> {
    let cost = |finding: &Finding| finding.cost.map_or(0.0, super::Number::get);
    findings.reduce(|best, next| {
        let is_graver = next.severity < best.severity || (next.severity == best.severity && cost(next) > cost(best));
        if is_graver { next } else { best }
    })
}

fn money(report: &Report, amount: f64) -> String {
    match &report.stack.currency {
        Some(currency) => format!("{currency} {}", grouped(amount)),
        None => format!("a cost of {}", grouped(amount)),
    }
}
