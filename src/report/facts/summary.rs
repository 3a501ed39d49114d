//! What a report comes to: what is done by hand, the worst outage, what is not known, what to fund first.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::outage::NO_PROCESS;
use super::plan::{Item, Plan};
use super::stage::State;
use super::{Handoff, Number, Report};
use crate::report::say::{
    self, Figure, capital, counted, days, listed, listed_few, percent, spelled, spelled_of, uncapital,
};

/// Items of the first wave that are named before the wave is summed up.
const NAMED: usize = 2;

/// Processes that are named before the rest is counted.
const NAMED_PROCESSES: usize = 3;

/// What a report comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// The sentences that come first, in the order shown.
    pub sentences: Vec<String>,
    /// The handoff that costs most, by id; null where no cost of a handoff is known.
    pub handoff: Option<String>,
    /// The component whose failure stops most: processes, then cost per hour; null where none stops a process.
    pub outage: Option<String>,
    /// What is not known and the figures leave out, such as `hours of 2 handoffs`.
    pub unknown: Vec<String>,
}

impl Summary {
    /// The summary of `report`, which says what it can where parts are missing.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let chains = report.handoffs.as_deref().unwrap_or_default();
        let unknown = unknown(report);
        Self {
            sentences: vec![by_hand(report), worst(report), not_known(&unknown), first(report)],
            handoff: costliest(chains).map(|(chain, _)| chain.id.clone()),
            outage: stops_most(report).map(|outage| outage.components.join("+")),
            unknown,
        }
    }
}

fn by_hand(report: &Report) -> String {
    let chains = report.handoffs.as_deref().unwrap_or_default();
    let Some(totals) = report.handoff_totals.as_ref().filter(|_| !chains.is_empty()) else {
        return "The stack file names no work by hand.".into();
    };
    let is_one = chains.len() == 1;
    let of_flows = totals.of_flows(chains.len());
    let count = capital(&spelled_of(chains.len(), "handoff", "handoffs")) + &of_flows;
    let (verb, verb_cost) = if is_one { ("takes", "costs") } else { ("take", "cost") };
    let Some(work) = totals.work() else {
        return format!("{count} {verb} an unknown amount of work: give the manual flows `runs` and `minutes`.");
    };
    let unknown = match totals.unknown.len() {
        0 => String::new(),
        some => format!(" (not counting {} without figures)", spelled(some)),
    };
    let hours = Figure::least_if(!totals.unknown.is_empty(), work).hours();
    let Some(cost) = totals.cost.map(|cost| cost.likely.get()) else {
        return format!("{count} {verb} {hours} a year{unknown}; state `hourly_rate` to know what that costs.");
    };
    let share = match costliest(chains) {
        Some((chain, of_it)) if chains.len() - totals.cost_unknown.len() > 1 && cost > 0.0 => {
            let share = chain.cost_share.map_or(of_it / cost, Number::get);
            format!("; {} of that is {}", percent(share), carried(report, chain))
        }
        _ => String::new(),
    };
    let cost = sum(report, !totals.cost_unknown.is_empty(), cost);
    format!("{count} {verb} {hours} a year{unknown} and {verb_cost} {cost}{share}.")
}

/// `Draft from Jasper to WordPress`.
fn carried(report: &Report, chain: &Handoff) -> String {
    let names = &report.stack.names;
    let data = names.objects(&chain.data);
    format!("{data} from {} to {}", names.system(&chain.from), names.system(&chain.to))
}

/// The outage that stops most processes, where one stops any; outages come in that order.
fn stops_most(report: &Report) -> Option<&super::Outage> {
    report.outages.iter().flatten().next().filter(|outage| !outage.processes_down.is_empty())
}

fn worst(report: &Report) -> String {
    let names = &report.stack.names;
    let Some(outage) = stops_most(report) else {
        return match report.stack.processes {
            0 => NO_PROCESS.into(),
            _ => "No single failure stops a process.".into(),
        };
    };
    // Those that a long list leaves out are counted all the same.
    let mut down = names.processes_of(&outage.processes_down);
    down.resize(outage.stopping(), String::new());
    let stop = if down.len() == 1 { "stops" } else { "stop" };
    let price = match outage.price_per_hour(report.stack.currency.as_deref()) {
        Some(price) => format!(", {price} per hour"),
        None if outage.cost_per_hour.is_none() => "; what that costs is not known".into(),
        None => String::new(),
    };
    let failed = names.components_of(&outage.components).join(" and ");
    format!("The worst single failure is {failed}: {} {stop}{price}.", listed_few(&down, NAMED_PROCESSES))
}

/// What the figures leave out because nobody stated it.
pub(super) fn unknown(report: &Report) -> Vec<String> {
    let mut found = Vec::new();
    // Of lists that are cut some may be missing.
    let is_cut = |key: &str| {
        let outages = report.outages.iter().flatten().any(|outage| outage.left_out.contains_key(key));
        outages || report.processes.iter().flatten().any(|process| process.left_out.contains_key(key))
    };
    let least = |key: &str| if is_cut(key) { "at least " } else { "" };
    let has_no_process = report.stack.processes == 0 && report.outages.is_some();
    let mut tell = |count: usize, least: &str, what: &str, one: &str, many: &str| {
        found.extend((count > 0).then(|| format!("{what} of {least}{}", counted(count, one, many))));
    };
    if let Some(totals) = &report.handoff_totals {
        let unpriced = totals.cost_unknown.iter().filter(|id| !totals.unknown.contains(id)).count();
        tell(totals.unknown.len(), "", "hours", "handoff", "handoffs");
        tell(unpriced, "", "cost", "handoff", "handoffs");
    }
    let outages = report.outages.iter().flatten();
    let unpriced: BTreeSet<&str> = outages.flat_map(|outage| outage.cost_unknown.iter().map(|id| &**id)).collect();
    tell(unpriced.len(), least("cost_unknown"), "outage cost", "process", "processes");
    let processes = report.processes.iter().flatten();
    let unstated: BTreeSet<&str> =
        processes.flat_map(|process| process.unknown_availability.iter().map(String::as_str)).collect();
    tell(unstated.len(), least("unknown_availability"), "availability", "component", "components");
    let possible = report.processes.iter().flatten().flat_map(|process| &process.possibly_unknown_availability);
    let possible: BTreeSet<&str> = possible.map(String::as_str).filter(|id| !unstated.contains(id)).collect();
    tell(possible.len(), least("possibly_unknown_availability"), "influence on a process", "component", "components");
    let criteria = report.stage.iter().flat_map(|stage| &stage.criteria);
    let open = criteria.filter(|criterion| criterion.state == State::NotKnown).count();
    tell(open, "", "state", "criterion of maturity", "criteria of maturity");
    found.extend(has_no_process.then(|| "what a failure stops".to_owned()));
    found
}

fn not_known(unknown: &[String]) -> String {
    match unknown {
        [] => "All figures that this rests on are stated.".into(),
        some => format!("Not known: {}.", listed(some)),
    }
}

fn first(report: &Report) -> String {
    if let Some(plan) = &report.plan {
        return [Some(fund(report, plan)), no_way(report, plan)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
    let chains = report.handoffs.as_deref().unwrap_or_default();
    let mut standing = report.findings.iter().flatten().filter(|finding| !finding.accepted);
    match (costliest(chains), standing.next()) {
        (Some((chain, cost)), _) if cost > 0.0 => {
            format!("Start with {}: automated, it saves up to {} a year.", carried(report, chain), money(report, cost))
        }
        (_, Some(finding)) => format!("Start with {}: `sinew explain {}` says how.", finding.id, finding.rule),
        _ => "There is nothing to fix.".into(),
    }
}

/// What the first wave begins with, and what it comes to.
fn fund(report: &Report, plan: &Plan) -> String {
    let Some(wave) = plan.items.chunk_by(|a, b| a.wave == b.wave).next() else {
        let weeks = say::weeks(plan.horizon_weeks.get());
        let why = capital(plan.why_nothing());
        if let Some(one) = plan.beyond_budget() {
            let worth = plan.said(report.stack.currency.as_deref(), one.known());
            let words = if plan.is_in_hours() { "saves" } else { "worth" };
            let effort = days(one.effort.likely.get());
            let title = uncapital(&one.title);
            return format!("{why}; the cheapest option: {title} ({effort}, {words} {worth} a year).");
        }
        // Beside work that nobody knows a way for, what saves little is no answer.
        let has_answer = no_way(report, plan).is_none();
        let nearest = plan.unfunded.iter().find(|one| has_answer && one.breaks_even_at() < f64::MAX);
        let nearest = nearest.map(|one| {
            let at = plan.said(report.stack.currency.as_deref(), one.breaks_even_at());
            format!("; closest: {}, which breaks even at {at} a year", uncapital(&one.title))
        });
        return format!("{why} within {weeks}{}.", nearest.unwrap_or_default());
    };
    let said = |is_least: bool, amount: f64| plan.said_gain(report.stack.currency.as_deref(), is_least, amount);
    let one = |item: &Item| {
        let worth = Some(item.gain()).filter(|gain| *gain > 0.0);
        let words = if plan.is_in_hours() { "saves" } else { "worth" };
        let said = |gain| said(item.value_unknown > 0, gain);
        let worth = worth.map(|gain| format!(", {words} {} a year", said(gain))).unwrap_or_default();
        format!("{} ({}{worth})", uncapital(&item.title), days(item.effort.likely.get()))
    };
    let named: Vec<String> = wave.iter().take(NAMED).map(one).collect();
    let whole = if wave.len() > NAMED {
        let whole = &plan.waves[0];
        // Of the whole plan the sum is that of its account, which adds rounded amounts.
        let gained = plan.gained().filter(|_| wave.len() == plan.items.len()).unwrap_or_else(|| whole.gain());
        format!(
            "; the {} of wave {} take {} and {} {} a year",
            counted(wave.len(), "item", "items"),
            whole.wave,
            days(whole.effort.get()),
            if plan.is_in_hours() { "save" } else { "are worth" },
            said(whole.value_unknown > 0, gained)
        )
    } else {
        String::new()
    };
    let begin = if plan.is_in_hours() { "Build first" } else { "Fund first" };
    format!("{begin}: {}{whole}.", named.join(", then "))
}

/// What work by hand costs for which no way is verified, and what to check first; nothing where there is none.
pub(in crate::report) fn no_way(report: &Report, plan: &Plan) -> Option<String> {
    let open: BTreeSet<&str> = plan.unsolved.iter().flat_map(|gap| &gap.steps).map(String::as_str).collect();
    let steps = report.handoff_totals.iter().flat_map(|totals| &totals.steps);
    let cost: f64 = steps
        .filter(|step| open.contains(step.flow.as_str()))
        .filter_map(|step| Some(step.cost.as_ref()?.likely.get()))
        .sum();
    let mut check: Vec<&str> = Vec::new();
    for id in plan.unsolved.iter().filter(|gap| !gap.steps.is_empty()).flat_map(|gap| &gap.check) {
        let name = report.stack.names.system(id);
        if !check.contains(&name) {
            check.push(name);
        }
    }
    // Without handoffs in the report the amount is not at hand.
    let has_amount = report.handoff_totals.is_some();
    if open.is_empty() || (has_amount && cost < 0.5) {
        return None;
    }
    let is_least =
        report.handoff_totals.iter().flat_map(|totals| &totals.cost_unknown).any(|id| open.contains(id.as_str()));
    let has_others = !plan.items.is_empty() || plan.unfunded.iter().any(|one| one.about.starts_with("handoff"));
    let work = match (has_amount, has_others) {
        (true, _) => format!("Work by hand of {} a year", sum(report, is_least, cost)),
        (false, true) => "Some work by hand".to_owned(),
        (false, false) => "Work by hand".to_owned(),
    };
    let first = match check.is_empty() {
        true => String::new(),
        false => format!("; check the interfaces of {} first", listed_few(&check, NAMED_PROCESSES)),
    };
    Some(format!("{work} has no verified solution{first}."))
}

/// The chain that costs most, and what it costs.
fn costliest(chains: &[Handoff]) -> Option<(&Handoff, f64)> {
    // Chains come by cost descending, unknown ones last.
    chains.first().and_then(|chain| chain.cost.map(|cost| (chain, cost.likely.get())))
}

/// A sum of money, of which a part is not known where `is_least`.
fn sum(report: &Report, is_least: bool, amount: f64) -> String {
    Figure::least_if(is_least, amount).money(report.stack.currency.as_deref())
}

fn money(report: &Report, amount: f64) -> String {
    say::money(report.stack.currency.as_deref(), amount)
}
