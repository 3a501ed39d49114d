//! The plan in sentences: what it comes to, how sure that is, and how one item came about.

use super::reach::headline;
use super::{Chapter, Document, Item, Part};
use crate::report::facts::Report;
use crate::report::facts::plan::{Explanation, Plan, Reached, Reason};
use crate::report::facts::summary::no_way;
use crate::report::say::{self, Line, Look, counted, days, percent};
use crate::report::tables::would_do;

/// What all items take and are worth, and how far from the best order they can be.
pub(super) fn sentences(report: &Report) -> Vec<Line> {
    let Some(plan) = &report.plan else { return Vec::new() };
    // Whoever asked for a stage that no plan reaches learns that first.
    let asked = plan.asked_stage.and_then(|_| plan.next_reach()).filter(|reach| reach.reached == Reached::No);
    let refused =
        |reach| Line::of(format!("{} What follows is the best plan without it.", headline(report, plan, reach)));
    let mut lines: Vec<Line> = asked.map(refused).into_iter().collect();
    lines.extend(worth(report, plan));
    lines
}

fn worth(report: &Report, plan: &Plan) -> Vec<Line> {
    let horizon = say::weeks(plan.horizon_weeks.get());
    if plan.items.is_empty() {
        let none = format!("{} within {horizon}.", say::capital(plan.why_nothing()));
        let lines = [Some(none), no_way(report, plan)].into_iter().flatten().map(Line::of);
        return lines.chain(obligations(report, plan)).collect();
    }
    let said = |amount: f64| plan.said(report.stack.currency.as_deref(), amount);
    let work = plan.effort.likely.get();
    let (take, are) = if plan.items.len() == 1 { ("takes", "is") } else { ("take", "are") };
    let proof = match plan.gap {
        gap if gap <= 0.0 => "No other choice or order of these options is worth more.".to_owned(),
        gap => match plan.possible_more {
            Some(more) => format!("At most {} more is possible ({}).", said(more.get()), percent(gap)),
            None => format!("At most {} more is possible.", percent(gap)),
        },
    };
    let Some(spent) = plan.spent else {
        let save = if plan.items.len() == 1 { "saves" } else { "save" };
        let whole = Line::of(format!(
            "{} {take} {} of work and {save} {} within {horizon}, the hours of the work taken off. {proof} Without \
             `hourly_rate` the plan counts hours, and what they cost is not known.",
            counted(plan.items.len(), "item", "items"),
            days(work),
            said(plan.net()),
        ));
        return std::iter::once(whole).chain(obligations(report, plan)).collect();
    };
    let least = plan.at_least();
    let a_year =
        plan.gained().map(|gained| format!(" A full year with all of it at work gains {least}{}.", said(gained)));
    let whole = Line::of(format!(
        "{} {take} {} of work and {are} worth {} within {horizon}, after {} for work and running cost.{} {proof}",
        counted(plan.items.len(), "item", "items"),
        days(work),
        said(plan.net()),
        said(spent.get()),
        a_year.unwrap_or_default(),
    ));
    std::iter::once(whole).chain(obligations(report, plan)).collect()
}

/// What the plan holds whatever it pays, and what of it does not fit.
fn obligations(report: &Report, plan: &Plan) -> Vec<Line> {
    let held = &plan.obligations;
    let mut lines = Vec::new();
    if !held.items.is_empty() {
        let (answer, whatever) = match held.items.len() {
            1 => ("answers", "it earns"),
            _ => ("answer", "they earn"),
        };
        let cost = held.cost.map(|cost| {
            let cost = plan.said(report.stack.currency.as_deref(), cost.likely.get());
            format!(" and {cost} for work and running cost")
        });
        lines.push(Line::of(format!(
            "{} of them {answer} what must not stay open, whatever {whatever}: {}{}.",
            held.items.len(),
            days(held.effort.likely.get()),
            cost.unwrap_or_default(),
        )));
    }
    for one in &held.left_out {
        let message = report.findings.iter().flatten().find(|finding| finding.id == one.finding);
        let about = message.map_or_else(|| one.finding.clone(), |finding| finding.message.clone());
        let would_do = one
            .smallest
            .as_ref()
            .map_or_else(|| "nothing is known that would do".to_owned(), |smallest| would_do(report, plan, smallest));
        lines.push(Line::of(format!("No plan answers this beside the rest: {about}. {would_do}.")));
    }
    lines
}

/// The range of the net value in simulations.
pub(super) fn uncertainty(report: &Report) -> Vec<Line> {
    let plan = report.plan.as_ref().filter(|plan| !plan.items.is_empty());
    let Some(found) = plan.and_then(|plan| plan.uncertainty.as_ref()) else { return Vec::new() };
    let Some(value) = found.net() else { return Vec::new() };
    let is_hours = plan.is_some_and(Plan::is_in_hours);
    let what = if is_hours { "Hours saved, those of the work taken off," } else { "Net value" };
    let money = |amount: f64| plan.map_or_else(String::new, |plan| plan.said(report.stack.currency.as_deref(), amount));
    vec![Line::of(format!(
        "{what} in {}: 80% range {} to {}, median {}; positive in {} of them.",
        counted(found.samples, "simulation", "simulations"),
        money(value.p10.get()),
        money(value.p90.get()),
        money(value.p50.get()),
        percent(found.positive_share)
    ))]
}

/// How every number of the item that was asked about came about.
pub(super) fn explanation(report: &Report) -> Vec<Item> {
    let Some(explanation) = &report.explanation else { return Vec::new() };
    let title = Item::of(Line::strong(&explanation.title).and(" ").and_code(&explanation.item));
    std::iter::once(title).chain(reasons(explanation)).collect()
}

/// The same as a document of its own.
#[must_use]
pub fn explained(explanation: &Explanation) -> Document {
    let chapter = Chapter::of("explanation", "", vec![Part::Items(reasons(explanation))]);
    let title = Line::of(&explanation.title).and(" ").and_code(&explanation.item);
    Document { title: Some(title), chapters: vec![chapter], ..Document::default() }
}

fn reasons(explanation: &Explanation) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for line in &explanation.lines {
        let words = format!("{}{}", "  ".repeat(line.depth.saturating_sub(1)), line.words);
        let shown = Line::told(&words).and_looking(Look::Muted, basis(line));
        match items.last_mut().filter(|_| line.depth > 0) {
            Some(item) => item.details.push(shown),
            None => items.push(Item::of(shown)),
        }
    }
    items
}

/// Where a line of an explanation comes from.
fn basis(line: &Reason) -> String {
    match (&line.location, &line.overridden_by) {
        (Some(location), _) => format!(" ({location})"),
        (None, Some(key)) => format!(" (assumed; `{key}` in the stack file overrides it)"),
        (None, None) if line.is_analysed => " (stack analyzed before and after)".to_owned(),
        (None, None) => String::new(),
    }
}
