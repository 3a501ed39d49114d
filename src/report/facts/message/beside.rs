//! What stands beside a picture: bars to compare, up to three takeaways, and what to do.

use super::gap::{Ends, items};
use super::{BarOf, Message, MessageBar, Takeaway};
use crate::report::facts::handoff::Step;
use crate::report::facts::outage::Kind;
use crate::report::facts::plan::Ended;
use crate::report::facts::{Number, Report};
use crate::report::say::{Figure, capital, days, percent, short, spelled, spelled_of, spoken};

/// Takeaways of a picture.
const MOST: usize = 3;

/// Bars of a picture.
const BARS: usize = 8;

/// Statements as takeaways with their places.
pub(super) fn numbered(texts: impl IntoIterator<Item = String>) -> Vec<Takeaway> {
    let of = |(at, head): (usize, String)| Takeaway { number: (at + 1).to_string(), head, text: String::new() };
    texts.into_iter().take(MOST).enumerate().map(of).collect()
}

/// The stack: what else is to be said of it, and how much the plan changes.
pub(super) fn landscape(report: &Report, message: &mut Message, others: [String; 2]) {
    message.takeaways = numbered(message.also.iter().cloned().chain(others));
    let Some(ends) = Ends::of(report) else { return };
    let plan = ends.plan;
    message.so_what = match (plan.items.len(), plan.before.hours, plan.after.hours) {
        (0, ..) => format!("Nothing in the plan changes this: {}.", plan.why_nothing()),
        (count, Some(before), Some(after)) if before.likely.get() - after.likely.get() >= 0.5 => format!(
            "{} in {} of work {}.",
            capital(&spelled_of(count, "item", "items")),
            days(plan.effort.likely.get()),
            Ended::of([before.likely.get(), after.likely.get()], plan.hours_unknown()).in_short(count == 1)
        ),
        (count, ..) => format!(
            "{} the stack, and no manual work of which the hours are known ends.",
            capital(&spelled_of(count, "item changes", "items change"))
        ),
    };
}

/// The handoffs that the title is about, or the most expensive: what each takes, and the items that end it.
pub(super) fn handoffs(report: &Report, message: &mut Message) {
    let Some(totals) = &report.handoff_totals else { return };
    let of_hot = |id: &String| totals.steps.iter().find(|step| step.flow == *id);
    let chosen: Vec<&Step> = match message.hot.is_empty() {
        true => totals.steps.iter().take(MOST).collect(),
        false => message.hot.iter().filter_map(of_hot).collect(),
    };
    let ends = Ends::of(report);
    message.takeaways = chosen.iter().map(|step| of_step(report, ends, step)).collect();
    // They stand in the order of their numbers, which rank chains; what has none comes last.
    message.takeaways.sort_by_key(|one| one.number.parse().unwrap_or(usize::MAX));
    let Some(ends) = ends.filter(|_| !chosen.is_empty()) else { return };
    let (done, open): (Vec<&Step>, Vec<&Step>) = chosen.iter().partition(|step| ends.items_of(&step.flow).is_some());
    let mut places: Vec<usize> = done.iter().filter_map(|step| ends.items_of(&step.flow)).flatten().collect();
    places.sort_unstable();
    places.dedup();
    let gap = open.first().map(|step| {
        let name = of_flow(report, &step.flow);
        (name, ends.missing(&ends.findings_of(&step.flow), Some(&step.flow)))
    });
    let work = ends.days_of(&places);
    let end = if places.len() == 1 { "ends" } else { "end" };
    let what = match (chosen.len(), open.len()) {
        (1, _) => "it".to_owned(),
        (2, 0) => "both".to_owned(),
        (all, 0) => format!("all {}", spelled(all)),
        (all, left) => format!("{} of these {}", spelled(all - left), spelled(all)),
    };
    let build = || {
        let share = share(&totals.steps, &done).map(|(share, of)| format!(", {} of {of}", percent(share)));
        format!(
            "{} of the plan {end} {what}{}: {} of its {}.",
            capital(&items(&places)),
            share.unwrap_or_default(),
            short(work),
            days(ends.plan.effort.likely.get())
        )
    };
    message.so_what = match gap {
        None => build(),
        Some((_, missing)) if done.is_empty() => format!("Nothing in the plan ends this: {missing}."),
        Some((name, missing)) => format!("{} Nothing in it ends {name}: {missing}.", build()),
    };
}

/// What some flows take of all, where that is known of all: of the cost, else of the hours; and of which.
fn share(all: &[Step], some: &[&Step]) -> Option<(f64, &'static str)> {
    let of = |amount: fn(&Step) -> Option<f64>| {
        let total: f64 = all.iter().map(amount).sum::<Option<f64>>()?;
        let part: f64 = some.iter().map(|step| amount(step)).sum::<Option<f64>>()?;
        (total > 0.0).then(|| part / total)
    };
    let of_cost = of(|step| step.cost.map(|cost| cost.likely.get())).map(|share| (share, "the cost"));
    of_cost.or_else(|| of(|step| step.work_hours.map(|hours| hours.likely.get())).map(|share| (share, "the hours")))
}

fn of_flow(report: &Report, flow: &str) -> String {
    let names = &report.stack.names;
    match names.flows.get(flow) {
        Some(ends) => format!("{} to {}", names.system(&ends.from), names.system(&ends.to)),
        None => flow.to_owned(),
    }
}

/// `Jasper to Contentful`: `470 h a year by Content studio, USD 33k. Plan: items 3 and 4, 15 days.`
fn of_step(report: &Report, ends: Option<Ends<'_>>, step: &Step) -> Takeaway {
    let rank = report.handoffs.iter().flatten().position(|chain| chain.steps.contains(&step.flow));
    let by = step.performer.as_ref().map(|team| format!(" by {}", report.stack.names.team(team))).unwrap_or_default();
    let hours = match step.work_hours {
        Some(hours) => format!("{} h a year{by}", short(hours.likely.get())),
        None => format!("Hours not known{}", if by.is_empty() { String::new() } else { format!(", done{by}") }),
    };
    let cost = step.cost.map(|cost| cost.likely.get()).filter(|cost| *cost >= 0.5);
    let cost = cost.map(|cost| format!(", {}", spoken(report.stack.currency.as_deref(), cost))).unwrap_or_default();
    let plan = ends.map(|ends| match ends.items_of(&step.flow) {
        Some(places) => format!(" Plan: {}, {}.", items(&places), days(ends.days_of(&places))),
        None => " Not in the plan.".to_owned(),
    });
    Takeaway {
        number: rank.map(|at| (at + 1).to_string()).unwrap_or_default(),
        head: of_flow(report, &step.flow),
        text: format!("{hours}{cost}.{}", plan.unwrap_or_default()),
    }
}

/// What an hour without each system costs, the most expensive first; what else is to be said; what the plan takes away, and what it does not.
pub(super) fn failure(report: &Report, message: &mut Message) {
    let currency = report.stack.currency.as_deref();
    let cost =
        |outage: &crate::report::facts::Outage| outage.cost_per_hour.map(Number::get).filter(|cost| *cost >= 0.5);
    let systems = report.outages.iter().flatten().filter(|outage| outage.kind == Kind::System);
    let mut priced: Vec<_> = systems.filter_map(|outage| Some((outage, cost(outage)?))).collect();
    priced.sort_by(|a, b| b.1.total_cmp(&a.1));
    let bar = |(outage, cost): &(&crate::report::facts::Outage, f64)| MessageBar {
        name: report.stack.names.components_of(&outage.components).join(" and "),
        amount: (*cost).into(),
        figure: outage.figure(*cost).spoken(currency),
        of: BarOf::Outage,
    };
    message.scale = if priced.is_empty() { String::new() } else { "An hour without it costs".to_owned() };
    message.bars = priced.iter().take(BARS).map(bar).collect();
    message.takeaways = numbered(message.also.iter().cloned());
    let (Some(ends), Some(first)) = (Ends::of(report), message.hot.first()) else { return };
    let (before, after) = (&ends.plan.before.single_points, &ends.plan.after.single_points);
    let gone: Vec<&String> = before.keys().filter(|id| !after.contains_key(*id)).collect();
    let finding = |id: &str| [format!("single-point-of-failure:{id}"), format!("bus-factor:{id}")];
    let by = |id: &&String| {
        let removes =
            |item: &crate::report::facts::plan::Item| finding(id).iter().any(|one| item.removes.contains(one));
        ends.plan.items.iter().position(removes)
    };
    let places: Vec<usize> = gone.iter().filter_map(by).collect();
    let taken = match (gone.len(), before.len()) {
        (0, 1) => "The one single point of failure stays.".to_owned(),
        (0, 2) => "Both single points of failure stay.".to_owned(),
        (0, all) => format!("All {} single points of failure stay.", spelled(all)),
        (some, all) => {
            let with = if places.is_empty() { String::new() } else { format!(" with {}", items(&places)) };
            format!("The plan takes away {} of {} single points{with}.", spelled(some), spelled(all))
        }
    };
    let name = report.stack.names.system(first);
    message.so_what = match after.contains_key(first) {
        true => format!("{taken} Nothing in the plan covers {name}: {}.", ends.missing(&finding(first), None)),
        false => taken,
    };
}

/// Today and after the plan as two bars; what ends; what stays.
pub(super) fn target(report: &Report) -> Option<Message> {
    let ends = Ends::of(report).filter(|ends| !ends.plan.items.is_empty())?;
    let plan = ends.plan;
    let currency = report.stack.currency.as_deref();
    let (before, after) = (&plan.before, &plan.after);
    let hours = |at: &crate::report::facts::plan::Standing| at.hours.map(|hours| hours.likely.get());
    let figure = |at: &crate::report::facts::plan::Standing| {
        let cost = at.cost.map(|cost| cost.likely.get()).filter(|cost| *cost >= 0.5);
        let cost = cost.map(|cost| Figure::least_if(at.cost_unknown > 0, cost).spoken(currency));
        let cost = cost.map(|cost| format!(" · {cost}")).unwrap_or_default();
        let hours = Figure::least_if(at.hours_unknown > 0, hours(at).unwrap_or_default());
        format!("{} h{cost}", hours.short())
    };
    let mut message = Message {
        title: target_title(
            Doer::Plan,
            hours(before).zip(hours(after)).map(|(today, then)| Ended::of([today, then], plan.hours_unknown())),
        ),
        ..Message::default()
    };
    if let (Some(today), Some(then)) = (hours(before), hours(after)) {
        message.scale = "Work by hand a year".to_owned();
        let bar = |name: &str, amount: f64, at, of| MessageBar {
            name: name.to_owned(),
            amount: amount.into(),
            figure: figure(at),
            of,
        };
        message.bars =
            vec![bar("Today", today, before, BarOf::ByHand), bar("With the plan", then, after, BarOf::WithPlan)];
    }
    let mut said = Vec::new();
    let fewer = |before: usize, after: usize, words: &str| {
        (after < before).then(|| format!("{} {words} instead of {}", capital(&spelled(after)), spelled(before)))
    };
    said.extend(fewer(before.handoffs, after.handoffs, "handoffs"));
    said.extend(fewer(before.single_points.len(), after.single_points.len(), "single points of failure"));
    if let Some(gained) = plan.gained().filter(|gained| *gained >= 0.5) {
        let gained = capital(&format!("{}{}", plan.at_least(), ends.said(gained)));
        said.push(format!("{gained} gained a year, once all of it works"));
    }
    message.takeaways = numbered(said);
    let steps = report.handoff_totals.iter().flat_map(|totals| &totals.steps);
    let left: Vec<&Step> = steps.filter(|step| ends.items_of(&step.flow).is_none()).collect();
    message.so_what = match left.first() {
        None if report.handoff_totals.iter().all(|totals| totals.steps.is_empty()) => String::new(),
        None => "Nothing is left by hand.".to_owned(),
        Some(step) => {
            let gap = ends.missing(&ends.findings_of(&step.flow), Some(&step.flow));
            let count = spelled_of(left.len(), "manual flow stays", "manual flows stay");
            format!("{}. Largest: {}; {gap}.", capital(&count), of_flow(report, &step.flow))
        }
    };
    Some(message)
}

/// What ends manual work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report::facts) enum Doer {
    /// The whole plan.
    Plan,
    /// Its waves up to this one, counted from 1.
    Waves(usize),
}

/// `The plan ends 82% of the manual work: 1,553 of 1,893 hours a year`.
#[must_use]
pub(in crate::report::facts) fn target_title(doer: Doer, ended: Option<Ended>) -> String {
    let (who, is_one) = match doer {
        Doer::Plan => ("The plan".to_owned(), true),
        Doer::Waves(1) => ("Wave 1".to_owned(), true),
        Doer::Waves(last) => (format!("Waves 1 to {last}"), false),
    };
    match ended.filter(|ended| ended.hours >= 0.05) {
        Some(ended) => format!("{who} {}", ended.in_full(is_one)),
        None => format!("{who} end{} no manual work of which the hours are known", if is_one { "s" } else { "" }),
    }
}
