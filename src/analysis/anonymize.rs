//! The same stack for strangers' eyes: names, owners and texts masked, ids neutral, money scaled or masked.
//!
//! The graph, the products, the dates and the amounts of work stay, so the findings are the same up to names.

use std::collections::BTreeMap;

use super::{Analysis, Chain};
use crate::catalog::Kind;
use crate::model::{Acceptance, Accepted, Money, MoneyPerHour, Quantity, Range, SeverityCosts, Stack, System};

/// What becomes of money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amounts {
    /// Every amount is multiplied by this factor, and with them the costs at which severities move, so that findings
    /// keep their severity. It hides amounts from a reader, not from one who knows one of them: the default thresholds,
    /// scaled, give the factor away.
    Scaled(f64),
    /// Every amount above nothing becomes 1, and no cost moves a severity any more: nothing of the money is left.
    Masked,
}

impl Amounts {
    fn of<T: Quantity>(self, range: Range<T>) -> Range<T> {
        range.map(|amount| {
            T::of(match self {
                Self::Scaled(factor) => amount.amount() * factor,
                Self::Masked => f64::from(amount.amount() > 0.0),
            })
        })
    }

    fn severity(self, costs: SeverityCosts) -> SeverityCosts {
        match self {
            Self::Scaled(factor) => {
                SeverityCosts { high: Money(costs.high.0 * factor), low: Money(costs.low.0 * factor) }
            }
            Self::Masked => SeverityCosts { high: Money(crate::model::MAX_AMOUNT), low: Money(0.0) },
        }
    }
}

/// `stack` without what tells whose it is.
///
/// Ids become `system-01`, `team-1` and so on, numbered in the order of the ids that they replace, so that everything
/// sorted by id keeps its order; each flow gets an id of its own. Names become the kind and a number, owners and texts
/// the word `masked` where there was one. Products of the catalogue stay, since what is found rests on them; those that
/// the catalogue does not know are masked. Places are those of the original file: write the stack and read it again for
/// its own.
#[must_use]
pub fn anonymized(stack: &Stack, amounts: Amounts) -> Stack {
    let mut masked = stack.clone();
    masked.name = "Anonymous stack".to_owned();
    masked.currency = stack.currency.clone().filter(|_| amounts != Amounts::Masked);
    masked.hourly_rate = stack.hourly_rate.map(|rate| amounts.of::<MoneyPerHour>(rate));
    masked.severity = amounts.severity(stack.severity);
    teams_and_data(&mut masked, amounts);
    systems(&mut masked, amounts);
    flows_and_processes(&mut masked, amounts);
    masked.accept = acceptances(stack, &masked);
    let mask = |text: &Option<String>| text.as_ref().map(|_| MASK.to_owned());
    masked.practices.quality_standards = mask(&stack.practices.quality_standards);
    masked.practices.resilience_plan = mask(&stack.practices.resilience_plan);
    let plan = &mut masked.plan;
    plan.budget = plan.budget.map(|budget| amounts.of(budget));
    plan.day_rate = plan.day_rate.map(|rate| amounts.of(rate));
    plan.running_costs.iter_mut().for_each(|(_, cost)| *cost = amounts.of(*cost));
    masked
}

/// Stands for text that was there.
const MASK: &str = "masked";

/// `word-07`, with as many digits as `count` needs, so that the order of the numbers is that of the ids.
fn neutral(word: &str, at: usize, count: usize) -> String {
    let width = count.to_string().len();
    format!("{word}-{:0width$}", at + 1)
}

fn teams_and_data(masked: &mut Stack, amounts: Amounts) {
    let count = masked.teams.len();
    for (at, team) in masked.teams.iter_mut().enumerate() {
        team.name = neutral("team", at, count);
        team.id = team.name.as_str().into();
        team.hourly_rate = team.hourly_rate.map(|rate| amounts.of(rate));
    }
    let count = masked.data.len();
    for (at, data) in masked.data.iter_mut().enumerate() {
        data.name = neutral("data", at, count);
        data.id = data.name.as_str().into();
    }
}

fn systems(masked: &mut Stack, amounts: Amounts) {
    let domains = numbered("domain", masked.systems.iter().filter_map(|system| system.domain.as_deref()));
    let products = masked.systems.iter().filter(|system| system.facts.product.is_none());
    let products = numbered("product", products.filter_map(|system| system.facts.name.as_deref()));
    let stated = |system: &&System| is_vendor_stated(system);
    let vendors = masked.systems.iter().filter(stated).filter_map(|system| system.facts.vendor.as_deref());
    let vendors = numbered("vendor", vendors);
    let count = masked.systems.len();
    let mut of_kind: BTreeMap<Kind, usize> = BTreeMap::new();
    for (at, system) in masked.systems.iter_mut().enumerate() {
        let number = of_kind.entry(system.facts.kind).or_default();
        *number += 1;
        system.id = neutral("system", at, count).into();
        system.name = format!("{} {number}", system.facts.kind.display_name());
        if is_vendor_stated(system) {
            system.facts.vendor = system.facts.vendor.take().and_then(|vendor| vendors.get(&vendor).cloned());
        }
        if system.facts.product.is_none() {
            system.facts.name = system.facts.name.take().and_then(|name| products.get(&name).cloned());
        }
        system.domain = system.domain.take().and_then(|domain| domains.get(&domain).cloned());
        for text in [&mut system.budget_owner, &mut system.quality_standard, &mut system.runbook] {
            *text = text.take().map(|_| MASK.to_owned());
        }
        if let Some(pilot) = &mut system.pilot {
            pilot.measure = pilot.measure.take().map(|_| MASK.to_owned());
        }
        system.contract.cost = system.contract.cost.map(|cost| amounts.of(cost));
    }
}

/// Whether the vendor comes from the file and not from the catalogue.
fn is_vendor_stated(system: &System) -> bool {
    let catalog = crate::catalog::Catalog::builtin();
    let known = system.facts.product.as_ref().and_then(|id| catalog.product(id.as_str()));
    known.map(|product| product.vendor.as_str()) != system.facts.vendor.as_deref()
}

/// A neutral word for each of `texts`, numbered in their order.
fn numbered<'t>(word: &str, texts: impl Iterator<Item = &'t str>) -> BTreeMap<String, String> {
    let mut all: Vec<&str> = texts.collect();
    all.sort_unstable();
    all.dedup();
    let count = all.len();
    all.into_iter().enumerate().map(|(at, text)| (text.to_owned(), neutral(word, at, count))).collect()
}

fn flows_and_processes(masked: &mut Stack, amounts: Amounts) {
    let count = masked.flows.len();
    for (at, flow) in masked.flows.iter_mut().enumerate() {
        flow.id = neutral("flow", at, count).into();
        flow.has_own_id = true;
        flow.value = flow.value.map(|value| amounts.of(value));
    }
    let count = masked.processes.len();
    for (at, process) in masked.processes.iter_mut().enumerate() {
        process.name = neutral("process", at, count);
        process.id = process.name.as_str().into();
        process.outage_cost = process.outage_cost.map(|cost| amounts.of(cost));
    }
}

/// The acceptances with their new names. A row whose subject or finding there is not has nothing to name and is left out.
fn acceptances(stack: &Stack, masked: &Stack) -> Vec<Acceptance> {
    if stack.accept.is_empty() {
        return Vec::new();
    }
    let subjects = new_ids(stack, masked);
    let (before, after) = (Analysis::of(stack), Analysis::of(masked));
    let findings = new_finding_ids(&before, &after);
    let mut rows = Vec::new();
    for row in &stack.accept {
        let what: Vec<Accepted> = match &row.what {
            Accepted::Subject { rule, subject } => {
                let subjects = subjects.get(subject.as_str()).into_iter().flatten();
                subjects.map(|subject| Accepted::Subject { rule: rule.clone(), subject: subject.clone() }).collect()
            }
            Accepted::Finding(id) => findings.get(id).map(|id| Accepted::Finding(id.clone())).into_iter().collect(),
        };
        rows.extend(what.into_iter().map(|what| Acceptance { what, why: None, ..row.clone() }));
    }
    rows
}

/// The new id of each finding. Everything keeps its order, so findings stand in the same places; those about handoff
/// chains, of which one pair of systems may have several, are found by their steps.
fn new_finding_ids(before: &Analysis<'_>, after: &Analysis<'_>) -> BTreeMap<String, String> {
    let chain_id = |chain: &Chain| format!("manual-handoff:{}", chain.id);
    let places = before.findings().into_iter().zip(after.findings());
    let mut ids: BTreeMap<String, String> = places.map(|(before, after)| (before.id, after.id)).collect();
    let steps = after.handoffs.chains.iter().map(|chain| ((&chain.steps, chain.data), chain_id(chain)));
    let by_steps: BTreeMap<_, String> = steps.collect();
    for chain in &before.handoffs.chains {
        if let Some(id) = by_steps.get(&(&chain.steps, chain.data)) {
            ids.insert(chain_id(chain), id.clone());
        }
    }
    ids
}

/// The new ids of each old one: a process may share its id with a system, flow or team.
fn new_ids<'s>(stack: &'s Stack, masked: &Stack) -> BTreeMap<&'s str, Vec<String>> {
    fn ids<T: ToString>(all: impl Iterator<Item = T>) -> Vec<String> {
        all.map(|id| id.to_string()).collect()
    }
    let all = |stack: &Stack| {
        let mut all = ids(stack.systems.iter().map(|system| &system.id));
        all.extend(ids(stack.teams.iter().map(|team| &team.id)));
        all.extend(ids(stack.flows.iter().map(|flow| &flow.id)));
        all.extend(ids(stack.processes.iter().map(|process| &process.id)));
        all
    };
    let old = stack.systems.iter().map(|system| system.id.as_str());
    let old = old.chain(stack.teams.iter().map(|team| team.id.as_str()));
    let old = old.chain(stack.flows.iter().map(|flow| flow.id.as_str()));
    let old = old.chain(stack.processes.iter().map(|process| process.id.as_str()));
    let mut by_old: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (old, new) in old.zip(all(masked)) {
        by_old.entry(old).or_default().push(new);
    }
    by_old
}
