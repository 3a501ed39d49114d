//! Measures: what answers the findings and the criteria that no flow of data does.

use sinew_order::List;

use crate::analysis::Finding;
use crate::analysis::calendar::is_review_overdue;
use crate::analysis::stage::{Criterion, State};
use crate::model::{FlowIx, SystemIx, TeamIx};
use crate::plan::edit::Edit;
use crate::plan::gap::GapIx;
use crate::plan::measure::Measure;

use super::candidate::{Candidate, Subject};
use super::context::Context;
use super::governance::{Outline, candidate};
use super::ids;

/// The measures for standing findings, and for criteria that are not met; one that is for several is listed for each.
pub(super) fn candidates(context: &Context<'_>, gaps: &List<GapIx, Finding>, criteria: &[Criterion]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> =
        gaps.enumerate().filter_map(|(at, gap)| for_gap(context, gap, Subject::Gap(at))).collect();
    let has_ai = context.stack().live_systems().any(|(_, system)| system.is_ai());
    let open = |one: &&Criterion| has_ai && matches!(one.state, State::NotMet | State::NotKnown);
    found.extend(criteria.iter().filter(open).flat_map(|criterion| for_criterion(context, criterion)));
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
        "unwatched-flow" => flow_watch(context, *gap.flows.first()?, subject)?,
        _ => return None,
    })
}

fn for_criterion(context: &Context<'_>, criterion: &Criterion) -> Vec<Candidate> {
    let subject = Subject::Criterion(criterion.id);
    let practice = |key: &str, title: &str, measure: Measure| {
        let why = format!("{}: {}", criterion.wants, criterion.evidence.join("; "));
        let edit = Edit::Measure(measure);
        vec![candidate(context, Outline { id: ids::measure(key), title: title.to_owned(), subject, edit, why })]
    };
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
            let stack = context.stack();
            let tools = stack.live_systems().filter(|(_, system)| system.is_production_ai());
            let late = tools.filter(|(_, system)| is_review_overdue(stack, system) != Some(false));
            late.map(|(ix, _)| vendor_review(context, ix, subject)).collect()
        }
        _ => Vec::new(),
    }
}

fn of(context: &Context<'_>, verb: &str, ix: SystemIx, measure: Measure, subject: Subject) -> Candidate {
    let id = format!("{}:{}", ids::measure(measure.effort_key().unwrap_or("measure")), context.id(ix));
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
    candidate(context, Outline { id, title, subject, edit: Edit::Measure(measure), why })
}

/// The review of the security of a tool.
pub(super) fn security_review(context: &Context<'_>, ix: SystemIx, subject: Subject) -> Candidate {
    let title = format!("Review the security of {}", context.name(ix));
    let why = format!("{} gets personal data and its security was never reviewed", context.name(ix));
    let edit = Edit::Measure(Measure::SecurityReview(ix));
    candidate(context, Outline { id: context.security_review(ix), title, subject, edit, why })
}

/// The decision about a tool on trial.
pub(super) fn decision(context: &Context<'_>, ix: SystemIx, subject: Subject) -> Candidate {
    of(context, "Decide whether to keep", ix, Measure::Decision(ix), subject)
}

/// The AI policy.
pub(super) fn policy(context: &Context<'_>, subject: Subject) -> Candidate {
    let why = "data privacy, acceptable use and the review of outputs are settled before AI content travels by itself";
    let edit = Edit::Measure(Measure::Policy);
    let title = "Write the AI policy".to_owned();
    candidate(context, Outline { id: ids::POLICY.to_owned(), title, subject, edit, why: why.to_owned() })
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

fn flow_watch(context: &Context<'_>, ix: FlowIx, subject: Subject) -> Option<Candidate> {
    let flow = context.stack().flow(ix);
    let owner = |ix: SystemIx| context.stack().system(ix).owner;
    let team = owner(flow.to).or(owner(flow.from)).or_else(|| nearest_team(context, flow.to))?;
    let id = format!("{}:{}", ids::measure("watch"), flow.id);
    let title = format!("Watch the flow from {} to {}", context.name(flow.from), context.name(flow.to));
    let why = format!("{} would notice that it fails", context.stack().team(team).name);
    let edit = Edit::Measure(Measure::FlowWatch(ix, team));
    Some(candidate(context, Outline { id, title, subject, edit, why }))
}

/// The team nearest to a system: who works with it by hand, reviews what it gives or owns what it is joined to, in this
/// order; else the team that owns most, the first by id of several. `None` in a file without teams.
fn nearest_team(context: &Context<'_>, ix: SystemIx) -> Option<TeamIx> {
    let stack = context.stack();
    let touching = || stack.live_flows().map(|(_, flow)| flow).filter(|flow| flow.from == ix || flow.to == ix);
    let performer = touching().find_map(|flow| flow.performer);
    let reviewer = || touching().find_map(|flow| flow.review?.by);
    let neighbour =
        || touching().find_map(|flow| stack.system(if flow.from == ix { flow.to } else { flow.from }).owner);
    let most = || {
        let owned = |team: TeamIx| stack.systems.iter().filter(|system| system.owner == Some(team)).count();
        let teams = (0..stack.teams.len()).filter_map(|at| stack.find_team(stack.teams[at].id.as_str()));
        teams.max_by_key(|team| (owned(*team), std::cmp::Reverse(*team)))
    };
    performer.or_else(reviewer).or_else(neighbour).or_else(most)
}
