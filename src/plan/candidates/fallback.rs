//! Fallback: a standby way for each single point of failure, from wherever else the data is while it is down.

use std::collections::{BTreeMap, BTreeSet};

use sinew_order::List;

use crate::analysis::Outage;
use crate::analysis::outages::component_id;
use crate::analysis::{Component, Fact};
use crate::model::{DataIx, ItemKind, Mechanism, Need, ProcessIx, Requirement, Stack, SystemIx, TeamIx};

use super::alike::Around;
use super::candidate::{Candidate, PointIx, Subject};
use super::context::{Context, few};
use crate::plan::edit::{Edit, NewFlow};
use crate::plan::effort::{self, Load};

/// A component whose failure alone takes processes down, or a team of one on which processes hang.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The component: a system or a team. What a flow's failure takes down, its target's does as well.
    pub component: Component,
    /// The processes that it takes down; sorted.
    pub processes: Vec<ProcessIx>,
}

/// The single points of failure, most expensive first, then by component, but no more than `most`; and whether these are
/// all.
#[must_use]
pub fn points(outages: &[Outage], most: usize) -> (List<PointIx, Point>, bool) {
    let mut found: Vec<(&Outage, Point)> = Vec::new();
    for outage in outages.iter().filter(|outage| !outage.processes_down.is_empty()) {
        if let [component @ (Component::System(_) | Component::Team(_))] = outage.components[..] {
            found.push((outage, Point { component, processes: outage.processes_down.to_vec() }));
        }
    }
    let cost = |outage: &Outage| outage.cost_per_hour.map_or(0.0, |cost| cost.0);
    found.sort_by(|(a, one), (b, other)| cost(b).total_cmp(&cost(a)).then(one.component.cmp(&other.component)));
    let is_whole = found.len() <= most;
    found.truncate(most);
    (found.into_iter().map(|(_, point)| point).collect(), is_whole)
}

/// The standby flows that cover a point, as one candidate without a title yet, and for the processes that they do not reach what is missing.
///
/// What is looked at is taken from `left`; where nothing is left, the processes that were not looked at are named as such.
pub(super) fn candidates(
    context: &Context<'_>,
    at: PointIx,
    point: &Point,
    left: &mut usize,
) -> (Option<Around>, Vec<String>) {
    let outage = context.analysis.outage_of(point.component);
    let mut missing: Vec<String> = Vec::new();
    let mut cover = Cover::default();
    let mut known = BTreeMap::new();
    for process in &point.processes {
        match standby_flows(context, outage, *process, &mut known, left) {
            Ok(needed) => {
                cover.processes.push(*process);
                let team = context.stack().process(*process).owner;
                for (from, need) in needed {
                    let entry = cover.flows.entry((from, need.at)).or_insert_with(|| (Vec::new(), team));
                    entry.0.push(need.data);
                }
            }
            Err(why) => missing.extend(why),
        }
    }
    missing.sort();
    missing.dedup();
    if cover.processes.is_empty() {
        return (None, missing);
    }
    cover.missing.clone_from(&missing);
    let processes: Vec<&str> = cover.processes.iter().map(|ix| context.stack().process(*ix).name.as_str()).collect();
    let what = format!("Prepare a manual fallback for {} without", few(&processes, "more"));
    let candidate = candidate(context, at, point, cover);
    (Some(Around { candidate, checks: Vec::new(), what, end: "" }), missing)
}

/// The standby flows that keep processes up while a point is down.
#[derive(Default)]
pub(super) struct Cover {
    /// By their ends: what they carry, and who owns the process.
    pub(super) flows: BTreeMap<(SystemIx, SystemIx), (Vec<DataIx>, Option<TeamIx>)>,
    pub(super) processes: Vec<ProcessIx>,
    /// Why the other processes are not covered.
    missing: Vec<String>,
}

pub(super) fn candidate(context: &Context<'_>, at: PointIx, point: &Point, cover: Cover) -> Candidate {
    let stack = context.stack();
    let mut edits = Vec::new();
    let mut why = Vec::new();
    let (mut objects, mut is_personal) = (0, false);
    let mut needs = Vec::new();
    for ((from, to), (mut data, team)) in cover.flows {
        data.sort_unstable();
        data.dedup();
        objects += data.len();
        is_personal |= context.is_personal(&data);
        let system = stack.system(to);
        if context.is_personal(&data) && context.lacks_security_review(to) {
            needs.push(context.security_review(to));
        }
        needs.extend(context.decisions(&[from, to]));
        why.push(format!("{} has {} while it is down", context.name(from), context.objects(&data)));
        let several = |team: &TeamIx| !stack.team(*team).is_one_person();
        edits.push(Edit::AddFlow(Box::new(NewFlow {
            from,
            to,
            data,
            mechanism: Mechanism::ExportImport,
            through: None,
            performer: system.owner.filter(several).or(team.filter(several)),
            runs: None,
            peak: None,
            minutes: None,
            records: None,
            delay: None,
            review: None,
            is_standby: true,
        })));
    }
    needs.sort();
    needs.dedup();
    why.extend(cover.missing.iter().map(|line| format!("not covered: {line}")));
    let load = Load { objects, flows: edits.len(), is_personal };
    Candidate {
        confidence: None,
        id: format!("{}:{}", ItemKind::Fallback.as_str(), component_id(context.stack(), point.component)),
        kind: ItemKind::Fallback,
        title: String::new(),
        subjects: vec![Subject::Point(at)],
        leaves: Vec::new(),
        needs,
        edits,
        effort: effort::effort(stack, ItemKind::Fallback, load),
        running: effort::running_cost(stack, ItemKind::Fallback),
        why,
        obstacles: Vec::new(),
        quotas: Vec::new(),
        is_ai_output: false,
    }
}

/// What one process needs while a point is down, and has not.
pub(super) struct Lacks {
    /// Where it can be brought, from where.
    pub(super) flows: Vec<(SystemIx, Need)>,
    /// Processes that it needs in place of what nobody can bring.
    pub(super) processes: Vec<ProcessIx>,
    /// Why the rest cannot be brought.
    missing: Vec<String>,
    /// What cannot be brought: of each need its alternatives.
    pub(super) unmet: Vec<Vec<Need>>,
}

/// One standby flow for every need that `process` loses, and that the processes lose which it needs, or why there cannot
/// be one. What each lacks by itself is `known` once it was asked for.
fn standby_flows(
    context: &Context<'_>,
    outage: &Outage,
    process: ProcessIx,
    known: &mut BTreeMap<ProcessIx, Lacks>,
    left: &mut usize,
) -> Result<Vec<(SystemIx, Need)>, Vec<String>> {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    let mut brought = BTreeSet::new();
    let (mut open, mut seen) = (vec![process], BTreeSet::from([process]));
    while let Some(process) = open.pop() {
        if *left == 0 {
            missing.push("processes need too many others: not all of them were looked at".to_owned());
            break;
        }
        *left -= 1;
        let lacks = known.entry(process).or_insert_with(|| lacks(context, outage, process));
        found.extend(lacks.flows.iter().filter(|(_, need)| brought.insert((need.at, need.data))));
        open.extend(lacks.processes.iter().filter(|needed| seen.insert(**needed)));
        missing.extend_from_slice(&lacks.missing);
    }
    if missing.is_empty() { Ok(found) } else { Err(missing) }
}

pub(super) fn lacks(context: &Context<'_>, outage: &Outage, process: ProcessIx) -> Lacks {
    let is_lost = |fact: Fact| outage.facts_lost.binary_search(&fact).is_ok();
    let holds = |need: &Need| {
        let fact = Fact { at: need.at, data: need.data };
        context.analysis.is_available(fact) && !is_lost(fact)
    };
    let holds = |one: &Requirement| match one {
        Requirement::Data(need) => holds(need),
        Requirement::Process(need) => {
            context.analysis.runs(need.process) && outage.processes_down.binary_search(&need.process).is_err()
        }
    };
    let mut lacks = Lacks { flows: Vec::new(), processes: Vec::new(), missing: Vec::new(), unmet: Vec::new() };
    for any in context.stack().process(process).needs.iter().filter(|any| !any.iter().any(holds)) {
        let mut needs = any.iter().filter_map(Requirement::data);
        let mut processes = any.iter().filter_map(|one| match one {
            Requirement::Process(need) => Some(need.process),
            Requirement::Data(_) => None,
        });
        if let Some(flow) = needs.clone().find_map(|need| Some((source(context, outage, need)?, *need))) {
            lacks.flows.push(flow);
        } else if let Some(needed) = processes.next() {
            lacks.processes.push(needed);
        } else {
            lacks.unmet.push(needs.clone().copied().collect());
            lacks.missing.extend(needs.by_ref().map(|need| obstacle(context, outage, need)));
        }
    }
    lacks
}

/// A system from which a person could bring what is needed: one that makes it, else the first by id.
fn source(context: &Context<'_>, outage: &Outage, need: &Need) -> Option<SystemIx> {
    let is_down = |at: SystemIx| outage.systems_down.binary_search(&at).is_ok();
    if is_down(need.at) || context.stack().system(need.at).is_phasing_out() {
        return None;
    }
    let is_lost = |at: SystemIx| outage.facts_lost.binary_search(&Fact { at, data: need.data }).is_ok();
    context.holders(need.data).iter().copied().find(|at| *at != need.at && !is_down(*at) && !is_lost(*at))
}

fn obstacle(context: &Context<'_>, outage: &Outage, need: &Need) -> String {
    let (object, at) = (&context.stack().data_object(need.data).name, context.name(need.at));
    if outage.systems_down.binary_search(&need.at).is_ok() {
        format!("{object} is needed at {at}, which is down itself: only a second system would help")
    } else if context.stack().system(need.at).is_phasing_out() {
        context.words_of_end(need.at)
    } else {
        format!("no system that is still up has {object} for {at}: a second source or a copy elsewhere would help")
    }
}

/// The name of a component, for a title.
pub(super) fn component_name(stack: &Stack, component: Component) -> &str {
    match component {
        Component::System(ix) => &stack.system(ix).name,
        Component::Team(ix) => &stack.team(ix).name,
        Component::Flow(ix) => stack.flow(ix).id.as_str(),
    }
}
