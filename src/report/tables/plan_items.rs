//! What the plan builds, in order.

use super::{Cell, Column, Kind, Row, Shape, Table};
use crate::report::facts::plan::{Choice, Item, Payback, Plan, ValueOf};
use crate::report::facts::{FlowName, Names, Number, Range, Report, made_of};
use crate::report::say::{Amount, Bound, Line, a_year, criterion, days, in_currency};

/// The table; `None` where no plan was asked for.
#[must_use]
pub fn plan_items(report: &Report) -> Option<Table> {
    let plan = report.plan.as_ref()?;
    let table = Table::new("plan_items", "Plan", ["item", "items"], columns(report, plan));
    let gain = if plan.is_in_hours() { "hours saved" } else { "value" };
    let wsjf = format!("WSJF, weighted shortest job first: {gain} a year for each person-day of effort.");
    let mut notes = vec![Line::of(wsjf)];
    if plan.is_in_hours() {
        notes.push(Line::of("Without `hourly_rate` the plan counts hours: eight for each person-day of its own work."));
    }
    if plan.items.iter().any(|item| item.wave_share.is_some()) {
        let words = "“Stays in its wave”: in how many simulations the item is finished in this wave.";
        notes.push(Line::of(words));
    }
    Some(Table {
        title: "What to build, in this order".into(),
        rows: plan.items.iter().enumerate().map(|(at, item)| row(report, plan, at, item)).collect(),
        notes: if plan.items.is_empty() { Vec::new() } else { notes },
        shape: Shape::Entries(2),
        ..table
    })
}

fn columns(report: &Report, plan: &Plan) -> Vec<Column> {
    let currency = report.stack.currency.as_deref();
    let weeks = |column: Column, formula: &'static str| if follows(plan) { column.computed(formula) } else { column };
    let gains = if plan.is_in_hours() {
        vec![
            Column::new("hours", "Hours saved a year", Kind::Hours).on_slides().summed(),
            Column::new("value", a_year("Value", currency), Kind::Money).on_slides(),
            Column::new("running", a_year("Running cost", currency), Kind::Money).on_slides().summed(),
        ]
    } else {
        vec![
            Column::new("of_handoffs", a_year("Value from handoffs", currency), Kind::Money).detail().summed(),
            Column::new("of_outages", a_year("Value from outages", currency), Kind::Money).detail().summed(),
            Column::new("of_stated", a_year("Stated value", currency), Kind::Money).detail().summed(),
            Column::new("value", a_year("Value", currency), Kind::Money)
                .on_slides()
                .computed("{of_handoffs}+{of_outages}+{of_stated}")
                .summed(),
            Column::new("running", a_year("Running cost", currency), Kind::Money).on_slides().summed(),
            Column::new("work", in_currency("Cost of the work", currency), Kind::Money)
                .detail()
                .computed("{days}*effort_share*day_rate")
                .summed(),
        ]
    };
    let worth = Column::new("worth", in_currency("Net value within the horizon", currency), Kind::Money)
        .detail()
        .computed("({value}-{running})*MAX(0,horizon_weeks-{finish})/52-{work}")
        .summed();
    let mut columns = vec![
        Column::new("order", "#", Kind::Count).on_slides(),
        Column::new("item", "What is built", Kind::Words).on_slides(),
        Column::new("wave", "Wave", Kind::Count).on_slides(),
        Column::new("kind", "Kind", Kind::Words).detail(),
        Column::new("days", "Effort, person-days", Kind::Days).on_slides().summed(),
    ];
    columns.extend(gains);
    columns.extend([
        weeks(Column::new("start", "Start, week", Kind::Weeks).detail(), "{finish}-{days}*effort_share/capacity"),
        // By order and not by row, so that sorting the table changes nothing.
        weeks(
            Column::new("finish", "Finish, week", Kind::Weeks),
            "SUMIF(plan_items_order,\"<=\"&{order},plan_items_days)*effort_share/capacity",
        ),
    ]);
    columns.extend((!plan.is_in_hours()).then_some(worth));
    columns.extend([
        Column::new("date", "Done by", Kind::Date),
        Column::new("owner", "Owner", Kind::Words),
        Column::new("obligation", "Must be answered", Kind::Words),
        Column::new("closes", "Criteria met with it", Kind::Words),
        Column::new("payback", "Breaks even, weeks after start", Kind::Weeks).on_slides(),
        Column::new("wsjf", "WSJF", Kind::Number),
        Column::new("stays", "Stays in its wave", Kind::Share),
        Column::new("needs", "Comes after", Kind::Words).leading_to(&["plan_items"]),
        Column::new("removes", "Removes", Kind::Words).leading_to(&["handoffs", "findings"]),
        Column::new("brings", "Brings", Kind::Words).leading_to(&["findings"]),
        Column::new("moved", "Moved from its WSJF rank because", Kind::Words).detail(),
        Column::new("confidence", "Confidence", Kind::Words).on_slides(),
        Column::new("others", "Other ways", Kind::Words),
        Column::new("why", "Why it can be built", Kind::Words).detail(),
    ]);
    columns
}

/// Whether the items follow one another at full capacity, so that weeks can be computed from days.
fn follows(plan: &Plan) -> bool {
    let mut days = 0.0;
    plan.items.iter().all(|item| {
        days += item.effort.likely.get();
        (days / plan.capacity.get() - item.finish.get()).abs() < 1e-3
    })
}

fn row(report: &Report, plan: &Plan, at: usize, item: &Item) -> Row {
    let number = |number: Number| Cell::number(Some(number.get()));
    let title = |id: &str| title(plan, id);
    let mut cells = vec![
        Cell::count(at + 1),
        Cell::name(&item.id, &item.title),
        Cell::count(item.wave),
        Cell::text(item.kind.as_str().replace('-', " ")),
        Cell::range(Some(item.effort)),
    ];
    // What it takes away besides has no figures.
    let bound = if item.value_unknown > 0 { Bound::AtLeast } else { Bound::Value };
    let gain = |range: Option<Range>| {
        range.map_or(Cell::NotKnown, |range| match bound {
            Bound::Value => Cell::Amount(range.into()),
            _ => Cell::Amount(Amount { bound, ..Amount::of(range.likely.get()) }),
        })
    };
    if plan.is_in_hours() {
        cells.extend([gain(item.hours), Cell::NotKnown, Cell::range(Some(item.running_cost))]);
    } else {
        let of = |part: fn(&ValueOf) -> f64| item.value_of.as_ref().map_or(0.0, part);
        let of_handoffs = of(|of| of.handoffs.get());
        cells.extend([
            Cell::Linked(Amount { bound, ..Amount::of(of_handoffs) }, format!("{of_handoffs}*handoff_ratio")),
            number(of(|of| of.outages_removed.get() - of.outages_added.get()).into()),
            number(of(|of| of.stated.get()).into()),
            gain(item.value),
            Cell::range(Some(item.running_cost)),
            Cell::number(item.work_cost.map(Number::get)),
        ]);
    }
    cells.extend([number(item.start), number(item.finish)]);
    cells.extend(item.net_value.map(number));
    cells.extend([
        item.date.as_ref().map_or(Cell::Empty, Cell::text),
        match &item.owner {
            Some(id) => Cell::name(id, report.stack.names.team(id)),
            None => Cell::Missing("no owner"),
        },
        Cell::yes(item.obligation),
        Cell::texts(&item.closes.iter().map(|id| criterion(id)).collect::<Vec<_>>()),
        payback(&item.payback_weeks, item.wave_share.is_some()),
        number(item.wsjf),
        item.wave_share.map_or(Cell::Empty, |share| Cell::number(Some(share))),
        Cell::names(&item.needs, title),
        Cell::names(&removed(&item.removes), |id| id_in_words(report, id)),
        Cell::names(&item.introduces, |id| id_in_words(report, id)),
        Cell::texts(&item.departs_from_wsjf),
        item.confidence.map_or(Cell::Empty, |confidence| Cell::text(confidence.as_str())),
        others(item),
        Cell::texts(&item.why),
    ]);
    Row { id: item.id.clone(), about: concerns(report, item), cells, ..Row::default() }
}

/// The title of an item of the plan; the id itself where the plan does not build it.
#[must_use]
pub fn title(plan: &Plan, id: &str) -> String {
    plan.items.iter().find(|item| item.id == id).map_or(id, |item| &item.title).to_owned()
}

/// Other ways that are told of an item; the table of options has all of them.
const TOLD: usize = 3;

/// The ways that could be built instead, ready-made first, each with its effort and confidence; how many more there are,
/// and how many cannot be built.
fn others(item: &Item) -> Cell {
    let all: Vec<&Choice> = item.ways.iter().filter(|way| !way.chosen).collect();
    let (can, cannot): (Vec<&Choice>, Vec<&Choice>) = all.into_iter().partition(|way| way.feasible);
    let told = |way: &&Choice| {
        let confidence = way.confidence.map(|confidence| format!(", {confidence}")).unwrap_or_default();
        format!("{} ({}{confidence})", way.kind.as_str().replace('-', " "), days(way.effort.likely.get()))
    };
    let mut words: Vec<String> = can.iter().take(TOLD).map(told).collect();
    if can.len() > TOLD {
        words.push(format!("{} more", can.len() - TOLD));
    }
    if !cannot.is_empty() {
        words.push(format!("{} not feasible", cannot.len()));
    }
    if words.is_empty() { Cell::Empty } else { Cell::Text(words.join(", ")) }
}

fn payback(weeks: &Payback, is_simulated: bool) -> Cell {
    let Some(likely) = weeks.likely.map(Number::get) else { return Cell::Empty };
    let low = weeks.p10.map_or(likely, Number::get);
    // One simulation in ten and more does not break even within the horizon.
    let never = if is_simulated { f64::INFINITY } else { likely };
    let high = weeks.p90.map_or(never, Number::get);
    Cell::Amount(Amount { low, likely, high, bound: Bound::Value })
}

/// What is removed, without the finding that a handoff is one where the handoff itself is named.
fn removed(all: &[String]) -> Vec<String> {
    let is_said = |id: &String| id.strip_prefix("manual-handoff:").is_some_and(|of| all.iter().any(|one| one == of));
    all.iter().filter(|id| !is_said(id)).cloned().collect()
}

/// A handoff as `Jasper → WordPress: Draft`, a finding as `AI silo of Jasper`; whether or not the report lists them.
#[must_use]
pub fn id_in_words(report: &Report, id: &str) -> String {
    let names = &report.stack.names;
    let one = |id: &str| match id.contains('+') {
        true => handoff(names, id),
        false => names.has(id).then(|| names.anything(id)),
    };
    one(id).unwrap_or_else(|| made_of(id, one))
}

/// A handoff by the ids of its flows, joined by `+`: from where to where, and what it carries; nothing where a flow is not known.
fn handoff(names: &Names, id: &str) -> Option<String> {
    let flows: Vec<&FlowName> = id.split('+').map(|flow| names.flows.get(flow)).collect::<Option<_>>()?;
    let (first, last) = (flows.first()?, flows.last()?);
    let carried: Vec<String> =
        first.data.iter().filter(|data| flows.iter().all(|flow| flow.data.contains(data))).cloned().collect();
    Some(format!("{} → {}: {}", names.system(&first.from), names.system(&last.to), names.objects(&carried)))
}

/// What the findings and handoffs that an item removes are about, and the rules of those findings.
fn concerns(report: &Report, item: &Item) -> Vec<String> {
    let mut about = Vec::new();
    for finding in report.findings.iter().flatten().filter(|one| item.removes.contains(&one.id)) {
        about.extend(finding.subjects.iter().cloned());
        about.push(finding.rule.clone());
    }
    for chain in report.handoffs.iter().flatten().filter(|one| item.removes.contains(&one.id)) {
        about.extend([chain.from.clone(), chain.to.clone()]);
        about.extend(chain.steps.iter().cloned());
    }
    about.sort_unstable();
    about.dedup();
    about
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{acme, words};

    #[test]
    fn an_item_says_its_effort_value_and_order() {
        let report = acme();
        let table = plan_items(&report).unwrap();
        let keys = ["order", "wave", "days", "of_stated", "value", "running", "work", "removes"];
        let row = words(&table, 2, &keys);
        assert_eq!(
            row[..7],
            ["3", "1", "8 (2 to 16)", "20,000", "57,371 (45,237 to 81,637)", "500 (200 to 2,000)", "5,440"]
        );
        assert_eq!(row[7], "Jasper → WordPress: Content draft, AI silo of Jasper", "its finding is the handoff");
        let needs = "Build the review of Content draft into the flow to WordPress";
        assert_eq!(words(&table, 2, &["needs", "kind"]), [needs, "recipe"]);
        assert!(
            table.rows[2].about.contains(&"jasper".to_owned()) && table.rows[2].about.contains(&"ai-silo".to_owned())
        );
        // The parts of a row agree with its whole, as the formulas of a spreadsheet have it.
        let plan = report.plan.as_ref().unwrap();
        let sum: f64 = plan.items.iter().filter_map(|item| Some(item.net_value?.get())).sum();
        assert!((sum - plan.net()).abs() < 3.0, "{sum} is not {}", plan.net());
    }
}
