//! Measures of governance: decisions, papers and reviews, each of which writes its key into the target stack.

use jiff::civil::Date;

use crate::model::{
    DataIx, Duration, FlowIx, Framework, Pilot, Policy, Retraining, Stack, Status, SystemIx, TeamIx, TimeUnit,
    WatchedBy,
};

/// How often vendors are reviewed in a target that begins to.
pub const CADENCE: Duration = Duration { amount: 90.0, unit: TimeUnit::Day };

/// The day of a review in a stack without `as_of`, where no rule counts from any day.
const NO_DAY: Date = Date::constant(2000, 1, 1);

/// A decision, a paper or a review. Papers are named and marked as planned, reviews are done on the day of the stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// An AI policy that covers all it has to.
    Policy,
    /// A framework by which AI tools are evaluated, with all it has to cover.
    EvaluationFramework,
    /// A resilience plan.
    ResiliencePlan,
    /// Quality standards for all.
    QualityStandards,
    /// Vendors are reviewed every so often.
    ReviewCadence,
    /// A team owns the system.
    Owner(SystemIx, TeamIx),
    /// A team pays for the system.
    BudgetOwner(SystemIx, TeamIx),
    /// What to do while the system is down.
    Runbook(SystemIx),
    /// The standard that its output must meet.
    QualityStandard(SystemIx),
    /// The security of the system is reviewed.
    SecurityReview(SystemIx),
    /// The vendor of the system is reviewed.
    VendorReview(SystemIx),
    /// Somebody decides about a pilot, or about a tool on which nobody decided so far; what is built on it assumes that it
    /// is kept.
    Decision(SystemIx),
    /// A tool on trial goes into production.
    Production(SystemIx),
    /// The models of the system are monitored, explained and retrained by themselves.
    ModelWatch(SystemIx),
    /// A team would notice that the flow fails.
    FlowWatch(FlowIx, TeamIx),
    /// The system whose value of the object wins.
    Master(DataIx, SystemIx),
}

impl Measure {
    /// Its key under `plan.efforts`; `None` where it takes what any measure takes.
    #[must_use]
    pub const fn effort_key(&self) -> Option<&'static str> {
        Some(match self {
            Self::Policy => "policy",
            Self::EvaluationFramework => "evaluation-framework",
            Self::ResiliencePlan => "resilience-plan",
            Self::QualityStandards | Self::QualityStandard(_) => "quality-standard",
            Self::ReviewCadence => "review-cadence",
            Self::Owner(..) => "owner",
            Self::BudgetOwner(..) => "budget-owner",
            Self::Runbook(_) => "runbook",
            Self::SecurityReview(_) => "security-review",
            Self::VendorReview(_) => "vendor-review",
            Self::Decision(_) => "pilot-decision",
            Self::ModelWatch(_) | Self::FlowWatch(..) => "watch",
            Self::Master(..) => "master",
            Self::Production(_) => return None,
        })
    }

    /// The system that it is about, where it is about one.
    #[must_use]
    pub const fn system(&self) -> Option<SystemIx> {
        match *self {
            Self::Owner(system, _)
            | Self::BudgetOwner(system, _)
            | Self::Runbook(system)
            | Self::QualityStandard(system)
            | Self::SecurityReview(system)
            | Self::VendorReview(system)
            | Self::Decision(system)
            | Self::Production(system)
            | Self::ModelWatch(system)
            | Self::Master(_, system) => Some(system),
            _ => None,
        }
    }

    /// Writes its key into `target`. Places of systems are those of the stack before any is added.
    pub(super) fn apply(&self, target: &mut Stack) {
        let today = target.as_of.unwrap_or(NO_DAY);
        match *self {
            Self::Policy => target.practices.ai_policy = Some(Policy::whole()),
            Self::EvaluationFramework => target.practices.evaluation_framework = Some(Framework::whole()),
            Self::ResiliencePlan => target.practices.resilience_plan = Some(planned("resilience-plan")),
            Self::QualityStandards => target.practices.quality_standards = Some(planned("quality-standards")),
            Self::ReviewCadence => target.practices.vendor_review_cadence = Some(CADENCE),
            Self::Owner(system, team) => target.systems[system.at()].owner = Some(team),
            Self::BudgetOwner(system, team) => {
                let name = target.team(team).name.to_string();
                target.systems[system.at()].budget_owner = Some(name);
            }
            Self::Runbook(system) => {
                let system = &mut target.systems[system.at()];
                system.runbook = Some(planned(&format!("runbook-{}", system.id)));
            }
            Self::QualityStandard(system) => {
                let system = &mut target.systems[system.at()];
                system.quality_standard = Some(planned(&format!("quality-{}", system.id)));
            }
            Self::SecurityReview(system) => target.systems[system.at()].security_review = Some(today),
            Self::VendorReview(system) => target.systems[system.at()].vendor_review.last = Some(today),
            Self::Decision(system) => {
                let system = &mut target.systems[system.at()];
                if system.status == Status::AdHoc {
                    system.status = Status::Pilot;
                }
                if system.status == Status::Pilot {
                    system.pilot = Some(Pilot { decide_by: Some(today), ..system.pilot.take().unwrap_or_default() });
                }
            }
            Self::Production(system) => target.systems[system.at()].status = Status::Production,
            Self::ModelWatch(system) => {
                for model in target.systems[system.at()].makes.iter_mut().filter_map(|making| making.model.as_mut()) {
                    model.drift_monitor = Some(true);
                    model.explainable = Some(true);
                    model.retrain = Some(Retraining::Automatic);
                }
            }
            Self::FlowWatch(flow, team) => target.flows[flow.at()].watched_by = Some(WatchedBy::Team(team)),
            Self::Master(data, system) => target.data[data.at()].master = Some(system),
        }
    }
}

/// Where a paper will be.
fn planned(name: &str) -> String {
    format!("docs/{name}.md (planned)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::item_kind::effort_keys;
    use crate::model::read;
    use crate::model::trial::stack_of;
    use crate::model::write::write;
    use crate::source::Source;

    const STACK: &str = "sinew: 1
as_of: 2026-11-21
teams: { ops: { name: Operations } }
data: { lead: {}, score: {} }
systems:
  crm: { kind: crm, makes: [lead] }
  scorer: { kind: ai-scoring, status: ad-hoc, makes: [{ data: score, from: lead, model: { retrain: manual } }] }
flows:
  - { id: there, from: crm, to: scorer, data: lead, mechanism: api, watched_by: nobody }
";

    /// Each measure, the key that it has to write, and what stands there then.
    #[test]
    fn each_measure_writes_its_key_and_the_target_can_be_read_again() {
        let stack = stack_of(STACK);
        let [crm, scorer] = ["crm", "scorer"].map(|id| stack.find_system(id).unwrap());
        let (team, lead) = (stack.find_team("ops").unwrap(), stack.find_data("lead").unwrap());
        let flow = stack.find_flow("there").unwrap();
        for (measure, written) in [
            (Measure::Policy, "covers: [acceptable-use, data-privacy, output-review]"),
            (
                Measure::EvaluationFramework,
                "covers: [data-governance, decision-protocol, integration-feasibility, security-review]",
            ),
            (Measure::ResiliencePlan, "resilience_plan: docs/resilience-plan.md (planned)"),
            (Measure::QualityStandards, "quality_standards: docs/quality-standards.md (planned)"),
            (Measure::ReviewCadence, "vendor_review_cadence: 90d"),
            (Measure::Owner(scorer, team), "owner: ops"),
            (Measure::BudgetOwner(scorer, team), "budget_owner: Operations"),
            (Measure::Runbook(scorer), "runbook: docs/runbook-scorer.md (planned)"),
            (Measure::QualityStandard(scorer), "quality_standard: docs/quality-scorer.md (planned)"),
            (Measure::SecurityReview(scorer), "security_review: 2026-11-21"),
            (Measure::VendorReview(scorer), "last: 2026-11-21"),
            (Measure::Decision(scorer), "decide_by: 2026-11-21"),
            (Measure::Production(scorer), "scorer: kind: ai-scoring makes:"),
            (Measure::ModelWatch(scorer), "retrain: automatic, drift_monitor: true, explainable: true"),
            (Measure::FlowWatch(flow, team), "watched_by: ops"),
            (Measure::Master(lead, crm), "master: crm"),
        ] {
            let mut target = stack.clone();
            measure.apply(&mut target);
            let text = write(&target);
            let flat = text.replace('"', "").split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(written), "{measure:?} should write `{written}`:\n{text}");
            assert!(!write(&stack).replace('"', "").contains(written), "{written} is there before");
            let again = read(&Source::new("target.yaml", text.clone())).stack.expect("it can be read");
            assert_eq!(write(&again), text, "{measure:?}");
            assert!(measure.effort_key().is_none_or(|key| effort_keys().contains(&key)));
        }
    }
}
