//! Faster: the flows on the way of data that comes too late run at a shorter interval.

use std::collections::{BTreeMap, BTreeSet};

use sinew_order::List;

use crate::analysis::Finding;
use crate::analysis::freshness::{ages, flows_on, staleness};
use crate::analysis::words::lasting;
use crate::model::{Flow, FlowIx, Mechanism, Need, Process};
use crate::plan::edit::Edit;
use crate::plan::gap::GapIx;
use crate::plan::pace::{Pace, USUAL, every};

use super::candidate::{Candidate, Subject};
use super::context::Context;

/// Facts and flows that are looked at for the late data of all processes together.
const MOST_WORK: usize = 20_000_000;

/// A shorter interval for each finding about late data that one would settle.
pub(super) fn candidates(context: &Context<'_>, gaps: &List<GapIx, Finding>) -> Vec<Candidate> {
    let mut search = Search { context, left: MOST_WORK };
    let late = gaps.enumerate().filter(|(_, gap)| gap.rule == "stale-feed");
    late.filter_map(|(at, gap)| search.candidate(context.stack().processes.get(process_of(context, gap)?)?, at))
        .collect()
}

fn process_of(context: &Context<'_>, gap: &Finding) -> Option<usize> {
    context.stack().processes.iter().position(|process| process.id.as_str() == gap.subjects[0])
}

/// Whether its interval is a choice: neither a person nor an event sets its pace.
fn has_interval(flow: &Flow) -> bool {
    !flow.is_manual() && !matches!(flow.mechanism, Mechanism::Webhook | Mechanism::Embedded)
}

/// The flows that run at an interval, in hours each.
type Intervals = BTreeMap<FlowIx, f64>;

/// The search for intervals, with how much it may still look at.
struct Search<'a> {
    context: &'a Context<'a>,
    left: usize,
}

impl Search<'_> {
    fn candidate(&mut self, process: &Process, at: GapIx) -> Option<Candidate> {
        let found = USUAL.iter().rev().find_map(|hours| self.settled_by(process, *hours))?;
        let needed = self.without_needless(process, found);
        let (context, stack) = (self.context, self.context.stack());
        let edits: Vec<Edit> = needed
            .iter()
            .map(|(flow, hours)| Edit::Pace(*flow, Pace::at_least_every(stack.flow(*flow), *hours)))
            .collect();
        let hours = needed.values().copied().fold(0.0, f64::max);
        let first = stack.flow(*needed.keys().next()?);
        let title = if needed.len() == 1 {
            format!("Run the flow from {} to {} {}", context.name(first.from), context.name(first.to), every(hours))
        } else {
            format!("Run {} flows for {} {}", needed.len(), process.name, every(hours))
        };
        let line = |(flow, hours): (&FlowIx, &f64)| {
            let flow = stack.flow(*flow);
            format!(
                "{} takes {} today, {} then",
                flow.id,
                lasting(flow.hours_on_the_way()),
                lasting(*hours + of_review(flow))
            )
        };
        let mut why: Vec<String> = needed.iter().map(line).collect();
        why.push(
            "that both ends can do it so often is assumed, as far as no limit of calls speaks against it".to_owned(),
        );
        Some(context.faster((process.id.as_str(), Subject::Gap(at)), (title, edits, why)))
    }

    /// The flows that have to run every `hours` so that nothing that `process` needs is too old; `None` where that is not
    /// enough.
    fn settled_by(&mut self, process: &Process, hours: f64) -> Option<Intervals> {
        let stack = self.context.stack();
        let mut chosen = Intervals::new();
        loop {
            let late = self.late_flows(process, &chosen)?;
            let Some(late) = late else { return (!chosen.is_empty()).then_some(chosen) };
            let is_slower = |flow: &Flow| flow.run.delay.is_some_and(|delay| delay.likely.0 > hours);
            let more: Vec<FlowIx> = late
                .into_iter()
                .filter(|ix| has_interval(stack.flow(*ix)) && is_slower(stack.flow(*ix)) && !chosen.contains_key(ix))
                .collect();
            if more.is_empty() {
                return None;
            }
            chosen.extend(more.into_iter().map(|flow| (flow, hours)));
        }
    }

    /// Without the flows that need not change, those that are fastest today first.
    fn without_needless(&mut self, process: &Process, mut chosen: Intervals) -> Intervals {
        let stack = self.context.stack();
        let mut order: Vec<FlowIx> = chosen.keys().copied().collect();
        order.sort_by(|a, b| {
            stack.flow(*a).hours_on_the_way().total_cmp(&stack.flow(*b).hours_on_the_way()).then(a.cmp(b))
        });
        for flow in order {
            let hours = chosen.remove(&flow);
            if self.late_flows(process, &chosen) != Some(None) {
                chosen.extend(hours.map(|hours| (flow, hours)));
            }
        }
        chosen
    }

    /// The flows on the way of what is too old with these intervals, `Some(None)` where nothing is; `None` where no more may
    /// be looked at.
    fn late_flows(&mut self, process: &Process, intervals: &Intervals) -> Option<Option<BTreeSet<FlowIx>>> {
        let (analysis, stack) = (self.context.analysis, self.context.stack());
        self.left = self.left.checked_sub(analysis.supply.causes().len() + stack.flows.len())?;
        let age = ages(analysis, |ix| {
            let flow = stack.flow(ix);
            intervals.get(&ix).map_or_else(|| flow.hours_on_the_way(), |hours| hours + of_review(flow))
        });
        let late: Vec<&Need> = process.data_needs().filter(|need| staleness(analysis, &age, need).is_some()).collect();
        let flows = late.iter().flat_map(|need| flows_on(analysis, &age, need)).collect();
        Some((!late.is_empty()).then_some(flows))
    }
}

/// What the review of a flow adds to its interval, in hours.
fn of_review(flow: &Flow) -> f64 {
    flow.review().and_then(|review| review.delay).map_or(0.0, |delay| delay.likely.0)
}
