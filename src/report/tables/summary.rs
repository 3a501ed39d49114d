//! A workbook's first sheet: what a reader may change, what then follows, and what stays.

use std::borrow::Cow;

use super::steps::rates;
use super::{Cell, Fact, Kind, Summary};
use crate::report::facts::plan::Item;
use crate::report::facts::{Number, Plan, Report};
use crate::report::say::{Amount, Bound, Line, a_year, counted};

/// The sheet, with these sentences of what the report comes to and these notes.
#[must_use]
pub fn summary(report: &Report, sentences: Vec<Line>, notes: Vec<Line>) -> Summary {
    let mut said = vec![Line::of("In short, before any input is changed:")];
    said.extend(sentences);
    let (inputs, results) = (inputs(report), results(report));
    let mut parts = Vec::new();
    if !inputs.is_empty() {
        parts.push(("Inputs: change a yellow cell, and the sheets follow".to_owned(), inputs));
    }
    if !results.is_empty() {
        parts.push(("Totals, with the inputs as they are".to_owned(), results));
    }
    parts.push(("The stack".to_owned(), stack(report)));
    Summary { title: report.stack.name.clone(), sentences: said, parts, notes }
}

/// What does not follow: the size of the stack and where it stands.
fn stack(report: &Report) -> Vec<Fact> {
    let stack = &report.stack;
    let fact = |key: &'static str, label: &str, kind: Kind, value: Cell| Fact {
        key: key.into(),
        label: label.to_owned(),
        kind,
        value,
        note: String::new(),
        allowed: None,
    };
    let mut facts = Vec::new();
    facts.extend(stack.as_of.as_ref().map(|day| fact("as_of", "As of", Kind::Date, Cell::text(day))));
    let stage = report.stage.as_ref().map(|stage| Cell::count(usize::from(stage.stage)));
    facts.extend(stage.map(|stage| fact("stage", "Maturity stage, of 5", Kind::Count, stage)));
    let sizes = [
        ("systems", "Systems", stack.systems),
        ("flows", "Flows", stack.flows),
        ("data", "Data objects", stack.data),
        ("processes", "Processes", stack.processes),
    ];
    facts.extend(sizes.map(|(key, label, size)| fact(key, label, Kind::Count, Cell::count(size))));
    facts
}

/// The cells that a reader may change; formulas of all sheets name them.
fn inputs(report: &Report) -> Vec<Fact> {
    let mut facts = Vec::new();
    for rate in rates(report) {
        let label = match &rate.team {
            Some(team) => format!("Hourly rate of {}", report.stack.names.team(team)),
            None => "Hourly rate".to_owned(),
        };
        facts.push(input(
            rate.name,
            in_currency(report, &label),
            rate.rate.likely.get(),
            (Kind::Number, RATE),
            "cost of work by hand",
        ));
    }
    let has_work = report.handoff_totals.as_ref().is_some_and(|totals| !totals.steps.is_empty());
    if has_work {
        facts.push(share("work_share", "Hours of work, share of today's", "50% if each run takes half as long"));
        facts.push(share("rework_share", "Rework hours, share of today's", "50% if half of the errors remain"));
    }
    if let Some(plan) = report.plan.as_ref().filter(|plan| !plan.items.is_empty()) {
        facts.extend(plan_inputs(report, plan));
    }
    facts
}

fn plan_inputs(report: &Report, plan: &Plan) -> Vec<Fact> {
    let (capacity, weeks) = (plan.capacity.get(), plan.horizon_weeks.get());
    let rate = plan.day_rate.map(|rate| {
        let label = in_currency(report, "Cost of a person-day");
        input("day_rate", label, rate.likely.get(), (Kind::Number, RATE), "cost of building")
    });
    let others = [
        share("effort_share", "Effort, share of the estimate", "150% if everything takes half as long again"),
        input(
            "capacity",
            "Person-days of work a week",
            capacity,
            (Kind::Number, CAPACITY),
            "start and finish of each item",
        ),
        input("horizon_weeks", "Weeks within which gains count", weeks, (Kind::Weeks, HORIZON), "net value"),
    ];
    rate.into_iter().chain(others).collect()
}

/// What the sheets come to with the inputs as they are. The one total of the handoffs counts each step once.
fn results(report: &Report) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(totals) = report.handoff_totals.as_ref().filter(|totals| !totals.steps.is_empty()) {
        let (work, rework, cost) = (totals.hours, totals.error_hours, totals.cost);
        if let Some((work, rework)) = work.zip(rework) {
            let of_hours = "SUM(steps_hours)*work_share+SUM(steps_rework)*rework_share";
            let bound = Bound::least_if(!totals.unknown.is_empty());
            let hours = Amount { bound, ..both(work.into(), rework.into()) };
            let label = "Hours of work by hand a year, rework included";
            let note = as_far_as_known(totals.unknown.len());
            facts.push(Fact { note, ..result("handoff_hours", label, Kind::Hours, hours, of_hours) });
        }
        if let Some(cost) = cost {
            let label = a_year("Cost of work by hand", currency(report));
            let note = "sheet Steps; a step that several handoffs share counts once";
            let unknown = as_far_as_known(totals.cost_unknown.len());
            let is_least = !totals.cost_unknown.is_empty();
            facts.push(Fact {
                note: if unknown.is_empty() { note.to_owned() } else { format!("{note}; {unknown}") },
                ..result(
                    "handoff_cost",
                    label,
                    Kind::Money,
                    Amount { bound: Bound::least_if(is_least), ..cost.into() },
                    "SUM(steps_cost)",
                )
            });
        }
        let likely = cost.map_or(0.0, |cost| cost.likely.get());
        if likely > 0.0 {
            let of = format!("handoff_cost/{likely}");
            facts.push(Fact {
                note: "what the plan saves of it follows in proportion".to_owned(),
                ..result("handoff_ratio", "Cost of work by hand, share of today's", Kind::Share, Amount::of(1.0), &of)
            });
        }
    }
    facts.extend(outage_cost(report));
    facts.extend(report.plan.iter().filter(|plan| !plan.items.is_empty()).flat_map(|plan| plan_results(report, plan)));
    facts
}

/// The expected cost of all single failures that do something, added up as the sheet Outages has them; nothing where there are none.
fn outage_cost(report: &Report) -> Option<Fact> {
    let harmful = || report.outages.iter().flatten().filter(|outage| !outage.is_harmless());
    let costs: Vec<f64> = harmful().filter_map(|outage| outage.expected_cost).map(Number::get).collect();
    let unknown = harmful().filter(|outage| outage.expected_cost.is_none() || !outage.cost_unknown.is_empty()).count();
    harmful().next()?;
    let label = a_year("Expected cost of single failures, added up", currency(report));
    let open = match unknown {
        0 => String::new(),
        _ => ", as far as known".to_owned(),
    };
    let note = format!("sheet Outages; one failure at a time{open}");
    let sum = costs.iter().sum::<f64>();
    // A sum of nothing but what is not known is not known.
    if costs.is_empty() || (unknown > 0 && sum <= 0.0) {
        let key = "outage_cost".into();
        return Some(Fact { key, label, kind: Kind::Money, value: Cell::NotKnown, note, allowed: None });
    }
    let amount = Amount { bound: Bound::least_if(unknown > 0), ..Amount::of(sum) };
    Some(Fact { note, ..result("outage_cost", label, Kind::Money, amount, "SUM(outages_expected)") })
}

/// What a sum leaves out, where something has no figures.
fn as_far_as_known(unknown: usize) -> String {
    match unknown {
        0 => String::new(),
        some => format!("as far as known: {} not counted", counted(some, "handoff is", "handoffs are")),
    }
}

fn plan_results(report: &Report, plan: &Plan) -> Vec<Fact> {
    let effort = result(
        "plan_effort",
        "Person-days of the plan",
        Kind::Days,
        Amount::of(plan.effort.likely.get()),
        "SUM(plan_items_days)*effort_share",
    );
    let (Some(work), Some(spent), Some(net_value)) = (plan.work_cost, plan.spent, plan.net_value) else {
        let saved: f64 = plan.items.iter().map(Item::gain).sum();
        let label = "Hours that the plan saves a year";
        let of = "SUM(plan_items_hours)";
        let note = "without an hourly rate the plan counts hours; what they cost is not known".to_owned();
        return vec![effort, Fact { note, ..result("plan_hours", label, Kind::Hours, Amount::of(saved), of) }];
    };
    let net = in_currency(report, "Net value of the plan within the horizon");
    vec![
        effort,
        result(
            "plan_cost",
            in_currency(report, "Cost of building the plan"),
            Kind::Money,
            Amount::of(work.get()),
            "ROUND(SUM(plan_items_work),0)",
        ),
        Fact {
            note: "building, and running what is built until the horizon".to_owned(),
            ..result(
                "plan_spent",
                in_currency(report, "Spent on the plan within the horizon"),
                Kind::Money,
                Amount::of(spent.get()),
                "plan_cost+ROUND(SUMPRODUCT(plan_items_running,(horizon_weeks>plan_items_finish)*(horizon_weeks-plan_items_finish))/52,0)",
            )
        },
        Fact {
            note: "sheet Account: gains less building and running; the order stays as planned".to_owned(),
            ..result("plan_value", net, Kind::Money, Amount::of(net_value.get()), "SUM(money_amount)")
        },
    ]
}

/// Most that an hour or a person-day may cost, and what a share, person-days a week and weeks may be, least and most: what is
/// beyond is a slip of the keyboard.
const RATE: [f64; 2] = [0.0, 1e7];
const SHARE: [f64; 2] = [0.0, 10.0];
const CAPACITY: [f64; 2] = [0.1, 1_000.0];
const HORIZON: [f64; 2] = [1.0, 1_040.0];

/// An input between two bounds; what the stack file states is always within them.
fn input(
    key: impl Into<Cow<'static, str>>,
    label: impl Into<String>,
    value: f64,
    (kind, [least, most]): (Kind, [f64; 2]),
    follows: &str,
) -> Fact {
    let shown = Cell::Amount(Amount::of(value));
    let note = format!("moves: {follows}");
    Fact {
        key: key.into(),
        label: label.into(),
        kind,
        value: shown,
        note,
        allowed: Some([least.min(value), most.max(value)]),
    }
}

fn share(key: &'static str, label: &str, example: &str) -> Fact {
    Fact { note: example.to_owned(), ..input(key, label, 1.0, (Kind::Share, SHARE), "") }
}

fn result(key: &'static str, label: impl Into<String>, kind: Kind, amount: Amount, formula: &str) -> Fact {
    let value = Cell::Linked(amount, formula.to_owned());
    Fact { key: key.into(), label: label.into(), kind, value, note: String::new(), allowed: None }
}

fn currency(report: &Report) -> Option<&str> {
    report.stack.currency.as_deref()
}

fn in_currency(report: &Report, what: &str) -> String {
    crate::report::say::in_currency(what, currency(report))
}

fn both(one: Amount, other: Amount) -> Amount {
    let (low, likely, high) = (one.low + other.low, one.likely + other.likely, one.high + other.high);
    Amount { low, likely, high, bound: Bound::Value }
}
