//! The three sentences that come first: what is done by hand, what is most severe, what to fund first.

use crate::report::facts::plan::{Item, Plan};
use crate::report::facts::{Finding, Handoff, Number, Report};
use crate::report::say::{self, Line, capital, counted, days, grouped, hours, percent, spelled, spelled_of};

/// Items of the first wave that are named before the wave is summed up.
const NAMED: usize = 2;

/// What `report` comes to, in three sentences; a report without findings or handoffs says what it can.
#[must_use]
pub fn summary(report: &Report) -> [String; 3] {
    [by_hand(report), most_severe(report), first(report)]
}

/// The same for the story: nothing for a question of its own, which is no whole report.
pub(super) fn sentences(report: &Report) -> Vec<Line> {
    let is_whole = report.findings.is_some() && report.handoffs.is_some();
    if is_whole { summary(report).into_iter().map(Line::of).collect() } else { Vec::new() }
}

fn by_hand(report: &Report) -> String {
    let chains = report.handoffs.as_deref().unwrap_or_default();
    let Some(totals) = report.handoff_totals.as_ref().filter(|_| !chains.is_empty()) else {
        return "No data is carried by hand.".into();
    };
    let is_one = chains.len() == 1;
    let count = capital(&spelled_of(chains.len(), "handoff", "handoffs"));
    let (verb, verb_cost) = if is_one { ("takes", "costs") } else { ("take", "cost") };
    let Some(work) = totals.work() else {
        return format!("{count} {verb} an unknown amount of work: give the manual flows `runs` and `minutes`.");
    };
    let unknown = match totals.unknown.len() {
        0 => String::new(),
        some => format!(" (not counting {} without figures)", spelled(some)),
    };
    let Some(cost) = totals.cost.map(|cost| cost.likely.get()) else {
        let hours = hours(work);
        return format!("{count} {verb} {hours} a year{unknown}; state `hourly_rate` to know what that costs.");
    };
    let share = match costliest(chains) {
        Some((chain, of_it)) if chains.len() - totals.cost_unknown.len() > 1 && cost > 0.0 => {
            format!("; {} of that is {}", percent(of_it / cost), carried(report, chain))
        }
        _ => String::new(),
    };
    let least = if totals.cost_unknown.is_empty() { "" } else { "at least " };
    let cost = format!("{least}{}", money(report, cost));
    format!("{count} {verb} {} a year{unknown} and {verb_cost} {cost}{share}.", hours(work))
}

/// `Draft from Jasper to WordPress`.
fn carried(report: &Report, chain: &Handoff) -> String {
    let names = &report.stack.names;
    let data = names.objects(&chain.data);
    format!("{data} from {} to {}", names.system(&chain.from), names.system(&chain.to))
}

fn most_severe(report: &Report) -> String {
    let standing = || report.findings.iter().flatten().filter(|finding| !finding.accepted);
    match most_severe_of(standing()) {
        Some(finding) => format!(
            "{}: {} ({}, {}).",
            match standing().count() {
                1 => "The only finding".into(),
                many => format!("The most severe of {} findings", spelled(many)),
            },
            finding.message,
            finding.severity.as_str(),
            finding.rule,
        ),
        None => "No finding is open.".into(),
    }
}

fn first(report: &Report) -> String {
    if let Some(plan) = &report.plan {
        return fund(report, plan);
    }
    let chains = report.handoffs.as_deref().unwrap_or_default();
    match (costliest(chains), most_severe_of(report.findings.iter().flatten().filter(|finding| !finding.accepted))) {
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
        let weeks = grouped(plan.horizon_weeks.get());
        let nearest = plan.unfunded.iter().find(|one| one.pays_from.get() < f64::MAX);
        let nearest = nearest.map(|one| {
            format!("; closest: {}, which breaks even at {} a year", one.title, money(report, one.pays_from.get()))
        });
        let is_priced = report.handoff_totals.as_ref().is_none_or(|totals| totals.cost.is_some());
        if !is_priced {
            return "Nothing can be funded yet: without `hourly_rate` it is not known what an option saves.".into();
        }
        return format!("No option breaks even within {weeks} weeks{}.", nearest.unwrap_or_default());
    };
    let one = |item: &Item| {
        let worth = Some(item.value.likely.get()).filter(|value| *value > 0.0);
        let worth = worth.map(|value| format!(", worth {} a year", money(report, value))).unwrap_or_default();
        format!("{} ({}{worth})", item.title, days(item.effort.likely.get()))
    };
    let named: Vec<String> = wave.iter().take(NAMED).map(one).collect();
    let whole = if wave.len() > NAMED {
        let sum = |of: &dyn Fn(&Item) -> f64| wave.iter().map(of).sum::<f64>();
        format!(
            "; the {} of wave {} take {} and save {} a year",
            counted(wave.len(), "item", "items"),
            wave[0].wave,
            days(sum(&|item| item.effort.likely.get())),
            money(report, sum(&|item| item.value.likely.get()))
        )
    } else {
        String::new()
    };
    format!("Fund first: {}{whole}.", named.join(", then "))
}

/// The chain that costs most, and what it costs.
fn costliest(chains: &[Handoff]) -> Option<(&Handoff, f64)> {
    // Chains come by cost descending, unknown ones last.
    chains.first().and_then(|chain| chain.cost.map(|cost| (chain, cost.likely.get())))
}

/// Of the findings of the highest severity the one that costs most; the first of equal ones.
fn most_severe_of<'f>(findings: impl Iterator<Item = &'f Finding>) -> Option<&'f Finding> {
    let cost = |finding: &Finding| finding.cost.map_or(0.0, Number::get);
    findings.reduce(|best, next| {
        let is_higher = next.severity < best.severity || (next.severity == best.severity && cost(next) > cost(best));
        if is_higher { next } else { best }
    })
}

fn money(report: &Report, amount: f64) -> String {
    say::money(report.stack.currency.as_deref(), amount)
}
