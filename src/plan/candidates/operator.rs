//! What an operator does when nothing else has the data: a second vendor, people who write the object meanwhile, the last
//! value kept. Each rests on something that nobody stated.

use std::collections::{BTreeMap, BTreeSet};

use sinew_order::List;

use crate::analysis::outages::component_id;
use crate::analysis::words::listed;
use crate::analysis::{Component, Finding, Outage};
use crate::catalog::Kind;
use crate::model::{DataIx, ItemKind, Need, ProcessIx, SystemIx, TeamIx};
use crate::plan::edit::Edit;
use crate::plan::effort::{self, Load};
use crate::plan::gap::GapIx;

use super::alike::Around;
use super::candidate::{Candidate, Check, PointIx, Subject};
use super::context::Context;
use super::fallback::{self, Cover, Lacks, Point};
use super::ids;
use super::people::nearest_team;
use super::unverified::widen;

/// The ways around a point that rest on something to be found out; what is looked at is taken from `left`.
pub(super) fn candidates(
    context: &Context<'_>,
    at: PointIx,
    point: &Point,
    gaps: &List<GapIx, Finding>,
    left: &mut usize,
) -> Vec<Around> {
    let mut found: Vec<Around> = second_vendor(context, at, point, gaps).into_iter().collect();
    found.extend(meanwhile(context, at, point, left));
    for one in &mut found {
        one.candidate.effort.iter_mut().for_each(widen);
    }
    found
}

/// A second vendor beside an AI system that others cannot run without: models take each other's place, systems of record do
/// not.
fn second_vendor(context: &Context<'_>, at: PointIx, point: &Point, gaps: &List<GapIx, Finding>) -> Option<Around> {
    let Component::System(ix) = point.component else { return None };
    let stack = context.stack();
    let above = stack.live_systems().filter(|(_, system)| system.depends_on.iter().any(|any| *any == [ix]));
    let above: Vec<SystemIx> = above.map(|(above, _)| above).collect();
    if above.is_empty() || !stack.system(ix).is_ai() {
        return None;
    }
    let names: Vec<&str> = above.iter().map(|ix| context.name(*ix)).collect();
    let id = format!("{}-second", context.id(ix));
    if stack.find_system(&id).is_some() {
        return None;
    }
    let mut subjects = vec![Subject::Point(at)];
    let is_shared = |gap: &Finding| gap.rule == "common-dependency" && gap.subjects[0] == context.id(ix);
    subjects.extend(gaps.enumerate().filter(|(_, gap)| is_shared(gap)).map(|(at, _)| Subject::Gap(at)));
    let item = format!("{}:second-vendor:{}", ItemKind::Fallback.as_str(), context.id(ix));
    let load = Load { objects: 0, flows: above.len(), is_personal: false };
    let candidate = Candidate {
        effort: effort::effort(stack, ItemKind::Fallback, load),
        running: effort::running_cost(stack, ItemKind::Fallback),
        why: vec![format!(
            "assumed: {} can run on another, `{id}` under `systems`; what its contract costs is not counted",
            listed(&names)
        )],
        ..Candidate::of(
            ItemKind::Fallback,
            item.clone(),
            String::new(),
            subjects,
            vec![Edit::SecondVendor(ix, id.clone())],
        )
    };
    let check = |ix_above: SystemIx| Check {
        id: ids::verify(&format!("{item}:{}", context.id(ix_above))),
        title: format!("Ask whether {} can run on a vendor other than {}", context.name(ix_above), context.name(ix)),
        system: ix_above,
        add: format!("depends_on: [{{ any_of: [{}, {id}] }}]", context.id(ix)),
        effort: effort::verify(stack),
    };
    let checks = above.into_iter().map(check).collect();
    Some(Around { candidate, checks, what: "Prepare a second vendor beside".to_owned(), end: "" })
}

/// What stands in for objects that nobody brings.
#[derive(Default)]
struct StandIns {
    /// What is written by hand, where, and by whom.
    written: BTreeMap<(SystemIx, DataIx), TeamIx>,
    /// Of what the last value is kept, where.
    kept: BTreeSet<(SystemIx, DataIx)>,
}

impl StandIns {
    /// Where something stands in.
    fn places(&self) -> impl Iterator<Item = SystemIx> {
        self.written.keys().map(|(system, _)| *system).chain(self.kept.iter().map(|(system, _)| *system))
    }
}

/// People who write what is missing while a point is down, and the last value of what they cannot write.
fn meanwhile(context: &Context<'_>, at: PointIx, point: &Point, left: &mut usize) -> Option<Around> {
    let outage = context.analysis.outage_of(point.component);
    let mut known: BTreeMap<ProcessIx, Lacks> = BTreeMap::new();
    let (mut cover, mut all) = (Cover::default(), StandIns::default());
    for process in &point.processes {
        let Some((flows, stand_ins)) = way(context, outage, *process, &mut known, left) else { continue };
        // Nobody tries for a day what does not run yet.
        if !stand_ins.places().all(|ix| context.stack().system(ix).is_live()) {
            continue;
        }
        let team = context.stack().process(*process).owner;
        cover.processes.push(*process);
        for (from, need) in flows {
            cover.flows.entry((from, need.at)).or_insert_with(|| (Vec::new(), team)).0.push(need.data);
        }
        all.written.extend(stand_ins.written);
        all.kept.extend(stand_ins.kept);
    }
    if all.written.is_empty() && all.kept.is_empty() {
        return None;
    }
    let stack = context.stack();
    let named = |objects: Vec<DataIx>| {
        let mut objects = objects;
        objects.sort_unstable();
        objects.dedup();
        context.few_objects(&objects)
    };
    let written = named(all.written.keys().map(|(_, data)| *data).collect());
    let kept = named(all.kept.iter().map(|(_, data)| *data).collect());
    let what = match (all.written.is_empty(), all.kept.is_empty()) {
        (false, true) => format!("Write {written} by hand while"),
        (false, false) => format!("Write {written} by hand and keep the last {kept} while"),
        _ => format!("Keep the last {kept} while"),
    };
    let mut candidate = fallback::candidate(context, at, point, cover);
    let id = format!("{}:meanwhile:{}", ItemKind::Fallback.as_str(), component_id(stack, point.component));
    for ((system, data), team) in &all.written {
        candidate.edits.push(Edit::MakeByHand(*system, *data, *team));
        let (team, object) = (&stack.team(*team).name, &stack.data_object(*data).name);
        candidate.why.push(format!("assumed: {team} can write {object} at {}", context.name(*system)));
    }
    for (system, data) in &all.kept {
        let object = &stack.data_object(*data).name;
        let at = context.name(*system);
        candidate.why.push(format!("assumed: the last {object} at {at} is good enough meanwhile; it moves no figure"));
    }
    let prepared = candidate.edits.len() + all.kept.len();
    let load = Load { objects: 0, flows: prepared, is_personal: false };
    candidate.effort = effort::effort(stack, ItemKind::Fallback, load);
    let mut checks: Vec<Check> = Vec::new();
    for ((system, data), team) in &all.written {
        let (team, object) = (stack.team(*team), stack.data_object(*data));
        let place = context.id(*system);
        checks.push(Check {
            id: ids::verify(&format!("{id}:{place}:{}", object.id)),
            title: format!("Try for a day: {} at {} written by {}", object.name, context.name(*system), team.name),
            system: *system,
            add: format!("makes: [{{ data: {}, by: {}, standby: true }}]", object.id, team.id),
            effort: effort::verify(stack),
        });
    }
    if let Some((system, _)) = all.kept.first() {
        let place = if let Component::System(ix) = point.component { ix } else { *system };
        checks.push(Check {
            id: ids::verify(&id),
            title: format!("Try for a day: the last {kept}"),
            system: place,
            add: format!("runbook: docs/without-{}.md", component_id(stack, point.component).replace(':', "-")),
            effort: effort::verify(stack),
        });
    }
    candidate.id = id;
    Some(Around { candidate, checks, what, end: " is away" })
}

/// How a process goes on while a point is down: flows by hand, and what stands in for the rest; `None` where it goes on without
/// any that stands in, or cannot.
fn way(
    context: &Context<'_>,
    outage: &Outage,
    process: ProcessIx,
    known: &mut BTreeMap<ProcessIx, Lacks>,
    left: &mut usize,
) -> Option<(Vec<(SystemIx, Need)>, StandIns)> {
    let (mut flows, mut stand_ins) = (Vec::new(), StandIns::default());
    let (mut open, mut seen) = (vec![process], BTreeSet::from([process]));
    while let Some(next) = open.pop() {
        *left = left.checked_sub(1)?;
        let lacks = known.entry(next).or_insert_with(|| fallback::lacks(context, outage, next));
        flows.extend(lacks.flows.iter().copied());
        for any in &lacks.unmet {
            let is_down = |need: &&Need| outage.systems_down.binary_search(&need.at).is_ok();
            let mut here =
                any.iter().filter(|need| !is_down(need) && !context.stack().system(need.at).is_phasing_out());
            let found = here.find_map(|need| Some((*need, stand_in(context, outage, need, process)?)));
            match found? {
                (need, Some(team)) => drop(stand_ins.written.insert((need.at, need.data), team)),
                (need, None) => drop(stand_ins.kept.insert((need.at, need.data))),
            }
        }
        open.extend(lacks.processes.iter().filter(|needed| seen.insert(**needed)));
    }
    (!stand_ins.written.is_empty() || !stand_ins.kept.is_empty()).then_some((flows, stand_ins))
}

/// Who would write an object, or nobody where its last value is kept: content is written, and scores in a CRM, where people know
/// whom they score; of what else is made of other data or bought the last value is kept. What only happens, such as an order, has neither.
fn stand_in(context: &Context<'_>, outage: &Outage, need: &Need, process: ProcessIx) -> Option<Option<TeamIx>> {
    let stack = context.stack();
    let makers = stack.live_systems().filter(|(_, system)| system.makes.iter().any(|making| making.data == need.data));
    let makers: Vec<_> = makers.map(|(_, system)| system).collect();
    let is_content = stack.data_object(need.data).is_content();
    let is_crm = stack.system(need.at).facts.kind == Kind::Crm;
    if is_content || (is_crm && makers.iter().any(|maker| maker.facts.kind == Kind::AiScoring)) {
        let is_lost = |team: TeamIx| outage.components.contains(&Component::Team(team));
        let can = |team: &TeamIx| !stack.team(*team).is_one_person() && !is_lost(*team);
        let of_process = stack.process(process).owner.filter(can);
        let of_system = || stack.system(need.at).owner.filter(can);
        let team = of_process.or_else(of_system).or_else(|| nearest_team(context, need.at).filter(can));
        if team.is_some() {
            return Some(team);
        }
    }
    let is_derived = |maker: &&crate::model::System| {
        let made_of = maker.makes.iter().any(|making| making.data == need.data && !making.from.is_empty());
        made_of || maker.is_ai() || maker.facts.is_enrichment()
    };
    (!is_content && makers.iter().any(is_derived)).then_some(None)
}
