//! Where a stack stands, in the terms in which a plan is judged: one column of the table before and after.

use std::collections::BTreeMap;

use crate::analysis::Component;
use crate::analysis::outage_cost::OutageCost;
use crate::analysis::outages::{component_id, processes_down};
use crate::analysis::resilience::Chance;
use crate::analysis::rules::missing_feedback::{Automated, gaps};
use crate::analysis::stage::{Standing, standing};
use crate::analysis::{Analysis, Finding, Total};
use crate::model::{Flow, ProcessIx, Stack};

use super::value::Account;

/// Availability of one process.
#[derive(Clone, Debug, PartialEq)]
pub struct Availability {
    /// The process, by id.
    pub process: String,
    /// Whether it runs with nothing failed.
    pub runs: bool,
    /// How likely it is to run; `None` where nothing that matters states an availability.
    pub chance: Option<Chance>,
    /// Systems and teams that matter and state none.
    pub unknown: usize,
    /// Systems and teams that state none and may matter, as no search settled it.
    pub possible: usize,
}

/// One stack with the figures that before and after are compared by.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// All handoffs, as far as their figures are known.
    pub handoffs: Total,
    /// Number of handoff chains in this stack.
    pub chains: usize,
    /// Those of them that carry the output of an AI tool.
    pub ai_chains: usize,
    /// AI tools that are silos, by id.
    pub silos: Vec<String>,
    /// Loops that are closed without a person: objects that models want back and get.
    pub loops_closed: usize,
    /// Loops that are not.
    pub loops_open: usize,
    /// Components whose failure alone takes a process down, by id, with those processes; flows are left out. Where processes
    /// need each other in a row there are as many pairs as the square of it has, so that processes are numbers here.
    pub single_points: BTreeMap<String, Vec<ProcessIx>>,
    /// What outages are expected to cost a year, an hour without a process counted once.
    pub outage_cost: OutageCost,
    /// Single points whose expected cost is not known.
    pub unknown_outages: usize,
    /// One for each process, in the order of the stack.
    pub availability: Vec<Availability>,
    /// The stage, with its criteria.
    pub standing: Standing,
    /// What the rules find.
    pub findings: Vec<Finding>,
    /// Automated flows of today.
    pub automated_flows: usize,
}

impl Situation {
    /// Judges `analysis`; `account` is its own.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>, account: &Account) -> Self {
        let findings = analysis.findings();
        let standing = standing(analysis, &findings);
        let chains = &analysis.handoffs.chains;
        let silos = findings.iter().filter(|finding| finding.rule == "ai-silo");
        let (loops_closed, loops_open) = loops(analysis);
        Self {
            handoffs: analysis.handoffs.total,
            chains: chains.len(),
            ai_chains: chains.iter().filter(|chain| chain.is_ai_output()).count(),
            silos: silos.flat_map(|finding| finding.subjects.clone()).collect(),
            loops_closed,
            loops_open,
            single_points: single_points(analysis),
            outage_cost: OutageCost::of(analysis.stack, analysis.resilience()),
            unknown_outages: account.unknown_outages,
            availability: availability(analysis),
            standing,
            automated_flows: analysis.stack.live_flows().filter(|(_, flow)| is_automated(flow)).count(),
            findings,
        }
    }
}

fn is_automated(flow: &Flow) -> bool {
    !flow.is_manual() && !flow.is_standby
}

/// Objects that models want back, and enrichment that should go on: closed and open.
fn loops(analysis: &Analysis<'_>) -> (usize, usize) {
    let automated = Automated::of(analysis);
    let open = gaps(analysis, &automated);
    let wanted = |stack: &Stack| -> usize {
        let makings = stack.live_systems().flat_map(|(_, system)| &system.makes);
        makings.filter_map(|making| making.model.as_ref()).map(|model| model.feedback.len()).sum()
    };
    // Enrichment has no list of what is wanted, so only what models want can be seen to be closed.
    let open_models = open.iter().filter(|gap| gap.tool == gap.wanted.at).count();
    (wanted(analysis.stack).saturating_sub(open_models), open.len())
}

fn single_points(analysis: &Analysis<'_>) -> BTreeMap<String, Vec<ProcessIx>> {
    let stack = analysis.stack;
    let mut found: BTreeMap<String, Vec<ProcessIx>> = BTreeMap::new();
    let down = processes_down(stack, &analysis.supply);
    for (component, processes) in analysis.supply.components().iter().zip(down) {
        if matches!(component, Component::System(_) | Component::Team(_)) && !processes.is_empty() {
            found.entry(component_id(stack, *component).to_owned()).or_default().extend(processes);
        }
    }
    for processes in found.values_mut() {
        processes.sort_unstable();
        processes.dedup();
    }
    found
}

fn availability(analysis: &Analysis<'_>) -> Vec<Availability> {
    let one = |of: &crate::analysis::Resilience| Availability {
        process: analysis.stack.process(of.process).id.to_string(),
        runs: of.runs,
        chance: of.chance(),
        unknown: of.unknown_availability.len(),
        possible: of.possible_unknowns.len(),
    };
    analysis.resilience().iter().map(one).collect()
}
