//! The AI register: each AI tool with its vendors, owners, reviews, contract, standards, fallback and what breaks
//! without it.

use jiff::civil::Date;

use super::Analysis;
use super::calendar::{has_security_review, is_review_overdue, review_cadence, review_due};
use super::ledger::Harm;
use crate::analysis::Component;
use crate::model::{Duration, Flow, FlowIx, Money, Range, Stack, Status, SystemIx, TeamIx};

/// A system that an AI tool stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Underlying {
    /// The system that has to be up for the tool to be up.
    pub system: SystemIx,
    /// Its vendor, where known.
    pub vendor: Option<String>,
}

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
}

/// One live AI tool with everything that its register asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The tool itself, a live system.
    pub system: SystemIx,
    /// Who sells it, where known.
    pub vendor: Option<String>,
    /// What it stands on, by itself or through others; by id.
    pub underlying: Vec<Underlying>,
    /// How far its use has come.
    pub status: Status,
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
    /// Live flows out of it on which a person reviews what it made; by id.
    pub reviewed_flows: Vec<FlowIx>,
    /// Live flows out of it without a review; by id.
    pub unreviewed_flows: Vec<FlowIx>,
    /// What there is to fall back on.
    pub fallback: Fallback,
    /// What breaks without it.
    pub harm: Harm,
}

/// The register of `analysis`: every AI tool, retired ones too, by id. `harm` tells what the failure of a component does;
/// it is not asked about retired tools.
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
            Row {
                system: ix,
                vendor: tool.facts.vendor.clone(),
                underlying: underlying(stack, ix),
                status: tool.status,
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
                reviewed_flows: reviewed(true),
                unreviewed_flows: reviewed(false),
                fallback: Fallback { runbook: tool.runbook.clone(), standby_flows: standby_flows(stack, ix) },
                harm: if tool.is_live() { harm(Component::System(ix)) } else { Harm::default() },
            }
        })
        .collect()
}

/// Everything that `system` depends on, directly or through others; by id.
fn underlying(stack: &Stack, system: SystemIx) -> Vec<Underlying> {
    let mut found: Vec<SystemIx> = Vec::new();
    let mut is_found = vec![false; stack.systems.len()];
    let mut open = stack.system(system).depends_on.clone();
    while let Some(next) = open.pop() {
        if !std::mem::replace(&mut is_found[next.at()], true) {
            found.push(next);
            open.extend(&stack.system(next).depends_on);
        }
    }
    found.sort_unstable();
    found.into_iter().map(|ix| Underlying { system: ix, vendor: stack.system(ix).facts.vendor.clone() }).collect()
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
