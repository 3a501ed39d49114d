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
        let chains = &analysis.handoffs().chains;
        let silos = findings.iter().filter(|finding| finding.rule == "ai-silo");
        let (loops_closed, loops_open) = loops(analysis);
        Self {
            handoffs: analysis.handoffs().total,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    fn situation(text: &str) -> Situation {
        let stack = stack_of(text);
        let analysis = Analysis::of(&stack);
        Situation::of(&analysis, &Account::of(&analysis, &|_| true))
    }

    #[test]
    fn flows_that_run_by_themselves_in_regular_use_are_counted() {
        let with = |flow: &str| {
            situation(&format!(
                "sinew: 1
systems: {{ a: {{ kind: crm, makes: [d] }}, b: {{ kind: cms }} }}
data: {{ d: {{}} }}
flows:
  - {{ id: f, from: a, to: b, data: d, mechanism: api }}
{flow}"
            ))
            .automated_flows
        };
        let another = |rest: &str| format!("  - {{ id: g, from: a, to: b, data: d, {rest} }}\n");
        assert_eq!(with(""), 1);
        assert_eq!(with(&another("mechanism: native")), 2);
        for rest in ["mechanism: message", "mechanism: native, standby: true", "mechanism: native, status: planned"] {
            assert_eq!(with(&another(rest)), 1, "{rest}");
        }
    }

    #[test]
    fn what_models_get_back_is_closed_and_what_they_and_enrichments_lack_is_open() {
        let loops = |flows: &str| {
            let found = situation(&format!(
                "sinew: 1
systems:
  clay: {{ kind: enrichment, makes: [firmographics] }}
  crm: {{ kind: crm, makes: [lead, outcome] }}
  map: {{ kind: marketing-automation, makes: [visit] }}
  t: {{ kind: ai-scoring, makes: [{{ data: score, from: lead, model: {{ feedback: [outcome, visit] }} }}] }}
data: {{ firmographics: {{}}, lead: {{}}, outcome: {{}}, visit: {{}}, score: {{}} }}
flows:
  - {{ from: clay, to: crm, data: firmographics, mechanism: api }}
  - {{ from: crm, to: map, data: lead, mechanism: native }}
{flows}"
            ));
            (found.loops_closed, found.loops_open)
        };
        let flow = |from: &str, to: &str, data: &str, mechanism: &str| {
            format!("  - {{ from: {from}, to: {to}, data: {data}, mechanism: {mechanism} }}\n")
        };
        // Two objects that the model wants, and what stops at the CRM.
        assert_eq!(loops(""), (0, 3));
        let outcome = flow("crm", "t", "outcome", "api");
        assert_eq!(loops(&outcome), (1, 2));
        assert_eq!(loops(&(outcome.clone() + &flow("crm", "map", "firmographics", "native"))), (1, 1));
        assert_eq!(loops(&(outcome + &flow("map", "t", "visit", "message"))), (1, 2), "a person closes no loop");
    }

    #[test]
    fn a_single_point_is_a_system_or_a_team_with_each_process_that_it_stops() {
        let found = situation(
            "sinew: 1
teams: { solo: { people: 1 }, many: { people: 3 } }
systems: { a: { kind: crm, makes: [d] }, b: { kind: cms }, c: { kind: erp } }
data: { d: {} }
flows:
  - { id: f, from: a, to: b, data: d, mechanism: message, performer: solo }
  - { id: g, from: a, to: c, data: d, mechanism: message, performer: many }
processes:
  p: { needs: [{ data: d, at: b }] }
  q: { needs: [{ data: d, at: c }] }
",
        );
        let processes = |at: &[u32]| at.iter().map(|at| ProcessIx(*at)).collect::<Vec<_>>();
        let expected = [("a", &[0, 1][..]), ("b", &[0]), ("c", &[1]), ("solo", &[0])];
        let expected = expected.map(|(id, at)| (id.to_owned(), processes(at)));
        assert_eq!(found.single_points, BTreeMap::from(expected));
    }
}
