//! What the rules find.

use super::{Cell, Column, Kind, Row, Shape, Table, Tone};
use crate::report::facts::{Finding, Number, Report, Severity};
use crate::report::say::{Amount, Bound, Line, a_year};

/// The table; `None` where findings were not asked for. Findings that stand come first, accepted ones last.
#[must_use]
pub fn findings(report: &Report) -> Option<Table> {
    let (accepted, standing): (Vec<&Finding>, Vec<&Finding>) =
        report.findings.as_deref()?.iter().partition(|finding| finding.accepted);
    let guessed = report.findings.iter().flatten().any(|finding| !finding.rests_on.is_empty());
    let has = Has { accepted: !accepted.is_empty(), plan: report.plan.is_some(), guessed };
    let table = Table::new("findings", "Findings", ["finding", "findings"], columns(report, &has));
    let explain =
        Line::code("sinew explain RULE").and(" says what a rule means and how to fix or accept what it finds.");
    Some(Table {
        title: "Findings, most severe first".to_owned() + if has.accepted { "; accepted findings last" } else { "" },
        empty: "No rule finds anything.".into(),
        notes: if standing.is_empty() && accepted.is_empty() { Vec::new() } else { vec![explain] },
        rows: standing.into_iter().chain(accepted).map(|finding| row(report, &has, finding)).collect(),
        shape: Shape::Entries(3),
        ..table
    })
}

/// Which columns there are.
struct Has {
    accepted: bool,
    plan: bool,
    guessed: bool,
}

fn columns(report: &Report, has: &Has) -> Vec<Column> {
    let mut columns = vec![
        Column::new("severity", "Severity", Kind::Words).on_slides(),
        Column::new("rule", "Rule", Kind::Words).on_slides(),
        Column::new("finding", "Finding", Kind::Words).on_slides(),
        Column::new("cost", a_year("Cost", report.stack.currency.as_deref()), Kind::Money),
        Column::new("place", "In the stack file", Kind::Words),
        Column::new("subjects", "Subjects", Kind::Words).detail().leading_to(&["stack/flows", "stack/systems"]),
        Column::new("evidence", "Evidence", Kind::Words).detail(),
    ];
    if has.guessed {
        columns.push(Column::new("rests_on", "Rests on guesses", Kind::Words));
    }
    if has.accepted {
        columns.push(Column::new("accepted", "Accepted", Kind::Words));
    }
    if has.plan {
        columns.push(Column::new("fixed_by", "Fixed by", Kind::Words).leading_to(&["plan_items"]));
    }
    columns
}

fn row(report: &Report, has: &Has, finding: &Finding) -> Row {
    let mut cells = vec![
        severity(finding.severity),
        Cell::Code(finding.rule.clone()),
        Cell::text(&finding.message),
        finding.cost.map_or(Cell::Empty, |cost| {
            let bound = if finding.cost_at_least { Bound::AtLeast } else { Bound::Value };
            Cell::Amount(Amount { bound, ..Amount::of(Number::get(cost)) })
        }),
        Cell::Code(finding.location.to_string()),
        Cell::names(&finding.subjects, |id| report.stack.names.anything(id)),
        Cell::texts(&finding.evidence),
    ];
    if has.guessed {
        cells.push(Cell::list(finding.rests_on.iter().map(|path| Cell::Code(path.clone()))));
    }
    if has.accepted {
        cells.push(match (&finding.accepted_because, finding.accepted) {
            (Some(why), true) => Cell::text(why),
            (_, accepted) => Cell::yes(accepted),
        });
    }
    if has.plan {
        let items = report.plan.iter().flat_map(|plan| &plan.items);
        let by = finding.plan_items.iter().flatten().map(|id| {
            let title = items.clone().find(|item| item.id == *id).map_or(id, |item| &item.title);
            Cell::name(id, title)
        });
        cells.push(Cell::list(by));
    }
    let mut about = finding.subjects.clone();
    about.push(finding.rule.clone());
    Row { id: finding.id.clone(), about, cells, ..Row::default() }
}

/// The word of a severity.
#[must_use]
pub fn severity(severity: Severity) -> Cell {
    let tone = match severity {
        Severity::High => Tone::Bad,
        Severity::Medium => Tone::Fair,
        Severity::Low => Tone::Plain,
    };
    Cell::Word(severity.as_str().to_owned(), tone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn accepted_findings_come_last_with_their_reason() {
        let mut report = tiny();
        let first = &mut report.findings.as_mut().unwrap()[0];
        (first.accepted, first.accepted_because) = (true, Some("known".into()));
        let table = findings(&report).unwrap();
        let last = table.rows.len() - 1;
        let keys = ["severity", "rule", "cost", "place", "accepted"];
        assert_eq!(words(&table, last, &keys), ["high", "manual-handoff", "3,120", "stack.yaml:47:5", "known"]);
        assert_eq!(words(&table, 0, &["rule", "accepted"]), ["bus-factor", ""]);
        assert!(table.rows[last].about.contains(&"manual-handoff".to_owned()));
    }
}
