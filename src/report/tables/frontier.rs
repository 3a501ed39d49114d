//! What each higher stage takes.

use super::{Cell, Column, Kind, Row, Table, Tone};
use crate::report::facts::plan::Reached;
use crate::report::facts::plan::{Plan, Reach, Smallest};
use crate::report::facts::{Number, Report};
use crate::report::say::{self, Amount, capital, counted, criterion, decimal, in_currency, listed};

/// The table, by stage; `None` where no plan was asked for.
#[must_use]
pub fn frontier(report: &Report) -> Option<Table> {
    let plan = report.plan.as_ref()?;
    let currency = report.stack.currency.as_deref();
    let mut columns = vec![
        Column::new("stage", "Stage", Kind::Words).on_slides(),
        Column::new("reached", "Reached", Kind::Words).on_slides(),
        Column::new("date", "Met by", Kind::Date).on_slides(),
        Column::new("items", "Items in all", Kind::Count).on_slides(),
        Column::new("days", "Effort in all, person-days", Kind::Days).on_slides(),
    ];
    columns.extend(if plan.is_in_hours() {
        [
            Column::new("net", "Net hours within the horizon", Kind::Hours).on_slides(),
            Column::new("price", "Price, hours", Kind::Hours).on_slides(),
        ]
    } else {
        [
            Column::new("net", in_currency("Net value within the horizon", currency), Kind::Money).on_slides(),
            Column::new("price", in_currency("Price", currency), Kind::Money).on_slides(),
        ]
    });
    columns.push(Column::new("more_days", "Person-days more", Kind::Days));
    columns.push(Column::new("missing", "What is missing", Kind::Words).on_slides());
    let table = Table::new("frontier", "Higher stages", ["stage", "stages"], columns);
    Some(Table {
        title: "What each higher stage takes, against the plan that need not reach it".into(),
        empty: "No stage is above this one.".into(),
        rows: plan.reach.iter().map(|reach| row(report, plan, reach)).collect(),
        ..table
    })
}

fn row(report: &Report, plan: &Plan, reach: &Reach) -> Row {
    let is_reached = reach.price.is_some();
    let number = |number: Option<Number>| {
        number.filter(|_| is_reached).map_or(Cell::NothingToJudge, |number| Cell::number(Some(number.get())))
    };
    let price = reach.price.and_then(|price| price.net_value.or(price.net_hours));
    Row {
        id: reach.stage.to_string(),
        cells: vec![
            Cell::text(format!("{} {}", reach.stage, reach.name)),
            reached(reach),
            reach.date.as_ref().filter(|_| is_reached).map_or(Cell::NothingToJudge, Cell::text),
            if is_reached { Cell::count(reach.steps.len()) } else { Cell::NothingToJudge },
            if is_reached { Cell::Amount(Amount::of(reach.days.get())) } else { Cell::NothingToJudge },
            number(reach.net_value.or(reach.net_hours)),
            number(price),
            number(reach.price.map(|price| price.days)),
            Cell::texts(&missing(report, plan, reach)),
        ],
        ..Row::default()
    }
}

/// Whether a stage is reached, as a word.
#[must_use]
pub fn reached(reach: &Reach) -> Cell {
    match (reach.reached, reach.settled) {
        (Reached::Yes, _) => Cell::Word("yes".into(), Tone::Good),
        (Reached::IfVerified, _) => Cell::Word("if verified".into(), Tone::Fair),
        (Reached::No, true) => Cell::Word("no".into(), Tone::Bad),
        (Reached::No, false) => Cell::Word("not settled".into(), Tone::Fair),
    }
}

/// What is missing for a stage: what has to be found out, what nothing is known for, or which settings do not do.
#[must_use]
pub fn missing(report: &Report, plan: &Plan, reach: &Reach) -> Vec<String> {
    let mut found: Vec<String> =
        reach.unreachable.iter().map(|one| format!("{}: {}", criterion(one.criterion), one.missing)).collect();
    if reach.reached == Reached::IfVerified {
        let checks = reach.steps.iter().filter(|step| step.kind == crate::model::ItemKind::Verify);
        found.extend(checks.map(|step| step.title.clone()));
    }
    if !reach.conflict.is_empty() {
        let names: Vec<String> = reach.conflict.iter().map(|id| criterion(id)).collect();
        found.push(format!("not together: {}", listed(&names)));
    }
    found.extend(reach.smallest.iter().map(|smallest| would_do(report, plan, smallest)));
    if reach.reached == Reached::No && !reach.settled {
        found.push("the search ended before it was settled".into());
    }
    found
}

/// The settings of which each would do, with the budget for it where the one there is is too small for that, in words.
#[must_use]
pub fn would_do(report: &Report, plan: &Plan, smallest: &Smallest) -> String {
    let of = |money: Number| {
        let amount = say::money(report.stack.currency.as_deref(), money.get());
        format!("a budget of {amount}")
    };
    let with = |money: Option<Number>| money.map(|money| format!(" with {}", of(money))).unwrap_or_default();
    let capacity = smallest
        .capacity
        .map(|days| format!("{} person-days a week{}", decimal(days.get(), 1), with(smallest.capacity_budget)));
    let horizon = smallest
        .horizon_weeks
        .map(|weeks| format!("a horizon of {}{}", say::weeks(weeks.get()), with(smallest.horizon_budget)));
    let all: Vec<String> = [smallest.budget.map(of), capacity, horizon].into_iter().flatten().collect();
    match all.as_slice() {
        [] => format!(
            "no {} alone would do",
            if plan.budget.is_some() { "budget, capacity or horizon" } else { "setting" }
        ),
        all => format!("{} would do", capital(&all.join(", or "))),
    }
}

/// How many criteria nothing is known for, in words.
#[must_use]
pub fn unmet(reach: &Reach) -> String {
    counted(reach.unreachable.len(), "criterion", "criteria")
}
