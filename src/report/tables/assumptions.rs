//! What the results take for granted.

use std::collections::BTreeMap;

use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::assumption::{Assumption, Value};
use crate::report::facts::{Finding, Plan, Report};
use crate::report::say::listed;

/// All assumptions, those of the analysis and those of the plan; `None` where neither was asked for.
#[must_use]
pub fn assumptions(report: &Report) -> Option<Table> {
    let of_plan = report.plan.as_ref().map(|plan: &Plan| &plan.assumptions);
    if report.assumptions.is_none() && of_plan.is_none() {
        return None;
    }
    let findings = report.findings.iter().flatten().map(|finding| (finding.id.as_str(), finding)).collect();
    let all = report.assumptions.iter().flatten().chain(of_plan.into_iter().flatten());
    let table = Table::new("assumptions", "Assumptions", ["assumption", "assumptions"], columns());
    Some(Table {
        title: "What the stack file does not say, and what was assumed".into(),
        empty: "Nothing is assumed.".into(),
        rows: distinct(all.map(|one| row(report, &findings, one)).collect()),
        ..table
    })
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("what", "Assumption", Kind::Words).on_slides(),
        Column::new("value", "Value", Kind::Words).on_slides(),
        Column::new("number", "Number", Kind::Number).detail(),
        Column::new("key", "Key that overrides it", Kind::Words),
        Column::new("uses", "Places", Kind::Count).on_slides(),
        Column::new("used_by", "Used by", Kind::Words),
    ]
}

fn row(report: &Report, findings: &Findings<'_>, one: &Assumption) -> Row {
    let number = match &one.value {
        Value::Number(number) => Cell::number(Some(number.get())),
        Value::Words(_) => Cell::Empty,
    };
    Row {
        id: one.key.clone(),
        about: one.used_by.clone(),
        cells: vec![
            Cell::text(one.subject()),
            Cell::text(one.taken_as()),
            number,
            Cell::Code(one.key.clone()),
            if one.used_by.is_empty() { Cell::text("all") } else { Cell::count(one.used_by.len()) },
            Cell::names(&one.used_by, |id| called(report, findings, id)),
        ],
        ..Row::default()
    }
}

/// Rows with ids of their own: of several about one key, all but the first are numbered.
fn distinct(mut rows: Vec<Row>) -> Vec<Row> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for row in &mut rows {
        let times = seen.entry(row.id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            row.id = format!("{}#{times}", row.id);
        }
    }
    rows
}

/// What an id stands for: an item of the plan, a finding, or anything of the stack.
fn called(report: &Report, findings: &Findings<'_>, id: &str) -> String {
    let mut items = report.plan.iter().flat_map(|plan| &plan.items);
    if let Some(item) = items.find(|item| item.id == id) {
        return item.title.clone();
    }
    let names = &report.stack.names;
    match findings.get(id) {
        Some(finding) => {
            let subjects: Vec<String> = finding.subjects.iter().map(|id| names.anything(id)).collect();
            format!("{}: {}", finding.rule, listed(&subjects))
        }
        None => names.anything(id),
    }
}

/// Findings by id.
type Findings<'r> = BTreeMap<&'r str, &'r Finding>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn those_of_the_analysis_and_those_of_the_plan_stand_in_one_table() {
        let table = assumptions(&tiny()).unwrap();
        assert_eq!(words(&table, 0, &["value", "key", "uses"]), ["0%", "error_rate", "6"]);
        let budget = table.rows.iter().position(|row| row.id == "plan.budget").unwrap();
        assert_eq!(words(&table, budget, &["what", "value", "uses"]), ["Budget of the plan", "no limit", "all"]);
    }
}
