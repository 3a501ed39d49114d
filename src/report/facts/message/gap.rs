//! Which item of the plan ends something, and what is missing where none does.

use std::collections::BTreeSet;

use crate::report::facts::{Plan, Report};
use crate::report::say::{counted, listed, spoken, uncapital};

/// What ends a manual flow or a single point of failure, and what stands in the way.
#[derive(Clone, Copy)]
pub(super) struct Ends<'a> {
    pub(super) report: &'a Report,
    pub(super) plan: &'a Plan,
}

impl Ends<'_> {
    /// An amount a year of what the plan counts.
    pub(super) fn said(self, amount: f64) -> String {
        match self.plan.is_in_hours() {
            true => crate::report::say::hours(amount),
            false => spoken(self.report.stack.currency.as_deref(), amount),
        }
    }

    /// The places in the plan, from 0 and in order, of the items after which no handoff that the flow is a step of is left as it was,
    /// with all that these need first; `None` where one of the handoffs stays.
    pub(super) fn items_of(self, flow: &str) -> Option<Vec<usize>> {
        let items = &self.plan.items;
        let chains = self.report.handoffs.iter().flatten().filter(|chain| chain.steps.iter().any(|step| step == flow));
        let ends = |id: &String| items.iter().position(|item| item.removes.contains(id));
        let mut open: Vec<usize> = chains.map(|chain| ends(&chain.id)).collect::<Option<_>>()?;
        let mut places = BTreeSet::new();
        while let Some(at) = open.pop() {
            if places.insert(at) {
                open.extend(items[at].needs.iter().filter_map(|need| items.iter().position(|item| item.id == *need)));
            }
        }
        (!places.is_empty()).then(|| places.into_iter().collect())
    }

    /// Person-days that these items take together.
    pub(super) fn days_of(self, places: &[usize]) -> f64 {
        places.iter().map(|at| self.plan.items[*at].effort.likely.get()).sum()
    }

    /// The ids of the findings about a manual flow.
    pub(super) fn findings_of(self, flow: &str) -> Vec<String> {
        let chains = self.report.handoffs.iter().flatten().filter(|chain| chain.steps.iter().any(|step| step == flow));
        chains.map(|chain| format!("manual-handoff:{}", chain.id)).collect()
    }

    /// What is missing for an answer to one of these findings, or for another way than the flow.
    pub(super) fn missing(self, findings: &[String], flow: Option<&str>) -> String {
        let is_about = |of: &[String]| of.iter().any(|id| findings.contains(id));
        let unfunded = self.plan.unfunded.iter().find(|one| is_about(&one.findings));
        let unverified = self.plan.unverified.iter().find(|one| is_about(&one.findings) && !one.verify.is_empty());
        let is_step = |steps: &[String]| flow.is_some_and(|flow| steps.iter().any(|step| step == flow));
        let unsolved = self.plan.unsolved.iter().find(|one| is_about(&one.findings) || is_step(&one.steps));
        if let Some(one) = unfunded.filter(|one| one.breaks_even_at() < f64::MAX) {
            let known = if one.known() > 0.0 {
                format!("{} is known", self.said(one.known()))
            } else {
                "its worth is not known".to_owned()
            };
            return format!(
                "{} breaks even at {} a year, {known}",
                uncapital(&one.title),
                self.said(one.breaks_even_at())
            );
        }
        if let Some(check) = unverified.and_then(|one| one.verify.first()) {
            return format!("first {}", uncapital(&check.title));
        }
        unsolved.and_then(|one| one.why.first().cloned()).unwrap_or_else(|| "no way is known".to_owned())
    }
}

/// `item 4`, `items 4, 5 and 8`, of places from 0.
pub(super) fn items(places: &[usize]) -> String {
    let mut places = places.to_vec();
    places.sort_unstable();
    places.dedup();
    let numbers: Vec<String> = places.iter().map(|at| (at + 1).to_string()).collect();
    match numbers.len() {
        0..=NAMED => format!("{} {}", if numbers.len() == 1 { "item" } else { "items" }, listed(&numbers)),
        count => counted(count, "item", "items"),
    }
}

/// Items that are named by number before they are counted.
const NAMED: usize = 5;
