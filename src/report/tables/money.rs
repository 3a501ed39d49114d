//! The account of the plan: cost today and with it, what is gained a year, and what is left of that within the horizon.

use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::plan::{Money, Plan, Step};
use crate::report::facts::{Number, Report};
use crate::report::say::{self, Amount, Bound, Line, a_year, counted, days, in_currency};

/// The table; `None` where no plan was asked for.
#[must_use]
pub fn money(report: &Report) -> Option<Table> {
    let plan = report.plan.as_ref()?;
    let (rows, kind) = account(plan);
    let table = Table::new("money", "Account", ["row", "rows"], columns(report, plan, kind));
    let weeks = say::weeks(plan.horizon_weeks.get());
    let title = if plan.is_in_hours() {
        format!("The account of the plan: hours a year, and within {weeks}")
    } else {
        format!("The account of the plan: cost and gain a year, and net value within {weeks}")
    };
    let (last, above) = rows.split_last().map_or((None, rows), |(last, above)| (Some(last), above));
    Some(Table {
        title,
        rows: above.iter().map(|entry| row(plan, entry, kind)).collect(),
        foot: last.map(|entry| foot(plan, entry)),
        empty: "The plan builds nothing, so nothing changes.".into(),
        notes: if rows.is_empty() { Vec::new() } else { notes(plan, rows) },
        ..table
    })
}

/// The rows of what the plan counts, and the kind of their amounts.
fn account(plan: &Plan) -> (&[Money], Kind) {
    let (rows, kind) = if plan.is_in_hours() { (&plan.hours, Kind::Hours) } else { (&plan.money, Kind::Money) };
    (rows.as_deref().unwrap_or_default(), kind)
}

fn columns(report: &Report, plan: &Plan, kind: Kind) -> Vec<Column> {
    let currency = report.stack.currency.as_deref();
    let weeks = say::weeks(plan.horizon_weeks.get());
    let a_year = |what: &str| {
        if plan.is_in_hours() { format!("{what}, hours a year") } else { a_year(what, currency) }
    };
    let within = format!("Within {weeks}");
    let within = if plan.is_in_hours() { format!("{within}, hours") } else { in_currency(&within, currency) };
    vec![
        Column::new("step", "What", Kind::Words).on_slides(),
        Column::new("today", a_year("Today"), kind).on_slides(),
        Column::new("gained", a_year("Gained"), kind).on_slides(),
        Column::new("added", a_year("Added"), kind).on_slides(),
        Column::new("with_plan", a_year("With the plan"), kind).on_slides(),
        Column::new("weeks", "Counts for, weeks on average", Kind::Weeks).on_slides(),
        Column::new("amount", within, kind).on_slides(),
    ]
}

/// What a row is about, in words.
fn words(plan: &Plan, step: Step) -> String {
    match step {
        Step::ByHand => "Work by hand".into(),
        Step::Outages if plan.is_in_hours() => "Expected outages, weighed in hours".into(),
        Step::Outages => "Expected outages, one failure at a time".into(),
        Step::StatedValue => "Stated value of automation".into(),
        Step::RunningCost => "Running what is built".into(),
        Step::Work => format!("Building it, {}", days(plan.effort.likely.get())),
        Step::NetValue if plan.is_in_hours() => "Together: net hours".into(),
        Step::NetValue => "Together: net value".into(),
    }
}

/// What the row of a step is called in the first column; none of a name that has figures.
#[must_use]
pub(super) fn name_of(plan: &Plan, step: Step) -> Option<String> {
    (step != Step::Work).then(|| words(plan, step))
}

/// The columns in which a row has nothing to say.
fn is_idle(step: Step, key: &str) -> bool {
    match step {
        Step::ByHand => key == "added",
        Step::Outages | Step::NetValue => false,
        Step::StatedValue => ["today", "added", "with_plan"].contains(&key),
        Step::RunningCost => ["today", "gained"].contains(&key),
        Step::Work => key != "amount",
    }
}

fn cells(plan: &Plan, entry: &Money) -> Vec<Cell> {
    let is_of_hand = matches!(entry.step, Step::ByHand | Step::NetValue);
    let gained_unknown = if is_of_hand { plan.gained_unknown() } else { 0 };
    let cell = |key: &str, amount: Option<Number>, unknown: usize| match amount.map(Number::get) {
        _ if is_idle(entry.step, key) => Cell::Empty,
        Some(0.0) if key == "added" => Cell::Empty,
        Some(amount) if unknown > 0 => Cell::Amount(Amount { bound: Bound::AtLeast, ..Amount::of(amount) }),
        Some(amount) => Cell::Amount(Amount::of(amount)),
        // Outages are weighed in hours and cost none.
        None if plan.is_in_hours() && entry.step == Step::Outages => Cell::Empty,
        None => Cell::NotKnown,
    };
    vec![
        Cell::text(words(plan, entry.step)),
        cell("today", entry.today, entry.today_unknown),
        cell("gained", entry.gained, gained_unknown),
        cell("added", entry.added, 0),
        cell("with_plan", entry.with_plan, entry.with_plan_unknown),
        entry.weeks.map_or(Cell::Empty, |weeks| Cell::number(Some(weeks.get()))),
        cell("amount", entry.amount, 0),
    ]
}

fn row(plan: &Plan, entry: &Money, kind: Kind) -> Row {
    let formulas = if kind == Kind::Money { formulas(plan, entry) } else { Vec::new() };
    Row { id: entry.step.as_str().to_owned(), cells: cells(plan, entry), formulas, ..Row::default() }
}

fn foot(plan: &Plan, entry: &Money) -> Row {
    let summed = ["", "money_today", "money_gained", "money_added", "money_with_plan", "", "money_amount"];
    let link = |(cell, name): (Cell, &str)| match cell {
        Cell::Amount(amount) if !name.is_empty() => Cell::Linked(amount, format!("SUM({name})")),
        other => other,
    };
    Row { cells: cells(plan, entry).into_iter().zip(summed).map(link).collect(), ..Row::default() }
}

/// How a spreadsheet follows what a reader changes: every amount is rounded before it is added up, as here.
fn formulas(plan: &Plan, entry: &Money) -> Vec<(&'static str, String)> {
    let within = |column: &str| {
        format!(
            "ROUND(SUMPRODUCT(plan_items_{column},(horizon_weeks>plan_items_finish)*(horizon_weeks-plan_items_finish))/52,0)"
        )
    };
    let weeks = |of: &str| ("weeks", format!("IF({of}=0,0,{{amount}}*52/{of})"));
    match entry.step {
        Step::ByHand => {
            let costs = plan.before.cost.zip(plan.after.cost).map(|(a, b)| (a.likely.get(), b.likely.get()));
            let mut all = vec![("amount", within("of_handoffs")), weeks("{gained}")];
            if let Some((before, after)) = costs.filter(|(before, _)| *before > 0.0) {
                // What is at least so much is not rounded above itself.
                let round = |unknown: usize| if unknown > 0 { "ROUNDDOWN" } else { "ROUND" };
                all.extend([
                    ("today", format!("{}(handoff_cost,0)", round(entry.today_unknown))),
                    ("with_plan", format!("{}({after}*handoff_cost/{before},0)", round(entry.with_plan_unknown))),
                    ("gained", "{today}-{with_plan}".to_owned()),
                ]);
            }
            all
        }
        Step::Outages => vec![("amount", within("of_outages")), weeks("({gained}-{added})")],
        Step::StatedValue => vec![("amount", within("of_stated")), weeks("{gained}")],
        Step::RunningCost => vec![("amount", format!("-{}", within("running"))), weeks("(-{added})")],
        Step::Work => vec![("amount", "-ROUND(SUM(plan_items_work),0)".to_owned())],
        Step::NetValue => Vec::new(),
    }
}

fn notes(plan: &Plan, rows: &[Money]) -> Vec<Line> {
    let weeks = say::weeks(plan.horizon_weeks.get());
    let net = if plan.is_in_hours() { "net hours" } else { "net value" };
    let mut notes = vec![
        Line::of(format!(
            "In each row of cost, today less gained plus added is with the plan. In each column the rows add up, in the last \
             one to the {net} of the plan."
        )),
        Line::of(format!(
            "What an item gains or costs a year counts from its finish to the end of the {weeks}. Amounts are rounded \
             first, down where they are “at least” so much, and then added up."
        )),
    ];
    let unknown = |step: Step, of: fn(&Money) -> usize| rows.iter().find(|row| row.step == step).map_or(0, of);
    let mut left_out = Vec::new();
    match unknown(Step::ByHand, |row| row.today_unknown.max(row.with_plan_unknown)) {
        0 => {}
        some => left_out.push(counted(some, "manual flow", "manual flows")),
    }
    match unknown(Step::Outages, |row| row.today_unknown.max(row.with_plan_unknown)) {
        0 => {}
        some => left_out.push(counted(some, "outage of a process", "outages of processes")),
    }
    if !left_out.is_empty() {
        notes.push(Line::of(format!("Not known, and in no sum: the cost of {}.", left_out.join(" and "))));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{acme, words};

    #[test]
    fn each_row_says_today_gained_and_with_the_plan() {
        let report = acme();
        let table = money(&report).unwrap();
        let keys = ["step", "today", "gained", "added", "with_plan", "amount"];
        assert_eq!(words(&table, 0, &keys), ["Work by hand", "40,686", "37,371", "", "3,315", "16,673"]);
        let rows: Vec<&str> = table.rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(rows, ["by-hand", "outages", "stated-value", "running-cost", "work"]);
        // What is written beneath is the net value of the plan, wherever it stands.
        let net = table.foot.as_ref().unwrap().cells[6].amount().unwrap().likely;
        assert_eq!(net, report.plan.as_ref().unwrap().net());
    }

    #[test]
    fn a_plan_without_items_has_no_account() {
        let mut report = acme();
        report.plan.as_mut().unwrap().money = Some(Vec::new());
        let table = money(&report).unwrap();
        assert!(table.rows.is_empty() && table.foot.is_none() && table.notes.is_empty());
        assert_eq!(table.empty, "The plan builds nothing, so nothing changes.");
    }
}
