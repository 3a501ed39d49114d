//! The tables of the deck: as many rows as a slide holds, the dearest first, and where the others are.

use crate::report::facts::Assumption;
use crate::report::facts::Number;
use crate::report::facts::Range;
use crate::report::facts::Report;
use crate::report::facts::outage::Kind;
use crate::report::facts::plan::{Item, Standing};
use crate::report::say::{capital, counted, days, grouped, listed, spelled, spelled_of};
use sinew_draw::deck::{Body, Cell, Column, Slide, Table};

/// Rows of one list that a deck shows before it points to the workbook: a slide's.
const SHOWN: usize = 14;

/// A table slide; `all` rows there are, of which the first are shown.
fn slide(title: String, columns: &[(&str, bool)], rows: Vec<Vec<String>>, source: &str, notes: Vec<String>) -> Slide {
    let more = rows.len().saturating_sub(SHOWN);
    let column = |(name, is_number): &(&str, bool)| Column { name: (*name).to_owned(), is_number: *is_number };
    let mut cells: Vec<Vec<Cell>> =
        rows.into_iter().take(SHOWN).map(|row| row.into_iter().map(Cell::from).collect()).collect();
    if more > 0 {
        let words = format!("and {} more, in the workbook", grouped(more as f64));
        let first = columns.iter().position(|(name, is_number)| !is_number && !name.is_empty()).unwrap_or(0);
        cells.push((0..=first).map(|at| Cell::from(if at == first { words.as_str() } else { "" })).collect());
    }
    let table = Table { columns: columns.iter().map(column).collect(), rows: cells, rest: None };
    Slide { title, body: Body::Table(table), source: source.to_owned(), notes }
}

fn in_currency(what: &str, report: &Report) -> String {
    report.stack.currency.as_ref().map_or_else(|| what.to_owned(), |currency| format!("{what}, {currency}"))
}

fn amount(number: Option<Number>) -> String {
    number.map_or_else(|| "not known".to_owned(), |number| grouped(number.get()))
}

fn likely(range: Option<Range>) -> String {
    amount(range.map(|range| range.likely))
}

/// The handoff chains by rank, which is the number that the picture of the handoffs shows.
pub(super) fn handoffs(report: &Report, source: &str) -> Option<Slide> {
    let all = report.handoffs.as_deref().filter(|all| !all.is_empty())?;
    let names = &report.stack.names;
    let rows = all.iter().enumerate().map(|(at, one)| {
        let hours = one.hours.zip(one.error_hours);
        let hours = hours.map_or_else(|| "not known".to_owned(), |(a, b)| grouped(a.likely.get() + b.likely.get()));
        let ai = if one.ai_output { "AI" } else { "" };
        let ends = format!("{} to {}", names.system(&one.from), names.system(&one.to));
        let by = names.teams_of(&one.performers).join(", ");
        vec![(at + 1).to_string(), names.data(&one.data).to_owned(), ends, ai.to_owned(), by, hours, likely(one.cost)]
    });
    let cost = in_currency("Cost a year", report);
    let columns = [
        ("", true),
        ("What is carried", false),
        ("From where to where", false),
        ("Made by", false),
        ("Carried by", false),
        ("Hours a year", true),
        (cost.as_str(), true),
    ];
    let ai = all.iter().filter(|one| one.ai_output).count();
    let of_ai = if ai > 0 { format!("; {} of AI output", spelled(ai)) } else { String::new() };
    let title = format!("{} by hand, dearest first{of_ai}", counted(all.len(), "chain", "chains"));
    let mut notes =
        vec!["Likely values, mending included. A step in several chains counts in each of them.".to_owned()];
    notes.extend(report.handoff_totals.as_ref().map(|totals| {
        format!(
            "All steps, each counted once: {} hours and {} a year.",
            grouped(totals.hours.likely.get() + totals.error_hours.likely.get()),
            grouped(totals.cost.likely.get())
        )
    }));
    Some(slide(title, &columns, rows.collect(), source, notes))
}

/// What stops a process by failing alone.
pub(super) fn outages(report: &Report, source: &str) -> Option<Slide> {
    let names = &report.stack.names;
    let harmful: Vec<_> = report.outages.iter().flatten().filter(|outage| !outage.processes_down.is_empty()).collect();
    let dearest = harmful.first()?;
    let rows = harmful.iter().map(|outage| {
        let down = names.processes_of(&outage.processes_down).join(", ");
        let without = names.components_of(&outage.components).join(" and ");
        vec![without, down, amount(outage.cost_per_hour), amount(outage.expected_cost)]
    });
    let (hour, year) = (in_currency("An hour", report), in_currency("Expected a year", report));
    let columns = [("Without", false), ("Stops", false), (hour.as_str(), true), (year.as_str(), true)];
    let of_kind = |kind, one: &str, many: &str| {
        let count = harmful.iter().filter(|outage| outage.kind == kind).count();
        (count > 0).then(|| spelled_of(count, one, many))
    };
    let parts = [
        of_kind(Kind::System, "system", "systems"),
        of_kind(Kind::Flow, "flow", "flows"),
        of_kind(Kind::Team, "person", "persons"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let stop = if harmful.len() == 1 { "stops" } else { "stop" };
    let short = format!("{} {stop} a process by failing alone", capital(&listed(&parts)));
    let most = names.components_of(&dearest.components).join(" and ");
    let full = match dearest.cost_per_hour {
        Some(cost) if cost.get() > 0.0 => {
            format!("{short}; dearest: {most}, {} an hour", super::money(&report.stack, cost.get()))
        }
        _ => short.clone(),
    };
    let title = super::fitting(&[full, short]);
    let notes = vec![
        "One failure at a time: systems, flows, and people whom nobody stands in for.".to_owned(),
        "What a year is expected to cost needs `availability` of the component and `outage_cost` of the process."
            .to_owned(),
        "The folder `offline` has a page for each tool.".to_owned(),
    ];
    Some(slide(title, &columns, rows.collect(), source, notes))
}

/// The items of the plan in the order in which they are built.
pub(super) fn items(report: &Report, source: &str) -> Option<Slide> {
    let plan = report.plan.as_ref().filter(|plan| !plan.items.is_empty())?;
    let or_dash = |amount: f64| if amount > 0.0 { grouped(amount) } else { "–".to_owned() };
    let row = |(at, item): (usize, &Item)| {
        let payback = item.payback_weeks.likely.map_or_else(|| "–".to_owned(), |weeks| grouped(weeks.get()));
        vec![
            (at + 1).to_string(),
            item.title.clone(),
            item.wave.to_string(),
            short(item.effort.likely.get()),
            or_dash(item.running_cost.likely.get()),
            or_dash(item.value.likely.get()),
            payback,
        ]
    };
    let (running, value) = (in_currency("To run a year", report), in_currency("Worth a year", report));
    let columns = [
        ("", true),
        ("What is built", false),
        ("Wave", true),
        ("Days", true),
        (running.as_str(), true),
        (value.as_str(), true),
        ("Repaid, weeks", true),
    ];
    let work: f64 = plan.items.iter().map(|item| item.effort.likely.get()).sum();
    let title = format!(
        "The plan in numbers: {}, {}, {} spent on work and running",
        counted(plan.items.len(), "item", "items"),
        days(work),
        super::money(&report.stack, plan.spent.get())
    );
    let rows = plan.items.iter().enumerate().map(row).collect();
    let notes = vec![
        "Likely values. An item without worth of its own is there for one that needs it.".to_owned(),
        format!("A person-day costs {}; {} of them a week.", grouped(plan.day_rate.likely.get()), plan.capacity.get()),
    ];
    Some(slide(title, &columns, rows, source, notes))
}

/// What could be built and is not, and what it would have to be worth.
pub(super) fn left_open(report: &Report, source: &str) -> Option<Slide> {
    let plan = report.plan.as_ref().filter(|plan| !plan.unfunded.is_empty())?;
    let rows = plan.unfunded.iter().map(|one| {
        let pays = Some(one.pays_from).filter(|pays| pays.get() < f64::MAX);
        let pays = pays.map_or_else(|| "never in time".to_owned(), |pays| grouped(pays.get()));
        let known = if one.value.get() > 0.0 { grouped(one.value.get()) } else { "–".to_owned() };
        vec![one.title.clone(), short(one.effort.likely.get()), known, pays]
    });
    let (known, pays) = (in_currency("Known worth a year", report), in_currency("Pays from, a year", report));
    let columns = [("What could be built", false), ("Days", true), (known.as_str(), true), (pays.as_str(), true)];
    let title = format!(
        "{} open: known worth and what it would take",
        capital(&spelled_of(plan.unfunded.len(), "gap stays", "gaps stay"))
    );
    let notes =
        vec!["The way of least effort for each gap, with what it needs that the plan does not build.".to_owned()];
    Some(slide(title, &columns, rows.collect(), source, notes))
}

/// Days without their unit.
fn short(number: f64) -> String {
    days(number).split(' ').next().unwrap_or_default().to_owned()
}

/// Where the stack stands today, and where with the plan.
pub(super) fn before_and_after(report: &Report, source: &str) -> Option<Slide> {
    let plan = report.plan.as_ref().filter(|plan| !plan.items.is_empty())?;
    let row = |name: &str, value: &dyn Fn(&Standing) -> f64| {
        let (before, after) = (value(&plan.before), value(&plan.after));
        vec![name.to_owned(), grouped(before), grouped(after), change(before, after)]
    };
    let cost = in_currency("Its cost a year", report);
    let outages = in_currency("Outages a year, as far as known", report);
    let rows = vec![
        row("Hours a year by hand", &|at| at.hours.likely.get()),
        row(&cost, &|at| at.cost.likely.get()),
        row("Handoff chains", &|at| at.handoffs as f64),
        row("Handoff chains of AI output", &|at| at.ai_handoffs as f64),
        row("AI tools that are silos", &|at| at.ai_silos as f64),
        row("Feedback loops closed", &|at| at.loops_closed as f64),
        row("Single points of failure", &|at| at.single_points.len() as f64),
        row(&outages, &|at| at.outage_cost.get()),
        row("Findings", &|at| at.findings.values().sum::<usize>() as f64),
        row("Criteria of maturity met", &|at| at.criteria_met.len() as f64),
        row("Stage of maturity, of 5", &|at| f64::from(at.stage)),
    ];
    let title = format!(
        "With the plan {} hours a year by hand instead of {}",
        grouped(plan.after.hours.likely.get()),
        grouped(plan.before.hours.likely.get())
    );
    let columns = [("", false), ("Today", true), ("With the plan", true), ("Change", true)];
    let notes = vec![
        "Both columns are analyses of a stack: today's file, and target.yaml.".to_owned(),
        "What the plan replaces stays as standby and takes no hours.".to_owned(),
    ];
    Some(slide(title, &columns, rows, source, notes))
}

/// `−63 %` of what is large, `+2` of what is counted.
fn change(before: f64, after: f64) -> String {
    let by = after - before;
    let sign = if by > 0.0 { "+" } else { "−" };
    if by.abs() < 0.5 {
        String::new()
    } else if before >= 100.0 {
        format!("{sign}{}\u{a0}%", grouped(100.0 * by.abs() / before))
    } else {
        format!("{sign}{}", grouped(by.abs()))
    }
}

/// What the figures rest on; what most rests on comes first.
pub(super) fn assumptions(report: &Report, source: &str) -> Option<Slide> {
    let of_plan = report.plan.iter().flat_map(|plan| &plan.assumptions);
    let mut all: Vec<&Assumption> = report.assumptions.iter().flatten().chain(of_plan).collect();
    // Those of the whole plan name nobody.
    let weight = |one: &Assumption| if one.used_by.is_empty() { usize::MAX } else { one.used_by.len() };
    all.sort_by_key(|one| std::cmp::Reverse(weight(one)));
    let rows = all.iter().map(|one| {
        let uses = match one.used_by.len() {
            0 => "the whole plan".to_owned(),
            some => counted(some, "place", "places"),
        };
        vec![one.subject(), one.taken_as(), uses]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let columns = [("What is assumed", false), ("Taken as", false), ("Used in", false)];
    let title = format!(
        "{} carry the figures; each can be overridden in the stack file",
        counted(rows.len(), "assumption", "assumptions")
    );
    let notes = all.iter().map(|one| format!("{}: key `{}`", one.subject(), one.key)).collect();
    (!rows.is_empty()).then(|| slide(title, &columns, rows, source, notes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_shares_of_what_is_large_and_counts_of_what_is_few() {
        assert_eq!(change(2_320.0, 849.0), "−63\u{a0}%");
        assert_eq!(change(1.0, 3.0), "+2");
        assert_eq!(change(3.0, 3.2), "");
        assert_eq!(change(0.0, 5.0), "+5");
    }
}
