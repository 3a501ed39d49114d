//! The plan as a sheet that computes: effort, worth and weeks follow the cells that a reader changes.

use super::parts::money;
use super::sheet::{Cell, Column, Kind, Sheet};
use crate::report::facts::Number;
use crate::report::facts::Report;
use crate::report::facts::plan::{Item, Plan, Standing};

/// Weeks of a year, as the plan counts them.
const YEAR: f64 = 52.0;

/// What the work of all items costs.
pub(super) fn work_cost(plan: &Plan) -> f64 {
    plan.items.iter().map(|item| item.effort.likely.get() * plan.day_rate.likely.get()).sum()
}

/// What all items are worth within the horizon, less work and running cost.
pub(super) fn net_value(plan: &Plan) -> f64 {
    plan.items.iter().map(|item| worth(plan, item)).sum()
}

fn worth(plan: &Plan, item: &Item) -> f64 {
    let years = (plan.horizon_weeks.get() - item.finish.get()) / YEAR;
    let yearly = item.value.likely.get() - item.running_cost.likely.get();
    yearly * years - item.effort.likely.get() * plan.day_rate.likely.get()
}

/// Columns by number, as formulas name them.
const ORDER: usize = 0;
const EFFORT: usize = 5;
const HANDOFFS: usize = 7;
const OTHER: usize = 8;
const VALUE: usize = 9;
const RUNNING: usize = 10;
const WORK: usize = 11;
const FINISH: usize = 13;

/// The items in the order in which they are built.
pub(super) fn sheet(report: &Report, plan: &Plan) -> Sheet {
    let currency = report.stack.currency.as_deref();
    let once = |what: &str| currency.map_or_else(|| what.to_owned(), |currency| format!("{what}, {currency}"));
    let columns = vec![
        Column::new("Order", Kind::Count).found_as("plan_order"),
        Column::new("Wave", Kind::Count),
        Column::new("What is built", Kind::Text),
        Column::new("Kind", Kind::Text),
        Column::new("Days at least", Kind::Hours),
        Column::summed("Days likely", Kind::Hours).found_as("plan_days"),
        Column::new("Days at most", Kind::Hours),
        Column::summed(money("Worth: handoffs gone", currency), Kind::Money),
        Column::summed(money("Worth: other", currency), Kind::Money),
        Column::summed(money("Worth", currency), Kind::Money),
        Column::summed(money("To run", currency), Kind::Money),
        Column::summed(once("Cost of the work"), Kind::Money).found_as("plan_work"),
        Column::new("Start, week", Kind::Hours),
        Column::new("Finish, week", Kind::Hours),
        Column::summed(once("Worth within the horizon"), Kind::Money).found_as("plan_worth"),
        Column::new("Repaid after weeks", Kind::Hours),
        Column::new("Smith's ratio", Kind::Number),
        Column::new("Comes after", Kind::Text),
        Column::new("Ends", Kind::Text),
        Column::new("Brings", Kind::Text),
        Column::new("Why", Kind::Text),
        Column::new("Id", Kind::Text),
    ];
    let weeks = Weeks::of(plan);
    Sheet {
        name: "Plan".into(),
        title: "The plan in its order; coloured cells of the sheet Summary, and the days here, can be changed".into(),
        facts: Vec::new(),
        columns,
        rows: plan.items.iter().enumerate().map(|(at, item)| row(plan, &weeks, at, item)).collect(),
    }
}

/// Whether the items follow one another at full capacity, so that weeks can be computed from days.
struct Weeks {
    follow: bool,
}

impl Weeks {
    fn of(plan: &Plan) -> Weeks {
        let mut days = 0.0;
        let follow = plan.items.iter().all(|item| {
            days += item.effort.likely.get();
            (days / plan.capacity.get() - item.finish.get()).abs() < 1e-3
        });
        Weeks { follow }
    }

    fn cells(&self, item: &Item) -> (Cell, Cell) {
        let (start, finish) = (item.start.get(), item.finish.get());
        if !self.follow {
            return (Cell::Number(start), Cell::Number(finish));
        }
        let start_of = format!("={{{FINISH}}}-{{{EFFORT}}}*effort_share/capacity");
        // By order and not by row, so that sorting the table changes nothing.
        let finish_of = format!("=SUMIF(plan_order,\"<=\"&{{{ORDER}}},plan_days)*effort_share/capacity");
        (Cell::Formula { formula: start_of, result: start }, Cell::Formula { formula: finish_of, result: finish })
    }
}

fn row(plan: &Plan, weeks: &Weeks, at: usize, item: &Item) -> Vec<Cell> {
    let number = |number: Number| Cell::Number(number.get());
    let likely = item.value.likely.get();
    let handoffs = item.value_of.handoffs.get();
    let of_handoffs = Cell::Formula { formula: format!("={handoffs}*handoff_ratio"), result: handoffs };
    let of_all = Cell::Formula { formula: format!("={{{HANDOFFS}}}+{{{OTHER}}}"), result: likely };
    let work = item.effort.likely.get() * plan.day_rate.likely.get();
    let work = Cell::Formula { formula: format!("={{{EFFORT}}}*effort_share*day_rate"), result: work };
    let years = format!("MAX(0,horizon_weeks-{{{FINISH}}})/{YEAR}");
    let within = format!("=({{{VALUE}}}-{{{RUNNING}}})*{years}-{{{WORK}}}");
    let (start, finish) = weeks.cells(item);
    let titles =
        item.needs.iter().map(|id| plan.items.iter().find(|item| item.id == *id).map_or(id, |item| &item.title));
    let titles: Vec<&str> = titles.map(String::as_str).collect();
    vec![
        Cell::Number((at + 1) as f64),
        Cell::Number(item.wave as f64),
        Cell::Text(item.title.clone()),
        Cell::from(kind(item).as_str()),
        number(item.effort.low),
        number(item.effort.likely),
        number(item.effort.high),
        of_handoffs,
        Cell::Number(likely - handoffs),
        of_all,
        number(item.running_cost.likely),
        work,
        start,
        finish,
        Cell::Formula { formula: within, result: worth(plan, item) },
        item.payback_weeks.likely.map(Number::get).into(),
        number(item.wsjf),
        Cell::Text(titles.join("\n")),
        Cell::Text(item.removes.join("\n")),
        Cell::Text(item.introduces.join("\n")),
        Cell::Text(item.why.join("\n")),
        Cell::Text(item.id.clone()),
    ]
}

/// The word that JSON has for the kind.
fn kind(item: &Item) -> String {
    serde_json::to_value(item.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Where the stack stands today, and where with the plan.
pub(super) fn before_and_after(report: &Report, plan: &Plan) -> Sheet {
    let currency = report.stack.currency.as_deref();
    let mut rows = Vec::new();
    let mut row = |name: String, value: &dyn Fn(&Standing) -> Option<f64>| {
        let (before, after) = (value(&plan.before), value(&plan.after));
        let change = match (before, after) {
            (Some(before), Some(after)) => Cell::Formula { formula: "={2}-{1}".into(), result: after - before },
            _ => Cell::Empty,
        };
        rows.push(vec![Cell::Text(name), before.into(), after.into(), change]);
    };
    row("Hours a year by hand".into(), &|at| Some(at.hours.likely.get()));
    row(money("Cost of that", currency), &|at| Some(at.cost.likely.get()));
    row("Handoff chains".into(), &|at| Some(at.handoffs as f64));
    row("Handoff chains of AI output".into(), &|at| Some(at.ai_handoffs as f64));
    row("AI tools that are silos".into(), &|at| Some(at.ai_silos as f64));
    row("Feedback loops closed".into(), &|at| Some(at.loops_closed as f64));
    row("Feedback loops open".into(), &|at| Some(at.loops_open as f64));
    row("Single points of failure".into(), &|at| Some(at.single_points.len() as f64));
    row(money("Outages as far as known, cost", currency), &|at| Some(at.outage_cost.get()));
    row("Single points of which the outage cost is not known".into(), &|at| Some(at.outage_cost_unknown as f64));
    row("Maturity stage".into(), &|at| Some(f64::from(at.stage)));
    row("Criteria met".into(), &|at| Some(at.criteria_met.len() as f64));
    row("Findings".into(), &|at| Some(at.findings.values().sum::<usize>() as f64));
    for process in plan.before.availability.keys() {
        let hours = |at: &Standing| at.availability.get(process).map(|of| (1.0 - of.low) * 8_760.0);
        row(format!("Hours a year without {}", report.stack.names.process(process)), &hours);
    }
    Sheet {
        name: "Before and after".into(),
        title: "Two analyses: today's stack, and the target of the plan".into(),
        facts: Vec::new(),
        columns: vec![
            Column::new("What", Kind::Text),
            Column::new("Today", Kind::Count),
            Column::new("With the plan", Kind::Count),
            Column::new("Change", Kind::Count),
        ],
        rows,
    }
}
