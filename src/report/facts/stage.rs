//! Where the stack stands on the ladder of maturity, and what holds it there.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::analysis::stage::Standing;
pub use crate::analysis::stage::{Constraint, Origin, STAGES, State};
use crate::analysis::words::{counted, listed};
use crate::analysis::{self, Analysis, stage};
use crate::report::say::document::{Block, Column, Item, Line, Look, Table};

/// The maturity stage, with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Stage {
    /// The stage reached.
    #[schemars(range(min = 1, max = 5))]
    pub stage: u8,
    /// Its name.
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
    /// Its name.
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
    /// It is.
    Met,
    /// It is not.
    NotMet,
    /// The file does not say.
    NotKnown,
}

/// Where an answer comes from.
#[derive(JsonSchema)]
#[schemars(rename = "CriterionSource", rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is used")]
enum OriginWord {
    /// Systems and flows.
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

/// Lines of evidence that are shown to people for each criterion before the rest is counted.
const SHOWN: usize = 5;

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
        };
        let criteria = criteria.into_iter().map(criterion).collect();
        Self { stage, name: stage_name(stage), constraint, uses_ai, criteria, next }
    }

    /// The stage, what holds the stack there with evidence, and every criterion in a table.
    #[must_use]
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Heading(Line::of("Stage")), Block::Paragraph(self.verdict())];
        let asked = |criterion: &&Criterion| criterion.state != State::Met && self.is_asked_next(criterion);
        let open: Vec<&Criterion> = self.criteria.iter().filter(asked).collect();
        if !open.is_empty() {
            let line = Line::of(format!("To reach stage {} ({}),", self.stage + 1, stage_name(self.stage + 1)));
            let fewest = counted(self.next.len(), "criterion", "criteria");
            let ids: Vec<&str> = self.next.clone();
            blocks.push(Block::Paragraph(line.and(format!(" meet {fewest}, least work first: {}.", listed(&ids)))));
            blocks.push(Block::Items(open.into_iter().map(item).collect()));
        }
        let columns = ["stage", "part of", "criterion", "state", "told by"].map(Column::text);
        let mut table = Table::new(columns);
        for criterion in &self.criteria {
            table.push([
                Line::of(criterion.stage.to_string()),
                Line::of(criterion.part_of.as_str()),
                Line::code(criterion.id),
                state_line(criterion.state),
                Line::of(criterion.source.as_str()),
            ]);
        }
        blocks.push(Block::Table(table));
        blocks
    }

    /// `Stage 3 of 5: isolated production. integration-architecture holds it there: 4 of 5 criteria are not met.`
    fn verdict(&self) -> Line {
        let line = Line::strong(&format!("Stage {} of {}: {}", self.stage, STAGES.len(), self.name));
        let line = if self.uses_ai { line.and(".") } else { line.and(". No AI tool is in use.") };
        let Some(constraint) = self.constraint else {
            return line.and(" Nothing holds it: there is no higher stage.");
        };
        let asked = || {
            self.criteria
                .iter()
                .filter(|criterion| self.is_asked_next(criterion))
                .filter(|criterion| criterion.part_of == constraint)
        };
        let count = |state: State| asked().filter(|criterion| criterion.state == state).count();
        let (not_met, not_known) = (count(State::NotMet), count(State::NotKnown));
        let mut words = match constraint {
            Constraint::Entry => {
                let next = self.stage + 1;
                format!(" Its own constraint is resolved; the entry to stage {next}, {}, holds it: ", stage_name(next))
            }
            other => format!(" What holds it there is {}: ", other.as_str().replace('-', " ")),
        };
        words.push_str(&format!("of {}, ", counted(asked().count(), "criterion", "criteria")));
        words.push_str(&match (not_met, not_known) {
            (not_met, 0) => format!("{not_met} not met"),
            (0, not_known) => format!("{not_known} not known"),
            (not_met, not_known) => format!("{not_met} not met and {not_known} not known"),
        });
        line.and(words).and(".")
    }

    /// Whether the step to the next stage asks for `criterion`.
    fn is_asked_next(&self, criterion: &Criterion) -> bool {
        match criterion.part_of {
            Constraint::Entry => criterion.stage == self.stage + 1,
            _ => criterion.stage == self.stage && self.stage < 5,
        }
    }
}

/// The name of a stage; empty where there is none.
fn stage_name(stage: u8) -> &'static str {
    STAGES.iter().find(|(number, _)| *number == stage).map_or("", |(_, name)| name)
}

fn item(criterion: &Criterion) -> Item {
    let head = state_line(criterion.state).and(" ").and_code(criterion.id).and(format!(": {}", criterion.wants));
    let mut details: Vec<Line> = criterion.evidence.iter().take(SHOWN).map(Line::of).collect();
    let more = criterion.evidence.len().saturating_sub(SHOWN);
    if more > 0 {
        details.push(Line::looking(Look::Muted, format!("and {more} more")));
    }
    Item { head, details }
}

fn state_line(state: State) -> Line {
    match state {
        State::Met => Line::looking(Look::Muted, "met"),
        State::NotMet => Line::looking(Look::High, "not met"),
        State::NotKnown => Line::looking(Look::Medium, "not known"),
    }
}
