//! Measures: what answers the findings and the criteria that no flow of data does.

use sinew_order::List;

use crate::analysis::Finding;
use crate::analysis::calendar::is_review_overdue;
use crate::analysis::rules::would_settle;
use crate::analysis::stage::Criterion;
use crate::model::{DataIx, FlowIx, Making, Model, Retraining, Status, SystemIx};
use crate::plan::edit::Edit;
use crate::plan::gap::GapIx;
use crate::plan::measure::Measure;

use super::candidate::{Candidate, Subject};
use super::context::Context;
use super::governance::{Outline, SEEN, candidate, second_person};
use super::ids;
use super::people::nearest_team;

/// The measures for standing findings, and for criteria that are not met; one that is for several is listed for each.
/// `findings` are all of today, since those that are accepted are in the way of criteria as well.
pub(super) fn candidates(
    context: &Context<'_>,
    gaps: &List<GapIx, Finding>,
    findings: &[Finding],
    criteria: &[Criterion],
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> =
        gaps.enumerate().filter_map(|(at, gap)| for_gap(context, gap, Subject::Gap(at))).collect();
    let has_ai = context.stack().live_systems().any(|(_, system)| system.is_ai());
    for criterion in criteria.iter().filter(|one| has_ai && one.holds_back()) {
        found.extend(for_criterion(context, criterion));
        let accepted = findings.iter().filter(|one| one.is_accepted && criterion.findings.contains(&one.id));
        found.extend(accepted.filter_map(|one| for_gap(context, one, Subject::Criterion(criterion.id))));
    }
    found
}

fn for_gap(context: &Context<'_>, gap: &Finding, subject: Subject) -> Option<Candidate> {
    let stack = context.stack();
    let system = stack.find_system(&gap.subjects[0]);
    Some(match gap.rule {
        "personal-data-to-ai" => security_review(context, system?, subject),
        "pilot-without-decision" | "shadow-ai" => decision(context, system?, subject),
        "no-owner" => owner(context, system?, subject)?,
        "no-budget-owner" => budget_owner(context, system?, subject)?,
        "no-runbook" => of(context, "Write the runbook of", system?, Measure::Runbook(system?), subject),
        "no-quality-standard" => {
            of(context, "Write the quality standard of", system?, Measure::QualityStandard(system?), subject)
        }
        "review-overdue" => vendor_review(context, system?, subject),
        "model-unwatched" => models(context, system?, subject),
        "unwatched-flow" => flow_watch(context, &gap.flows, subject)?,
        "unreviewed-content" => review(context, &unreviewed(context, gap)?, subject)?,
        "bolted-on-review" => review(context, &gap.flows, subject)?,
        "competing-writers" => master(context, gap, subject)?,
        "bus-factor" => second_person(context, stack.find_team(&gap.subjects[0])?, subject),
        "sole-owner" => second_person(context, stack.system(system?).owner?, subject),
        _ => return None,
    })
}

fn for_criterion(context: &Context<'_>, criterion: &Criterion) -> Vec<Candidate> {
    let subject = Subject::Criterion(criterion.id);
    let practice = |key: &str, title: &str, measure: Measure| {
        let why = format!("{}: {}", criterion.wants, criterion.evidence.join("; "));
        let edits = vec![Edit::Measure(measure)];
        vec![candidate(context, Outline { id: ids::measure(key), title: title.to_owned(), subject, edits, why })]
    };
    let stack = context.stack();
    let tools = || stack.live_systems().filter(|(_, system)| system.is_ai());
    match criterion.id {
        id if id.starts_with("policy-") => vec![policy(context, subject)],
        id if id.starts_with("evaluation-") => practice(
            "evaluation-framework",
            "Write the framework by which AI tools are evaluated",
            Measure::EvaluationFramework,
        ),
        "resilience-plan" => practice("resilience-plan", "Write the resilience plan", Measure::ResiliencePlan),
        "quality-standards" => practice("quality-standards", "Write the quality standards", Measure::QualityStandards),
        "vendor-review-cadence" => {
            practice("review-cadence", "Agree on how often vendors are reviewed", Measure::ReviewCadence)
        }
        "reviews-on-time" => {
            // Where nobody says how often one is due, the first is due as soon as somebody does.
            let late =
                tools().filter(|(_, tool)| tool.is_production_ai() && is_review_overdue(stack, tool) != Some(false));
            late.map(|(ix, _)| vendor_review(context, ix, subject)).collect()
        }
        "owned-ai-tool" => tools().filter_map(|(ix, _)| owner(context, ix, subject)).collect(),
        "production-ai-tool" => {
            let trials = tools().filter(|(_, tool)| matches!(tool.status, Status::Pilot | Status::AdHoc));
            trials.flat_map(|(ix, _)| into_production(context, ix, subject)).collect()
        }
        "models-look-after-themselves" => {
            let lacking = tools().filter(|(_, tool)| tool.is_production_ai() && tool.makes.iter().any(lacks_care));
            lacking.map(|(ix, _)| models(context, ix, subject)).collect()
        }
        _ => Vec::new(),
    }
}

fn of(context: &Context<'_>, verb: &str, ix: SystemIx, measure: Measure, subject: Subject) -> Candidate {
    let id = format!("{}:{}", ids::measure(measure.effort_key().unwrap_or("production")), context.id(ix));
    let title = format!("{verb} {}", context.name(ix));
    let why = match &measure {
        Measure::Decision(_) => {
            "what is built on it assumes that it is kept; if it is not, that is not built".to_owned()
        }
        Measure::ModelWatch(_) => "a drift monitor, explanations, and retraining by itself".to_owned(),
        Measure::Owner(_, team) | Measure::BudgetOwner(_, team) => {
            format!("{} is assumed: the team that is nearest to it in the file", context.stack().team(*team).name)
        }
        _ => "the target counts it as done; a paper is marked as planned".to_owned(),
    };
    candidate(context, Outline { id, title, subject, edits: vec![Edit::Measure(measure)], why })
}

/// The review of the security of a tool.
pub(super) fn security_review(context: &Context<'_>, ix: SystemIx, subject: Subject) -> Candidate {
    let title = format!("Review the security of {}", context.name(ix));
    let why = format!("{} gets personal data and its security was never reviewed", context.name(ix));
    let edits = vec![Edit::Measure(Measure::SecurityReview(ix))];
    candidate(context, Outline { id: context.security_review(ix), title, subject, edits, why })
}

/// The decision about a tool on trial.
pub(super) fn decision(context: &Context<'_>, ix: SystemIx, subject: Subject) -> Candidate {
    of(context, "Decide whether to keep", ix, Measure::Decision(ix), subject)
}

/// The AI policy.
pub(super) fn policy(context: &Context<'_>, subject: Subject) -> Candidate {
    let why = "data privacy, acceptable use and the review of outputs are settled before AI content travels by itself";
    let edits = vec![Edit::Measure(Measure::Policy)];
    let title = "Write the AI policy".to_owned();
    candidate(context, Outline { id: ids::POLICY.to_owned(), title, subject, edits, why: why.to_owned() })
}

fn vendor_review(context: &Context<'_>, ix: SystemIx, subject: Subject) -> Candidate {
    of(context, "Review the vendor of", ix, Measure::VendorReview(ix), subject)
}

fn models(context: &Context<'_>, ix: SystemIx, subject: Subject) -> Candidate {
    of(context, "Watch and retrain the models of", ix, Measure::ModelWatch(ix), subject)
}

fn owner(context: &Context<'_>, ix: SystemIx, subject: Subject) -> Option<Candidate> {
    let team = nearest_team(context, ix)?;
    Some(of(context, "Name an owner of", ix, Measure::Owner(ix, team), subject))
}

fn budget_owner(context: &Context<'_>, ix: SystemIx, subject: Subject) -> Option<Candidate> {
    let team = context.stack().system(ix).owner.or_else(|| nearest_team(context, ix))?;
    Some(of(context, "Name who pays for", ix, Measure::BudgetOwner(ix, team), subject))
}

/// Whether a model of it is not monitored, not explained or not retrained by itself.
fn lacks_care(making: &Making) -> bool {
    let lacks = |model: &Model| {
        let has = [model.drift_monitor, model.explainable].iter().all(|has| *has == Some(true));
        !has || model.retrain != Some(Retraining::Automatic)
    };
    making.model.as_ref().is_some_and(lacks)
}

/// Taking a tool into production, and what is asked of it from then on.
fn into_production(context: &Context<'_>, ix: SystemIx, subject: Subject) -> Vec<Candidate> {
    let system = context.stack().system(ix);
    let of = |verb, measure, criterion| of(context, verb, ix, measure, Subject::Criterion(criterion));
    let mut found = vec![production(context, ix, subject)];
    if system.runbook.is_none() {
        found.push(of("Write the runbook of", Measure::Runbook(ix), "runbooks"));
    }
    if system.quality_standard.is_none() {
        let standard = Measure::QualityStandard(ix);
        found.push(of("Write the quality standard of", standard, "tool-quality-standards"));
    }
    if system.owner.is_none() {
        found.extend(owner(context, ix, Subject::Criterion("owners")));
    }
    if system.budget_owner.is_none() {
        found.extend(budget_owner(context, ix, Subject::Criterion("budget-owners")));
    }
    if is_review_overdue(context.stack(), system) != Some(false) {
        found.push(vendor_review(context, ix, Subject::Criterion("reviews-on-time")));
    }
    if system.makes.iter().any(lacks_care) {
        found.push(models(context, ix, Subject::Criterion("models-look-after-themselves")));
    }
    found
}

fn production(context: &Context<'_>, ix: SystemIx, subject: Subject) -> Candidate {
    let mut candidate = of(context, "Take into production", ix, Measure::Production(ix), subject);
    candidate.needs.push(ids::decision(context.id(ix)));
    candidate
}

fn flow_watch(context: &Context<'_>, flows: &[FlowIx], subject: Subject) -> Option<Candidate> {
    let stack = context.stack();
    let flow = stack.flow(*flows.first()?);
    let owner = |ix: SystemIx| stack.system(ix).owner;
    let team = owner(flow.to).or(owner(flow.from)).or_else(|| nearest_team(context, flow.to))?;
    let id = format!("{}:{}:{}", ids::measure("watch"), context.id(flow.from), context.id(flow.to));
    let what = if flows.len() == 1 { "flow" } else { "flows" };
    let title = format!("Watch the {what} from {} to {}", context.name(flow.from), context.name(flow.to));
    let why = format!("{} would notice that it fails", stack.team(team).name);
    let edits = flows.iter().map(|ix| Edit::Measure(Measure::FlowWatch(*ix, team))).collect();
    Some(candidate(context, Outline { id, title, subject, edits, why }))
}

/// The flows that bring unreviewed content of a tool to where customers see it.
fn unreviewed(context: &Context<'_>, gap: &Finding) -> Option<Vec<FlowIx>> {
    let stack = context.stack();
    let to = stack.find_system(gap.subjects.get(1)?)?;
    let shown: Vec<DataIx> = gap.data.iter().filter_map(|id| stack.find_data(id)).collect();
    let into = stack.live_flows().filter(|(_, flow)| flow.to == to && flow.review.is_none());
    Some(into.filter(|(_, flow)| flow.data.iter().any(|data| shown.contains(data))).map(|(ix, _)| ix).collect())
}

/// A review that is part of these flows, all of which end at one system.
fn review(context: &Context<'_>, flows: &[FlowIx], subject: Subject) -> Option<Candidate> {
    let stack = context.stack();
    let flow = stack.flow(*flows.first()?);
    let by = stack.system(flow.to).owner.or_else(|| nearest_team(context, flow.to));
    let content: Vec<DataIx> = flows.iter().flat_map(|ix| &stack.flow(*ix).data).copied().collect();
    let mut content: Vec<DataIx> = content.into_iter().filter(|data| stack.data_object(*data).is_content()).collect();
    content.sort_unstable();
    content.dedup();
    let title =
        format!("Build the review of {} into the flow to {}", context.few_objects(&content), context.name(flow.to));
    let id = ids::review(context.id(flow.from), context.id(flow.to));
    let why = SEEN.to_owned();
    Some(candidate(context, Outline { id, title, subject, edits: vec![Edit::Review(flows.to_vec(), by)], why }))
}

/// The system whose value wins: of those that make or write it the first at which no value of another arrives, makers before all
/// others, then by id; no tool that writes or enriches, since people correct what it says. `None` where a master is stated,
/// or none would settle it.
fn master(context: &Context<'_>, gap: &Finding, subject: Subject) -> Option<Candidate> {
    let stack = context.stack();
    let data = stack.find_data(gap.data.first()?)?;
    let object = stack.data_object(data);
    if object.master.is_some() {
        return None;
    }
    let is_tool = |ix: SystemIx| stack.system(ix).is_ai() || stack.system(ix).facts.is_enrichment();
    let is_maker = |ix: SystemIx| stack.system(ix).makes.iter().any(|making| making.data == data && !making.is_standby);
    let makers = stack.live_systems().map(|(ix, _)| ix).filter(|ix| is_maker(*ix));
    let competing = gap.subjects.iter().filter_map(|id| stack.find_system(id));
    let mut systems: Vec<SystemIx> = makers.chain(competing).filter(|ix| !is_tool(*ix)).collect();
    systems.sort_by_key(|ix| (!is_maker(*ix), *ix));
    systems.dedup();
    let master = systems.into_iter().find(|ix| would_settle(context.analysis, data, *ix))?;
    let id = format!("{}:{}", ids::measure("master"), object.id);
    let title = format!("Make {} the master of {}", context.name(master), object.name);
    let why = format!("{} is assumed: of those that write it none other brings values there", context.name(master));
    let edits = vec![Edit::Measure(Measure::Master(data, master))];
    Some(candidate(context, Outline { id, title, subject, edits, why }))
}
