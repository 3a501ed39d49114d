//! What a slide of a table claims, in one sentence with its figures.

use crate::report::facts::cut::whole_length;
use crate::report::facts::outage::Kind;
use crate::report::facts::plan::Reached;
use crate::report::facts::{Number, Outage, Plan, Report};
use crate::report::say::{self, Figure, capital, counted, days, grouped, listed, percent, spelled_of};
use crate::report::tables::Table;
use sinew_draw::text;

/// Size of a title, and how wide one line of it may be, in points.
const TITLE: (f64, f64) = (20.0, 860.0);

/// The title of a table's slide; the table's own where there is no more to say.
pub(super) fn title(report: &Report, table: &Table) -> String {
    let rows = table.rows.len();
    let own = || table.title.clone();
    match (table.id, &report.plan) {
        ("handoffs", _) => handoffs(report).unwrap_or_else(own),
        ("outages", _) => outages(report).unwrap_or_else(own),
        ("plan_items", Some(plan)) => plan_items(report, plan),
        ("money", Some(plan)) => account(report, plan).unwrap_or_else(own),
        ("before_after", Some(plan)) => match plan.before.hours.zip(plan.after.hours) {
            Some((before, after)) if grouped(before.likely.get()) != grouped(after.likely.get()) => format!(
                "With the plan {} hours a year by hand instead of {}",
                Figure::least_if(plan.after.hours_unknown > 0, after.likely.get()).grouped(),
                Figure::least_if(plan.before.hours_unknown > 0, before.likely.get()).grouped()
            ),
            // Equal hours are no message.
            _ => own(),
        },
        ("way", Some(plan)) => way(report, plan).unwrap_or_else(own),
        ("uncertainty", Some(plan)) => uncertainty(report, plan).unwrap_or_else(own),
        ("unfunded", plan) => {
            let gaps = capital(&spelled_of(rows, "gap is", "gaps are"));
            let at = if plan.as_ref().is_some_and(Plan::is_in_hours) { "the hours" } else { "the value" };
            format!("{gaps} not in the plan: the cheapest option, and {at} at which it breaks even")
        }
        ("unverified", _) => {
            format!(
                "{} to verify first, outside the value of the plan",
                capital(&spelled_of(rows, "option", "options"))
            )
        }
        ("unsolved", _) => format!("{} with no verified solution", capital(&spelled_of(rows, "gap", "gaps"))),
        ("ai_register", _) => {
            let tools = capital(&spelled_of(rows, "AI tool", "AI tools"));
            format!("{tools}: owner, reviews, and what stops without them")
        }
        ("questions", _) => {
            let message = report.messages.as_ref().and_then(|all| all.get("questions"));
            message.map_or_else(own, |message| message.title.clone())
        }
        ("assumptions", _) => format!(
            "{} the figures; the stack file can override each",
            capital(&spelled_of(rows, "assumption carries", "assumptions carry"))
        ),
        _ => own(),
    }
}

fn money(report: &Report, amount: f64) -> String {
    say::money(report.stack.currency.as_deref(), amount)
}

fn handoffs(report: &Report) -> Option<String> {
    let all = report.handoffs.as_deref().unwrap_or_default();
    let totals = report.handoff_totals.as_ref()?;
    let cost = totals.cost.map(|cost| cost.likely.get()).filter(|cost| *cost > 0.0)?;
    let sum = Figure::least_if(!totals.cost_unknown.is_empty(), cost).money(report.stack.currency.as_deref());
    let ai = all.iter().filter(|one| one.ai_output).count();
    let of_ai =
        if ai > 0 { format!("; {}", spelled_of(ai, "carries AI output", "carry AI output")) } else { String::new() };
    let handoffs = capital(&spelled_of(all.len(), "handoff", "handoffs"));
    let costs = if all.len() == 1 { "costs" } else { "cost" };
    let short = format!("{handoffs}{} {costs} {sum} a year{}", totals.of_flows(all.len()), totals.without_figures());
    Some(fitting(&[format!("{short}, each step counted once{of_ai}"), format!("{short}{of_ai}"), short]))
}

/// What stops a process by failing alone, and what stops most; what takes most data away where no process is stated.
fn outages(report: &Report) -> Option<String> {
    if report.stack.processes == 0 {
        let lose = |one: &Outage| whole_length(&one.systems_starved, "systems_starved", &one.left_out);
        let all = report.outages.iter().flatten().map(|one| (lose(one), one)).filter(|(lose, _)| *lose > 0);
        let (lose, first) = all.max_by(|a, b| a.0.cmp(&b.0).then(b.1.components.cmp(&a.1.components)))?;
        let names = report.stack.names.components_of(&first.components).join(" and ");
        let lose = spelled_of(lose, "system loses data", "systems lose data");
        return Some(format!("No process is stated, so what stops is not known; without {names}, {lose}"));
    }
    let stopping: Vec<&Outage> =
        report.outages.iter().flatten().filter(|outage| !outage.processes_down.is_empty()).collect();
    let first = stopping.first()?;
    let of_kind = |kind, one: &str, many: &str| {
        let count = stopping.iter().filter(|outage| outage.kind == kind).count();
        (count > 0).then(|| spelled_of(count, one, many))
    };
    let flows = stopping.iter().filter(|outage| outage.kind == Kind::Flow).count();
    let points = [of_kind(Kind::System, "system", "systems"), of_kind(Kind::Team, "person", "people")];
    let points: Vec<String> = points.into_iter().flatten().collect();
    // What other slides count as single points of failure is not all that stops a process by failing alone.
    let short = match (stopping.len() - flows, flows) {
        (0, all) => format!("{} a process by failing alone", capital(&spelled_of(all, "flow stops", "flows stop"))),
        (alone, flows) => {
            let are = if alone == 1 { "is a single point of failure" } else { "are single points of failure" };
            let flows =
                (flows > 0).then(|| format!("; {} a process too", spelled_of(flows, "flow stops", "flows stop")));
            format!("{} {are}{}", capital(&listed(&points)), flows.unwrap_or_default())
        }
    };
    let most = report.stack.names.components_of(&first.components).join(" and ");
    let stops = counted(first.stopping(), "process", "processes");
    let price = first.price_per_hour(report.stack.currency.as_deref());
    let price = price.map(|price| format!(", {price} an hour")).unwrap_or_default();
    let long = format!("{short}; {most} stops most: {stops}");
    Some(fitting(&[format!("{long}{price}"), long, short]))
}

fn plan_items(report: &Report, plan: &Plan) -> String {
    let work = plan.effort.likely.get();
    let (items, work) = (counted(plan.items.len(), "item", "items"), days(work));
    match plan.spent {
        Some(spent) => {
            format!(
                "The plan in figures: {items}, {work}, {} spent on work and running cost",
                money(report, spent.get())
            )
        }
        None => format!("The plan in figures: {items}, {work}, {} saved", say::hours(plan.net())),
    }
}

/// How the next stage is reached, by when and at what price.
fn way(report: &Report, plan: &Plan) -> Option<String> {
    let reach = plan.next_reach()?;
    let price = reach.price?;
    let by = reach.date.as_ref().map(|day| format!(" by {day}")).unwrap_or_default();
    let verified = if reach.reached == Reached::IfVerified { ", if verified" } else { "" };
    let amount = price.net_value.or(price.net_hours).map_or(0.0, Number::get);
    let cost = match amount {
        amount if amount < 0.5 => "at no price".to_owned(),
        amount => format!("for {} of net value", plan.said(report.stack.currency.as_deref(), amount)),
    };
    let more = match price.days.get() {
        more if more > 0.05 => format!(" and {} more", days(more)),
        _ => String::new(),
    };
    let items = match reach.besides(plan.items.len()) {
        Some(extra) => format!("the plan and {} more", spelled_of(extra.len(), "item", "items")),
        None => reach.takes()[0].clone(),
    };
    let short = format!("Stage {}{by}{verified}: {items}", reach.stage);
    Some(fitting(&[format!("{short}, {cost}{more}"), format!("{short}, {cost}"), short]))
}

/// What is gained a year, and what of that is left within the horizon.
fn account(report: &Report, plan: &Plan) -> Option<String> {
    let said = |amount: f64| plan.said(report.stack.currency.as_deref(), amount);
    let (gained, net, weeks) = (said(plan.gained()?), said(plan.net()), say::weeks(plan.horizon_weeks.get()));
    let gained = capital(&format!("{}{gained}", plan.at_least()));
    let short = format!("{gained} gained a year, {net} net within {weeks}");
    let spent = plan.spent.map(|spent| format!("{short}, after {} for work and running cost", said(spent.get())));
    Some(fitting(&[spent.unwrap_or_else(|| short.clone()), short]))
}

fn uncertainty(report: &Report, plan: &Plan) -> Option<String> {
    let found = plan.uncertainty.as_ref()?;
    let said = |amount: Number| plan.said(report.stack.currency.as_deref(), amount.get());
    let net = found.net()?;
    let (low, high) = (said(net.p10), said(net.p90));
    let share = percent(found.positive_share);
    let what = if plan.is_in_hours() { "Hours saved" } else { "Net value" };
    let short = format!("{what}: 80% range {low} to {high}");
    Some(fitting(&[format!("{short}; positive in {share} when replanned"), short]))
}

/// The first of `titles`, the fullest, that stands on one line; the last if none does.
pub(super) fn fitting<const N: usize>(titles: &[String; N]) -> String {
    let fits = |title: &&String| text::width(title, TITLE.0, true) <= TITLE.1;
    titles.iter().find(fits).or(titles.last()).cloned().unwrap_or_default()
}
