//! Where the stack stands: outages with their arithmetic, criteria of maturity, the AI register, and what was assumed.

use super::parts::{money, yes};
use super::sheet::{Cell, Column, Kind, Sheet};
use crate::report::facts::Assumption;
use crate::report::facts::Number;
use crate::report::facts::Outage;
use crate::report::facts::Report;
use crate::report::facts::StackOverview;
use crate::report::facts::Stage;
use crate::report::facts::assumption::Value;
use crate::report::facts::register::Row;

/// Every failure that takes something down or costs something: hours down a year times what an hour costs.
pub(super) fn outages(stack: &StackOverview, outages: &[Outage]) -> Sheet {
    let currency = stack.currency.as_deref();
    let per_hour = currency.map_or_else(|| "Cost of an hour".to_owned(), |c| format!("Cost of an hour, {c}"));
    let row = |outage: &Outage| {
        let hour = outage.cost_per_hour.map(Number::get);
        let known = hour.zip(outage.expected_cost.map(Number::get));
        let (down, expected) = match known.filter(|(hour, _)| *hour > 0.0) {
            Some((hour, expected)) => {
                let formula = Cell::Formula { formula: "={5}*{6}".into(), result: expected };
                (Cell::Number(expected / hour), formula)
            }
            None => (Cell::Empty, outage.expected_cost.map(Number::get).into()),
        };
        vec![
            Cell::Text(stack.names.components_of(&outage.components).join(" and ")),
            Cell::Text(
                serde_json::to_value(outage.kind).ok().and_then(|k| k.as_str().map(str::to_owned)).unwrap_or_default(),
            ),
            Cell::Text(stack.names.processes_of(&outage.processes_down).join(", ")),
            Cell::Text(stack.names.processes_of(&outage.processes_degraded).join(", ")),
            Cell::Number(outage.systems_down.len() as f64),
            down,
            hour.into(),
            expected,
            Cell::Text(outage.components.join(", ")),
        ]
    };
    let concerns = |outage: &&Outage| !outage.processes_down.is_empty() || !outage.processes_degraded.is_empty();
    Sheet {
        name: "Outages".into(),
        title: "What stops, or runs on standby, when one thing fails".into(),
        facts: Vec::new(),
        columns: vec![
            Column::new("Without", Kind::Text),
            Column::new("Kind", Kind::Text),
            Column::new("Stops", Kind::Text),
            Column::new("Runs on standby", Kind::Text),
            Column::new("Other systems down", Kind::Count),
            Column::new("Hours down a year", Kind::Hours),
            Column::new(per_hour, Kind::Money),
            Column::summed(money("Expected cost", currency), Kind::Money).found_as("outage_costs"),
            Column::new("Id", Kind::Text),
        ],
        rows: outages.iter().filter(concerns).map(row).collect(),
    }
}

/// What each stage asks for, and whether it is there.
pub(super) fn criteria(stage: &Stage) -> Sheet {
    let row = |criterion: &crate::report::facts::stage::Criterion| {
        let state = criterion.state.as_str().replace('-', " ");
        vec![
            Cell::Number(f64::from(criterion.stage)),
            Cell::Text(criterion.part_of.as_str().replace('-', " ")),
            Cell::Text(criterion.id.replace('-', " ")),
            Cell::from(criterion.wants),
            Cell::Text(state),
            yes(stage.next.contains(&criterion.id)),
            Cell::Text(criterion.evidence.join("\n")),
            Cell::Text(criterion.findings.join("\n")),
        ]
    };
    Sheet {
        name: "Stage".into(),
        title: format!("Stage {} of 5, {}: what each stage asks for", stage.stage, stage.name),
        facts: Vec::new(),
        columns: vec![
            Column::new("Stage", Kind::Count),
            Column::new("Part", Kind::Text),
            Column::new("Criterion", Kind::Text),
            Column::new("Asks for", Kind::Text),
            Column::new("State", Kind::Text),
            Column::new("Needed next", Kind::Text),
            Column::new("Evidence", Kind::Text),
            Column::new("Findings in its way", Kind::Text),
        ],
        rows: stage.criteria.iter().map(row).collect(),
    }
}

/// Every AI tool with who answers for it.
pub(super) fn register(stack: &StackOverview, rows: &[Row]) -> Sheet {
    let names = &stack.names;
    let or_empty = |words: &Option<String>| words.as_deref().map_or(Cell::Empty, Cell::from);
    let row = |row: &Row| {
        let overdue = match row.vendor_review.overdue {
            Some(true) => "overdue",
            Some(false) => "in time",
            None => "not known",
        };
        vec![
            Cell::from(names.system(&row.system)),
            or_empty(&row.vendor),
            Cell::Text(row.underlying_vendors.join(", ")),
            Cell::from(row.status),
            row.owner.as_deref().map_or(Cell::Empty, |owner| Cell::from(names.team(owner))),
            or_empty(&row.budget_owner),
            or_empty(&row.security_review),
            or_empty(&row.vendor_review.last),
            or_empty(&row.vendor_review.due),
            Cell::from(overdue),
            or_empty(&row.contract.renews),
            row.contract.cost.map(|cost| cost.likely.get()).into(),
            or_empty(&row.quality_standard),
            Cell::Text(names.components_of(&row.human_review.reviewed).join("\n")),
            Cell::Text(names.components_of(&row.human_review.unreviewed).join("\n")),
            or_empty(&row.fallback.runbook),
            Cell::Text(names.components_of(&row.fallback.standby_flows).join("\n")),
            Cell::Text(names.processes_of(&row.breaks).join(", ")),
            Cell::Text(names.processes_of(&row.degrades).join(", ")),
        ]
    };
    Sheet {
        name: "AI register".into(),
        title: "Every AI tool: who answers for it, what was reviewed, what stops without it".into(),
        facts: Vec::new(),
        columns: vec![
            Column::new("AI tool", Kind::Text),
            Column::new("Vendor", Kind::Text),
            Column::new("Stands on", Kind::Text),
            Column::new("Status", Kind::Text),
            Column::new("Owner", Kind::Text),
            Column::new("Budget owner", Kind::Text),
            Column::new("Security review", Kind::Text),
            Column::new("Vendor reviewed", Kind::Text),
            Column::new("Next review due", Kind::Text),
            Column::new("Review", Kind::Text),
            Column::new("Contract renews", Kind::Text),
            Column::summed(money("Contract", stack.currency.as_deref()), Kind::Money),
            Column::new("Quality standard", Kind::Text),
            Column::new("Reviewed by a person", Kind::Text),
            Column::new("Not reviewed", Kind::Text),
            Column::new("Runbook", Kind::Text),
            Column::new("Standby", Kind::Text),
            Column::new("Stops without it", Kind::Text),
            Column::new("Runs on standby without it", Kind::Text),
        ],
        rows: rows.iter().map(row).collect(),
    }
}

/// What the stack file does not say, and what was taken for it, of analysis and plan alike.
pub(super) fn assumptions(report: &Report) -> Option<Sheet> {
    let of_plan = report.plan.iter().flat_map(|plan| &plan.assumptions);
    let all: Vec<&Assumption> = report.assumptions.as_ref()?.iter().chain(of_plan).collect();
    let row = |one: &&Assumption| {
        let number = match &one.value {
            Value::Number(number) => Cell::Number(number.get()),
            Value::Words(_) => Cell::Empty,
        };
        let used_by: Vec<String> = one.used_by.iter().map(|id| report.stack.names.anything(id)).collect();
        vec![
            Cell::Text(one.subject()),
            number,
            Cell::Text(one.taken_as()),
            Cell::Text(one.key.clone()),
            Cell::Number(one.used_by.len() as f64),
            Cell::Text(used_by.join("\n")),
        ]
    };
    Some(Sheet {
        name: "Assumptions".into(),
        title: "What the stack file does not say, and what was taken for it".into(),
        facts: Vec::new(),
        columns: vec![
            Column::new("What is assumed", Kind::Text),
            Column::new("Number", Kind::Number),
            Column::new("Taken as", Kind::Text),
            Column::new("Key", Kind::Text),
            Column::new("Uses", Kind::Count),
            Column::new("Used by", Kind::Text),
        ],
        rows: all.iter().map(row).collect(),
    })
}
