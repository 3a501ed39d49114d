//! What a year costs today, and what with the plan.

use crate::report::facts::Report;
use crate::report::facts::plan::{Money, Step};
use crate::report::say::{Amount, Bound, Kind, Line, a_year, capital, grouped, listed};
use crate::report::tables::chart::quoted;
use crate::report::tables::money::name_of;
use crate::report::tables::{Cell, Chart, Column, Form, Paint, Row, Series, Table};

/// The parts of a column: from which row of the account, by which key, in which color.
const PARTS: [(Step, &str, Paint); 3] = [
    (Step::ByHand, "by_hand", Paint::ByHand),
    (Step::Outages, "outages", Paint::Stops),
    (Step::RunningCost, "running", Paint::Built),
];

/// One part as the account has it.
struct Part<'r> {
    step: Step,
    key: &'static str,
    paint: Paint,
    name: String,
    /// Today and with the plan; none where one of them is not known.
    amounts: Option<[Amount; 2]>,
    entry: &'r Money,
}

/// A column for today and one with the plan, each of work by hand, outages, and what it costs to run what is built.
pub(super) fn standing(report: &Report) -> Option<Chart> {
    let plan = report.plan.as_ref()?;
    let in_hours = plan.is_in_hours();
    let account = if in_hours { &plan.hours } else { &plan.money };
    let account = account.as_deref().unwrap_or_default();
    let part = |(step, key, paint): (Step, &'static str, Paint)| {
        let entry = account.iter().find(|entry| entry.step == step)?;
        Some(Part { step, key, paint, name: name_of(plan, step)?, amounts: amounts(entry), entry })
    };
    // Outages are weighed in hours and cost none.
    let parts = PARTS.into_iter().filter(|(step, ..)| !in_hours || *step == Step::ByHand).filter_map(part);
    let (drawn, left_out): (Vec<Part<'_>>, Vec<Part<'_>>) = parts.partition(|part| part.amounts.is_some());
    let drawn: Vec<Part<'_>> = drawn.into_iter().filter(|part| part.total() > 0.0).collect();
    // What it takes to run what is built says nothing by itself.
    if drawn.iter().all(|part| part.step == Step::RunningCost) {
        return None;
    }
    let currency = report.stack.currency.as_deref();
    let (kind, axis) = match in_hours {
        true => (Kind::Hours, "Hours a year".to_owned()),
        false => (Kind::Money, capital(&a_year("Cost", currency))),
    };
    let mut columns = vec![Column::new("what", "What", Kind::Words)];
    columns.extend(drawn.iter().map(|part| Column::new(part.key, &part.name, kind)));
    columns.push(Column::new("sum", "Together", kind));
    let rows = ["today", "with_plan"].into_iter().zip(["Today", "With the plan"]).enumerate();
    let rows: Vec<Row> = rows.map(|(at, (key, name))| row(&drawn, at, key, name)).collect();
    let unit = |figure: &str| match (in_hours, currency) {
        (true, _) => (String::new(), " hours a year".to_owned()),
        (false, Some(currency)) => (format!("{figure}{currency} "), " a year".to_owned()),
        (false, None) => (figure.to_owned(), " a year".to_owned()),
    };
    Some(Chart {
        data: Table {
            title: axis.clone(),
            rows: rows.clone(),
            ..Table::new("standing", "Before and after", ["stack", "stacks"], columns)
        },
        names: "what",
        series: drawn.iter().map(|part| Series::of(part.key, part.paint)).collect(),
        form: Form::Stacked,
        headline: headline(&rows, &unit("")),
        axis,
        notes: notes(&drawn, &left_out),
        from: "Account",
    })
}

impl Part<'_> {
    fn total(&self) -> f64 {
        self.amounts.iter().flatten().map(|amount| amount.likely).sum()
    }
}

/// What a part costs today and with the plan, where both are known.
fn amounts(entry: &Money) -> Option<[Amount; 2]> {
    let of = |amount: f64, unknown: usize| Amount { bound: Bound::least_if(unknown > 0), ..Amount::of(amount) };
    let with_plan = of(entry.with_plan?.get(), entry.with_plan_unknown);
    // Today nothing of it is there to run.
    let today = if entry.step == Step::RunningCost { 0.0 } else { entry.today?.get() };
    let today = of(today, entry.today_unknown);
    // At least nothing says nothing.
    let is_open = [today, with_plan].iter().any(|amount| amount.bound == Bound::AtLeast && amount.likely <= 0.0);
    (!is_open).then_some([today, with_plan])
}

fn row(drawn: &[Part<'_>], at: usize, key: &'static str, name: &str) -> Row {
    let found = |part: &Part<'_>| part.amounts.map_or(Amount::of(0.0), |amounts| amounts[at]);
    let mut cells = vec![Cell::text(name)];
    cells.extend(drawn.iter().map(|part| Cell::Amount(found(part))));
    let open = drawn.iter().any(|part| found(part).bound == Bound::AtLeast);
    let sum: f64 = drawn.iter().map(|part| found(part).likely).sum();
    cells.push(Cell::Amount(Amount { bound: Bound::least_if(open), ..Amount::of(sum) }));
    let looked_up = drawn.iter().filter(|part| part.step != Step::RunningCost || key != "today");
    let mut formulas: Vec<(&'static str, String)> = looked_up
        .map(|part| (part.key, format!("INDEX(money_{key},MATCH({},money_step,0))", quoted(&part.name))))
        .collect();
    let keys: Vec<String> = drawn.iter().map(|part| format!("{{{}}}", part.key)).collect();
    formulas.push(("sum", keys.join("+")));
    Row { id: key.to_owned(), cells, formulas, ..Row::default() }
}

/// `USD 40,686 a year today, USD 5,315 with the plan`.
fn headline(rows: &[Row], (before, after): &(String, String)) -> (String, String) {
    let sum = |at: usize| rows[at].cells.last().and_then(Cell::amount).unwrap_or(Amount::of(0.0));
    let least = |at: usize| if sum(at).bound == Bound::AtLeast { "at least " } else { "" };
    let figure = |at: usize| format!("{}{before}{}", least(at), grouped(sum(at).likely));
    let words = capital(&format!("{}{after} today, {} with the plan", figure(0), figure(1)));
    let said = |at: usize, text: &str| quoted(&if at == 0 { capital(text) } else { text.to_owned() });
    let formula = format!(
        "{}&FIXED(INDEX(standing_sum,1),0)&{}&FIXED(INDEX(standing_sum,2),0)&{}",
        said(0, &format!("{}{before}", least(0))),
        quoted(&format!("{after} today, {}{before}", least(1))),
        quoted(" with the plan")
    );
    (words, formula)
}

fn notes(drawn: &[Part<'_>], left_out: &[Part<'_>]) -> Vec<Line> {
    let mut notes = Vec::new();
    let of = |parts: &[&Part<'_>]| listed(&parts.iter().map(|part| part.name.to_lowercase()).collect::<Vec<_>>());
    let at_least: Vec<&Part<'_>> =
        drawn.iter().filter(|part| part.entry.today_unknown + part.entry.with_plan_unknown > 0).collect();
    if !at_least.is_empty() {
        notes.push(Line::of(format!("As far as known: {}. The sheet Account says what is not known.", of(&at_least))));
    }
    if !left_out.is_empty() {
        let all: Vec<&Part<'_>> = left_out.iter().collect();
        notes.push(Line::of(format!("Not known, and not drawn: {}.", of(&all))));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{acme, words};

    #[test]
    fn two_columns_have_what_the_account_has() {
        let chart = standing(&acme()).unwrap();
        assert_eq!(words(&chart.data, 0, &["what", "by_hand"]), ["Today", "40,686"]);
        assert_eq!(words(&chart.data, 1, &["what", "by_hand"]), ["With the plan", "3,315"]);
        let running = chart.data.rows[0].formulas.iter().any(|(key, _)| *key == "running");
        assert!(!running, "nothing that is built runs today");
        assert!(chart.headline.0.contains(" a year today, "), "{}", chart.headline.0);
    }

    #[test]
    fn what_is_not_known_is_left_out_and_said() {
        let mut report = acme();
        let money = report.plan.as_mut().unwrap().money.as_mut().unwrap();
        let outages = money.iter_mut().find(|entry| entry.step == Step::Outages).unwrap();
        outages.today = None;
        let chart = standing(&report).unwrap();
        assert!(chart.series.iter().all(|series| series.key != "outages"));
        let said: Vec<String> = chart.notes.iter().map(Line::text).collect();
        assert!(said.iter().any(|note| note.starts_with("Not known, and not drawn: expected outages")), "{said:?}");
        report.plan.as_mut().unwrap().money = Some(Vec::new());
        assert!(standing(&report).is_none());
    }
}
