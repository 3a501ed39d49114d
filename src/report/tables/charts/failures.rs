//! Which single failures are expected to cost most.

use super::MOST;
use crate::report::facts::{Outage, Report};
use crate::report::say::{Amount, Bound, Line, a_year, capital, counted, grouped, spelled_of};
use crate::report::tables::chart::{place_of, quoted};
use crate::report::tables::{Cell, Chart, Column, Form, Kind, Paint, Row, Series, Table};

/// A bar for each failure of which the expected cost is known, most expensive first.
pub(super) fn failures(report: &Report) -> Option<Chart> {
    // One that was asked about by name is told in full, and has no table.
    let all = report.outages.as_deref().filter(|all| all.iter().all(|outage| outage.reasons.is_none()))?;
    let harmful: Vec<&Outage> = all.iter().filter(|outage| !outage.is_harmless()).collect();
    let mut ranked: Vec<(usize, &Outage, Amount)> = harmful
        .iter()
        .enumerate()
        .filter_map(|(at, outage)| Some((at, *outage, cost(outage)?)))
        .filter(|(.., cost)| cost.likely > 0.0)
        .collect();
    ranked.sort_by(|a, b| b.2.likely.total_cmp(&a.2.likely));
    if ranked.len() < 2 {
        return None;
    }
    let names = &report.stack.names;
    let shown = &ranked[..ranked.len().min(MOST)];
    let row = |(rank, (at, outage, cost)): (usize, &(usize, &Outage, Amount))| Row {
        id: outage.components.join(" "),
        cells: vec![
            Cell::count(rank + 1),
            Cell::names(&outage.components, |id| names.component(id)),
            Cell::Amount(*cost),
            Cell::count(at + 1),
        ],
        formulas: vec![
            ("what", "INDEX(outages_without,{place})".to_owned()),
            ("amount", "LARGE(outages_expected,{rank})".to_owned()),
            ("place", place_of("outages_expected", "failures_amount", "failures_rank")),
        ],
        ..Row::default()
    };
    let axis = a_year("Expected cost", report.stack.currency.as_deref());
    let columns = vec![
        Column::new("rank", "#", Kind::Count),
        Column::new("what", "If it fails", Kind::Words),
        Column::new("amount", axis.clone(), Kind::Money),
        Column::new("place", "Row of the sheet Outages", Kind::Count),
    ];
    let table = Table::new("failures", "Failures", ["failure", "failures"], columns);
    let stopping = harmful.iter().filter(|outage| !outage.processes_down.is_empty() && outage.expected_cost.is_none());
    let first = outage_name(report, shown[0].1);
    Some(Chart {
        data: Table { title: axis.clone(), rows: shown.iter().enumerate().map(row).collect(), ..table },
        names: "what",
        series: vec![Series::of("amount", Paint::Stops)],
        form: Form::Bars,
        headline: headline(report.stack.currency.as_deref(), &first, shown[0].2, ranked.len()),
        axis,
        notes: notes(shown, ranked.len(), stopping.count()),
        from: "Outages",
    })
}

/// What a failure is expected to cost a year, as its cell holds it; none where that is not known.
fn cost(outage: &Outage) -> Option<Amount> {
    let cost = outage.expected_cost?.get();
    match outage.cost_unknown.is_empty() {
        true => Some(Amount::of(cost)),
        false => Some(Amount { bound: Bound::AtLeast, ..Amount::of(cost.floor()) }),
    }
}

fn outage_name(report: &Report, outage: &Outage) -> String {
    let names: Vec<String> = outage.components.iter().map(|id| report.stack.names.component(id)).collect();
    names.join(", ")
}

/// `HubSpot is the most expensive of 9 failures: USD 4,800 a year expected`.
fn headline(currency: Option<&str>, first: &str, cost: Amount, all: usize) -> (String, String) {
    let least = if cost.bound == Bound::AtLeast { "at least " } else { "" };
    let unit = currency.map(|currency| format!("{currency} ")).unwrap_or_default();
    let before = format!(": {least}{unit}");
    let after = " a year expected";
    let words = format!("{first} is the most expensive of {all} failures{before}{}{after}", grouped(cost.likely));
    let formula = format!(
        "INDEX(failures_what,1)&\" is the most expensive of \"&COUNTIF(outages_expected,\">0\")&{}&FIXED(INDEX(failures_amount,1),0)&{}",
        quoted(&format!(" failures{before}")),
        quoted(after)
    );
    (words, formula)
}

fn notes(shown: &[(usize, &Outage, Amount)], all: usize, unknown: usize) -> Vec<Line> {
    let mut notes = Vec::new();
    let drawn = shown.len();
    if drawn < all {
        let all = counted(all, "failure", "failures");
        notes.push(Line::of(format!("The first {drawn} of {all} with a known cost; the sheet Outages has them.")));
    }
    if shown.iter().any(|(.., cost)| cost.bound == Bound::AtLeast) {
        notes.push(Line::of("Some cost at least so much: a process that stops states no outage cost."));
    }
    if unknown > 0 {
        let more = capital(&spelled_of(unknown, "failure", "failures"));
        let (stop, are) = if unknown == 1 { ("stops", "is") } else { ("stop", "are") };
        notes.push(Line::of(format!("{more} more {stop} a process at a cost that is not known and {are} not drawn.")));
    }
    notes
}
