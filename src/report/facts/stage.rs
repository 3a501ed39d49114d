//! Where the stack stands on the ladder of maturity, and what holds it there.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::analysis::stage::Standing;
pub use crate::analysis::stage::{Constraint, Origin, STAGES, State};
use crate::analysis::{self, Analysis, stage};

/// The maturity stage, with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Stage {
    /// The highest stage reached, 1 to 5.
    #[schemars(range(min = 1, max = 5))]
    pub stage: u8,
    /// The name of that stage, such as `isolated production`.
    pub name: &'static str,
    /// What holds the stack there; null at stage 5. `entry` where the constraint of the stage is resolved and the next
    /// stage has not been entered.
    #[serde(serialize_with = "constraint_word")]
    #[schemars(with = "Option<ConstraintWord>")]
    pub constraint: Option<Constraint>,
    /// Whether any AI tool is in use at all.
    pub uses_ai: bool,
    /// All criteria, by stage: those that let into it before those that resolve its constraint.
    pub criteria: Vec<Criterion>,
    /// The fewest criteria that lead to the next stage when they are met, least work first, by id.
    pub next: Vec<&'static str>,
}

/// One thing that a stage asks for.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Criterion {
    /// Stable id, which findings and plans refer to.
    pub id: &'static str,
    /// The stage which it lets into, or whose constraint it helps to resolve.
    #[schemars(range(min = 1, max = 5))]
    pub stage: u8,
    /// `entry` where it lets into the stage, else the constraint that it helps to resolve.
    #[serde(serialize_with = "part_word")]
    #[schemars(with = "ConstraintWord")]
    pub part_of: Constraint,
    /// What it asks for, in one sentence.
    pub wants: &'static str,
    /// Whether it is met. What is not known never counts as met.
    #[serde(serialize_with = "state_word")]
    #[schemars(with = "StateWord")]
    pub state: State,
    /// Whether systems and flows tell, or `practices`.
    #[serde(serialize_with = "origin_word")]
    #[schemars(with = "OriginWord")]
    pub source: Origin,
    /// What shows it; never empty.
    #[schemars(length(min = 1))]
    pub evidence: Vec<String>,
    /// The findings in its way, by id.
    pub findings: Vec<String>,
    /// Whether its evidence rests on guesses, which it names last.
    pub rests_on_guesses: bool,
}

/// What holds a stack at its stage.
#[derive(JsonSchema)]
#[schemars(rename = "Constraint", rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is used")]
pub(super) enum ConstraintWord {
    /// At stage 1: the AI policy.
    Policy,
    /// At stage 2: how AI tools are evaluated.
    EvaluationInfrastructure,
    /// At stage 3: AI tools that nothing joins to the rest.
    IntegrationArchitecture,
    /// At stage 4: what keeps it running.
    OperationalResilience,
    /// The next stage has not been entered.
    Entry,
}

/// Whether a criterion is met.
#[derive(JsonSchema)]
#[schemars(rename = "CriterionState", rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is used")]
enum StateWord {
    /// The evidence shows that it holds.
    Met,
    /// The evidence shows that it does not hold.
    NotMet,
    /// The file does not say.
    NotKnown,
    /// No AI tool, flow or model of the kind exists; it holds nothing back, and is not met.
    NothingToJudge,
}

/// Where an answer comes from.
#[derive(JsonSchema)]
#[schemars(rename = "CriterionSource", rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is used")]
enum OriginWord {
    /// Computed from systems, flows and their keys.
    Graph,
    /// What the file states under `practices`.
    Practices,
}

fn constraint_word<S: Serializer>(constraint: &Option<Constraint>, serializer: S) -> Result<S::Ok, S::Error> {
    constraint.map(Constraint::as_str).serialize(serializer)
}

fn part_word<S: Serializer>(part: &Constraint, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(part.as_str())
}

fn state_word<S: Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(state.as_str())
}

fn origin_word<S: Serializer>(origin: &Origin, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(origin.as_str())
}

impl Stage {
    /// Where the stack of `analysis` stands; `findings` are all of its findings.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>, findings: &[analysis::Finding]) -> Self {
        let Standing { stage, constraint, uses_ai, criteria, next } = stage::standing(analysis, findings);
        let criterion = |of: stage::Criterion| Criterion {
            id: of.id,
            stage: of.stage,
            part_of: of.part_of,
            wants: of.wants,
            state: of.state,
            source: of.source,
            evidence: of.evidence,
            findings: of.findings,
            rests_on_guesses: of.is_guessed,
        };
        let criteria = criteria.into_iter().map(criterion).collect();
        Self { stage, name: stage_name(stage), constraint, uses_ai, criteria, next }
    }
}

/// The name of a stage; empty where there is none.
fn stage_name(stage: u8) -> &'static str {
    STAGES.iter().find(|(number, _)| *number == stage).map_or("", |(_, name)| name)
}
