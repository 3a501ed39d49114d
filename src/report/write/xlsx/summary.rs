//! The first sheet: what the report comes to, the cells that a reader may change, and the totals that then move.

use super::parts::{chain_cost, money};
use super::plan::{net_value, work_cost};
use super::sheet::{Cell, Fact, Kind, Sheet};
use crate::report::facts::Plan;
use crate::report::facts::Report;
use crate::report::story::summary;

/// The sheet; `base` is the usual cost of an hour.
pub(super) fn sheet(report: &Report, base: f64) -> Sheet {
    let stack = &report.stack;
    let count = |label: &str, n: usize| Fact {
        label: label.into(),
        value: Cell::Number(n as f64),
        kind: Kind::Count,
        note: String::new(),
        name: None,
    };
    let mut facts: Vec<Fact> = ["By hand", "Gravest", "First"]
        .into_iter()
        .zip(summary(report))
        .map(|(label, sentence)| Fact::words(label, sentence))
        .collect();
    facts.extend(stack.as_of.as_ref().map(|day| Fact::words("As of", day)));
    facts.extend([
        count("Systems", stack.systems),
        count("Flows", stack.flows),
        count("Data objects", stack.data),
        count("Processes", stack.processes),
    ]);
    let currency = stack.currency.as_deref();
    if report.handoffs.is_some() {
        facts.extend(handoff_levers(base, currency));
    }
    if let Some(plan) = &report.plan {
        facts.extend(plan_levers(plan, currency));
        facts.push(ratio(report));
    }
    facts.extend(totals(report));
    Sheet { name: "Summary".into(), title: stack.name.clone(), facts, columns: Vec::new(), rows: Vec::new() }
}

fn lever(label: impl Into<String>, value: f64, kind: Kind, name: &'static str, note: &str) -> Fact {
    Fact { label: label.into(), value: Cell::Number(value), kind, note: note.into(), name: Some(name) }
}

/// `Hourly rate, EUR`.
fn in_currency(what: &str, currency: Option<&str>) -> String {
    currency.map_or_else(|| what.to_owned(), |currency| format!("{what}, {currency}"))
}

/// The cells that a reader may change; formulas of the sheet of handoffs refer to them.
fn handoff_levers(base: f64, currency: Option<&str>) -> [Fact; 3] {
    let share = |label: &str, name, note: &str| lever(label, 1.0, Kind::Share, name, note);
    let rate = in_currency("Hourly rate", currency);
    [
        lever(rate, base, Kind::Number, "hourly_rate", "change it: handoffs at this rate follow"),
        share("Work by hand, of today's", "work_share", "change it: 50 % where each run takes half"),
        share("Mending, of today's", "mending_share", "change it: 50 % where half the errors stay"),
    ]
}

/// The cells that the sheet of the plan refers to.
fn plan_levers(plan: &Plan, currency: Option<&str>) -> [Fact; 4] {
    let (rate, capacity, horizon) = (plan.day_rate.likely, plan.capacity, plan.horizon_weeks);
    let rate_of = in_currency("Cost of a person-day", currency);
    [
        lever(rate_of, rate.get(), Kind::Number, "day_rate", "change it: the cost of the plan follows"),
        lever(
            "Effort, of the estimate",
            1.0,
            Kind::Share,
            "effort_share",
            "change it: 150 % where all takes half as long again",
        ),
        lever(
            "Person-days of work a week",
            capacity.get(),
            Kind::Number,
            "capacity",
            "change it: start and finish follow",
        ),
        lever(
            "Weeks within which gains count",
            horizon.get(),
            Kind::Number,
            "horizon_weeks",
            "change it: the worth follows",
        ),
    ]
}

/// What the tables come to, as they stand now.
fn totals(report: &Report) -> Vec<Fact> {
    let currency = report.stack.currency.as_deref();
    let mut facts = Vec::new();
    let mut fact = |label: String, value: Cell, kind: Kind, note: &str| {
        facts.push(Fact { label, value, kind, note: note.into(), name: None });
    };
    let sum = |of: &str, result: f64| Cell::Formula { formula: format!("=SUM({of})"), result };
    let handoffs = report.handoffs.as_deref().unwrap_or_default();
    if !handoffs.is_empty() {
        let value = sum("handoff_costs", chain_cost(handoffs));
        fact(
            money("Handoff chains: cost", currency),
            value,
            Kind::Money,
            "follows; a step in several chains counts in each",
        );
    }
    let plan = report.plan.as_ref().filter(|plan| !plan.items.is_empty());
    if let Some(plan) = plan {
        let label = in_currency("Plan: cost of the work", currency);
        fact(label, sum("plan_work", work_cost(plan)), Kind::Money, "follows");
        let label = in_currency("Plan: worth within the horizon", currency);
        let note = "follows: gains less work and running cost; the order stays as planned";
        fact(label, sum("plan_worth", net_value(plan)), Kind::Money, note);
    }
    if report.outages.as_deref().is_some_and(|all| !all.is_empty()) {
        let known = report.outages.iter().flatten().filter_map(|outage| outage.expected_cost);
        let value = sum("outage_costs", known.map(crate::report::facts::Number::get).sum());
        fact(
            money("Outages: expected cost", currency),
            value,
            Kind::Money,
            "follows; one failure at a time, as far as known",
        );
    }
    if let Some(totals) = &report.handoff_totals {
        let note = "as computed, each step once; does not move with the cells to change";
        let value = |number: crate::report::facts::Number| Cell::Number(number.get());
        fact("Handoffs: hours of work a year".into(), value(totals.hours.likely), Kind::Hours, note);
        fact("Handoffs: hours to mend a year".into(), value(totals.error_hours.likely), Kind::Hours, note);
        fact(money("Handoffs: cost", currency), value(totals.cost.likely), Kind::Money, note);
    }
    facts
}

/// How the cost of handoffs compares with what was computed: what the plan earns by ending some follows it.
fn ratio(report: &Report) -> Fact {
    let cost = chain_cost(report.handoffs.as_deref().unwrap_or_default());
    let value = if cost > 0.0 {
        Cell::Formula { formula: format!("=SUM(handoff_costs)/{cost}"), result: 1.0 }
    } else {
        Cell::Number(1.0)
    };
    Fact {
        label: "Handoff cost, of the computed".into(),
        value,
        kind: Kind::Share,
        note: "follows the sheet Handoffs; what handoffs gone are worth follows it in proportion".into(),
        name: Some("handoff_ratio"),
    }
}
