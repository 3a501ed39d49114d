//! The AI register: each AI tool with its vendors, owners, reviews, contract, standards, fallback and what breaks
//! without it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Analysis;
use super::calendar::{has_security_review, is_review_overdue, review_cadence, review_due};
use super::dependencies::{StandsOn, stands_on};
use super::ledger::Harm;
use super::rules::has_checkable_output;
use crate::analysis::{Component, Fact};
use crate::model::{Duration, Flow, FlowIx, Money, Range, Stack, Status, SystemIx, TeamIx};

/// The vendor review of a tool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReviewState {
    /// The day of the last review; `None` where none is stated.
    pub last: Option<Date>,
    /// How often one is due: as the tool states, else by the practice.
    pub every: Option<Duration>,
    /// The last day on which the next one is in time.
    pub due: Option<Date>,
    /// Whether it is overdue; `None` where the file names no day to count from.
    pub is_overdue: Option<bool>,
}

/// What there is to fall back on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fallback {
    /// What to do while the tool is down: a path or a link.
    pub runbook: Option<String>,
    /// Live standby flows that bring what the tool makes or passes on to where it goes, and do without the tool; by id.
    pub standby_flows: Vec<FlowIx>,
    /// What is made meanwhile where the tool brings it: objects with a standby `makes` at another live system; by system.
    pub standby_makes: Vec<Fact>,
}

/// One live AI tool with everything that its register asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The tool itself, a live system.
    pub system: SystemIx,
    /// Who sells it, where known.
    pub vendor: Option<String>,
    /// What takes it down, by itself or through others; by id.
    pub underlying: Vec<SystemIx>,
    /// Groups of systems of which one has to be up, for it or for what it may stand on.
    pub alternatives: Vec<Vec<SystemIx>>,
    /// Who sells what it stands on or may stand on, each once, by name; as far as known.
    pub underlying_vendors: Vec<String>,
    /// How far its use has come.
    pub status: Status,
    /// The day on which it is taken out of use, where one is stated.
    pub ends: Option<Date>,
    /// The system that takes its place, where one is stated.
    pub replaced_by: Option<SystemIx>,
    /// Who answers for it.
    pub owner: Option<TeamIx>,
    /// Who pays for it.
    pub budget_owner: Option<String>,
    /// When its security was reviewed; `None` where never, or not yet on the day of the file.
    pub security_review: Option<Date>,
    /// When its vendor was.
    pub vendor_review: ReviewState,
    /// When its contract renews.
    pub renews: Option<Date>,
    /// What it costs a year.
    pub cost: Option<Range<Money>>,
    /// What its output must come up to.
    pub quality_standard: Option<String>,
    /// Whether its output can be held to a standard.
    pub has_output_to_check: bool,
    /// Live flows out of it on which a person reviews what it made; by id.
    pub reviewed_flows: Vec<FlowIx>,
    /// Live flows out of it without a review; by id.
    pub unreviewed_flows: Vec<FlowIx>,
    /// What there is to fall back on.
    pub fallback: Fallback,
    /// What breaks without it.
    pub harm: Harm,
}

/// The register of `analysis`: every AI tool, planned and retired ones too, by id. `harm` tells what the failure of a component does;
/// it is not asked about tools that are not live.
#[must_use]
pub fn register(analysis: &Analysis<'_>, harm: &dyn Fn(Component) -> Harm) -> Vec<Row> {
    let stack = analysis.stack;
    let tools = stack.all_systems().filter(|(_, system)| system.is_ai());
    tools
        .map(|(ix, tool)| {
            let out = || stack.live_flows().filter(move |(_, flow)| flow.from == ix);
            let reviewed = |wanted: bool| {
                out().filter(|(_, flow)| flow.review.is_some() == wanted).map(|(flow, _)| flow).collect()
            };
            let StandsOn { surely, any_of } = stands_on(stack, ix);
            Row {
                system: ix,
                vendor: tool.facts.vendor.clone(),
                underlying_vendors: vendors(stack, surely.iter().chain(any_of.iter().flatten())),
                underlying: surely,
                alternatives: any_of,
                status: tool.status,
                ends: tool.ends,
                replaced_by: tool.replaced_by,
                owner: tool.owner,
                budget_owner: tool.budget_owner.clone(),
                security_review: tool.security_review.filter(|_| has_security_review(stack, tool)),
                vendor_review: ReviewState {
                    last: tool.vendor_review.last,
                    every: review_cadence(stack, tool),
                    due: review_due(stack, tool),
                    is_overdue: is_review_overdue(stack, tool),
                },
                renews: tool.contract.renews,
                cost: tool.contract.cost,
                quality_standard: tool.quality_standard.clone(),
                has_output_to_check: has_checkable_output(analysis, ix, tool),
                reviewed_flows: reviewed(true),
                unreviewed_flows: reviewed(false),
                fallback: Fallback {
                    runbook: tool.runbook.clone(),
                    standby_flows: standby_flows(stack, ix),
                    standby_makes: standby_makes(stack, ix),
                },
                harm: if tool.is_live() { harm(Component::System(ix)) } else { Harm::default() },
            }
        })
        .collect()
}

fn vendors<'a>(stack: &Stack, systems: impl Iterator<Item = &'a SystemIx>) -> Vec<String> {
    let vendors: BTreeSet<String> = systems.filter_map(|ix| stack.system(*ix).facts.vendor.clone()).collect();
    vendors.into_iter().collect()
}

/// Standby flows that bring an object to where a regular flow out of the tool brings it, without touching the tool.
fn standby_flows(stack: &Stack, tool: SystemIx) -> Vec<FlowIx> {
    let replaced: Vec<&Flow> =
        stack.live_flows().map(|(_, flow)| flow).filter(|flow| flow.from == tool && !flow.is_standby).collect();
    let stands_in = |standby: &Flow| {
        let shares = |flow: &Flow| flow.to == standby.to && flow.data.iter().any(|data| standby.data.contains(data));
        standby.is_standby
            && standby.from != tool
            && !standby.through.contains(&tool)
            && replaced.iter().any(|flow| shares(flow))
    };
    stack.live_flows().filter(|(_, flow)| stands_in(flow)).map(|(ix, _)| ix).collect()
}

/// Objects that a regular flow out of the tool brings to a live system that makes them on standby.
fn standby_makes(stack: &Stack, tool: SystemIx) -> Vec<Fact> {
    let brought = stack.live_flows().filter(|(_, flow)| flow.from == tool && !flow.is_standby);
    let brought = brought.flat_map(|(_, flow)| flow.data.iter().map(|data| Fact { at: flow.to, data: *data }));
    let is_made =
        |fact: &Fact| stack.system(fact.at).makes.iter().any(|making| making.data == fact.data && making.is_standby);
    let made: BTreeSet<Fact> = brought.filter(is_made).collect();
    made.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    #[test]
    fn what_stands_in_for_a_tool_brings_what_it_brings_to_the_same_place_without_it() {
        let stack = stack_of(
            "sinew: 1
systems:
  t: { kind: ai-content, makes: [d, e] }
  crm: { kind: crm, makes: [d, e] }
  x: { kind: cms }
  y: { kind: cms }
data: { d: {}, e: {} }
flows:
  - { id: out, from: t, to: x, data: d, mechanism: api }
  - { id: by-crm, from: crm, to: x, data: d, mechanism: message, standby: true }
  - { id: by-itself, from: t, to: x, data: d, mechanism: message, standby: true }
  - { id: other-data, from: crm, to: x, data: e, mechanism: message, standby: true }
  - { id: other-place, from: crm, to: y, data: d, mechanism: message, standby: true }
  - { id: regular, from: crm, to: x, data: [d, e], mechanism: api }
  - { id: through, from: crm, to: x, data: d, mechanism: ipaas, through: t, standby: true }
",
        );
        let tool = stack.find_system("t").expect("it is there");
        let ids: Vec<&str> = standby_flows(&stack, tool).into_iter().map(|ix| stack.flow(ix).id.as_str()).collect();
        assert_eq!(ids, ["by-crm"]);
    }
}
