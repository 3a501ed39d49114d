//! The maturity stage: which criteria are met, by what evidence, where the stack stands, and what holds it there.

mod content_criteria;
mod graph_criteria;
mod native;
mod obstacle;
mod practice_criteria;

use super::{Analysis, Finding};

pub use obstacle::{Obstacle, Unreviewed};

/// The stages, in the order in which they are climbed, with their names.
pub const STAGES: [(u8, &str); 5] = [
    (1, "ad hoc"),
    (2, "structured piloting"),
    (3, "isolated production"),
    (4, "integrated operations"),
    (5, "AI-native"),
];

/// The rules whose findings are in the way of criteria.
pub const RULES_IN_THE_WAY: [&str; 9] = [
    "ai-silo",
    "missing-feedback",
    "unreviewed-content",
    "bolted-on-review",
    "no-owner",
    "no-budget-owner",
    "no-runbook",
    "no-quality-standard",
    "review-overdue",
];

/// What holds a stack at its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Constraint {
    /// At stage 1: the AI policy.
    Policy,
    /// At stage 2: how AI tools are evaluated.
    EvaluationInfrastructure,
    /// At stage 3: AI tools that nothing joins to the rest.
    IntegrationArchitecture,
    /// At stage 4: what keeps it running.
    OperationalResilience,
    /// The constraint of the stage is resolved; the next stage has not been entered.
    Entry,
}

impl Constraint {
    /// All constraints with their words.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Policy, "policy"),
        (Self::EvaluationInfrastructure, "evaluation-infrastructure"),
        (Self::IntegrationArchitecture, "integration-architecture"),
        (Self::OperationalResilience, "operational-resilience"),
        (Self::Entry, "entry"),
    ];

    /// The word of reports and of `docs/theory/maturity.md`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(constraint, _)| *constraint == self).map_or("", |(_, word)| word)
    }
}

/// Whether a criterion is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The stack or its practices show that it is met.
    Met,
    /// The stack or its practices show that it is not.
    NotMet,
    /// The file does not say. Never counts as met.
    NotKnown,
    /// There is no AI tool, flow or model of the kind. It holds nothing back, and is never shown as met.
    NothingToJudge,
}

impl State {
    /// The word of reports and of `docs/theory/maturity.md`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not-met",
            Self::NotKnown => "not-known",
            Self::NothingToJudge => "nothing-to-judge",
        }
    }
}

/// Where the answer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Computed from systems and flows.
    Graph,
    /// What the file states under `practices`.
    Practices,
}

impl Origin {
    /// The word of reports and of `docs/theory/maturity.md`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Practices => "practices",
        }
    }
}

/// One thing that a stage asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// Its name, one of its kind in the ladder.
    pub id: &'static str,
    /// The stage in whose row it stands: which it lets in, or whose constraint it helps to resolve.
    pub stage: u8,
    /// [`Constraint::Entry`] where it lets into the stage, else the constraint that it helps to resolve.
    pub part_of: Constraint,
    /// What it asks for, in one sentence.
    pub wants: &'static str,
    /// Whether it is met.
    pub state: State,
    /// Where the answer comes from.
    pub source: Origin,
    /// What shows it; never empty.
    pub evidence: Vec<String>,
    /// The findings in its way, by id; empty where it is met, and where it rests on something else.
    pub findings: Vec<String>,
    /// What it takes to meet it, as a count: 0 where it is met, 1 for a practice, and for the graph the number of
    /// findings, tools or objects in the way, at least 1.
    pub weight: usize,
    /// Each thing in its way, sorted; empty where it holds nothing back.
    pub obstacles: Vec<Obstacle>,
    /// Whether its evidence rests on guesses: keys under `basis.guessed`.
    pub is_guessed: bool,
    /// Criteria that cannot be unmet while this one is met.
    pub implies: &'static [&'static str],
}

impl Criterion {
    /// Whether it keeps the stack from a stage: it is not met, or not known.
    #[must_use]
    pub fn holds_back(&self) -> bool {
        matches!(self.state, State::NotMet | State::NotKnown)
    }

    /// Says on which guesses it rests, if on any.
    fn rest_on(&mut self, guesses: &[String]) {
        if !guesses.is_empty() {
            self.is_guessed = true;
            self.evidence.push(format!("rests on guesses: {}", guesses.join("; ")));
        }
    }

    /// The first stage that asks for it: its own where it lets into that, else the next.
    #[must_use]
    pub fn asked_by(&self) -> u8 {
        self.stage + u8::from(self.part_of != Constraint::Entry)
    }
}

/// Where a stack stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The stage reached, 1 to 5.
    pub stage: u8,
    /// What holds it there; `None` at stage 5.
    pub constraint: Option<Constraint>,
    /// Whether any AI tool is in use at all.
    pub uses_ai: bool,
    /// All criteria, by stage: the entry before the constraint.
    pub criteria: Vec<Criterion>,
    /// The cheapest set of criteria that leads to the next stage, cheapest first: those that the step needs and that are
    /// not met, but for those that another one of the set brings with it.
    pub next: Vec<&'static str>,
}

impl Standing {
    /// The name of the stage reached.
    #[must_use]
    pub fn name(&self) -> &'static str {
        STAGES.iter().find(|(stage, _)| *stage == self.stage).map_or("", |(_, name)| name)
    }

    /// The criterion called `id`.
    #[must_use]
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }
}

/// Where the stack of `analysis` stands; `findings` are those of [`Analysis::findings`]. A finding that the file accepts
/// still stands in the way: accepting is not rework.
///
/// The stage is climbed one at a time: the next one is reached when the constraint of the present one is resolved and
/// its own entry is open.
#[must_use]
pub fn standing(analysis: &Analysis<'_>, findings: &[Finding]) -> Standing {
    let criteria = criteria(analysis, findings);
    let uses_ai = analysis.stack.live_systems().any(|(_, system)| system.is_ai());
    let is_open = |stage: u8, entry: bool| {
        let mut asked = criteria.iter().filter(|one| one.stage == stage && (one.part_of == Constraint::Entry) == entry);
        !asked.any(Criterion::holds_back)
    };
    let mut stage = 1;
    while stage < 5 && is_open(stage, false) && is_open(stage + 1, true) {
        stage += 1;
    }
    let constraint = (stage < 5).then(|| match is_open(stage, false) {
        true => Constraint::Entry,
        false => Constraint::ALL[usize::from(stage) - 1].0,
    });
    let next = cheapest_step(&criteria, stage);
    Standing { stage, constraint, uses_ai, criteria, next }
}

fn criteria(analysis: &Analysis<'_>, findings: &[Finding]) -> Vec<Criterion> {
    let mut all = practice_criteria::all(analysis.stack);
    all.extend(graph_criteria::all(analysis, findings));
    all.extend(native::all(analysis));
    for criterion in &mut all {
        criterion.obstacles.sort_unstable();
        criterion.obstacles.dedup();
    }
    // Entries before constraints; otherwise in the order of the model.
    all.sort_by_key(|criterion| (criterion.stage, criterion.part_of != Constraint::Entry));
    all
}

/// Every criterion of a step is needed, so the set with the fewest criteria is what is unmet without what comes along by
/// itself; it is listed by weight, then in the order of the criteria.
fn cheapest_step(criteria: &[Criterion], stage: u8) -> Vec<&'static str> {
    let is_asked = |one: &&Criterion| match one.part_of {
        Constraint::Entry => one.stage == stage + 1,
        _ => one.stage == stage,
    };
    let unmet: Vec<&Criterion> = criteria.iter().filter(is_asked).filter(|one| one.holds_back()).collect();
    let mut needed: Vec<&Criterion> = unmet
        .iter()
        .filter(|one| !unmet.iter().any(|other| other.id != one.id && other.implies.contains(&one.id)))
        .copied()
        .collect();
    needed.sort_by_key(|criterion| criterion.weight);
    needed.into_iter().map(|criterion| criterion.id).collect()
}
