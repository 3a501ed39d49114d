//! Criteria that only the file's `practices` can answer. What it does not state is not known.

use super::{Constraint, Criterion, Obstacle, Origin, State};
use crate::model::Stack;

pub(super) fn all(stack: &Stack) -> Vec<Criterion> {
    let practices = &stack.practices;
    let mut all = Vec::new();
    let policy = [
        ("policy-data-privacy", "data-privacy", "the AI policy covers data privacy"),
        ("policy-acceptable-use", "acceptable-use", "the AI policy covers acceptable use"),
        ("policy-output-review", "output-review", "the AI policy covers the review of outputs"),
    ];
    let covered = practices.ai_policy.as_ref().map(|policy| policy.covers.as_slice());
    for (id, part, wants) in policy {
        let asked = Asked { id, stage: 1, part_of: Constraint::Policy, wants };
        all.push(covering(asked, ("ai_policy", part), covered));
    }
    let framework = [
        ("evaluation-security-review", "security-review", "AI tools are evaluated for security"),
        ("evaluation-data-governance", "data-governance", "AI tools are evaluated for data governance"),
        ("evaluation-integration-feasibility", "integration-feasibility", "AI tools are evaluated for integration"),
        ("evaluation-decision-protocol", "decision-protocol", "it is defined who decides on AI tools, and how"),
    ];
    let covered = practices.evaluation_framework.as_ref().map(|framework| framework.covers.as_slice());
    for (id, part, wants) in framework {
        let asked = Asked { id, stage: 2, part_of: Constraint::EvaluationInfrastructure, wants };
        all.push(covering(asked, ("evaluation_framework", part), covered));
    }
    let cadence = practices.vendor_review_cadence.map(|every| every.to_string());
    for (id, key, wants, value) in [
        ("resilience-plan", "resilience_plan", "there is a resilience plan", practices.resilience_plan.clone()),
        ("quality-standards", "quality_standards", "there are quality standards", practices.quality_standards.clone()),
        ("vendor-review-cadence", "vendor_review_cadence", "vendors are reviewed regularly", cadence),
    ] {
        let (state, evidence) = match value {
            Some(value) => (State::Met, format!("`{key}` is {value}")),
            None => (State::NotKnown, format!("`{key}` is not stated under `practices`")),
        };
        let asked = Asked { id, stage: 4, part_of: Constraint::OperationalResilience, wants };
        all.push(criterion(asked, state, evidence));
    }
    all
}

/// What a criterion asks for, and where it stands.
struct Asked {
    id: &'static str,
    stage: u8,
    part_of: Constraint,
    wants: &'static str,
}

fn covering(asked: Asked, (key, part): (&str, &str), covered: Option<&[&str]>) -> Criterion {
    let (state, evidence) = match covered {
        None => (State::NotKnown, format!("`{key}` is not stated under `practices`")),
        Some(covered) if covered.contains(&part) => (State::Met, format!("`{key}` covers {part}")),
        Some(_) => (State::NotMet, format!("`{key}` does not cover {part}")),
    };
    criterion(asked, state, evidence)
}

fn criterion(Asked { id, stage, part_of, wants }: Asked, state: State, evidence: String) -> Criterion {
    Criterion {
        id,
        stage,
        part_of,
        wants,
        state,
        source: Origin::Practices,
        evidence: vec![evidence],
        findings: Vec::new(),
        obstacles: if state == State::Met { Vec::new() } else { vec![Obstacle::named(&[])] },
        weight: usize::from(state != State::Met),
        is_guessed: false,
        implies: &[],
    }
}
